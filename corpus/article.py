"""The values an article is made of, from raw source to stored revision.

All offsets are character offsets into `Article.text`, half-open, so that
``article.text[span.start:span.end]`` is verbatim what a citation shows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

EventKind = Literal["call", "meeting", "visit", "online-meeting", "agreement", "statement", "other"]
Precision = Literal["day", "month", "year", "day-unknown-year"]
YearBasis = Literal["stated", "published", "inferred", "corrected"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in an article's stored text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Event:
    """When the reported meeting, call or visit took place, and on what words that rests.

    `start` and `end` are inclusive ISO dates; for precision ``day-unknown-year`` they are
    ``--MM-DD`` (a date without a year, as ISO 8601 writes it).
    """

    start: str
    end: str
    precision: Precision
    year_basis: YearBasis | None
    kind: EventKind
    announced: bool
    date_words: Span
    year_words: Span | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in an article, with the title given there.

    `role` and `portfolio` are keys of `corpus/data/titles.yaml` where the words were
    recognised, so that the title can be shown in another language; `title` is verbatim.
    """

    name: str
    title: str | None
    role: str | None
    portfolio: str | None
    name_span: Span
    title_span: Span | None


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a source gave, before anything is derived. Given fields win over inferred ones."""

    source: str
    text: str
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: dt.date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of neighbouring sentences, the unit that is embedded and searched."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as stored: clean text and everything one pass over it derives.

    `sentence_dates` holds (sentence number, first day, last day) of each date that stands in
    a sentence with its year, as inclusive ISO dates; `mentions` (code, start) of each country and
    region, where it is named in `text`. Articles that report one event share their `story`; it is
    None until an ingest has compared them.
    """

    id: str
    source: str
    text: str
    title: str | None
    outlet: str | None
    agency: str | None
    outlet_country: str | None
    url: str | None
    published: dt.date | None
    language: str
    event: Event | None
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    mentions: tuple[tuple[str, int], ...] = ()
    people: tuple[Person, ...] = ()
    sentences: tuple[Span, ...] = ()
    sentence_dates: tuple[tuple[int, str, str], ...] = ()
    passages: tuple[Passage, ...] = ()
    story: str | None = None

    def sentence_at(self, offset: int) -> int | None:
        """The number of the sentence that holds a character of the text."""
        for number, sentence in enumerate(self.sentences):
            if sentence.start <= offset < sentence.end:
                return number
        return None

    def mentioned_in(self, span: Span) -> list[str]:
        """The countries and regions named in `span`, in order."""
        return [code for code, start in self.mentions if span.start <= start < span.end]
