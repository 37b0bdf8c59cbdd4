"""What a text tells, as far as tables can read it: places, titles, dates, numbers, names, acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.article import Span
from corpus.countries import PlaceMention, find_places
from corpus.dates import DateMention, find_dates
from corpus.language import detect_language
from corpus.people import TitleMention, titles_in
from corpus.words import Word, fold, words
from retrieval.verify.acts import Mark, find_marks
from retrieval.verify.bodies import Body, families, find_bodies
from retrieval.verify.calendar import Weekday, find_month_days, find_weekdays
from retrieval.verify.names import Name, Present, find_names, present
from retrieval.verify.quantities import Quantity, find_quantities
from retrieval.words import question_language


@dataclass(frozen=True, slots=True)
class Told:
    """A text and what it tells. Spans and words count in `text`."""

    text: str
    language: str
    words: tuple[Word, ...]
    places: tuple[PlaceMention, ...]
    bodies: tuple[Body, ...]
    titles: tuple[TitleMention, ...]
    offices: frozenset[tuple[str | None, str | None]]
    dates: tuple[DateMention, ...]
    weekdays: tuple[Weekday, ...]
    quantities: tuple[Quantity, ...]
    names: tuple[Name, ...]
    marks: tuple[Mark, ...]
    present: Present

    @property
    def codes(self) -> frozenset[str]:
        """The countries, regions and organisations named, and what these belong to."""
        named = {place.code for place in self.places} | {body.key for body in self.bodies}
        return frozenset(named.union(*(families().get(key, ()) for key in named)))


@lru_cache(maxsize=512)
def read(text: str, language: str | None = None) -> Told:
    """What `text` tells; remembered, since evidence is held against many statements.

    `language` (ISO 639-1) where the caller knows it.
    """
    language = language or language_of(text)
    bodies = find_bodies(text)
    known = [body.span for body in bodies]
    places = [place for place in find_places(text, language) if not within(place.start, known)]
    titles = titles_in(text, language)
    dates = find_dates(text, language if language in ("vi", "fr", "en") else None)
    if language not in ("vi", "fr", "en"):
        dates = [*find_month_days(text, language), *dates]
    weekdays = find_weekdays(text, language)
    dated = [Span(date.start_char, date.end_char) for date in dates]
    dated += [day.span for day in weekdays]
    quantities = find_quantities(text, language, dated)
    taken = [*dated, *known, *(place.span for place in places), *(title.span for title in titles)]
    taken += [quantity.span for quantity in quantities]
    names = find_names(text, language, taken)
    taken += [name.span for name in names]
    return Told(
        text=text,
        language=language,
        words=tuple(words(text)),
        places=tuple(places),
        bodies=tuple(bodies),
        titles=tuple(titles),
        offices=frozenset((t.role, t.portfolio) for t in titles_in(_singular(text), language)),
        dates=tuple(dates),
        weekdays=tuple(weekdays),
        quantities=tuple(quantities),
        names=tuple(names),
        marks=tuple(mark for mark in find_marks(text, language) if not _named(mark, taken, text)),
        present=present(text),
    )


_PLURAL = re.compile(r"(?<=[a-zà-ÿ]{4})s(?=[\s,.;:])")


def _singular(text: str) -> str:
    """`text` with the plurals of French and English titles ("foreign ministers") in the singular."""
    return _PLURAL.sub("", text)


def _named(mark: Mark, taken: Sequence[Span], text: str) -> bool:
    """Whether the words of a mark are somebody's name or title, a date, or the month of May."""
    return within(mark.span.start, taken) or mark.span.of(text) == "May"


def within(start: int, spans: Sequence[Span]) -> bool:
    """Whether a place in the text lies in one of `spans`."""
    return any(span.start <= start < span.end for span in spans)


_SHORT = 40


def language_of(text: str) -> str:
    """The language of a sentence; of a short one by its letters and its small words."""
    return question_language(text) if len(text) < _SHORT else detect_language(text)


def plain(text: str) -> str:
    """`text` folded, with single spaces."""
    return re.sub(r"\s+", " ", fold(text)).strip()
