"""The year a text speaks from, where its own words give it.

Two kinds of evidence are taken. A sentence may present a year as the current one: "Năm 2020 là
năm hai nước kỷ niệm…", an office held with a year ("président de l'ASEAN 2020"), the span of an
anniversary ("1973-2023"). Or it may report a recent past of month grain or finer, such as a
running statistic ("6 tháng đầu năm 2021"), after which the first such day comes. Founding years,
plans and earlier history never count; evidence that conflicts gives no year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.dates.find import find_dates
from corpus.dates.mention import DateMention
from corpus.dates.year_words import (
    AFTER_ANOTHER,
    AHEAD,
    ANNIVERSARY,
    ANNIVERSARY_SPAN,
    COMPARED,
    COMPARED_TO,
    COUNTED,
    CURRENT,
    ENCOUNTER,
    HISTORY,
    MONTHS,
    NEW_YEAR,
    NOT_NOW,
    ORG,
    PLAN,
    RECENT,
    STATISTIC,
    THIS_EVENT,
    TO_COME,
    UNTIL_NOW,
)

_FRESH = 300  # days from a recent past to the event, at most
_REPORTED = 3  # days from the event to the report of it that bears a full date, at most
_LONGEST = 100  # characters of evidence shown

Sentences = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A year that words in the text give to the event, and where those words stand."""

    year: int
    start: int
    end: int
    # What presents the year as current outweighs a past after which the event must come.
    strength: Literal["current", "recent"]
    # A full date beside the event's own, "this year", an office held: nothing to weigh.
    dated: bool = False


_ENDS = re.compile(r"[.!?…:;\"”»)/]\s*$")


def infer_year(
    text: str,
    sentences: Sentences,
    language: str,
    *,
    month: int,
    day: int,
    announced: bool = False,
) -> tuple[int, int, int] | None:
    """The year of an event on a month and day, with the span of the words that gave it.

    Returns ``(year, start, end)`` with ``text[start:end]`` at most about a hundred characters;
    None where the text gives no year or contradicts itself.
    """
    end = max((stop for _, stop in sentences), default=0)
    every = find_dates(text[:end], language)
    dates = [date for date in every if date.start and not date.partial]
    days = [date.start_char for date in every if (date.month, date.day) == (month, day)]
    found: list[Evidence] = []
    past: list[DateMention] = []
    for start, stop in sentences:
        sentence = text[start:stop]
        own = [date for date in dates if start <= date.start_char < stop]
        found += _current(sentence, start)
        found += _new_year(sentence, start, month)
        if not own:
            continue
        about = any(start <= at < stop for at in days) or bool(THIS_EVENT.match(sentence))
        found += _running(sentence, start, own, month, day, about)
        found += _same_day(sentence, own, month, day)
        past += _reported_past(sentence, start, own)
    chosen = _agreed(found, month, day, announced)
    if chosen is None:
        return None
    event = _date(chosen.year, month, day)
    if event is None or any(date.start and (date.start - event).days > _REPORTED for date in past):
        return None
    return chosen.year, *_shown(text, chosen)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _agreed(found: list[Evidence], month: int, day: int, announced: bool) -> Evidence | None:
    """The evidence to show, if all of it gives one year; of recent pasts the latest counts."""
    current = [one for one in found if one.strength == "current"]
    recent = [one for one in found if one.strength == "recent"]
    del day
    if len({one.year for one in recent}) > 1:
        return None
    latest = recent[-1] if recent else None
    if current:
        years = {one.year for one in current}
        if len(years) > 1:
            return None
        year = current[0].year
        if latest is not None and latest.year != year:
            return None
        # "In 2022 the two countries mark…; he will come on 5 January" may mean either year, and
        # in December the year that "marks" something may be the next.
        unsure = (announced and month <= 2) or (month == 12 and not current[0].dated)
        return None if unsure and latest is None else current[0]
    return latest


def _new_year(sentence: str, offset: int, month: int) -> list[Evidence]:
    if month not in (12, 1, 2):
        return []
    return [
        Evidence(
            int(match["y"]) - (month == 12), offset + match.start(), offset + match.end(), "recent"
        )
        for match in NEW_YEAR.finditer(sentence)
    ]


def _current(sentence: str, offset: int) -> list[Evidence]:
    found = []
    for pattern in CURRENT:
        for match in pattern.finditer(sentence):
            clause = _clause(sentence, match.start(), match.end())
            if NOT_NOW.search(clause):
                continue
            settled = pattern in CURRENT[:4] or ORG in pattern.pattern
            found.append(
                Evidence(
                    int(match["y"]),
                    offset + match.start(),
                    offset + match.end(),
                    "current",
                    settled,
                )
            )
    for match in ANNIVERSARY_SPAN.finditer(sentence):
        first, last = int(match["a"]), int(match["y"])
        for marked in ANNIVERSARY.finditer(sentence):
            count = next(int(value) for value in marked.groups() if value)
            if count == last - first and not TO_COME.search(sentence):
                found.append(
                    Evidence(last, offset + marked.start(), offset + match.end(), "current")
                )
                break
    return found


def _clause(sentence: str, start: int, end: int) -> str:
    """The words around a match up to the nearest comma or semicolon on either side."""
    left = max(sentence.rfind(sign, 0, start) for sign in ",;:(")
    rights = [at for at in (sentence.find(sign, end) for sign in ",;:)") if at >= 0]
    return sentence[left + 1 : min(rights, default=len(sentence))]


def _comparison(date: DateMention, before: str) -> bool:
    """Return whether a statistic is held against that time: "so với cùng kỳ 2020"."""
    return bool(COMPARED.match(date.text) or COMPARED_TO.search(before))


def _running(
    sentence: str, offset: int, own: Sequence[DateMention], month: int, day: int, about: bool
) -> list[Evidence]:
    """A statistic up to a month, or a past said to be recent: the event is the next such day.

    `about`: the sentence speaks of the event itself, so that what it follows is recent.
    """
    found = []
    for date in own:
        before = sentence[max(0, date.start_char - offset - 40) : date.start_char - offset]
        if date.start is None or date.end is None or _comparison(date, before):
            continue
        length = (date.end - date.start).days
        if length > 310 or date.open in ("after", "before", "since"):
            continue
        if (
            length > 35
            and date.grain not in ("quarter", "half-year")
            and not MONTHS.search(date.text)
        ):
            continue  # "late 2014" is neither a count of months nor a month
        around = sentence[max(0, date.start_char - offset - 140) : date.end_char - offset + 140]
        near = sentence[max(0, date.start_char - offset - 60) : date.end_char - offset]
        if PLAN.search(near) or (date.open == "until" and not UNTIL_NOW.search(near)):
            continue
        counted = date.open == "until" or bool(COUNTED.search(near))
        cumulative = length > 35 or counted
        statistic = counted or (cumulative and bool(STATISTIC.search(around)))
        at = date.start_char - offset
        recent = bool(RECENT.search(sentence, max(0, at - 60), date.end_char - offset + 12))
        if about and (tie := AFTER_ANOTHER.search(sentence, max(0, at - 230), at)):
            recent = recent or bool(ENCOUNTER.search(sentence, tie.start(), at))
        if not (statistic or recent) or AHEAD.search(sentence):
            continue
        if not statistic and (HISTORY.search(near) or length > 35):
            continue
        event = _next(date.end, month, day)
        if event is None or (event - date.end).days > _FRESH:
            continue
        found.append(Evidence(event.year, date.start_char, date.end_char, "recent"))
    return found


def _next(after: dt.date, month: int, day: int) -> dt.date | None:
    for year in range(after.year, after.year + 2):
        event = _date(year, month, day)
        if event is not None and event >= after:
            return event
    return None


def _same_day(sentence: str, own: Sequence[DateMention], month: int, day: int) -> list[Evidence]:
    """The event's day in full elsewhere: a caption, the days of a trip, a stamp just after."""
    found = []
    for date in own:
        if date.grain != "day" or date.start is None or date.open or date.relative:
            continue
        event = _date(date.start.year, month, day)
        inside = event is not None and date.end is not None and date.start <= event < date.end
        if event is None or not (inside or 0 <= (date.start - event).days <= _REPORTED):
            continue
        if date.start.year < 1995:
            continue
        if HISTORY.search(sentence):
            continue
        found.append(Evidence(date.start.year, date.start_char, date.end_char, "current", True))
    return found


def _reported_past(sentence: str, offset: int, own: Sequence[DateMention]) -> list[DateMention]:
    """Dates that the sentence reports as past, against which an inferred day is held."""
    if len(sentence) < 80 and not _ENDS.search(sentence):
        return []  # a menu line or a headline, not a statement
    found = []
    for date in own:
        if date.open in ("until", "after", "before", "since") and date.open != "since":
            continue
        near = sentence[max(0, date.start_char - offset - 80) : date.end_char - offset + 60]
        if PLAN.search(near) or re.search(r"[-–]\s*20\d\d", date.text):
            continue
        found.append(date)
    return found


def _shown(text: str, evidence: Evidence) -> tuple[int, int]:
    """The evidence clause, cut at a word so that it stays short."""
    start, end = evidence.start, evidence.end
    if evidence.strength == "current":
        stop = re.compile(r"[,;.:\n]").search(text, end)
        limit = stop.start() if stop else len(text)
        end = min(limit, start + _LONGEST)
        if end < limit:
            cut = text.rfind(" ", evidence.end, end)
            end = cut if cut > 0 else evidence.end
    return start, max(end, evidence.end)
