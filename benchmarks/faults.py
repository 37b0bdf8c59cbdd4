"""Fifty chats that ask at once, and hundreds of questions while Telegram and the network fail.

    python -m benchmarks.faults [--chats N] [--rounds N] [--share F] [--seed N] [--write]

The bot is `attache serve`, a process of its own, on a corpus with an article for every question; it
talks to a Bot API server on this machine, in the second part through a proxy that lets requests go
wrong at random (`tests/faults.py`). An answer is right where it has the sum that stands in the
question's article alone.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from benchmarks.results import circumstances, table, write_section
from retrieval.bundled_model import FOLDER, unpack
from tests.crowd import COUNTRIES, corpus, question, wanted
from tests.emulator import TOKEN, Person, Telegram, telegram_server
from tests.faults import LOSSES, Fault, Faults, faulty

ROOT = Path(__file__).resolve().parents[1]
ATTACHE = Path(sys.executable).with_name("attache")
PATIENCE = 600.0
"""Seconds after which what is missing counts as lost."""

FAULTS = {
    "sendMessage": [Fault.FLOODED, *LOSSES],
    "getUpdates": [Fault.TWICE, Fault.NONSENSE, Fault.DROPPED, Fault.DROPPED_AFTER, Fault.BROKEN],
    "sendChatAction": [Fault.FLOODED, Fault.DROPPED, Fault.SILENT, Fault.BROKEN],
}
FAULTS["editMessageText"] = FAULTS["sendMessage"]


def environment(home: Path, url: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "ATTACHE_ACCESS": "open",
        "ATTACHE_DATA_DIR": str(home / "data"),
        "ATTACHE_CORPUS_DIR": str(home / "articles"),
    }


def prepare(home: Path) -> None:
    corpus(home / "articles", len(COUNTRIES))
    models = ROOT / ".cache" / "attache-tests" / "models"
    unpack(models / FOLDER)
    (home / "data").mkdir()
    (home / "data" / "models").symlink_to(models)
    subprocess.run([str(ATTACHE), "ingest"], env=environment(home, ""), cwd=home, check=True)  # noqa: S603


@asynccontextmanager
async def serving(home: Path, telegram: Telegram, url: str) -> AsyncIterator[None]:
    """The bot as a process, once it has announced its commands."""
    process = await asyncio.create_subprocess_exec(
        ATTACHE,
        "serve",
        env=environment(home, url),
        cwd=home,
        stderr=(home / "log").open("ab"),
    )
    try:
        announced = [call for call in telegram.calls if call.method == "setMyCommands"]
        await telegram.until(
            lambda: sum(c.method == "setMyCommands" for c in telegram.calls) > len(announced) + 2
        )
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def seen(telegram: Telegram, condition: Any, seconds: float = PATIENCE) -> bool:
    """Whether `condition` became true."""
    try:
        async with asyncio.timeout(seconds), telegram._changed:
            while not condition():
                await telegram._changed.wait()
    except TimeoutError:
        return False
    return True


async def at_once(home: Path, chats: int) -> list[str]:
    """So many chats ask at the same time; others ask for help meanwhile, one after the other."""
    async with telegram_server() as telegram, serving(home, telegram, telegram.url):
        people = [Person(telegram, 1000 + number) for number in range(chats)]
        took: list[float] = []
        began = time.perf_counter()

        async def ask(number: int) -> float:
            await people[number].writes(question(number))
            chat = people[number].chat
            await seen(telegram, lambda: telegram.sent(chat))
            return time.perf_counter() - began

        async def help_meanwhile() -> None:
            for chat in range(5000, 6000):
                start = time.perf_counter()
                await Person(telegram, chat).writes("/help")
                await seen(telegram, lambda chat=chat: telegram.sent(chat))
                took.append(time.perf_counter() - start)
                await asyncio.sleep(0.1)

        helping = asyncio.create_task(help_meanwhile())
        times = await asyncio.gather(*map(ask, range(chats)))
        helping.cancel()
        right = sum(
            [wanted(number) in call.text for call in telegram.sent(people[number].chat)] == [True]
            for number in range(chats)
        )
    return [
        str(chats),
        str(right),
        f"{sorted(times)[chats // 2]:.1f} s",
        f"{max(times):.1f} s",
        str(len(took)),
        f"{max(took):.2f} s",
    ]


class Chance:
    """Lets a share of the requests go wrong, in any way that fits the method."""

    def __init__(self, faults: Faults, share: float, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._share = share
        faults.chooses = self.choose

    def choose(self, method: str, _: Any) -> Fault | None:
        kinds = FAULTS.get(method)
        if kinds is None or self._chance.random() >= self._share:
            return None
        return self._chance.choice(kinds)


async def faulted(
    home: Path, chats: int, rounds: int, share: float, seed: int
) -> tuple[list[str], list[list[str]]]:
    """So many chats ask one question after the other while requests go wrong."""
    async with telegram_server() as telegram, faulty(telegram) as faults:
        async with serving(home, telegram, faults.url):
            Chance(faults, share, seed)
            lost = doubled = wrong = 0

            async def converse(place: int) -> None:
                nonlocal lost, doubled, wrong
                person = Person(telegram, 20_000 + place)
                for turn in range(rounds):
                    number = (place * rounds + turn) % len(COUNTRIES)
                    before = len(telegram.sent(person.chat))
                    await person.writes(question(number))
                    there = await seen(
                        telegram,
                        lambda: len(telegram.sent(person.chat)) > before,  # noqa: B023 - awaited here
                    )
                    new = telegram.sent(person.chat)[before:]
                    lost += not there
                    wrong += any(wanted(number) not in call.text for call in new)

            began = time.perf_counter()
            await asyncio.gather(*map(converse, range(chats)))
            seconds = time.perf_counter() - began
            # What would be doubled late comes behind this.
            faults.chooses = lambda *_: None
            others = [Person(telegram, 20_000 + place) for place in range(chats)]
            for person in others:
                await person.writes("/reset")
            for person in others:
                chat = person.chat
                await seen(telegram, lambda chat=chat: "Forgotten" in telegram.sent(chat)[-1].text)
            for person in others:
                given = len(telegram.sent(person.chat)) - 1
                doubled += max(0, given - rounds)
            begun = sum(len(telegram.begun(person.chat)) for person in others)
        kinds = collections.Counter(fault.name.lower() for _, fault in faults.seen)
    row = [
        str(chats * rounds),
        str(len(faults.seen)),
        str(lost),
        str(doubled),
        str(wrong),
        str(begun),
        f"{seconds:.0f} s",
    ]
    return row, [[name.replace("_", " "), str(count)] for name, count in sorted(kinds.items())]


def main() -> None:
    parser = argparse.ArgumentParser(description="Ask at once, and while everything goes wrong.")
    parser.add_argument("--chats", type=int, default=50, help="that ask at once")
    parser.add_argument("--rounds", type=int, default=6, help="questions of each among faults")
    parser.add_argument("--share", type=float, default=0.25, help="of requests that go wrong")
    parser.add_argument("--seed", type=int, default=5, help="of what goes wrong")
    parser.add_argument("--log", type=Path, help="where to leave the bot's log")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="attache-faults-") as name:
        home = Path(name)
        prepare(home)
        crowd = asyncio.run(at_once(home, arguments.chats))
        row, kinds = asyncio.run(
            faulted(home, arguments.chats, arguments.rounds, arguments.share, arguments.seed)
        )
        if arguments.log:
            shutil.copy(home / "log", arguments.log)
        tracebacks = (home / "log").read_text("utf-8").count("Traceback")
    text = "\n\n".join(
        [
            circumstances(),
            table(
                [
                    "chats at once",
                    "right answers",
                    "half within",
                    "all within",
                    "/help meanwhile",
                    "slowest",
                ],
                [crowd],
            ),
            table(
                [
                    "questions",
                    "faults",
                    "answers lost",
                    "doubled",
                    "wrong",
                    "first lines left behind",
                    "in all",
                ],
                [row],
            ),
            table(["fault", "times"], kinds),
            f"Tracebacks in the bot's log: {tracebacks}.",
        ]
    )
    print(text)
    if arguments.write:
        write_section("faults", "## Faults\n\n" + text)


if __name__ == "__main__":
    main()
