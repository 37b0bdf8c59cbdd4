"""The catalogue: every article of every kept corpus version, in SQLite. The only truth.

Writing goes in two steps. `stage` stores revisions that no reader sees; `publish` makes them, and
the removals, a new version in one transaction. A process killed between the two leaves the
version before in service and the staged work for the next ingest to use.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    Integer,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from corpus.article import Article
from corpus.database import open_database
from corpus.stored import to_article, to_rows
from corpus.tables import (
    OverrideRow,
    PassageRow,
    PlaceRow,
    RevisionRow,
    SentenceDateRow,
    VersionRow,
)

KEPT_VERSIONS = 10
_CHUNK = 500  # SQLite takes a bounded number of values in one statement


@dataclass(frozen=True, slots=True)
class Version:
    """One published state of the corpus: when (UTC), by whom, and what it changed.

    `restores` is the number of the version that it brought back.
    """

    number: int
    published_at: str
    fingerprint: str
    added: int
    changed: int
    removed: int
    made_by: str | None = None
    restores: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What an ingest must know of a revision to see whether a source changed."""

    revision: int
    article_id: str
    source: str
    origin: str
    content_hash: str


class Catalogue:
    """The catalogue in one data folder. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, data_dir: Path) -> Catalogue:
        """Open or make the catalogue under `data_dir`, migrated to the present schema.

        Raises `CatalogueError` where the folder cannot be written or the file is damaged.
        """
        return cls(open_database(data_dir))

    def close(self) -> None:
        """Give the files back."""
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """For the other parts that keep their rows in the same database."""
        return self._engine

    def current(self) -> Version | None:
        """The version in service, or None before the first ingest."""
        with self._engine.connect() as connection:
            row = connection.execute(_CURRENT).first()
            return to_version(row) if row else None

    def live(self) -> list[Known]:
        """The revisions in service."""
        return self._known(RevisionRow.since.is_not(None) & RevisionRow.until.is_(None))

    def staged(self) -> list[Known]:
        """What an unfinished ingest left behind."""
        return self._known(RevisionRow.since.is_(None))

    def _known(self, condition: Any) -> list[Known]:
        query = select(
            RevisionRow.id,
            RevisionRow.article_id,
            RevisionRow.source,
            RevisionRow.origin,
            RevisionRow.content_hash,
        ).where(condition)
        with self._engine.connect() as connection:
            return [Known(*row) for row in connection.execute(query)]

    def stage(self, items: Sequence[tuple[Article, str, str]]) -> list[int]:
        """Store (article, content hash, origin) unseen by readers; returns the revision ids."""
        with Session(self._engine) as session, session.begin():
            rows = [to_rows(*item) for item in items]
            session.add_all([revision for revision, _ in rows])
            session.flush()
            for revision, parts in rows:
                for part in parts:
                    part.revision_id = revision.id
                session.add_all(parts)
            return [revision.id for revision, _ in rows]

    def publish(
        self,
        staged: Collection[int],
        retired: Collection[int],
        fingerprint: str,
        *,
        counts: tuple[int, int, int],
        now: dt.datetime,
        made_by: str | None = None,
    ) -> Version:
        """Make `staged` live and `retired` history, as one new version, in one transaction.

        Staged revisions that are not named were abandoned by an earlier run and are deleted, as
        is what only versions older than the last `KEPT_VERSIONS` knew.
        """
        with Session(self._engine) as session, session.begin():
            last = session.scalar(select(func.max(VersionRow.number))) or 0
            row = VersionRow(
                number=last + 1,
                published_at=now.astimezone(dt.UTC).isoformat(timespec="seconds"),
                fingerprint=fingerprint,
                added=counts[0],
                changed=counts[1],
                removed=counts[2],
                made_by=made_by,
            )
            session.add(row)
            for ids in chunks(retired):
                session.execute(
                    update(RevisionRow).where(RevisionRow.id.in_(ids)).values(until=row.number)
                )
            for ids in chunks(staged):
                session.execute(
                    update(RevisionRow)
                    .where(RevisionRow.id.in_(ids))
                    .values(
                        since=row.number,
                        revised=row.published_at,
                        arrived=func.coalesce(_ARRIVED_BEFORE, row.published_at),
                    )
                )
            session.execute(delete(RevisionRow).where(RevisionRow.since.is_(None)))
            hide_and_show(session)
            forget_before(session, row.number)
            session.flush()
            return to_version(row)

    def adopt(self, revisions: Collection[int], origin: str) -> None:
        """Note that these revisions' sources now come from `origin`."""
        with Session(self._engine) as session, session.begin():
            for ids in chunks(revisions):
                session.execute(
                    update(RevisionRow).where(RevisionRow.id.in_(ids)).values(origin=origin)
                )

    def outdate(self, article_id: str) -> None:
        """Let the next ingest that reads an article derive it again."""
        live = RevisionRow.since.is_not(None) & RevisionRow.until.is_(None)
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(RevisionRow)
                .where(live, RevisionRow.article_id == article_id)
                .values(content_hash="")
            )

    def move(self, sources: Mapping[int, str]) -> None:
        """Note that these revisions' articles lie at other sources now."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(RevisionRow), [{"id": key, "source": new} for key, new in sources.items()]
            )

    def articles(self, version: int, ids: Collection[str] | None = None) -> list[Article]:
        """The articles of `version`, all or those with the given article ids, in id order."""
        with self._engine.connect() as connection:
            if ids is None:
                every = connection.scalars(
                    select(RevisionRow.article_id)
                    .where(in_version(version))
                    .order_by(RevisionRow.article_id)
                )
                ids = every.all()
            return [
                article
                for chunk in chunks(sorted(ids))
                for article in _articles(connection, version, chunk)
            ]

    def held(self, version: int, ids: Collection[str]) -> list[Article]:
        """As `articles`, those that are hidden too."""
        with self._engine.connect() as connection:
            return [
                article
                for chunk in chunks(sorted(ids))
                for article in _articles(connection, version, chunk, _HELD)
            ]

    def of_revisions(self, revisions: Collection[int]) -> dict[int, Article]:
        """The articles of these revisions, staged ones included."""
        with self._engine.connect() as connection:
            return {
                number: article
                for ids in chunks(revisions)
                for number, article in _of_revisions(connection, ids)
            }

    def hidden(self) -> set[str]:
        """The ids of live articles that are out of service."""
        live = RevisionRow.since.is_not(None) & RevisionRow.until.is_(None)
        query = select(RevisionRow.article_id).where(live, RevisionRow.hidden)
        with self._engine.connect() as connection:
            return set(connection.scalars(query))

    def titles(self, revisions: Collection[int]) -> dict[int, str | None]:
        """The titles of these revisions."""
        query = select(RevisionRow.id, RevisionRow.title)
        with self._engine.connect() as connection:
            return {
                revision: title
                for ids in chunks(revisions)
                for revision, title in connection.execute(query.where(RevisionRow.id.in_(ids)))
            }

    def keys_of(self, revisions: Collection[int]) -> set[str]:
        """The keys of all passages of the revisions, staged ones included."""
        with self._engine.connect() as connection:
            return {
                key for ids in chunks(revisions) for key in connection.scalars(_KEYS, {"ids": ids})
            }

    def passages_with(self, keys: Collection[str]) -> Iterator[tuple[str, str | None, str, str]]:
        """(key, title, language, words) of the passages with these keys, in any revision."""
        query = select(
            PassageRow.key,
            RevisionRow.title,
            RevisionRow.language,
            func.substr(
                RevisionRow.text, PassageRow.start + 1, PassageRow.end - PassageRow.start
            ).label("words"),
        ).join(RevisionRow, RevisionRow.id == PassageRow.revision_id)
        with self._engine.connect() as connection:
            for some in chunks(keys):
                rows = connection.execute(query.where(PassageRow.key.in_(some)))
                yield from ((row.key, row.title, row.language, row.words) for row in rows)

    def all_keys(self) -> set[str]:
        """The keys of all passages of all kept versions and of staged work."""
        with self._engine.connect() as connection:
            return set(connection.scalars(select(PassageRow.key).distinct()))


def forget_before(session: Session, newest: int) -> None:
    """Delete what only versions older than the last `KEPT_VERSIONS` knew."""
    oldest = newest - KEPT_VERSIONS
    session.execute(delete(RevisionRow).where(RevisionRow.until <= oldest))
    session.execute(delete(VersionRow).where(VersionRow.number <= oldest))


def held_in(version: int | BindParameter[int]) -> Any:
    """The condition that a revision belongs to `version`, hidden or not."""
    return (RevisionRow.since <= version) & (
        RevisionRow.until.is_(None) | (RevisionRow.until > version)
    )


def in_version(version: int | BindParameter[int]) -> Any:
    """The condition that readers of `version` see a revision."""
    return held_in(version) & RevisionRow.hidden.is_(False)


def hide_and_show(session: Session) -> None:
    """Hide what overrides take out of service, whichever revisions are live, and nothing else."""
    hiding = select(OverrideRow.article_id).where(OverrideRow.field == "hidden")
    session.execute(
        update(RevisionRow)
        .where(RevisionRow.until.is_(None))
        .values(hidden=RevisionRow.article_id.in_(hiding))
    )


_EARLIER = aliased(RevisionRow)
_ARRIVED_BEFORE = (
    select(func.min(_EARLIER.arrived))
    .where(_EARLIER.article_id == RevisionRow.article_id)
    .correlate(RevisionRow)
    .scalar_subquery()
)

# Made once: a statement takes longer to build than to run. Plain rows: mapped objects, of which an
# article has dozens, take three times as long.
_ARTICLES, _HELD = (
    select(*RevisionRow.__table__.c)
    .where(condition, RevisionRow.article_id.in_(bindparam("ids", expanding=True)))
    .order_by(RevisionRow.article_id)
    for condition in (
        in_version(bindparam("version", type_=Integer)),
        held_in(bindparam("version", type_=Integer)),
    )
)
_KEYS = select(PassageRow.key).where(PassageRow.revision_id.in_(bindparam("ids", expanding=True)))
_PLACES, _DATES, _PASSAGES = (
    select(*table.__table__.c).where(table.revision_id.in_(bindparam("ids", expanding=True)))
    for table in (PlaceRow, SentenceDateRow, PassageRow)
)


def _articles(
    connection: Connection, version: int, ids: list[str], query: Any = None
) -> list[Article]:
    """The articles of `version` with these ids, of which one statement can take all."""
    query = _ARTICLES if query is None else query
    rows = connection.execute(query, {"version": version, "ids": ids}).all()
    return [article for _, article in _from_rows(connection, rows)]


def _of_revisions(connection: Connection, ids: list[int]) -> Iterator[tuple[int, Article]]:
    rows = connection.execute(
        select(*RevisionRow.__table__.c).where(RevisionRow.id.in_(ids)).order_by(RevisionRow.id)
    ).all()
    return _from_rows(connection, rows)


def _from_rows(connection: Connection, rows: Sequence[Any]) -> Iterator[tuple[int, Article]]:
    """(revision, article) of rows with all columns of the table."""
    revisions = {"ids": [row.id for row in rows]}
    places, dates, passages = (
        _grouped(connection.execute(query, revisions)) for query in (_PLACES, _DATES, _PASSAGES)
    )
    for row in rows:
        yield row.id, to_article(row, places[row.id], dates[row.id], passages[row.id])


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """`rows` by the revision that they belong to."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.revision_id].append(row)
    return grouped


def chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    """`values` in lists short enough for one statement."""
    ordered = list(values)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


_CURRENT = select(*VersionRow.__table__.c).order_by(VersionRow.number.desc()).limit(1)


def to_version(row: Any) -> Version:
    """A version from a row with the columns of its table."""
    return Version(
        row.number,
        row.published_at,
        row.fingerprint,
        row.added,
        row.changed,
        row.removed,
        row.made_by,
        row.restores,
    )
