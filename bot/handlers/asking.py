"""Ask for something to be typed, and hear the reply to it, also after a restart."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import Bot, ForceReply, MaybeInaccessibleMessage, Message, Update
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


async def ask(
    bot: Bot, desk: Desk, to: MaybeInaccessibleMessage, text: str, awaited: Awaited
) -> None:
    """Ask in the chat of `to`, by a forced reply."""
    # As lines of a message: what is asked about may be the words of a stranger's document.
    lines = [Line(line, "fact") for line in text.splitlines()]
    asked = await bot.send_message(
        to.chat.id,
        messages(lines)[0],
        parse_mode=ParseMode.HTML,
        message_thread_id=topic(to),
        reply_markup=ForceReply(selective=True),
    )
    await desk.await_reply(to.chat.id, asked.message_id, awaited)


class Replies:
    """Hands what was typed to whoever asked for it."""

    def __init__(self, desk: Desk, takers: Mapping[str, Typed]) -> None:
        self._desk = desk
        self._takers = takers

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take a reply to what was asked, which no other handler sees then; leave all others."""
        message = update.effective_message
        replied = message.reply_to_message if message else None
        if message is None or replied is None:
            return
        chat = message.chat.id
        awaited = await self._desk.awaited_reply(chat, replied.message_id)
        taker = self._takers.get(awaited.kind) if awaited else None
        if awaited is None or taker is None:
            return
        wrong = await taker(update, context, message, awaited)
        if wrong is not None:
            await ask(context.bot, self._desk, message, wrong, awaited)
        raise ApplicationHandlerStop
