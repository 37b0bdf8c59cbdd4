"""One pass over a raw article that derives everything the catalogue keeps of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from itertools import pairwise

from corpus.article import Article, RawArticle, Span
from corpus.clean import clean, normalise
from corpus.countries import find_places, rank_countries
from corpus.dates import find_dates
from corpus.dates.year_words import COMPARED, COMPARED_TO
from corpus.errors import SourceError
from corpus.events import find_event
from corpus.instructions import is_instruction, is_question, reporting
from corpus.language import detect_language
from corpus.outlets import byline_length, find_outlet, lookup
from corpus.people import find_people
from corpus.split import passages, sentences

RECIPE = 11
"""Raised when the rules of this pass change, so that articles are derived anew."""

_HEAD = 200
"""How far into the text the headline may stand: a time stamp may come before it."""

_OF_YEARS = re.compile(
    r"\d|\b(?:eighteen|nineteen|twenty|thousand|mille|cents?|ngh[iì]n|ng[aà]n)\b", re.IGNORECASE
)
"""What every year has, in figures or in words of the three languages."""

_ADDRESS = re.compile(r"https?://[^\s<>\"«»“”]+", re.IGNORECASE)

_DATED_TO = {"day", "week", "weekend", "month", "quarter", "half-year", "year"}


def content_hash(raw: RawArticle) -> str:
    """A name for the content of `raw` under the present recipe; where it lies does not count."""
    fields = (raw.text, raw.title, raw.outlet, raw.url, raw.published, raw.language)
    return hashlib.sha256(repr((RECIPE, fields)).encode("utf-8")).hexdigest()


def analyse(raw: RawArticle, article_id: str) -> Article:
    """Clean, date, place and split `raw`. Fields that the source gave win.

    Raises `SourceError` where nothing is left once the page around the article is off.
    """
    cleaned = clean(raw.text, raw.title)
    text = cleaned.text
    if not text.strip():
        raise SourceError("holds nothing but page furniture")
    title, given = _told(cleaned.title), _told(raw.outlet)
    outlet = lookup(given) if given else find_outlet(text, raw.url)
    language, body, spans = _sentences(text, title, raw.language)
    asserting = [span for span in spans if not is_question(span.of(text))]
    # What a planted sentence or a question names is nothing that the article tells of.
    told = _blanked(text, body, asserting)
    places = find_places(told, language)
    countries, regions = rank_countries(places, told, title)
    return Article(
        id=article_id,
        source=raw.source,
        text=text,
        title=title,
        outlet=given or (outlet.name if outlet else None),
        agency=outlet.agency if outlet else given,
        outlet_country=outlet.country if outlet else None,
        url=_address(raw.url),
        published=raw.published,
        language=language,
        event=find_event(told, asserting, title=title, language=language, published=raw.published),
        countries=countries,
        regions=regions,
        mentions=tuple((place.code, place.start) for place in places),
        people=tuple(find_people(told, language, places)),
        sentences=tuple(spans),
        sentence_dates=tuple(_sentence_dates(text, spans, language)),
        passages=tuple(passages(text, spans, title, language, _behind_gaps(body, spans))),
    )


def _sentences(
    text: str, title: str | None, given: str | None
) -> tuple[str, list[Span], list[Span]]:
    """The language, all sentences of the article, and those of them that are no instructions."""
    language = given or detect_language(text)
    body = _body(sentences(text, language), text, title)
    spans = reporting(text, body)
    told = [words for span in spans if not is_question(words := span.of(text))]
    if given or not told or len(told) == len(body):
        return language, body, spans
    # What is planted may be in another language, and long.
    own = detect_language(" ".join(told))
    return (language, body, spans) if own == language else _sentences(text, title, own)


def _told(words: str | None) -> str | None:
    """A title or an outlet as given, on one line; none where it instructs whoever reads it."""
    line = " ".join(normalise(words).split()) if words else ""
    return line if line and not is_instruction(line) else None


def _address(url: str | None) -> str | None:
    """The article's address, where it is one that a reader can open and nothing else."""
    line = normalise(url).strip() if url else ""
    return line if _ADDRESS.fullmatch(line) else None


def _blanked(text: str, body: list[Span], kept: list[Span]) -> str:
    """`text`, of the same length, with blanks for what `kept` leaves out of `body`."""
    parts: list[str] = []
    done, at = 0, 0
    for span in body:
        start = span.start
        while at < len(kept) and kept[at].start < span.end:
            parts += [text[done:start], " " * (kept[at].start - start)]
            done = start = kept[at].start
            start = kept[at].end
            parts.append(text[done:start])
            done, at = start, at + 1
        parts += [text[done:start], " " * (span.end - start)]
        done = span.end
    return "".join([*parts, text[done:]])


def _behind_gaps(body: list[Span], kept: list[Span]) -> set[int]:
    """Where the sentences begin that follow on something left out: a passage has no hole."""
    starts, ends = {span.start for span in kept}, {span.end for span in kept}
    return {
        span.start
        for before, span in pairwise(body)
        if span.start in starts and not (before.start in starts and before.end in ends)
    } | (starts - {span.start for span in body})


def _body(spans: list[Span], text: str, title: str | None) -> list[Span]:
    """The sentences without the headline (unless that is all there is) and without bylines."""
    at = text.find(title) if title else -1
    if title and 0 <= at < _HEAD:
        end = at + len(title)
        spans = [span for span in spans if span.end <= at or span.start >= end] or spans
    starts = ((span.start + byline_length(span.of(text)), span.end) for span in spans)
    return [Span(start, end) for start, end in starts if start < end]


def _sentence_dates(text: str, spans: list[Span], language: str) -> list[tuple[int, str, str]]:
    """Dates that state their year in the sentence itself."""
    found = []
    known = language if language in {"vi", "fr", "en"} else None
    for number, span in enumerate(spans):
        words = span.of(text)
        if not _OF_YEARS.search(words):
            continue  # no year stands there
        for mention in find_dates(words, known):
            compared = COMPARED_TO.search(words[: mention.start_char])
            if compared or COMPARED.match(mention.text):
                continue  # "up on the same period of 2020" tells of another year
            if mention.partial or mention.relative or mention.grain not in _DATED_TO:
                continue
            if mention.start is None or mention.end is None:
                continue
            last = mention.end - dt.timedelta(days=1)
            found.append((number, mention.start.isoformat(), last.isoformat()))
    return found
