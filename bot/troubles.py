"""What admins must hear of once: a key refused, a feed, the disk or a backup that fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Engine, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from corpus.audit import at
from corpus.tables import Base

Kind = Literal["key", "feed", "disk", "backup"]


class TroubleRow(Base):
    """Something that fails since `since`; `told` once admins know, `over` once it works again.

    `subject` says which of its kind, `reason` what was the matter when it was looked at last.
    """

    __tablename__ = "trouble"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    since: Mapped[str]
    told: Mapped[bool]
    over: Mapped[bool]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One of them, as admins are told it; `over`: that it works again."""

    kind: Kind
    subject: str
    reason: str
    over: bool


class Troubles:
    """All troubles. Safe to use from several threads and processes; call it outside the event
    loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def failed(self, kind: Kind, subject: str, reason: str, now: dt.datetime) -> None:
        """It fails. Told once, however often it does until it works again."""
        with Session(self._engine) as session, session.begin():
            row = session.get(TroubleRow, (kind, subject))
            if row is not None:
                row.reason, row.over = reason, False
                return
            session.add(
                TroubleRow(
                    kind=kind, subject=subject, reason=reason, since=at(now), told=False, over=False
                )
            )

    def worked(self, kind: Kind, subject: str) -> None:
        """It works. Told where its failing was, else forgotten."""
        with Session(self._engine) as session, session.begin():
            row = session.get(TroubleRow, (kind, subject))
            if row is None:
                return
            row.over = True
            if not row.told:
                session.delete(row)

    def found(self, kind: Kind, failing: Mapping[str, str], now: dt.datetime) -> None:
        """Of this kind, `failing` fail, with their reasons, and no others."""
        for subject in self.failing(kind) - failing.keys():
            self.worked(kind, subject)
        for subject, reason in failing.items():
            self.failed(kind, subject, reason, now)

    def failing(self, kind: Kind) -> set[str]:
        """Which of this kind are known to fail."""
        query = select(TroubleRow.subject).where(TroubleRow.kind == kind, ~TroubleRow.over)
        with self._engine.connect() as connection:
            return set(connection.scalars(query))

    def to_tell(self) -> list[Trouble]:
        """What admins do not know yet, the oldest first."""
        query = (
            select(TroubleRow.kind, TroubleRow.subject, TroubleRow.reason, TroubleRow.over)
            .where(TroubleRow.told == TroubleRow.over)
            .order_by(TroubleRow.since, TroubleRow.kind, TroubleRow.subject)
        )
        with self._engine.connect() as connection:
            return [Trouble(**row._mapping) for row in connection.execute(query)]

    def told(self, trouble: Trouble) -> None:
        """Admins know."""
        with Session(self._engine) as session, session.begin():
            row = session.get(TroubleRow, (trouble.kind, trouble.subject))
            if row is None:
                return
            if trouble.over and row.over:
                session.delete(row)
            else:
                row.told = True
