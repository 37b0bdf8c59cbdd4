"""Subscriptions to digests: who gets one where, when, on what, and which stories they had."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import JSON, BigInteger, Engine, ForeignKey, Index, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.conversations import Place
from bot.instants import read_instant, written
from bot.schedule import EVERY_DAY, Schedule
from corpus.tables import Base
from retrieval.digest import SHORT, USUAL, Length, Wanted

LENGTHS: dict[str, Length] = {"short": SHORT, "usual": USUAL, "long": Length(150)}
FIRST = dt.timedelta(days=1)
"""How far back the first digest goes."""

MOST_IN_A_CHAT = 10

State = Literal["draft", "active", "paused", "blocked"]
"""Being set up; sent when due; paused by people; paused since the chat takes no messages."""


class SubscriptionRow(Base):
    """A subscription; instants are UTC, `places` lists of codes."""

    __tablename__ = "subscription"
    __table_args__ = (
        Index("ix_subscription_chat", "chat_id", "thread_id"),
        Index("ix_subscription_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int] = mapped_column(BigInteger)
    made_by: Mapped[int] = mapped_column(BigInteger)
    language: Mapped[str]
    time: Mapped[str]
    zone: Mapped[str]
    days: Mapped[list[int]] = mapped_column(JSON)
    places: Mapped[list[list[str]]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    people: Mapped[list[str]] = mapped_column(JSON)
    topics: Mapped[list[str]] = mapped_column(JSON)
    length: Mapped[str]
    tells_nothing_new: Mapped[bool]
    state: Mapped[str]
    covered_to: Mapped[str | None]
    due_at: Mapped[str | None]


class ToldRow(Base):
    """When a subscription last had a story, and whether it wants no more of it; then under what
    title."""

    __tablename__ = "story_told"

    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("subscription.id", ondelete="CASCADE"), primary_key=True
    )
    story: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]
    muted: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One digest that a chat gets. `id` is 0 before it is kept."""

    place: Place
    made_by: int
    language: str
    zone: str
    time: dt.time = dt.time(7)
    days: frozenset[int] = EVERY_DAY
    places: tuple[frozenset[str], ...] = ()
    languages: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    length: str = "usual"
    tells_nothing_new: bool = True
    state: State = "draft"
    covered_to: dt.datetime | None = None
    due_at: dt.datetime | None = None
    id: int = 0
    muted: frozenset[str] = field(default_factory=frozenset)

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.time, self.zone, self.days)

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.places, self.languages, self.muted, self.people, self.topics)

    def started(self, now: dt.datetime) -> Subscription:
        """The subscription as it is sent from `now` on; what it covered before stays covered."""
        covered = self.covered_to or now - FIRST
        return replace(
            self, state="active", covered_to=covered, due_at=self.schedule.next_after(now)
        )


class Subscriptions:
    """All subscriptions, in the catalogue's database. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, place: Place) -> list[Subscription]:
        """Those of a chat or topic, the oldest first."""
        query = select(SubscriptionRow).where(
            SubscriptionRow.chat_id == place.chat, SubscriptionRow.thread_id == place.thread
        )
        with Session(self._engine) as session:
            rows = session.scalars(query.order_by(SubscriptionRow.id)).all()
            return [self._read(session, row) for row in rows]

    def get(self, number: int) -> Subscription | None:
        """The one with that id."""
        with Session(self._engine) as session:
            row = session.get(SubscriptionRow, number)
            return self._read(session, row) if row else None

    def put(self, subscription: Subscription) -> Subscription:
        """Keep it, as a new one where its id is 0; with its id."""
        with Session(self._engine) as session, session.begin():
            row = session.get(SubscriptionRow, subscription.id) if subscription.id else None
            if row is None:
                row = SubscriptionRow(**_fields(subscription))
                session.add(row)
            else:
                for name, value in _fields(subscription).items():
                    setattr(row, name, value)
            session.flush()
            return replace(subscription, id=row.id)

    def drop(self, number: int) -> None:
        """Forget one with all that it had."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(SubscriptionRow).where(SubscriptionRow.id == number))

    def moved(self, chat: int, new: int) -> None:
        """Follow a group that Telegram gave another id."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(SubscriptionRow).where(SubscriptionRow.chat_id == chat).values(chat_id=new)
            )

    def blocked(self, chat: int) -> None:
        """Pause all of a chat that takes no messages any more."""
        with Session(self._engine) as session, session.begin():
            session.execute(
                update(SubscriptionRow)
                .where(SubscriptionRow.chat_id == chat, SubscriptionRow.state == "active")
                .values(state="blocked")
            )

    def mute(self, number: int, story: str, now: dt.datetime, title: str | None = None) -> None:
        """Tell nothing more of a story. When it was told last stays known: whoever thinks better of
        it hears, when it goes on, all that is new since."""
        with Session(self._engine) as session, session.begin():
            row = session.get(ToldRow, (number, story))
            if row is None:
                row = ToldRow(subscription_id=number, story=story, at=written(now))
                session.add(row)
            row.muted, row.title = True, title or row.title

    def unmute(self, number: int, story: str) -> None:
        """Tell of a story again."""
        with Session(self._engine) as session, session.begin():
            row = session.get(ToldRow, (number, story))
            if row is not None:
                row.muted = False

    def muted(self, number: int) -> list[tuple[str, str]]:
        """The stories that are muted, the latest told first, each with its title."""
        query = select(ToldRow).where(ToldRow.subscription_id == number, ToldRow.muted)
        with Session(self._engine) as session:
            rows = session.scalars(query.order_by(ToldRow.at.desc(), ToldRow.story))
            return [(row.story, row.title or row.story) for row in rows]

    def told(self, number: int) -> dict[str, dt.datetime]:
        """When the subscription last had each story."""
        query = select(ToldRow.story, ToldRow.at).where(ToldRow.subscription_id == number)
        with Session(self._engine) as session:
            return {story: read_instant(at) for story, at in session.execute(query)}

    def count(self, state: State) -> int:
        """How many there are in that state."""
        query = select(func.count()).where(SubscriptionRow.state == state)
        with Session(self._engine) as session:
            return session.scalar(query) or 0

    def _read(self, session: Session, row: SubscriptionRow) -> Subscription:
        muted = session.scalars(
            select(ToldRow.story).where(ToldRow.subscription_id == row.id, ToldRow.muted)
        )
        return to_subscription(row, frozenset(muted))


def to_subscription(row: SubscriptionRow, muted: frozenset[str]) -> Subscription:
    """A subscription from its row."""
    return Subscription(
        place=Place(row.chat_id, row.thread_id),
        made_by=row.made_by,
        language=row.language,
        zone=row.zone,
        time=dt.time.fromisoformat(row.time),
        days=frozenset(row.days),
        places=tuple(frozenset(each) for each in row.places),
        languages=frozenset(row.languages),
        people=tuple(row.people),
        topics=frozenset(row.topics),
        length=row.length,
        tells_nothing_new=row.tells_nothing_new,
        state=row.state,  # type: ignore[arg-type]  # only `put` writes it
        covered_to=read_instant(row.covered_to) if row.covered_to else None,
        due_at=read_instant(row.due_at) if row.due_at else None,
        id=row.id,
        muted=muted,
    )


def _fields(value: Subscription) -> dict[str, Any]:
    return {
        "chat_id": value.place.chat,
        "thread_id": value.place.thread,
        "made_by": value.made_by,
        "language": value.language,
        "zone": value.zone,
        "time": value.time.isoformat("minutes"),
        "days": sorted(value.days),
        "places": [sorted(each) for each in value.places],
        "languages": sorted(value.languages),
        "people": list(value.people),
        "topics": sorted(value.topics),
        "length": value.length,
        "tells_nothing_new": value.tells_nothing_new,
        "state": value.state,
        "covered_to": written(value.covered_to) if value.covered_to else None,
        "due_at": written(value.due_at) if value.due_at else None,
    }
