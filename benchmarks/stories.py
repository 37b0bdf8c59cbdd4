"""How well articles are told apart into stories, on 187 Vietnamese ones and on our own twins.

B³ (Bagga and Baldwin, 1998) and pairs: precision and recall of the company each article is in, and
of two articles being one story. Beside it how near the summaries are to people's, without a model:
ROUGE-2 (Lin, 2004) over syllables, the F1 of two summaries by hand, at 150 words.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.results import circumstances, table, write_section
from corpus.analysis import analyse
from corpus.article import RawArticle
from corpus.stories import assign
from corpus.story_features import Features
from retrieval.embedding import BUNDLED, open_embedder
from retrieval.space import Space
from retrieval.summary import summarise
from tests.corpus.test_stories import OWN, featured, read

ROOT = Path(__file__).parents[1]
_WORDS = 150
_ROUGE = 0.36
_B3, _PAIRS = 0.961, 0.913  # average linkage of TF-IDF(1, 2) with its threshold fitted to the set


def open_set(folder: Path) -> list[tuple[RawArticle, str]]:
    """(article, story) of the open set, in the order they were published, to the minute."""
    lines = (folder / "articles.jsonl").read_text("utf-8").splitlines()
    every = sorted(map(json.loads, lines), key=lambda row: (row["published_at"], row["doc_id"]))
    return [
        (
            RawArticle(
                source=row["doc_id"],
                id=row["doc_id"],
                text=f"{row['lead']}\n\n{row['body']}",
                title=row["title"],
                outlet=row["source"],
                published=dt.date.fromisoformat(row["published_at"][:10]),
            ),
            row["cluster"],
        )
        for row in every
    ]


def one_by_one(every: Sequence[Features]) -> dict[str, str]:
    """The stories where each article arrives alone, in this order."""
    stories: dict[str, str] = {}
    known: list[Features] = []
    for each in every:
        stories |= assign([each], known, stories)
        known.append(each)
    return stories


def b_cubed(found: Sequence[str], right: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    mine, theirs = _members(found), _members(right)
    shared = [len(mine[a] & theirs[b]) / len(mine[a]) for a, b in zip(found, right, strict=True)]
    reached = [len(mine[a] & theirs[b]) / len(theirs[b]) for a, b in zip(found, right, strict=True)]
    precision, recall = sum(shared) / len(found), sum(reached) / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairs(found: Sequence[str], right: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of two articles being in one story."""
    mine, theirs = (
        {(a, b) for group in _members(names).values() for a in group for b in group if a < b}
        for names in (found, right)
    )
    precision, recall = len(mine & theirs) / len(mine), len(mine & theirs) / len(theirs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _members(names: Sequence[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for place, name in enumerate(names):
        found[name].add(place)
    return found


def rows(name: str, articles: list[tuple[RawArticle, str]], space: Space) -> list[list[str]]:
    """The rows of one set: all at once, and one by one."""
    every = featured([raw for raw, _ in articles], space)
    right = [story for _, story in articles]
    made = []
    for way, stories in (("at once", assign(every, [], {})), ("one by one", one_by_one(every))):
        found = [stories[each.article] for each in every]
        scores = [*b_cubed(found, right), *pairs(found, right)]
        made.append(
            [name, way, str(len(every)), str(len(set(found))), str(len(set(right)))]
            + [f"{score:.3f}" for score in scores]
        )
    return made


def summaries(folder: Path) -> list[list[str]]:
    """ROUGE-2 F1 of ours, of the beginning of the earliest article, and of people's."""
    articles = {raw.source: analyse(raw, raw.source) for raw, _ in open_set(folder)}
    scores: dict[str, list[float]] = defaultdict(list)
    for line in (folder / "stories.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        members = sorted(
            (articles[number] for number in row["docs"]),
            key=lambda each: (each.published or dt.date.min, each.id),
        )
        chosen = summarise(members, most_words=_WORDS)
        ours = " ".join(
            members[place].sentences[number].of(members[place].text) for place, number in chosen
        )
        for name, text in (("ours", ours), ("the earliest article", members[0].text)):
            mine = _cut(text, _WORDS)
            scores[name].append(sum(rouge_2(mine, row[ref]) for ref in ("ref1", "ref2")) / 2)
        scores["one of two people"].append(rouge_2(row["ref1"], row["ref2"]))
    bars = {"ours": f"≥ {_ROUGE}"}
    return [
        [name, f"{sum(each) / len(each):.3f}", bars.get(name, "")] for name, each in scores.items()
    ]


def rouge_2(text: str, reference: str) -> float:
    """F1 of pairs of neighbouring syllables."""
    mine, theirs = (
        Counter(pairwise(re.findall(r"\w+", each.lower()))) for each in (text, reference)
    )
    shared = (mine & theirs).total()
    return 2 * shared / max(1, mine.total() + theirs.total())


def _cut(text: str, number: int) -> str:
    """The first `number` words."""
    found = list(re.finditer(r"\w+", text))
    return text if len(found) <= number else text[: found[number - 1].end()]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how articles are put into stories.")
    parser.add_argument("data", nargs="?", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    folder = arguments.data / "stories_vi"
    if not folder.is_dir():
        sys.exit(f"{folder}: not here; give the folder of the evaluation sets")
    space = Space(open_embedder(BUNDLED, ROOT / "data"))
    heads = ["set", "articles arrive", "articles", "stories", "of", "B³ P", "R", "F1"]
    heads += ["pairs P", "R", "F1"]
    text = "\n\n".join(
        [
            circumstances(),
            table(
                heads,
                [
                    *rows("open, Vietnamese", open_set(folder), space),
                    *rows("own, three languages", read(OWN), space),
                ],
            ),
            table(["summary of 150 words", "ROUGE-2 F1", "bar"], summaries(folder)),
            f"Bars on the open set: B³ F1 above {_B3}, pairs F1 above {_PAIRS}.",
        ]
    )
    print(text)
    if arguments.write:
        write_section("stories", "## Stories\n\n" + text)


if __name__ == "__main__":
    main()
