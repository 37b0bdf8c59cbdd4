"""Kill ingests and deliveries with SIGKILL, at named points and at random, and compare the end.

    python -m benchmarks.crashes [--times N] [--random N] [--only ingest|sending] [--write]

Each run begins where the same work is known to end well: a corpus with one version that takes in
forty articles more, or a record of subscriptions that are all due. The process is killed, the work
is begun again, and what there is then is held against a run that nobody killed.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import circumstances, table, write_section
from corpus.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = 40
CHATS = 24
PHASES = {
    "reading": ("corpus.plan", "Plan.decide"),
    "token vectors": ("retrieval.token_store", "TokenStore.add"),
    "vectors": ("retrieval.vectors", "VectorIndex.add"),
    "words": ("retrieval.lexical", "LexicalIndex.add"),
    "staging": ("corpus.catalogue", "Catalogue.stage"),
    "stories": ("corpus.story_assignment", "_write"),
    "publishing": ("corpus.catalogue", "Catalogue.publish"),
    "forgetting": ("retrieval.index", "PassageIndex.keep"),
}
"""The phases of an ingest by a function of each; all are killed before and behind a call."""

SENDING = ("plan", "composed", "placed", "filled", "done")

_INGEST = """
import importlib, os, signal, sys
module, _, name = sys.argv[1].partition(":")
owner = importlib.import_module(module)
*path, last = name.split(".")
for each in path:
    owner = getattr(owner, each)
real, calls, wanted, before = getattr(owner, last), 0, int(sys.argv[2]), sys.argv[3] == "before"
def deadly(*args, **kwargs):
    global calls
    calls += 1
    if calls == wanted and before:
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*args, **kwargs)
    if calls == wanted:
        os.kill(os.getpid(), signal.SIGKILL)
    return result
setattr(owner, last, deadly)
sys.argv = ["attache", "ingest"]
from bot.cli import main
main()
"""

_DELIVER = """
import asyncio, datetime as dt, itertools, json, os, signal, sys
from pathlib import Path
from bot.deliveries import Composed, Deliveries
from bot.delivery_loop import DeliveryLoop
from bot.subscriptions import Subscriptions
from corpus.catalogue import Catalogue

folder, name, wanted = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
before = sys.argv[4] == "before"
now = dt.datetime(2026, 12, 1, 6, tzinfo=dt.UTC)
chats = open(folder / "chats.jsonl", "a", buffering=1)
count = sum(1 for _ in open(folder / "chats.jsonl"))

class Chats:
    async def place(self, delivery, number):
        global count
        count += 1
        chats.write(json.dumps({"chat": delivery.place.chat, "id": count}) + "\\n")
        return count
    async def fill(self, delivery, number):
        told = {"chat": delivery.place.chat, "id": delivery.message_ids[number]}
        chats.write(json.dumps({**told, "text": delivery.first_parts[number]}) + "\\n")

calls = itertools.count(1)  # of several threads at once, each gets a number of its own
def deadly(real):
    def killing(*args, **kwargs):
        call = next(calls)
        if call == wanted and before:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if call == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return killing

if name != "none":
    setattr(Deliveries, name, deadly(getattr(Deliveries, name)))
catalogue = Catalogue.open(folder)
compose = lambda _, begin, end, __: Composed((f"{begin} {end} one", f"{begin} {end} two"), ("a",))
loop = DeliveryLoop(
    Deliveries(catalogue.engine), Subscriptions(catalogue.engine), compose, Chats(), lambda: now
)
asyncio.run(loop.run_once())
"""


@dataclass(frozen=True, slots=True)
class Kill:
    """Where a process is killed: at which call of a function, or after so many seconds."""

    phase: str
    call: int = 1
    before: bool = True
    seconds: float | None = None


def ingest_kills(times: int, at_random: int, chance: random.Random) -> Iterator[Kill]:
    """So many of each phase, and so many at any time of the run."""
    for phase in PHASES:
        for number in range(times):
            most = (
                ARTICLES
                if phase == "reading"
                else 1
                if phase in ("publishing", "forgetting")
                else 2
            )
            yield Kill(phase, 1 + number // 2 % most, number % 2 == 0)
    for _ in range(at_random):
        yield Kill("at random", seconds=chance.uniform(0.2, 6.0))


def sending_kills(times: int, at_random: int, chance: random.Random) -> Iterator[Kill]:
    for phase in SENDING:
        for number in range(times):
            most = 1 if phase == "plan" else CHATS
            yield Kill(phase, 1 + chance.randrange(most), number % 2 == 0)
    for _ in range(at_random):
        yield Kill("at random", seconds=chance.uniform(0.8, 2.5))


class Ingests:
    """Runs that begin from one prepared corpus."""

    def __init__(self, folder: Path) -> None:
        self._home = folder / "ingest"
        articles = self._home / "articles"
        articles.mkdir(parents=True)
        data = self._home / "data"
        data.mkdir()
        models = ROOT / "data" / "models"
        models.mkdir(parents=True, exist_ok=True)  # a fresh clone has none
        (data / "models").symlink_to(models)
        self._write(articles, range(3))
        self._run(self._home, self._plainly())
        self._write(articles, range(3, 3 + ARTICLES))
        self._whole = self._copied(folder / "whole")
        self._run(self._whole, self._plainly())
        self.wanted = self._state(self._whole)

    @staticmethod
    def _write(folder: Path, numbers: range) -> None:
        for number in numbers:
            (folder / f"a{number}.txt").write_text(
                f"Harbour {number} opens.\n\nThe harbour of town {number} opened on "
                f"{1 + number % 28} May 2024 with {number * 7 + 40} berths, its director said.",
                "utf-8",
            )

    def _copied(self, target: Path) -> Path:
        shutil.copytree(self._home, target, symlinks=True)
        return target

    @staticmethod
    def _plainly() -> list[str]:
        return [str(Path(sys.executable).with_name("attache")), "ingest"]

    def _run(self, home: Path, command: list[str], seconds: float | None = None) -> int:
        environment = {
            **os.environ,
            "ATTACHE_DATA_DIR": str(home / "data"),
            "ATTACHE_CORPUS_DIR": str(home / "articles"),
        }
        return run(command, environment, seconds)

    @staticmethod
    def _state(home: Path) -> tuple[dict[str, str], str]:
        catalogue = Catalogue.open(home / "data")
        version = catalogue.current()
        assert version is not None  # noqa: S101 - one was made
        held = {each.id: each.text for each in catalogue.articles(version.number)}
        catalogue.close()
        status = subprocess.run(  # noqa: S603 - our own command
            [str(Path(sys.executable).with_name("attache")), "status", "--json"],
            env={**os.environ, "ATTACHE_DATA_DIR": str(home / "data")},
            capture_output=True,
            text=True,
            check=False,
        )
        return held, json.loads(status.stdout)["index"]

    def killed(self, kill: Kill, folder: Path) -> tuple[bool, int, int]:
        """Whether it was killed, the articles lost in the end, and whether a reader met half a
        version in between (1 or 0)."""
        home = self._copied(folder)
        before = {f"a{number}" for number in range(3)}
        if kill.seconds is None:
            module, name = PHASES[kill.phase]
            when = "before" if kill.before else "behind"
            command = [sys.executable, "-c", _INGEST, f"{module}:{name}", str(kill.call), when]
            died = self._run(home, command) == -signal.SIGKILL
        else:
            died = self._run(home, self._plainly(), kill.seconds) == -signal.SIGKILL
        catalogue = Catalogue.open(home / "data")
        version = catalogue.current()
        seen = {each.id for each in catalogue.articles(version.number)} if version else set()
        catalogue.close()
        mixed = int(seen not in (before, set(self.wanted[0])))
        self._run(home, self._plainly())
        held, index = self._state(home)
        lost = len(self.wanted[0].items() - held.items()) + (index != self.wanted[1])
        shutil.rmtree(home)
        return died, lost, mixed


class Sendings:
    """Runs that begin from one record of subscriptions that are due."""

    def __init__(self, folder: Path) -> None:
        import datetime as dt  # noqa: PLC0415

        from bot.conversations import Place  # noqa: PLC0415
        from bot.subscriptions import Subscription, Subscriptions  # noqa: PLC0415

        self._home = folder / "sending"
        catalogue = Catalogue.open(self._home)
        for chat in range(1, CHATS + 1):
            made = Subscription(Place(chat), 1, "en", "Etc/UTC")
            now = dt.datetime(2026, 11, 30, 6, tzinfo=dt.UTC)
            Subscriptions(catalogue.engine).put(made.started(now))
        catalogue.close()
        (self._home / "chats.jsonl").write_text("", "utf-8")
        whole = folder / "sent"
        shutil.copytree(self._home, whole)
        self._run(whole, Kill("none"))
        self.wanted = self._texts(whole)

    @staticmethod
    def _run(home: Path, kill: Kill) -> int:
        name = "none" if kill.seconds is not None else kill.phase
        when = "before" if kill.before else "behind"
        command = [sys.executable, "-c", _DELIVER, str(home), name, str(kill.call), when]
        return run(command, {**os.environ, "PYTHONPATH": str(ROOT)}, kill.seconds)

    @staticmethod
    def _texts(home: Path) -> collections.Counter[tuple[int, str]]:
        """What each chat shows in the end, each message as it was edited last."""
        shown: dict[int, tuple[int, str]] = {}
        for line in (home / "chats.jsonl").read_text("utf-8").splitlines():
            told = json.loads(line)
            if "text" in told:
                shown[told["id"]] = (told["chat"], told["text"])
        return collections.Counter(shown.values())

    def killed(self, kill: Kill, folder: Path) -> tuple[bool, int, int]:
        """Whether it was killed, and the messages lost and doubled in the end."""
        shutil.copytree(self._home, folder)
        died = self._run(folder, kill) == -signal.SIGKILL
        self._run(folder, Kill("none"))
        texts = self._texts(folder)
        shutil.rmtree(folder)
        return died, (self.wanted - texts).total(), (texts - self.wanted).total()


def run(command: list[str], environment: dict[str, str], seconds: float | None) -> int:
    """The exit status of a command, killed after so many seconds where they are given."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    if seconds is not None:
        time.sleep(seconds)
        process.kill()
    return process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill what works, and count what is lost.")
    parser.add_argument("--times", type=int, default=10, help="kills in every phase")
    parser.add_argument("--random", type=int, default=35, help="kills at any time, of either")
    parser.add_argument("--only", choices=("ingest", "sending"), help="one of the two")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    chance = random.Random(11)  # noqa: S311
    rows = []
    with tempfile.TemporaryDirectory(prefix="attache-crashes-") as name:
        folder = Path(name)
        for what, runs, kills in (
            ("ingest", Ingests(folder), ingest_kills(arguments.times, arguments.random, chance)),
            ("sending", Sendings(folder), sending_kills(arguments.times, arguments.random, chance)),
        ):
            if arguments.only not in (None, what):
                continue
            phases: dict[str, list[tuple[bool, int, int]]] = collections.defaultdict(list)
            for number, kill in enumerate(kills):
                found = runs.killed(kill, folder / f"{what}-{number}")
                phases[kill.phase].append(found)
                print(what, number, kill, found, file=sys.stderr)
            for phase, each in phases.items():
                died, lost, wrong = (sum(values) for values in zip(*each, strict=True))
                rows.append([what, phase, str(len(each)), str(died), str(lost), str(wrong)])
    heads = ["of", "killed in", "runs", "killed", "lost", "versions mixed / digests doubled"]
    text = f"{circumstances()}\n\n{table(heads, rows)}"
    print(text)
    if arguments.write:
        write_section("crashes", "## Crashes\n\n" + text)


if __name__ == "__main__":
    main()
