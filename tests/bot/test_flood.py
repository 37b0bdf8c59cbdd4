"""How fast requests leave, and what becomes of those that are refused, by a clock that jumps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.flood import A_SECOND, PATIENCE, REPEATABLE, Flood
from tests.hurried import run

GROUP = -100


class Telegram:
    """Notes what arrives, and when; raises the errors that wait for a chat, one a request."""

    def __init__(self, **options: Any) -> None:
        self.flood = Flood(**options)
        self.calls: list[tuple[float, str, int | None]] = []
        self.errors: dict[int | None, list[TelegramError]] = {}

    async def does(self, method: str, chat: int | None = 1, repeatable: str | None = None) -> Any:
        data: dict[str, Any] = {} if chat is None else {"chat_id": chat}

        async def call(_: str, sent: dict[str, Any]) -> bool:
            there = sent.get("chat_id")
            self.calls.append((asyncio.get_running_loop().time(), method, there))
            waiting = self.errors.get(there)
            if waiting:
                raise waiting.pop(0)
            return True

        return await self.flood.process_request(call, (method, data), {}, method, data, repeatable)

    def times(self, chat: int) -> list[float]:
        return [at for at, _, there in self.calls if there == chat]


def busiest(times: Sequence[float], seconds: float) -> int:
    """The most that fall into any so many seconds."""
    return max(sum(at <= other < at + seconds for other in times) for at in times)


def lost(kind: Callable[[str], httpx.HTTPError]) -> NetworkError:
    """The library's error for a connection that went wrong."""
    error = TimedOut() if isinstance(kind(""), httpx.TimeoutException) else NetworkError("")
    error.__cause__ = kind("")
    return error


def test_a_private_chat_gets_a_few_messages_at_once_and_then_one_a_second() -> None:
    async def main() -> None:
        telegram = Telegram()
        await asyncio.gather(*(telegram.does("sendMessage") for _ in range(9)))
        assert busiest(telegram.times(1), 0.9) == 3
        assert busiest(telegram.times(1)[3:], 0.9) == 1
        assert len(telegram.times(1)) == 9

    run(main())


def test_a_group_gets_twenty_messages_in_no_minute_more() -> None:
    async def main() -> None:
        telegram = Telegram()
        await asyncio.gather(*(telegram.does("sendMessage", GROUP) for _ in range(60)))
        assert busiest(telegram.times(GROUP), 60) <= 20
        assert len(telegram.times(GROUP)) == 60

    run(main())


def test_all_chats_together_get_no_more_than_telegram_takes() -> None:
    """Not even in the first second."""

    async def main() -> None:
        telegram = Telegram()
        await asyncio.gather(*(telegram.does("sendMessage", chat) for chat in range(1, 200)))
        assert busiest([at for at, _, _ in telegram.calls], 1) <= A_SECOND + 1

    run(main())


def test_a_chat_that_is_flooded_waits_and_the_others_do_not() -> None:
    async def main() -> None:
        paused: list[float] = []
        telegram = Telegram(waited=paused.append)
        telegram.errors[1] = [RetryAfter(30)]
        await asyncio.gather(*(telegram.does("sendMessage", chat) for chat in (1, 1, 2, 3)))
        assert max(telegram.times(2) + telegram.times(3)) < 1
        _, *later = telegram.times(1)
        assert min(later[1:]) >= 30
        assert len(telegram.times(1)) == 3
        assert paused == [30]

    run(main())


def test_an_edit_waits_for_a_flooded_chat_but_for_no_turn_of_it() -> None:
    async def main() -> None:
        telegram = Telegram()
        many = [telegram.does("sendMessage") for _ in range(20)]
        *_, _ = await asyncio.gather(*many[:3], telegram.does("editMessageText"))
        assert max(telegram.times(1)) < 1
        telegram.errors[1] = [RetryAfter(5)]
        await telegram.does("editMessageText")
        assert 5 <= max(telegram.times(1)) < 6
        await asyncio.gather(*many[3:])

    run(main())


def test_what_is_short_does_not_stand_behind_the_answers_of_others() -> None:
    """When a crowd is answered, /help and presses pass between the beginnings of answers."""

    async def main() -> None:
        telegram = Telegram()
        many = [
            asyncio.create_task(telegram.does("sendMessage", chat, REPEATABLE))
            for chat in range(1, 99)
        ]
        await asyncio.sleep(1)  # of this clock's
        await telegram.does("sendMessage", 500)
        await telegram.does("editMessageText", 501)
        assert asyncio.get_running_loop().time() < 1 + 4 / A_SECOND
        assert len(telegram.calls) < len(many)
        await asyncio.gather(*many)
        assert len(telegram.calls) == len(many) + 2

    run(main())


def test_who_stops_waiting_takes_no_turn() -> None:
    async def main() -> None:
        telegram = Telegram()
        many = [asyncio.create_task(telegram.does("sendMessage", 1)) for _ in range(50)]
        await asyncio.sleep(0)
        for each in many[3:]:
            each.cancel()
        await telegram.does("sendMessage", 1)
        assert len(telegram.times(1)) == 4
        assert asyncio.get_running_loop().time() < 2

    run(main())


def test_signs_pass_at_once_and_are_dropped_in_a_flooded_chat() -> None:
    """Neither is worth waiting for."""

    async def main() -> None:
        telegram = Telegram()
        many = [asyncio.create_task(telegram.does("sendMessage", chat)) for chat in range(1, 99)]
        await telegram.does("sendChatAction", 1)
        assert asyncio.get_running_loop().time() == 0
        telegram.errors[500] = [RetryAfter(9)]
        slow = asyncio.create_task(telegram.does("sendMessage", 500))
        await asyncio.gather(*many)
        while not telegram.times(500):
            await asyncio.sleep(0.1)  # of this clock's
        before = len(telegram.calls)
        assert await telegram.does("sendMessageDraft", 500) is True
        assert len(telegram.calls) == before
        await slow

    run(main())


@pytest.mark.parametrize(
    ("error", "repeated"),
    [
        (lost(httpx.ConnectError), True),
        (lost(httpx.ConnectTimeout), True),
        (lost(httpx.PoolTimeout), True),
        (NetworkError("Internal Server Error"), True),
        (lost(httpx.ReadTimeout), False),
        (lost(httpx.ReadError), False),
        (lost(httpx.RemoteProtocolError), False),
        (lost(httpx.WriteError), False),
        (Forbidden("bot was blocked by the user"), False),
        (BadRequest("chat not found"), False),
    ],
)
def test_a_message_is_repeated_only_where_none_can_have_arrived(
    error: TelegramError, repeated: bool
) -> None:
    async def main() -> None:
        telegram = Telegram()
        telegram.errors[1] = [error]
        if repeated:
            await telegram.does("sendMessage")
        else:
            with pytest.raises(type(error)):
                await telegram.does("sendMessage")
        assert len(telegram.calls) == 1 + repeated

    run(main())


@pytest.mark.parametrize(
    ("method", "repeatable"), [("editMessageText", None), ("sendMessage", REPEATABLE)]
)
def test_what_may_be_there_twice_is_repeated_until_it_is_there(
    method: str, repeatable: str | None
) -> None:
    """Through minutes without a network."""

    async def main() -> None:
        telegram = Telegram()
        kinds = (httpx.ReadTimeout, httpx.ConnectError, httpx.RemoteProtocolError)
        telegram.errors[1] = [lost(kind) for kind in kinds * 6]
        await telegram.does(method, repeatable=repeatable)
        assert len(telegram.calls) == 19
        assert 120 < asyncio.get_running_loop().time() < PATIENCE

    run(main())


def test_nobody_is_waited_for_for_ever() -> None:
    """Neither a network that stays away nor a chat that is flooded for hours."""

    async def main() -> None:
        telegram = Telegram()
        telegram.errors[1] = [lost(httpx.ConnectError) for _ in range(1000)]
        with pytest.raises(NetworkError):
            await telegram.does("sendMessage")
        assert asyncio.get_running_loop().time() <= PATIENCE
        telegram.errors[2] = [RetryAfter(7200)]
        with pytest.raises(RetryAfter):
            await telegram.does("sendMessage", 2)

    run(main())


def test_what_belongs_to_no_chat_fails_at_once() -> None:
    """At the start it is a human who waits for the word that nothing works."""

    async def main() -> None:
        telegram = Telegram()
        telegram.errors[None] = [lost(httpx.ConnectError)]
        with pytest.raises(NetworkError):
            await telegram.does("getMe", None)

    run(main())


def test_a_press_that_is_too_old_to_be_answered_stops_nothing() -> None:
    async def main() -> None:
        telegram = Telegram()
        telegram.errors[None] = [BadRequest("query is too old")]
        assert await telegram.does("answerCallbackQuery", None) is True

    run(main())


def test_a_group_that_moved_is_followed() -> None:
    """What is kept of it is told first."""

    async def main() -> None:
        told: list[tuple[int, int]] = []

        async def moved(chat: int, new: int) -> None:
            told.append((chat, new))

        telegram = Telegram(moved=moved)
        telegram.errors[-5] = [ChatMigrated(-1005)]
        await telegram.does("sendMessage", -5)
        assert told == [(-5, -1005)]
        assert [chat for _, _, chat in telegram.calls] == [-5, -1005]

    run(main())
