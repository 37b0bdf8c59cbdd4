"""Which articles are one story: the same event, from any outlet and in any language."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.analysis import analyse
from corpus.article import RawArticle
from corpus.split import passage_words
from corpus.stories import assign
from corpus.story_features import Features, When, features, mean
from retrieval.embedding import Embedder
from retrieval.space import Space

OWN = Path(__file__).parent / "data" / "stories.jsonl"


def read(file: Path) -> list[tuple[RawArticle, str]]:
    """(article, story) of each line."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [
        (
            RawArticle(
                source=line["id"],
                id=line["id"],
                text=line["text"],
                title=line["title"],
                outlet=line["outlet"],
                published=dt.date.fromisoformat(line["published"]),
            ),
            line["story"],
        )
        for line in lines
    ]


def featured(articles: Sequence[RawArticle], space: Space) -> list[Features]:
    """The features of articles with the vectors of the bundled model."""
    found = []
    for raw in articles:
        article = analyse(raw, raw.source)
        words = [
            passage_words(each.span.of(article.text), article.title, article.language).text
            for each in article.passages
        ]
        tokens = space.passages(words, [article.language] * len(words))
        found.append(features(article, mean(each.mean for each in tokens)))
    return found


@pytest.fixture(scope="module")
def own(embedder: Embedder) -> tuple[list[Features], list[str]]:
    articles = read(OWN)
    return featured([raw for raw, _ in articles], Space(embedder)), [story for _, story in articles]


def groups(stories: dict[str, str]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for article, story in stories.items():
        found[story].add(article)
    return {frozenset(members) for members in found.values()}


def wanted(own: tuple[list[Features], list[str]]) -> set[frozenset[str]]:
    return groups({each.article: story for each, story in zip(*own, strict=True)})


def test_twins_in_three_languages_are_one_story_and_near_misses_are_not(
    own: tuple[list[Features], list[str]],
) -> None:
    """The same two ministers on another day, another ambassador of the same day, the answer to an
    act: other stories."""
    assert groups(assign(own[0], [], {})) == wanted(own)


@pytest.mark.parametrize("step", [1, 7])
def test_articles_that_arrive_later_join_or_open_stories(
    own: tuple[list[Features], list[str]], step: int
) -> None:
    """In whatever order they come, and without a change to those that are there."""
    order = np.random.default_rng(step).permutation(len(own[0]))
    stories: dict[str, str] = {}
    known: list[Features] = []
    for start in range(0, len(order), step):
        new = [own[0][place] for place in order[start : start + step]]
        found = assign(new, known, stories)
        assert found.keys() == {each.article for each in new}
        stories |= found
        known += new
    assert groups(stories) == wanted(own)


def test_a_story_is_named_after_the_article_that_opened_it() -> None:
    first, other = (
        Features(name, "en", {"a": 1.0}, {}, np.ones(1, np.float32), When())
        for name in ("one", "two")
    )
    assert assign([first], [], {}) == {"one": "one"}
    assert assign([other], [first], {"one": "one"}) == {"two": "one"}
    # Its name may be taken by a story that it is no longer in.
    apart = Features("one", "en", {"b": 1.0}, {}, np.zeros(1, np.float32), When())
    assert assign([apart], [other], {"two": "one"}) == {"one": "one-2"}


def test_nothing_new_is_no_story() -> None:
    assert assign([], [], {}) == {}
