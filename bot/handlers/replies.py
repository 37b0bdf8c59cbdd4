"""How the bot writes: to whom, in which language, and a sign that it is at work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextvars import ContextVar
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
    Update,
    User,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.desk import Desk
from bot.flood import REPEATABLE
from bot.words import known_language, words

UNFINISHED = "…"
"""The last line of a message that is still to become what it should be."""

TYPING_EVERY = 4.0
"""Seconds. Telegram shows the indicator for five, or until a message comes."""


chosen_language: ContextVar[str | None] = ContextVar("chosen_language", default=None)
"""What whoever sent the update under way chose with /language; the gate looks it up."""


def user_language(user: User | None) -> str:
    """The interface language for a person: the one they chose, else that of their Telegram."""
    return chosen_language.get() or known_language(user.language_code if user else None)


async def say(update: Update, text: str) -> None:
    """Answer the message of `update` with plain words."""
    if update.effective_message is not None:
        await update.effective_message.reply_text(text)


async def admins_only(update: Update, desk: Desk) -> bool:
    """Whether whoever sent `update` is an admin; a polite refusal where not."""
    user = update.effective_user
    if user is not None and await desk.is_admin(user.id):
        return True
    await say(update, words(user_language(user)).gettext("Sorry, only an admin can do that."))
    return False


def topic(message: MaybeInaccessibleMessage) -> int | None:
    """The topic of a forum that a message stands in."""
    inside = isinstance(message, Message) and message.is_topic_message
    return message.message_thread_id if isinstance(message, Message) and inside else None


async def send(
    bot: ExtBot[Any],
    to: MaybeInaccessibleMessage,
    parts: Sequence[str],
    buttons: InlineKeyboardMarkup | None = None,
    placed: Sequence[int] = (),
) -> list[int]:
    """Send parts of HTML to the chat of `to`; the first one as a reply to it, the last one with
    the `buttons`.

    The messages `placed`, sent before, become the first parts; of more than there are parts the
    rest goes. For the others a beginning is sent, which then becomes the part: an edit may be
    repeated until it is there, and is there once. Returns the ids of the messages that the parts
    stand in.
    """
    sent = []
    for number, part in enumerate(parts):
        under = buttons if number == len(parts) - 1 else None
        stands = number < len(placed) and await _edited(bot, to, placed[number], part, under)
        if stands:
            sent.append(placed[number])
            continue
        sent.append(await _begun(bot, to, part, reply=number == 0))
        # Where people have deleted it by now, it stays deleted.
        await _edited(bot, to, sent[-1], part, under)
    for number in placed[len(parts) :]:
        with contextlib.suppress(TelegramError):  # it may be gone, or too old
            await bot.delete_message(to.chat.id, number)
    return sent


async def _begun(bot: ExtBot[Any], to: MaybeInaccessibleMessage, part: str, *, reply: bool) -> int:
    """Send the first line of `part`, which is what a phone shows of a message; its id."""
    first = part.partition("\n")[0]
    # A quotation may go over several lines, and is no HTML before its end.
    whole = first.count("<") == 2 * first.count("</")
    message = await bot.send_message(
        to.chat.id,
        f"{first}\n{UNFINISHED}" if whole else UNFINISHED,
        parse_mode=ParseMode.HTML,
        message_thread_id=topic(to),
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True)
        if reply
        else None,
        rate_limit_args=REPEATABLE,
    )
    return message.message_id


async def _edited(
    bot: ExtBot[Any],
    to: MaybeInaccessibleMessage,
    number: int,
    part: str,
    buttons: InlineKeyboardMarkup | None,
) -> bool:
    """Whether message `number` says `part` now; not where people have deleted it."""
    try:
        await bot.edit_message_text(
            part, to.chat.id, number, parse_mode=ParseMode.HTML, reply_markup=buttons
        )
    except BadRequest as error:
        return "not modified" in error.message.lower()
    return True


async def send_pictures(bot: Bot, to: MaybeInaccessibleMessage, pictures: Sequence[bytes]) -> None:
    """Send PNGs to the chat of `to`, several as an album."""
    if len(pictures) == 1:
        await bot.send_photo(
            to.chat.id, InputFile(pictures[0], "picture.png"), message_thread_id=topic(to)
        )
        return
    album = [InputMediaPhoto(InputFile(each, f"{n}.png")) for n, each in enumerate(pictures)]
    await bot.send_media_group(to.chat.id, album, message_thread_id=topic(to))


@contextlib.asynccontextmanager
async def typing(
    bot: Bot, to: MaybeInaccessibleMessage, *, every: float = TYPING_EVERY
) -> AsyncIterator[None]:
    """Show in the chat of `to` that the bot is writing, as long as the block runs."""

    async def show() -> None:
        while True:
            # A lost indicator is no reason to lose the answer.
            with contextlib.suppress(TelegramError):
                await bot.send_chat_action(
                    to.chat.id, ChatAction.TYPING, message_thread_id=topic(to)
                )
            await asyncio.sleep(every)

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
