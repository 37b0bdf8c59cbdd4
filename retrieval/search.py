"""Find passages: conditions from the catalogue, candidates from the indexes, then a close look."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.conditions import Conditions, Match, Matches, Standing, resolve, told_in
from corpus.facts import Facts, Rows
from corpus.lookup import StoredPassage, passages_by_key
from corpus.words import fold
from retrieval import token_codes
from retrieval.embedding import Vectors
from retrieval.errors import StaleIndexError
from retrieval.facets import clauses
from retrieval.index import PassageIndex
from retrieval.question import Query
from retrieval.ranking import Candidates, rank
from retrieval.snapshot import Snapshot
from retrieval.space import Question
from retrieval.token_store import StoredTokens
from retrieval.words import idle_words

CLOSEST = 24
"""Passages looked at closely because of their vectors, whatever their language …"""

CLOSEST_EACH = 8
"""… and at least so many of each language …"""

BY_WORDS = 12
BY_NAMES = 12
"""… and because of the question's words in its own language, and of its names in any …"""

CLOSE_BY_CLAUSE = 6
"""… and because of the words of each clause, where there are several …"""

BY_CLAUSE = 60
"""… of which so many have a score."""

IDLE = 0.3
"""Weight of words that say nothing of what is asked for, beside the others."""

CHANCE = 3.0
"""Standard deviations under which a passage is no nearer to a question than any may be …"""

FAR = 3.0
"""… and by which another must be nearer to be asked for rather than it."""

NARROW = 500
"""Up to this many passages, words are looked for in them alone; above, more hits are asked for."""

DEEPER = 20
"""How many times more at most, where a condition leaves out most of them."""

_WORD = re.compile(r"[^\W_]+")
_NONE = np.empty((0, 0), np.float32)


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

    matches: Matches
    articles: int

    @property
    def deeper(self) -> int:
        """How many times more passages to ask for, so that enough are left within the scope."""
        return max(2, min(DEEPER, -(-2 * self.articles // max(1, len(self.matches)))))


def scope_of(facts: Facts, conditions: Conditions) -> Scope | None:
    """What meets `conditions`; None where there are none."""
    if not conditions:
        return None
    return Scope(resolve(facts, conditions), len(facts.articles))


def read_question(index: PassageIndex, query: Query) -> Question:
    """The question without its outlets in the space of the index, its idle words made light."""
    question = index.space.question(query.subject, query.language)
    idle = idle_words(query.language)
    factors = np.ones(len(question.weights), np.float32)
    for match in _WORD.finditer(query.subject):
        if fold(match.group()) in idle:
            factors[question.between(match.start(), match.end())] = IDLE
    return question.weighted(factors)


def search(
    snapshot: Snapshot, query: Query, question: Question, scope: Scope | None, k: int
) -> list[Found]:
    """The best `k` passages for `query`; `question` is its text in the index's space.

    `scope` is what meets the conditions, None where there are none. What meets them comes first,
    then articles whose event is unknown to the period.
    """
    if scope is not None and not scope.matches:
        return []
    index = snapshot.index
    hits = _hits(snapshot, query, question, scope, max(CLOSEST, k))
    matches = scope.matches if scope else resolve(snapshot.facts, Conditions())
    matching = _matching(snapshot.facts, hits.all, matches)
    chosen = _chosen(hits, matching, max(CLOSEST, k))
    if not chosen:
        return []
    tokens = index.tokens.get(chosen)
    if not tokens.keys:
        raise StaleIndexError("the token vectors of the corpus are gone", see="attache repair")
    revisions = {key: snapshot.facts.revisions[matching[key]].tolist() for key in tokens.keys}
    stored = passages_by_key(snapshot.connection, revisions)
    languages = {stored[key][0].language for key in tokens.keys}
    to = token_codes.sought(question.tokens)
    order, scores = rank(
        question,
        _candidates(tokens, snapshot, stored, hits, to, _marks(snapshot.facts, query)),
        {language: index.background.reached(to, language) for language in languages},
    )
    found: list[Found] = []
    for place in order:
        passages = stored[tokens.keys[place]]
        rows = snapshot.facts.rows(passage.revision for passage in passages).tolist()
        same = [
            Found(passage, matches.at(row), float(scores[place]))
            for passage, row in zip(passages, rows, strict=True)
        ]
        found += sorted(same, key=lambda item: item.passage.article_id)
    if not query.asks_nothing_more:
        found = _without_chance(found)
    found.sort(key=lambda item: item.standing != "met")
    return found[:k]


def _without_chance(found: Sequence[Found]) -> list[Found]:
    """Without what meets the conditions and else has nothing to do with the question.

    Words that look like a period may be none ("the Summer Theatre"). Then what lies in it is no
    nearer than chance, while something of unknown date is far nearer, and would stand behind it.
    """
    best = max((item.score for item in found if item.standing == "unknown"), default=0.0)
    return [
        item
        for item in found
        if item.standing == "unknown" or item.score >= CHANCE or best - item.score < FAR
    ]


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
    snapshot: Snapshot, query: Query, question: Question, scope: Scope | None, depth: int
) -> _Hits:
    index = snapshot.index
    if scope is None:
        close = {
            language: index.vectors.nearest(question.vector, depth, language)
            for language in index.vectors.languages
        }
    else:
        close = snapshot.vectors.nearest(question.vector, depth, scope.matches.possible)
    if scope is not None and query.asks_nothing_more:
        return _Hits(close, [], [], [])  # its words are the conditions
    deeper, among = (scope.deeper, _keys_within(snapshot, scope)) if scope else (1, None)
    idle = idle_words(query.language)

    def by_words(text: str, count: int) -> list[tuple[str, float]]:
        telling = " ".join(word for word in _WORD.findall(text) if fold(word) not in idle)
        return index.lexical.search(telling, deeper * count, among, language=query.language)

    names = " ".join(query.names)
    parts = clauses(query.subject)
    return _Hits(
        close,
        by_words(query.subject, BY_WORDS),
        [((a, b), by_words(query.subject[a:b], BY_CLAUSE)) for a, b in parts if len(parts) > 1],
        index.lexical.search(names, deeper * BY_NAMES, among, slips=True) if names else [],
    )


def _keys_within(snapshot: Snapshot, scope: Scope) -> list[str] | None:
    """The passages in scope, where they are few enough to look for words in them alone."""
    count = np.count_nonzero(scope.matches.possible[snapshot.facts.passages.rows])
    return sorted(snapshot.catalogue.keys_of(scope.matches.revisions)) if count <= NARROW else None


def _matching(facts: Facts, keys: Collection[str], matches: Matches) -> dict[str, Rows]:
    """By key, the rows of this version that have the passage and do not fail a condition."""
    ordered = list(keys)
    found = zip(ordered, facts.passages.rows_of(ordered), strict=True)
    meeting = {key: matches.meeting(rows) for key, rows in found}
    return {key: rows for key, rows in meeting.items() if len(rows)}


def _chosen(hits: _Hits, matching: Collection[str], closest: int) -> list[str]:
    """The keys to look at closely: of those in this version that do not fail a condition."""

    def first(ranked: Sequence[tuple[str, float]], count: int) -> list[str]:
        return [key for key, _ in ranked if key in matching][:count]

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
    snapshot: Snapshot,
    stored: Mapping[str, Sequence[StoredPassage]],
    hits: _Hits,
    to: token_codes.Sought,
    marks: _Marks,
) -> Candidates:
    passages = [stored[key] for key in tokens.keys]
    lengths = np.diff(tokens.first)
    titles = np.array([len(p.words.text) - p.words.own for p, *_ in passages])
    own = tokens.starts >= np.repeat(titles, lengths)
    everything, itself = token_codes.nearest_coded(tokens.codes, tokens.first[:-1], to, own)
    # The same words may stand in several articles: what is true of one of them counts.
    rows = snapshot.facts.rows(passage.revision for same in passages for passage in same)
    first = np.cumsum([0, *(len(same) for same in passages[:-1])])

    def any_of(which: NDArray[np.bool_]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.logical_or.reduceat(which[rows], first)
        return found

    return Candidates(
        nearest=everything,
        own=itself,
        vectors=snapshot.index.tokens.vectors(tokens.keys) if hits.clauses else _NONE,
        words=_lexical(hits.words, tokens.keys),
        names=_lexical(hits.names, tokens.keys),
        clauses=[(part, _lexical(ranked, tokens.keys)) for part, ranked in hits.clauses],
        languages=[same[0].language for same in passages],
        reported=any_of(marks.reported).astype(np.float32),
        elsewhere=(~any_of(marks.preferred)).astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class _Marks:
    """Which articles (n,) are of a day that the question gives to a single report, and which speak
    of every country that it names without making it an actor.
    """

    reported: NDArray[np.bool_]
    preferred: NDArray[np.bool_]


def _marks(facts: Facts, query: Query) -> _Marks:
    reported = np.zeros(len(facts.articles), np.bool_)
    for period in query.reported:
        reported |= told_in(facts, period)
    if not query.preferred:
        return _Marks(reported, np.ones(len(facts.articles), np.bool_))
    preferred = resolve(facts, Conditions(countries=query.preferred))
    return _Marks(reported, preferred.sure)


def _lexical(hits: Sequence[tuple[str, float]], keys: Sequence[str]) -> Vectors:
    """Lexical scores (n,) of `keys`, 1 for the best hit of all."""
    scores = dict(hits)
    best = max(scores.values(), default=0.0) or 1.0
    return np.array([scores.get(key, 0.0) / best for key in keys], np.float32)
