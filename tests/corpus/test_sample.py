"""What one pass derives from the five articles that the project ships, raw as they were found."""

from __future__ import annotations

import pytest

from corpus.article import Article
from retrieval.engine import Engine


@pytest.fixture(scope="module")
def articles(sample: Engine) -> dict[str, Article]:
    return {article.id[:3]: article for article in sample.articles()}


@pytest.mark.parametrize(
    ("key", "language", "outlet"),
    [
        ("000", "vi", "VOV5"),
        ("001", "fr", "VNA"),
        ("002", "fr", "VNA"),
        ("003", "vi", "TTXVN/Vietnam+"),
        ("004", "vi", "Dân trí"),
    ],
)
def test_language_and_outlet_are_found(
    articles: dict[str, Article], key: str, language: str, outlet: str
) -> None:
    """The language is the text's, the outlet stands in the dateline or signature."""
    assert (articles[key].language, articles[key].outlet) == (language, outlet)


@pytest.mark.parametrize(
    ("key", "start", "end", "basis", "kind"),
    [
        ("000", "2020-04-16", "2020-04-16", "inferred", "call"),
        ("001", "2020-03-27", "2020-03-27", "inferred", "call"),
        ("002", "--07-22", "--07-22", None, "meeting"),
        ("003", "2021-08-19", "2021-08-19", "inferred", "online-meeting"),
        ("004", "2023-03-29", "2023-03-30", "inferred", "visit"),
    ],
)
def test_event_is_dated_with_the_basis_of_its_year(
    articles: dict[str, Article], key: str, start: str, end: str, basis: str | None, kind: str
) -> None:
    """A year comes from the text's own evidence, or stays unknown where there is none."""
    event = articles[key].event
    assert event is not None
    assert (event.start, event.end, event.year_basis, event.kind) == (start, end, basis, kind)


@pytest.mark.parametrize(
    ("key", "countries"),
    [
        ("000", {"VN", "GB"}),
        ("001", {"VN", "US", "JP", "KR", "IN", "AU", "NZ"}),
        ("002", {"VN", "RU"}),
        ("003", {"VN"}),
        ("004", {"VN", "GB", "SS"}),
    ],
)
def test_exactly_the_countries_of_the_story_are_found(
    articles: dict[str, Article], key: str, countries: set[str]
) -> None:
    """No country comes from the menu, from a teaser, or from a person's name."""
    assert set(articles[key].countries) == countries


def test_a_region_is_found_as_a_region(articles: dict[str, Article]) -> None:
    """Trung Đông is the Middle East, not one of its countries."""
    assert "middle-east" in articles["003"].regions


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("000", ["Vui lòng nhập bình luận", "Chia sẻ\n", "ảnh 1", "Trung Hiếu"]),
        ("001", ["Tô Lâm", "USS Tripoli", "Tây Ninh", "Voir plus", "2025", "Photo"]),
        ("002", ["Photo : VNA"]),
        ("004", ["Iran", "Israel", "Ukraine", "Bầu cử", "2024", "(Ảnh"]),
    ],
)
def test_page_furniture_is_gone(articles: dict[str, Article], key: str, words: list[str]) -> None:
    """Menus, teasers, prompts and credits are not part of the stored text."""
    assert not [word for word in words if word in articles[key].text]


@pytest.mark.parametrize(
    ("key", "last"),
    [
        ("000", "đồng thời phối hợp chặt chẽ tại các diễn đàn quốc tế và khu vực."),
        ("001", "une aide internationale accrue dans lalutte contre la pandémie de COVID-19."),
        ("002", "renforcer le partenariat stratégique global entre les deux pays. – VNA"),
        ("003", "nâng cao hơn nữa hiệu quả hợp tác giữa hai bên./."),
        ("004", "cam kết lâu dài của Anh đối với mối quan hệ song phương vô cùng quan trọng này."),
    ],
)
def test_the_story_is_kept_to_its_last_sentence(
    articles: dict[str, Article], key: str, last: str
) -> None:
    """Cleaning cuts the page, never the story."""
    assert last in articles[key].text


def test_lost_spaces_before_capitals_are_restored(articles: dict[str, Article]) -> None:
    """A function word run into a capital is parted; other damage stays as printed."""
    assert "des États-Unis" in articles["001"].text
    assert "lesÉtats" not in articles["001"].text
    assert "conversationtéléphonique" in articles["001"].text


def test_people_carry_the_title_they_are_given(articles: dict[str, Article]) -> None:
    """Names come with their verbatim titles."""
    people = {person.name: person.title for person in articles["000"].people}
    assert people == {
        "Tô Anh Dũng": "Thứ trưởng Ngoại giao",
        "Nigel Adams": "Quốc vụ khanh Bộ Ngoại giao Anh",
    }


def test_every_offset_points_at_its_words(articles: dict[str, Article]) -> None:
    """Sentences, passages, people and dates are spans of the stored text."""
    for article in articles.values():
        for span in article.sentences:
            words = span.of(article.text)
            assert words and words == words.strip()
        for passage in article.passages:
            assert passage.span.of(article.text)
        for person in article.people:
            assert person.name_span.of(article.text) == person.name
        if article.event:
            assert article.event.date_words.of(article.text)
