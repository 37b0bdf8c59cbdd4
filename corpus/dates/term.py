"""What a date expression means before the reference is known.

A term is one of three things: fixed (``2020-04-16``), yearly (``16 April``: an interval for
each year) or relative (``yesterday``: an interval for a reference). Modifiers such as "early"
or "first week of" are functions over intervals and apply to all three alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.dates import spans
from corpus.dates.mention import Grain, Open, Prefer
from corpus.dates.spans import Interval

Yearly = Callable[[int], Interval | None]
Relative = Callable[[dt.date, Prefer], Interval | None]

# 29 February comes back after at most eight years (1896 to 1904).
_REACH = 8


@dataclass(frozen=True, slots=True)
class Term:
    """The meaning of a date expression; exactly one of fixed, yearly and relative is set."""

    grain: Grain
    fixed: Interval | None = None
    yearly: Yearly | None = None
    relative: Relative | None = None
    # Weekday names and days of the month name something even without a reference.
    partial: bool = False
    open: Open | None = None
    weekday: int | None = None
    # What a run keeps where no reference says when its other end is: "from May 2019 to now".
    known: Term | None = None

    def resolve(self, reference: dt.date | None, prefer: Prefer) -> Interval | None:
        if self.fixed is not None:
            return self.fixed
        if reference is None:
            return None
        if self.relative is not None:
            return _safely(lambda: self.relative(reference, prefer))  # type: ignore[misc]
        return self._nearest(reference, prefer)

    def in_year(self, year: int) -> Interval | None:
        if self.yearly is None:
            return self.fixed
        yearly = self.yearly
        return _safely(lambda: yearly(year))

    def example(self) -> Interval | None:
        """The interval in some leap year, to read month and day from."""
        return self.in_year(2024) or self.in_year(2023)

    def _nearest(self, reference: dt.date, prefer: Prefer) -> Interval | None:
        step = -1 if prefer == "past" else 1
        found = []
        for offset in range(-1, _REACH + 1):
            interval = self.in_year(reference.year + step * offset)
            if interval is None:
                continue
            if interval[0] <= reference if prefer == "past" else interval[1] > reference:
                found.append(interval)
        if not found:
            return None
        if self.weekday is not None:
            # "Fri, Jul 18": the weekday may tell which of the two nearest years is meant.
            other = self.in_year(found[0][0].year - step)
            for interval in (*found[:2], other):
                if interval is not None and interval[0].weekday() == self.weekday:
                    return interval
        return found[0]


def _safely(make: Callable[[], Interval | None]) -> Interval | None:
    try:
        return make()
    except (ValueError, OverflowError):
        return None


def fixed(grain: Grain, interval: Interval) -> Term:
    return Term(grain, fixed=interval)


def yearly(grain: Grain, make: Yearly) -> Term:
    return Term(grain, yearly=make, partial=True)


def in_year_or_yearly(grain: Grain, year: int | None, make: Yearly) -> Term | None:
    """A fixed term where the year is stated, else a yearly one; None if no such date exists."""
    if year is not None:
        interval = _safely(lambda: make(year))
        return None if interval is None else fixed(grain, interval)
    term = yearly(grain, make)
    return term if term.example() is not None else None


def relative(grain: Grain, make: Callable[[dt.date], Interval | None]) -> Term:
    return Term(grain, relative=lambda reference, _: make(reference))


def unit_term(unit: Grain, offset: int) -> Term:
    """ "last month", "this week", "next year"."""
    return relative(unit, lambda reference: spans.unit_at(reference, unit, offset))


def weekday(number: int) -> Term:
    """A bare weekday name: the nearest such day on the preferred side, the reference included."""

    def make(reference: dt.date, prefer: Prefer) -> Interval:
        back = (reference.weekday() - number) % 7
        offset = -back if prefer == "past" else (7 - back) % 7
        return spans.days(reference + dt.timedelta(days=offset))

    return Term("day", relative=make, partial=True, weekday=number)


def weekday_beside(number: int, direction: int) -> Term:
    """ "last Tuesday", "mardi prochain": the nearest one strictly before or after."""

    def make(reference: dt.date) -> Interval:
        if direction < 0:
            return spans.days(
                reference - dt.timedelta(days=(reference.weekday() - number - 1) % 7 + 1)
            )
        return spans.days(reference + dt.timedelta(days=(number - reference.weekday() - 1) % 7 + 1))

    return relative("day", make)


def day_of_month(number: int, on_weekday: int | None = None) -> Term:
    """ "the 18th", "le 4", "Monday 21": a day of an unnamed month."""

    def make(reference: dt.date, prefer: Prefer) -> Interval | None:
        for offset in range(60):
            first = spans.add_months(
                reference.replace(day=1), -offset if prefer == "past" else offset
            )
            candidate = _safely(lambda first=first: spans.day(first.year, first.month, number))  # type: ignore[misc]
            if candidate is None:
                continue
            if on_weekday is not None and candidate[0].weekday() != on_weekday:
                continue
            if candidate[0] <= reference if prefer == "past" else candidate[0] >= reference:
                return candidate
        return None

    return Term("day", relative=make, partial=True)


def mapped(term: Term, change: Callable[[Interval], Interval | None], grain: Grain) -> Term:
    """The same kind of term with a function applied to its interval."""
    if term.fixed is not None:
        interval = term.fixed
        return replace(term, grain=grain, fixed=_safely(lambda: change(interval)), weekday=None)
    if term.yearly is not None:

        def make_yearly(year: int) -> Interval | None:
            interval = term.in_year(year)
            return None if interval is None else change(interval)

        return replace(term, grain=grain, yearly=make_yearly, weekday=None)

    def make(reference: dt.date, prefer: Prefer) -> Interval | None:
        interval = term.resolve(reference, prefer)
        return None if interval is None else change(interval)

    return replace(term, grain=grain, relative=make, weekday=None)


def is_dead(term: Term) -> bool:
    """True for a term that no calendar holds, such as 30 February."""
    if term.relative is not None:
        return False
    return term.fixed is None if term.yearly is None else term.example() is None


def joined(first: Term, last: Term) -> Term | None:
    """The run from the start of one term to the end of another; None if it runs backwards."""
    grain = min(first.grain, last.grain, key=_COARSENESS.index)
    if first.fixed is not None and last.fixed is not None:
        run = first.fixed[0], last.fixed[1]
        return fixed(grain, run) if first.fixed[0] <= last.fixed[0] and run[0] < run[1] else None
    if first.relative is None and last.relative is None:
        return _joined_yearly(first, last, grain)

    def make(reference: dt.date, prefer: Prefer) -> Interval | None:
        if first.partial and not last.partial:
            stop = last.resolve(reference, prefer)
            begin = None if stop is None else first.resolve(stop[0], "past")
            return None if stop is None or begin is None else (begin[0], stop[1])
        start = first.resolve(reference, prefer)
        if start is None:
            return None
        end = last.resolve(start[0], "future") if last.partial else last.resolve(reference, prefer)
        return None if end is None or end[1] <= start[0] else (start[0], end[1])

    known = None
    if first.fixed is not None:
        known = replace(first, open="since")
    elif last.fixed is not None:
        known = replace(last, open="until")
    return Term(grain, relative=make, partial=first.partial and last.partial, known=known)


_COARSENESS: list[Grain] = [
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "season",
    "half-year",
    "year",
    "decade",
    "century",
]


def _joined_yearly(first: Term, last: Term, grain: Grain) -> Term | None:
    """A stated year on one side serves the other: "from October to March 2021"."""
    if last.fixed is not None:
        end = last.fixed
        for year in (end[0].year, end[0].year - 1):
            start = first.in_year(year)
            if start is not None and start[0] <= end[0]:
                return fixed(grain, (start[0], end[1]))
        return None
    if first.fixed is not None:
        begin = first.fixed
        for year in (begin[0].year, begin[0].year + 1):
            stop = last.in_year(year)
            if stop is not None and stop[0] >= begin[0]:
                return fixed(grain, (begin[0], stop[1]))
        return None

    def make(year: int) -> Interval | None:
        start = first.in_year(year)
        stop = last.in_year(year)
        if start is None or stop is None:
            return None
        if stop[0] < start[0]:
            stop = last.in_year(year + 1)
        return None if stop is None else (start[0], stop[1])

    term = yearly(grain, make)
    return term if term.example() is not None else None
