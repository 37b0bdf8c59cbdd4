"""What a person may ask for: so many questions a minute, so many tokens of a model a day.

Kept in the catalogue's database, so that a restart gives nobody a new share. Whether to answer is
decided without writing there, which can wait for an ingest: what was counted is saved afterwards.
"""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass, replace

from sqlalchemy import JSON, BigInteger, Engine, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.instants import read_instant, written_exactly
from bot.limits import Limits
from corpus.tables import Base

MINUTE = dt.timedelta(minutes=1)
_DAY = dt.timedelta(days=1)


class AllowanceRow(Base):
    """One person's last minute and day.

    `asked_at` are the instants of the questions that count; `tokens` were spent on `day`. In UTC.
    """

    __tablename__ = "allowance"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    asked_at: Mapped[list[str]] = mapped_column(JSON)
    day: Mapped[str]
    tokens: Mapped[int]


@dataclass(frozen=True, slots=True)
class _Share:
    """A row's values, to be replaced as a whole."""

    day: str
    asked: tuple[dt.datetime, ...] = ()
    tokens: int = 0


class Allowances:
    """Everybody's share. Safe to use from several threads; call it outside the event loop."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._engine = engine
        self._limits = limits
        self._unsaved: dict[int, _Share] = {}
        # Each reads what the one before has counted, however many of one person come at once.
        self._counting = threading.Lock()
        self._saving = threading.Lock()

    def admit(self, user_id: int, now: dt.datetime) -> dt.datetime | None:
        """Count a question, None; or, where there were too many, when the next one is taken."""
        most = self._limits.questions_per_minute
        if not most:
            return None
        with self._counting:
            share = self._share(user_id, now)
            asked = tuple(each for each in share.asked if now - MINUTE < each <= now)
            if len(asked) >= most:
                return asked[-most] + MINUTE
            self._unsaved[user_id] = replace(share, asked=(*asked, now))
            return None

    def spend(self, user_id: int, tokens: int, now: dt.datetime) -> None:
        """Count tokens of a language model."""
        with self._counting:
            share = self._share(user_id, now)
            self._unsaved[user_id] = replace(share, tokens=share.tokens + tokens)

    def used_up(self, user_id: int, now: dt.datetime) -> dt.datetime | None:
        """Where the day's tokens are used up, when the next day begins, midnight UTC; else None."""
        most = self._limits.tokens_per_day
        if not most:
            return None
        with self._counting:
            if self._share(user_id, now).tokens < most:
                return None
        tomorrow = now.astimezone(dt.UTC).date() + _DAY
        return dt.datetime.combine(tomorrow, dt.time(tzinfo=dt.UTC))

    def save(self) -> None:
        """Write down what was counted. Waits while an ingest writes."""
        with self._saving:
            with self._counting:
                unsaved = dict(self._unsaved)
            with Session(self._engine) as session, session.begin():
                for user_id, share in unsaved.items():
                    session.merge(_row(user_id, share))
            with self._counting:
                for user_id, share in unsaved.items():
                    if self._unsaved.get(user_id) is share:
                        del self._unsaved[user_id]

    def forget(self, user_id: int) -> None:
        """Remove what was counted of a person."""
        with self._saving:
            with self._counting:
                self._unsaved.pop(user_id, None)
            with self._engine.begin() as connection:
                connection.execute(delete(AllowanceRow).where(AllowanceRow.user_id == user_id))

    def _share(self, user_id: int, now: dt.datetime) -> _Share:
        """What a person has taken by `now`; tokens of another day no longer count."""
        share = self._unsaved.get(user_id)
        if share is None:
            with Session(self._engine) as session:
                row = session.get(AllowanceRow, user_id)
                share = _read(row) if row is not None else _Share(_day(now))
        return share if share.day == _day(now) else replace(share, day=_day(now), tokens=0)


def spent_by_all(engine: Engine, now: dt.datetime) -> int:
    """The tokens that all have spent today."""
    query = select(func.sum(AllowanceRow.tokens)).where(AllowanceRow.day == _day(now))
    with Session(engine) as session:
        return session.scalar(query) or 0


def forget_old(engine: Engine, now: dt.datetime) -> None:
    """Remove what no longer counts."""
    with Session(engine) as session, session.begin():
        session.execute(delete(AllowanceRow).where(AllowanceRow.day < _day(now - MINUTE)))


def _row(user_id: int, share: _Share) -> AllowanceRow:
    return AllowanceRow(
        user_id=user_id,
        asked_at=[written_exactly(each) for each in share.asked],
        day=share.day,
        tokens=share.tokens,
    )


def _read(row: AllowanceRow) -> _Share:
    return _Share(
        row.day,
        tuple(read_instant(each) for each in row.asked_at),
        row.tokens,
    )


def _day(now: dt.datetime) -> str:
    return now.astimezone(dt.UTC).date().isoformat()
