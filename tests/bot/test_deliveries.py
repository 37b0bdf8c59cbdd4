"""Digests arrive exactly once, whenever the process dies and whatever a chat does."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversations import Place
from bot.deliveries import (
    MOST_MESSAGES,
    ChatGoneError,
    ChatMovedError,
    Composed,
    Deliveries,
    Delivery,
)
from bot.delivery_loop import DeliveryLoop
from bot.subscriptions import Subscription, Subscriptions
from corpus.catalogue import Catalogue

MONDAY = dt.datetime(2026, 11, 30, 6, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


class KilledError(BaseException):
    """The process ends here; nothing behind it happens."""


class Chats:
    """What stands in each chat: message ids and what they show; a heading until it is filled."""

    def __init__(self) -> None:
        self.messages: dict[int, dict[int, str]] = defaultdict(dict)
        self.order: list[int] = []
        self.trouble: dict[int, Exception] = {}
        self.steps = 0
        self.kill_at: int | None = None

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.kill_at:
            raise KilledError

    async def place(self, delivery: Delivery, number: int) -> int:  # noqa: ARG002
        chat = delivery.place.chat
        self._step()
        if chat in self.trouble:
            raise self.trouble[chat]
        identity = len(self.order) + 1
        self.order.append(chat)
        self.messages[chat][identity] = "heading"
        self._step()
        return identity

    async def fill(self, delivery: Delivery, number: int) -> None:
        chat = delivery.place.chat
        self._step()
        if chat in self.trouble:
            raise self.trouble[chat]
        self.messages[chat][delivery.message_ids[number]] = delivery.first_parts[number]
        self._step()

    def digests(self, chat: int) -> list[str]:
        return [text for text in self.messages[chat].values() if text != "heading"]


class Post:
    """A record of deliveries in a file, and what is sent, with a clock of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = MONDAY
        self.chats = Chats()
        self.parts = 1
        self.open()

    def open(self) -> None:
        self.catalogue = Catalogue.open(self.folder)
        self.subscriptions = Subscriptions(self.catalogue.engine)
        self.deliveries = Deliveries(self.catalogue.engine)
        self.loop = DeliveryLoop(
            self.deliveries, self.subscriptions, self.compose, self.chats, lambda: self.now
        )

    def reopen(self) -> None:
        self.catalogue.close()
        self.open()

    def compose(
        self,
        _: Subscription,
        begin: dt.datetime,
        end: dt.datetime,
        __: dict[str, dt.datetime],
    ) -> Composed:
        parts = [f"{begin:%d %H}–{end:%d %H} part {number}" for number in range(self.parts)]
        return Composed(tuple(parts), (f"story of {end:%d}",))

    def subscribe(self, chat: int, **fields: object) -> Subscription:
        made = Subscription(Place(chat), 1, "en", "Etc/UTC")
        return self.subscriptions.put(replace(made, **fields).started(self.now))  # type: ignore[arg-type]

    def run(self) -> None:
        asyncio.run(self.loop.run_once())


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path)
    yield made
    made.catalogue.close()


def test_a_digest_is_sent_when_it_is_due_and_once(post: Post) -> None:
    post.subscribe(1)
    post.run()
    assert post.chats.digests(1) == []
    post.now = MONDAY + dt.timedelta(hours=1)
    post.run()
    post.run()
    assert post.chats.digests(1) == ["29 06–30 07 part 0"]
    post.now += DAY
    post.run()
    assert post.chats.digests(1)[1:] == ["30 07–01 07 part 0"]


def test_after_a_time_away_one_digest_covers_it(post: Post) -> None:
    post.subscribe(1)
    post.now = MONDAY + 5 * DAY
    post.run()
    assert post.chats.digests(1) == ["29 06–05 06 part 0"]
    assert post.deliveries.open() == []


@pytest.mark.parametrize("parts", [1, 2])
def test_killed_anywhere_it_arrives_once(tmp_path: Path, parts: int) -> None:
    """At every step of two digests, one after the other: before and behind each message."""
    whole = Post(tmp_path / "whole")
    whole.parts = parts
    whole.subscribe(1)
    whole.subscribe(2)
    whole.now = MONDAY + DAY
    whole.run()
    wanted = {chat: sorted(whole.chats.digests(chat)) for chat in (1, 2)}
    steps = whole.chats.steps
    whole.catalogue.close()
    assert steps == 2 * 4 * parts
    for kill_at in range(1, steps + 1):
        post = Post(tmp_path / f"{kill_at}")
        post.parts = parts
        post.subscribe(1)
        post.subscribe(2)
        post.now = MONDAY + DAY
        post.chats.kill_at = kill_at
        with pytest.raises(KilledError):
            post.run()
        post.reopen()
        post.run()
        assert {chat: sorted(post.chats.digests(chat)) for chat in (1, 2)} == wanted
        told = [post.subscriptions.told(each.id) for each in post.subscriptions.of(Place(1))]
        assert told == [{"story of 01": MONDAY + DAY}]
        post.catalogue.close()


def test_the_corpus_may_change_between_two_tries(post: Post) -> None:
    """What was composed is sent, not what would be composed now."""
    post.subscribe(1)
    post.parts = 2
    post.now = MONDAY + DAY
    post.chats.kill_at = 5
    with pytest.raises(KilledError):
        post.run()
    post.reopen()
    post.parts = 1
    post.now += dt.timedelta(hours=2)
    post.run()
    assert post.chats.digests(1) == ["29 06–01 06 part 0", "29 06–01 06 part 1"]


def test_a_chat_that_takes_nothing_is_paused_and_loses_nothing(post: Post) -> None:
    kept = post.subscribe(1)
    post.subscribe(2)
    post.chats.trouble[1] = ChatGoneError("blocked by the user")
    post.now = MONDAY + DAY
    post.run()
    assert len(post.chats.digests(2)) == 1
    found = post.subscriptions.get(kept.id)
    assert found is not None and found.state == "blocked"
    assert post.deliveries.counts(post.now) == {"due": 0, "sent": 1, "failed": 1, "late": 0}
    post.chats.trouble.clear()
    post.now = MONDAY + 2 * DAY
    post.subscriptions.put(found.started(post.now))
    post.now += DAY
    post.run()
    assert post.chats.digests(1) == ["29 06–03 06 part 0"]


def test_a_group_that_moved_is_followed(post: Post) -> None:
    post.subscribe(-1)
    post.chats.trouble[-1] = ChatMovedError(-100)
    post.now = MONDAY + DAY
    post.run()
    assert len(post.chats.digests(-100)) == 1
    assert [each.place.chat for each in post.subscriptions.of(Place(-100))] == [-100]


def test_what_fails_for_now_is_tried_again(post: Post) -> None:
    post.subscribe(1)
    post.chats.trouble[1] = TimeoutError()
    post.now = MONDAY + DAY
    post.run()
    assert post.deliveries.counts(post.now)["due"] == 1
    post.chats.trouble.clear()
    post.now += dt.timedelta(hours=1)
    assert post.deliveries.counts(post.now)["late"] == 1
    post.run()
    assert post.chats.digests(1) == ["29 06–01 06 part 0"]


def test_many_messages_wait_behind_a_button(post: Post) -> None:
    post.subscribe(1)
    post.parts = MOST_MESSAGES + 2
    post.now = MONDAY + DAY
    post.run()
    assert len(post.chats.digests(1)) == MOST_MESSAGES
    delivery = post.deliveries.get(1)
    assert delivery is not None and delivery.has_more
    assert len((delivery.parts or ())[MOST_MESSAGES:]) == 2


def test_chats_take_turns(post: Post) -> None:
    """A chat with five digests does not keep the others waiting."""
    for chat in (1, 1, 1, 1, 1, 2, 3):
        post.subscribe(chat)
    post.now = MONDAY + DAY
    post.deliveries.plan(post.now)
    numbers = post.deliveries.open()
    chats = [
        delivery.place.chat
        for number in numbers
        if (delivery := post.deliveries.composed(number, post.compose)) is not None
    ]
    assert sorted(chats[:3]) == [1, 2, 3]


def test_hundreds_at_one_minute_survive_any_number_of_deaths(tmp_path: Path) -> None:
    """Killed at random again and again, each chat has its digest once."""
    post = Post(tmp_path)
    chance = random.Random(7)  # noqa: S311
    for chat in range(1, 121):
        post.subscribe(chat)
    post.now = MONDAY + DAY
    deaths = 0
    while True:
        post.chats.kill_at = post.chats.steps + chance.randint(1, 60)
        try:
            post.run()
        except KilledError:
            deaths += 1
            post.reopen()
            continue
        break
    assert deaths > 3
    assert all(len(post.chats.digests(chat)) == 1 for chat in range(1, 121))
    post.catalogue.close()


def test_a_muted_story_and_what_was_told_are_kept(post: Post) -> None:
    kept = post.subscribe(1)
    post.subscriptions.mute(kept.id, "a story", post.now)
    found = post.subscriptions.get(kept.id)
    assert found is not None and found.wanted.muted == {"a story"}
    post.subscriptions.drop(kept.id)
    assert post.subscriptions.get(kept.id) is None
    assert post.subscriptions.told(kept.id) == {}


def test_a_mute_is_taken_back_and_what_was_told_before_stays_known(post: Post) -> None:
    kept = post.subscribe(1)
    post.now = MONDAY + DAY
    post.run()
    (story,) = post.subscriptions.told(kept.id)
    told = post.subscriptions.told(kept.id)
    post.subscriptions.mute(kept.id, story, post.now + DAY, "A title")
    post.subscriptions.mute(kept.id, "another", post.now + DAY)
    assert post.subscriptions.muted(kept.id) == [("another", "another"), (story, "A title")]
    post.deliveries.forget_old(post.now + 90 * DAY)
    post.subscriptions.unmute(kept.id, story)
    post.subscriptions.unmute(kept.id, "unknown")
    assert [each for each, _ in post.subscriptions.muted(kept.id)] == ["another"]
    assert post.subscriptions.told(kept.id)[story] == told[story]


def test_the_rest_is_sent_by_one_of_all_who_ask(post: Post) -> None:
    """Unless it could not be: then by the next."""
    post.subscribe(1)
    post.parts = MOST_MESSAGES + 1
    post.now = MONDAY + DAY
    post.run()
    assert [post.deliveries.ask_for_rest(1) for _ in range(3)] == [True, False, False]
    post.deliveries.give_rest_back(1)
    assert post.deliveries.ask_for_rest(1)
    assert not post.deliveries.ask_for_rest(99)


def test_each_story_is_known_by_the_message_it_begins_in(post: Post) -> None:
    made = Composed(("one", "two"), ("a", "b", "c"), ((0, "A"), (0, "B"), (1, "C")))
    post.loop._compose = lambda *_: made
    post.subscribe(1)
    post.now = MONDAY + DAY
    post.run()
    delivery = post.deliveries.get(1)
    assert delivery is not None
    assert [(each.number, each.story, each.headline) for each in delivery.told_in(0)] == [
        (0, "a", "A"),
        (1, "b", "B"),
    ]
    assert [each.story for each in delivery.told_in(1)] == ["c"]
    assert delivery.told_in(2) == ()
