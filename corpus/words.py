"""Words of a text with their places: the ground that place, people and topic finders share.

A word is a run of letters. Each word carries two keys: `fold` (lower case, no accents) finds
entries in an index; `marks` (the accents, in an order that does not depend on how they were
typed) tells "Anh" from "ánh" after the index has answered.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# "G7" and "G20" are words; other digits are not.
_WORD = re.compile(r"[A-Zg]\d{1,2}(?!\w)|(?:[^\W\d_][\u0300-\u036f]*)+")
_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|r|s|t|v|x|"  # no f, j, w, z
_SYLLABLE = re.compile(
    rf"({_ONSETS})(a|ai|ao|au|ay|e|eo|eu|i|ia|ie|ieu|iu|o|oa|oai|oao|oay|oe|oeo|oi|oo|u|ua|uai|uay|ue|ui"
    r"|uo|uoi|uou|uu|uy|uya|uye|uyu|y|ye|yeu|uoe|uao)(ch|c|m|ng|nh|n|p|t)?"
)
# Letters and combinations that Vietnamese spelling does not allow, found on unaccented letters.
_NOT_VIETNAMESE = re.compile(r"^(?:k[aou]|c[eiy]|gh[aou]|ng[ei](?!$)|ngh[aou]|q(?!u)|p(?!h))")


class Word(NamedTuple):
    """One word: verbatim `text`, character offsets, and the keys it is compared by."""

    text: str
    start: int
    end: int
    fold: str
    marks: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@lru_cache(maxsize=200_000)
def keys(word: str) -> tuple[str, str]:
    """Return (`fold`, `marks`) of one word; equal for composed and decomposed spellings."""
    if word.isascii():
        return word.lower(), ""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    base: list[str] = []
    marks: list[str] = []
    for char in decomposed:
        if unicodedata.combining(char) and ord(char) < 0x0370:
            marks.append(char)
        elif char == "đ":
            base.append("d")
            marks.append(char)
        elif char in "œæ":
            base.append("oe" if char == "œ" else "ae")
        elif char == "ı":
            base.append("i")
        else:
            base.append(char)
    # Recomposed, because Korean syllables and Arabic letters must not stay in pieces.
    return unicodedata.normalize("NFC", "".join(base)), "".join(sorted(marks))


_FOLDED = {
    **{code: None for code in range(0x0370) if unicodedata.combining(chr(code))},
    **{ord(char): plain for char, plain in {"đ": "d", "œ": "oe", "æ": "ae", "ı": "i"}.items()},
}


def fold(text: str) -> str:
    """Return `text` in lower case without accents (offsets are not kept)."""
    if len(text) < 100:
        return keys(text)[0]
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", decomposed.translate(_FOLDED))


@lru_cache(maxsize=16)
def words(text: str) -> list[Word]:
    """Return the words of `text` in order; several finders share the list, and none changes it.

    A word that starts in lower case and goes on in capitals is two words whose space was lost
    ("desÉtats-Unis"): agencies' line breaks do that, and the second word is the one that matters.
    """
    out: list[Word] = []
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if word[0].islower() and not word.islower():
            cut = next((i for i, char in enumerate(word) if char.isupper()), 0)
            if cut and not word[cut:].isupper():
                out.append(Word(word[:cut], start, start + cut, *keys(word[:cut])))
                word, start = word[cut:], start + cut
        out.append(Word(word, start, match.end(), *keys(word)))
    return out


_JOINT = re.compile(r"[ \t\u00a0\u202f]{0,2}\r?\n?[ \t\u00a0]{0,4}")
_DASH = re.compile(r"[ \u00a0]?[-‐‑–—/][ \u00a0]?")


def gap(text: str, left: Word, right: Word) -> str:
    """Return what stands between two neighbouring words."""
    return text[left.end : right.start]


def is_space(between: str) -> bool:
    """Return whether two words stand side by side with white space alone between them."""
    return bool(between) and _JOINT.fullmatch(between) is not None


def is_dash(between: str) -> bool:
    """Return whether a dash or slash joins two words ("Việt-Nga", "Nga – Ukraine")."""
    return _DASH.fullmatch(between) is not None


def is_inner(between: str) -> bool:
    """Return whether `between` may stand inside one name: a space, dash, apostrophe or dot."""
    return not between or is_space(between) or between in _INNER


_INNER = frozenset(("-", "‐", "‑", "'", "’", ". ", ".", " - ", " – ", "–", " & ", "’ "))


@lru_cache(maxsize=50_000)
def is_vietnamese_syllable(word: str) -> bool:
    """Return whether `word` could be spelled in Vietnamese ("Lan", "Xuan"; not "Boris", "Kan")."""
    base = keys(word)[0]
    if not 1 <= len(base) <= 7 or _NOT_VIETNAMESE.match(base):
        return False
    return _SYLLABLE.fullmatch(base) is not None


def has_vietnamese_marks(word: str) -> bool:
    """Return whether `word` bears an accent that Vietnamese has and French and English lack."""
    marks = keys(word)[1]
    if any(mark in marks for mark in "\u0309\u0323\u031b\u0306đ"):
        return True
    return any(
        len(unicodedata.normalize("NFD", char)) > 2 for char in unicodedata.normalize("NFC", word)
    ) or bool(re.search("[ãõĩũìòýÃÕĨŨÌÒÝ]", word))


def is_shouted(text: str, start: int, end: int) -> bool:
    """Return whether the line around `start` is all capitals, so that capitals tell nothing."""
    left = text.rfind("\n", max(0, start - 400), start) + 1
    right = text.find("\n", end, end + 400)
    line = text[max(left, start - 400) : right if right >= 0 else end + 400]
    letters = [char for char in line if char.isalpha()]
    return len(letters) >= 12 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def starts_sentence(text: str, position: int) -> bool:
    """Return whether the word at `position` opens a sentence, a line, a bracket or a quotation."""
    before = text[max(0, position - 12) : position].rstrip(" \t\u00a0")
    return not before or before[-1] in ".!?…:;\n\r(\"“«”•*0123456789'‘|[-–—"
