"""Topics: terms in three languages, on whole words, in order of first mention."""

from __future__ import annotations

import pytest

from corpus.topics import _data, display_topic, topics_in


def keys(text: str) -> list[str]:
    return [mention.key for mention in topics_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hai bên bàn về an ninh mạng và năng lượng tái tạo.", ["cybersecurity", "energy"]),
        (
            "L'aide publique au développement et le changement climatique",
            ["development-aid", "climate"],
        ),
        (
            "Peacekeeping and vaccines came before fisheries.",
            ["peacekeeping", "vaccines", "fisheries"],
        ),
        ("Phụ nữ, Hòa bình và An ninh", ["women-peace-security"]),
        ("quan hệ đối tác chiến lược toàn diện", ["strategic-partnership"]),
        ("căng thẳng trên Biển Đông", ["maritime"]),
        ("dịch COVID-19", ["covid-19"]),
    ],
)
def test_topics_in_order_of_first_mention(text: str, expected: list[str]) -> None:
    """The longest term wins, and a topic comes where it is first named."""
    assert keys(text) == expected


@pytest.mark.parametrize(
    "text",
    ["said the detrade", "bao giờ", "thương mai", "ai", "mia farrow", "một người báo tin", ""],
)
def test_parts_of_words_and_other_accents_are_no_topics(text: str) -> None:
    """Terms match whole words; Vietnamese ones their own accents; abbreviations in capitals."""
    assert keys(text) == []


def test_a_topic_comes_once_with_its_count_and_verbatim_span() -> None:
    """Repeated terms of one topic are counted, and the first is quoted."""
    text = "Exports rose. Trade and imports fell."
    (mention,) = topics_in(text)
    assert (mention.key, mention.count, mention.surface) == ("trade", 3, "Exports")
    assert mention.span.of(text) == mention.surface


def test_every_topic_is_found_by_its_own_terms_and_shown_in_three_languages() -> None:
    """No term of the file is dead, and each language has a display form."""
    for key, entry in _data().items():
        for language in ("vi", "fr", "en"):
            assert display_topic(key, language) != key or key == entry[language][0]
            for term in entry[language]:
                assert topics_in(f"… {term} …"), (key, term)
    assert len(_data()) >= 60


def test_display_falls_back_to_english_then_to_the_key() -> None:
    """An unknown locale reads English; an unknown key is shown as it is."""
    assert display_topic("peacekeeping", "de") == "peacekeeping"
    assert display_topic("peacekeeping", "fr-FR") == "maintien de la paix"
    assert display_topic("no-such-topic", "en") == "no-such-topic"
