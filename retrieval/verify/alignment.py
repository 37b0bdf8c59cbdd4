"""A statement held against one text of its evidence, token by token and word by word.

Each token of the statement is aligned with the nearest token of the evidence, in the space that
questions and passages are compared in (`retrieval.space`), where a word meets its translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.article import Span
from corpus.words import Word
from retrieval.embedding import Vectors
from retrieval.space import Question, Tokens, unit
from retrieval.verify.told import Told


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """A statement held against one text of the evidence, which tells `told`.

    `near` (statement tokens, evidence tokens) is how near each is to each; `forth` (statement
    tokens,) and `back` (evidence tokens,) how near each is to its nearest; `starts` (evidence
    tokens,) where they begin; `weights` the statement's tokens'. `words` (statement words,
    evidence words) is how near words are.
    """

    told: Told
    starts: NDArray[np.int32]
    near: Vectors
    forth: Vectors
    back: Vectors
    weights: Vectors
    words: Vectors

    def covers(self, span: Span) -> float:
        """How near the statement is to a part of the evidence, -1…1."""
        inside = (self.starts >= span.start - 1) & (self.starts < span.end)
        if not inside.any():
            return -1.0
        return float(self.near[:, inside].max(axis=1) @ self.weights)

    def narrowed(self, tokens: NDArray[np.bool_]) -> Alignment:
        """The alignment of some of the statement's tokens alone, of one at the least."""
        near, weights = self.near[tokens], self.weights[tokens]
        return replace(
            self,
            near=near,
            forth=near.max(axis=1),
            back=near.max(axis=0),
            weights=weights / weights.sum(),
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A text in the space: its tokens, and its words as vectors (words, dimension)."""

    tokens: Tokens
    words: Vectors


def placed(told: Told, tokens: Tokens) -> Placed:
    """`told` with the `tokens` it has in the space."""
    return Placed(tokens, by_word(tokens.vectors, tokens.starts, told.words))


def align(
    statement: Told, sought: Question, evidence: Sequence[tuple[Told, Placed]]
) -> list[Alignment]:
    """`statement`, read as `sought`, against each text of `evidence`, where that is placed."""
    own = by_word(sought.tokens, sought.starts, statement.words)
    alignments = []
    for told, place in evidence:
        tokens = place.tokens
        near = _products(sought.tokens, tokens.vectors)
        words = _products(own, place.words)
        alignments.append(
            Alignment(
                told,
                tokens.starts,
                near,
                near.max(axis=1),
                near.max(axis=0),
                sought.weights,
                words,
            )
        )
    return alignments


def _products(left: Vectors, right: Vectors) -> Vectors:
    """All products (left, right) of two lists of vectors.

    Not by BLAS, which shares out even so little among threads and waits for them: a few hundredths
    of a millisecond become twenty where another process has a core.
    """
    products: Vectors = np.einsum("id,jd->ij", left, right)
    return products


def by_word(vectors: Vectors, starts: NDArray[np.int32], words: Sequence[Word]) -> Vectors:
    """One vector (words, dimension) of length 1 for each word; zeros for one without tokens."""
    means = np.zeros((len(words), vectors.shape[1]), np.float32)
    if not words:
        return means
    # A token begins with the space before its word.
    begins = np.array([word.start - 1 for word in words])
    ends = np.array([word.end for word in words])
    word_of = np.searchsorted(begins, starts, "right") - 1
    inside = (word_of >= 0) & (starts < ends[word_of])
    found, first = np.unique(word_of[inside], return_index=True)  # in order, as tokens are
    if found.size:
        means[found] = np.add.reduceat(vectors[inside], first, axis=0)
    return unit(means)
