"""How often questions that the corpus can answer are refused, and those that it cannot.

    python benchmarks/refusals.py [DATA_FOLDER]

News passages of several outlets are taken in as JSON Lines, each an article, and the questions
about them are asked as they are: none should be refused. Then each outlet in turn is taken out,
and the questions that name it are asked again: all should be.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.embedding import BUNDLED
from retrieval.engine import Engine

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """One corpus: the outlet taken out of it (None: whole), its questions, those refused.

    `failed` counts the reasons; `wrong` are the questions that went the wrong way.
    """

    without: str | None
    asked: int
    refused: int
    failed: dict[str, int]
    wrong: tuple[str, ...]


def measure(data: Path) -> list[Row]:
    """The whole corpus first, then each outlet taken out that some question names."""
    passages = _lines(data / "news_en" / "passages.jsonl")
    questions = [line["query"] for line in _lines(data / "news_en" / "questions.jsonl")]
    outlets = Counter(passage["source"] for passage in passages)
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(Path(folder, "data"), Path(folder, "corpus"), BUNDLED)
        rows = []
        for without in (None, *outlets):
            naming = [q for q in questions if without is None or _names(q, without, outlets)]
            if naming:
                _write(Path(folder, "corpus"), [p for p in passages if p["source"] != without])
                engine.ingest(None, now=NOW, confirm_removals=True)
                rows.append(_ask(engine, without, naming))
        engine.close()
    return rows


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _names(question: str, outlet: str, outlets: Counter[str]) -> bool:
    """Whether `question` names `outlet` by its whole name, or by a head that it alone has."""
    head = _head(outlet)
    alone = sum(_head(other) == head for other in outlets) == 1
    return bool(
        re.search(rf"(?<!\w){re.escape(outlet)}(?!\w)", question)
        or (alone and re.search(rf"(?<!\w){re.escape(head)}(?!\w)", question))
    )


def _head(outlet: str) -> str:
    return re.split(r" [-|] |: ", outlet)[0]


def _write(corpus: Path, passages: list[dict[str, Any]]) -> None:
    corpus.mkdir(exist_ok=True)
    lines = [
        json.dumps(
            {
                "id": passage["fact_id"],
                "text": passage["fact"],
                "title": passage["title"],
                "outlet": passage["source"],
                "url": passage["url"],
                "published": passage["published_at"],
            }
        )
        for passage in passages
    ]
    (corpus / "news.jsonl").write_text("\n".join(lines), "utf-8")


def _ask(engine: Engine, without: str | None, questions: list[str]) -> Row:
    failed: Counter[str] = Counter()
    wrong = []
    for question in questions:
        refusal = engine.ask(question, today=NOW.date()).refusal
        if refusal is not None:
            failed[refusal.failed] += 1
        if (refusal is None) != (without is None):
            reason = "answered" if refusal is None else f"{refusal.failed} {refusal.missing_names}"
            wrong.append(f"{reason}: {question}")
    return Row(without, len(questions), failed.total(), dict(failed), tuple(wrong))


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    if not (data / "news_en").is_dir():
        sys.exit(f"{data / 'news_en'}: not here; give the folder of the evaluation sets")
    whole, *others = measure(data)
    print("outlet taken out                asked  refused")
    for row in (whole, *others):
        reasons = ", ".join(f"{name} {count}" for name, count in sorted(row.failed.items()))
        print(f"{(row.without or 'none')[:30]:30}  {row.asked:5}  {row.refused:5}  {reasons}")
    asked, refused = sum(row.asked for row in others), sum(row.refused for row in others)
    print(f"refused with all outlets: {whole.refused / whole.asked:.3f} of {whole.asked}")
    print(f"refused without theirs:   {refused / asked:.3f} of {asked}")


if __name__ == "__main__":
    main()
