"""Find passages: conditions from the catalogue, dense and lexical rankings fused by rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from corpus.conditions import Conditions, Match, Standing, resolve
from corpus.lookup import StoredPassage, keys_of, passages_by_key
from retrieval.embedding import Vectors
from retrieval.index import PassageIndex
from retrieval.question import Query

RANK_OFFSET = 60.0
"""The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009)."""

LEXICAL_SAME = 1.0
"""Weight of the lexical rank where question and passage share a language."""

NAMES = 0.1
"""Weight of the rank by names alone, slips forgiven, in any language. Other words that two
languages happen to share mean nothing, and outvote the meaning (XQuAD, English to Vietnamese:
0.76 falls to 0.57)."""

DEPTH = 60
"""How far down each ranking is read; a tail adds nothing at this rank offset."""

NARROW = 2000
"""Up to this many passages, an index is asked about them alone; above, it is asked for more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that may hold the answer; `similarity` is its cosine with the question."""

    passage: StoredPassage
    match: Match
    score: float
    similarity: float

    @property
    def standing(self) -> Standing:
        return self.match.standing


def search(
    connection: Connection,
    index: PassageIndex,
    version: int,
    query: Query,
    vector: Vectors,
    k: int,
) -> list[Found]:
    """The best `k` passages for `query` in `version`; its embedded question is `vector` (dim,).

    Those that meet the conditions come first, then those whose event is unknown to the period.
    """
    matches = resolve(connection, version, query.conditions) if query.conditions else None
    if matches is not None and not matches:
        return []
    by_revision = {match.revision: match for match in matches} if matches is not None else None
    depth = max(DEPTH, 5 * k)
    among, depth = _scope(connection, by_revision, depth)
    if depth == 0:
        return []
    dense = index.vectors.search(vector.tolist(), depth, among)
    lexical = index.lexical.search(query.text, depth, among)
    names = " ".join(query.names)
    named = index.lexical.search(names, depth, among, slips=True) if names else []
    keys = {key for key, _ in (*dense, *lexical, *named)}
    stored = passages_by_key(connection, version, keys)
    found = _fuse(_Rankings(dense, lexical, named), stored, by_revision, query)
    preferred = _having(connection, version, query, found)
    found.sort(
        key=lambda item: (
            item.standing != "met",
            item.passage.revision not in preferred,
            -item.score,
            item.passage.article_id,
            item.passage.number,
        )
    )
    return found[:k]


def _scope(
    connection: Connection, by_revision: Mapping[int, Match] | None, depth: int
) -> tuple[Sequence[str] | None, int]:
    """Which keys to rank (None: all) and how deep."""
    if by_revision is None:
        return None, depth
    if len(by_revision) <= NARROW:
        keys = keys_of(connection, by_revision)
        if len(keys) <= NARROW:
            return keys, min(depth, len(keys))
    return None, 20 * depth


@dataclass(frozen=True, slots=True)
class _Rankings:
    """(key, score) best first: by meaning, by all words, by the names in the question."""

    dense: Sequence[tuple[str, float]]
    lexical: Sequence[tuple[str, float]]
    named: Sequence[tuple[str, float]]


def _fuse(
    rankings: _Rankings,
    stored: Mapping[str, Sequence[StoredPassage]],
    by_revision: Mapping[int, Match] | None,
    query: Query,
) -> list[Found]:
    """Reciprocal rank fusion over the passages of this version that do not fail a condition."""

    def visible(key: str) -> list[StoredPassage]:
        return [
            passage
            for passage in stored.get(key, ())
            if by_revision is None or passage.revision in by_revision
        ]

    def ranks(ranking: Sequence[tuple[str, float]]) -> dict[str, int]:
        keys = [key for key, _ in ranking if visible(key)]
        return {key: rank for rank, key in enumerate(keys, start=1)}

    by_meaning, by_words = ranks(rankings.dense), ranks(rankings.lexical)
    by_names = ranks(rankings.named)
    similarity = dict(rankings.dense)
    found = []
    for key in by_meaning | by_words | by_names:
        for passage in visible(key):
            weighted = [(1.0, by_meaning), (NAMES, by_names)]
            if passage.language == query.language:
                weighted.append((LEXICAL_SAME, by_words))
            score = sum(
                weight / (RANK_OFFSET + rank[key]) for weight, rank in weighted if key in rank
            )
            if not score:
                continue
            match = (
                by_revision[passage.revision]
                if by_revision is not None
                else Match(passage.revision, passage.article_id, "met")
            )
            found.append(Found(passage, match, score, similarity.get(key, 0.0)))
    return found


def _having(connection: Connection, version: int, query: Query, found: Sequence[Found]) -> set[int]:
    """The revisions that speak of every country the question names without making it an actor."""
    revisions = {item.passage.revision for item in found}
    if not query.preferred:
        return revisions
    wanted = resolve(connection, version, Conditions(countries=query.preferred))
    return {match.revision for match in wanted} & revisions
