"""Terms for the units of the calendar, and the kinds that tokens of them have.

Capitalised kinds are terms (``Day``, ``Month``, ``Year``); lower-case kinds are words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from corpus.dates import spans
from corpus.dates import term as terms
from corpus.dates.mention import Grain
from corpus.dates.spans import Interval
from corpus.dates.term import Term

Made = tuple[str, Term] | None

KIND_OF: dict[Grain, str] = {
    "day": "Day",
    "weekend": "Weekend",
    "week": "Week",
    "month": "Month",
    "quarter": "Quarter",
    "season": "Season",
    "half-year": "Half",
    "year": "Year",
    "decade": "Decade",
    "century": "Century",
}
ANY = "(Day|MonthDay|Weekend|Week|Month|Quarter|Season|Half|Year|Decade|Century|Span|Weekday|Part)"
WITHIN_YEAR = "(Day|MonthDay|Week|Month|Quarter|Season|Half|Span|Part)"
COUNT = "(num|num2|big)"
TERM_KINDS = {*KIND_OF.values(), "MonthDay", "Span", "Weekday", "Part", "DayNumber"}


def made(term: Term | None, kind: str | None = None) -> Made:
    if term is None or terms.is_dead(term):
        return None
    return kind or KIND_OF[term.grain], term


def month_day(month: int, day: int, year: int | None) -> Term | None:
    return terms.in_year_or_yearly("day", year, lambda y: spans.day(y, month, day))


def whole_month(month: int, year: int | None, count: int = 1) -> Term | None:
    if not 1 <= month <= 12:
        return None
    grain: Grain = {1: "month", 3: "quarter", 6: "half-year"}.get(count, "month")  # type: ignore[assignment]
    return terms.in_year_or_yearly(grain, year, lambda y: spans.months(y, month, count))


def quarter(number: int, year: int | None = None) -> Term | None:
    return whole_month(number * 3 - 2, year, 3) if 1 <= number <= 4 else None


def half(number: int, year: int | None = None) -> Term | None:
    return whole_month(number * 6 - 5, year, 6) if 1 <= number <= 2 else None


def whole_year(year: int) -> Term:
    return terms.fixed("year", spans.months(year, 1, 12))


def of_year(term: Term, year: Term) -> Term | None:
    """The yearly term in a year that is stated ("March 2021") or relative ("March last year")."""
    if term.yearly is None:
        return None
    if year.fixed is not None:
        interval = term.in_year(year.fixed[0].year)
        return None if interval is None else terms.fixed(term.grain, interval)

    def make(reference: dt.date) -> Interval | None:
        which = year.resolve(reference, "past")
        return None if which is None else term.in_year(which[0].year)

    made = terms.relative(term.grain, make)
    # Without a reference the day is known, and that it is of another year than it would seem.
    return replace(made, known=replace(term, relative=made.relative))
