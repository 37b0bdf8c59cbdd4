"""What holds for every text: spans, order, Unicode, long inputs, unknown languages."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import DateMention, find_dates
from tests.growth import growth

REFERENCE = dt.date(2021, 9, 15)
WORDS = (
    "16/4 29-30/3 2020 ngày tháng năm quý đầu cuối từ đến thứ Hai hôm qua le mars au du dernier "
    "trimestre les années the of May 3rd last week in first 31 00 99 1er 12/2022 - / . , ( ) \n "
    "and và et second half Q2 S1 6 cùng kỳ depuis before until 9999 0/0 31/2 2019-02-29 ’ mi fin "
    "lịch Giêng veille lendemain BC AD for days jours ouvrables plus tard nữa nay triệu siècle XIX "
    "thế kỷ nửa 10,000 tuần semaines quý , / ago"
)
PIECES = st.sampled_from(WORDS.split(" "))
TEXTS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=8).map("".join),
)
LANGUAGES = st.sampled_from(["vi", "fr", "en", "es", None])


def check(text: str, mentions: list[DateMention]) -> None:
    last = 0
    for mention in mentions:
        assert last <= mention.start_char < mention.end_char <= len(text)
        assert mention.text == text[mention.start_char : mention.end_char]
        last = mention.end_char
        if mention.start is not None:
            assert mention.end is not None
            assert mention.start < mention.end
        else:
            assert mention.end is None


@given(TEXTS, LANGUAGES, st.sampled_from([None, REFERENCE]), st.sampled_from(["past", "future"]))
def test_any_text_gives_ordered_spans_and_whole_intervals(
    text: str, language: str | None, reference: dt.date | None, prefer: str
) -> None:
    """No text raises; spans are exact, apart, in order; intervals run forward."""
    check(text, find_dates(text, language, reference, "past" if prefer == "past" else "future"))


@given(st.lists(PIECES, max_size=10).map(" ".join), st.dates())
def test_any_reference_is_possible(text: str, reference: dt.date) -> None:
    """The first and last days of the calendar raise nothing either."""
    check(text, find_dates(text, None, reference))


def test_decomposed_accents_keep_their_offsets() -> None:
    """A text in NFD gives the same dates, with spans in that text."""
    text = unicodedata.normalize("NFD", "Chiều ngày 16 tháng 4 năm 2020, hai bên gặp nhau.")
    (found,) = find_dates(text, "vi")
    assert found.start == dt.date(2020, 4, 16)
    assert unicodedata.normalize("NFC", found.text) == "ngày 16 tháng 4 năm 2020"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Chiều 16/4/2020, hai bên gặp nhau.", "2020-04-16"),
        ("La rencontre du 27 mars 2020 a été utile.", "2020-03-27"),
        ("The meeting of March 27, 2020 was useful.", "2020-03-27"),
        ("su kien thang 7 nam 2020", "2020-07-01"),
        ("rencontres en aout 2021", "2021-08-01"),
    ],
)
def test_the_language_need_not_be_known(text: str, start: str) -> None:
    """Without a language all three are tried and the fullest reading stays."""
    (found,) = find_dates(text)
    assert str(found.start) == start


def test_a_name_in_vietnamese_is_no_french_month() -> None:
    """ "Mai" is a name in Vietnamese text and a month in French text."""
    assert find_dates("Bà Mai gặp Đại sứ Pháp tại Hà Nội.") == []


def test_impossible_days_are_left_out() -> None:
    """30 February and 29 February of a common year are no dates."""
    assert find_dates("Ngày 30/2 và 29/2/2019.", "vi") == []


def test_a_day_and_the_year_of_the_next_sentence_stay_apart() -> None:
    """ "on 17 May. In 2023 …": the year belongs to the next sentence."""
    day, year = find_dates("They met on 17 May. In 2023 they will meet again.", "en")
    assert (day.month, day.day, day.start) == (5, 17, None)
    assert year.start == dt.date(2023, 1, 1)


@pytest.mark.parametrize(
    "noise", ["1/", "16-4-", "the first of ", "từ ngày ", "2 et ", "( ", "a" * 50]
)
def test_repetition_does_not_slow_reading_down(noise: str) -> None:
    """Eight times the noise takes eight times as long, or a little more: not sixty-four times."""
    assert growth(lambda size: find_dates(noise * (size // len(noise)), "vi"), 25_000, 8) < 40


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ký ngày 11/4/2023 và được phê chuẩn ngày 20/12 cùng năm", "vi"),
        ("signé le 11 avril 2023 et ratifié le 20 décembre de la même année", "fr"),
        ("signed on 11 April 2023 and ratified on 20 December of the same year", "en"),
    ],
)
def test_the_same_year_is_that_of_the_date_before(text: str, language: str) -> None:
    """Whatever today is."""
    for reference in (None, dt.date(2025, 6, 1)):
        found = find_dates(text, language, reference)
        assert [each.start for each in found] == [dt.date(2023, 4, 11), dt.date(2023, 12, 20)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ngày 20/12 năm ngoái", "vi"),
        ("le 20 décembre de l'année dernière", "fr"),
        ("on 20 December last year", "en"),
    ],
)
def test_a_day_of_last_year_is_known_without_a_reference(text: str, language: str) -> None:
    """Its year is not, and it is told that it counts from somewhere."""
    (found,) = find_dates(text, language)
    assert (found.start, found.month, found.day, found.relative) == (None, 12, 20, True)
    (found,) = find_dates(text, language, dt.date(2025, 6, 1))
    assert found.start == dt.date(2024, 12, 20)
