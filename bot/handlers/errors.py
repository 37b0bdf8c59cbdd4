"""What becomes of an error that a handler let through."""

from __future__ import annotations

import contextlib

import structlog
from telegram import Update
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.handlers.replies import say, user_language
from bot.metrics import Metrics

_log = structlog.stdlib.get_logger(__name__)


async def apologise(metrics: Metrics, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Count the error and log the whole story; say sorry to the person, where that is possible."""
    error = context.error
    if isinstance(error, Forbidden):
        _log.info("a person has blocked the bot, or it was removed from the chat")
        return
    if error is not None:
        metrics.failed(error)
    number = update.update_id if isinstance(update, Update) else None
    _log.error("handling an update failed", update=number, exc_info=error)
    # Where nothing got through for so long, saying so would fail too.
    transient = type(error) in (NetworkError, TimedOut, RetryAfter)
    if isinstance(update, Update) and isinstance(error, Exception) and not transient:
        with contextlib.suppress(TelegramError):
            await say(update, complaint(error, user_language(update.effective_user)))
