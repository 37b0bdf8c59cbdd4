"""What the bot asked people to type, by chat and message: kept, so that a restart forgets none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import BigInteger, Engine, Index, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.instants import written
from corpus.tables import Base

KEPT = dt.timedelta(days=7)
"""How long a reply to what was asked is understood."""


class AwaitedRow(Base):
    """One message of ours that asks for a reply, and what the reply is for; `at` is UTC."""

    __tablename__ = "awaited_reply"
    __table_args__ = (Index("ix_awaited_reply_at", "at"),)

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str]
    subject: Mapped[str]
    field: Mapped[str]
    shown_in: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[str]


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a reply is for: the `field` of a `subject`, each `kind` with its own names for them.

    `shown_in` is the message that shows what is set, where one does.
    """

    kind: str
    subject: str
    field: str
    shown_in: int | None = None


class AwaitedReplies:
    """All that was asked. Safe to use from several threads; call it outside the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, chat: int, message: int, awaited: Awaited, now: dt.datetime) -> None:
        """Note what a message asks for."""
        with Session(self._engine) as session, session.begin():
            session.merge(
                AwaitedRow(
                    chat_id=chat,
                    message_id=message,
                    kind=awaited.kind,
                    subject=awaited.subject,
                    field=awaited.field,
                    shown_in=awaited.shown_in,
                    at=written(now),
                )
            )

    def get(self, chat: int, message: int, now: dt.datetime) -> Awaited | None:
        """What a reply to that message is for, if it is for anything."""
        with Session(self._engine) as session:
            row = session.get(AwaitedRow, (chat, message))
            if row is None or row.at < written(now - KEPT):
                return None
            return Awaited(row.kind, row.subject, row.field, row.shown_in)

    def answered(self, chat: int, awaited: Awaited) -> None:
        """Forget every message of the chat that asked for the same."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                delete(AwaitedRow).where(
                    AwaitedRow.chat_id == chat,
                    AwaitedRow.kind == awaited.kind,
                    AwaitedRow.subject == awaited.subject,
                    AwaitedRow.field == awaited.field,
                )
            )

    def forget_old(self, now: dt.datetime) -> None:
        """Remove what nobody answered."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(AwaitedRow).where(AwaitedRow.at < written(now - KEPT)))
