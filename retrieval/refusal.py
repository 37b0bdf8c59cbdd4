"""Say why there is no answer: which condition failed, and what comes nearest."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from corpus.article import Article
from corpus.catalogue import Catalogue
from corpus.conditions import Conditions, Match, Period, Region, resolve
from corpus.countries import regions_with
from retrieval.answer import Failed, Refusal
from retrieval.compose import Selection
from retrieval.evidence import names_in
from retrieval.index import PassageIndex
from retrieval.question import Query
from retrieval.search import Found, scope_of, search
from retrieval.space import Question

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
    question: Question,
    found: Sequence[Found],
    selection: Selection,
) -> Refusal:
    """The refusal of `query`, of which `found` met the conditions and did not speak to it."""
    anywhere = replace(query, conditions=Conditions(), preferred=query.named_countries)
    nearest = search(connection, index, version, anywhere, question, None, WIDE)
    everywhere = list(dict.fromkeys(item.passage.article_id for item in nearest))
    if not everywhere:
        return Refusal("corpus", ())
    if query.names and query.conditions:
        # The names may be there, in articles that fail another condition: then that is why.
        articles = _in_order(catalogue, version, everywhere)
        having = tuple(a for a in articles if len(names_in(a, query)) == len(query.names))
        failed = _first_failed(connection, version, query.conditions, having)
        if failed:
            return Refusal(failed, having[:NEAREST])
    names = selection.missing_names
    if found:
        ids = list(dict.fromkeys(item.passage.article_id for item in found))[:NEAREST]
        return Refusal(
            "subject" if not names else "names" if selection.together else "together",
            _in_order(catalogue, version, ids),
            names,
        )
    relaxed = _relax(connection, version, query.conditions)
    if relaxed.matches:
        ids = [match.article_id for match in relaxed.matches]
        period = query.conditions.period
        by_distance = sorted(
            catalogue.articles(version, ids), key=lambda article: _distance(article, period)
        )
        return Refusal(relaxed.failed, tuple(by_distance[:NEAREST]))
    related = _related(connection, version, query)
    ids = list(dict.fromkeys([*related, *everywhere]))[:NEAREST]
    return Refusal(relaxed.failed, _in_order(catalogue, version, ids))


def refuse_outlets(
    connection: Connection,
    catalogue: Catalogue,
    index: PassageIndex,
    version: int,
    query: Query,
    question: Question,
    articles: int,
) -> Refusal:
    """The refusal of a query for outlets that the corpus lacks; half of it is no answer either."""
    conditions = replace(query.conditions, agencies=())
    scope = scope_of(connection, version, conditions, articles)
    found = search(connection, index, version, query, question, scope, WIDE)
    found = found or search(connection, index, version, query, question, None, WIDE)
    ids = list(dict.fromkeys(item.passage.article_id for item in found))
    return Refusal("outlets" if ids else "corpus", _in_order(catalogue, version, ids[:NEAREST]))


def _first_failed(
    connection: Connection,
    version: int,
    conditions: Conditions,
    articles: Sequence[Article],
) -> Failed | None:
    """The condition that all of `articles` fail, the period first."""
    ids = {article.id for article in articles}
    alone: list[tuple[Failed, Conditions]] = [
        ("period", Conditions(conditions.period, conditions.by_publication)),
        ("countries", Conditions(countries=conditions.countries, regions=conditions.regions)),
        ("outlets", Conditions(agencies=conditions.agencies)),
    ]
    for failed, condition in alone:
        if ids and condition:
            met = {match.article_id for match in resolve(connection, version, condition)}
            if not ids & met:
                return failed
    return None


def _related(connection: Connection, version: int, query: Query) -> list[str]:
    """Articles on some of the countries, or on a region of one; those with most in common first."""
    shared: Counter[str] = Counter()
    for code in query.named_countries:
        matches = resolve(connection, version, Conditions(countries=(code,)))
        if not matches:  # nobody writes of it; of a region that it belongs to, perhaps
            regions = [
                Region(region, frozenset())
                for region in regions_with(code)
                if not region.isupper()  # a part of the world, not an organisation
            ]
            matches = [
                match
                for region in regions
                for match in resolve(connection, version, Conditions(regions=(region,)))
            ]
        shared.update({match.article_id for match in matches})
    return [article_id for article_id, _ in shared.most_common(NEAREST)]


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
