"""How much it means that a sentence is near a question: measured against ordinary ones.

Cosines of this kind of model lie close together, short questions are near to everything, and
pairs in two languages are farther apart than pairs in one. Symmetric score normalisation, as
speaker verification uses it (Shum et al., "Unsupervised speaker adaptation based on the cosine
similarity", 2010), takes these three apart: a score is counted in standard deviations above what
the question reaches with unrelated sentences and the sentence with unrelated questions. The scores
are those of late interaction; `benchmarks/closeness.py` has what they tell apart.
"""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass

import numpy as np

from retrieval import token_codes
from retrieval.embedding import Kind, Vectors
from retrieval.space import Question, Space, Tokens
from retrieval.token_codes import Sought
from retrieval.whole_products import Left

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class _Ordinary:
    """The ordinary texts of one language: to be compared with, and to be sought."""

    numbers: Left
    first: token_codes.Starts
    sought: Sought


class Closeness:
    """What any sentence and any question reach with each other."""

    def __init__(self, space: Space) -> None:
        self._ordinary: dict[Kind, dict[str, _Ordinary]] = {
            kind: {language: _ordinary(texts) for language, texts in by_language.items()}
            for kind, by_language in space.ordinary.items()
        }

    def to(self, question: Question) -> Fit:
        """What measures sentences by `question`."""
        return Fit(question, self)

    def ordinary(self, kind: Kind, language: str) -> _Ordinary:
        """The ordinary texts of a language, or of English where there are none."""
        known = self._ordinary[kind]
        return known.get(language, known[_FALLBACK])


def _ordinary(texts: Sequence[Tokens]) -> _Ordinary:
    vectors = np.concatenate([each.vectors for each in texts])
    return _Ordinary(
        token_codes.decode(token_codes.encode(vectors), vectors.shape[1]),
        _first([each.vectors for each in texts]),
        token_codes.sought(vectors),
    )


class Fit:
    """Measures sentences by one question.

    Sentences are given as their tokens (tokens, dimension), decoded from the token store.
    """

    def __init__(self, question: Question, closeness: Closeness) -> None:
        self._closeness = closeness
        self._weights = question.weights
        self._asked = token_codes.sought(question.tokens)
        self._others = closeness.ordinary("query", question.language)
        self._chance: dict[str, tuple[float, float]] = {}

    def by_question(self, sentences: Sequence[Left], language: str) -> Vectors:
        """Scores (n,) in standard deviations above what the question reaches with any sentence.

        `sentences` are n in `language`.
        """
        if language not in self._chance:
            ordinary = self._closeness.ordinary("passage", language)
            chance = self._near(ordinary.numbers, ordinary.first)
            self._chance[language] = float(chance.mean()), float(chance.std())
        mean, deviation = self._chance[language]
        scores: Vectors = (
            self._near(np.concatenate(sentences), _first(sentences)) - mean
        ) / deviation
        return scores

    def by_sentence(self, sentences: Sequence[Left]) -> Vectors:
        """Scores (n,) in standard deviations above what each sentence reaches with any question."""
        numbers, first = np.concatenate(sentences), _first(sentences)
        others = token_codes.nearest(numbers, first, self._others.sought)
        starts = self._others.first
        chance = np.add.reduceat(others, starts, axis=1)
        chance /= np.diff([*starts, others.shape[1]])
        scores: Vectors = self._near(numbers, first) - chance.mean(axis=1)
        scores /= chance.std(axis=1)
        return scores

    def _near(self, numbers: Left, first: token_codes.Starts) -> Vectors:
        near: Vectors = token_codes.nearest(numbers, first, self._asked) @ self._weights
        return near


def _first(texts: Sequence[Sized]) -> token_codes.Starts:
    return np.cumsum([0, *(len(each) for each in texts[:-1])])
