"""The sources that are looked at again and again, kept in the catalogue's database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from corpus.errors import SourceError
from corpus.tables import SourceRow

EVERY = 60
"""Minutes between two looks at a source, unless an admin says otherwise."""

FEWEST = 5
_MOST_WAIT = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, sitemap or page; see `corpus.tables.SourceRow`."""

    id: int
    kind: str
    address: str
    outlet: str | None
    language: str | None
    minutes: int
    added_by: str
    etag: str | None
    modified: str | None
    seen_at: str | None
    result: str | None
    failures: int
    due_at: str | None

    def is_due(self, now: dt.datetime) -> bool:
        """Whether it is time to look again."""
        return self.due_at is None or self.due_at <= _instant(now)


@dataclass(frozen=True, slots=True)
class Look:
    """What came of one look: the server's marks where it went well, or what failed."""

    source: int
    result: str
    failed: bool = False
    etag: str | None = None
    modified: str | None = None


def sources(engine: Engine) -> list[Source]:
    """All sources, in the order they were added."""
    query = select(*SourceRow.__table__.c).order_by(SourceRow.id)
    with engine.connect() as connection:
        return [Source(**row._mapping) for row in connection.execute(query)]


def add(
    engine: Engine,
    kind: str,
    address: str,
    *,
    outlet: str | None = None,
    language: str | None = None,
    minutes: int = EVERY,
    added_by: str,
) -> Source:
    """Add a source, due at once. Raises `SourceError` for one that is there or too impatient."""
    if minutes < FEWEST:
        raise SourceError(
            "every %(minutes)d minutes is too often; at least %(fewest)d, please",
            minutes=minutes,
            fewest=FEWEST,
        )
    if any(source.address == address for source in sources(engine)):
        raise SourceError("%(url)s: is a source already", url=address)
    row = SourceRow(
        kind=kind,
        address=address,
        outlet=outlet,
        language=language,
        minutes=minutes,
        added_by=added_by,
        failures=0,
    )
    with Session(engine) as session, session.begin():
        session.add(row)
    return sources(engine)[-1]


def remove(engine: Engine, number: int) -> Source:
    """Look at a source no more; its articles stay. Raises `SourceError` for an unknown number."""
    found = source(engine, number)
    with engine.begin() as connection:
        connection.execute(delete(SourceRow).where(SourceRow.id == number))
    return found


def source(engine: Engine, number: int) -> Source:
    """The source with that number. Raises `SourceError` where there is none."""
    for each in sources(engine):
        if each.id == number:
            return each
    raise SourceError("there is no source %(number)d", number=number, see="attache sources list")


def note(engine: Engine, look: Look, now: dt.datetime) -> None:
    """Keep what came of a look. Who fails is asked less and less often, up to once a day."""
    try:
        known = source(engine, look.source)
    except SourceError:  # removed meanwhile
        return
    failures = known.failures + 1 if look.failed else 0
    wait = min(dt.timedelta(minutes=known.minutes) * 2 ** min(failures, 16), _MOST_WAIT)
    if not failures:
        wait = dt.timedelta(minutes=known.minutes)
    values: dict[str, Any] = {
        "result": look.result,
        "failures": failures,
        "seen_at": _instant(now),
        "due_at": _instant(now + wait),
    }
    if not look.failed:
        values |= {"etag": look.etag, "modified": look.modified}
    with engine.begin() as connection:
        connection.execute(update(SourceRow).where(SourceRow.id == look.source).values(values))


def _instant(now: dt.datetime) -> str:
    """UTC, written so that texts sort as instants do."""
    return now.astimezone(dt.UTC).isoformat(timespec="seconds")
