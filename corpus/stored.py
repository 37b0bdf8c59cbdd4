"""Articles as rows and back: the one place that knows how an `Article` is laid out in tables."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from corpus.article import Article, Event, Passage, Person, Span
from corpus.countries import find_places
from corpus.tables import PassageRow, PlaceRow, RevisionRow, SentenceDateRow


def to_rows(article: Article, content_hash: str, origin: str) -> tuple[RevisionRow, list[Any]]:
    """The revision row, and a list of rows that belong to it (their `revision_id` still unset)."""
    event = article.event
    revision = RevisionRow(
        article_id=article.id,
        source=article.source,
        origin=origin,
        content_hash=content_hash,
        title=article.title,
        outlet=article.outlet,
        agency=article.agency,
        outlet_country=article.outlet_country,
        language=article.language,
        url=article.url,
        published=article.published.isoformat() if article.published else None,
        text=article.text,
        event_start=event.start if event else None,
        event_end=event.end if event else None,
        event=dataclasses.asdict(event) if event else None,
        people=[dataclasses.asdict(person) for person in article.people],
        mentions=list(article.mentions),
        sentences=[[span.start, span.end] for span in article.sentences],
        since=None,
        until=None,
        story=article.story,
    )
    places = [
        PlaceRow(code=code, kind=kind, rank=rank)
        for kind, codes in (("country", article.countries), ("region", article.regions))
        for rank, code in enumerate(codes)
    ]
    dates = [
        SentenceDateRow(sentence=number, start=start, end=end)
        for number, start, end in article.sentence_dates
    ]
    passages = [
        PassageRow(number=number, start=passage.span.start, end=passage.span.end, key=passage.key)
        for number, passage in enumerate(article.passages)
    ]
    return revision, [*places, *dates, *passages]


def to_article(
    row: Any, places: Sequence[Any], dates: Sequence[Any], passages: Sequence[Any]
) -> Article:
    """The article that `to_rows` wrote, from rows with the columns of its tables."""
    ranked = sorted(places, key=lambda place: place.rank)
    return Article(
        id=row.article_id,
        source=row.source,
        text=row.text,
        title=row.title,
        outlet=row.outlet,
        agency=row.agency,
        outlet_country=row.outlet_country,
        url=row.url,
        published=dt.date.fromisoformat(row.published) if row.published else None,
        language=row.language,
        event=to_event(row.event),
        countries=tuple(place.code for place in ranked if place.kind == "country"),
        regions=tuple(place.code for place in ranked if place.kind == "region"),
        mentions=_mentions(row),
        people=tuple(_person(fields) for fields in row.people),
        sentences=tuple(Span(start, end) for start, end in row.sentences),
        sentence_dates=tuple(
            (date.sentence, date.start, date.end) for date in sorted(dates, key=lambda d: d.id)
        ),
        passages=tuple(
            Passage(Span(p.start, p.end), p.key) for p in sorted(passages, key=lambda p: p.number)
        ),
        story=row.story,
    )


def _mentions(row: Any) -> tuple[tuple[str, int], ...]:
    if row.mentions is None:  # stored before they were noted
        return tuple((place.code, place.start) for place in find_places(row.text, row.language))
    return tuple((code, start) for code, start in row.mentions)


def to_event(fields: dict[str, Any] | None) -> Event | None:
    """The event from its column."""
    if fields is None:
        return None
    spans = {name: _span(fields[name]) for name in ("date_words", "year_words")}
    return Event(**{**fields, **spans})


def _person(fields: dict[str, Any]) -> Person:
    spans = {name: _span(fields[name]) for name in ("name_span", "title_span")}
    return Person(**{**fields, **spans})


def _span(fields: dict[str, int] | None) -> Span | None:
    return Span(fields["start"], fields["end"]) if fields else None
