"""How much it means that a sentence is near a question: measured against ordinary ones.

Cosines of this kind of model lie close together, short questions are near to everything, and
pairs in two languages are farther apart than pairs in one. Symmetric score normalisation, as
speaker verification uses it (Shum et al., "Unsupervised speaker adaptation based on the cosine
similarity", 2010), takes these three apart: a score is counted in standard deviations above what
the question reaches with unrelated sentences and the sentence with unrelated questions. The scores
are those of late interaction; `benchmarks/closeness.py` has what they tell apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval import token_codes
from retrieval.embedding import Kind, Vectors
from retrieval.space import Question, Space

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class _Ordinary:
    """Tokens of the ordinary texts of one language, turned, one text after the other."""

    tokens: Vectors
    first: NDArray[np.int64]


class Closeness:
    """Measures sentences whose tokens are turned, as the token store keeps them."""

    def __init__(self, space: Space) -> None:
        self._ordinary: dict[Kind, dict[str, _Ordinary]] = {
            kind: {
                language: _Ordinary(
                    token_codes.turned(np.concatenate([each.vectors for each in texts])),
                    np.cumsum([0, *(len(each.vectors) for each in texts[:-1])]),
                )
                for language, texts in by_language.items()
            }
            for kind, by_language in space.ordinary.items()
        }

    def by_question(
        self, question: Question, sentences: Sequence[Vectors], language: str
    ) -> Vectors:
        """Scores (n,) in standard deviations above what the question reaches with any sentence.

        `sentences` are the tokens (tokens, dimension) of n sentences in `language`.
        """
        asked = token_codes.turned(question.tokens)
        ordinary = self._of("passage", language)
        chance = np.maximum.reduceat(ordinary.tokens @ asked.T, ordinary.first) @ question.weights
        near = np.maximum.reduceat(np.concatenate(sentences) @ asked.T, _first(sentences))
        scores: Vectors = (near @ question.weights - chance.mean()) / chance.std()
        return scores

    def by_sentence(self, question: Question, sentences: Sequence[Vectors]) -> Vectors:
        """Scores (n,) in standard deviations above what each sentence reaches with any question."""
        ordinary = self._of("query", question.language)
        asked = np.concatenate([token_codes.turned(question.tokens), ordinary.tokens])
        near = np.maximum.reduceat(np.concatenate(sentences) @ asked.T, _first(sentences))
        own = len(question.weights)
        lengths = np.diff([*ordinary.first, len(ordinary.tokens)])
        chance = np.add.reduceat(near[:, own:], ordinary.first, axis=1) / lengths
        scores: Vectors = near[:, :own] @ question.weights - chance.mean(axis=1)
        scores /= chance.std(axis=1)
        return scores

    def _of(self, kind: Kind, language: str) -> _Ordinary:
        known = self._ordinary[kind]
        return known.get(language, known[_FALLBACK])


def _first(sentences: Sequence[Vectors]) -> NDArray[np.int64]:
    return np.cumsum([0, *(len(sentence) for sentence in sentences[:-1])])
