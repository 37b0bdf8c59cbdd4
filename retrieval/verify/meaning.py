"""How much of a statement its evidence means: alignment of token vectors, across languages.

Within one language the words themselves are compared too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from corpus.article import Span
from retrieval.embedding import Vectors
from retrieval.space import Question
from retrieval.verify.alignment import Alignment
from retrieval.verify.clauses import sentences
from retrieval.verify.problem import Problem
from retrieval.verify.told import Told, plain
from retrieval.words import idle_words


def _shared_words(statement: Told, evidence: Told) -> float:
    """How far the words of the statement stand in one sentence of the evidence, 0…1."""
    words = plain(statement.text)
    return max(
        float(fuzz.token_set_ratio(words, plain(part.of(evidence.text)))) / 100
        for part in sentences(evidence.text)
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
    length = _length(held)
    if own:
        shared = max(_shared_words(statement, each) for each in own)
        alike = max(_alike(statement, each) for each in own)
        standing = (near - 0.693) / 0.132 + (shared - 0.689) / 0.162 + (alike - 0.663) / 0.130
        standing -= (len(statement.words) - 19.0) / 10.6
        standing -= _at(length, _WITHIN)
    else:
        standing = (near - _at(length, _ACROSS)) / _ACROSS_SPREAD
    forth = np.max([each.forth for each in held], axis=0)
    lowest = _at(length, _LOWEST_WITHIN if own else _LOWEST_ACROSS)
    standing = float(np.clip(standing, -_SURE, _SURE))
    return Meaning(
        float(1 / (1 + np.exp(-standing))), tuple(_untold(statement, sought, forth, lowest))
    )


# Means and deviations of the four measures over open data (answers held against their passages by
# people, Spanish and German: benchmarks/support.py). The bars are for evidence of a sentence and
# of five passages: the longer it is, the nearer something in it is by chance. That of five passages
# was set on the open data, the others are what nineteen of twenty faithful renderings reach.
_WITHIN = (-1.7, -0.7)
_ACROSS = (0.37, 0.38)
_ACROSS_SPREAD = 0.1
_SHORT, _LONG = 60, 480
"""Words of short and of long evidence."""

_LOWEST_WITHIN = (0.52, 0.40)
_LOWEST_ACROSS = (0.31, 0.33)
_SURE = 30.0
_RUN = 3
"""Telling words in a row that are looked at together."""


def _at(length: float, bars: tuple[float, float]) -> float:
    """The bar for evidence of a length, from 0 to 1, between those of short and of long one."""
    return bars[0] + length * (bars[1] - bars[0])


def _length(held: Sequence[Alignment]) -> float:
    """How long the evidence is, from 0, a sentence or two, to 1, some passages."""
    words = sum(len(each.told.words) for each in held)
    return float(np.clip(np.log(max(words, 1) / _SHORT) / np.log(_LONG / _SHORT), 0, 1))


def _untold(statement: Told, sought: Question, forth: Vectors, lowest: float) -> Iterator[Problem]:
    """The words in a row that are the least told in the evidence, if they are too far from it."""
    idle = idle_words(statement.language)
    near = [
        (word, forth[sought.between(word.start - 1, word.end)])
        for word in statement.words
        if word.fold not in idle
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
