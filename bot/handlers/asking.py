"""Ask for something to be typed, and hear the reply to it, also after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import (
    Bot,
    ForceReply,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.awaited import Awaited
from bot.desk import Desk
from bot.handlers.replies import topic
from bot.render import Line
from bot.telegram_text import messages

Typed = Callable[
    [Update, ContextTypes.DEFAULT_TYPE, Message, Awaited], Coroutine[Any, Any, str | None]
]
"""Takes what was typed. What it returns is wrong with it, and asks again."""


class Asking:
    """Asks in chats, and hands what is replied to whoever wanted it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._takers: dict[str, Typed] = {}
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        """By chat. A reply may come before it is noted what it is to: it waits for that."""

    def hand_to(self, kind: str, taker: Typed) -> None:
        """Let `taker` have the replies of a kind."""
        self._takers[kind] = taker

    async def ask(
        self,
        bot: Bot,
        to: MaybeInaccessibleMessage,
        text: str,
        awaited: Awaited,
        *,
        again: bool = False,
    ) -> None:
        """Ask in the chat of `to`, by a forced reply; `again` asks whoever wrote `to`."""
        # As lines of a message: what is asked about may be the words of a stranger's document.
        lines = [Line(line, "fact") for line in text.splitlines()]
        async with self._lock(to.chat.id):
            asked = await bot.send_message(
                to.chat.id,
                messages(lines)[0],
                parse_mode=ParseMode.HTML,
                message_thread_id=topic(to),
                reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True)
                if again
                else None,
                reply_markup=ForceReply(selective=True),
            )
            await self._desk.await_reply(to.chat.id, asked.message_id, awaited)

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take a reply to what was asked, which no other handler sees then; leave all others."""
        message = update.effective_message
        replied = message.reply_to_message if message else None
        if message is None or replied is None:
            return
        async with self._lock(message.chat.id):
            awaited = await self._desk.awaited_reply(message.chat.id, replied.message_id)
        taker = self._takers.get(awaited.kind) if awaited else None
        if awaited is None or taker is None:
            return
        wrong = await taker(update, context, message, awaited)
        if wrong is not None:
            await self.ask(context.bot, message, wrong, awaited, again=True)
        raise ApplicationHandlerStop

    def _lock(self, chat: int) -> asyncio.Lock:
        return self._locks.setdefault(chat, asyncio.Lock())
