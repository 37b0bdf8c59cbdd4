"""What changed under answers that people have: found, looked at by an admin, then told.

An answer's words stay as they were sent. Where a sentence it cites is no longer in its article, the
date of the event is another one, or the article is out of service, whoever has the answer should
hear of it, once, and not because of a mistake that an admin is about to undo.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import BigInteger, Engine, ForeignKey, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.answers import KEPT, Answers, Content, ShownAnswer
from bot.conversations import Place
from bot.evidence import standing
from bot.instants import written
from corpus.article import Article
from corpus.catalogue import Catalogue
from corpus.tables import Base

What = Literal["changed", "gone", "date"]
State = Literal["found", "asked", "approved", "dropped", "told"]
"""Found; admins were asked; they want it told; they do not, or it holds again; it was told."""


class ChangeRow(Base):
    """Something that changed under an answer since it was shown; `at` is UTC."""

    __tablename__ = "answer_change"
    __table_args__ = (UniqueConstraint("answer_id", "article", "what"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int] = mapped_column(BigInteger)
    article: Mapped[str]
    what: Mapped[str]
    version: Mapped[int]
    state: Mapped[str]
    at: Mapped[str]


class LookRow(Base):
    """The version of the corpus up to which answers were looked at; there is one row."""

    __tablename__ = "answer_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of one article under one answer; `served` is the article as it is now."""

    id: int
    answer: ShownAnswer
    article: str
    what: What
    served: Article | None


class Changes:
    """The changes of all answers. Safe to use from several threads, outside the event loop."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._engine: Engine = catalogue.engine
        self._answers = Answers(self._engine)

    def look(self, now: dt.datetime) -> None:
        """Find what changed with the versions that were published since the last look."""
        version = self._catalogue.current()
        if version is None:
            return
        with Session(self._engine) as session:
            seen = session.scalar(select(LookRow.version))
        if seen == version.number:
            return
        found: list[tuple[int, Place, str, What]] = []
        if seen is not None:
            contents = self._answers.contents_since(now - KEPT)
            served = self._served(version.number, contents.values())
            found = [
                (answer, place, article, what)
                for key, content in contents.items()
                for article, what in changes_under(content, served)
                for answer, place in self._answers.showing(key, now - KEPT)
            ]
        with Session(self._engine) as session, session.begin():
            for answer, place, article, what in found:
                known = select(ChangeRow.id).where(
                    ChangeRow.answer_id == answer,
                    ChangeRow.article == article,
                    ChangeRow.what == what,
                )
                if session.scalar(known) is None:
                    session.add(
                        ChangeRow(
                            answer_id=answer,
                            chat_id=place.chat,
                            thread_id=place.thread,
                            article=article,
                            what=what,
                            version=version.number,
                            state="found",
                            at=written(now),
                        )
                    )
            session.merge(LookRow(id=1, version=version.number))

    def in_state(self, state: State, version: int | None = None) -> list[Change]:
        """The changes in that state, found with that version where it is given."""
        query = select(ChangeRow).where(ChangeRow.state == state).order_by(ChangeRow.id)
        if version is not None:
            query = query.where(ChangeRow.version == version)
        current = self._catalogue.current()
        with Session(self._engine) as session:
            rows = session.scalars(query).all()
        answers = {
            row.id: answer
            for row in rows
            if (answer := self._answers.get(row.answer_id, row.chat_id)) is not None
        }
        served = self._served(current.number if current else 0, answers.values())
        return [
            Change(row.id, answers[row.id], row.article, row.what, served.get(row.article))  # type: ignore[arg-type]
            for row in rows
            if row.id in answers
        ]

    def versions_found(self) -> list[int]:
        """The versions with changes that no admin was asked about."""
        query = select(ChangeRow.version).where(ChangeRow.state == "found").distinct()
        with Session(self._engine) as session:
            return sorted(session.scalars(query))

    def decide(self, version: int, *, tell: bool) -> bool:
        """Let what an admin was asked about be told, or not; False where that was decided before.

        What holds again by now is not told.
        """
        asked = self.in_state("asked", version)
        still = {
            change.id
            for change in asked
            if (change.article, change.what)
            in changes_under(
                change.answer, {change.article: change.served} if change.served else {}
            )
        }
        self._set([change.id for change in asked if change.id not in still], "dropped")
        self._set(sorted(still), "approved" if tell else "dropped")
        return bool(asked)

    def asked(self, changes: Iterable[Change]) -> None:
        """Note that admins were asked about these."""
        self._set([change.id for change in changes], "asked")

    def told(self, changes: Iterable[Change]) -> None:
        """Note that people were told of these."""
        self._set([change.id for change in changes], "told")

    def dropped(self, changes: Iterable[Change]) -> None:
        """Note that nobody can be told of these."""
        self._set([change.id for change in changes], "dropped")

    def moved(self, chat: int, new: int) -> None:
        """Follow a group that Telegram gave another id."""
        self._answers.moved(chat, new)
        with Session(self._engine) as session, session.begin():
            session.execute(update(ChangeRow).where(ChangeRow.chat_id == chat).values(chat_id=new))

    def _set(self, numbers: Sequence[int], state: State) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(update(ChangeRow).where(ChangeRow.id.in_(numbers)).values(state=state))

    def _served(self, version: int, answers: Iterable[Content]) -> dict[str, Article]:
        ids = {source["article"] for answer in answers for source in answer.sources}
        return {article.id: article for article in self._catalogue.articles(version, ids)}


def changes_under(answer: Content, served: dict[str, Article]) -> list[tuple[str, What]]:
    """(article, what) of all that an answer says and `served`, the articles in service, do not."""
    found: list[tuple[str, What]] = []
    for source in answer.sources:
        name = str(source["article"])
        article = served.get(name)
        standings = {standing(article, cited) for cited in answer.citations(source["n"])}
        if article is None:
            found.append((name, "gone"))
        elif "changed" in standings:
            found.append((name, "changed"))
        if article is not None and _dated(source["event"]) != _days(article):
            found.append((name, "date"))
    return found


def _dated(event: dict[str, str] | None) -> tuple[str, str] | None:
    return (event["start"], event["end"]) if event else None


def _days(article: Article) -> tuple[str, str] | None:
    return (article.event.start, article.event.end) if article.event else None


def by_place(changes: Iterable[Change]) -> dict[Place, list[Change]]:
    """The changes by where their answers stand."""
    places: dict[Place, list[Change]] = {}
    for change in changes:
        places.setdefault(change.answer.place, []).append(change)
    return places
