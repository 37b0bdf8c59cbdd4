"""Rarer English turns: "the closest Monday to 5 October", "March after next"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from corpus.dates import builders, spans
from corpus.dates import term as terms
from corpus.dates.builders import ANY, COUNT, Made
from corpus.dates.spans import Interval
from corpus.dates.term import Term
from corpus.dates.tokens import Match, Rule, rule


def _closest_weekday(match: Match) -> Made:
    """The n-th closest such weekday to a day, on either side of it."""
    number, rank = match.get("wday"), match.get("ord") or 1

    def change(interval: Interval) -> Interval | None:
        after = (number - interval[0].weekday()) % 7
        gaps = sorted((after + 7 * week for week in range(-3, 4)), key=abs)
        if not 1 <= rank <= len(gaps):
            return None
        return spans.days(interval[0] + dt.timedelta(days=gaps[rank - 1]))

    return builders.made(terms.mapped(match.tokens[-1].value, change, "day"))


def _month_in_years(match: Match) -> Made:
    """ "March in two years", "March after next": the month in a later year."""
    month: Term = match.tokens[0].value
    if month.yearly is None:
        return None
    count = match.get("num") or 1

    def make(reference: dt.date) -> Interval | None:
        if match.has("after_next"):
            first = month.resolve(reference, "future")
            return None if first is None else month.in_year(first[0].year + 1)
        return month.in_year(reference.year + count)

    return builders.made(terms.relative("month", make))


def _through(match: Match) -> Made:
    """ "through 2014": up to its end."""
    inner = match.tokens[-1]
    if match.tokens[0].word.lower() not in ("through", "thru", "till", "til"):
        return None
    if inner.value.open is not None:
        return None
    return inner.kind, replace(inner.value, open="until")


SINGLE: list[Rule] = [
    rule("the? ord? closest wday to the? (Day|MonthDay)", _closest_weekday),
    rule(f"Month (after_next|in ({COUNT}|a) year_unit)", _month_in_years),
]
CLOSING: list[Rule] = [rule(f"to the? {ANY}", _through)]
