"""The door of questions and commands: what is too long, or one too many, goes no further."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import ContextTypes

from bot.allowance_text import too_fast
from bot.complaints import complaint
from bot.desk import Desk
from bot.handlers.replies import say, user_language
from bot.words import words
from retrieval.errors import QuestionError
from retrieval.question import MAX_QUESTION_CHARS
from retrieval.words import question_language

Handle = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]

_COMMAND = 100
"""Characters before a question, of a command and our name; the engine measures what is behind."""


class Admission:
    """Lets so many questions and commands of a person through, and gives a flood one word.

    What is refused has cost neither a search nor a language model.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def before(self, handle: Handle) -> Handle:
        """Let `handle` have only what is admitted."""

        async def admitted(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            user, query = update.effective_user, update.callback_query
            if user is None:
                return
            refusal = await self._refusal(update, user.id)
            if refusal is None:
                await handle(update, context)
                return
            told = self._desk.allowances.refuse(user.id)
            if query is not None:
                await query.answer(refusal if told else None, show_alert=told)
            elif told:
                await say(update, refusal)

        return admitted

    def once(self, handle: Handle) -> Handle:
        """Let `handle`, which refuses whatever it gets, say so once in a flood."""

        async def told(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            user = update.effective_user
            if user is not None and self._desk.allowances.refuse(user.id):
                await handle(update, context)

        return told

    async def _refusal(self, update: Update, user_id: int) -> str | None:
        """What is wrong with it; None where it is admitted, and counted."""
        language = user_language(update.effective_user)
        message = update.message or update.edited_message
        if message is not None and message.forward_origin is not None:
            return words(language).gettext(
                "I take no forwarded message for a question. Please write it, or paste it."
            )
        text = (message.text if message is not None else None) or ""
        if len(text) > MAX_QUESTION_CHARS + _COMMAND:
            error = QuestionError("too long", limit=MAX_QUESTION_CHARS)
            return complaint(error, question_language(text[:MAX_QUESTION_CHARS]))
        waits = await self._desk.allowances.admit(user_id)
        return too_fast(waits, language) if waits is not None else None
