"""What an article is about, and whether its words name a person."""

from __future__ import annotations

import pytest

from corpus.subjects import Name, main_topics
from corpus.topics import display_topic, topic_keys


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Nguyễn Xuân Phúc", "The host was Nguyen Xuan Phuc, whom all knew."),
        ("nguyen xuan phuc", "Chủ tịch nước Nguyễn Xuân Phúc đã đến."),
        ("Shinzo Abe", "There spoke Abe Shinzo for an hour."),
        ("Edouard Philippe", "Elle a vu Édouard Philippe."),
        ("Ursula von der Leyen", "Then came Ursula von der Leyen."),
        ("Jean-Yves Le Drian", "M. Jean-Yves Le Drian est parti."),
        ("Vasseur", "He met Vasseur at noon."),
    ],
)
def test_a_name_stands_in_a_text_in_any_order_and_without_its_accents(name: str, text: str) -> None:
    assert Name.of(name).stands_in(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Lê Minh Hùng", "Ông Lê Minh Hưng phát biểu."),
        ("Boris Johnson", "Boris spoke first. Johnson came later, and so did others."),
        ("Long", "The talks were long. Long talks are no news."),
        ("Vasseur", "The vasseur of old."),
        ("Xi", "They met in Xian."),
        ("", "Nobody."),
    ],
)
def test_other_words_are_no_name(name: str, text: str) -> None:
    """Other accents, a stop in between, a word that opens a sentence, a part of a word."""
    assert not Name.of(name).stands_in(text)


def test_who_is_named_in_full_is_meant_by_a_part() -> None:
    assert Name.of("johnson").is_of("Boris Alexander Johnson")
    assert Name.of("Johnson Boris").is_of("Boris Alexander Johnson")
    assert not Name.of("Boris Becker").is_of("Boris Alexander Johnson")
    assert not Name.of("123").is_of("Boris Alexander Johnson")


def test_a_topic_is_one_of_title_or_lead_or_comes_again() -> None:
    """What is mentioned in passing is not what an article is about."""
    rest = ["They had dinner.", "Somebody mentioned tariffs.", "The evening was long."]
    assert main_topics(None, ["They spoke of fisheries.", "It rained.", *rest]) == {"fisheries"}
    assert "tariffs" in main_topics(None, ["It was late.", "It rained.", *rest, "Tariffs again."])
    assert "tariffs" in main_topics("On tariffs", ["It was late.", "It rained.", *rest])
    many = ["Somebody mentioned tariffs."] * 2 + ["The evening was a long one indeed."] * 100
    assert "tariffs" not in main_topics(None, ["It was late.", "It rained.", *many])


def test_every_topic_has_a_name_that_fits_on_a_button() -> None:
    for key in topic_keys():
        assert len(f"digest:topic:{10**9}:{key}:9".encode()) <= 64
        for language in ("vi", "fr", "en"):
            assert 0 < len(display_topic(key, language)) <= 60
