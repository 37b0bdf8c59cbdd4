"""How often the right passages are found: ours beside the plain pipeline and beside BM25.

    python -m benchmarks.quality [DATA_FOLDER] [--write]

Default settings, the bundled model, no language model, and the same settings for every row. Each
passage of the sets is an article of its own, as JSON Lines; what is ranked are articles. The bars
stand beside the figures.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from benchmarks import dates, refusals
from benchmarks.bm25 import Bm25
from benchmarks.plain import Plain
from benchmarks.results import circumstances, table, write_section
from benchmarks.sides import megabytes_on_disk, model_home
from retrieval.bundled_model import FOLDER
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
DEEP = 40
"""Passages asked of ours and of the plain pipeline for ten articles: a long one has several."""

HEAD = ("set", "figure", "BM25", "plain", "ours", "bar")
Row = tuple[str, str, str, str, str, str]


class Rival(Protocol):
    """What is compared: it takes articles in and finds them."""

    def ingest(self, articles: Iterable[tuple[str, str, dict[str, str]]]) -> int: ...

    def search(self, question: str, k: int = 10) -> list[tuple[str, str]]: ...

    def close(self) -> None: ...


class Ours:
    """The engine behind the same three calls; `articles` keep their own fields."""

    def __init__(self, folder: Path, home: Path) -> None:
        model_home(folder, home)
        self._folder = folder
        self._engine = Engine(folder, folder / "corpus", BUNDLED)
        self.passages = 0

    def take(self, articles: Sequence[dict[str, Any]]) -> None:
        source = self._folder / "articles.jsonl"
        source.write_text("\n".join(json.dumps(each) for each in articles), "utf-8")
        self._engine.ingest([source], now=NOW)
        self.passages = self._engine.status()["passages"]

    def search(self, question: str, k: int = 10) -> list[tuple[str, str]]:
        found = self._engine.search(question, k=k, today=NOW.date()).found
        return [(item.passage.article_id, item.passage.text) for item in found]

    def close(self) -> None:
        self._engine.close()


Search = Callable[[str, int], list[tuple[str, str]]]


@contextmanager
def _stores(
    articles: Sequence[dict[str, Any]], home: Path
) -> Iterator[tuple[list[Search], Ours, Path]]:
    """BM25, plain and ours over the same articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = Ours(folder / "ours", home)
        ours.take(articles)
        rivals: list[Rival] = [
            Bm25(folder / "words"),
            Plain(folder / "plain", home / "models" / FOLDER),
        ]
        for rival in rivals:
            rival.ingest(
                (a["id"], "\n".join([a.get("title", ""), a["text"]]), {}) for a in articles
            )
        yield [*(rival.search for rival in rivals), ours.search], ours, folder / "ours"
        for rival in rivals:
            rival.close()
        ours.close()


def _articles(search: Search, question: str, k: int) -> list[str]:
    found = dict.fromkeys(article for article, _ in search(question, DEEP if k > 1 else 1))
    return list(found)[:k]


def _share(search: Search, questions: Sequence[tuple[str, Sequence[str]]], k: int) -> float:
    """The share of (question, wanted articles) with all that are wanted among the first `k`."""
    right = sum(set(wanted) <= set(_articles(search, text, k)) for text, wanted in questions)
    return right / len(questions)


def _row(
    name: str,
    figure: str,
    searches: Sequence[Search],
    questions: Sequence[tuple[str, Sequence[str]]],
    k: int,
    bar: str,
) -> Row:
    sys.stderr.write(f"{name} …\n")
    bm25, plain, ours = (f"{_share(search, questions, k):.3f}" for search in searches)
    return name, figure, bm25, plain, ours, bar


def _xquad(data: Path, home: Path) -> Iterator[Row]:
    passages = {lang: _lines(data / f"xquad/paragraphs.{lang}.jsonl") for lang in ("en", "vi")}
    asked = {lang: _lines(data / f"xquad/questions.{lang}.jsonl") for lang in ("en", "vi")}
    names = {"en": "English", "vi": "Vietnamese"}
    bars = {("en", "vi"): "0.80", ("vi", "vi"): "0.94", ("vi", "en"): "0.76", ("en", "en"): "0.965"}
    for told in ("vi", "en"):
        articles = [
            {"id": p["ctx_id"], "text": p["text"], "language": told} for p in passages[told]
        ]
        with _stores(articles, home) as (searches, _, _):
            for lang in ("en", "vi"):
                questions = [(q["question"], [q["ctx_id"]]) for q in asked[lang]]
                name = f"xquad, {names[lang]} question, {names[told]} passages"
                yield _row(name, "recall@1", searches, questions, 1, bars[lang, told])
    both = [
        {"id": f"{lang}-{p['ctx_id']}", "text": p["text"], "language": lang}
        for lang in passages
        for p in passages[lang]
    ]
    with _stores(both, home) as (searches, ours, folder):
        for lang, bar in (("en", "0.92"), ("vi", "0.90")):
            questions = [
                (q["question"], [f"en-{q['ctx_id']}", f"vi-{q['ctx_id']}"]) for q in asked[lang]
            ]
            name = f"xquad, both languages, {names[lang]} question"
            yield _row(name, "both twins in ten", searches, questions, 10, bar)
        indexes = sum(megabytes_on_disk(folder / part) for part in ("chroma", "tokens", "words"))
        size = f"{indexes * 1024 / ours.passages:.1f} KB"
        yield "xquad, both languages", "all indexes, a passage", "", "", size, "≤ 40 KB"


def _news(data: Path, home: Path) -> Iterator[Row]:
    articles = [
        {
            "id": p["fact_id"],
            "text": p["fact"],
            "title": p["title"],
            "outlet": p["source"],
            "url": p["url"],
            "published": p["published_at"],
        }
        for p in _lines(data / "news_en/passages.jsonl")
    ]
    questions = [(q["query"], q["evidence"]) for q in _lines(data / "news_en/questions.jsonl")]
    with _stores(articles, home) as (searches, _, _):
        yield _row("news_en", "all evidence in ten", searches, questions, 10, "0.80")
    whole, *without = refusals.measure(data)
    wrong, right = whole.refused / whole.asked, _share_refused(without)
    yield "news_en, answerable", "refused wrongly", "", "", f"{wrong:.3f}", "≤ 0.10"
    yield "news_en, outlet taken out", "refused", "", "", f"{right:.3f}", "0.90"


def _share_refused(rows: Sequence[refusals.Row]) -> float:
    return sum(row.refused for row in rows) / sum(row.asked for row in rows)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what is found, beside two rivals.")
    parser.add_argument("data", nargs="?", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    if not (arguments.data / "xquad").is_dir():
        sys.exit(f"{arguments.data}: not here; give the folder of the evaluation sets")
    told = circumstances()  # of the code that is measured, whatever is committed meanwhile
    home = ROOT / "data"
    model_home(home / "bench", home)
    rows = [*_xquad(arguments.data, home), *_news(arguments.data, home)]
    for each in dates.measure(arguments.data):
        for figure, share in (
            ("interval exact, conventions undisputed", each.undisputed),
            ("interval exact, last unit included", each.inclusive),
            ("interval exact, as the set has it", each.strict),
        ):
            rows.append((f"dates/{each.name}", figure, "", "", f"{share:.3f}", "0.80"))
    text = f"{told}\n\n{table(HEAD, rows)}"
    print(text)
    if arguments.write:
        write_section("quality", f"## Quality\n\n{text}")


if __name__ == "__main__":
    main()
