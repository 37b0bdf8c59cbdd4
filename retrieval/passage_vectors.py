"""The one vector of every passage of a version, in memory, for questions with conditions.

An index for approximate search cannot leave out what fails a condition without losing much of what
meets it. Here every passage is compared, in seven bits: a few milliseconds for a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.facts import Passages
from retrieval.embedding import Vectors
from retrieval.token_store import TokenStore
from retrieval.whole_products import ZERO, Left, products, right

_FEW = 0.3
"""Share of the passages up to which they are gathered before they are compared."""

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """p passages, language by language: `keys` (p,), `numbers` (p, dimension) of `lengths` (p,).

    `languages` says where each one's begin and end. `first` and `last` (p,) are a passage's places
    in `passages`, which has it once for each article that it stands in; `shared`: some in several.
    """

    keys: NDArray[np.bytes_]
    numbers: Left
    lengths: Vectors
    languages: Mapping[str, tuple[int, int]]
    passages: Passages
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    shared: bool

    def nearest(
        self, vector: Vectors, limit: int, wanted: NDArray[np.bool_]
    ) -> dict[str, list[tuple[str, float]]]:
        """By language, (key, cosine) of its `limit` nearest passages, nearest first.

        Only those of `wanted` articles, a mask over the rows of the version's facts, count.
        """
        if not len(self.keys):
            return {}
        there = wanted[self.passages.rows]
        if self.shared:
            counted = np.concatenate([[0], np.cumsum(there)])
            there = counted[self.last] > counted[self.first]
        else:
            there = there[self.first]
        places = np.flatnonzero(there)
        columns, steps = right(vector[None])
        if len(places) < _FEW * len(there):
            compared = products(self.numbers[places], columns)[:, 0]
        else:
            compared = products(self.numbers, columns)[places, 0]
        cosines = compared * steps[0] / self.lengths[places]
        found: dict[str, list[tuple[str, float]]] = {}
        for language, bounds in self.languages.items():
            start, end = np.searchsorted(places, bounds)
            some = cosines[start:end]
            best = np.arange(len(some))
            if len(some) > limit:
                best = np.argpartition(-some, limit)[:limit]
            best = best[np.argsort(-some[best], kind="stable")]
            keys = self.keys[places[start + best]]
            found[language] = [
                (key.decode("ascii"), float(score))
                for key, score in zip(keys, some[best], strict=True)
            ]
        return found


def read_vectors(store: TokenStore, passages: Passages) -> PassageVectors:
    """The vectors of a version's `passages`, as far as they are stored."""
    parts = [_read(part, passages) for part in store.every()]
    if not parts:
        none = np.empty(0, np.int64)
        empty = np.empty(0, np.float32)
        return PassageVectors(
            np.empty(0, "S1"), np.empty((0, 0), np.uint8), empty, {}, passages, none, none, False
        )
    keys, told_in, numbers, first, last = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    parts.clear()
    order = np.argsort(told_in, kind="stable")
    numbers = numbers[order]
    names, starts = np.unique(told_in[order], return_index=True)
    ends = [*starts[1:].tolist(), len(order)]
    languages = {
        name.decode("ascii"): (start, end)
        for name, start, end in zip(names.tolist(), starts.tolist(), ends, strict=True)
    }
    first, last = first[order], last[order]
    return PassageVectors(
        keys[order],
        numbers,
        _lengths(numbers),
        languages,
        passages,
        first,
        last,
        bool((last - first > 1).any()),
    )


_Part = tuple[NDArray[np.bytes_], NDArray[np.bytes_], Left, NDArray[np.int64], NDArray[np.int64]]


def _read(part: tuple[list[str], list[str], NDArray[np.int8]], passages: Passages) -> _Part:
    """Keys, languages, numbers and places of some stored passages."""
    keys, told_in, signed = part
    first, last = passages.places_of(keys)
    there = last > first
    numbers = (signed[there] >> 1).view(np.uint8) + np.uint8(ZERO)  # seven bits of the eight
    return (
        np.array(keys, "S")[there],
        np.array(told_in, "S")[there],
        numbers,
        first[there],
        last[there],
    )


def _lengths(numbers: Left) -> Vectors:
    """The lengths (n,) of rows, some at a time: as float32 they are four times as large."""
    lengths = np.empty(len(numbers), np.float32)
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE].astype(np.float32) - ZERO
        lengths[start : start + _AT_ONCE] = np.linalg.norm(some, axis=1)
    return np.maximum(lengths, 1)
