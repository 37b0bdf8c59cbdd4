"""Weekdays in any language, and days of a month in languages without date rules of their own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.article import Span
from corpus.dates import DateMention
from corpus.words import fold


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 0 for Monday."""

    number: int
    span: Span


def find_weekdays(text: str, language: str) -> list[Weekday]:
    """The days of the week named in `text`."""
    names = _weekdays(language)
    if not names:
        return []
    plain = folded(text)
    pattern = (
        r"(?<!\w)(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")s?(?!\w)"
    )
    return [
        Weekday(names[match.group(1)], Span(match.start(), match.end()))
        for match in re.finditer(pattern, plain)
        if language != "vi" or _is_weekday(text, match)
    ]


def folded(text: str) -> str:
    """`text` without accents, character for character, so that places stay what they are."""
    return "".join(map(_folded_character, text))


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    return " " if character.isspace() else fold(character)[:1] or " "


def _is_weekday(text: str, match: re.Match[str]) -> bool:
    """Whether "thứ hai" is Monday and not "second": by its capital, or by what is around it."""
    surface = match.group()
    written = text[match.start() : match.end()]
    second = written.split()[-1]
    if len(written.split()) > 1 and second[0].isupper():
        return True
    around = text[max(0, match.start() - 6) : match.start()].lower()
    after = text[match.end() : match.end() + 3]
    return surface == "chu nhat" or "ngày " in around or "hôm" in around or "(" in after


@cache
def _weekdays(language: str) -> Mapping[str, int]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - read when a text is

    try:
        days = Locale.parse(language).days["format"]["wide"]
    except (UnknownLocaleError, ValueError, KeyError):
        return {}
    named = {fold(name): number for number, name in days.items()}
    if language == "vi":
        named |= {f"thu {number + 2}": number for number in range(6)}
    return named


@cache
def _months(language: str) -> Mapping[str, int]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - as above

    try:
        months = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        fold(name).rstrip("."): number
        for kind in ("format", "stand-alone")
        for number, name in months[kind]["wide"].items()
        if not name.isdigit()
    }


def find_month_days(text: str, language: str) -> list[DateMention]:
    """Dates such as "5 de julio de 2021", "am 5. Juli", "julio de 2021", by CLDR's month names."""
    months = _months(language)
    if not months:
        return []
    names = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
    day_of, of_year = r"(?:(\d{1,2})[.ºo]?(?: de)? )?", r"(?:(?: del?(?: ano)?)?,? (\d{4}))?"
    pattern = re.compile(rf"(?<!\w){day_of}({names}){of_year}(?!\w)")
    found = []
    for match in pattern.finditer(folded(text)):
        day, month, year = match.group(1), months[match.group(2)], match.group(3)
        if day is None and year is None:
            continue
        start, end = _days(int(year) if year else None, month, int(day) if day else None)
        if year and start is None:
            continue
        found.append(
            DateMention(
                text=text[match.start() : match.end()],
                start_char=match.start(),
                end_char=match.end(),
                start=start,
                end=end,
                month=None if year else month,
                day=None if year or not day else int(day),
                grain="day" if day else "month",
                partial=year is None,
            )
        )
    return found


def _days(
    year: int | None, month: int, day: int | None
) -> tuple[dt.date, dt.date] | tuple[None, None]:
    if year is None:
        return None, None
    try:
        if day is not None:
            start = dt.date(year, month, day)
            return start, start + dt.timedelta(days=1)
        return dt.date(year, month, 1), dt.date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None, None
