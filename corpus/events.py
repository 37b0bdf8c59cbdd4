"""When the reported meeting, call or visit took place.

The event's day stands as a rule in the lead. `find_event` takes the first day that a sentence
gives to a meeting, call, visit and the like, leaves out days of history, and settles the year:
from the words, from the publication date, or from what the text itself says about its year
(`corpus.dates.year_evidence`). A year that nothing settles stays unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus import event_words as cues
from corpus.article import Event, EventKind, Span
from corpus.dates import DateMention, find_dates
from corpus.dates.year_evidence import infer_year
from corpus.event_kinds import KindMention, kind_terms, kinds_in

__all__ = ["KindMention", "find_event", "kind_terms", "kinds_in", "looks_ahead"]

_STRONG: tuple[EventKind, ...] = ("call", "meeting", "visit", "online-meeting", "agreement")
_LEAD = 12  # sentences in which an event's day is looked for
_NEARBY = 24  # sentences read for the kind
_LONGEST = 21  # days a visit or conference lasts at most
_MODERN = 1990  # a day of an earlier year is history in an article of today
_OLDEST = 45  # days from an event with its year to the report of it, at most
_OLDEST_PARTIAL = 150  # the same where the year is the nearest one
_AHEAD = 60  # days from the publication to an event without a year that no verb announces
_ANNOUNCED = 183  # the same where a verb announces it


@dataclass(frozen=True)
class _Sentence:
    """A sentence with its dates and kinds; their spans count from the start of the text."""

    index: int
    start: int
    text: str
    dates: list[DateMention]

    @cached_property
    def kinds(self) -> list[KindMention]:
        return [
            KindMention(
                found.kind, Span(found.span.start + self.start, found.span.end + self.start)
            )
            for found in kinds_in(self.text)
        ]

    def before(self, mention: DateMention, width: int = 60) -> str:
        at = mention.start_char - self.start
        return self.text[max(0, at - width) : at]

    def after(self, mention: DateMention) -> str:
        return self.text[mention.end_char - self.start :]

    def around(self, mention: DateMention) -> str:
        """The sentence without the date."""
        start, end = mention.start_char - self.start, mention.end_char - self.start
        return self.text[:start] + self.text[end:]

    @property
    def is_strong(self) -> bool:
        return any(found.kind in _STRONG for found in self.kinds)


def find_event(
    text: str,
    sentences: Sequence[Span],
    *,
    title: str | None,
    language: str,
    published: dt.date | None,
) -> Event | None:
    """The date and kind of the event an article reports, or None where it gives no date.

    `sentences` are spans of `text`; `date_words` and `year_words` of the result are too. With
    `published`, dates without a year and words such as "yesterday" count from it. Raises
    nothing; an unknown year gives precision ``day-unknown-year``.
    """
    teaser = cues.TEASERS.search(text, len(text) // 5)
    end = teaser.start() if teaser else len(text)
    kept = [span for span in sentences if span.start < end and span.end <= len(text)]
    if not kept:
        return None
    lead = _sentences(text, kept[:_NEARBY], language, published)
    chosen = _choose(lead, published)
    if chosen is None:
        return _longer_event(lead, published)
    sentence, mention = chosen
    kind = _kind(lead, sentence, mention, title)
    if kind == "visit":
        sentence, mention = _whole_trip(lead, sentence, mention, published)
    event = Event(
        start="",
        end="",
        precision="day",
        year_basis="stated",
        kind=kind,
        announced=looks_ahead(sentence.text, mention, sentence.start),
        date_words=Span(mention.start_char, mention.end_char),
    )
    if mention.start is None:
        return _without_year(event, text, kept, mention, language)
    return _with_year(event, text, mention, language, published)


def _with_year(
    event: Event, text: str, mention: DateMention, language: str, published: dt.date | None
) -> Event | None:
    """The event on a day whose year is stated, or given by the publication date."""
    if mention.start is None or mention.end is None:
        return None
    days, announced = (mention.start, mention.end), event.announced
    if not (mention.partial or mention.relative):
        return _on(event, days, announced and (published is None or days[0] > published))
    if published is None:
        return None
    far = (published - days[0]).days > _OLDEST_PARTIAL
    if announced or far:
        days = _next_after(text, mention, language, published) or days
    return _on(
        replace(event, year_basis="published"), days, (announced or far) and days[0] > published
    )


def _on(event: Event, days: tuple[dt.date, dt.date], announced: bool) -> Event:
    last = days[1] - dt.timedelta(days=1)
    return replace(event, start=days[0].isoformat(), end=last.isoformat(), announced=announced)


def _next_after(
    text: str, mention: DateMention, language: str, published: dt.date
) -> tuple[dt.date, dt.date] | None:
    """The announced day: the nearest one not before the publication, unless that is far off."""
    begin = max(0, text.rfind("\n", 0, mention.start_char))
    piece = text[begin : mention.end_char + 40]
    for date in find_dates(piece, language, published, "future"):
        if date.start_char + begin == mention.start_char and date.start and date.end:
            near = (date.start - published).days <= _ANNOUNCED
            return (date.start, date.end) if near else None
    return None


def _without_year(
    event: Event, text: str, kept: Sequence[Span], mention: DateMention, language: str
) -> Event | None:
    """The event on a day whose year only the rest of the text can tell, if anything."""
    if mention.month is None or mention.day is None:
        return None
    last_month = mention.end_month or mention.month
    last_day = mention.end_day or mention.day
    evidence = infer_year(
        text,
        [(span.start, span.end) for span in kept],
        language,
        month=mention.month,
        day=mention.day,
        announced=event.announced,
    )
    if evidence is not None:
        year, begin, stop = evidence
        try:
            start = dt.date(year, mention.month, mention.day)
            last = dt.date(year + (last_month < mention.month), last_month, last_day)
        except ValueError:
            evidence = None
        else:
            known = replace(event, year_basis="inferred", year_words=Span(begin, stop))
            return _on(known, (start, last + dt.timedelta(days=1)), event.announced)
    return replace(
        event,
        start=f"--{mention.month:02}-{mention.day:02}",
        end=f"--{last_month:02}-{last_day:02}",
        precision="day-unknown-year",
        year_basis=None,
    )


def _sentences(
    text: str, spans: Sequence[Span], language: str, published: dt.date | None
) -> list[_Sentence]:
    end = max(span.end for span in spans)
    dates = find_dates(text[:end], language, published)
    return [
        _Sentence(
            index,
            span.start,
            span.of(text),
            [date for date in dates if span.start <= date.start_char < span.end],
        )
        for index, span in enumerate(spans)
    ]


# --- Which day ------------------------------------------------------------------------------


def _is_day(mention: DateMention) -> bool:
    if mention.grain != "day" or mention.open is not None:
        return False
    if mention.start is not None and mention.end is not None:
        return (mention.end - mention.start).days <= _LONGEST
    return mention.month is not None and mention.day is not None


def _eligible(sentence: _Sentence, mention: DateMention, published: dt.date | None) -> bool:
    """False for days of history, deadlines and what lies too far from the publication."""
    before = sentence.before(mention)
    clause = re.split(r"[;:(,]", before)[-1]
    if not _is_day(mention) or (mention.start is not None and mention.start.year < _MODERN):
        return False
    if cues.STAMP.search(before) or len(cues.LETTERS.findall(sentence.around(mention))) < 8:
        return False  # a time stamp, not a sentence about the event
    if cues.HISTORY.search(clause[-45:]) or cues.COUNTED.search(before):
        return False
    if cues.DOCUMENT.search(sentence.before(mention, 80)):
        return False
    if mention.start is None or published is None:
        return True
    distance = (published - mention.start).days
    if mention.partial:
        # Without a year: not long past, or soon to come again.
        return distance <= _OLDEST_PARTIAL or distance >= 365 - _AHEAD
    return (-_AHEAD if mention.relative else -400) <= distance <= _OLDEST


def _choose(
    lead: Sequence[_Sentence], published: dt.date | None
) -> tuple[_Sentence, DateMention] | None:
    """The day whose sentence speaks most of an event, near the start of the text."""
    scored = [
        (_score(sentence, order, mention), -sentence.index, -order, sentence, mention)
        for sentence in lead[:_LEAD]
        if not cues.EARLIER.match(sentence.text)
        for order, mention in enumerate(sentence.dates)
        if (sentence.index <= 2 or sentence.is_strong or (sentence.kinds and sentence.index <= 4))
        and _eligible(sentence, mention, published)
    ]
    best = max(scored, key=lambda one: one[:3], default=None)
    return None if best is None or best[0] < 0 else (best[3], best[4])


def _score(sentence: _Sentence, order: int, mention: DateMention) -> float:
    score = 10.0 - sentence.index - order * 0.3
    score += 4 if sentence.is_strong else 2 if sentence.kinds else 0
    if mention.start_char - sentence.start < 60:
        score += 1
    if cues.FOLLOWING.search(sentence.before(mention, 90)):
        score -= 6
    if len(sentence.dates) > 1 and cues.SAID.search(sentence.before(mention, 40)):
        score -= 1.5
    if cues.DATELINE.match(sentence.text) and cues.FILED.match(sentence.after(mention)):
        score -= 1.8  # the day of the report
    if cues.VISITING.search(sentence.before(mention)):
        score -= 1.5
    return score


def _whole_trip(
    lead: Sequence[_Sentence],
    sentence: _Sentence,
    mention: DateMention,
    published: dt.date | None,
) -> tuple[_Sentence, DateMention]:
    """All days of a visit of which `mention` is one, where sentences of the lead tell them."""
    own = _month_days(mention)
    if own is None or own[0] != own[1]:
        return sentence, mention
    for other in lead[:_LEAD]:
        for trip in other.dates:
            days = _month_days(trip) if _eligible(other, trip, published) else None
            if days is None or not days[0] <= own[0] <= days[1] or days[0] == days[1]:
                continue
            if mention.start and trip.start and mention.start.year != trip.start.year:
                continue
            if other.is_strong and not cues.FOLLOWING.search(other.before(trip, 90)):
                return other, trip
    return sentence, mention


def _month_days(mention: DateMention) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first and last (month, day) of a date of days, whether or not its year is known."""
    if mention.start is not None and mention.end is not None:
        last = mention.end - dt.timedelta(days=1)
        return (mention.start.month, mention.start.day), (last.month, last.day)
    if mention.month is None or mention.day is None:
        return None
    end = (mention.end_month or mention.month, mention.end_day or mention.day)
    return (mention.month, mention.day), end


def _longer_event(lead: Sequence[_Sentence], published: dt.date | None) -> Event | None:
    """An event of which only month or year is said, in a lead sentence that names its kind."""
    for sentence in lead[:3]:
        if cues.EARLIER.match(sentence.text) or cues.HISTORY.search(sentence.text):
            continue
        kinds = [found for found in sentence.kinds if found.kind in _STRONG]
        for mention in sentence.dates:
            near = [found for found in kinds if _gap(found.span, mention) <= 40]
            if not near or not _is_longer(sentence, mention, published):
                continue
            if mention.start is None or mention.end is None:
                continue
            event = Event(
                start="",
                end="",
                precision="month" if mention.grain == "month" else "year",
                year_basis="published" if mention.partial else "stated",
                kind=near[0].kind,
                announced=False,
                date_words=Span(mention.start_char, mention.end_char),
            )
            ahead = looks_ahead(sentence.text, mention, sentence.start)
            return _on(event, (mention.start, mention.end), ahead)
    return None


def _gap(span: Span, mention: DateMention) -> int:
    return max(mention.start_char - span.end, span.start - mention.end_char, 0)


def _is_longer(sentence: _Sentence, mention: DateMention, published: dt.date | None) -> bool:
    """True for a whole month or year that the sentence gives to the event itself."""
    if mention.grain not in ("month", "year") or mention.open or mention.relative:
        return False
    if mention.start is None or mention.end is None or (mention.partial and published is None):
        return False
    length = (mention.end - mention.start).days
    if length not in ((28, 29, 30, 31) if mention.grain == "month" else (365, 366)):
        return False
    if cues.FOLLOWING.search(sentence.before(mention, 90)) or cues.PLANS.search(sentence.text):
        return False
    if mention.grain == "year" and not cues.IN_YEAR.search(sentence.before(mention, 12)):
        return False
    distance = 0 if published is None else (published - mention.start).days
    return -400 < distance < (90 if mention.grain == "month" else 400)


# --- Ahead or done, and what kind -----------------------------------------------------------


def looks_ahead(sentence: str, mention: DateMention, offset: int = 0) -> bool:
    """True where the words around a date announce it: "sẽ thăm", "se rendra", "will visit".

    `sentence` starts at `offset` of the text that the mention's characters count from.
    """
    start, end = mention.start_char - offset, mention.end_char - offset
    for cue in cues.FUTURE.finditer(sentence):
        if cue.end() <= start:
            between = sentence[cue.end() : start]
        else:
            between = sentence[end : max(end, cue.start())]
        if len(between) <= 160 and not cues.DONE.search(between):
            return True
    return False


def _kind(
    lead: Sequence[_Sentence], sentence: _Sentence, mention: DateMention, title: str | None
) -> EventKind:
    """The kind named with the date; else beside the same date, in the title, or nearby."""
    found = _best_kind(sentence)
    if found in _STRONG:
        return found
    day = (mention.month, mention.day, mention.start)
    others = [other for other in lead if other.index != sentence.index]
    same = [o for o in others if any((d.month, d.day, d.start) == day for d in o.dates)]
    near = [o for o in others if abs(o.index - sentence.index) <= 3]
    named = [kind.kind for kind in kinds_in(title or "") if kind.kind in _STRONG]
    candidates = [_best_kind(o) for o in same] + [*named[:1]]
    if found != "statement":
        candidates += [_best_kind(other) for other in near]
    return next((kind for kind in candidates if kind in _STRONG), found or "other")


def _best_kind(sentence: _Sentence) -> EventKind | None:
    """Calls and online meetings say so; else the first main word, asides ("en visite") last."""
    kinds = [found.kind for found in sentence.kinds]
    for special in ("call", "online-meeting"):
        if special in kinds:
            return special
    asides = [
        found
        for found in sentence.kinds
        if found.kind == "visit"
        and cues.ASIDE.search(sentence.text[: found.span.start - sentence.start])
    ]
    main = [found.kind for found in sentence.kinds if found not in asides and found.kind in _STRONG]
    weak = [kind for kind in ("statement", "other") if kind in kinds]
    return next(iter([*main, *(found.kind for found in asides), *weak]), None)
