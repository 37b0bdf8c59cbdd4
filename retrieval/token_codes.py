"""Token vectors in two bits a dimension.

A vector of length 1, turned at random, has coordinates that are nearly normally distributed,
whatever the model; each is then coded by the best four levels for that distribution (Max,
"Quantizing for minimum distortion", 1960; Zandieh et al., "TurboQuant", 2025). Nothing is fitted
to a corpus. In late interaction the errors of many tokens cancel: XQuAD's right passage stands
first for 0.003 fewer of the questions at most, in a sixteenth of the space.

The turn is two rounds of random signs, a random order and a Hadamard transform of blocks, all of
exact numbers, so that it is the same on every machine.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding import Vectors

Codes = NDArray[np.uint8]

_PER_BYTE = 4
_BLOCK = 512  # tokens
_SEED = 20_201_604
_BORDER, _INNER, _OUTER = 0.9816, 0.4528, 1.5104
"""Max's four levels for a normal distribution: where the outer ones begin, and their values."""


def encode(vectors: Vectors) -> Codes:
    """(n, dimension) of length 1 to (n, ceil(dimension / 4)) bytes."""
    turned = vectors @ _turn(vectors.shape[1])
    turned *= np.sqrt(vectors.shape[1], dtype=np.float32)
    levels = (turned > -_BORDER).astype(np.uint8) + (turned > 0) + (turned > _BORDER)
    spare = -levels.shape[1] % _PER_BYTE
    levels = np.pad(levels, ((0, 0), (0, spare)))
    levels = levels.reshape(len(levels), levels.shape[1] // _PER_BYTE, _PER_BYTE)
    shifted: Codes = (levels << np.array([0, 2, 4, 6], np.uint8)).sum(axis=2, dtype=np.uint8)
    return shifted


def decode(codes: Codes, dimension: int) -> Vectors:
    """The vectors (n, dimension) that `codes` stand for, turned still (see `turned`)."""
    values: Vectors = _values(dimension).take(codes, mode="clip").view(np.float32)
    return values[:, :dimension]


def products(codes: Codes, turned: Vectors) -> Vectors:
    """The products (n, m) of what `codes` stand for with `turned` vectors (m, dimension).

    Decoded in blocks that stay in a core's cache, four times as fast as all at once.
    """
    count, dimension = turned.shape
    values = _values(dimension)
    found = np.empty((len(codes), count), np.float32)
    block = np.empty((_BLOCK, codes.shape[1]), values.dtype)
    for start in range(0, len(codes), _BLOCK):
        part = codes[start : start + _BLOCK]
        decoded = block[: len(part)]
        np.take(values, part, out=decoded, mode="clip")
        found[start : start + _BLOCK] = decoded.view(np.float32)[:, :dimension] @ turned.T
    return found


def turned(vectors: Vectors) -> Vectors:
    """`vectors` (…, dimension) turned as `encode` does: to be compared with decoded ones."""
    return vectors @ _turn(vectors.shape[-1])


@functools.cache
def _values(dimension: int) -> NDArray[np.complex128]:
    """The four values of each byte, scaled so that a whole vector has length 1.

    Four float32 in the bytes of one complex number, which numpy moves as one: (256,).
    """
    levels = np.array([-_OUTER, -_INNER, _INNER, _OUTER], np.float32)
    # The expected length of what four levels leave of a normal distribution's variance.
    levels /= np.sqrt(dimension * 0.8825, dtype=np.float32)
    byte = np.arange(256)
    table = np.stack([levels[byte >> shift & 3] for shift in (0, 2, 4, 6)], axis=1)
    return table.view(np.complex128).ravel()


@functools.cache
def _turn(dimension: int) -> Vectors:
    """The orthogonal matrix (dimension, dimension)."""
    random = np.random.Generator(np.random.PCG64(_SEED))
    block = dimension & -dimension  # the largest power of two that divides it
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
