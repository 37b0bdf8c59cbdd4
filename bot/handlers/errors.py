"""What becomes of an error that a handler let through."""

from __future__ import annotations

import contextlib

import structlog
from telegram import Update
from telegram.error import Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.handlers.replies import say, user_language

_log = structlog.stdlib.get_logger(__name__)


async def apologise(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log the whole story; say sorry to the person it happened to, where they can be reached."""
    error = context.error
    if isinstance(error, Forbidden):
        _log.info("a person has blocked the bot, or it was removed from the chat")
        return
    number = update.update_id if isinstance(update, Update) else None
    _log.error("handling an update failed", update=number, exc_info=error)
    # Where the network itself failed, trying to say so would only fail again.
    transient = type(error) is NetworkError
    if isinstance(update, Update) and isinstance(error, Exception) and not transient:
        with contextlib.suppress(TelegramError):
            await say(update, complaint(error, user_language(update.effective_user)))
