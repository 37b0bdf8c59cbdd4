"""Dates of a statement that its evidence does not have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from corpus.article import Span
from corpus.dates import DateMention, find_dates
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.quantities import find_quantities
from retrieval.verify.taken import Taken
from retrieval.verify.told import Told

_Day = tuple[int | None, int | None, int | None]
_SOME_DAY = dt.date(2001, 5, 16)
"""A day to count from: "yesterday" and "hier" are the same whichever it is."""

_SIDES = {"since": "later", "after": "later", "before": "earlier", "until": "earlier"}


def date_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The dates and days of the week that `evidence` does not have."""
    yield from _dates(statement, evidence)
    yield from _weekdays(statement, evidence)
    yield from _relative_dates(statement, evidence)


def _dates(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = [date for each in evidence for date in (*each.dates, *each.known_dates)]
    # A day without a year takes it from days that have one, or from what is known of the text.
    fuller = [date for each in evidence for date in each.dates if date.grain == "day"]
    fuller += [date for each in evidence for date in each.known_dates]
    years = {year for date in fuller for year in years_of(date)}
    # Else from the last one named: the press compares with years gone by.
    years = years or set(sorted({year for date in told for year in years_of(date)})[-1:])
    numbers = {value for each in evidence for q in each.quantities for value in q.values}
    for date in statement.dates:
        if date.grain == "year" and date.start and float(date.start.year) in numbers:
            continue
        if date.relative or (date.start is None and date.month is None):
            continue
        if date.grain == "decade" and date.start and float(date.start.year % 100) in numbers:
            continue  # "thập niên 90"
        if date.grain != "day" and date.partial and _counts(statement, date) & numbers:
            continue  # "the first nine months of the year"
        if not (
            any(_agree(date, other, years) for other in told)
            or _ends_told(date, told)
            or _is_end(date, told)
        ):
            yield Problem("date", Span(date.start_char, date.end_char), MISSING)


def _ends_told(date: DateMention, told: Sequence[DateMention]) -> bool:
    """Whether the first and the last day of a run stand apart in the evidence."""
    first, last = _bounds(date)
    if first is None or last is None or first == last or (date.start and _one_unit(date)):
        return False
    begins = [begin for begin, _ in map(_bounds, told) if begin is not None]
    ends = [end for _, end in map(_bounds, told) if end is not None]
    day = date.grain == "day"
    return any(_is_same_day(first, begin, day) for begin in begins) and any(
        _is_same_day(last, end, day) for end in ends
    )


def _is_end(date: DateMention, told: Sequence[DateMention]) -> bool:
    """Whether a month is the first or the last of a run: March of "from January to March"."""
    return (
        date.grain == "month"
        and date.month is not None
        and date.end_month is None
        and any(
            other.grain == "month" and date.month in (other.month, other.end_month)
            for other in told
            if other.end_month is not None
        )
    )


def _is_same_day(one: _Day, other: _Day, day: bool) -> bool:
    """Whether two days, or months where no `day` is meant, agree as far as both are told."""
    if one[1] != other[1] or (day and one[2] != other[2]):
        return False
    return all(
        mine == theirs or None in (mine, theirs) for mine, theirs in zip(one, other, strict=True)
    )


def _counts(statement: Told, date: DateMention) -> set[float]:
    """The numbers in the words of a date: 9 in "9 tháng đầu năm"."""
    found = find_quantities(date.text, statement.language)
    return {value for quantity in found for value in quantity.values}


def years_of(date: DateMention) -> set[int]:
    """The years that a date lies in, none where its words do not state them."""
    if date.start is None or date.end is None or date.partial:
        return set()
    return set(range(date.start.year, (date.end - dt.timedelta(days=1)).year + 1))


def _agree(date: DateMention, other: DateMention, years: set[int]) -> bool:
    """Whether `other`, in the evidence, supports `date`; `years` are all that the evidence names.

    A coarser date is supported by a finer one within it, never the other way round; a day
    without a year takes it from elsewhere in the evidence.
    """
    first, last = _bounds(date)
    begin, end = _bounds(other)
    if first is None or begin is None or last is None or end is None:
        return False
    if len({_SIDES[each.open] for each in (date, other) if each.open}) > 1:
        return False
    if first[0] is not None and other.relative and other.start is None:
        return False  # "20 December last year" tells no year here
    if None not in (first[0], begin[0]):
        if date.grain == "year" and other.grain == "year" and first[0] in (begin[0], end[0]):
            return last[0] in (begin[0], end[0])
        if not _one_unit(date):
            return first == begin and end == last
        return first <= begin and end <= last
    if first[0] is not None and first[0] not in years:
        return False
    if first != last and not _is_same_day(last, end, date.grain == "day"):
        return False  # a run that ends otherwise, or a single day
    if begin[0] is not None and date.partial:
        return begin[1:] == first[1:] or (first[2] is None and begin[1] == first[1])
    if first[2] is None:
        return begin[1] == first[1]
    return begin[1:] == first[1:] and end[1:] == last[1:]


def _one_unit(date: DateMention) -> bool:
    """Whether a date is one day, one month, one year: a run must be the same run."""
    if date.start is None or date.end is None:
        return True
    days = (date.end - date.start).days
    return days <= {"day": 1, "month": 31, "year": 366}.get(date.grain, days)


def _bounds(date: DateMention) -> tuple[_Day | None, _Day | None]:
    """First and last day as (year, month, day), None for what is not said."""
    if date.start is not None and date.end is not None:
        last = date.end - dt.timedelta(days=1)
        return (
            (date.start.year, date.start.month, date.start.day),
            (last.year, last.month, last.day),
        )
    if date.month is None:
        return None, None
    first = (None, date.month, date.day)
    if date.end_month is not None:
        return first, (None, date.end_month, date.end_day)
    return first, first


def _weekdays(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = {day.number for each in evidence for day in each.weekdays}
    for day in statement.weekdays:
        if day.number not in told:
            yield Problem("date", day.span, MISSING)


def _relative_dates(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """ "Last year" where the evidence has "this year", and no date that either might be."""
    if any(each.dates or each.known_dates for each in evidence):
        return
    told = [other for each in evidence for other in _counted_from_a_day(each)]
    for date in _counted_from_a_day(statement) if told else ():
        if not any(_within(other, date) for other in told):
            yield Problem("date", Span(date.start_char, date.end_char), MISSING)


def _counted_from_a_day(told: Told) -> list[DateMention]:
    """The dates of a text that count from a day, but for days of the week."""
    weekdays = Taken(len(told.text), (day.span for day in told.weekdays))
    return [
        date
        for date in find_dates(told.text, told.language, _SOME_DAY)
        if date.relative and not weekdays.meets(Span(date.start_char, date.end_char))
    ]


def _within(inner: DateMention, outer: DateMention) -> bool:
    if inner.start is None or inner.end is None or outer.start is None or outer.end is None:
        return True
    return outer.start <= inner.start and inner.end <= outer.end
