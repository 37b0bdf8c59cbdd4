"""How fast requests leave, and what becomes of those that Telegram or the network refuses.

Telegram takes about one message a second in a chat, twenty a minute in a group, and thirty a second
from a bot (core.telegram.org/bots/faq). Each chat waits for its own turn and then for one of all;
where Telegram asks for a pause in a chat, the others go on.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import httpx
import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import BaseRateLimiter

from bot.turns import Pace

A_SECOND = 28
"""Requests that change chats; Telegram takes 30 messages a second from a bot."""

PRIVATE = (1.0, 3)
GROUP = (4.0, 5)
"""Seconds between two messages in a chat, and how many may go at once before that: of a group's
never more than twenty within any minute."""

PATIENCE = 600.0
"""Seconds that a request to a chat is tried for: networks are away for minutes, and come back."""

AGAIN = 0.5
AGAIN_AT_MOST = 15.0
"""Seconds between two tries where the network or Telegram fails; they double up to the second."""

REPEATABLE = "repeatable"
"""As `rate_limit_args`: the message may be sent again though it may have arrived."""

_PASSING = {"sendChatAction", "sendMessageDraft"}
"""Signs that are gone in seconds: no message to Telegram, and better dropped than late."""

SIGNS = 8
"""Of them on their way at once: of a crowd's the others give way to messages."""

_PRESSED = "answerCallbackQuery"
_MAKING = ("send", "copy", "forward")
_MANY_CHATS = 1024

_Result = bool | dict[str, Any] | list[dict[str, Any]]
_log = structlog.stdlib.get_logger(__name__)


class Flood(BaseRateLimiter[str]):
    """Paces requests, waits where Telegram says so, and tries again what may be tried again.

    Edits and whatever else makes no message may always be repeated. A message is repeated where
    none can have arrived, and where its sender says that twice does no harm (`REPEATABLE`); else
    the error goes to the sender, so that it is missing rather than there twice. `moved` hears of
    groups that have another id from now on, where the request then goes; `waited` of the seconds
    of each pause that Telegram asks for.
    """

    def __init__(
        self,
        *,
        overall: float = 1 / A_SECOND,
        private: tuple[float, int] = PRIVATE,
        group: tuple[float, int] = GROUP,
        patience: float = PATIENCE,
        again: float = AGAIN,
        moved: Callable[[int, int], Awaitable[None]] | None = None,
        waited: Callable[[float], None] = lambda _: None,
    ) -> None:
        # One at a time: thirty in a burst, twice over, would be sixty within a second.
        self._all = Pace(overall)
        self._private, self._group = private, group
        self._patience, self._again = patience, again
        self._moved, self._waited = moved, waited
        self._chats: dict[int, Pace] = {}
        self._signs = 0
        self._moves: dict[int, int] = {}
        """Where groups are that have moved: whoever began to answer knows the old id."""

    async def initialize(self) -> None:
        """There is nothing to prepare."""

    async def shutdown(self) -> None:
        """Let nothing pass any more."""
        for pace in (self._all, *self._chats.values()):
            pace.stop()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> _Result:
        """Make the request when it is its turn, and again where that does no harm.

        Raises the last `TelegramError` where that lasts for too long.
        """
        now = asyncio.get_running_loop().time
        deadline, pause = now() + self._patience, self._again
        while True:
            chat = _chat(data)
            if chat in self._moves:
                chat = data["chat_id"] = self._moves[chat]
            held = self._pace(chat)
            if endpoint in _PASSING:
                return await self._passing(held, callback, args, kwargs)
            await self._turn(chat, endpoint, can_wait=rate_limit_args == REPEATABLE)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = _seconds(error)
                held.hold(wait)
                self._waited(wait)
                _log.warning("Telegram asks for a pause", method=endpoint, seconds=wait)
                if now() + wait > deadline:
                    raise
            except ChatMigrated as error:
                if chat is None or chat == error.new_chat_id:
                    raise
                _log.info("a group has another id")
                self._moves[chat] = error.new_chat_id
                if self._moved is not None:
                    await self._moved(chat, error.new_chat_id)
            except TelegramError as error:
                if endpoint == _PRESSED and isinstance(error, BadRequest):
                    return True  # pressed long ago: what the press is for is done all the same
                repeatable = rate_limit_args == REPEATABLE or not endpoint.startswith(_MAKING)
                # At the start, with no chat yet, it is for the caller to say that nothing works.
                reaches = chat is not None or endpoint == _PRESSED
                passing = _of_the_network(error) and (repeatable or nothing_arrived(error))
                if not (reaches and passing) or now() + pause > deadline:
                    raise
                _log.info("trying again", method=endpoint, error=type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(2 * pause, AGAIN_AT_MOST)

    async def _passing(
        self,
        held: Pace,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,
        kwargs: dict[str, Any],
    ) -> _Result:
        """Make a request now or never."""
        if held.holds() > 0 or self._signs >= SIGNS:
            return True
        self._signs += 1
        try:
            return await callback(*args, **kwargs)
        except TelegramError as error:
            if isinstance(error, RetryAfter) or _of_the_network(error):
                return True
            raise
        finally:
            self._signs -= 1

    async def _turn(self, chat: int | None, endpoint: str, *, can_wait: bool) -> None:
        """Wait until the request may leave.

        The beginnings of answers and digests can wait: when fifty chats ask at once, theirs are
        what there are many of, and whoever presses a button or sends /help need not stand behind.
        """
        if chat is None:
            await self._all.unheld()
            return
        pace = self._pace(chat)
        await (pace.turn() if endpoint.startswith(_MAKING) else pace.unheld())
        await self._all.turn(can_wait=can_wait)

    def _pace(self, chat: int | None) -> Pace:
        """That of a chat, or of all."""
        if chat is None:
            return self._all
        if chat not in self._chats:
            if len(self._chats) >= _MANY_CHATS:
                self._chats = {id_: pace for id_, pace in self._chats.items() if not pace.idle()}
            self._chats[chat] = Pace(*(self._group if chat < 0 else self._private))
        return self._chats[chat]


def nothing_arrived(error: TelegramError) -> bool:
    """Whether Telegram cannot have done what it was asked for."""
    cause = error.__cause__
    if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return True
    # Without a cause Telegram itself has said that it failed; a gateway does not say it in JSON.
    return type(error) is NetworkError and cause is None


def _of_the_network(error: TelegramError) -> bool:
    """Whether it may pass by itself: no connection, no reply in time, none that can be read."""
    return type(error) in (NetworkError, TimedOut, TelegramError)


def _chat(data: dict[str, Any]) -> int | None:
    try:
        return int(data["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)
