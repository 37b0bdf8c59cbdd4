"""The days that a question is about, and whether they are those of publication."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Span
from corpus.conditions import Period
from corpus.dates import DateMention, find_dates
from corpus.words import fold
from retrieval.words import idle_words

_OF_PUBLICATION = re.compile(
    r"\b(?:publish(?:ed)?|reported|publie(?:s|e|es)?|paru(?:s|e|es)?"
    r"|dang(?: tai)?|dua tin|xuat ban)"
    r"(?: (?:in|on|during|since|between|en|le|au|depuis|entre|vao|trong|tu|ngay|hom)){0,2} $"
)
"""Words that ask for the publication, right before the period: "published in May"."""

_OF_ARTICLE = re.compile(
    r"(?:['’]s?|[\"'’”»])*(?: (?:articles?|reports?|story|piece|post|dated|from|of|on|in|du|de"
    r"|le|en|ngay|hom|vao|thang)){1,4} "
)
"""What stands between an outlet and the day of its article: "the Post article of 3 May"."""

_LEAP_YEAR = 2000  # has every day that some year has
_FARTHEST_AHEAD = dt.timedelta(days=366)
"""A press corpus has nothing from later; "the worst war in 50 years" names no period."""

_GRAINS = {"day", "week", "weekend", "month", "quarter", "season", "half-year", "year", "decade"}


def overlaps(start: int, end: int, taken: Sequence[Span]) -> bool:
    return any(start < span.end and span.start < end for span in taken)


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    days: Period
    of_publication: bool


def asked_period(text: str, language: str, today: dt.date, taken: list[Span]) -> AskedPeriod | None:
    """The days that the question is about; their words are added to `taken`.

    Several dates ("in 2019 and 2021", "from 3 May") span from the first to the last.
    """
    known = language if language in {"en", "fr", "vi"} else None

    def usable(mention: DateMention) -> bool:
        return (
            mention.grain in _GRAINS
            and not overlaps(mention.start_char, mention.end_char, taken)
            and not (mention.relative and _day_in_a_name(text, mention))
            and (mention.start is None or mention.start - today <= _FARTHEST_AHEAD)
        )

    mentions = [mention for mention in find_dates(text, known, None) if usable(mention)]
    if any(mention.relative for mention in mentions) or not mentions:
        mentions = [m for m in find_dates(text, known, today) if m.start and usable(m)]
    if not mentions:
        return None
    before = text[: mentions[0].start_char]
    of_publication = bool(
        _OF_PUBLICATION.search(fold(before))
        or any(_OF_ARTICLE.fullmatch(fold(before[span.end :])) for span in taken)
    )
    taken.extend(Span(mention.start_char, mention.end_char) for mention in mentions)
    dated = [mention for mention in mentions if mention.start and mention.end]
    if not dated and any(mention.open for mention in mentions):
        # "since July" can only mean the last one.
        dated = [m for m in find_dates(text, known, today) if m.start and m.end and usable(m)]
    days = _spanned(dated, today) if dated else _any_year(mentions)
    return AskedPeriod(days, of_publication) if days else None


def _day_in_a_name(text: str, mention: DateMention) -> bool:
    """Whether a day of the week belongs to a name: "Black Friday", "Monday Night Football"."""
    if not text[mention.start_char].isupper() or " " in mention.text or text.isupper():
        return False
    before = re.search(r"([^\W\d_]+) $", text[: mention.start_char])
    after = re.match(r" ([^\W\d_]+)", text[mention.end_char :])
    return any(
        word is not None and word.group(1)[0].isupper() and fold(word.group(1)) not in idle_words()
        for word in (before, after)
    )


def _spanned(dated: Sequence[DateMention], today: dt.date) -> Period:
    """From the first day of all to the last."""
    if len(dated) == 2 and dated[0].open in {"since", "after"}:
        until = {"until", "before"}
        first, last = _opened(dated[0], today), _opened(dated[1], today)
        return Period(first.start, last.end if dated[1].open in until else first.end)
    periods = [_opened(mention, today) for mention in dated]
    starts = [period.start for period in periods]
    ends = [period.end for period in periods]
    return Period(
        None if None in starts else min(start for start in starts if start),
        None if None in ends else max(end for end in ends if end),
    )


def _opened(mention: DateMention, today: dt.date) -> Period:
    assert mention.start is not None and mention.end is not None  # noqa: S101 - for the type checker
    day = dt.timedelta(days=1)
    start, end = mention.start, mention.end
    match mention.open:
        case "since":
            return Period(start.isoformat(), max(today, end - day).isoformat())
        case "after":
            return Period(end.isoformat(), max(today, end).isoformat())
        case "before":
            return Period(None, (start - day).isoformat())
        case "until":
            return Period(None, (end - day).isoformat())
        case _:
            return Period(start.isoformat(), (end - day).isoformat())


def _any_year(mentions: Sequence[DateMention]) -> Period | None:
    """Months or days without their year: that time of any year, for nothing says which."""
    first, last = mentions[0], mentions[-1]
    last_month = last.end_month or last.month
    if first.month is None or last_month is None:
        return None
    end = last.end_day or last.day or calendar.monthrange(_LEAP_YEAR, last_month)[1]
    return Period(f"--{first.month:02d}-{first.day or 1:02d}", f"--{last_month:02d}-{end:02d}")
