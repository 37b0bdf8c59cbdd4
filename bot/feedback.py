"""What readers think of answers, kept for the admins with what they had in hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import JSON, BigInteger, Engine, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.answers import ShownAnswer
from bot.conversations import Place
from bot.instants import read_instant, written
from corpus.tables import Base

Reason = Literal["good", "where-when", "not-said", "missing", "other"]
"""Useful; a wrong date or country; not what the source says; something is missing; else."""

Outcome = Literal["mended", "as-it-is"]

REASONS: tuple[Reason, ...] = get_args(Reason)


class FeedbackRow(Base):
    """One person's word on one answer; `content` is its JSON as of `bot.payload.answer`."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("answer_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int]
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    reason: Mapped[str]
    at: Mapped[str]
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    outcome: Mapped[str | None]
    decided_by: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Feedback:
    """A person's word on an answer. `content` is there where the person agreed to share it."""

    id: int
    answer: int
    place: Place
    user: int
    reason: Reason
    at: dt.datetime
    content: dict[str, Any] | None
    outcome: Outcome | None


class FeedbackStore:
    """All feedback. Safe to use from several threads; call it outside the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def give(self, answer: ShownAnswer, user: int, reason: Reason, now: dt.datetime) -> None:
        """Keep what a person says, in the place of what they said of that answer before.

        A complaint is kept with the answer, a compliment without.
        """
        same = (FeedbackRow.answer_id == answer.id) & (FeedbackRow.user_id == user)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(FeedbackRow).where(same))
            session.add(
                FeedbackRow(
                    answer_id=answer.id,
                    chat_id=answer.place.chat,
                    thread_id=answer.place.thread,
                    user_id=user,
                    reason=reason,
                    at=written(now),
                    content=None if reason == "good" else answer.content,
                    outcome=None,
                    decided_by=None,
                )
            )

    def complaints(self, count: int | None = None) -> list[Feedback]:
        """Those that no admin has decided on, the oldest first."""
        query = (
            select(FeedbackRow)
            .where(FeedbackRow.reason != "good", FeedbackRow.outcome.is_(None))
            .order_by(FeedbackRow.id)
            .limit(count)
        )
        with Session(self._engine) as session:
            return [_read(row) for row in session.scalars(query)]

    def all(self) -> list[Feedback]:
        """Everything, the oldest first."""
        with Session(self._engine) as session:
            return [
                _read(row) for row in session.scalars(select(FeedbackRow).order_by(FeedbackRow.id))
            ]

    def counts(self) -> dict[str, int]:
        """How often each reason was given."""
        found = [each.reason for each in self.all()]
        return {reason: found.count(reason) for reason in REASONS if reason in found}

    def forget_before(self, instant: dt.datetime) -> None:
        """Remove what was said before then and has been decided on, or needs no decision."""
        done = FeedbackRow.outcome.is_not(None) | (FeedbackRow.reason == "good")
        with Session(self._engine) as session, session.begin():
            session.execute(delete(FeedbackRow).where(FeedbackRow.at < written(instant), done))

    def decide(self, number: int, outcome: Outcome, decided_by: str) -> Feedback | None:
        """Keep what came of a complaint; None where there is none or it was decided before."""
        with Session(self._engine) as session, session.begin():
            row = session.get(FeedbackRow, number)
            if row is None or row.outcome is not None or row.reason == "good":
                return None
            row.outcome, row.decided_by = outcome, decided_by
            return _read(row)


def _read(row: FeedbackRow) -> Feedback:
    return Feedback(
        row.id,
        row.answer_id,
        Place(row.chat_id, row.thread_id),
        row.user_id,
        row.reason,  # type: ignore[arg-type]  # only `give` writes it
        read_instant(row.at),
        row.content,
        row.outcome,  # type: ignore[arg-type]
    )
