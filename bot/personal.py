"""All that is kept of one person: to be shown to them, or erased."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, or_, select
from sqlalchemy.orm import Session

from bot.allowance import AllowanceRow
from bot.answers import AnswerRow, ContentRow, drop_unshown
from bot.conversations import TurnRow
from bot.feedback import FeedbackRow
from bot.preferences import PreferenceRow
from bot.store import PersonRow, RequestRow
from bot.subscriptions import SubscriptionRow
from corpus.tables import Base

NAMES = {
    PersonRow: "access",
    RequestRow: "request",
    PreferenceRow: "preferences",
    TurnRow: "conversation",
    AnswerRow: "answers",
    FeedbackRow: "feedback",
    SubscriptionRow: "digests",
    AllowanceRow: "allowance",
}
"""The tables that hold something of people, by what a person calls it."""


def everything(engine: Engine, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """All rows on a person, by table, their columns by name.

    What was said in a group belongs to the group; of it only what they asked is theirs.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    with Session(engine) as session:
        for table, condition in _theirs(user_id):
            rows = session.scalars(select(table).where(condition)).all()
            found[NAMES[table]] = [
                {column.key: getattr(row, column.key) for column in table.__table__.columns}
                for row in rows
            ]
        for answer in found[NAMES[AnswerRow]]:
            answer["content"] = session.get_one(ContentRow, answer["content_key"]).content
    return found


def erase(engine: Engine, user_id: int) -> int:
    """Remove all of that, their access too; the number of rows."""
    count = 0
    with Session(engine) as session, session.begin():
        for table, condition in _theirs(user_id):
            found = session.execute(delete(table).where(condition))
            count += found.rowcount  # type: ignore[attr-defined]  # deletions have one
    drop_unshown(engine)
    return count


def _theirs(user_id: int) -> Iterator[tuple[type[Base], ColumnElement[bool]]]:
    """The tables with the condition of what is a person's there; in a private chat, all is."""
    yield PersonRow, PersonRow.user_id == user_id
    yield RequestRow, RequestRow.user_id == user_id
    yield PreferenceRow, PreferenceRow.user_id == user_id
    yield TurnRow, TurnRow.chat_id == user_id
    yield AnswerRow, or_(AnswerRow.chat_id == user_id, AnswerRow.user_id == user_id)
    yield FeedbackRow, FeedbackRow.user_id == user_id
    yield (
        SubscriptionRow,
        or_(SubscriptionRow.chat_id == user_id, SubscriptionRow.made_by == user_id),
    )
    yield AllowanceRow, AllowanceRow.user_id == user_id
