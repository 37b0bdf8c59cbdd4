"""Questions, typed or pressed, and their answers."""

from __future__ import annotations

import asyncio
import traceback
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, MaybeInaccessibleMessage, Update
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.desk import Desk
from bot.examples import Example
from bot.handlers.replies import send, typing, user_language
from bot.render import Line, render
from bot.telegram_text import messages
from bot.words import words
from retrieval.errors import QuestionError, StaleIndexError
from retrieval.words import question_language

_log = structlog.stdlib.get_logger(__name__)


class Questions:
    """Answers one question of a chat after the other, and many chats at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Any text is a question."""
        message = update.message
        if message is None or message.text is None:
            return
        language = user_language(update.effective_user)
        text, complaining = message.text, language
        if any(character.isalpha() for character in text):
            complaining = question_language(text)
        await self._answer(context.bot, message, text, complaining)

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """An example's button. What it carries is checked like anything that a person writes."""
        query = update.callback_query
        if query is None:
            return
        example = Example.from_data(query.data or "")
        if example is None or query.message is None:
            language = user_language(update.effective_user)
            await query.answer(
                words(language).gettext("This button is no longer in use. Send /help for new ones.")
            )
            return
        await query.answer()
        await self._answer(
            context.bot, query.message, example.question, example.language, show_question=True
        )

    async def _answer(
        self,
        bot: Bot,
        to: MaybeInaccessibleMessage,
        question: str,
        language: str,
        *,
        show_question: bool = False,
    ) -> None:
        """Answer `question` below the message `to`; complaints are in `language`."""
        turn = self._turns.setdefault(to.chat.id, asyncio.Lock())
        async with turn, typing(bot, to):
            try:
                answer = await self._desk.ask(question)
                parts = messages(render(answer), question=question if show_question else None)
            except Exception as error:  # whatever it is, the person hears of it
                _note(error, question)
                parts = messages([Line(complaint(error, language), "fact")])
            await send(bot, to, parts)


def _note(error: Exception, question: str) -> None:
    """Log the whole story of an error, without the person's words."""
    if isinstance(error, QuestionError | StaleIndexError):
        _log.info("question not taken", reason=type(error).__name__)
        return
    story = "".join(traceback.format_exception(error))
    for words_of_theirs in {question, " ".join(question.split()), repr(question)[1:-1]}:
        if len(words_of_theirs) > 2:
            story = story.replace(words_of_theirs, "[the question]")
    _log.error("answering failed", error=type(error).__name__, exception=story)
