"""Articles whose event a person should look at: what is doubtful, and what was looked at."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from corpus import audit
from corpus.article import Article, Event
from corpus.catalogue import Catalogue, chunks, in_version
from corpus.errors import SourceError
from corpus.stored import to_event
from corpus.tables import ReviewRow, RevisionRow

Reason = Literal["no date", "year unknown", "year inferred", "long before", "after publication"]
"""Why an event is doubtful: no date is stated; its year is not, or follows from other words; its
year is that of a publication far from its day; or it would have been reported beforehand."""

FAR = dt.timedelta(days=90)
"""Between the event and the publication that gave its year: another year may be meant."""

_UNDATED = "--"


@dataclass(frozen=True, slots=True)
class Doubt:
    """An article to look at, as `revision` has it, and why; `arrived` is an instant in UTC."""

    revision: int
    article: Article
    reasons: tuple[Reason, ...]
    arrived: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    revision: int
    article_id: str
    event: dict[str, Any] | None
    reasons: tuple[Reason, ...]
    arrived: str


def waiting(catalogue: Catalogue, most: int, skip: int = 0) -> tuple[list[Doubt], int]:
    """The doubtful articles that nobody has looked at, those that came first first: `most` of them
    behind the first `skip`; and how many there are in all."""
    version = catalogue.current()
    if version is None:
        return [], 0
    open_ones = list(_not_seen(catalogue.engine, _candidates(catalogue.engine, version.number)))
    some = open_ones[skip : skip + most]
    articles = catalogue.of_revisions([each.revision for each in some])
    doubts = [
        Doubt(each.revision, articles[each.revision], each.reasons, each.arrived)
        for each in some
        if each.revision in articles
    ]
    return doubts, len(open_ones)


def accept(catalogue: Catalogue, revision: int, *, made_by: str, now: dt.datetime) -> str:
    """Note that somebody looked at a revision and left it as it is; the id of its article.

    Raises `SourceError` where it is no longer what is served.
    """
    rows = catalogue.engine
    version = catalogue.current()
    query = select(RevisionRow.article_id, RevisionRow.text, RevisionRow.event)
    with rows.connect() as connection:
        found = (
            version
            and connection.execute(
                query.where(RevisionRow.id == revision, in_version(version.number))
            ).first()
        )
    if not found:
        raise SourceError("this article changed or went meanwhile; nothing was noted")
    mark = _mark(found.text, found.event)
    with Session(rows) as session, session.begin():
        session.merge(
            ReviewRow(article_id=found.article_id, mark=mark, made_by=made_by, at=audit.at(now))
        )
    details = {"article": found.article_id}
    audit.note(rows, audit.Entry(audit.at(now), made_by, "review", details))
    return str(found.article_id)


def accept_article(
    catalogue: Catalogue, article_id: str, *, made_by: str, now: dt.datetime
) -> None:
    """As `accept`, by the article's id. Raises `SourceError` where there is none."""
    known = next((each for each in catalogue.live() if each.article_id == article_id), None)
    if known is None:
        raise SourceError(
            "there is no article “%(article)s”", article=article_id, see="attache articles"
        )
    accept(catalogue, known.revision, made_by=made_by, now=now)


def reasons_of(event: Event | None, published: dt.date | None) -> tuple[Reason, ...]:
    """Why an event is doubtful; nothing where it is not. What was corrected never is."""
    if event is None:
        return ("no date",)
    if event.year_basis == "corrected":
        return ()
    if event.year_basis is None or event.start.startswith(_UNDATED):
        return ("year unknown",)
    found: list[Reason] = ["year inferred"] if event.year_basis == "inferred" else []
    if published is not None:
        start, end = dt.date.fromisoformat(event.start), dt.date.fromisoformat(event.end)
        if start > published and not event.announced:
            found.append("after publication")
        elif event.year_basis == "published" and published - end > FAR:
            found.append("long before")
    return tuple(found)


def _candidates(engine: Engine, version: int) -> list[_Candidate]:
    query = (
        select(
            RevisionRow.id,
            RevisionRow.article_id,
            RevisionRow.event,
            RevisionRow.published,
            RevisionRow.arrived,
        )
        .where(in_version(version))
        .order_by(RevisionRow.arrived, RevisionRow.id)
    )
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    return [
        _Candidate(row.id, row.article_id, row.event, reasons, row.arrived or "")
        for row in rows
        if (
            reasons := reasons_of(
                to_event(row.event), dt.date.fromisoformat(row.published) if row.published else None
            )
        )
    ]


def _not_seen(engine: Engine, candidates: Collection[_Candidate]) -> Iterator[_Candidate]:
    """Those that nobody looked at as they are now. Texts are read only of those that somebody did
    look at."""
    with engine.connect() as connection:
        rows = connection.execute(select(ReviewRow.article_id, ReviewRow.mark))
        marks = {row.article_id: row.mark for row in rows}
        seen = [each.revision for each in candidates if each.article_id in marks]
        texts = {
            row.id: row.text
            for ids in chunks(seen)
            for row in connection.execute(
                select(RevisionRow.id, RevisionRow.text).where(RevisionRow.id.in_(ids))
            )
        }
    for each in candidates:
        text = texts.get(each.revision)
        if text is None or marks[each.article_id] != _mark(text, each.event):
            yield each


def _mark(text: str, event: dict[str, Any] | None) -> str:
    """A name for what somebody saw: the words, and what was understood of them."""
    seen = json.dumps([text, event], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(seen.encode("utf-8")).hexdigest()
