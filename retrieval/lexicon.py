"""How common a word is in Vietnamese, French and English, and whether it is one at all.

Counts of words in books, news, subtitles and the web come with the library wordfreq, on the scale
of van Heuven and others (2014): 7 is "the", 3 a word met once in a million, 0 one never met. Such
lists have the commonest slips of spelling too, a hundred times rarer than the words. Rare forms of
French are those that Lexique lists.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from corpus.words import fold
from retrieval.lexique import is_listed, is_participle
from retrieval.tables import table

_WORDS = 1.3
"""From this a word of French or English is one; at 1 a list of either ends."""

_SHORT_WORDS = 3.3
"""The same of up to three letters, nearly every run of which stands for something somewhere."""

_BORROWED = 2.5
"""From this a word of French or English may stand in Vietnamese: "container", "megawatt"."""

_STRANGER = 1.2
"""So much commoner in another language, sixteen times, is a word of that one."""

_AT_HOME = 4.5
"""From this a word is at home in a language, however common in another: "an", "but" in French."""

_RARE = 3.0
_OTHERS = ("en", "fr")
_COMMON = 30_000


def is_word(word: str, language: str) -> bool:
    """Whether `word`, in lower case, is one of `language`, one of Vietnamese being a syllable."""
    if language == "vi":
        return _zipf(word, "vi") > 0 or any(_zipf(word, each) >= _BORROWED for each in _OTHERS)
    if language == "fr" and is_listed(word):
        return True
    least = _WORDS if len(word) > 3 else _SHORT_WORDS
    return _zipf(word, language) >= least or word in table("loanwords")[language]


def is_foreign(word: str, language: str) -> bool:
    """Whether `word`, in lower case, is of another language: "healthcare", "agree" in French."""
    if language == "vi" or word in table("loanwords")[language]:
        return False
    if language == "fr" and is_listed(word):
        return False
    here = _zipf(word, language)
    there = max(_zipf(word, other) for other in _OTHERS)
    return here < _AT_HOME and there - here >= _STRANGER


def accented(word: str, language: str) -> str:
    """`word`, in lower case, as `language` spells it: "mecanismes" is "mécanismes" in French; the
    word itself where it is at home there, a form of a rare verb ("expulse", beside "expulsé")
    included, or no common word has its letters."""
    if language != "fr" or is_listed(word):
        return word
    if _zipf(word, "fr") >= _RARE and not is_foreign(word, "fr"):
        return word
    found = _accented().get(fold(word), word)
    # A verb that Lexique lacks: "renomme" beside "renommé".
    return word if found == f"{word[:-1]}é" and is_participle(found) else found


@cache
def _accented() -> dict[str, str]:
    """The common French words with accents, by their letters without, but for letters that may be
    a participle's or not: "declare" is "déclare" or "déclaré"."""
    from wordfreq import top_n_list  # noqa: PLC0415 - as below

    found: dict[str, list[str]] = defaultdict(list)
    for word in top_n_list("fr", _COMMON):
        plain = fold(word)
        if plain != word and (plain not in found or is_listed(word)):
            found[plain].append(word)
    return {
        plain: spelled[0]
        for plain, spelled in found.items()
        if len({word.removesuffix("s").endswith("é") for word in spelled}) == 1
    }


def _zipf(word: str, language: str) -> float:
    from wordfreq import zipf_frequency  # noqa: PLC0415 - lists of a second wait for a draft

    return float(zipf_frequency(word, language))
