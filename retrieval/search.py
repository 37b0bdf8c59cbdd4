"""Find passages: conditions from the catalogue, candidates from the indexes, then a close look."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from corpus.conditions import Conditions, Match, Period, Standing, resolve
from corpus.lookup import StoredPassage, keys_of, passages_by_key
from corpus.words import fold
from retrieval.background import nearest
from retrieval.embedding import Vectors
from retrieval.facets import clauses
from retrieval.index import PassageIndex
from retrieval.question import Query
from retrieval.ranking import Candidates, rank
from retrieval.space import Question
from retrieval.token_store import StoredTokens
from retrieval.words import idle_words

CLOSEST = 48
"""Passages looked at closely because of their vectors, whatever their language …"""

CLOSEST_EACH = 16
"""… and at least so many of each language …"""

BY_WORDS = 24
BY_NAMES = 12
"""… and because of the question's words in its own language, and of its names in any …"""

CLOSE_BY_CLAUSE = 6
"""… and because of the words of each clause, where there are several …"""

BY_CLAUSE = 60
"""… of which so many have a score."""

IDLE = 0.3
"""Weight of words that say nothing of what is asked for, beside the others."""

NARROW = 2000
"""Up to this many passages, an index is asked about them alone; above, it is asked for more."""

DEEPER = 20
"""How many times more at most, where a condition leaves out most of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that may hold the answer; `score` in standard deviations above chance."""

    passage: StoredPassage
    match: Match
    score: float

    @property
    def standing(self) -> Standing:
        return self.match.standing


@dataclass(frozen=True, slots=True)
class Scope:
    """The revisions that do not fail a question's conditions, of `articles` in the version."""

    matches: Sequence[Match]
    articles: int

    @property
    def certain(self) -> int:
        """How many meet them for sure."""
        return sum(match.standing == "met" for match in self.matches)

    @property
    def deeper(self) -> int:
        """How many times more passages to ask for, so that enough are left within the scope."""
        return max(2, min(DEEPER, -(-2 * self.articles // max(1, len(self.matches)))))


def scope_of(
    connection: Connection, version: int, conditions: Conditions, articles: int
) -> Scope | None:
    """What meets `conditions` in a version of so many `articles`; None where there are none."""
    return Scope(resolve(connection, version, conditions), articles) if conditions else None


def read_question(index: PassageIndex, query: Query) -> Question:
    """The question without its outlets in the space of the index, its idle words made light."""
    question = index.space.question(query.subject, query.language)
    idle = idle_words(query.language)
    factors = np.ones(len(question.weights), np.float32)
    for match in re.finditer(r"[^\W_]+", query.subject):
        if fold(match.group()) in idle:
            factors[question.between(match.start(), match.end())] = IDLE
    return question.weighted(factors)


def search(
    connection: Connection,
    index: PassageIndex,
    version: int,
    query: Query,
    question: Question,
    scope: Scope | None,
    k: int,
) -> list[Found]:
    """The best `k` passages for `query` in `version`; `question` is its text in the index's space.

    `scope` is what meets the conditions, None where there are none. What meets them comes first,
    then articles whose event is unknown to the period.
    """
    if scope is not None and not scope.matches:
        return []
    by_revision = None if scope is None else {match.revision: match for match in scope.matches}
    hits = _hits(connection, index, query, question, scope, max(CLOSEST, 2 * k))
    stored = {
        key: visible
        for key, passages in passages_by_key(connection, version, hits.all).items()
        if (visible := [p for p in passages if by_revision is None or p.revision in by_revision])
    }
    chosen = _chosen(hits, stored, max(CLOSEST, 2 * k))
    if not chosen:
        return []
    tokens = index.tokens.get(chosen)
    languages = [stored[key][0].language for key in tokens.keys]
    order, scores = rank(
        question,
        _candidates(
            tokens, index.tokens.vectors(tokens.keys), stored, hits, question, query.reported
        ),
        {language: index.background.reached(question, language) for language in set(languages)},
    )
    found = [
        Found(
            passage,
            by_revision[passage.revision]
            if by_revision is not None
            else Match(passage.revision, passage.article_id, "met"),
            float(scores[place]),
        )
        for place in order
        for passage in sorted(
            stored[tokens.keys[place]], key=lambda passage: (passage.article_id, passage.number)
        )
    ]
    preferred = _having(connection, version, query, found)
    found.sort(key=lambda item: (item.standing != "met", item.passage.revision not in preferred))
    return found[:k]


@dataclass(frozen=True, slots=True)
class _Hits:
    """(key, score) best first: by meaning, language by language; by all words; by those of
    each clause (a range of characters), where there are several; by the names.
    """

    close: Mapping[str, Sequence[tuple[str, float]]]
    words: Sequence[tuple[str, float]]
    clauses: Sequence[tuple[tuple[int, int], Sequence[tuple[str, float]]]]
    names: Sequence[tuple[str, float]]

    @property
    def all(self) -> set[str]:
        """The keys of all hits."""
        by_clause = [hits for _, hits in self.clauses]
        lists = (*self.close.values(), self.words, *by_clause, self.names)
        return {key for hits in lists for key, _ in hits}


def _hits(
    connection: Connection,
    index: PassageIndex,
    query: Query,
    question: Question,
    scope: Scope | None,
    depth: int,
) -> _Hits:
    among: list[str] | None = None
    deeper = 1
    if scope is not None:
        deeper = scope.deeper
        if len(scope.matches) <= NARROW:
            among = keys_of(connection, [match.revision for match in scope.matches])
            among = among if len(among) <= NARROW else None
    close: dict[str, list[tuple[str, float]]] = {}
    if among is not None:
        for key, language, score in index.tokens.nearest(question.vector, 4 * depth, among):
            close.setdefault(language, []).append((key, score))
    else:
        for language in index.vectors.languages:
            close[language] = index.vectors.nearest(question.vector, deeper * depth, language)
    names = " ".join(query.names)

    def by_words(text: str, count: int) -> list[tuple[str, float]]:
        return index.lexical.search(text, deeper * count, among, language=query.language)

    parts = clauses(query.subject)
    return _Hits(
        close,
        by_words(query.subject, BY_WORDS),
        [((a, b), by_words(query.subject[a:b], BY_CLAUSE)) for a, b in parts if len(parts) > 1],
        index.lexical.search(names, deeper * BY_NAMES, among, slips=True) if names else [],
    )


def _chosen(hits: _Hits, stored: Mapping[str, Sequence[StoredPassage]], closest: int) -> list[str]:
    """The keys to look at closely: of those in this version that do not fail a condition."""

    def first(ranked: Sequence[tuple[str, float]], count: int) -> list[str]:
        return [key for key, _ in ranked if key in stored][:count]

    everywhere = sorted(
        (hit for ranked in hits.close.values() for hit in ranked), key=lambda hit: -hit[1]
    )
    return list(
        dict.fromkeys(
            [
                *first(everywhere, closest),
                *(key for ranked in hits.close.values() for key in first(ranked, CLOSEST_EACH)),
                *first(hits.words, BY_WORDS),
                *(key for _, ranked in hits.clauses for key in first(ranked, CLOSE_BY_CLAUSE)),
                *first(hits.names, BY_NAMES),
            ]
        )
    )


def _candidates(
    tokens: StoredTokens,
    vectors: Vectors,
    stored: Mapping[str, Sequence[StoredPassage]],
    hits: _Hits,
    question: Question,
    reported: Sequence[Period],
) -> Candidates:
    passages = [stored[key][0] for key in tokens.keys]
    lengths = np.diff(tokens.first)
    titles = np.array([len(p.words.text) - p.words.own for p in passages])
    own = tokens.starts >= np.repeat(titles, lengths)
    everything, itself = nearest(tokens, question, own)
    return Candidates(
        nearest=everything,
        own=itself,
        vectors=vectors,
        words=_lexical(hits.words, tokens.keys),
        names=_lexical(hits.names, tokens.keys),
        clauses=[(part, _lexical(ranked, tokens.keys)) for part, ranked in hits.clauses],
        languages=[passage.language for passage in passages],
        reported=np.array(
            [any(passage.falls_in(period) for period in reported) for passage in passages],
            np.float32,
        ),
    )


def _lexical(hits: Sequence[tuple[str, float]], keys: Sequence[str]) -> Vectors:
    """Lexical scores (n,) of `keys`, 1 for the best hit of all."""
    scores = dict(hits)
    best = max(scores.values(), default=0.0) or 1.0
    return np.array([scores.get(key, 0.0) / best for key in keys], np.float32)


def _having(connection: Connection, version: int, query: Query, found: Sequence[Found]) -> set[int]:
    """The revisions that speak of every country the question names without making it an actor."""
    revisions = {item.passage.revision for item in found}
    if not query.preferred:
        return revisions
    wanted = resolve(connection, version, Conditions(countries=query.preferred))
    return {match.revision for match in wanted} & revisions
