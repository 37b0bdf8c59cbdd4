"""A question for each of sixty countries, and an article that alone has its answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from babel import Locale

_CODES = (
    "AR AT AU BE BG BR CA CH CL CO CU CZ DE DK DZ EG ES FI FR GB GR HU ID IE IL IN IQ IR IT JP "
    "KE KH KR KZ LA LB LK MA MM MN MX MY NG NL NO NZ PE PH PK PL PT QA RO RU SE SG SK TH TR UA"
)
COUNTRIES = _CODES.split()


def country(number: int) -> str:
    return str(Locale("en").territories[COUNTRIES[number % len(COUNTRIES)]])


def wanted(number: int) -> str:
    """What only the right answer says."""
    return f"{1000 + 7 * number} million"


def question(number: int) -> str:
    return f"What did Vietnam and {country(number)} discuss in 2024?"


def corpus(folder: Path, count: int) -> None:
    """An article for each of so many countries."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        day = dt.date(2024, 1, 2) + dt.timedelta(days=5 * number)
        told = f"{day.day} {day:%B} {day.year}"
        (folder / f"a{number}.txt").write_text(
            f"Vietnam and {country(number)} discuss trade\n\nHANOI, {told} - The foreign ministers "
            f"of Vietnam and {country(number)} met in Hanoi on {told} and discussed trade worth "
            f"{wanted(number)} dollars.\n",
            "utf-8",
        )
