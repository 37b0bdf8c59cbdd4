"""A polite word for what is no question: pictures, unknown commands."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.handlers.replies import say, user_language
from bot.words import words


async def no_text(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Stickers, pictures, voice and the like."""
    w = words(user_language(update.effective_user))
    await say(update, w.gettext("I read text only. Please write your question."))


async def unknown_command(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """A command that there is not."""
    w = words(user_language(update.effective_user))
    await say(update, w.gettext("I do not know that command. Send /help to see what I do."))
