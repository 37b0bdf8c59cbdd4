"""Calendar arithmetic on half-open intervals of days.

Every function returns ``(start, end)`` with `end` excluded, and raises ValueError or
OverflowError for what no calendar has; callers drop such dates.
"""

from __future__ import annotations

import calendar
import datetime as dt

Interval = tuple[dt.date, dt.date]

ONE_DAY = dt.timedelta(days=1)
MONTHS_IN = {"month": 1, "quarter": 3, "half-year": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}


def day(year: int, month: int, number: int) -> Interval:
    start = dt.date(year, month, number)
    return start, start + ONE_DAY


def days(start: dt.date, count: int = 1) -> Interval:
    return start, start + dt.timedelta(days=count)


def add_months(date: dt.date, count: int) -> dt.date:
    """The same day of another month, or that month's last day where it is shorter."""
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(date.day, last))


def add(date: dt.date, unit: str, count: int) -> dt.date:
    if unit in DAYS_IN:
        return date + dt.timedelta(days=DAYS_IN[unit] * count)
    return add_months(date, MONTHS_IN[unit] * count)


def months(year: int, month: int, count: int = 1) -> Interval:
    start = dt.date(year, month, 1)
    return start, add_months(start, count)


def containing(date: dt.date, unit: str) -> Interval:
    """The calendar unit that holds the day; weeks start on Monday."""
    if unit == "day":
        return days(date)
    if unit in ("week", "fortnight"):
        return days(date - dt.timedelta(days=date.weekday()), DAYS_IN[unit])
    if unit == "weekend":
        return days(date + dt.timedelta(days=5 - date.weekday()), 2)
    size = MONTHS_IN[unit]
    if size <= 12:
        return months(date.year, (date.month - 1) // size * size + 1, size)
    years = size // 12
    return months(date.year // years * years, 1, size)


def unit_at(reference: dt.date, unit: str, offset: int) -> Interval:
    """The calendar unit `offset` units away from the one that holds the reference."""
    start, _ = containing(reference, unit)
    if unit == "weekend":
        return days(start + dt.timedelta(days=7 * offset), 2)
    return containing(add(start, unit, offset), unit)


def weeks_of(interval: Interval) -> list[Interval]:
    """The weeks of a month or year: those whose Thursday lies in it, as ISO 8601 counts."""
    week = containing(interval[0], "week")
    found = []
    while week[0] < interval[1]:
        if interval[0] <= week[0] + dt.timedelta(days=3) < interval[1]:
            found.append(week)
        week = days(week[1], 7)
    return found


def part(interval: Interval, which: str) -> Interval:
    """The early, middle or late part: ten days of a month, a third of anything longer."""
    start, end = interval
    length = (end - start).days
    if length >= 80:
        count = round(length / 30.44)
        # Thirds of decades and centuries are whole years.
        third = count // 36 * 12 if count >= 120 else max(1, count // 3)
        first, second = add_months(start, third), add_months(start, count - third)
    elif length >= 28:
        first, second = start + dt.timedelta(days=10), start + dt.timedelta(days=20)
    else:
        third = max(1, round(length / 3 + 0.4))
        first, second = start + dt.timedelta(days=third), end - dt.timedelta(days=third)
    return {"early": (start, first), "mid": (first, second), "late": (second, end)}[which]


def pieces(interval: Interval, unit: str) -> list[Interval]:
    """The interval cut into its days, weeks, months, quarters, halves or years, in order."""
    if unit == "week":
        return weeks_of(interval)
    found: list[Interval] = []
    start = interval[0]
    while start < interval[1] and len(found) < 1300:
        step = containing(start, unit)
        found.append(step)
        start = step[1]
    if unit == "weekend":
        return [step for step in found if step[0] < interval[1]]
    return found
