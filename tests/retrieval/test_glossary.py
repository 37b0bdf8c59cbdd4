"""The terms that a model is told: those of one language in another."""

from __future__ import annotations

from retrieval.glossary import terms_in


def meanings(text: str, language: str, target: str) -> set[str]:
    """What a model is told to write for words of `text`."""
    return {term.meaning for term in terms_in(text, language, target)}


def test_words_that_mean_more_are_told_from_one_language_only() -> None:
    assert "headquarters" in meanings("tại trụ sở của công ty", "vi", "en")
    assert "headquarters" not in meanings("Il brigue un siège au conseil.", "fr", "en")
    assert "hội kiến" not in meanings("The meeting of the ministers ended.", "en", "vi")
    assert "a déclaré que" in meanings("He expressed that they are ready.", "en", "fr")
    assert "expressed that" not in meanings("Il a déclaré que tout va bien.", "fr", "en")
