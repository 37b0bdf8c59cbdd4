"""Digests into Telegram's chats: a heading first, which is then edited into the digest."""

from __future__ import annotations

from html import escape
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ExtBot

from bot.deliveries import ChatGoneError, ChatMovedError, Delivery
from bot.digest_post import heading
from bot.flood import REPEATABLE
from bot.words import words

PREFIX = "digest:"
MORE = PREFIX + "more:"
MUTE = PREFIX + "mute:"
SOURCES = PREFIX + "cited:"
"""How the data of the buttons under a digest begins."""

_SAME = "not modified"
_UNKNOWN = ("chat not found", "group is deactivated", "kicked", "chat was deleted")
_NO_MESSAGE = ("message to edit not found", "message can't be edited")


class TelegramMessenger:
    """Sends by the Bot API; how fast is `bot.flood`'s."""

    def __init__(self, bot: ExtBot[Any]) -> None:
        self._bot = bot

    async def place(self, delivery: Delivery, number: int) -> int:
        """See `bot.deliveries.Messenger`."""
        place = delivery.place
        text = heading(delivery.subscription, delivery.end) if number == 0 else "…"
        try:
            message = await self._bot.send_message(
                place.chat,
                f"<b>{escape(text)}</b>",
                parse_mode=ParseMode.HTML,
                message_thread_id=place.thread or None,
                disable_notification=number > 0,
                rate_limit_args=REPEATABLE,
            )
        except ChatMigrated as error:
            raise ChatMovedError(error.new_chat_id) from error
        except Forbidden as error:
            raise ChatGoneError(error.message) from error
        except BadRequest as error:
            if any(words in error.message.lower() for words in _UNKNOWN):
                raise ChatGoneError(error.message) from error
            raise
        return message.message_id

    async def fill(self, delivery: Delivery, number: int) -> None:
        """See `bot.deliveries.Messenger`. A message that people deleted stays deleted."""
        try:
            await self._bot.edit_message_text(
                delivery.first_parts[number],
                delivery.place.chat,
                delivery.message_ids[number],
                parse_mode=ParseMode.HTML,
                reply_markup=digest_keyboard(delivery, number),
            )
        except Forbidden as error:
            raise ChatGoneError(error.message) from error
        except BadRequest as error:
            told = error.message.lower()
            if _SAME not in told and not any(words in told for words in _NO_MESSAGE):
                raise


def digest_keyboard(delivery: Delivery, number: int) -> InlineKeyboardMarkup | None:
    """What stands under message `number` of a digest: to look at its sources, to mute its stories,
    and under the last that is sent unasked to have the rest, as long as that waits."""
    w = words(delivery.subscription.language)
    row = []
    told = delivery.told_in(number)
    if any(each.answer is not None for each in told):
        row.append((w.gettext("Sources …"), f"{SOURCES}list:{delivery.id}:{number}"))
    if told:
        row.append((w.gettext("Mute …"), f"{MUTE}list:{delivery.id}:{number}"))
    last = number == len(delivery.first_parts) - 1
    if last and delivery.has_more and not delivery.rest_asked:
        row.append((w.gettext("More"), f"{MORE}{delivery.id}"))
    if not row:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row]]
    )
