"""Names in evidence written in another alphabet, compared in Latin letters as they sound.

Alphabets alone: what Arabic leaves out and what Chinese characters sound like no table tells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from corpus.words import fold, words
from retrieval.verify.present import sound

_ALPHABETS = ("CYRILLIC", "GREEK", "GEORGIAN", "ARMENIAN")
_ALIKE = 80.0
"""Likeness, of 100, of a name and the word that it is written as: "Astana" and "Астане"."""

_LEAST = 3


def has_romanised(name: str, text: str) -> bool:
    """Whether `text`, in an alphabet other than the Latin, has each word of a name."""
    sounds = _sounds(text)
    parts = [sound(part) for part in re.findall(r"\w+", fold(name)) if len(part) >= _LEAST]
    return bool(sounds and parts) and all(
        any(fuzz.ratio(part, each) >= _ALIKE for each in sounds) for part in parts
    )


@lru_cache(maxsize=256)
def _sounds(text: str) -> Sequence[str]:
    """The capitalised words of a text in such an alphabet, as they sound."""
    from anyascii import anyascii  # noqa: PLC0415 - read for such a text alone

    return tuple(
        sound(fold(anyascii(word.text)))
        for word in words(text)
        if word.capital and unicodedata.name(word.text[0], "").startswith(_ALPHABETS)
    )
