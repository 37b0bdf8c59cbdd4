"""Token vectors in two bits a dimension, and how near they come to others.

A vector of length 1, turned at random, has coordinates that are nearly normally distributed,
whatever the model; each is then coded by the best four levels for that distribution (Max,
"Quantizing for minimum distortion", 1960; Zandieh et al., "TurboQuant", 2025). Nothing is fitted
to a corpus. In late interaction the errors of many tokens cancel: XQuAD's right passage stands
first for 0.003 fewer of the questions at most, in a sixteenth of the space. What is sought is
compared as whole numbers, too (`whole_products`).

The turn is two rounds of random signs, a random order and a Hadamard transform of blocks, all of
exact numbers, so that it is the same on every machine.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding import Vectors
from retrieval.whole_products import ZERO, Left, Right, left, products, right

Codes = NDArray[np.uint8]
Starts = NDArray[np.int64]

_PER_BYTE = 4
_BLOCK = 4096  # tokens
_SEED = 20_201_604
_BORDER = 0.9816
_INNER, _OUTER = 10, 33
"""Max's levels for a normal distribution: where the outer ones begin, and their values, which stand
to each other as 0.4528 to 1.5104."""

_VARIANCE = 0.8825
"""What four levels leave of a normal distribution's variance."""


@dataclass(frozen=True, slots=True)
class Sought:
    """m vectors that coded ones are held against: turned, as whole numbers with their steps."""

    columns: Right
    steps: Vectors


def sought(vectors: Vectors) -> Sought:
    """`vectors` (m, dimension) made ready to be compared."""
    columns, steps = right(vectors @ _turn(vectors.shape[1]))
    length = _OUTER / 1.5104 * np.sqrt(len(columns) * _VARIANCE)  # of a coded vector of length 1
    return Sought(columns, (steps / length).astype(np.float32))


def encode(vectors: Vectors) -> Codes:
    """(n, dimension) of length 1 to (n, ceil(dimension / 4)) bytes."""
    rows, steps = left(vectors)
    dimension = vectors.shape[1]
    turned = products(rows, _whole_turn(dimension))
    # A step of the turn is worth 1 / block; a coordinate's standard deviation, 1 / √dimension.
    border = _BORDER * _block(dimension) / (steps * np.sqrt(dimension, dtype=np.float32))
    border = border[:, None]
    levels = (turned > -border).astype(np.uint8) + (turned > 0) + (turned > border)
    spare = -dimension % _PER_BYTE
    if spare:
        levels = np.pad(levels, ((0, 0), (0, spare)))
    levels = levels.reshape(len(levels), levels.shape[1] // _PER_BYTE, _PER_BYTE)
    codes: Codes = levels[..., 0] | levels[..., 1] << 2 | levels[..., 2] << 4 | levels[..., 3] << 6
    return codes


def decode(codes: Codes, dimension: int) -> Left:
    """The whole numbers (n, dimension) that `codes` stand for, turned still."""
    numbers: Left = _values().take(codes, mode="clip").view(np.uint8)
    return numbers[:, :dimension]


def nearest(numbers: Left, first: Starts, to: Sought) -> Vectors:
    """How near groups of decoded vectors come to what is sought: cosines (groups, m).

    `first` (groups,) says where each group, none of them empty, begins.
    """
    found: Vectors = np.maximum.reduceat(products(numbers, to.columns), first) * to.steps
    return found


def nearest_coded(
    codes: Codes, first: Starts, to: Sought, only: NDArray[np.bool_]
) -> tuple[Vectors, Vectors]:
    """The same for coded vectors: with all of a group, and with those that `only` (n,) names.

    Decoded in blocks that stay in a core's cache.
    """
    dimension = len(to.columns)
    cosines = np.empty((len(codes), len(to.steps)), np.int32)
    values, read = (
        (_pairs(), codes.view(np.uint16)) if codes.shape[1] % 2 == 0 else (_values(), codes)
    )
    block = np.empty((_BLOCK, read.shape[1]), values.dtype)
    for start in range(0, len(codes), _BLOCK):
        part = read[start : start + _BLOCK]
        decoded = block[: len(part)]
        np.take(values, part, out=decoded, mode="clip")
        numbers = decoded.view(np.uint8)[:, :dimension]
        cosines[start : start + _BLOCK] = products(numbers, to.columns)
    every = np.maximum.reduceat(cosines, first) * to.steps
    cosines[~only] = 0
    return every, np.maximum.reduceat(cosines, first) * to.steps


@functools.cache
def _values() -> NDArray[np.uint32]:
    """The four whole numbers of each byte, as one number of four bytes: (256,)."""
    levels = ZERO + np.array([-_OUTER, -_INNER, _INNER, _OUTER])
    byte = np.arange(256)
    table = np.stack([levels[byte >> shift & 3] for shift in (0, 2, 4, 6)], axis=1)
    return table.astype(np.uint8).view(np.uint32).ravel()


@functools.cache
def _pairs() -> NDArray[np.uint64]:
    """The eight whole numbers of each two bytes, which halves the looking up: (65536,)."""
    each = np.arange(1 << 16, dtype="<u2").view(np.uint8).reshape(-1, 2)
    return np.ascontiguousarray(_values()[each]).view(np.uint64).ravel()


def _block(dimension: int) -> int:
    """The largest power of two that divides `dimension`."""
    return dimension & -dimension


@functools.cache
def _whole_turn(dimension: int) -> Right:
    """The turn, times the length of its blocks, which makes it whole."""
    whole = np.rint(_turn(dimension) * _block(dimension))
    return np.clip(whole, -127, 127).astype(np.int8)


@functools.cache
def _turn(dimension: int) -> Vectors:
    """The orthogonal matrix (dimension, dimension)."""
    random = np.random.Generator(np.random.PCG64(_SEED))
    block = _block(dimension)
    hadamard = np.ones((1, 1), np.float32)
    while len(hadamard) < block:
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    blocks = np.kron(np.eye(dimension // block, dtype=np.float32), hadamard)
    turn = np.eye(dimension, dtype=np.float32)
    for _ in range(2):
        signs = random.integers(0, 2, dimension) * 2 - 1
        order = random.permutation(dimension)
        turn = (turn * signs)[:, order] @ blocks
    turn = (turn / block).astype(np.float32)
    turn.setflags(write=False)
    return turn
