"""The answers that were shown, kept in the catalogue's database.

What stands under an answer, its sources to look at, a correction that comes later, must work after
a restart and on the words that were shown, whatever the corpus holds by then.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, BigInteger, Engine, ForeignKey, Index, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.conversations import Place
from bot.instants import read_instant, written
from corpus.tables import Base

KEPT = dt.timedelta(days=30)
"""For how long whoever has an answer hears of what changes under it."""


class ContentRow(Base):
    """What was shown, as JSON, by its digest: a story goes to many who have a digest."""

    __tablename__ = "answer_content"

    key: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class AnswerRow(Base):
    """One answer: where, to whom, in which messages, and what was shown.

    `user_id` is null where nobody asked, `question_id` where no message did. `at` is UTC, written
    so that texts sort as instants do.
    """

    __tablename__ = "answer"
    __table_args__ = (
        Index("ix_answer_chat", "chat_id", "thread_id"),
        Index("ix_answer_at", "at"),
        Index("ix_answer_content_key", "content_key"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    question_id: Mapped[int | None] = mapped_column(BigInteger)
    message_ids: Mapped[list[int]] = mapped_column(JSON)
    at: Mapped[str]
    content_key: Mapped[str] = mapped_column(ForeignKey("answer_content.key"))


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that an answer cites: ``quote`` stood at [start:end] of the article's text."""

    article: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Content:
    """What was shown, by its JSON as of `bot.payload.answer`, each source with its `line`."""

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


@dataclass(frozen=True)
class ShownAnswer(Content):
    """An answer as it was shown, or one story of a digest: where, to whom, in which messages."""

    id: int
    place: Place
    user: int | None
    question_id: int | None
    message_ids: tuple[int, ...]
    at: dt.datetime


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
            row = keep_answer(
                session, place, content, now, user=user, question_id=question_id, again=again
            )
            return row.id

    def sent(self, number: int, message_ids: Sequence[int]) -> None:
        """Note the messages that an answer stands in."""
        with Session(self._engine) as session, session.begin():
            note_messages(session, [number], message_ids)

    def get(self, number: int, chat: int) -> ShownAnswer | None:
        """The answer with that id, if it was shown in `chat`."""
        with Session(self._engine) as session:
            row = session.get(AnswerRow, number)
            here = row is not None and row.chat_id == chat
            return _read(session, row) if row is not None and here else None

    def of_question(self, place: Place, question_id: int) -> ShownAnswer | None:
        """The answer to that message."""
        query = select(AnswerRow).where(
            AnswerRow.chat_id == place.chat,
            AnswerRow.thread_id == place.thread,
            AnswerRow.question_id == question_id,
        )
        with Session(self._engine) as session:
            row = session.scalar(query.order_by(AnswerRow.id.desc()).limit(1))
            return _read(session, row) if row is not None else None

    def last(self, place: Place) -> ShownAnswer | None:
        """The last answer to a question that was shown there."""
        query = (
            select(AnswerRow)
            .where(
                AnswerRow.chat_id == place.chat,
                AnswerRow.thread_id == place.thread,
                AnswerRow.user_id.is_not(None),  # and not a story of a digest
            )
            .order_by(AnswerRow.id.desc())
            .limit(1)
        )
        with Session(self._engine) as session:
            row = session.scalar(query)
            return _read(session, row) if row is not None else None

    def contents_since(self, instant: dt.datetime) -> dict[str, Content]:
        """All that was shown from then on, by key."""
        shown = select(AnswerRow.content_key).where(AnswerRow.at >= written(instant))
        query = select(ContentRow).where(ContentRow.key.in_(shown))
        with Session(self._engine) as session:
            return {row.key: Content(row.content) for row in session.scalars(query)}

    def showing(self, key: str, instant: dt.datetime) -> list[tuple[int, Place]]:
        """Where that was shown from then on: ids of answers and their places."""
        query = select(AnswerRow.id, AnswerRow.chat_id, AnswerRow.thread_id).where(
            AnswerRow.content_key == key, AnswerRow.at >= written(instant)
        )
        with Session(self._engine) as session:
            return [(row.id, Place(row.chat_id, row.thread_id)) for row in session.execute(query)]

    def moved(self, chat: int, new: int) -> None:
        """Follow a group that Telegram gave another id."""
        with Session(self._engine) as session, session.begin():
            session.execute(update(AnswerRow).where(AnswerRow.chat_id == chat).values(chat_id=new))

    def forget_before(self, instant: dt.datetime) -> None:
        """Remove what was shown before then."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(AnswerRow).where(AnswerRow.at < written(instant)))
        drop_unshown(self._engine)


def keep_answer(
    session: Session,
    place: Place,
    content: dict[str, Any],
    now: dt.datetime,
    *,
    user: int | None = None,
    question_id: int | None = None,
    again: int | None = None,
) -> AnswerRow:
    """Keep an answer in a transaction that is open; see `Answers.keep`."""
    key = keep_content(session, content)
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
    row.at, row.content_key = written(now), key
    session.flush()
    return row


def note_messages(session: Session, numbers: Sequence[int], message_ids: Sequence[int]) -> None:
    """Note the messages that answers stand in, in a transaction that is open."""
    session.execute(
        update(AnswerRow).where(AnswerRow.id.in_(numbers)).values(message_ids=list(message_ids))
    )


def keep_content(session: Session, content: dict[str, Any]) -> str:
    """Keep what is shown; its key."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if session.get(ContentRow, key) is None:
        session.add(ContentRow(key=key, content=content))
        session.flush()
    return key


def drop_unshown(engine: Engine) -> None:
    """Forget what no answer shows any more."""
    shown = select(AnswerRow.content_key)
    with Session(engine) as session, session.begin():
        session.execute(delete(ContentRow).where(ContentRow.key.not_in(shown)))


def _read(session: Session, row: AnswerRow) -> ShownAnswer:
    content = session.get_one(ContentRow, row.content_key)
    return ShownAnswer(
        content.content,
        row.id,
        Place(row.chat_id, row.thread_id),
        row.user_id,
        row.question_id,
        tuple(row.message_ids),
        read_instant(row.at),
    )
