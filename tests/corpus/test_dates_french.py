"""French date expressions."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.dates import find_dates

REFERENCE = dt.date(2021, 9, 15)  # a Wednesday

STATED = {
    "les 4, 5 et 6 mai 2022": "2022-05-04 2022-05-07 day",
    "du lundi 3 au mercredi 5 mai 2021": "2021-05-03 2021-05-06 day",
    "le 27 mars 2020": "2020-03-27 2020-03-28 day",
    "le 1er mars 2020": "2020-03-01 2020-03-02 day",
    "le premier mars 2020": "2020-03-01 2020-03-02 day",
    "le 16/04/2020": "2020-04-16 2020-04-17 day",
    "le mardi 9 mai 2017": "2017-05-09 2017-05-10 day",
    "les 2 et 3 mars 2021": "2021-03-02 2021-03-04 day",
    "du 30 mai au 2 juin 2019": "2019-05-30 2019-06-03 day",
    "du 2 au 4 mai 2019": "2019-05-02 2019-05-05 day",
    "en mars 2021": "2021-03-01 2021-04-01 month",
    "au mois de mai 2018": "2018-05-01 2018-06-01 month",
    "de mars à mai 2021": "2021-03-01 2021-06-01 month",
    "au deuxième trimestre 2021": "2021-04-01 2021-07-01 quarter",
    "au 3e trimestre de 2020": "2020-07-01 2020-10-01 quarter",
    "au T2 2021": "2021-04-01 2021-07-01 quarter",
    "au premier semestre 2021": "2021-01-01 2021-07-01 half-year",
    "au S2 2020": "2020-07-01 2021-01-01 half-year",
    "au cours des neuf premiers mois de 2021": "2021-01-01 2021-10-01 month",
    "au cours des six premiers mois de l'année 2021": "2021-01-01 2021-07-01 half-year",
    "en 2019": "2019-01-01 2020-01-01 year",
    "pendant l'année 2008": "2008-01-01 2009-01-01 year",
    "entre 2019 et 2021": "2019-01-01 2022-01-01 year",
    "de 2019 à 2021": "2019-01-01 2022-01-01 year",
    "dans les années 1990": "1990-01-01 2000-01-01 decade",
    "dans les années 80": "1980-01-01 1990-01-01 decade",
    "fin 2020": "2020-09-01 2021-01-01 year",
    "à la mi-2021": "2021-05-01 2021-09-01 year",
    "au début du mois de mars 2021": "2021-03-01 2021-03-11 month",
    "à la fin de mars 2021": "2021-03-21 2021-04-01 month",
    "le vingt-sept mars deux mille vingt": "2020-03-27 2020-03-28 day",
    "le 7 sept. 2021": "2021-09-07 2021-09-08 day",
    "au XXe siècle": "1900-01-01 2000-01-01 century",
    "la première quinzaine de mai 2021": "2021-05-01 2021-05-16 day",
}


@pytest.mark.parametrize("words", STATED)
def test_stated_dates_have_their_interval(words: str) -> None:
    """A date with its year needs no reference."""
    (found,) = find_dates(f"La rencontre a eu lieu {words}.", "fr")
    assert f"{found.start} {found.end} {found.grain}" == STATED[words]
    assert not found.partial


RELATIVE = {
    "hier": "2021-09-14 2021-09-15",
    "aujourd'hui": "2021-09-15 2021-09-16",
    "aujourd’hui": "2021-09-15 2021-09-16",
    "demain": "2021-09-16 2021-09-17",
    "avant-hier": "2021-09-13 2021-09-14",
    "mardi": "2021-09-14 2021-09-15",
    "mardi dernier": "2021-09-14 2021-09-15",
    "mardi prochain": "2021-09-21 2021-09-22",
    "la semaine dernière": "2021-09-06 2021-09-13",
    "la semaine prochaine": "2021-09-20 2021-09-27",
    "cette semaine": "2021-09-13 2021-09-20",
    "le mois dernier": "2021-08-01 2021-09-01",
    "ce mois-ci": "2021-09-01 2021-10-01",
    "l'an dernier": "2020-01-01 2021-01-01",
    "l'année dernière": "2020-01-01 2021-01-01",
    "l’année prochaine": "2022-01-01 2023-01-01",
    "cette année": "2021-01-01 2022-01-01",
    "il y a trois jours": "2021-09-12 2021-09-13",
    "dans deux mois": "2021-11-15 2021-11-16",
    "au cours des dix derniers mois": "2020-11-15 2021-09-15",
    "les trois prochains jours": "2021-09-16 2021-09-19",
    "en mars dernier": "2021-03-01 2021-04-01",
    "le lundi de la semaine prochaine": "2021-09-20 2021-09-21",
}


@pytest.mark.parametrize("words", RELATIVE)
def test_relative_words_count_from_the_reference(words: str) -> None:
    """ "hier" and the like are placed by the reference day."""
    (found,) = find_dates(f"La rencontre a eu lieu {words}.", "fr", REFERENCE)
    assert f"{found.start} {found.end}" == RELATIVE[words]
    assert found.relative


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("aout 2021", "2021-08-01 2021-09-01"),
        ("fevrier 2020", "2020-02-01 2020-03-01"),
        ("la semaine derniere", "2021-09-06 2021-09-13"),
        ("DÉCEMBRE 2019", "2019-12-01 2020-01-01"),
        ("au deuxieme trimestre 2021", "2021-04-01 2021-07-01"),
        ("debut 2021", "2021-01-01 2021-05-01"),
    ],
)
def test_accents_and_case_do_not_matter(words: str, expected: str) -> None:
    """Questions come without accents."""
    (found,) = find_dates(f"que s'est-il passe {words}", "fr", REFERENCE)
    assert f"{found.start} {found.end}" == expected


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("depuis mars 2021", "since"),
        ("à partir du 3 mai 2020", "since"),
        ("après 2018", "after"),
        ("avant 2010", "before"),
        ("d'ici 2030", "until"),
        ("jusqu'en 2025", "until"),
        ("avant le 3 mai 2010", "before"),
    ],
)
def test_open_periods_name_their_side(words: str, side: str) -> None:
    """The interval stays that of the named date; `open` says where it opens."""
    (found,) = find_dates(words, "fr")
    assert found.open == side
    assert found.start is not None


@pytest.mark.parametrize(
    "text",
    [
        "Les 4/5 des personnes interrogées approuvent.",
        "Le centre est ouvert 24/7.",
        "L'équipe a gagné 2-1.",
        "La réunion a été utile et a été saluée.",
        "Les deux pays ont signé trois accords.",
        "Il a obtenu 12 voix contre 3.",
        "La séance a duré 3 heures.",
        "Le 2e conseil s'est tenu à Rome.",
    ],
)
def test_plain_numbers_are_no_dates(text: str) -> None:
    """Fractions, scores and counts stay numbers; "été" is a verb form too."""
    assert find_dates(text, "fr", REFERENCE) == []


def test_same_period_takes_the_span_named_before() -> None:
    """ "la même période de 2020" is the same nine months in that year."""
    text = "Les neuf premiers mois de 2021 dépassent la même période de 2020."
    _, same = find_dates(text, "fr")
    assert (same.start, same.end) == (dt.date(2020, 1, 1), dt.date(2020, 10, 1))


def test_a_month_at_the_end_of_a_sentence_takes_no_year_from_the_next() -> None:
    """ "le 6 juin. En 2023, …" is a day without a year and a year."""
    day, year = find_dates("Ils se sont vus le 6 juin. En 2023, tout a changé.", "fr")
    assert (day.month, day.day, day.start) == (6, 6, None)
    assert year.start == dt.date(2023, 1, 1)
