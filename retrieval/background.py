"""How well any passage of a language goes with a question: what a score is measured against.

Scores of passages in different languages are not comparable as they stand: passages in the
question's own language lie nearer whatever they say. So a score counts in standard deviations
above what the question reaches with a sample of that language: passages of the corpus, beside
ordinary sentences while the corpus is small. Both twins of a passage in two languages then rank
side by side, with no quota that would push bad passages up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retrieval import token_codes
from retrieval.embedding import Vectors
from retrieval.space import Question, Space
from retrieval.token_store import StoredTokens, TokenStore

SAMPLE = 40
"""Passages of the corpus for each language."""


class Background:
    """Decoded samples by language, as of one state of the store."""

    def __init__(self, space: Space, store: TokenStore) -> None:
        self._space = space
        self._store = store
        self._samples: dict[str, tuple[Vectors, NDArray[np.int64]]] = {}

    def reached(self, question: Question, language: str) -> Vectors:
        """How near the sample of `language` comes to each token of the question: (sample, n)."""
        if language not in self._samples:
            self._samples[language] = self._sample(language)
        tokens, first = self._samples[language]
        best: Vectors = np.maximum.reduceat(
            tokens @ token_codes.turned(question.tokens).T, first, axis=0
        )
        return best

    def _sample(self, language: str) -> tuple[Vectors, NDArray[np.int64]]:
        """Tokens, turned (n, dimension), of some passages, and where each passage's begin."""
        known = self._space.ordinary["passage"]
        ordinary = known.get(language) or [each for some in known.values() for each in some]
        stored = self._store.get(self._store.sample(language, SAMPLE))
        parts = [token_codes.turned(each.vectors) for each in ordinary]
        lengths = [*np.diff(stored.first).tolist(), *map(len, parts)]
        decoded = token_codes.decode(stored.codes, self._space.dimension)
        return np.concatenate([decoded, *parts]), np.cumsum([0, *lengths[:-1]])


def nearest(
    stored: StoredTokens, question: Question, own: NDArray[np.bool_]
) -> tuple[Vectors, Vectors]:
    """How near each passage comes to each token of the question: cosines (passages, n), twice.

    First with all tokens of the passages, then with those that are their `own` (tokens,) alone.
    """
    cosines = token_codes.products(stored.codes, token_codes.turned(question.tokens))
    best: Vectors = np.maximum.reduceat(cosines, stored.first[:-1], axis=0)
    cosines[~own] = 0
    itself: Vectors = np.maximum.reduceat(cosines, stored.first[:-1], axis=0)
    return best, itself
