"""Parts of periods and steps from them: halves, first weeks, "three days ago"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from corpus.dates import spans
from corpus.dates import term as terms
from corpus.dates.builders import Made, made
from corpus.dates.mention import Grain, Prefer
from corpus.dates.spans import Interval
from corpus.dates.term import Term

# --- Units, parts and steps ----------------------------------------------------------------


def nth_of(kind: str, unit: Grain) -> Callable[[int, Term], Made]:
    """The n-th (or, below zero, n-th last) day, week, month, quarter, half of a period."""

    def build(number: int, whole: Term) -> Made:
        index = number - 1 if number > 0 else number

        def change(interval: Interval) -> Interval | None:
            found = spans.pieces(interval, unit)
            return found[index] if -len(found) <= index < len(found) else None

        return made(terms.mapped(whole, change, unit), kind)

    return build


def nth_weekday(number: int, weekday: int, whole: Term) -> Made:
    """ "the first Monday of May", "the last Friday in October"."""

    def change(interval: Interval) -> Interval | None:
        start, end = interval
        if number > 0:
            first = start + dt.timedelta(days=(weekday - start.weekday()) % 7 + 7 * (number - 1))
            return spans.days(first) if first < end else None
        last = end - dt.timedelta(days=(end.weekday() - weekday - 1) % 7 + 1 + 7 * (-number - 1))
        return spans.days(last) if last >= start else None

    return made(terms.mapped(whole, change, "day"))


def stretch_of(count: int, unit: Grain, whole: Term, from_end: bool) -> Made:
    """ "the first nine months of 2021", "the last two weeks of May"."""

    def change(interval: Interval) -> Interval | None:
        found = spans.pieces(interval, unit)
        if not 0 < count <= len(found):
            return None
        chosen = found[-count:] if from_end else found[:count]
        return chosen[0][0], chosen[-1][1]

    grain: Grain = unit
    if unit == "month" and count in (3, 6):
        grain = "quarter" if count == 3 else "half-year"
    term = terms.mapped(whole, change, grain)
    return made(term, "Span")


def weekday_in_week(weekday: int, week: Term) -> Made:
    return made(
        terms.mapped(
            week, lambda interval: spans.days(interval[0] + dt.timedelta(days=weekday)), "day"
        )
    )


def week_around(term: Term) -> Made:
    """ "the week of April 10th"."""
    return made(terms.mapped(term, lambda interval: spans.containing(interval[0], "week"), "week"))


def part_of(which: str, whole: Term) -> Made:
    """ "early 2021", "cuối tháng 3": the grain stays that of the period named."""
    return made(
        terms.mapped(whole, lambda interval: spans.part(interval, which), whole.grain), "Part"
    )


def shifted(term: Term, unit: str, count: int) -> Made:
    """ "two weeks before 13 May 1999", "three days after Tuesday"."""
    if count == 0:
        return None
    return made(
        terms.mapped(term, lambda interval: spans.days(spans.add(interval[0], unit, count)), "day")
    )


def ago(unit: str, count: int) -> Made:
    """ "three days ago" (below zero) or "in two months": one day."""
    if not 0 < abs(count) <= 3000:
        return None
    return made(
        terms.relative("day", lambda reference: spans.days(spans.add(reference, unit, count)))
    )


def rolling(unit: Grain, count: int, past: bool) -> Made:
    """ "the past three months": up to the reference, which they do not include."""
    if not 0 < count <= 3000:
        return None

    def make(reference: dt.date) -> Interval:
        if unit in ("quarter", "decade", "century", "half-year"):
            current = spans.containing(reference, unit)
            if past:
                return spans.add(current[0], unit, -count), current[0]
            return current[1], spans.add(current[1], unit, count)
        if past:
            return spans.add(reference, unit, -count), reference
        begin = reference + spans.ONE_DAY
        return begin, spans.add(begin, unit, count)

    return made(terms.relative(unit, make), "Span")


def decade(year: int) -> Term:
    return terms.fixed("decade", spans.months(year // 10 * 10, 1, 120))


def century(number: int) -> Term | None:
    if not 1 < number <= 30:
        return None
    return terms.fixed("century", spans.months(number * 100 - 100, 1, 1200))


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def season(name: str) -> Term:
    """Meteorological seasons: whole months, winter beginning in December."""
    return terms.yearly("season", lambda year: spans.months(year, SEASONS[name], 3))


def to_date(unit: Grain) -> Term:
    """ "year to date": from the unit's first day to the reference."""
    return terms.relative(unit, lambda reference: (spans.containing(reference, unit)[0], reference))


def directed(term: Term, past: bool) -> Made:
    """ "le 27 mars dernier", "tháng 7 tới": the nearest one on the side the words name."""
    if term.yearly is None:
        return None
    side: Prefer = "past" if past else "future"

    def make(reference: dt.date) -> Interval | None:
        nearest = term.resolve(reference, side)
        if nearest is None or term.grain == "day" or not nearest[0] <= reference < nearest[1]:
            return nearest
        # "en mars dernier", said in March, is the one before.
        return term.in_year(nearest[0].year + (-1 if past else 1))

    found = terms.relative(term.grain, make)
    return made(replace(found, partial=True))


def any_year() -> Term:
    """A year that is not named, as in "đầu năm" or "fin d'année"."""
    return terms.yearly("year", lambda year: spans.months(year, 1, 12))
