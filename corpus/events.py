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
from dataclasses import dataclass

from corpus import event_words as words
from corpus.article import Event, EventKind, Span, YearBasis
from corpus.dates import DateMention, find_dates
from corpus.dates.year_evidence import infer_year
from corpus.event_kinds import KindMention, kind_terms, kinds_in

__all__ = ["KindMention", "find_event", "kind_terms", "kinds_in", "looks_ahead"]

_STRONG: tuple[EventKind, ...] = ("call", "meeting", "visit", "online-meeting", "agreement")
_LEAD = 12  # sentences in which an event's day is looked for
_LONGEST = 21  # days a visit or conference lasts at most
_AHEAD = 60  # days from the publication to an announced event without a year, at most
_OLDEST = 45  # days between an event and the report of it, at most


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its dates and kinds; spans count from the start of the whole text."""

    index: int
    start: int
    text: str
    dates: list[DateMention]
    kinds: list[KindMention]

    def before(self, mention: DateMention, width: int = 60) -> str:
        at = mention.start_char - self.start
        return self.text[max(0, at - width) : at]

    def after(self, mention: DateMention, width: int = 60) -> str:
        at = mention.end_char - self.start
        return self.text[at : at + width]


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
    cut = words.TEASERS.search(text, len(text) // 5)
    end = cut.start() if cut else len(text)
    kept = [span for span in sentences if span.start < end and span.end <= len(text)]
    if not kept:
        return None
    lead = _sentences(text, kept[: _LEAD * 2], language, published, "past")
    chosen = _choose(lead, published)
    if chosen is None:
        return _longer_event(lead, published)
    sentence, mention = chosen
    announced = looks_ahead(sentence.text, mention, sentence.start)
    kind = _kind(lead, sentence, mention, title)
    spot = Span(mention.start_char, mention.end_char)
    if mention.start is not None and mention.end is not None:
        basis: YearBasis = "published" if mention.partial or mention.relative else "stated"
        start, last = mention.start, mention.end
        if published is not None and (published - start).days > 150:
            announced = True
        if basis == "published" and announced and published is not None:
            start, last = _ahead(text, mention, language, published) or (start, last)
        announced = announced and (published is None or start > published)
        return _event(start, last, basis, kind, announced, words, None)
    return _without_year(text, kept, sentence, mention, kind, announced, words, language)


def _event(
    start: dt.date,
    end: dt.date,
    basis: YearBasis,
    kind: EventKind,
    announced: bool,
    words: Span,
    year_words: Span | None,
) -> Event:
    last = end - dt.timedelta(days=1)
    return Event(
        start.isoformat(), last.isoformat(), "day", basis, kind, announced, words, year_words
    )


def _without_year(
    text: str,
    kept: Sequence[Span],
    sentence: _Sentence,
    mention: DateMention,
    kind: EventKind,
    announced: bool,
    words: Span,
    language: str,
) -> Event | None:
    """The event on a day whose year only the rest of the text can tell, if anything."""
    if mention.month is None or mention.day is None:
        return None
    evidence = infer_year(
        text,
        [(span.start, span.end) for span in kept],
        language,
        month=mention.month,
        day=mention.day,
        announced=announced,
    )
    last_month = mention.end_month or mention.month
    last_day = mention.end_day or mention.day
    if evidence is not None:
        year, begin, stop = evidence
        try:
            start = dt.date(year, mention.month, mention.day)
            last = dt.date(year + (last_month < mention.month), last_month, last_day)
        except ValueError:
            pass
        else:
            after = last + dt.timedelta(days=1)
            return _event(start, after, "inferred", kind, announced, words, Span(begin, stop))
    del sentence
    return Event(
        f"--{mention.month:02}-{mention.day:02}",
        f"--{last_month:02}-{last_day:02}",
        "day-unknown-year",
        None,
        kind,
        announced,
        words,
    )


def _sentences(
    text: str,
    spans: Sequence[Span],
    language: str,
    published: dt.date | None,
    prefer: str,
) -> list[_Sentence]:
    found = []
    end = max(span.end for span in spans)
    dates = find_dates(text[:end], language, published, "past" if prefer == "past" else "future")
    for index, span in enumerate(spans):
        own = text[span.start : span.end]
        found.append(
            _Sentence(
                index,
                span.start,
                own,
                [date for date in dates if span.start <= date.start_char < span.end],
                [
                    KindMention(
                        kind.kind, Span(kind.span.start + span.start, kind.span.end + span.start)
                    )
                    for kind in kinds_in(own)
                ],
            )
        )
    return found


# --- Which day ------------------------------------------------------------------------------

_MODERN = 1990  # a day of an earlier year is history in an article of today
_LETTERS = re.compile(r"[^\W\d_]")


def _without(sentence: _Sentence, mention: DateMention) -> str:
    start, end = mention.start_char - sentence.start, mention.end_char - sentence.start
    return sentence.text[:start] + sentence.text[end:]


def _is_day(mention: DateMention) -> bool:
    if mention.grain != "day" or mention.open in ("since", "before", "after", "until"):
        return False
    if mention.start is not None and mention.end is not None:
        return (mention.end - mention.start).days <= _LONGEST
    return mention.month is not None and mention.day is not None


def _eligible(sentence: _Sentence, mention: DateMention, published: dt.date | None) -> bool:
    """False for days of history, deadlines and what lies too far from the publication."""
    if not _is_day(mention):
        return False
    before = sentence.before(mention)
    if mention.start is not None and mention.start.year < _MODERN:
        return False
    if words.STAMP.search(before) or len(_LETTERS.findall(_without(sentence, mention))) < 8:
        return False  # a time stamp, not a sentence about the event
    clause = re.split(r"[;:(]|, (?=et |and |và )", before)[-1]
    if words.DOCUMENT.search(sentence.before(mention, 80)):
        return False
    if words.HISTORY.search(clause[-45:]) or words.COUNTED.search(before):
        return False
    if re.match(r"\W{0,3}(?:19|20)\d\d", sentence.after(mention)):
        return False
    if mention.start is None or published is None:
        return True
    distance = (published - mention.start).days
    if mention.partial:
        # Without a year: soon to come again, or not long past.
        return distance <= 150 or distance >= 365 - _AHEAD
    if mention.relative:
        return -_AHEAD <= distance <= _OLDEST
    return -400 <= distance <= _OLDEST


def _choose(
    lead: Sequence[_Sentence], published: dt.date | None
) -> tuple[_Sentence, DateMention] | None:
    """The first day that is given to an event; the sentence with the better words wins."""
    best: tuple[float, _Sentence, DateMention] | None = None
    for sentence in lead[:_LEAD]:
        if words.EARLIER.match(sentence.text):
            continue
        for order, mention in enumerate(sentence.dates):
            if not _eligible(sentence, mention, published):
                continue
            score = 10.0 - sentence.index - order * 0.3
            kinds = {found.kind for found in sentence.kinds}
            if kinds & set(_STRONG):
                score += 4
            elif kinds:
                score += 2
            elif sentence.index > 2:
                continue
            if sentence.index > 4 and not kinds & set(_STRONG):
                continue
            if mention.start_char - sentence.start < 60:
                score += 1
            if words.FOLLOWING.search(sentence.before(mention, 90)):
                score -= 6
            if words.SAID.search(sentence.before(mention, 40)) and len(sentence.dates) > 1:
                score -= 1.5
            if mention.relative and published is None:
                continue
            if best is None or score > best[0]:
                best = (score, sentence, mention)
    if best is None or best[0] < 0:
        return None
    return best[1], best[2]


def _longer_event(lead: Sequence[_Sentence], published: dt.date | None) -> Event | None:
    """An event of which only month or year is said, in a lead sentence that names its kind."""
    for sentence in lead[:3]:
        kinds = [found for found in sentence.kinds if found.kind in _STRONG]
        if not kinds or words.EARLIER.match(sentence.text):
            continue
        for mention in sentence.dates:
            if mention.grain not in ("month", "year") or mention.open or mention.start is None:
                continue
            if mention.end is None or words.HISTORY.search(sentence.text) or mention.relative:
                continue
            if words.FOLLOWING.search(sentence.before(mention, 90)) or _PLANS.search(sentence.text):
                continue
            if mention.partial and published is None:
                continue
            if mention.grain == "year" and not words.IN_YEAR.search(sentence.before(mention, 12)):
                continue
            close = min(
                min(abs(mention.start_char - k.span.end), abs(k.span.start - mention.end_char))
                for k in kinds
            )
            length = (mention.end - mention.start).days
            if close > 40 or length not in (28, 29, 30, 31, 365, 366):
                continue
            if published is not None and not (
                -400 < (published - mention.start).days < (90 if length < 40 else 400)
            ):
                continue
            last = mention.end - dt.timedelta(days=1)
            return Event(
                mention.start.isoformat(),
                last.isoformat(),
                "month" if length < 40 else "year",
                "published" if mention.partial else "stated",
                kinds[0].kind,
                looks_ahead(sentence.text, mention, sentence.start),
                Span(mention.start_char, mention.end_char),
            )
    return None


# --- Ahead or done, and what kind -----------------------------------------------------------


def looks_ahead(sentence: str, mention: DateMention, offset: int = 0) -> bool:
    """True where the words around a date announce it: "sẽ thăm", "se rendra", "will visit".

    `sentence` starts at `offset` of the text that the mention's characters count from.
    """
    start, end = mention.start_char - offset, mention.end_char - offset
    for cue in words.FUTURE.finditer(sentence):
        if cue.end() <= start:
            between = sentence[cue.end() : start]
        elif cue.start() >= end:
            between = sentence[end : cue.start()]
        else:
            between = ""
        if len(between) <= 160 and not words.DONE.search(between):
            return True
    return False


def _ahead(
    text: str, mention: DateMention, language: str, published: dt.date
) -> tuple[dt.date, dt.date] | None:
    """The announced day: the nearest one not before the publication."""
    end = min(len(text), mention.end_char + 40)
    for date in find_dates(text[:end], language, published, "future"):
        if date.start_char == mention.start_char and date.start and date.end:
            near = (date.start - published).days <= 183
            return (date.start, date.end) if near else None
    return None


def _kind(
    lead: Sequence[_Sentence], sentence: _Sentence, mention: DateMention, title: str | None
) -> EventKind:
    """The kind named with the date; else beside the same date, in the title, or nearby."""
    found = _best_kind(sentence.kinds, sentence, mention)
    if found in _STRONG:
        return found
    same = [
        other
        for other in lead
        if other.index != sentence.index
        and any(
            (d.month, d.day, d.start) == (mention.month, mention.day, mention.start)
            for d in other.dates
        )
    ]
    near = [other for other in lead if 0 < abs(other.index - sentence.index) <= 3]
    for other in same:
        kind = _best_kind(other.kinds, other, None)
        if kind in _STRONG:
            return kind
    if title:
        kinds = [kind.kind for kind in kinds_in(title) if kind.kind in _STRONG]
        if kinds:
            return kinds[0]
    if found == "statement":
        return found
    for other in near:
        kind = _best_kind(other.kinds, other, None)
        if kind in _STRONG:
            return kind
    return found or "other"


def _best_kind(
    kinds: Sequence[KindMention], sentence: _Sentence, mention: DateMention | None
) -> EventKind | None:
    """Calls and online meetings say so; else the first main word, asides ("en visite") last."""
    for special in ("call", "online-meeting"):
        if any(kind.kind == special for kind in kinds):
            return special
    main, asides, weak = [], [], []
    for kind in kinds:
        head = sentence.text[: kind.span.start - sentence.start]
        if kind.kind not in _STRONG:
            weak.append(kind)
        elif kind.kind == "visit" and words.ASIDE.search(head):
            asides.append(kind)
        else:
            main.append(kind)
    del mention
    for group in (main, asides):
        if group:
            return group[0].kind
    if not weak:
        return None
    return min(weak, key=lambda kind: kind.kind != "statement").kind
