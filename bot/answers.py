"""The answers that were shown, kept in the catalogue's database.

What stands under an answer, its sources to look at, a correction that comes later, must work after
a restart and on the words that were shown, whatever the corpus holds by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, BigInteger, Engine, Index, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.conversations import Place
from bot.subscriptions import read_instant, written
from corpus.tables import Base

KEPT = dt.timedelta(days=30)
"""For how long whoever has an answer hears of what changes under it."""


class AnswerRow(Base):
    """One answer: where, to whom, in which messages, and its JSON as of `bot.payload.answer`.

    `user_id` is null where nobody asked, `question_id` where no message did. `at` is UTC, written
    so that texts sort as instants do.
    """

    __tablename__ = "answer"
    __table_args__ = (
        Index("ix_answer_chat", "chat_id", "thread_id"),
        Index("ix_answer_at", "at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    question_id: Mapped[int | None] = mapped_column(BigInteger)
    message_ids: Mapped[list[int]] = mapped_column(JSON)
    at: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that an answer cites: ``quote`` stood at [start:end] of the article's text."""

    article: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer as it was shown. `content` is its JSON."""

    id: int
    place: Place
    user: int | None
    question_id: int | None
    message_ids: tuple[int, ...]
    at: dt.datetime
    content: dict[str, Any]

    @property
    def language(self) -> str:
        """The language that it is in."""
        return str(self.content["language"])

    @property
    def question(self) -> str:
        """The words that were answered."""
        return str(self.content["question"])

    @property
    def version(self) -> int:
        """The version of the corpus that it was made from."""
        return int(self.content["version"])

    @property
    def sources(self) -> list[dict[str, Any]]:
        """Its source list."""
        return list(self.content["sources"])

    def citations(self, number: int) -> list[Cited]:
        """What is cited of source `number`, each passage once, in the order of the text."""
        found = {
            (citation["start"], citation["end"]): Cited(
                citation["article"], citation["quote"], citation["start"], citation["end"]
            )
            for statement in self.content["statements"]
            for citation in statement["citations"]
            if citation["source"] == number
        }
        return [found[place] for place in sorted(found)]

    def written_on(self, cited: Cited) -> list[str]:
        """The sentences of the answer, written by a model, that rest on these words alone."""
        return [
            statement["text"]
            for statement in self.content["statements"]
            if statement["generated"]
            and [(each["article"], each["start"]) for each in statement["citations"]]
            == [(cited.article, cited.start)]
        ]


class Answers:
    """The answers of all chats. Safe to use from several threads, outside the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(
        self,
        place: Place,
        content: dict[str, Any],
        now: dt.datetime,
        *,
        user: int | None = None,
        question_id: int | None = None,
        again: int | None = None,
    ) -> int:
        """Keep an answer that is about to be shown, in the place of `again` where given; its id."""
        with Session(self._engine) as session, session.begin():
            row = session.get(AnswerRow, again) if again is not None else None
            if row is None:
                row = AnswerRow(
                    chat_id=place.chat,
                    thread_id=place.thread,
                    user_id=user,
                    question_id=question_id,
                    message_ids=[],
                )
                session.add(row)
            row.at, row.content = written(now), content
            session.flush()
            return row.id

    def sent(self, number: int, message_ids: Sequence[int]) -> None:
        """Note the messages that an answer stands in."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(AnswerRow)
                .where(AnswerRow.id == number)
                .values(message_ids=list(message_ids))
            )

    def get(self, number: int, chat: int) -> ShownAnswer | None:
        """The answer with that id, if it was shown in `chat`."""
        with Session(self._engine) as session:
            row = session.get(AnswerRow, number)
            return _read(row) if row is not None and row.chat_id == chat else None

    def of_question(self, place: Place, question_id: int) -> ShownAnswer | None:
        """The answer to that message."""
        query = select(AnswerRow).where(
            AnswerRow.chat_id == place.chat,
            AnswerRow.thread_id == place.thread,
            AnswerRow.question_id == question_id,
        )
        with Session(self._engine) as session:
            row = session.scalar(query.order_by(AnswerRow.id.desc()).limit(1))
            return _read(row) if row is not None else None

    def last(self, place: Place) -> ShownAnswer | None:
        """The last answer that was shown there."""
        query = (
            select(AnswerRow)
            .where(AnswerRow.chat_id == place.chat, AnswerRow.thread_id == place.thread)
            .order_by(AnswerRow.id.desc())
            .limit(1)
        )
        with Session(self._engine) as session:
            row = session.scalar(query)
            return _read(row) if row is not None else None

    def since(self, instant: dt.datetime) -> list[ShownAnswer]:
        """All that were shown from then on, the oldest first."""
        query = select(AnswerRow).where(AnswerRow.at >= written(instant)).order_by(AnswerRow.id)
        with Session(self._engine) as session:
            return [_read(row) for row in session.scalars(query)]

    def moved(self, chat: int, new: int) -> None:
        """Follow a group that Telegram gave another id."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(AnswerRow).where(AnswerRow.chat_id == chat).values(chat_id=new))

    def forget_before(self, instant: dt.datetime) -> None:
        """Remove what was shown before then."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(AnswerRow).where(AnswerRow.at < written(instant)))


def _read(row: AnswerRow) -> ShownAnswer:
    return ShownAnswer(
        row.id,
        Place(row.chat_id, row.thread_id),
        row.user_id,
        row.question_id,
        tuple(row.message_ids),
        read_instant(row.at),
        row.content,
    )
