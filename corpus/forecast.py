"""How long an ingest would take, and how sure the years of its events would be, from a sample."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, get_args

from corpus.analysis import analyse
from corpus.article import Article, RawArticle
from corpus.errors import SourceError
from corpus.pace import ARTICLE, PASSAGE
from corpus.split import PassageWords, passage_words

SAMPLE = 24
"""Articles that are derived for a forecast; about a second of work."""

MEASURED = 24
"""Passages that are indexed, out of sight, where it was never measured how long that takes."""

Years = Literal["stated", "published", "inferred", "unknown"]
"""What the year of an event rests on; unknown, too, where no date is stated at all."""

Measure = Callable[[Mapping[str, PassageWords]], float]
"""The seconds that it takes to index each of some passages."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """`years` counts all `articles`, by `sampled` of them; `seconds` are None where nobody knows
    how long indexing takes."""

    articles: int
    sampled: int
    years: Mapping[Years, int]
    seconds: float | None


@dataclass(slots=True)
class Sample:
    """Some of the articles that come by, each as likely to be kept as any other."""

    _kept: list[tuple[RawArticle, str]] = field(default_factory=list)
    _seen: int = 0
    # The same for the same articles, so that asking again does not answer anew.
    _random: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311

    def offer(self, raw: RawArticle, article_id: str) -> None:
        """Keep an article, perhaps (reservoir sampling)."""
        self._seen += 1
        if len(self._kept) < SAMPLE:
            self._kept.append((raw, article_id))
        elif (place := self._random.randrange(self._seen)) < SAMPLE:
            self._kept[place] = (raw, article_id)

    def forecast(
        self,
        reading: float,
        pace: Mapping[str, float],
        indexed: Callable[[Collection[str]], Collection[str]],
        measure: Measure | None,
    ) -> Forecast | None:
        """What taking them all in would be like; None of none. `reading` are the seconds that
        reading them took, `pace` what is remembered, and `indexed` tells which keys of passages
        need no indexing."""
        if not self._seen:
            return None
        _derived(self._kept[:1])  # what is loaded first is no article's time
        started = time.perf_counter()
        articles = _derived(self._kept)
        deriving = (time.perf_counter() - started) / len(self._kept)
        share = self._seen / len(self._kept)
        words = _words(articles)
        for key in indexed(list(words)):
            words.pop(key, None)
        passages = share * len(words)
        indexing = pace.get(PASSAGE)
        if indexing is None and measure is not None and passages:
            indexing = measure(dict(islice(words.items(), MEASURED)))
        seconds = None
        if not words:
            indexing = 0.0
        if indexing is not None:
            rest = self._seen * pace[ARTICLE] if ARTICLE in pace else reading
            seconds = rest + self._seen * deriving + passages * indexing
        return Forecast(self._seen, len(self._kept), self._years(articles), seconds)

    def _years(self, articles: list[Article]) -> dict[Years, int]:
        counts = Counter(_basis(article) for article in articles)
        names: tuple[Years, ...] = get_args(Years)
        return _scaled({name: counts[name] for name in names}, self._seen)


def _derived(some: list[tuple[RawArticle, str]]) -> list[Article]:
    found = []
    for raw, article_id in some:
        try:
            found.append(analyse(raw, article_id))
        except SourceError:
            continue  # the ingest will name it
    return found


def _words(articles: list[Article]) -> dict[str, PassageWords]:
    return {
        passage.key: passage_words(passage.span.of(article.text), article.title, article.language)
        for article in articles
        for passage in article.passages
    }


def _basis(article: Article) -> Years:
    basis = article.event.year_basis if article.event else None
    if basis is None:
        return "unknown"
    return "stated" if basis == "corrected" else basis


def _scaled(counts: Mapping[Years, int], total: int) -> dict[Years, int]:
    """`counts` as shares of `total`, in whole numbers that add up to it (largest remainders)."""
    seen = sum(counts.values())
    if not seen:
        return dict(counts)
    exact = {name: total * count / seen for name, count in counts.items()}
    whole = {name: int(share) for name, share in exact.items()}
    left = total - sum(whole.values())
    for name in sorted(exact, key=lambda each: whole[each] - exact[each])[:left]:
        whole[name] += 1
    return whole
