"""The versions that are kept, and the way back to one of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Engine, Table, func, insert, literal, select, update
from sqlalchemy.orm import Session

from corpus.catalogue import Version, forget_before, held_in, hide_and_show, to_version
from corpus.errors import SourceError
from corpus.tables import PassageRow, PlaceRow, RevisionRow, SentenceDateRow, VersionRow

_PARTS = (PlaceRow, SentenceDateRow, PassageRow)


def versions(engine: Engine) -> list[Version]:
    """The versions that are kept, the newest first."""
    query = select(*VersionRow.__table__.c).order_by(VersionRow.number.desc())
    with engine.connect() as connection:
        return [to_version(row) for row in connection.execute(query)]


def revisions_of(engine: Engine, number: int) -> list[int]:
    """The revisions of a kept version. Raises `SourceError` for a number that is none."""
    kept = [version.number for version in versions(engine)]
    if number not in kept:
        if not kept:
            raise SourceError("there is no version %(number)d; there is none yet", number=number)
        raise SourceError(
            "there is no version %(number)d; kept are %(first)d to %(last)d",
            number=number,
            first=kept[-1],
            last=kept[0],
        )
    with engine.connect() as connection:
        return list(connection.scalars(select(RevisionRow.id).where(held_in(number))))


def bring_back(
    engine: Engine, number: int, fingerprint: str, *, made_by: str | None, now: dt.datetime
) -> Version:
    """Make what version `number` held a new version, in one transaction.

    What both versions hold stays as it is; of what only the old one held, copies go live, since a
    revision is in the corpus for one run of versions. Raises `SourceError` as `revisions_of` does.
    """
    wanted = set(revisions_of(engine, number))
    with Session(engine) as session, session.begin():
        live_now = RevisionRow.since.is_not(None) & RevisionRow.until.is_(None)
        query = select(RevisionRow.id, RevisionRow.article_id).where(live_now)
        live = {row.id: row.article_id for row in session.execute(query)}
        last = session.scalar(select(func.max(VersionRow.number))) or 0
        gone = held_in(number) & RevisionRow.until.is_not(None)
        back = set(session.scalars(select(RevisionRow.article_id).where(gone)))
        retired = {article for revision, article in live.items() if revision not in wanted}
        row = VersionRow(
            number=last + 1,
            published_at=now.astimezone(dt.UTC).isoformat(timespec="seconds"),
            fingerprint=fingerprint,
            added=len(back - retired),
            changed=len(back & retired),
            removed=len(retired - back),
            made_by=made_by,
            restores=number,
        )
        # Their numbers are moved on by as much for all: what belongs together stays together.
        step = session.scalar(select(func.max(RevisionRow.id))) or 0
        _copy(
            session, RevisionRow.__table__, gone, {"id": step}, {"since": last + 1, "until": None}
        )
        ids = select(RevisionRow.id).where(gone)
        for part in _PARTS:
            _copy(session, part.__table__, part.revision_id.in_(ids), {"revision_id": step}, {})
        outdated = live_now & ~held_in(number) & (RevisionRow.since <= last)
        session.execute(update(RevisionRow).where(outdated).values(until=last + 1))
        session.add(row)
        session.flush()
        hide_and_show(session)
        forget_before(session, row.number)
        return to_version(row)


def _copy(
    session: Session, table: Any, condition: Any, moved: dict[str, int], fixed: dict[str, Any]
) -> None:
    """Copy the rows of a condition: columns of `moved` larger by that, those of `fixed` as given,
    numbers that the database gives left to it."""
    assert isinstance(table, Table)  # noqa: S101 - what SQLAlchemy types as wider than it is
    given = [
        column for column in table.columns if not (column.name == "id" and column.name not in moved)
    ]
    values = [
        (column + moved[column.name])
        if column.name in moved
        else literal(fixed[column.name], column.type)
        if column.name in fixed
        else column
        for column in given
    ]
    session.execute(
        insert(table).from_select(
            [column.name for column in given], select(*values).where(condition)
        )
    )
