"""How exports of many articles are taken apart, and single articles left alone, on the open sets.

Exports are made of five articles each, in the manners of monitoring services. What counts is not
only that most are taken apart: one that is not must be refused, since a file that is taken for one
article dates all of it alike; and no single article may be divided or refused.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.results import circumstances, table, write_section
from corpus.errors import SourceError
from corpus.exports import parts_of

ROOT = Path(__file__).parents[1]
FIVE, TIMES = 5, 200
_SHORTEST = 200
"""Characters of an article that is a story; the English set has passages of one sentence, too."""

Made = Callable[[int, "Item"], str]


class Item(NamedTuple):
    """An article of a set."""

    title: str
    day: str
    outlet: str
    text: str


MANNERS: dict[str, Made] = {
    "Document 3 of 5": lambda n, a: (
        f"Document {n} of {FIVE}\n\n{a.title}\n\n{a.outlet}, {a.day}\n\n{a.text}\n"
    ),
    "Bài 3/5": lambda n, a: f"Bài {n}/{FIVE}\n{a.title}\n{a.text}\n",
    "Title, Source, Date": lambda _, a: (
        f"Title: {a.title}\nSource: {a.outlet}\nDate: {a.day}\n{a.text}\n"
    ),
    "Tiêu đề, Nguồn, Ngày": lambda _, a: (
        f"Tiêu đề: {a.title}\nNguồn: {a.outlet}\nNgày: {a.day}\n\n{a.text}\n"
    ),
    "title, day, =====": lambda _, a: f"{a.title}\n{a.day}\n\n{a.text}\n\n{'=' * 30}\n",
    "title, outlet, day, -----": lambda _, a: (
        f"{a.title}\n{a.outlet}\n{a.day}\n\n{a.text}\n\n-----\n"
    ),
    "title, day, page break": lambda _, a: f"{a.title}\n{a.day}\n\n{a.text}\n\f",
    "title, day, nothing": lambda _, a: f"{a.title}\n{a.day}\n\n{a.text}\n",
}
RULES = ("-----", "*****", "* * *", "=======", "\f")


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def vietnamese(folder: Path) -> list[Item]:
    """The articles of the set of stories."""
    return [
        Item(
            row["title"],
            dt.datetime.fromisoformat(row["published_at"]).strftime("%d/%m/%Y %H:%M"),
            row["source"],
            "\n\n".join(filter(None, (row["lead"], row["body"]))),
        )
        for row in lines(folder / "stories_vi" / "articles.jsonl")
        if row["published_at"] and row["title"]
    ]


def english(folder: Path) -> list[Item]:
    """Passages of the news set that are as long as a short article, one of each article."""
    found = {
        row["title"]: Item(row["title"], row["published_at"][:10], row["source"], row["fact"])
        for row in lines(folder / "news_en" / "passages.jsonl")
        if len(row["fact"]) >= _SHORTEST
    }
    return list(found.values())


def exports(name: str, items: Sequence[Item]) -> list[list[str]]:
    """A row for each manner: how many exports were taken apart, refused, and misread."""
    found = []
    for manner, made in MANNERS.items():
        chance = random.Random(manner)  # noqa: S311 - the same ones at each run
        counts: Counter[str] = Counter()
        for _ in range(TIMES):
            some = chance.sample(items, FIVE)
            counts[_outcome("\n".join(made(n, each) for n, each in enumerate(some, 1)))] += 1
        shares = (f"{counts[each] / TIMES:.2f}" for each in ("right", "refused", "one", "wrong"))
        found.append([name, manner, *shares])
    return found


def _outcome(text: str) -> str:
    try:
        count = len(parts_of(text))
    except SourceError:
        return "refused"
    return {FIVE: "right", 0: "one"}.get(count, "wrong")


def singles(name: str, texts: Iterable[str]) -> list[str]:
    """How many single texts there are, and how many of them were divided or refused."""
    outcomes = Counter(_outcome(text) != "one" for text in texts)
    return [name, str(outcomes.total()), str(outcomes[True])]


def ruled(items: Sequence[Item]) -> list[str]:
    """Articles with a rule between two of their sentences."""
    chance = random.Random(1)  # noqa: S311 - the same ones at each run
    made = []
    for item in items:
        told = [f"{each}." for each in item.text.rstrip(".").split(". ")]
        if len(told) > FIVE:
            cut = chance.randrange(2, len(told) - 1)
            rule = chance.choice(RULES)
            parts = (" ".join(told[:cut]), rule, " ".join(told[cut:]))
            made.append("\n\n".join((f"{item.title}\n{item.day}", *parts)))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how exports are taken apart.")
    parser.add_argument("data", nargs="?", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    folder = arguments.data
    if not folder.is_dir():
        sys.exit(f"{folder}: not here; give the folder of the evaluation sets")
    vi, en = vietnamese(folder), english(folder)
    sample = [path.read_text("utf-8") for path in (ROOT / "corpus" / "articles").glob("*.txt")]
    whole = [f"{item.title}\n{item.day}\n\n{item.text}" for item in (*vi, *en)]
    wiki = [
        row["text"]
        for language in ("en", "vi")
        for row in lines(folder / "xquad" / f"paragraphs.{language}.jsonl")
    ]
    text = "\n\n".join(
        [
            circumstances(),
            table(
                ["articles of", "each with", "taken apart", "refused", "as one", "otherwise"],
                [*exports("stories_vi", vi), *exports("news_en", en)],
            ),
            table(
                ["single texts", "number", "divided or refused"],
                [
                    singles("the samples", sample),
                    singles("stories_vi and news_en", whole),
                    singles("the same with a rule inside", ruled([*vi, *en])),
                    singles("xquad", wiki),
                ],
            ),
        ]
    )
    print(text)
    if arguments.write:
        write_section("exports", "## Exports of many articles\n\n" + text)


if __name__ == "__main__":
    main()
