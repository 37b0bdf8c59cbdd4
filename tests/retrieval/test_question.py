"""Understanding questions: language, period, countries, outlets, names."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import QuestionError
from retrieval.question import MAX_QUESTION_CHARS, Query, understand

TODAY = dt.date(2026, 1, 15)


def ask(text: str) -> Query:
    return understand(text, today=TODAY, outlets=["VOV5", "TechCrunch", "Dân trí"])


def period(text: str) -> tuple[str | None, str | None] | None:
    found = ask(text).conditions.period
    return (found.start, found.end) if found else None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what did Vietnam and the UK discuss in 2020?", "en"),
        ("Việt Nam và Anh đã trao đổi những gì năm 2020?", "vi"),
        ("De quoi le Vietnam et le Royaume-Uni ont-ils discuté en 2020 ?", "fr"),
        ("viet nam va nga thang 7", "vi"),
        ("de quoi ont parle le vietnam et la russie", "fr"),
        ("vn uk 2020", "en"),
        ("Nga 2021", "vi"),
        ("что обсуждали Россия и Вьетнам?", "ru"),
        ("越南和中国讨论了什么？", "zh"),
    ],
)
def test_language_of_a_short_question(text: str, language: str) -> None:
    """Accents may be missing; function words tell."""
    assert ask(text).language == language


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("what happened in 2020?", ("2020-01-01", "2020-12-31")),
        ("talks since March 2021", ("2021-03-01", "2026-01-15")),
        ("visits between 2019 and 2021", ("2019-01-01", "2021-12-31")),
        ("what was said last week?", ("2026-01-05", "2026-01-11")),
        ("gặp gỡ năm 2020", ("2020-01-01", "2020-12-31")),
        ("gặp gỡ tháng 3/2023", ("2023-03-01", "2023-03-31")),
        ("thương mại quý 2 năm 2021", ("2021-04-01", "2021-06-30")),
        ("rencontres au premier semestre 2021", ("2021-01-01", "2021-06-30")),
        ("rencontres depuis 2020", ("2020-01-01", "2026-01-15")),
        ("meetings before 2019", (None, "2018-12-31")),
        ("the call of 27 March 2020", ("2020-03-27", "2020-03-27")),
        ("viet nam va nga thang 7", ("--07-01", "--07-31")),
        ("talks in March and April", ("--03-01", "--04-30")),
        ("what is the strategic partnership?", None),
    ],
)
def test_period(text: str, days: tuple[str | None, str | None] | None) -> None:
    """Inclusive days; a month without a year stands for that month of any year."""
    assert period(text) == days


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("what did Vietnam and the UK discuss?", {"VN", "GB"}),
        ("Việt Nam và Anh trao đổi gì?", {"VN", "GB"}),
        ("viet nam va anh trao doi gi", {"VN", "GB"}),
        ("vn uk 2020", {"VN", "GB"}),
        ("Nga 2021", {"RU"}),
        ("De quoi la France et l'Allemagne ont-elles parlé ?", {"FR", "DE"}),
        ("What did Russia promise?", {"RU"}),
        ("vietnm and rusia talks", {"VN", "RU"}),
        ("tell us about the summit", set()),
    ],
)
def test_countries_named_as_actors_are_conditions(text: str, countries: set[str]) -> None:
    """Between two countries means both."""
    assert set(ask(text).conditions.countries) == countries


def test_a_country_that_is_merely_named_only_ranks() -> None:
    """An adjective or a place is no actor."""
    query = ask("What did the German composer write?")
    assert query.conditions.countries == ()
    assert query.preferred == ("DE",)


def test_a_region_brings_its_members() -> None:
    """An article on a member country can answer for the region."""
    (region,) = ask("Vietnam's trade with the Middle East").conditions.regions
    assert region.code == "middle-east"
    assert "SA" in region.members


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("What did VOV5 report on Covid-19?", ("VOV",)),
        ("According to Reuters, what was signed?", ("Reuters",)),
        ("Theo TTXVN, hai bên đã ký gì?", ("VNA",)),
        ("selon l'AFP que s'est-il passé", ("AFP",)),
        ("Does the TechCrunch article agree?", ("TechCrunch",)),
        ("What does the map show?", ()),
    ],
)
def test_outlets_named(text: str, agencies: tuple[str, ...]) -> None:
    """Names as the corpus has them, or behind "according to"; the agency stands for its outlets."""
    assert ask(text).conditions.agencies == agencies


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did USS Tripoli do in Da Nang?", ("USS Tripoli", "Da Nang")),
        ("how tall is the Eiffel tower", ("Eiffel",)),
        ("What did Nigel Adams say?", ("Nigel Adams",)),
        ("WHAT DID RUSSIA PROMISE?", ()),
    ],
)
def test_names_that_an_answer_must_have(text: str, names: tuple[str, ...]) -> None:
    """Capitalised words that are neither countries, dates nor known terms."""
    assert ask(text).names == names


def test_published_asks_for_the_publication() -> None:
    """The event is not the publication unless the question says so."""
    assert ask("articles published in May 2021").conditions.by_publication
    assert not ask("meetings in May 2021").conditions.by_publication


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "?!…", "\x00\x01", "\u202e\u200f"])
def test_no_words_is_no_question(text: str) -> None:
    """Emoji, marks and control characters ask nothing."""
    with pytest.raises(QuestionError):
        ask(text)


def test_a_question_has_a_limit() -> None:
    """The error carries the limit, for the one who asked."""
    with pytest.raises(QuestionError) as error:
        ask("a" * 50_000)
    assert error.value.limit == MAX_QUESTION_CHARS


@given(st.text(min_size=1, max_size=200))
def test_any_text_is_understood_or_refused(text: str) -> None:
    """No input breaks it."""
    try:
        query = ask(text)
    except QuestionError:
        return
    assert query.language
