"""What admins did, kept for good: the trail that says who changed what, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, insert, select

from corpus.tables import AuditRow


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: when (UTC, ISO), who, which, and what it was done to."""

    at: str
    who: str
    act: str
    details: Mapping[str, Any]


def note(engine: Engine, entry: Entry) -> None:
    """Keep an entry."""
    with engine.begin() as connection:
        connection.execute(
            insert(AuditRow).values(
                at=entry.at, who=entry.who, act=entry.act, details=dict(entry.details)
            )
        )


def latest(engine: Engine, count: int) -> list[Entry]:
    """The last entries, the newest first."""
    query = select(AuditRow.at, AuditRow.who, AuditRow.act, AuditRow.details)
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(AuditRow.id.desc()).limit(count))
        return [Entry(*row) for row in rows]


def at(now: dt.datetime) -> str:
    """An instant as entries have it."""
    return now.astimezone(dt.UTC).isoformat(timespec="seconds")
