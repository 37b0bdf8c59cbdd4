"""The one vector of every passage of a version, in memory, for questions with conditions.

An index for approximate search cannot leave out what fails a condition without losing much of what
meets it; comparing everything is exact, and in eight bits takes a few milliseconds for a hundred
thousand passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.facts import Facts
from retrieval.embedding import Vectors
from retrieval.token_store import TokenStore
from retrieval.whole_products import ZERO, Left, products, right


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """p passages: `keys` (p,), `numbers` (p, dimension) of `lengths` (p,), and `told_in` (p,), the
    places of their languages in `languages`.

    `first` and `last` (p,) are the passage's places in `Facts.passages`, which has it once for each
    article that it stands in.
    """

    keys: NDArray[np.bytes_]
    numbers: Left
    lengths: Vectors
    languages: Sequence[str]
    told_in: NDArray[np.int16]
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    def nearest(
        self, vector: Vectors, limit: int, facts: Facts, wanted: NDArray[np.bool_]
    ) -> dict[str, list[tuple[str, float]]]:
        """By language, (key, cosine) of its `limit` nearest passages, nearest first.

        Only those of `wanted` articles, a mask over the rows of `facts`, count.
        """
        if not len(self.keys):
            return {}
        counted = np.concatenate([[0], np.cumsum(wanted[facts.passages.rows])])
        there = counted[self.last] > counted[self.first]
        columns, steps = right(vector[None])
        cosines = products(self.numbers, columns)[:, 0] * steps[0] / self.lengths
        found: dict[str, list[tuple[str, float]]] = {}
        for number, language in enumerate(self.languages):
            places = np.flatnonzero(there & (self.told_in == number))
            if len(places) > limit:
                kept = np.argpartition(-cosines[places], limit - 1)[:limit]
                places = places[kept]
            places = places[np.argsort(-cosines[places], kind="stable")]
            found[language] = [
                (self.keys[place].decode("ascii"), float(cosines[place])) for place in places
            ]
        return found


def read_vectors(store: TokenStore, facts: Facts) -> PassageVectors:
    """The vectors of the passages that `facts` tells of, as far as they are stored."""
    keys, told_in, packed = store.every()
    languages = sorted(set(told_in))
    number = {language: place for place, language in enumerate(languages)}
    first, last = facts.passages.places_of(keys)
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
        np.array([number[language] for language in told_in], np.int16)[there],
        first[there],
        last[there],
    )
