"""Telegram and the network go wrong before the real bot: no answer is lost, none comes twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import pytest
import pytest_asyncio

from bot.conversations import Place
from bot.flood import Flood
from bot.subscriptions import Subscription
from retrieval.engine import Engine
from tests.e2e.running import NOW, running
from tests.emulator import Person, Telegram
from tests.faults import LOSSES, Fault, Faults, faulty

QUESTION = "What did Vietnam and the UK discuss in 2020?"
ANSWER = "16 April 2020"
SOON = 0.5
"""Seconds after which a reply of Telegram is given up, where a test waits for that."""


@pytest_asyncio.fixture
async def faults(telegram: Telegram) -> AsyncIterator[Faults]:
    """The proxy."""
    async with faulty(telegram) as proxy:
        yield proxy


@pytest.fixture
def serve_through(faults: Faults, serve: Any) -> Any:
    """As `serve`, with the proxy in between, which is there until the bot has stopped."""
    return partial(serve, url=faults.url)


def shown(telegram: Telegram, chat: int) -> int:
    """How many messages of a chat show the answer."""
    return sum(ANSWER in call.text for call in telegram.sent(chat))


async def after(asker: Person) -> None:
    """Wait until whatever was still to be sent before is there: one answer more."""
    await asker.asks("/reset")


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
@pytest.mark.parametrize("fault", LOSSES)
async def test_an_answer_comes_once_whatever_goes_wrong(
    method: str,
    fault: Fault,
    engine: Engine,
    serve_through: Any,
    telegram: Telegram,
    faults: Faults,
    person: Callable[..., Person],
) -> None:
    """Whether Telegram saw the request or not. What may be there twice is a first line."""
    await serve_through(engine, seconds=SOON)
    asker = person()
    faults.plan(method, fault, fault)
    assert ANSWER in (await asker.asks(QUESTION)).text
    await after(asker)
    assert shown(telegram, asker.chat) == 1
    assert faults.seen == [(method, fault)] * 2


async def test_a_flooded_chat_waits_while_others_are_answered(
    engine: Engine,
    serve_through: Any,
    telegram: Telegram,
    faults: Faults,
    person: Callable[..., Person],
) -> None:
    """Telegram's `retry_after` holds for the chat that it was said of."""
    waits: list[float] = []
    flood = Flood(overall=0, private=(0, 1), waited=waits.append)
    await serve_through(engine, flood=flood)
    first, second = person(11), person(12)
    faults.plan("sendMessage", Fault.FLOODED)
    await first.writes(QUESTION)
    await faults.until("sendMessage", 1)
    assert ANSWER in (await second.asks(QUESTION)).text
    assert telegram.sent(first.chat) == []
    assert ANSWER in (await first.hears())[0].text
    assert waits == [faults.retry_after]


async def test_updates_that_come_twice_are_answered_once(
    engine: Engine, telegram: Telegram, faults: Faults, person: Callable[..., Person]
) -> None:
    """Also once the bot was started again."""
    asker = person(13)
    async with running(telegram, engine, url=faults.url):
        await asker.asks(QUESTION)
        faults.plan("getUpdates", Fault.TWICE, Fault.TWICE)
        await after(asker)
        await faults.until("getUpdates", 2)
    faults.plan("getUpdates", Fault.TWICE)
    async with running(telegram, engine, url=faults.url):
        await faults.until("getUpdates", 3)
        await after(asker)
    assert shown(telegram, asker.chat) == 1


async def test_a_person_who_blocked_the_bot_costs_others_nothing(
    engine: Engine, serve_through: Any, faults: Faults, person: Callable[..., Person]
) -> None:
    await serve_through(engine)
    faults.plan("sendMessage", Fault.BLOCKED)
    await person(14).writes(QUESTION)
    await faults.until("sendMessage", 1)
    assert ANSWER in (await person(15).asks(QUESTION)).text


async def test_an_answer_follows_a_group_that_moved(
    make_engine: Callable[..., Engine],
    serve_through: Any,
    faults: Faults,
    person: Callable[..., Person],
) -> None:
    """It is given in the new group, and what is kept of the old one goes with it."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    desk = await serve_through(engine)
    old, new = -77, -100_077
    made = Subscription(Place(old), 16, "en", "Etc/UTC").started(NOW)
    await desk.digests.keep(made)
    faults.moved_to = new
    faults.plan("sendMessage", Fault.MOVED)
    await person(16, group=old).writes(f"/ask {QUESTION}")
    assert ANSWER in (await person(16, group=new).hears())[0].text
    assert [each.place.chat for each in await desk.digests.of(Place(new))] == [new]


async def test_an_answer_whose_message_is_gone_is_given_anew(
    engine: Engine,
    serve_through: Any,
    telegram: Telegram,
    faults: Faults,
    person: Callable[..., Person],
) -> None:
    """Somebody deleted it, and then edited the question."""
    await serve_through(engine)
    asker = person(17)
    question = await asker.writes(QUESTION)
    await asker.hears()
    faults.plan("editMessageText", Fault.GONE)
    await asker.edits(question, "What did Vietnam and Russia discuss?")
    (again,) = await asker.hears()
    assert "Russia" in again.text


async def test_an_answer_waits_for_a_network_that_is_away(
    engine: Engine,
    serve_through: Any,
    telegram: Telegram,
    faults: Faults,
    person: Callable[..., Person],
) -> None:
    """Nothing gets through for many tries, neither there nor back."""
    await serve_through(engine)
    asker = person(18)
    faults.plan("sendMessage", *[Fault.DROPPED] * 5)
    faults.plan("editMessageText", *[Fault.DROPPED] * 5)
    faults.plan("sendChatAction", *[Fault.DROPPED] * 5)
    assert ANSWER in (await asker.asks(QUESTION)).text
    assert shown(telegram, asker.chat) == 1


async def test_an_update_that_is_none_stops_no_other(
    engine: Engine, serve_through: Any, faults: Faults, person: Callable[..., Person]
) -> None:
    """It is passed over, and not fetched again and again."""
    await serve_through(engine)
    asker = person(19)
    faults.plan("getUpdates", Fault.NONSENSE)
    await asker.asks("/reset")
    assert ANSWER in (await asker.asks(QUESTION)).text
    assert faults.seen == [("getUpdates", Fault.NONSENSE)]


async def test_at_the_real_pace_chats_do_not_wait_for_each_other(
    engine: Engine, serve_through: Any, person: Callable[..., Person]
) -> None:
    await serve_through(engine, flood=Flood())
    people = [person(1000 + number) for number in range(8)]
    for each in people:
        await each.writes("/reset")
    for each in people:
        assert len(await each.hears()) == 1
