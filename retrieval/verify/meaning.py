"""How much of a statement its evidence means: alignment of token vectors, across languages.

Each word of the statement is aligned with the nearest token of the evidence, in the space that
questions and passages are compared in (`retrieval.space`), where a word meets its translation. Within
one language the words themselves are compared too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from corpus.article import Span
from retrieval.embedding import Vectors
from retrieval.space import Question, Tokens
from retrieval.verify.rules import Problem
from retrieval.verify.segments import sentences
from retrieval.verify.told import Told, plain


@dataclass(frozen=True, slots=True)
class Alignment:
    """A statement held against one text of the evidence.

    `forth` (statement tokens,) is how near each token of the statement is to its nearest one of the
    evidence, `back` (evidence tokens,) the other way; `near` holds
    all of it (statement tokens, evidence tokens), and `weights` are the statement's.
    """

    told: Told
    starts: NDArray[np.int32]
    forth: Vectors
    back: Vectors
    near: Vectors
    weights: Vectors

    def covers(self, span: Span) -> float:
        """How near the statement is to a part of the evidence."""
        inside = (self.starts >= span.start - 1) & (self.starts < span.end)
        if not inside.any():
            return -1.0
        return float(self.near[:, inside].max(axis=1) @ self.weights)


def align(statement: Question, evidence: Tokens, told: Told) -> Alignment:
    """The tokens of the statement and of the evidence, which tells `told`, each with its nearest."""
    near = statement.tokens @ evidence.vectors.T
    return Alignment(
        told, evidence.starts, near.max(axis=1), near.max(axis=0), near, statement.weights
    )


def _shared_words(statement: Told, evidence: Told) -> float:
    """How far the words of the statement stand in one sentence of the evidence, 0…1."""
    words = plain(statement.text)
    return max(
        float(fuzz.token_set_ratio(words, plain(part.of(evidence.text)))) / 100
        for part in sentences(evidence)
    )


def _alike(statement: Told, evidence: Told) -> float:
    """How like the statement is to any stretch of the evidence of its length, letter by letter."""
    return float(fuzz.partial_ratio(plain(statement.text), plain(evidence.text))) / 100


@dataclass(frozen=True, slots=True)
class Meaning:
    """How much of a statement is told in its evidence, 0…1, and the words that are not at all."""

    score: float
    problems: tuple[Problem, ...]


def meaning_of(statement: Told, sought: Question, held: Sequence[Alignment]) -> Meaning:
    """How much of `statement` is told in the texts it is `held` against.

    Within one language the best text's nearness and shared words count, less where the statement is
    long, for long ones add more; between languages only the nearness is there to count.
    """
    near = max(float(each.forth @ sought.weights) for each in held)
    own = [each.told for each in held if each.told.language == statement.language]
    if own:
        shared = max(_shared_words(statement, each) for each in own)
        alike = max(_alike(statement, each) for each in own)
        standing = (near - 0.693) / 0.132 + (shared - 0.689) / 0.162 + (alike - 0.663) / 0.130
        standing -= (len(statement.words) - 19.0) / 10.6
        standing -= _WITHIN
        lowest = _LOWEST_WITHIN
    else:
        standing = (near - _ACROSS) / _ACROSS_SPREAD
        lowest = _LOWEST_ACROSS
    forth = np.max([each.forth for each in held], axis=0)
    return Meaning(
        float(1 / (1 + np.exp(-standing))), tuple(_untold(statement, sought, forth, lowest))
    )


# Means and deviations of the four measures over open data (answers held against their passages by
# people, Spanish and German: benchmarks/support.py); `_WITHIN` and `_LOWEST_WITHIN` were set there.
_WITHIN = -0.7
_LOWEST_WITHIN = 0.45
# Between languages: what nineteen of twenty faithful renderings reach.
_ACROSS = 0.43
_ACROSS_SPREAD = 0.1
_LOWEST_ACROSS = 0.40
_RUN = 3
"""Words in a row that are looked at together."""


def _untold(
    statement: Told, sought: Question, forth: Vectors, lowest: float
) -> Iterator[Problem]:
    """The words in a row that are the least told in the evidence, if they are too far from it."""
    near = [
        (word, forth[sought.between(word.start - 1, word.end)]) for word in statement.words
    ]
    known = [(word, float(each.mean())) for word, each in near if each.size]
    if len(known) < _RUN:
        return
    values = np.array([value for _, value in known])
    means = np.convolve(values, np.ones(_RUN) / _RUN, "valid")
    at = int(means.argmin())
    if means[at] < lowest:
        span = Span(known[at][0].start, known[at + _RUN - 1][0].end)
        yield Problem("meaning", span, "is not told in the evidence")
