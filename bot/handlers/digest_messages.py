"""The buttons under a digest that was sent: the rest of it."""

from __future__ import annotations

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.handlers.replies import send
from bot.messenger import MORE


class DigestMessages:
    """What a digest still has to show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def more(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The rest of a digest, once: the button goes with it."""
        query = update.callback_query
        if query is None or query.message is None or not query.data:
            return
        await query.answer()
        number = query.data.removeprefix(MORE)
        parts = await self._desk.rest_of_digest(int(number)) if number.isdigit() else ()
        try:
            await query.edit_message_reply_markup(None)
        except BadRequest:
            return  # somebody else pressed it too
        await send(context.bot, query.message, parts)
