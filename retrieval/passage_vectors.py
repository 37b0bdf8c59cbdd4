"""The one vector of every passage of a version, in memory, for questions with conditions.

An index for approximate search cannot leave out what fails a condition without losing much of what
meets it. Here every passage is compared, in seven bits: a few milliseconds for a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.facts import Passages
from retrieval.embedding import Vectors
from retrieval.token_store import TokenStore
from retrieval.whole_products import ZERO, Left, products, right


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """p passages: `keys` (p,), `numbers` (p, dimension) of `lengths` (p,), and `language_of` (p,),
    the places of their languages in `languages`.

    `first` and `last` (p,) are a passage's places in `passages`, which has it once for each article
    that it stands in.
    """

    keys: NDArray[np.bytes_]
    numbers: Left
    lengths: Vectors
    languages: Sequence[str]
    language_of: NDArray[np.int16]
    passages: Passages
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    def nearest(
        self, vector: Vectors, limit: int, wanted: NDArray[np.bool_]
    ) -> dict[str, list[tuple[str, float]]]:
        """By language, (key, cosine) of its `limit` nearest passages, nearest first.

        Only those of `wanted` articles, a mask over the rows of the version's facts, count.
        """
        if not len(self.keys):
            return {}
        counted = np.concatenate([[0], np.cumsum(wanted[self.passages.rows])])
        there = counted[self.last] > counted[self.first]
        columns, steps = right(vector[None])
        cosines = products(self.numbers, columns)[:, 0] * steps[0] / self.lengths
        found: dict[str, list[tuple[str, float]]] = {}
        for number, language in enumerate(self.languages):
            places = np.flatnonzero(there & (self.language_of == number))
            if len(places) > limit:
                kept = np.argpartition(-cosines[places], limit - 1)[:limit]
                places = places[kept]
            places = places[np.argsort(-cosines[places], kind="stable")]
            found[language] = [
                (self.keys[place].decode("ascii"), float(cosines[place])) for place in places
            ]
        return found


def read_vectors(store: TokenStore, passages: Passages) -> PassageVectors:
    """The vectors of a version's `passages`, as far as they are stored."""
    keys, language_of, packed = store.every()
    languages = sorted(set(language_of))
    number = {language: place for place, language in enumerate(languages)}
    first, last = passages.places_of(keys)
    there = last > first
    signed = np.frombuffer(packed, np.int8).reshape(len(keys), -1 if keys else 0)[there]
    numbers = (signed >> 1).view(np.uint8) + np.uint8(ZERO)  # seven bits of the eight
    centred = numbers.astype(np.int16) - ZERO
    lengths = np.sqrt(np.einsum("ij,ij->i", centred, centred, dtype=np.int32))
    return PassageVectors(
        np.array(keys, "S")[there],
        numbers,
        np.maximum(lengths, 1).astype(np.float32),
        languages,
        np.array([number[language] for language in language_of], np.int16)[there],
        passages,
        first[there],
        last[there],
    )
