"""One measured side in a process of its own, so that memory and warmth are its own.

    python -m benchmarks.sides TASK SIDE JSON

prints one line of JSON. `benchmarks.speed` starts it; the tasks are the functions named in `TASKS`.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
ANALYSED = 5_000
"""Articles that the share of the analysis is measured on."""

AT_ONCE = 50
"""Questions put in the same moment, each from a thread of its own."""

Ask = Callable[[str], bool]
"""Asks a question; whether there was an answer."""


def peak_megabytes() -> float:
    """The most memory this process has had resident.

    Linux hands `getrusage`'s figure down from whoever started the process, so it is read here.
    """
    status = Path("/proc/self/status").read_text("utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def megabytes_on_disk(folder: Path) -> float:
    """All files under `folder`, the embedding model left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and "models" not in path.parts)
    return sum(path.stat().st_size for path in files) / 2**20


def ingest_ours(spec: dict[str, Any]) -> dict[str, Any]:
    """Take the source in, twice: the second time nothing has changed."""
    from benchmarks import perturbed  # noqa: PLC0415
    from retrieval.embedding import BUNDLED, open_embedder  # noqa: PLC0415
    from retrieval.engine import Engine  # noqa: PLC0415

    source, store = Path(spec["source"]), Path(spec["store"])
    model_home(store, Path(spec["home"]))
    engine = Engine(store, source.parent, BUNDLED)
    if spec["base"]:
        real = open_embedder(BUNDLED, store)
        words = _words(source, perturbed.BASE)
        perturbed.base_vectors(Path(spec["base"]), real, words)  # for the other side
        perturbed.use_in(engine, perturbed.PerturbedEmbedder(real, words))
    engine.warm_up()
    seconds = []
    for _ in range(2 if spec["again"] else 1):
        started = time.perf_counter()
        report = engine.ingest([source], now=NOW)
        seconds.append(time.perf_counter() - started)
        if report.failed:
            sys.exit(f"{len(report.failed)} articles failed: {report.failed[0]}")
    status = engine.status()
    engine.close()
    return {
        "seconds": seconds[0],
        "again": seconds[-1],
        "passages": status["passages"],
        "peak": peak_megabytes(),
        "disk": megabytes_on_disk(store),
    }


def ingest_plain(spec: dict[str, Any]) -> dict[str, Any]:
    """Take the source in."""
    from benchmarks import perturbed, plain  # noqa: PLC0415

    source, store = Path(spec["source"]), Path(spec["store"])
    embedding = plain.embeddings(_model(Path(spec["home"])))
    embedding.embed_documents(["warm"])
    if spec["base"]:
        import numpy as np  # noqa: PLC0415

        embedding = perturbed.PerturbedEmbeddings(embedding, np.load(spec["base"]))
    pipeline = plain.Plain(store, _model(Path(spec["home"])), embedding=embedding)
    started = time.perf_counter()
    passages = pipeline.ingest(
        (item["id"], f"{item['title']}\n{item['text']}", {"outlet": item["outlet"]})
        for item in _items(source)
    )
    seconds = time.perf_counter() - started
    pipeline.close()
    return {
        "seconds": seconds,
        "passages": passages,
        "peak": peak_megabytes(),
        "disk": megabytes_on_disk(store),
    }


def analyse_ours(spec: dict[str, Any]) -> dict[str, Any]:
    """Analyse alone: cleaning, dates, places, people, sentences; of many articles, some."""
    from corpus.analysis import analyse  # noqa: PLC0415
    from corpus.article import RawArticle  # noqa: PLC0415

    articles = [
        RawArticle(
            source=item["id"],
            text=item["text"],
            title=item["title"],
            outlet=item["outlet"],
            published=dt.date.fromisoformat(item["published"]),
            language=item["language"],
        )
        for item in _items(Path(spec["source"]))
    ]
    every = len(articles)
    articles = articles[:ANALYSED]
    for raw in articles[:10]:
        analyse(raw, raw.source)  # loads the tables, which the ingest beside it has loaded too
    started = time.perf_counter()
    for raw in articles:
        analyse(raw, raw.source)
    return {"seconds": (time.perf_counter() - started) * every / len(articles)}


def ask_ours(spec: dict[str, Any]) -> dict[str, Any]:
    """Ask until the quoted answer is there."""
    from retrieval.embedding import BUNDLED  # noqa: PLC0415
    from retrieval.engine import Engine  # noqa: PLC0415

    engine = Engine(Path(spec["store"]), Path(spec["store"]), BUNDLED)
    engine.warm_up()
    result = _asked(spec, lambda text: engine.ask(text, today=NOW.date()).refusal is None)
    engine.close()
    return result


def ask_plain(spec: dict[str, Any]) -> dict[str, Any]:
    """Search for the nearest passages: this pipeline does no more without a language model."""
    from benchmarks.plain import Plain  # noqa: PLC0415

    pipeline = Plain(Path(spec["store"]), _model(Path(spec["home"])))
    result = _asked(spec, lambda text: bool(pipeline.search(text)))
    pipeline.close()
    return result


def _asked(spec: dict[str, Any], ask: Ask) -> dict[str, Any]:
    kinds: dict[str, list[str]] = spec["questions"]
    for questions in kinds.values():
        ask(questions[-1])  # the first of a kind opens files and fills caches
    seconds: dict[str, list[float]] = {}
    answered: dict[str, float] = {}
    for kind, questions in kinds.items():
        took = [_timed(ask, question) for question in questions]
        seconds[kind] = [each for each, _ in took]
        answered[kind] = sum(found for _, found in took) / len(took)
    result = {"seconds": seconds, "answered": answered, "peak": peak_megabytes()}
    if spec["at_once"]:
        every = [
            question for questions in zip(*kinds.values(), strict=True) for question in questions
        ]
        result |= _at_once(ask, (every * AT_ONCE)[:AT_ONCE])
    return result


def _timed(ask: Ask, question: str) -> tuple[float, bool]:
    started = time.perf_counter()
    found = ask(question)
    return time.perf_counter() - started, found


def _at_once(ask: Ask, questions: Sequence[str]) -> dict[str, Any]:
    """All questions in the same moment; how long each waited, and how many ended in an error."""
    failed: list[str] = []

    def until_answered(question: str) -> float:
        try:
            ask(question)
        except Exception as error:  # a question that fails is a figure, not the end
            failed.append(repr(error))
        return time.perf_counter() - started

    with ThreadPoolExecutor(AT_ONCE) as pool:
        started = time.perf_counter()
        waits = list(pool.map(until_answered, questions))
        total = time.perf_counter() - started
    if failed:
        sys.stderr.write(f"{len(failed)} of {len(questions)} at once failed: {failed[0][:200]}\n")
    per_second = (len(questions) - len(failed)) / total
    return {"per_second": per_second, "waits": waits, "failed": len(failed)}


def _items(source: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in source.read_text("utf-8").splitlines()]


def _words(source: Path, count: int) -> list[str]:
    return [f"{item['title']}\n{item['text']}" for item in _items(source)[:count]]


def _model(home: Path) -> Path:
    from retrieval.bundled_model import FOLDER, unpack  # noqa: PLC0415

    return unpack(home / "models" / FOLDER)


def model_home(store: Path, home: Path) -> None:
    """Have the store share the unpacked model of `home`."""
    _model(home)
    store.mkdir(parents=True, exist_ok=True)
    if not (store / "models").exists():
        (store / "models").symlink_to((home / "models").resolve())


TASKS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "ingest ours": ingest_ours,
    "ingest plain": ingest_plain,
    "analyse ours": analyse_ours,
    "ask ours": ask_ours,
    "ask plain": ask_plain,
}


if __name__ == "__main__":
    print(json.dumps(TASKS[f"{sys.argv[1]} {sys.argv[2]}"](json.loads(sys.argv[3]))))
