"""Find passages: conditions from the catalogue, candidates from the indexes, then a close look."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from corpus.conditions import Conditions, Match, Standing, resolve
from corpus.lookup import StoredPassage, keys_of, passages_by_key
from corpus.words import fold
from retrieval.background import nearest
from retrieval.embedding import Vectors
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
"""… and because of the question's words in its own language, and of its names in any."""

IDLE = 0.3
"""Weight of words that say nothing of what is asked for, beside the others."""

NARROW = 2000
"""Up to this many passages, an index is asked about them alone; above, it is asked for more."""

DEEPER = 20
"""How many times more, where a condition may leave out most of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that may hold the answer; `score` in standard deviations above chance."""

    passage: StoredPassage
    match: Match
    score: float

    @property
    def standing(self) -> Standing:
        return self.match.standing


def read_question(index: PassageIndex, query: Query) -> Question:
    """The question without its outlets in the space of the index, its idle words made light."""
    question = index.space.question(query.subject, query.language)
    idle = idle_words(query.language)
    factors = np.ones(len(question.weights), np.float32)
    for match in re.finditer(r"[^\W_]+", query.subject):
        if fold(match.group()) in idle:
            factors[(question.starts >= match.start()) & (question.starts < match.end())] = IDLE
    return question.weighted(factors)


def search(
    connection: Connection,
    index: PassageIndex,
    version: int,
    query: Query,
    question: Question,
    k: int,
) -> list[Found]:
    """The best `k` passages for `query` in `version`; `question` is its text in the index's space.

    Those that meet the conditions come first, then those whose event is unknown to the period.
    """
    matches = resolve(connection, version, query.conditions) if query.conditions else None
    if matches is not None and not matches:
        return []
    by_revision = {match.revision: match for match in matches} if matches is not None else None
    hits = _hits(connection, index, query, question, by_revision, max(CLOSEST, 2 * k))
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
        query.subject,
        _candidates(tokens, index.tokens.vectors(tokens.keys), stored, hits, question),
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
    """(key, score) best first: by meaning, language by language; by all words; by the names."""

    close: Mapping[str, Sequence[tuple[str, float]]]
    words: Sequence[tuple[str, float]]
    names: Sequence[tuple[str, float]]

    @property
    def all(self) -> set[str]:
        """The keys of all hits."""
        lists = (*self.close.values(), self.words, self.names)
        return {key for hits in lists for key, _ in hits}


def _hits(
    connection: Connection,
    index: PassageIndex,
    query: Query,
    question: Question,
    by_revision: Mapping[int, Match] | None,
    depth: int,
) -> _Hits:
    among: list[str] | None = None
    deeper = 1
    if by_revision is not None:
        among = keys_of(connection, by_revision) if len(by_revision) <= NARROW else None
        if among is None or len(among) > NARROW:
            among, deeper = None, DEEPER
    close: dict[str, list[tuple[str, float]]] = {}
    if among is not None:
        for key, language, score in index.tokens.nearest(question.vector, 4 * depth, among):
            close.setdefault(language, []).append((key, score))
    else:
        for language in index.vectors.languages:
            close[language] = index.vectors.nearest(question.vector, deeper * depth, language)
    names = " ".join(query.names)
    return _Hits(
        close,
        index.lexical.search(query.subject, deeper * BY_WORDS, among, language=query.language),
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
        languages=[passage.language for passage in passages],
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
