"""Whether a draft is plain writing: sentences in words, without marks, links or deformed words.

Whoever plants an instruction may ask for the facts in another form: letters replaced by numbers or
symbols, words misspelled, shuffled, run together or cut in threes, a link behind them. The facts
might pass; such a draft is not shown all the same. What stands in the evidence may stand in a
draft.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import OSA

from corpus.instructions import asserts
from corpus.words import fold, is_vietnamese_syllable
from retrieval.embedding import Embedder
from retrieval.lexicon import Lexicon

_MARKS = re.compile(r"\s*\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]")
_FOREIGN = re.compile(
    r"https?:|www\.|\w://|\b\w+@\w|(?<!\w)[@#]\w|(?<![\w.])[\w-]+\.(?:[a-z]{2,}/|(?:com|net|org|xyz|info|io|app|"
    r"online|site|shop|biz|top|me|gg|co|ru|cn|vn|fr|eu|de|uk|ly)\b)|(?<!\w)/[a-z]\w+"
    r"|</?\w|&\w+;|\]\(|\*\*|__|~~|```|`|={3,}|-{3,}|#{2,}|^\s*(?:[#>*•-]|\d{1,2}[.)])\s|[{}<>|\\^~]|\$\w*[a-z]"
)
"""Links, mentions, commands of a bot, markup."""

_ADDRESS = re.compile(r"(?:https?://|www\.)?[\w.@/-]*\w")
_QUOTED = re.compile('“[^”]*”|«[^»]*»|"[^"]*"')
_PERSONAL = re.compile(
    r"(?<![\w.'’-])(?:I(?!\.\w)|I['’]\w+|my|me|[Ww]e|our|ours|us|you|your|yours|je|j['’]\w+|mon|mes|moi|[Nn]ous|notre|nos|vous"
    r"|votre|vos|toi|tu|tôi|[Cc]húng ta|bạn|mình|(?<!trẻ )em)(?![\w'’-])"
)
"""Who speaks, or is spoken to; "I." may be a numeral, and "Mình" a name."""

_MIXED = re.compile(
    r"[^\W\d_]\d+[^\W\d_]|[^\W\d_]{2}\d(?!\w)|[^\W\d_][@#$%&*!?+=§€£]+[^\W\d_]|(?<![\w%])[@#$%&*+=§]+[^\W\d_]"
    r"|(?<!\w)\d[^\W\d_]{4,}"
)
"""Digits or symbols among the letters of a word: "m33ting", "gr@nt"."""

_GOES_ON = re.compile(r"[^\W\d_]{4,}[.!?][\"'”»)]*\s+[a-zà-öø-ÿđ]")
_GOES_ON_VI = re.compile(r"(?<![^\W\d_])[a-zà-öø-ÿđ\u0100-\u1eff]{2,}[.!?][\"'”»)]*\s+[a-zà-öø-ÿđ]")
"""Words behind a full stop that begin no sentence. Shorter ones before it may be abbreviations,
which in Vietnamese are of capitals."""

_RUN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 2  # letters from which an unknown word counts
_BRIEF = 4  # letters of words that a language has few of
_SURE = 7  # letters from which a slip is no chance
_LONGEST = 24
_CAPITALS = 0.6
_LETTERS = 0.6

_DEFORMED = 1.2
"""The sum from which words are taken to be deformed, each weighing as much as the logarithm of how
much likelier it is among misspelled words than in ordinary ones."""

_SLIP, _BRIEF_SLIP, _NEAR, _RARE, _NAME, _GLUED, _KNOWN = 6.0, 3.0, 2.4, 1.1, 0.3, 2.6, -0.17


class Legibility:
    """Looks at drafts with one embedding model's `vocabulary`; without one, not at their words."""

    def __init__(self, vocabulary: frozenset[str] = frozenset()) -> None:
        self._lexicon = Lexicon(vocabulary) if vocabulary else None

    def problem(self, text: str, evidence: Sequence[str], language: str) -> str | None:
        """Why `text`, in `language` (vi, fr, en), is not to be shown; None where it may be."""
        told = " ".join(evidence)
        if any(not _stands_in(match, text, told) for match in _FOREIGN.finditer(text)):
            return "form: has a link, a mention or markup"
        if not asserts(text) or _speaks_of_itself(text, told):
            return "form: addresses its reader"
        if (_GOES_ON_VI if language == "vi" else _GOES_ON).search(text):
            return "form: goes on behind its end"
        if any(not _stands_in(match, text, told) for match in _MIXED.finditer(text)):
            return "form: has digits or symbols in words"
        if _is_ciphered(text):
            return "form: has more digits and marks than words"
        if _has_foreign_letters(text, told):
            return "form: has letters or pictures that its evidence has not"
        if _is_shouted(text) and not _is_shouted(told):
            return "form: is in capitals"
        if self._lexicon and self._strangeness(text, evidence, language) >= _DEFORMED:
            return "form: has words that are none"
        return None

    def _strangeness(self, text: str, evidence: Sequence[str], language: str) -> float:
        """How much likelier the words are to be deformed than not, as a logarithm."""
        assert self._lexicon is not None  # noqa: S101 - only called with one
        known = {word for each in evidence for word in _WORD.findall(each.lower())}
        folded = {fold(word) for word in known}
        total = 0.0
        single = 0
        for run in _RUN.finditer(text):
            for match in _WORD.finditer(run.group()):
                word = match.group()
                lower = word.lower()
                if len(lower) < _SHORTEST:
                    single += len(lower) == 1 and len(run.group()) == 1
                    continue
                if fold(lower) in folded or self._lexicon.knows(lower, language):
                    total += _KNOWN
                else:
                    total += self._weight(word, known, language)
        words = len(_WORD.findall(text))
        # "T h e t w o": letters that stand alone are no words either.
        return total + (_DEFORMED if single > max(4, 0.4 * words) else 0.0)

    def _weight(self, word: str, known: set[str], language: str) -> float:
        """Of a word that nobody knows."""
        assert self._lexicon is not None  # noqa: S101 - only called with one
        lower = word.lower()
        if len(lower) > _LONGEST or _is_glued(word):
            return _GLUED
        if language == "vi" and is_vietnamese_syllable(lower):
            return _RARE
        if len(lower) >= _SURE and (self._lexicon.near_own(lower) or _is_slip(lower, known)):
            return _SLIP
        if word.isupper() and language != "vi":
            return _NAME
        if len(lower) <= _BRIEF:
            return _BRIEF_SLIP if word == lower else _RARE
        if self._lexicon.near(lower) or _is_slip(lower, known):
            return _NEAR
        return _NAME if word[0].isupper() and language != "vi" else _RARE


@cache
def legibility_of(embedder: Embedder) -> Legibility:
    """With the words of `embedder`'s vocabulary; remembered, since reading them takes a second."""
    return Legibility(embedder.words())


def readable(text: str) -> str:
    """`text` without hidden characters and without marks such as [1], which only we set."""
    return " ".join(_MARKS.sub("", plain_characters(text)).split())


def plain_characters(text: str) -> str:
    """`text` composed, without controls and characters that cannot be seen."""
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})


def _stands_in(match: re.Match[str], text: str, told: str) -> bool:
    """Whether the word around a match is the evidence's own."""
    start = text.rfind(" ", 0, match.end() - 1) + 1 if match.group().strip() else match.start()
    end = text.find(" ", match.end())
    word = text[start : end if end >= 0 else len(text)].strip(" .,;:!?()\"'“”«»")
    return bool(word) and word in told


def _has_foreign_letters(text: str, told: str) -> bool:
    """Whether letters of another script than Latin stand there, or pictures."""
    return any(
        character not in told
        and (
            unicodedata.category(character) in {"So", "Sk"}
            or (character.isalpha() and "LATIN" not in unicodedata.name(character, ""))
        )
        for character in set(text)
        if not character.isascii()
    )


def _speaks_of_itself(text: str, told: str) -> bool:
    """Whether an "I" or a "you" stands outside quotations where the evidence has none."""
    own = _QUOTED.sub(" ", text)
    return bool(_PERSONAL.search(own)) and not _PERSONAL.search(told)


def _is_ciphered(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return letters < _LETTERS * sum(not character.isspace() for character in text)


def _is_shouted(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > _CAPITALS * len(letters)


def _is_glued(word: str) -> bool:
    """Whether capitals stand within it: "TheTwoSides"."""
    return bool(re.search(r"[^\W\d_A-Z]{2}[A-ZÀ-ÖØ-ÞĐ][^\W\d_A-Z]", word))


def _is_slip(word: str, known: set[str]) -> bool:
    """Whether a word of the evidence has its letters in another order, or one or two others."""
    allowed = 1 + (len(word) >= 8)
    return any(
        len(other) >= 4
        and abs(len(other) - len(word)) <= allowed
        and word[:-2] != other[: len(word) - 2]
        and (
            sorted(other) == sorted(word)
            or OSA.distance(other, word, score_cutoff=allowed) <= allowed
        )
        for other in known
    )
