"""Build sentencepiece's `precompiled_charsmap` from a table of single characters.

Hugging Face's `normalizers.Precompiled` reads this blob: the size of a trie, the trie, and the
replacement strings, each ended by a zero byte. The trie is a double array in the layout of
darts-clone (https://github.com/s-yata/darts-clone): 32-bit units, where the child of a node for
byte `b` stands at `base ^ b` and carries `b` as its label; the base is the node's own place xor the
offset it stores. A key that ends at a node has a child for byte 0, whose unit holds the value: here
the place of the replacement.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

_BLOCK = 256  # children of one node share a block, as only the low byte differs
_SEARCHED = 2 * _BLOCK  # older blocks are nearly full: not worth looking at again
_VALUE = 1 << 31
_HAS_VALUE = 1 << 8
_OFFSET_LIMIT = 1 << 21
_END = 0


def build(replacements: Mapping[str, str]) -> bytes:
    """The blob for a table from one character to its replacement.

    Raises ValueError for a key that is not one character, for a zero character (the format uses it
    as an end mark) and for a table too large for the plain offsets written here.
    """
    strings = bytearray()
    places: dict[bytes, int] = {}
    root: dict[int, Any] = {}
    for character, replacement in sorted(replacements.items()):
        if len(character) != 1 or "\0" in character + replacement:
            raise ValueError(f"not a replacement of one character: {character!r}")
        text = replacement.encode()
        if text not in places:
            places[text] = len(strings)
            strings += text + b"\0"
        node = root
        for byte in character.encode():
            node = node.setdefault(byte, {})
        node[_END] = places[text]
    units = _double_array(root)
    trie = struct.pack(f"<{len(units)}I", *units)
    return struct.pack("<I", len(trie)) + trie + bytes(strings)


def _double_array(root: dict[int, Any]) -> list[int]:
    """Lay the trie of nested dicts (byte to node, `_END` to value) out as units."""
    units = [0] * _BLOCK
    taken = bytearray(_BLOCK)
    bases = bytearray(_BLOCK)
    taken[0] = bases[0] = 1
    waiting: list[tuple[dict[int, Any], int]] = [(root, 0)]
    while waiting:
        node, place = waiting.pop()
        labels = sorted(node)
        base = max(0, len(units) - _SEARCHED)
        while bases[base] or any(taken[base ^ label] for label in labels):
            base += 1
            if base == len(units):
                units += [0] * _BLOCK
                taken += bytes(_BLOCK)
                bases += bytes(_BLOCK)
        bases[base] = 1
        offset = place ^ base
        if offset >= _OFFSET_LIMIT:
            raise ValueError("too many characters for one table")
        units[place] |= offset << 10 | (_HAS_VALUE if _END in node else 0)
        for label in labels:
            child = base ^ label
            taken[child] = 1
            if label == _END:
                units[child] = _VALUE | node[label]
            else:
                units[child] = label
                waiting.append((node[label], child))
    return units
