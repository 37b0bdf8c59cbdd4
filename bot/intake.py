"""Every update once, and an orderly end for those that are under way when the bot stops."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseUpdateProcessor

from bot.batches import Batches
from bot.desk import Desk
from bot.words import known_language, words

AT_ONCE = 256
"""Updates that are worked on side by side."""

GRACE = 6.0
"""Seconds that what is under way has to end by itself when the bot stops."""

SORRY = 1.5
"""Seconds that telling the rest may take."""

_log = structlog.stdlib.get_logger(__name__)


class Intake(BaseUpdateProcessor):
    """Hands each update on unless it was handed on before, in an earlier process too.

    They begin in the order in which they come.
    """

    def __init__(self, desk: Desk, at_once: int = AT_ONCE) -> None:
        super().__init__(at_once)
        self._desk = desk
        self._under_way: dict[int, tuple[Update, asyncio.Task[Any]]] = {}
        self._closing = False
        # One thread each: several that wait for an ingest to have written would go on in any order,
        # and keep the threads that others need for reading.
        self._new = Batches(self._take)
        self._over = Batches(self._end)

    async def initialize(self) -> None:
        """There is nothing to prepare."""

    async def shutdown(self) -> None:
        """Let the threads end; nothing is under way any more."""
        await asyncio.to_thread(self._new.close)
        await asyncio.to_thread(self._over.close)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await what handles `update`, or drop it."""
        task = asyncio.current_task()
        try:
            if not isinstance(update, Update) or task is None:
                await coroutine
            elif update.update_id not in self._under_way:
                self._under_way[update.update_id] = (update, task)
                try:
                    await self._once(update, coroutine)
                finally:
                    del self._under_way[update.update_id]
        finally:
            if asyncio.iscoroutine(coroutine):
                coroutine.close()

    async def finish(self, grace: float = GRACE) -> list[Update]:
        """Let what is under way end within `grace` seconds, and stop the rest, which is returned.

        Whatever comes from now on is not begun, and its sender told so.
        """
        self._closing = True
        tasks = [task for _, task in self._under_way.values()]
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        left = list(self._under_way.values())
        for _, task in left:
            task.cancel()
        await asyncio.gather(*(task for _, task in left), return_exceptions=True)
        return [update for update, _ in left]

    async def _once(self, update: Update, coroutine: Awaitable[Any]) -> None:
        try:
            new = await self._new.put(update.update_id)
        except SQLAlchemyError as error:  # answered twice is better than not at all
            _log.error("an update could not be noted", error=type(error).__name__)
            new = True
        if not new:
            _log.info("an update came again", update=update.update_id)
            return
        if self._closing:
            await self.say_sorry(update)
            return
        await coroutine
        await self._done(update)

    async def _done(self, update: Update) -> None:
        try:
            await self._over.put(update.update_id)
        except SQLAlchemyError as error:
            _log.error("an update could not be noted", error=type(error).__name__)

    async def say_sorry(self, update: Update) -> None:
        """Tell whoever sent `update` that it is not answered, and that they may send it again."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None:
            return
        with contextlib.suppress(TelegramError, SQLAlchemyError):
            chosen = (await self._desk.people.preference(user.id)).language
            w = words(chosen or known_language(user.language_code))
            text = w.gettext(
                "Sorry, I am being restarted and could not finish this. Please send it again "
                "in a minute."
            )
            await message.reply_text(text)
        await self._done(update)

    def _take(self, update_ids: list[int]) -> list[bool]:
        new = self._desk.taken.take(update_ids, self._desk.now())
        return [each in new for each in update_ids]

    def _end(self, update_ids: list[int]) -> list[bool]:
        self._desk.taken.done(update_ids)
        return [True] * len(update_ids)
