"""How well any passage of a language goes with a question: what a score is measured against.

Scores of passages in different languages are not comparable as they stand: passages in the
question's own language lie nearer whatever they say. So a score counts in standard deviations
above what the question reaches with a sample of that language: passages of the corpus, and ordinary
sentences, for a small corpus has too few. Both twins of a passage in two languages then rank side
by side, with no quota that would push bad passages up.
"""

from __future__ import annotations

import numpy as np

from retrieval import token_codes
from retrieval.embedding import Vectors
from retrieval.space import Space
from retrieval.token_codes import Sought
from retrieval.token_store import TokenStore
from retrieval.whole_products import Left

SAMPLE = 40
"""Passages of the corpus for each language."""


class Background:
    """Decoded samples by language, as of one state of the store."""

    def __init__(self, space: Space, store: TokenStore) -> None:
        self._space = space
        self._store = store
        self._samples: dict[str, tuple[Left, token_codes.Starts]] = {}

    def reached(self, to: Sought, language: str) -> Vectors:
        """How near the sample of `language` comes to each token that is sought: (sample, m)."""
        if language not in self._samples:
            self._samples[language] = self._sample(language)
        return token_codes.nearest(*self._samples[language], to)

    def _sample(self, language: str) -> tuple[Left, token_codes.Starts]:
        """The decoded tokens of some passages, and where each passage's begin."""
        known = self._space.ordinary["passage"]
        ordinary = known.get(language) or [each for some in known.values() for each in some]
        stored = self._store.get(self._store.sample(language, SAMPLE))
        codes = [stored.codes, *(token_codes.encode(each.vectors) for each in ordinary)]
        lengths = [*np.diff(stored.first).tolist(), *map(len, codes[1:])]
        decoded = token_codes.decode(np.concatenate(codes), self._space.dimension)
        return decoded, np.cumsum([0, *lengths[:-1]])
