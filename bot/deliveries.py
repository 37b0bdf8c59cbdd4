"""Digests on their way: each is planned, composed, shown and done exactly once, whenever we die.

A message is sent in two steps. First a heading, whose message id is noted; then the heading is
edited into the digest, which may be done again without harm. Who is killed between sending the
heading and noting it leaves an empty heading behind, and never a digest twice or not at all.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import JSON, Engine, ForeignKey, Index, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.answers import keep_answer, note_messages
from bot.conversations import Place
from bot.instants import read_instant, written
from bot.subscriptions import (
    Subscription,
    SubscriptionRow,
    ToldRow,
    to_subscription,
)
from corpus.tables import Base

MOST_MESSAGES = 3
"""Messages that a digest takes; the rest is behind a button."""

KEPT = dt.timedelta(days=30)
LATE = dt.timedelta(minutes=10)


class DeliveryRow(Base):
    """One digest: of the time from `begin` to `end`, its messages (`parts`, HTML), the ids of those
    placed, how many are `shown`. Its state is planned, composed, done or failed.

    `answers` are the ids under which its stories are kept as they were told. `headlines` has, for
    each of the `stories`, the number of its message and its headline; both are null of digests from
    before they were noted. `rest_asked`: the messages behind the button were sent.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_state", "state"),
        Index("ix_delivery_subscription", "subscription_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id", ondelete="CASCADE"))
    due_at: Mapped[str]
    begin: Mapped[str]
    end: Mapped[str]
    parts: Mapped[list[str] | None] = mapped_column(JSON)
    stories: Mapped[list[str]] = mapped_column(JSON)
    headlines: Mapped[list[tuple[int, str]] | None] = mapped_column(JSON)
    answers: Mapped[list[int] | None] = mapped_column(JSON)
    message_ids: Mapped[list[int]] = mapped_column(JSON)
    shown: Mapped[int] = mapped_column(default=0)
    rest_asked: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str]
    failure: Mapped[str | None]
    done_at: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """A story of a digest: its `number` there, the `message` it begins in, its headline, and the id
    of what is kept of it, if it is."""

    number: int
    story: str
    message: int
    headline: str
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as it stands, and the subscription it is for."""

    id: int
    subscription: Subscription
    begin: dt.datetime
    end: dt.datetime
    parts: tuple[str, ...] | None
    message_ids: tuple[int, ...]
    shown: int
    told: tuple[Told, ...] = ()
    rest_asked: bool = False

    @property
    def place(self) -> Place:
        return self.subscription.place

    @property
    def first_parts(self) -> tuple[str, ...]:
        """The messages that are sent unasked."""
        return (self.parts or ())[:MOST_MESSAGES]

    @property
    def has_more(self) -> bool:
        return len(self.parts or ()) > MOST_MESSAGES

    @property
    def rest(self) -> tuple[str, ...]:
        """The messages that wait behind a button."""
        return (self.parts or ())[MOST_MESSAGES:]

    def told_in(self, message: int) -> tuple[Told, ...]:
        """The stories that begin in that message, by its number."""
        return tuple(each for each in self.told if each.message == message)


@dataclass(frozen=True, slots=True)
class Composed:
    """The messages of a digest (HTML; none: nothing is sent), and the stories they tell; of each
    the number of its message and its headline, where they are known, and what is to be kept of it
    as it was told (`bot.answers`)."""

    parts: tuple[str, ...]
    stories: tuple[str, ...]
    headlines: tuple[tuple[int, str], ...] = ()
    contents: tuple[dict[str, Any], ...] = ()


Compose = Callable[[Subscription, dt.datetime, dt.datetime, dict[str, dt.datetime]], Composed]
"""The digest of a subscription between two instants, given when it last had each story."""


class ChatGoneError(Exception):
    """The chat takes no messages from us: blocked, left, deleted."""


class ChatMovedError(Exception):
    """The group has another id now."""

    def __init__(self, new: int) -> None:
        super().__init__(str(new))
        self.new = new


class Messenger(Protocol):
    """What sends; raises the two errors above, and anything else for what may pass later."""

    async def place(self, delivery: Delivery, number: int) -> int:
        """Send the heading of message `number` of a digest; the id of the message."""
        ...

    async def fill(self, delivery: Delivery, number: int) -> None:
        """Make that message what it should be; harmless where it is so already."""
        ...


class Deliveries:
    """The record of all deliveries. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def plan(self, now: dt.datetime) -> int:
        """Note a delivery for each subscription that is due, of all the time since its last one;
        how many. After a time away each gets one, however many it missed."""
        due = SubscriptionRow.due_at <= written(now)
        query = select(SubscriptionRow).where(SubscriptionRow.state == "active", due)
        with Session(self._engine) as session, session.begin():
            rows = session.scalars(query).all()
            if not rows:
                return 0
            session.execute(
                insert(DeliveryRow),
                [
                    {
                        "subscription_id": row.id,
                        "due_at": row.due_at,
                        "begin": row.covered_to,
                        "end": written(now),
                        "stories": [],
                        "message_ids": [],
                        "shown": 0,
                        "state": "planned",
                    }
                    for row in rows
                ],
            )
            for row in rows:
                schedule = to_subscription(row, frozenset()).schedule
                row.covered_to = written(now)
                row.due_at = written(schedule.next_after(now))
            return len(rows)

    def open(self) -> list[int]:
        """The deliveries that are not done, spread over the chats: of each the first, then of each
        the second. Of one subscription only the earliest."""
        query = (
            select(DeliveryRow.id, DeliveryRow.subscription_id, SubscriptionRow.chat_id)
            .join(SubscriptionRow, SubscriptionRow.id == DeliveryRow.subscription_id)
            .where(DeliveryRow.state.in_(("planned", "composed")))
            .order_by(DeliveryRow.due_at, DeliveryRow.id)
        )
        with Session(self._engine) as session:
            rows = session.execute(query).all()
        of_chat: Counter[int] = Counter()
        seen: set[int] = set()
        ranked = []
        for number, subscription, chat in rows:
            if subscription not in seen:
                seen.add(subscription)
                ranked.append((of_chat[chat], number))
                of_chat[chat] += 1
        return [number for _, number in sorted(ranked)]

    def composed(self, number: int, compose: Compose) -> Delivery | None:
        """A delivery with its messages, which are made once and kept; None where it is done."""
        with Session(self._engine) as session, session.begin():
            row = session.get(DeliveryRow, number)
            if row is None or row.state in ("done", "failed"):
                return None
            subscription = self._subscription(session, row.subscription_id)
            if row.parts is None:
                told = session.execute(
                    select(ToldRow.story, ToldRow.at).where(
                        ToldRow.subscription_id == row.subscription_id
                    )
                )
                before = {story: read_instant(at) for story, at in told}
                made = compose(subscription, read_instant(row.begin), read_instant(row.end), before)
                row.parts, row.stories = list(made.parts), list(made.stories)
                row.headlines = list(made.headlines)
                row.answers = [
                    keep_answer(session, subscription.place, content, read_instant(row.end)).id
                    for content in made.contents
                ]
                row.state = "composed"
            return _to_delivery(row, subscription)

    def placed(self, number: int, message_id: int) -> None:
        """Note the id of the next message."""
        with Session(self._engine) as session, session.begin():
            row = session.get_one(DeliveryRow, number)
            told = zip(row.answers or (), row.headlines or (), strict=False)
            mine = [answer for answer, (part, _) in told if part == len(row.message_ids)]
            note_messages(session, mine, [message_id])
            row.message_ids = [*row.message_ids, message_id]

    def filled(self, number: int) -> None:
        """Note that the next message is as it should be."""
        with Session(self._engine) as session, session.begin():
            session.get_one(DeliveryRow, number).shown += 1

    def done(self, number: int, now: dt.datetime) -> None:
        """Note that all messages are shown, and that the subscription had their stories."""
        with Session(self._engine) as session, session.begin():
            row = session.get_one(DeliveryRow, number)
            row.state, row.done_at = "done", written(now)
            told = {
                each.story: each
                for each in session.scalars(
                    select(ToldRow).where(ToldRow.subscription_id == row.subscription_id)
                )
            }
            for story in row.stories:
                if story in told:
                    told[story].at = row.end
                else:
                    session.add(
                        ToldRow(subscription_id=row.subscription_id, story=story, at=row.end)
                    )

    def fail(self, number: int, why: str, now: dt.datetime) -> None:
        """Give a delivery up; what it was to cover is covered by the next one."""
        with Session(self._engine) as session, session.begin():
            row = session.get_one(DeliveryRow, number)
            row.state, row.failure, row.done_at = "failed", why, written(now)
            session.get_one(SubscriptionRow, row.subscription_id).covered_to = row.begin

    def get(self, number: int) -> Delivery | None:
        """A delivery that is composed."""
        with Session(self._engine) as session:
            row = session.get(DeliveryRow, number)
            if row is None or row.parts is None:
                return None
            return _to_delivery(row, self._subscription(session, row.subscription_id))

    def ask_for_rest(self, number: int) -> bool:
        """Whether the messages behind the button are still to be sent; whoever hears so, sends
        them, and nobody else does."""
        return self._asked_for_rest(number, True)

    def give_rest_back(self, number: int) -> None:
        """Let the next one who asks send them."""
        self._asked_for_rest(number, False)

    def _asked_for_rest(self, number: int, asked: bool) -> bool:
        changed = (
            update(DeliveryRow)
            .where(DeliveryRow.id == number, DeliveryRow.rest_asked.is_not(asked))
            .values(rest_asked=asked)
        )
        with self._engine.begin() as connection:
            return connection.execute(changed).rowcount > 0

    def forget_old(self, now: dt.datetime) -> None:
        """Forget what was done long ago; that a story was told is remembered as long."""
        limit = written(now - KEPT)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(DeliveryRow).where(DeliveryRow.done_at < limit))
            session.execute(delete(ToldRow).where(ToldRow.at < limit, ToldRow.muted.is_(False)))

    def counts(self, now: dt.datetime) -> dict[str, int]:
        """Of the last day: how many are due, sent, failed, and late by more than ten minutes."""
        day = written(now - dt.timedelta(days=1))
        is_open = DeliveryRow.state.in_(("planned", "composed"))
        with Session(self._engine) as session:

            def number(*conditions: Any) -> int:
                return (
                    session.scalar(select(func.count()).select_from(DeliveryRow).where(*conditions))
                    or 0
                )

            return {
                "due": number(is_open),
                "sent": number(DeliveryRow.state == "done", DeliveryRow.done_at >= day),
                "failed": number(DeliveryRow.state == "failed", DeliveryRow.done_at >= day),
                "late": number(is_open, DeliveryRow.due_at < written(now - LATE)),
            }

    def _subscription(self, session: Session, number: int) -> Subscription:
        row = session.get_one(SubscriptionRow, number)
        muted = session.scalars(
            select(ToldRow.story).where(ToldRow.subscription_id == number, ToldRow.muted)
        )
        return to_subscription(row, frozenset(muted))


def _to_delivery(row: DeliveryRow, subscription: Subscription) -> Delivery:
    return Delivery(
        row.id,
        subscription,
        read_instant(row.begin),
        read_instant(row.end),
        tuple(row.parts) if row.parts is not None else None,
        tuple(row.message_ids),
        row.shown,
        tuple(
            Told(number, story, message, headline, answer)
            for number, (story, (message, headline), answer) in enumerate(
                # No headlines are noted of digests from before.
                zip(
                    row.stories,
                    row.headlines or (),
                    row.answers or itertools.repeat(None),
                    strict=False,
                )
            )
        ),
        row.rest_asked,
    )
