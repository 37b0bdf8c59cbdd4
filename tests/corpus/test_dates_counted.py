"""Days counted from the reference or from another day, in each language."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.dates import find_dates

REFERENCE = dt.date(2021, 9, 15)  # a Wednesday

COUNTED = {
    "vi": {
        "năm kia": "2019-01-01 2020-01-01",
        "hôm sau": "2021-09-16 2021-09-17",
        "sau 3 ngày nữa": "2021-09-18 2021-09-19",
        "cách đây 2 năm 3 tháng": "2019-06-15 2019-06-16",
        "2 tuần 3 ngày trước": "2021-08-29 2021-08-30",
        "10 ngày đầu tháng 3/2021": "2021-03-01 2021-03-11",
        "quý đầu năm 2022": "2022-01-01 2022-04-01",
        "từ đầu năm 2020": "2020-01-01 2020-05-01 since",
        "20, 21/5/2021": "2021-05-20 2021-05-22",
        "trong 10 ngày kể từ ngày 18/12/2020": "2020-12-18 2020-12-28",
        "trong 3 ngày làm việc tới": "2021-09-16 2021-09-21",
        "từ năm 2015 đến nay": "2015-01-01 2021-09-16",
        "từ tháng 3 đến nay": "2021-03-01 2021-09-16",
        "từ đầu năm 2020 tới nay": "2020-01-01 2021-09-16",
        "từ đầu năm đến nay": "2021-01-01 2021-09-15",
        "từ nay đến cuối năm": "2021-09-15 2022-01-01",
        "tháng 6, 7 và 8/2021": "2021-06-01 2021-09-01",
        "tháng 6 và 7 năm 2021": "2021-06-01 2021-08-01",
        "quý I và II/2021": "2021-01-01 2021-07-01",
        "những ngày đầu tháng 9": "2021-09-01 2021-09-11",
        "những tháng cuối năm 2020": "2020-09-01 2021-01-01",
        "Chủ nhật này": "2021-09-19 2021-09-20",
        "thứ Sáu ngày 13": "2021-08-13 2021-08-14",
        "Thứ Hai đầu tiên của tháng 9": "2021-09-06 2021-09-07",
        "đầu mùa hè": "2021-06-01 2021-07-01",
        "tới năm 2045": "2045-01-01 2046-01-01 until",
        "tháng 9 tới": "2022-09-01 2022-10-01",
        "thứ Hai hai tuần trước": "2021-08-30 2021-08-31",
    },
    "fr": {
        "le 1er": "2021-09-01 2021-09-02",
        "la veille": "2021-09-14 2021-09-15",
        "le lendemain": "2021-09-16 2021-09-17",
        "l'avant-veille": "2021-09-13 2021-09-14",
        "la veille du 4 mai 2021": "2021-05-03 2021-05-04",
        "deux jours plus tard": "2021-09-17 2021-09-18",
        "trois semaines plus tôt": "2021-08-25 2021-08-26",
        "trois jours avant": "2021-09-12 2021-09-13",
        "il y a 2 ans et 3 mois": "2019-06-15 2019-06-16",
        "le 5 du mois": "2021-09-05 2021-09-06",
        "depuis trois ans": "2018-09-15 2018-09-16 since",
        "pendant 10 jours à partir du 18 décembre 2020": "2020-12-18 2020-12-28",
        "dans les 3 prochains jours ouvrables": "2021-09-16 2021-09-21",
        "les deux premières semaines de mai 2021": "2021-05-03 2021-05-17",
        "la dernière quinzaine d'août 2021": "2021-08-16 2021-09-01",
        "le dernier trimestre 2020": "2020-10-01 2021-01-01",
        "le dernier week-end de mai 2021": "2021-05-29 2021-05-31",
        "au plus tard le 30 juin 2022": "2022-06-30 2022-07-01 until",
        "le G7 2019": "2019-01-01 2020-01-01",
        "l'automne prochain": "2022-09-01 2022-12-01",
        "en septembre dernier": "2020-09-01 2020-10-01",
        "les trois derniers mois de 2020": "2020-10-01 2021-01-01",
        "le dernier vendredi d'octobre 2021": "2021-10-29 2021-10-30",
        "lundi dans deux semaines": "2021-09-27 2021-09-28",
        "01/02/2016 et après": "2016-02-01 2016-02-02 since",
    },
    "en": {
        "the next day": "2021-09-16 2021-09-17",
        "the day before": "2021-09-14 2021-09-15",
        "the day after May 4, 2021": "2021-05-05 2021-05-06",
        "2 years and 3 months ago": "2019-06-15 2019-06-16",
        "for 10 days from 18 December 2020": "2020-12-18 2020-12-28",
        "3 days starting from May 20, 2021": "2021-05-20 2021-05-23",
        "the next 3 business days": "2021-09-16 2021-09-21",
        "Monday two weeks from now": "2021-09-27 2021-09-28",
        "next workweek": "2021-09-20 2021-09-25",
        "this calendar year": "2021-01-01 2022-01-01",
        "week commencing May 3, 2021": "2021-05-03 2021-05-10",
        "Q1-2019": "2019-01-01 2019-04-01",
        "1/2/2016 and after": "2016-01-02 2016-01-03 since",
        "for 3 days from today": "2021-09-15 2021-09-18",
        "The talks end in March 2022": "2022-03-01 2022-04-01",
        ">= 2019": "2019-01-01 2020-01-01 since",
    },
}


@pytest.mark.parametrize(
    ("language", "words"), [(name, words) for name, group in COUNTED.items() for words in group]
)
def test_counted_days_have_their_interval(language: str, words: str) -> None:
    """Counts add up unit by unit; a duration begins on the day that it is counted from."""
    (found,) = find_dates(words, language, REFERENCE)
    interval = f"{found.start} {found.end} {found.open or ''}".strip()
    assert interval == COUNTED[language][words]
    if found.relative and not words.endswith("nay"):
        assert find_dates(words, language) == []


def test_up_to_now_is_open_where_nothing_says_when_now_is() -> None:
    """ "từ năm 2015 đến nay" without a reference: open since 2015."""
    (found,) = find_dates("từ năm 2015 đến nay", "vi")
    assert (str(found.start), found.open) == ("2015-01-01", "since")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "before 2010 or after 2018"), ("fr", "avant 2010 ou après 2018")],
)
def test_two_open_dates_stay_apart(language: str, words: str) -> None:
    """ "or after" opens the date that follows it, not the one before."""
    first, second = find_dates(words, language)
    assert (first.open, second.open) == ("before", "after")
