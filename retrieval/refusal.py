"""Say why there is no answer: which condition failed, and what comes nearest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from corpus.article import Article
from corpus.catalogue import Catalogue
from corpus.conditions import Conditions, Match, Period, resolve
from retrieval.answer import Failed, Refusal
from retrieval.embedding import Vectors
from retrieval.index import PassageIndex
from retrieval.question import Query
from retrieval.search import Found, search

NEAREST = 3
WIDE = 100
"""Passages to look through for the nearest articles: a long one has many."""


@dataclass(frozen=True, slots=True)
class _Relaxed:
    failed: Failed
    matches: Sequence[Match]


def refuse(
    connection: Connection,
    catalogue: Catalogue,
    index: PassageIndex,
    version: int,
    query: Query,
    vector: Vectors,
    found: Sequence[Found],
    missing_names: tuple[str, ...],
) -> Refusal:
    """The refusal of `query`, of which `found` met the conditions and did not speak to it."""
    if found:
        ids = list(dict.fromkeys(item.passage.article_id for item in found))[:NEAREST]
        failed: Failed = "names" if missing_names else "subject"
        return Refusal(failed, _in_order(catalogue, version, ids), missing_names)
    if catalogue.current() is None or not resolve(connection, version, Conditions()):
        return Refusal("corpus", ())
    relaxed = _relax(connection, version, query.conditions)
    if relaxed.matches:
        ids = [match.article_id for match in relaxed.matches]
        articles = list(catalogue.articles(version, ids))
        articles.sort(key=lambda article: _distance(article, query.conditions.period))
        return Refusal(relaxed.failed, tuple(articles[:NEAREST]))
    anywhere = replace(query, conditions=Conditions(), preferred=query.named_countries)
    nearest = search(connection, index, version, anywhere, vector, WIDE)
    ids = list(dict.fromkeys(item.passage.article_id for item in nearest))[:NEAREST]
    return Refusal(relaxed.failed, _in_order(catalogue, version, ids))


def _relax(connection: Connection, version: int, conditions: Conditions) -> _Relaxed:
    """Drop one condition after the other; the first whose fall leaves something is what failed."""
    places = bool(conditions.countries or conditions.regions)
    steps: list[tuple[Failed, bool, Conditions]] = [
        ("period", conditions.period is not None, replace(conditions, period=None)),
        ("outlets", bool(conditions.agencies), replace(conditions, agencies=())),
        ("countries", places, replace(conditions, countries=(), regions=())),
    ]
    for failed, present, without in steps:
        if present and without:
            matches = resolve(connection, version, without)
            if matches:
                return _Relaxed(failed, matches)
    present_steps = [failed for failed, present, _ in steps if present]
    if len(present_steps) == 1:
        return _Relaxed(present_steps[0], ())
    # Nothing short of dropping several helps. The countries, if nobody writes of them at all.
    if places and not resolve(
        connection,
        version,
        Conditions(countries=conditions.countries, regions=conditions.regions),
    ):
        return _Relaxed("countries", ())
    return _Relaxed("conditions", ())


def _in_order(catalogue: Catalogue, version: int, ids: Sequence[str]) -> tuple[Article, ...]:
    by_id = {article.id: article for article in catalogue.articles(version, ids)}
    return tuple(by_id[article_id] for article_id in ids)


def _distance(article: Article, period: Period | None) -> tuple[int, str]:
    """How far an article's event lies from a period, in days; unknown years last."""
    event = article.event
    if event is None or period is None or period.any_year or event.start.startswith("--"):
        return 1_000_000, article.id
    start, end = dt.date.fromisoformat(event.start), dt.date.fromisoformat(event.end)
    gaps = []
    if period.start:
        gaps.append((dt.date.fromisoformat(period.start) - end).days)
    if period.end:
        gaps.append((start - dt.date.fromisoformat(period.end)).days)
    return max([0, *gaps]), article.id
