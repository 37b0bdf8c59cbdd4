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

_FEW = 0.3
"""Share of the passages up to which they are gathered before they are compared."""


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
        there = wanted[self.passages.rows]
        if len(there) > len(self.keys) or (self.last - self.first > 1).any():
            counted = np.concatenate([[0], np.cumsum(there)])
            places = np.flatnonzero(counted[self.last] > counted[self.first])
        else:  # each passage is in one article
            places = np.flatnonzero(there[self.first])
        columns, steps = right(vector[None])
        few = len(places) < _FEW * len(self.keys)
        compared = products(self.numbers[places] if few else self.numbers, columns)[:, 0]
        cosines = (compared if few else compared[places]) * steps[0] / self.lengths[places]
        found: dict[str, list[tuple[str, float]]] = {}
        for number, language in enumerate(self.languages):
            of_language = np.flatnonzero(self.language_of[places] == number)
            if len(of_language) > limit:
                kept = np.argpartition(-cosines[of_language], limit - 1)[:limit]
                of_language = of_language[kept]
            best = of_language[np.argsort(-cosines[of_language], kind="stable")]
            found[language] = [
                (self.keys[places[each]].decode("ascii"), float(cosines[each])) for each in best
            ]
        return found


def read_vectors(store: TokenStore, passages: Passages) -> PassageVectors:
    """The vectors of a version's `passages`, as far as they are stored."""
    languages: dict[str, int] = {}
    parts = [_empty(), *(_read(part, passages, languages) for part in store.every())]
    if len(parts) > 1:
        del parts[0]  # it has no dimension
    keys, numbers, lengths, language_of, first, last = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return PassageVectors(
        keys, numbers, lengths, tuple(languages), language_of, passages, first, last
    )


_Part = tuple[
    NDArray[np.bytes_], Left, Vectors, NDArray[np.int16], NDArray[np.int64], NDArray[np.int64]
]


def _empty() -> _Part:
    none = np.empty(0, np.int64)
    numbers = np.empty((0, 0), np.uint8)
    return np.empty(0, "S1"), numbers, np.empty(0, np.float32), none.astype(np.int16), none, none


def _read(
    part: tuple[list[str], list[str], NDArray[np.int8]],
    passages: Passages,
    languages: dict[str, int],
) -> _Part:
    """The columns of some stored passages; `languages` is added to."""
    keys, told_in, signed = part
    first, last = passages.places_of(keys)
    there = last > first
    numbers = (signed[there] >> 1).view(np.uint8) + np.uint8(ZERO)  # seven bits of the eight
    lengths = np.linalg.norm(numbers.astype(np.float32) - ZERO, axis=1)
    numbered = [languages.setdefault(language, len(languages)) for language in told_in]
    return (
        np.array(keys, "S")[there],
        numbers,
        np.maximum(lengths, 1).astype(np.float32),
        np.array(numbered, np.int16)[there],
        first[there],
        last[there],
    )
