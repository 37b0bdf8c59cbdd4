"""The first checked statements of an answer, shown while the rest is written."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import structlog
from telegram import MaybeInaccessibleMessage, Message
from telegram.constants import ChatType, ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.flood import REPEATABLE
from bot.handlers.replies import UNFINISHED, topic
from bot.render import Line, marks_of
from bot.telegram_text import messages
from retrieval.answer import Written

EVERY = 2.0
"""Seconds between two edits of a message, and between two drafts: those cost requests too."""

_log = structlog.stdlib.get_logger(__name__)


class Progress:
    """What is shown of an answer under way. `message` is the one that became of it where Telegram
    took no draft; the answer is to take its place."""

    def __init__(self, bot: ExtBot[Any], to: MaybeInaccessibleMessage, number: int) -> None:
        self._bot = bot
        self._to = to
        self._number = number
        self._written: list[Written] = []
        self._news = asyncio.Event()
        self._drafts = to.chat.type == ChatType.PRIVATE
        self._placing: asyncio.Task[Message] | None = None
        self.message: int | None = None

    def passed(self, written: Written) -> None:
        """A statement has passed the check; called on the event loop."""
        self._written.append(written)
        self._news.set()

    async def run(self) -> None:
        """Show what there is, again and again, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            with contextlib.suppress(TelegramError):  # it is a convenience
                await self._show()
            await asyncio.sleep(EVERY)

    async def settle(self) -> None:
        """Wait for a message that is on its way."""
        if self._placing is not None and self.message is None:
            with contextlib.suppress(TelegramError):
                self.message = (await self._placing).message_id

    def drop(self) -> None:
        """Wait for nothing."""
        if self._placing is not None:
            self._placing.cancel()

    async def _show(self) -> None:
        lines = [
            Line(each.text + marks_of(list(each.citations)), "written", gap=place > 0)
            for place, each in enumerate(self._written)
        ]
        text = f"{messages(lines)[0]}\n\n…"
        if self._drafts:
            try:
                await self._bot.send_message_draft(
                    self._to.chat.id,
                    self._number,
                    text,
                    message_thread_id=topic(self._to),
                    parse_mode=ParseMode.HTML,
                )
                return
            except TelegramError as error:
                self._drafts = False
                _log.info("drafts are refused here", error=type(error).__name__)
        if self.message is None:
            self._placing = asyncio.create_task(
                self._bot.send_message(
                    self._to.chat.id,
                    UNFINISHED,
                    message_thread_id=topic(self._to),
                    rate_limit_args=REPEATABLE,
                )
            )
            # Cut off, it might stand in the chat and nobody know its id.
            self.message = (await asyncio.shield(self._placing)).message_id
        await self._bot.edit_message_text(
            text, self._to.chat.id, self.message, parse_mode=ParseMode.HTML
        )


@contextlib.asynccontextmanager
async def shown(
    bot: ExtBot[Any], to: MaybeInaccessibleMessage, number: int
) -> AsyncIterator[Progress]:
    """What to tell of statements that pass while the block runs; `number` names the draft."""
    progress = Progress(bot, to, number)
    task = asyncio.create_task(progress.run())
    try:
        yield progress
    except BaseException:
        progress.drop()
        raise
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    await progress.settle()
