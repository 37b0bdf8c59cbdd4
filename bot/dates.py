"""Days, periods and event dates in the reader's words."""

from __future__ import annotations

import calendar
import datetime as dt

from babel.dates import format_date

from bot.words import known_language, words
from corpus.article import Event
from corpus.conditions import Period

_PATTERNS = {
    "en": {"day": "d MMMM y", "short": "d MMMM", "month": "MMMM y"},
    "fr": {"day": "d MMMM y", "short": "d MMMM", "month": "MMMM y"},
    "vi": {"day": "d MMMM 'năm' y", "short": "d MMMM", "month": "MMMM 'năm' y"},
}
_BEHIND_A_NAME = {"en": " ", "fr": " ", "vi": ", "}
_LEAP = 2000  # a year in which every MM-DD exists


def day(value: dt.date, language: str) -> str:
    """A day with its year: "16 April 2020"."""
    return _format(value, "day", language)


def weekday(value: dt.date, language: str) -> str:
    """A day with its name: "Monday 30 November 2026"."""
    name = format_date(value, "EEEE", locale=known_language(language))
    return f"{name}{_BEHIND_A_NAME[known_language(language)]}{day(value, language)}"


def month(value: str, language: str) -> str:
    """A month with its year, of "2020-04": "April 2020"."""
    return _format(dt.date.fromisoformat(f"{value}-01"), "month", language)


def moment(value: str, language: str) -> str:
    """An instant in ISO form, to the minute and in UTC: "16 April 2020, 07:30 UTC"."""
    instant = dt.datetime.fromisoformat(value).astimezone(dt.UTC)
    return f"{day(instant.date(), language)}, {instant:%H:%M} UTC"


def _format(value: dt.date, kind: str, language: str) -> str:
    language = known_language(language)
    text = format_date(value, _PATTERNS[language][kind], locale=language)
    if language == "fr" and value.day == 1 and kind != "month":
        text = "1er" + text[1:]
    return text


def span(start: dt.date, end: dt.date, language: str, *, with_year: bool = True) -> str:
    """One day or a run of days: "29–30 March 2023"."""
    last = _format(end, "day" if with_year else "short", language)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    first = _format(start, "day" if with_year and start.year != end.year else "short", language)
    return f"{first} – {last}"


def event_day(event: Event, language: str) -> str:
    """The event's date, as finely as it is known and with the year only where it is known."""
    if event.precision == "day-unknown-year":
        start, end = (_of_any_year(value) for value in (event.start, event.end))
        return span(start, end, language, with_year=False)
    start, end = dt.date.fromisoformat(event.start), dt.date.fromisoformat(event.end)
    if event.precision in {"month", "year"}:
        return period(Period(event.start, event.end), language)
    return span(start, end, language)


def _of_any_year(value: str) -> dt.date:
    return dt.date(_LEAP, int(value[2:4]), int(value[5:7]))


def period(value: Period, language: str) -> str:
    """A period in words: "2020", "March 2021", "1 January – 30 June 2021", "July of any year"."""
    w = words(language)
    if value.start is None and value.end is None:
        return ""
    if value.any_year and value.start and value.end:
        return w.gettext("%(days)s of any year") % {"days": _any_year(value, language)}
    if value.start is None:
        last = dt.date.fromisoformat(value.end or "")
        return w.gettext("up to %(day)s") % {"day": day(last, language)}
    start = dt.date.fromisoformat(value.start)
    if value.end is None:
        return w.gettext("since %(day)s") % {"day": day(start, language)}
    end = dt.date.fromisoformat(value.end)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if _whole_month(start, end):
        return _format(start, "month", language)
    return span(start, end, language)


def _whole_month(start: dt.date, end: dt.date) -> bool:
    last = calendar.monthrange(start.year, start.month)[1]
    return start.day == 1 and (end.year, end.month, end.day) == (start.year, start.month, last)


def _any_year(value: Period, language: str) -> str:
    start, end = value.start or "", value.end or ""
    if start[-2:] == "01" and end[-2:] == "31" and start[2:4] == end[2:4]:
        return format_date(_of_any_year(start), "MMMM", locale=known_language(language))
    last = min(int(end[5:7]), calendar.monthrange(_LEAP, int(end[2:4]))[1])
    return span(_of_any_year(start), dt.date(_LEAP, int(end[2:4]), last), language, with_year=False)
