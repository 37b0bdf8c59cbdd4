"""Put candidate passages in order: by late interaction, by words, and by what they add.

A question of one clause is answered by the passages nearest to it. One of several clauses ("which
company, accused of … by X, also … as Y reported?") asks for several passages: each clause may bring
its own, the passages that speak of the same thing as the best ones gain, and one that covers what
no earlier one does comes before one that repeats them (maximal coverage, greedily). On the news
set each of the three brings more of the evidence into the top ten (benchmarks/NOTES.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.embedding import Vectors
from retrieval.space import Question

WORDS_SAME = 0.5
"""Weight of the lexical score, 0…1, where question and passage share a language. Words that two
languages happen to share mean nothing."""

NAMES = 0.3
"""Weight of the score by the question's names, in any language."""

REPORTED = 2.0
"""What a passage gains that is of the day of a report asked for."""

ELSEWHERE = 1.0
"""What a passage loses whose article does not speak of a country that the question merely names."""

OWN = 0.5
"""Weight of what a passage says itself; the rest is said by it or by its article's title."""

FEEDBACK = 0.6
FEEDBACK_FROM = 3
"""Passages that say what the question is about (pseudo relevance feedback, Rocchio 1971)."""

COVERAGE = 1.0
KEPT = 0.5
"""How much of a token that a passage covers counts as covered for those behind it."""

COVERED_FOR = 20
"""Places that are filled by coverage; the rest follow by score."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known of n passages in view of a question of t tokens.

    `nearest` (n, t): the cosine of each token's nearest in the passage or its title; `own` (n, t):
    in the passage alone; `vectors` (n, dimension), needed where there are clauses; `words` and
    `names` (n,): lexical scores from 0 to 1; `clauses`: the question's, if several, as ranges of
    characters with lexical scores (n,); `languages`: of each passage; `reported` (n,): 1 where it
    is of a day that the question gives a single report; `elsewhere` (n,): 1 where its article lacks
    a country that the question names.
    """

    nearest: Vectors
    own: Vectors
    vectors: Vectors
    words: Vectors
    names: Vectors
    clauses: Sequence[tuple[tuple[int, int], Vectors]]
    languages: Sequence[str]
    reported: Vectors
    elsewhere: Vectors


def rank(
    question: Question, candidates: Candidates, reached: Mapping[str, Vectors]
) -> tuple[list[int], Vectors]:
    """(places of the passages, best first; their scores (n,), in standard deviations above chance).

    `reached` says by language how near any passage comes to each token (`Background.reached`).
    """
    near = (1 - OWN) * candidates.nearest + OWN * candidates.own
    same = np.array([language == question.language for language in candidates.languages])
    other = NAMES * candidates.names + REPORTED * candidates.reported
    other -= ELSEWHERE * candidates.elsewhere

    def standing(weights: Vectors, words: Vectors) -> Vectors:
        far = _above_chance(near, weights, candidates.languages, reached)
        far += WORDS_SAME * words * same + other
        return far

    scores = standing(question.weights, candidates.words)
    by_clause = [
        standing(part / part.sum(), words)
        for (start, end), words in candidates.clauses
        if (part := question.weights * question.between(start, end)).sum() > 0
    ]
    if len(by_clause) < 2:
        return [int(place) for place in np.argsort(-scores, kind="stable")], scores
    worth = scores + np.max(by_clause, axis=0)
    best = np.argsort(-worth, kind="stable")[:FEEDBACK_FROM]
    worth = worth + FEEDBACK * _standard(candidates.vectors @ candidates.vectors[best].mean(axis=0))
    return _covering(near * question.weights, worth), scores


def _above_chance(
    near: Vectors, weights: Vectors, languages: Sequence[str], reached: Mapping[str, Vectors]
) -> Vectors:
    """Scores (n,) in standard deviations above what a passage of its language reaches."""
    scores = near @ weights
    standing = np.empty_like(scores)
    for language in set(languages):
        ours = np.array([other == language for other in languages])
        chance = reached[language] @ weights
        standing[ours] = (scores[ours] - chance.mean()) / max(float(chance.std()), 1e-6)
    return standing


def _covering(near: Vectors, worth: Vectors) -> list[int]:
    """Places in the order in which each adds most: worth, and tokens nearer than any before."""
    left = list(np.argsort(-worth, kind="stable"))
    covered = np.zeros(near.shape[1], np.float32)
    order: list[int] = []
    while left and len(order) < COVERED_FOR:
        gain = np.maximum(near[left] - covered, 0).sum(axis=1)
        chosen = left[int(np.argmax(worth[left] + COVERAGE * _standard(gain)))]
        order.append(int(chosen))
        left.remove(chosen)
        covered = np.maximum(covered, KEPT * near[chosen] + (1 - KEPT) * covered)
    return [*order, *map(int, left)]


def _standard(values: Vectors) -> Vectors:
    spread = float(values.std())
    standard: Vectors = (values - values.mean()) / (spread if spread > 1e-6 else 1.0)
    return standard
