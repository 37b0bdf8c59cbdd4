"""Say why there is no answer: which condition failed, and what comes nearest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.article import Article
from corpus.conditions import Conditions, Matches, Region, resolve
from corpus.countries import regions_with
from corpus.facts import Facts
from corpus.lookup import told_by
from retrieval.answer import Failed, Refusal
from retrieval.compose import Selection
from retrieval.evidence import names_in
from retrieval.question import Query
from retrieval.search import Found, scope_of, search
from retrieval.snapshot import Snapshot
from retrieval.space import Question

NEAREST = 3
WIDE = 40
"""Passages to look through for the nearest articles: a long one has many."""


@dataclass(frozen=True, slots=True)
class _Relaxed:
    failed: Failed
    matches: Matches | tuple[()]


def refuse(
    snapshot: Snapshot,
    query: Query,
    question: Question,
    found: Sequence[Found],
    selection: Selection,
) -> Refusal:
    """The refusal of `query`, of which `found` met the conditions and did not speak to it."""
    nearest = found
    if query.conditions:
        anywhere = replace(query, conditions=Conditions(), preferred=query.named_countries)
        nearest = search(snapshot, anywhere, question, None, WIDE)
    everywhere = list(dict.fromkeys(item.passage.article_id for item in nearest))
    if not everywhere:
        return Refusal("corpus", ())
    if query.names and query.conditions:
        # The names may be there, in articles that fail another condition: then that is why.
        told = told_by(snapshot.connection, snapshot.version, everywhere)
        having = [a for a in everywhere if len(names_in(told[a], query)) == len(query.names)]
        failed = _first_failed(snapshot.facts, query.conditions, having)
        if failed:
            return Refusal(failed, _in_order(snapshot, having[:NEAREST]))
    names = selection.missing_names
    if found:
        ids = list(dict.fromkeys(item.passage.article_id for item in found))[:NEAREST]
        return Refusal(
            "subject" if not names else "names" if selection.together else "together",
            _in_order(snapshot, ids),
            names,
        )
    relaxed = _relax(snapshot.facts, query.conditions)
    if relaxed.matches:
        ids = relaxed.matches.nearest_to(query.conditions.period, NEAREST)
        return Refusal(relaxed.failed, _in_order(snapshot, ids))
    related = _related(snapshot.facts, query)
    ids = list(dict.fromkeys([*related, *everywhere]))[:NEAREST]
    return Refusal(relaxed.failed, _in_order(snapshot, ids))


def refuse_outlets(snapshot: Snapshot, query: Query, question: Question) -> Refusal:
    """The refusal of a query for outlets that the corpus lacks; half of it is no answer either."""
    conditions = replace(query.conditions, agencies=())
    scope = scope_of(snapshot.facts, conditions)
    found = search(snapshot, query, question, scope, WIDE)
    found = found or search(snapshot, query, question, None, WIDE)
    ids = list(dict.fromkeys(item.passage.article_id for item in found))
    return Refusal("outlets" if ids else "corpus", _in_order(snapshot, ids[:NEAREST]))


def _first_failed(facts: Facts, conditions: Conditions, articles: Sequence[str]) -> Failed | None:
    """The condition that all of `articles` (ids) fail, the period first."""
    ids = set(articles)
    alone: list[tuple[Failed, Conditions]] = [
        ("period", Conditions(conditions.period, conditions.by_publication)),
        ("countries", Conditions(countries=conditions.countries, regions=conditions.regions)),
        ("outlets", Conditions(agencies=conditions.agencies)),
    ]
    for failed, condition in alone:
        if ids and condition and not ids & set(resolve(facts, condition).articles):
            return failed
    return None


def _related(facts: Facts, query: Query) -> list[str]:
    """Articles on some of the countries, or on a region of one; those with most in common first."""
    shared: Counter[str] = Counter()
    for code in query.named_countries:
        speaking = resolve(facts, Conditions(countries=(code,))).articles
        if not speaking:  # nobody writes of it; of a region that it belongs to, perhaps
            regions = [
                Region(region, frozenset())
                for region in regions_with(code)
                if not region.isupper()  # a part of the world, not an organisation
            ]
            speaking = [
                article
                for region in regions
                for article in resolve(facts, Conditions(regions=(region,))).articles
            ]
        shared.update(set(speaking))
    return [article_id for article_id, _ in shared.most_common(NEAREST)]


def _relax(facts: Facts, conditions: Conditions) -> _Relaxed:
    """Drop one condition after the other; the first whose fall leaves something is what failed."""
    places = bool(conditions.countries or conditions.regions)
    steps: list[tuple[Failed, bool, Conditions]] = [
        ("period", conditions.period is not None, replace(conditions, period=None)),
        ("outlets", bool(conditions.agencies), replace(conditions, agencies=())),
        ("countries", places, replace(conditions, countries=(), regions=())),
    ]
    for failed, present, without in steps:
        if present and without:
            matches = resolve(facts, without)
            if matches:
                return _Relaxed(failed, matches)
    present_steps = [failed for failed, present, _ in steps if present]
    if len(present_steps) == 1:
        return _Relaxed(present_steps[0], ())
    # Nothing short of dropping several helps. The countries, if nobody writes of them at all.
    if places and not resolve(
        facts, Conditions(countries=conditions.countries, regions=conditions.regions)
    ):
        return _Relaxed("countries", ())
    return _Relaxed("conditions", ())


def _in_order(snapshot: Snapshot, ids: Sequence[str]) -> tuple[Article, ...]:
    by_id = snapshot.articles(ids)
    return tuple(by_id[article_id] for article_id in ids)
