"""Days as tables and exports write them: "04/05/2021" is in May or in April."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from corpus.errors import SourceError

_DAY = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T,].*)?")
_LAST_MONTH = 12


def day_first(values: Iterable[object]) -> bool | None:
    """Whether "04/05/2021" is in May, by what other days beside it can only mean."""
    pairs = [
        (int(match[1]), int(match[2]))
        for value in values
        if isinstance(value, str) and (match := _DAY.fullmatch(value))
    ]
    day = any(first > _LAST_MONTH for first, _ in pairs)
    month = any(second > _LAST_MONTH for _, second in pairs)
    return None if day == month else day


def written_day(value: object, first: bool | None) -> object:
    """The day of "04/05/2021", where `first` tells whether the day comes first; else `value`, an
    instant as its day.

    Raises `SourceError` where day and month cannot be told apart, and for a day that is none.
    """
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value.date() if isinstance(value, dt.datetime) else value
    one, other, year = map(int, match.groups())
    if first is None and one != other:
        raise SourceError(
            "has a date of which day and month cannot be told apart: “%(date)s”; write it as "
            "YYYY-MM-DD",
            date=value,
        )
    day, month = (one, other) if first else (other, one)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise SourceError("has no such date: “%(date)s”", date=value) from error
