"""Questions, typed or pressed, and their answers."""

from __future__ import annotations

import asyncio
import re
import traceback
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, MaybeInaccessibleMessage, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.conversations import Asked, Place
from bot.desk import Desk
from bot.examples import Example
from bot.handlers.answer_buttons import answer_buttons
from bot.handlers.replies import say, send, topic, typing, user_language
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
        """Any text is a question; in a group, any reply to us is."""
        message = update.message
        if message is None or message.text is None:
            return
        language = user_language(update.effective_user)
        group = message.chat.type != ChatType.PRIVATE
        text, complaining = message.text, language
        if group:
            text = _unaddressed(text, context.bot.username)
        if any(character.isalpha() for character in text):
            complaining = question_language(text)
        reply = message.reply_to_message
        asked = Asked(message.message_id, reply.message_id if reply else None, only_replies=group)
        await self._answer(context.bot, message, text, complaining, asked, user=_id(update))

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
            context.bot,
            query.message,
            example.question,
            example.language,
            user=_id(update),
            show_question=True,
        )

    async def reset(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/reset: forget the conversation, once what is being answered is answered."""
        message = update.effective_message
        if message is None:
            return
        async with self._turn(message):
            await self._desk.forget(_place(message))
        w = words(user_language(update.effective_user))
        await say(update, w.gettext("Forgotten. Your next question starts afresh."))

    async def _answer(
        self,
        bot: Bot,
        to: MaybeInaccessibleMessage,
        question: str,
        language: str,
        asked: Asked | None = None,
        *,
        user: int | None,
        show_question: bool = False,
    ) -> None:
        """Answer `question` below the message `to`; complaints are in `language`.

        It may go on from earlier ones where somebody `asked` it in a message.
        """
        place = _place(to)
        turn = kept = buttons = None
        question_id = asked.message if asked else None
        async with self._turn(to), typing(bot, to):
            try:
                previous = await self._desk.turns_before(place, asked) if asked else []
                answer = await self._desk.ask(question, previous)
                parts = messages(render(answer), question=question if show_question else None)
                turn = self._desk.turn_after(answer)
                kept = await self._desk.answers.keep(
                    place, answer, user=user, question_id=question_id
                )
                buttons = answer_buttons(kept, answer) if kept else None
            except Exception as error:  # whatever it is, the person hears of it
                _note(error, question)
                parts = messages([Line(complaint(error, language), "fact")])
            sent = await send(bot, to, parts, buttons)
            if kept is not None:
                await self._desk.answers.sent(kept, sent)
            if turn is not None:
                await self._desk.keep_turn(place, question_id, sent, turn)

    def _turn(self, message: MaybeInaccessibleMessage) -> asyncio.Lock:
        """What lets one question of a chat be worked on after the other."""
        return self._turns.setdefault(message.chat.id, asyncio.Lock())


def _id(update: Update) -> int | None:
    return update.effective_user.id if update.effective_user else None


def _place(message: MaybeInaccessibleMessage) -> Place:
    return Place(message.chat.id, topic(message) or 0)


def _unaddressed(text: str, username: str) -> str:
    """The question without our own name."""
    return re.sub(rf"(?<!\w)@{re.escape(username)}(?!\w)[,:]?", " ", text, flags=re.IGNORECASE)


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
