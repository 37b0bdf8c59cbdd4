"""The last turns of every chat, kept in the catalogue's database while they can be followed.

What is stored is what a later question may take over, never the words of a question as a whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import JSON, BigInteger, Engine, Index, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.instants import written_exactly
from corpus.tables import Base
from retrieval.conversation import FRESH, KEPT, Turn, fresh


class TurnRow(Base):
    """One question and its answer: their message ids, and the turn as JSON.

    `question_id` is null where no message asked, as with a button. `thread_id` is 0 outside the
    topics of a forum. `at` is UTC, written so that texts sort as instants do.
    """

    __tablename__ = "conversation_turn"
    __table_args__ = (
        Index("ix_conversation_turn_chat", "chat_id", "thread_id"),
        Index("ix_conversation_turn_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int] = mapped_column(BigInteger)
    question_id: Mapped[int | None] = mapped_column(BigInteger)
    answer_ids: Mapped[list[int]] = mapped_column(JSON)
    at: Mapped[str]
    turn: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation is held: a chat, or one topic of a forum."""

    chat: int
    thread: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's message; `reply_to` is the message that it answers.

    `only_replies`: here one question follows another only where it replies to its answer.
    """

    message: int
    reply_to: int | None = None
    only_replies: bool = False


class Conversations:
    """The turns by place. Safe to use from several threads; call it outside the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def before(self, place: Place, asked: Asked, now: dt.datetime) -> list[Turn]:
        """The turns that a question may follow, the latest last.

        A reply follows the turn that it replies to, and what came before that; in a group nothing
        but that turn. A message that is delivered again does not follow itself.
        """
        if asked.only_replies and asked.reply_to is None:
            return []
        query = (
            select(TurnRow)
            .where(TurnRow.chat_id == place.chat, TurnRow.thread_id == place.thread)
            .order_by(TurnRow.id)
        )
        with Session(self._engine) as session:
            rows = [row for row in session.scalars(query) if row.question_id != asked.message]
        if asked.reply_to is not None:
            to = [n for n, row in enumerate(rows) if _has(row, asked.reply_to)]
            if not to:
                return []
            rows = rows[to[-1] if asked.only_replies else 0 : to[-1] + 1]
        turns = [turn for row in rows if (turn := Turn.from_json(row.turn)) is not None]
        return fresh(turns, now)

    def keep(
        self, place: Place, question_id: int | None, answer_ids: Sequence[int], turn: Turn
    ) -> None:
        """Store a turn, in the place of one of the same question; drop what is old or too much."""
        here = (TurnRow.chat_id == place.chat) & (TurnRow.thread_id == place.thread)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(TurnRow).where(TurnRow.at < written_exactly(turn.at - FRESH)))
            if question_id is not None:
                session.execute(delete(TurnRow).where(here, TurnRow.question_id == question_id))
            session.add(
                TurnRow(
                    chat_id=place.chat,
                    thread_id=place.thread,
                    question_id=question_id,
                    answer_ids=list(answer_ids),
                    at=written_exactly(turn.at),
                    turn=turn.to_json(),
                )
            )
            session.flush()
            kept = select(TurnRow.id).where(here).order_by(TurnRow.id.desc()).limit(KEPT)
            session.execute(
                delete(TurnRow).where(here, TurnRow.id.not_in(kept.subquery().select()))
            )

    def clear(self, place: Place) -> None:
        """Forget the conversation."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                delete(TurnRow).where(
                    TurnRow.chat_id == place.chat, TurnRow.thread_id == place.thread
                )
            )

    def forget_old(self, now: dt.datetime) -> None:
        """Remove the turns of all chats that can no longer be followed."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(TurnRow).where(TurnRow.at < written_exactly(now - FRESH)))


def _has(row: TurnRow, message: int) -> bool:
    return message == row.question_id or message in row.answer_ids
