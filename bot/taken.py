"""Which updates were taken on, kept so that one that Telegram sends twice is answered once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import BigInteger, Engine, Index, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.instants import written
from corpus.tables import Base

KEPT = dt.timedelta(days=7)
"""Telegram keeps what was not fetched for a day, and numbers on within a week."""


class TakenRow(Base):
    """One update by Telegram's number; `done` once what it asked for is over. `at` is UTC."""

    __tablename__ = "update_taken"
    __table_args__ = (Index("ix_update_taken_at", "at"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str]
    done: Mapped[bool]


class TakenUpdates:
    """The record of all. Safe to use from several threads, outside the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, update_ids: Collection[int], now: dt.datetime) -> set[int]:
        """Note that updates are taken on; those of them that are not done already.

        One that an earlier process took on and did not end is taken on again.
        """
        at = written(now)
        rows = [{"update_id": each, "at": at, "done": False} for each in update_ids]
        with Session(self._engine) as session, session.begin():
            # A writer from the start: two at once must not both find that there is none.
            session.execute(insert(TakenRow).on_conflict_do_nothing(), rows)
            new = select(TakenRow.update_id).where(TakenRow.update_id.in_(update_ids))
            return set(session.scalars(new.where(~TakenRow.done)))

    def done(self, update_ids: Collection[int]) -> None:
        """Note that what updates asked for is over."""
        changed = update(TakenRow).where(TakenRow.update_id.in_(update_ids)).values(done=True)
        with Session(self._engine) as session, session.begin():
            session.execute(changed)

    def forget_old(self, now: dt.datetime) -> None:
        """Forget what Telegram will not send again."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(TakenRow).where(TakenRow.at < written(now - KEPT)))
