"""How fast and how heavy: ours beside the plain pipeline, in turn, at several sizes.

    python -m benchmarks.speed [DATA_FOLDER] [--sizes 1000 10000] [--keep FOLDER] [--write]

Every measured side runs in a process of its own. Up to 1,000 passages all vectors are encoded anew
in each round; from 10,000 the vectors are mixtures (`benchmarks.perturbed`), and a store is built
once. Ours answers with quotations; the plain pipeline only finds passages. With `--keep`, stores
and what their ingest took are kept in a folder and used again; remove it when the code that
ingests has changed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import texts
from benchmarks.results import circumstances, table, write_section
from benchmarks.speed_table import HEAD, Measured, rows

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 10_000, 100_000)
MIXED_FROM = 10_000
QUESTIONS = 20
SIDES = ("ours", "plain")
SAMPLE_QUESTION = "what did Vietnam and the UK discuss in 2020?"
COLD_STARTS = 3
_SIDES = (
    "Ours answers with quotations or a refusal; plain finds ten passages. Medians over the rounds; "
    "ratios are taken round by round."
)
_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
}


def _side(task: str, side: str, spec: dict[str, Any]) -> dict[str, Any]:
    """What a task of `benchmarks.sides` printed."""
    sys.stderr.write(f"{task} {side} {spec.get('store', '')} …\n")
    command = [sys.executable, "-m", "benchmarks.sides", task, side, json.dumps(spec)]
    run = subprocess.run(  # noqa: S603 - our own module
        command, cwd=ROOT, env=_ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=False
    )
    if run.returncode:
        sys.exit(f"{task} {side} failed")
    measured: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return measured


def _built(size: int, folder: Path, data: Path, home: Path, rounds: int) -> Measured:
    """Both stores at a size, and what their ingest took."""
    done = folder / "built.json"
    if done.exists():
        kept: Measured = json.loads(done.read_text("utf-8"))
        return kept
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    source = folder / "articles.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for item in texts.articles(size, data):
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
    mixed = size >= MIXED_FROM
    measured: Measured = {"mixed": mixed, "again": True}
    measured |= {name: [] for name in ("ingest ours", "ingest plain", "analyse ours")}
    for _ in range(1 if mixed else rounds):
        for side in SIDES:
            store = folder / side
            shutil.rmtree(store, ignore_errors=True)
            spec = {
                "source": str(source),
                "store": str(store),
                "home": str(home),
                "base": str(folder / "base.npy") if mixed else None,
                "again": True,
            }
            measured[f"ingest {side}"].append(_side("ingest", side, spec))
        measured["analyse ours"].append(_side("analyse", "ours", {"source": str(source)}))
    done.write_text(json.dumps(measured), "utf-8")
    return measured


def _asked(size: int, folder: Path, data: Path, home: Path, rounds: int) -> Measured:
    questions = {
        "open": texts.open_questions(data, QUESTIONS),
        "narrow": texts.narrow_questions(size, QUESTIONS),
        "broad": texts.broad_questions(QUESTIONS),
    }
    measured: Measured = {"ask ours": [], "ask plain": []}
    for _ in range(rounds):
        for side in SIDES:
            spec = {"store": str(folder / side), "home": str(home), "questions": questions}
            measured[f"ask {side}"].append(_side("ask", side, {**spec, "at_once": True}))
    return measured


def _cold(size: int, folder: Path, home: Path, work: Path) -> dict[str, dict[str, list[float]]]:
    """Seconds of whole processes, the last of them on the largest store."""
    sample = work / "sample"
    if not sample.exists():
        sample.mkdir(parents=True)
        (sample / "models").symlink_to((home / "models").resolve())
        _attache("ingest", data_dir=sample)
    question = texts.narrow_questions(size, 1)[0]
    once = {"store": str(folder / "plain"), "home": str(home), "questions": {"one": [question]}}
    return {
        "attache --help": {"ours": _timed(lambda: _attache("--help", data_dir=sample))},
        "cold start, 5 articles": {
            "ours": _timed(lambda: _attache("ask", SAMPLE_QUESTION, data_dir=sample))
        },
        f"cold start, {size:,} passages": {
            "ours": _timed(lambda: _attache("ask", question, data_dir=folder / "ours")),
            "plain": _timed(lambda: _side("ask", "plain", {**once, "at_once": False})),
        },
    }


def _attache(*arguments: str, data_dir: Path) -> None:
    command = [str(Path(sys.executable).with_name("attache")), *arguments]
    settings = {
        "ATTACHE_DATA_DIR": str(data_dir),
        "ATTACHE_CORPUS_DIR": str(ROOT / "corpus" / "articles"),
        "ATTACHE_EMBEDDING_MODEL": "bundled",
        "ATTACHE_NOW": "2026-01-15T00:00:00Z",
    }
    subprocess.run(  # noqa: S603 - our own command
        command, env=_ENVIRONMENT | settings, stdout=subprocess.DEVNULL, check=True
    )


def _timed(run: Callable[[], object]) -> list[float]:
    seconds = []
    for _ in range(COLD_STARTS):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return seconds


def _measure(arguments: argparse.Namespace, work: Path) -> str:
    """The table as Markdown."""
    home = ROOT / ".cache" / "benchmarks"
    sizes: dict[int, Measured] = {}
    for size in sorted(arguments.sizes):
        rounds = arguments.rounds or (5 if size < MIXED_FROM else 2)
        folder = work / f"{size}"
        sizes[size] = _built(size, folder, arguments.data, home, rounds)
        sizes[size] |= _asked(size, folder, arguments.data, home, rounds)
    largest = max(sizes)
    cold = _cold(largest, work / f"{largest}", home, work)
    (work / "measured.json").write_text(json.dumps({"sizes": sizes, "cold": cold}), "utf-8")
    return f"{circumstances()} {_SIDES}\n\n{table(HEAD, rows(sizes, cold))}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", nargs="?", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), metavar="N")
    parser.add_argument("--rounds", type=int, help="default: 5 at 1,000 passages, else 2")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep and reuse the stores")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    arguments = parser.parse_args()
    if not (arguments.data / "xquad").is_dir():
        sys.exit(f"{arguments.data / 'xquad'}: not here; give the folder of the evaluation sets")
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        text = _measure(arguments, arguments.keep.resolve())
    else:
        with tempfile.TemporaryDirectory() as work:
            text = _measure(arguments, Path(work))
    print(text)
    if arguments.write:
        write_section("speed", f"## Speed\n\n{text}")


if __name__ == "__main__":
    main()
