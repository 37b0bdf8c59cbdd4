"""The catalogue's tables.

A `Revision` is one state of one article and never changes once published: it is in the corpus
from version `since` on, until version `until` (excluded; null while it is live). `since` is null
while an ingest has staged it and not yet published, so that no reader sees it. What admins took
out of service is `hidden`, and stays in its versions. `arrived` is when its article first was
published here and `revised` when this state of it was (instants in UTC).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables of the catalogue."""


class VersionRow(Base):
    """One published state of the whole corpus; `restores` is the version that it brought back."""

    __tablename__ = "version"

    number: Mapped[int] = mapped_column(primary_key=True)
    published_at: Mapped[str]
    fingerprint: Mapped[str]
    added: Mapped[int]
    changed: Mapped[int]
    removed: Mapped[int]
    made_by: Mapped[str | None]
    restores: Mapped[int | None]


class RevisionRow(Base):
    """One state of one article."""

    __tablename__ = "revision"
    __table_args__ = (
        Index("ix_revision_live", "since", "until"),
        Index("ix_revision_no_story", "id", sqlite_where=sql("story IS NULL AND until IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    origin: Mapped[str]
    content_hash: Mapped[str]
    title: Mapped[str | None]
    outlet: Mapped[str | None]
    agency: Mapped[str | None]
    outlet_country: Mapped[str | None]
    language: Mapped[str]
    url: Mapped[str | None]
    published: Mapped[str | None]
    text: Mapped[str]
    event_start: Mapped[str | None]
    event_end: Mapped[str | None]
    event: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    people: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    mentions: Mapped[list[tuple[str, int]] | None] = mapped_column(JSON)
    sentences: Mapped[list[list[int]]] = mapped_column(JSON)
    since: Mapped[int | None]
    until: Mapped[int | None]
    hidden: Mapped[bool] = mapped_column(default=False)
    story: Mapped[str | None]
    arrived: Mapped[str | None]
    revised: Mapped[str | None]


class PlaceRow(Base):
    """A country or region that an article speaks of; rank 0 is the most prominent of its kind."""

    __tablename__ = "place"
    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    rank: Mapped[int]


class SentenceDateRow(Base):
    """A date with its year that stands in a sentence; `start` and `end` are inclusive ISO dates."""

    __tablename__ = "sentence_date"
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), index=True
    )
    sentence: Mapped[int]
    start: Mapped[str]
    end: Mapped[str]


class PassageRow(Base):
    """A passage of a revision; `key` names its words in the vector store and the lexical index."""

    __tablename__ = "passage"

    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    key: Mapped[str] = mapped_column(index=True)


class AuditRow(Base):
    """What an admin did: when (UTC), who, which act, and what it was done to."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    who: Mapped[str]
    act: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class SourceRow(Base):
    """A feed, sitemap or page that is looked at every so many minutes.

    `etag` and `modified` are the server's marks of what was taken in last; `result` is what came of
    it, `failures` how often in a row it failed; instants are UTC.
    """

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    address: Mapped[str] = mapped_column(unique=True)
    outlet: Mapped[str | None]
    language: Mapped[str | None]
    minutes: Mapped[int]
    added_by: Mapped[str]
    etag: Mapped[str | None]
    modified: Mapped[str | None]
    seen_at: Mapped[str | None]
    result: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[str | None]


class OverrideRow(Base):
    """A field of an article that an admin set: it wins over what the article itself tells."""

    __tablename__ = "override"

    article_id: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    made_by: Mapped[str]
    at: Mapped[str]


class QuarantineRow(Base):
    """A file, or one article of it, that was refused: not read again before the file changes.

    `file` is the whole file's source and `path` where it lies; `digest`, `size` and `changed` (its
    time stamp in nanoseconds) tell whether it is still the same, `reading` by which rules it was
    read.
    """

    __tablename__ = "quarantine"

    source: Mapped[str] = mapped_column(primary_key=True)
    file: Mapped[str] = mapped_column(index=True)
    path: Mapped[str]
    digest: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    changed: Mapped[int] = mapped_column(BigInteger)
    reading: Mapped[str]
    error: Mapped[str]
    since: Mapped[str]


class RightRow(Base):
    """What may be done with the articles of a source: sent whole to readers, shown to a language
    model elsewhere."""

    __tablename__ = "source_right"

    source: Mapped[str] = mapped_column(primary_key=True)
    send_whole: Mapped[bool]
    to_model: Mapped[bool]
    set_by: Mapped[str]
    at: Mapped[str]


class ArticleSourceRow(Base):
    """The address of the source that an article from the web was taken from."""

    __tablename__ = "article_source"

    article_id: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(index=True)


class ReviewRow(Base):
    """An article that an admin looked at: `mark` names what was seen, and another one is shown
    again."""

    __tablename__ = "review"

    article_id: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str]
    made_by: Mapped[str]
    at: Mapped[str]


class ColumnsRow(Base):
    """Which columns of a source's tables give which field, as an admin stated it."""

    __tablename__ = "source_columns"

    source: Mapped[str] = mapped_column(primary_key=True)
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    set_by: Mapped[str]
    at: Mapped[str]


class PaceRow(Base):
    """How long something took when it was last measured, in seconds for one of it."""

    __tablename__ = "pace"

    name: Mapped[str] = mapped_column(primary_key=True)
    seconds: Mapped[float]
    at: Mapped[str]
