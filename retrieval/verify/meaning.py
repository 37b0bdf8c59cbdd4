"""How much of a statement its evidence means: alignment of token vectors, across languages.

Each word of the statement is aligned with the nearest token of the evidence, in the space that
questions and passages are compared in (`retrieval.space`), where a word meets its translation. Within
one language the words themselves are compared too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from corpus.words import Word
from retrieval.embedding import Vectors
from retrieval.space import Question, Tokens
from retrieval.verify.told import Told, plain


@dataclass(frozen=True, slots=True)
class Alignment:
    """A statement held against one text of the evidence.

    `forth` (statement tokens,) is how near each token of the statement is to its nearest one of the
    evidence, `back` (evidence tokens,) the other way; `nearest` (evidence tokens,) the statement's
    token that is meant.
    """

    told: Told
    starts: NDArray[np.int32]
    forth: Vectors
    back: Vectors
    nearest: NDArray[np.int64]


def align(statement: Question, evidence: Tokens, told: Told) -> Alignment:
    """The tokens of the statement and of the evidence, which tells `told`, each with its nearest."""
    near = statement.tokens @ evidence.vectors.T
    return Alignment(told, evidence.starts, near.max(axis=1), near.max(axis=0), near.argmax(axis=0))


def word_of(words: Sequence[Word], starts: NDArray[np.int32]) -> NDArray[np.int64]:
    """For each token the number of the word it belongs to, -1 for marks between words."""
    begins = np.array([word.start for word in words] or [0])
    ends = np.array([word.end for word in words] or [0])
    # A token begins with the space before its word.
    number = np.searchsorted(begins, starts + 1, side="right") - 1
    inside = (number >= 0) & (starts < ends[np.maximum(number, 0)])
    return np.where(inside, number, -1)


def overlap(statement: Told, evidence: Told) -> float:
    """How far the words of the statement stand in the evidence, 0…1 (token set ratio)."""
    return float(fuzz.token_set_ratio(plain(statement.text), plain(evidence.text))) / 100
