"""English date expressions."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.dates import find_dates

REFERENCE = dt.date(2021, 9, 15)  # a Wednesday

STATED = {
    "on May 4 and 5, 2022": "2022-05-04 2022-05-06 day",
    "on May 4, 5 and 6, 2022": "2022-05-04 2022-05-07 day",
    "on March 27th, 2020": "2020-03-27 2020-03-28 day",
    "on 27 March 2020": "2020-03-27 2020-03-28 day",
    "on the 3rd of May 2019": "2019-05-03 2019-05-04 day",
    "on 4/16/2020": "2020-04-16 2020-04-17 day",
    "on 16/4/2020": "2020-04-16 2020-04-17 day",
    "on 2020-04-16": "2020-04-16 2020-04-17 day",
    "on Tuesday, May 9, 2017": "2017-05-09 2017-05-10 day",
    "on Oct. 3, 2019": "2019-10-03 2019-10-04 day",
    "from 3 to 5 May 2021": "2021-05-03 2021-05-06 day",
    "on May 3-5, 2021": "2021-05-03 2021-05-06 day",
    "from 30 May to 2 June 2019": "2019-05-30 2019-06-03 day",
    "in March 2021": "2021-03-01 2021-04-01 month",
    "in Q2 2021": "2021-04-01 2021-07-01 quarter",
    "in the second quarter of 2021": "2021-04-01 2021-07-01 quarter",
    "in the first half of 2021": "2021-01-01 2021-07-01 half-year",
    "in H1 2021": "2021-01-01 2021-07-01 half-year",
    "in the first nine months of 2021": "2021-01-01 2021-10-01 month",
    "in 2019": "2019-01-01 2020-01-01 year",
    "between 2019 and 2021": "2019-01-01 2022-01-01 year",
    "from 2019 to 2021": "2019-01-01 2022-01-01 year",
    "in 2019-2021": "2019-01-01 2022-01-01 year",
    "in the 1990s": "1990-01-01 2000-01-01 decade",
    "in early 2021": "2021-01-01 2021-05-01 year",
    "in mid-2021": "2021-05-01 2021-09-01 year",
    "in late March 2021": "2021-03-21 2021-04-01 month",
    "from October to March 2021": "2020-10-01 2021-04-01 month",
    "in two thousand and fifteen": "2015-01-01 2016-01-01 year",
    "in the first week of 2021": "2021-01-04 2021-01-11 week",
    "on the last Friday of October 2013": "2013-10-25 2013-10-26 day",
}


@pytest.mark.parametrize("words", STATED)
def test_stated_dates_have_their_interval(words: str) -> None:
    """A date with its year needs no reference."""
    (found,) = find_dates(f"The ministers met {words}.", "en")
    assert f"{found.start} {found.end} {found.grain}" == STATED[words]
    assert not found.partial


RELATIVE = {
    "yesterday": "2021-09-14 2021-09-15",
    "today": "2021-09-15 2021-09-16",
    "tomorrow": "2021-09-16 2021-09-17",
    "last week": "2021-09-06 2021-09-13",
    "this month": "2021-09-01 2021-10-01",
    "next year": "2022-01-01 2023-01-01",
    "three days ago": "2021-09-12 2021-09-13",
    "in two weeks": "2021-09-29 2021-09-30",
    "over the past 3 months": "2021-06-15 2021-09-15",
    "this weekend": "2021-09-18 2021-09-20",
    "on Tuesday": "2021-09-14 2021-09-15",
    "next Tuesday": "2021-09-21 2021-09-22",
    "last Tuesday": "2021-09-14 2021-09-15",
    "on Wednesday": "2021-09-15 2021-09-16",
    "last March": "2021-03-01 2021-04-01",
    "earlier this year": "2021-01-01 2021-09-15",
    "in March last year": "2020-03-01 2020-04-01",
    "in the first quarter of this year": "2021-01-01 2021-04-01",
    "two weeks before 13 May 1999": "1999-04-29 1999-04-30",
}


@pytest.mark.parametrize("words", RELATIVE)
def test_relative_words_count_from_the_reference(words: str) -> None:
    """ "yesterday" and the like are placed by the reference day."""
    (found,) = find_dates(f"The ministers met {words}.", "en", REFERENCE)
    assert f"{found.start} {found.end}" == RELATIVE[words]


@pytest.mark.parametrize(
    ("words", "prefer", "start"),
    [
        ("on 3 May", "past", "2021-05-03"),
        ("on 3 May", "future", "2022-05-03"),
        ("on 15 September", "past", "2021-09-15"),
        ("on 15 September", "future", "2021-09-15"),
        ("in December", "past", "2020-12-01"),
        ("in December", "future", "2021-12-01"),
        ("on Monday", "past", "2021-09-13"),
        ("on Monday", "future", "2021-09-20"),
    ],
)
def test_a_missing_year_is_the_nearest_on_the_preferred_side(
    words: str, prefer: str, start: str
) -> None:
    """`prefer` decides which way, and the mention stays partial."""
    (found,) = find_dates(
        f"They met {words}.", "en", REFERENCE, "past" if prefer == "past" else "future"
    )
    assert str(found.start) == start
    assert found.partial


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("since 2020", "since"),
        ("after March 2019", "after"),
        ("before 3 May 2010", "before"),
        ("until 2030", "until"),
        ("by 2045", "until"),
    ],
)
def test_open_periods_name_their_side(words: str, side: str) -> None:
    """The interval stays that of the named date; `open` says where it opens."""
    (found,) = find_dates(words, "en")
    assert found.open == side
    assert found.start is not None


@pytest.mark.parametrize(
    "text",
    [
        "About 4/5 of respondents agreed.",
        "The hotline works 24/7.",
        "The team won 2-1 at home.",
        "The second meeting may take longer.",
        "It may be useful; they march together.",
        "The ship carried 2000 soldiers.",
        "Call +84 24 3799 2000.",
        "COVID-19 and the G20 were discussed.",
        "The 13th congress was held.",
        "Version 2.0.1 was released at 5.30 pm.",
    ],
)
def test_plain_numbers_are_no_dates(text: str) -> None:
    """Fractions, scores, counts and the verbs "may" and "march" are no dates."""
    assert find_dates(text, "en", REFERENCE) == []


def test_a_weekday_without_a_reference_is_still_a_mention() -> None:
    """It names a day, though not which one."""
    (found,) = find_dates("They met on Tuesday.", "en")
    assert (found.text, found.start, found.partial) == ("Tuesday", None, True)


def test_relative_words_without_a_reference_are_dropped() -> None:
    """ "yesterday" says nothing when today is unknown."""
    assert find_dates("They met yesterday.", "en") == []


def test_an_instant_serves_as_reference() -> None:
    """A reference may be a datetime; its day counts."""
    (found,) = find_dates("They met yesterday.", "en", dt.datetime(2021, 3, 1, 23, 59))
    assert found.start == dt.date(2021, 2, 28)


def test_a_weekday_picks_the_year_it_fits() -> None:
    """ "Fri, Jul 18" is the July in which the 18th is a Friday."""
    (found,) = find_dates("Fri, Jul 18", "en", dt.date(2013, 2, 12), "future")
    assert found.start == dt.date(2014, 7, 18)


def test_a_run_to_the_present_keeps_its_start_without_a_reference() -> None:
    """ "between May 2019 and now" still says since when."""
    (found,) = find_dates("between May 2019 and now", "en")
    assert (found.start, found.open) == (dt.date(2019, 5, 1), "since")
    (found,) = find_dates("between May 2019 and now", "en", REFERENCE)
    assert (found.start, found.end) == (dt.date(2019, 5, 1), dt.date(2021, 9, 16))


@pytest.mark.parametrize(
    "text",
    [
        "a prodigy since his early twenties",
        "in her late forties",
        "the victory in Week 13 of the season",
        "week 12 of her pregnancy",
    ],
)
def test_ages_and_weeks_of_something_else_are_no_dates(text: str) -> None:
    """A decade of life is none of the century; a season's week is none of the year."""
    assert find_dates(text, "en", dt.date(2026, 1, 15)) == []


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("in week 13 of the year", dt.date(2026, 3, 23)),
        ("in China's late nineties", dt.date(1996, 1, 1)),
        ("in Hong Kong's nineties", dt.date(1990, 1, 1)),
    ],
)
def test_decades_of_a_place_and_weeks_of_the_year_are_dates(text: str, start: dt.date) -> None:
    """What has no age is told of in decades of the century."""
    (mention,) = find_dates(text, "en", dt.date(2026, 1, 15))
    assert mention.start is not None
    assert abs((mention.start - start).days) < 800
