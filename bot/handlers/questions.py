"""Questions, typed or pressed, and their answers."""

from __future__ import annotations

import asyncio
import re
import traceback
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes, ExtBot

from bot.allowance_text import used_up
from bot.answers import ShownAnswer
from bot.complaints import complaint
from bot.conversations import Asked, Place
from bot.desk import Desk
from bot.examples import Example
from bot.handlers.answer_buttons import WIDER, answer_buttons
from bot.handlers.progress import shown
from bot.handlers.replies import say, send, topic, typing, user_language
from bot.render import Line, render
from bot.telegram_text import messages
from bot.words import words
from retrieval.conversation import Turn
from retrieval.errors import QuestionError, StaleIndexError
from retrieval.question import Part
from retrieval.words import question_language

_WIDER = re.compile(WIDER + r"(\d{1,18}):(period|places)")
_log = structlog.stdlib.get_logger(__name__)


class Questions:
    """Answers one question of a chat after the other, and many chats at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Any text is a question; in a group, what replies to us or mentions us."""
        message = update.message
        if message is not None and message.text is not None:
            await self._take(update, context, message, message.text)

    async def asked(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/ask QUESTION, for groups above all."""
        message = update.message
        if message is None or message.text is None:
            return
        _, _, text = message.text.partition(" ")
        if not text.strip():
            w = words(user_language(update.effective_user))
            await say(update, w.gettext("Send /ask and your question."))
            return
        await self._take(update, context, message, text)

    async def in_private(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/private QUESTION: answered without any language model, and nothing of it is kept."""
        message = update.message
        if message is None or message.text is None:
            return
        language = user_language(update.effective_user)
        _, _, text = message.text.partition(" ")
        if not text.strip():
            w = words(language)
            await say(update, w.gettext("Send /private and your question."))
            return
        async with self._turn(message), typing(context.bot, message):
            try:
                parts = messages(render(await self._desk.ask_in_private(text)))
            except Exception as error:  # whatever it is, the person hears of it
                self._note(error, text)
                parts = messages([Line(complaint(error, language), "fact")])
            await send(context.bot, message, parts)

    async def edited(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A question that was changed is answered again, in the place of its answer."""
        message = update.edited_message
        if message is None or message.text is None:
            return
        again = await self._desk.answers.of_question(_place(message), message.message_id)
        if again is not None:
            command, _, rest = message.text.partition(" ")
            text = rest if command.startswith("/ask") else message.text
            await self._take(update, context, message, text, again)
        elif message.chat.type == ChatType.PRIVATE:
            w = words(user_language(update.effective_user))
            text = w.gettext("I have no answer to that any more. Please send it as a new message.")
            await say(update, text)

    async def _take(
        self,
        update: Update,
        context: ContextTypes.DEFAULT_TYPE,
        message: Message,
        text: str,
        again: ShownAnswer | None = None,
    ) -> None:
        """Answer what somebody wrote."""
        complaining = user_language(update.effective_user)
        group = message.chat.type != ChatType.PRIVATE
        if group:
            text = _unaddressed(text, context.bot.username)
        if any(character.isalpha() for character in text):
            complaining = question_language(text)
        reply = message.reply_to_message
        asked = Asked(message.message_id, reply.message_id if reply else None, only_replies=group)
        if update.effective_user is not None:
            await self._answer(
                context.bot,
                message,
                text,
                complaining,
                asked,
                user=update.effective_user.id,
                again=again,
            )

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
            user=query.from_user.id,
            show_question=True,
        )

    async def widened(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button under a refusal: the same question without one of its conditions."""
        query = update.callback_query
        match = _WIDER.fullmatch((query.data if query else None) or "")
        if query is None or query.message is None:
            return
        answer = None
        if match is not None:
            answer = await self._desk.answers.get(int(match[1]), query.message.chat.id)
        if match is None or answer is None:
            w = words(user_language(update.effective_user))
            text = w.gettext("This answer is no longer kept. Please ask again.")
            await query.answer(text, show_alert=True)
            return
        await query.answer()
        await self._answer(
            context.bot,
            query.message,
            answer.question,
            answer.language,
            user=query.from_user.id,
            show_question=True,
            without="period" if match[2] == "period" else "places",
        )

    async def reset(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/reset: forget the conversation, once what is being answered is answered."""
        message = update.effective_message
        if message is None:
            return
        async with self._turn(message):
            await self._desk.conversations.forget(_place(message))
        w = words(user_language(update.effective_user))
        await say(update, w.gettext("Forgotten. Your next question starts afresh."))

    async def _answer(
        self,
        bot: ExtBot[Any],
        to: MaybeInaccessibleMessage,
        question: str,
        language: str,
        asked: Asked | None = None,
        *,
        user: int,
        show_question: bool = False,
        again: ShownAnswer | None = None,
        without: Part | None = None,
    ) -> None:
        """Answer `question` below the message `to`; complaints are in `language`.

        It may go on from earlier ones where somebody `asked` it in a message. The answer takes the
        place of the one that was given before, `again`; `without` drops a condition.
        """
        place = _place(to)
        turn = kept = buttons = None
        question_id = asked.message if asked else None
        async with self._turn(to), typing(bot, to):
            placed = list(again.message_ids) if again else []
            try:
                previous = await self._desk.conversations.before(place, asked) if asked else []
                reads = (await self._desk.people.preference(user)).reads
                waits = await self._desk.allowances.used_up(user)
                async with shown(bot, to, to.message_id) as progress:
                    answer = await self._desk.ask(
                        question,
                        previous,
                        progress.passed,
                        without,
                        user=user,
                        reads=reads,
                        writes=waits is None,
                    )
                placed = placed or [progress.message] if progress.message else placed
                lines = [*used_up(waits, answer), *render(answer)]
                parts = messages(lines, question=question if show_question else None)
                turn = Turn.after(answer, self._desk.now())
                kept = await self._desk.answers.keep(
                    place,
                    answer,
                    user=user,
                    question_id=question_id,
                    again=again.id if again else None,
                )
                buttons = answer_buttons(kept, answer) if kept else None
            except Exception as error:  # whatever it is, the person hears of it
                self._note(error, question)
                parts = messages([Line(complaint(error, language), "fact")])
            stages = self._desk.metrics.stages("sending")
            sent = await send(bot, to, parts, buttons, placed)
            stages.end()
            if kept is not None:
                await self._desk.answers.sent(kept, sent)
            if turn is not None:
                await self._desk.conversations.keep(place, question_id, sent, turn)

    def _note(self, error: Exception, question: str) -> None:
        """Log the whole story of an error, without the person's words."""
        if isinstance(error, QuestionError | StaleIndexError):
            _log.info("question not taken", reason=type(error).__name__)
            return
        self._desk.metrics.failed(error)
        story = "".join(traceback.format_exception(error))
        for words_of_theirs in {question, " ".join(question.split()), repr(question)[1:-1]}:
            if len(words_of_theirs) > 2:
                story = story.replace(words_of_theirs, "[the question]")
        _log.error("answering failed", error=type(error).__name__, exception=story)

    def _turn(self, message: MaybeInaccessibleMessage) -> asyncio.Lock:
        """What lets one question of a chat be worked on after the other."""
        return self._turns.setdefault(message.chat.id, asyncio.Lock())


def _place(message: MaybeInaccessibleMessage) -> Place:
    return Place(message.chat.id, topic(message) or 0)


def _unaddressed(text: str, username: str) -> str:
    """The question without our own name."""
    return re.sub(rf"(?<!\w)@{re.escape(username)}(?!\w)[,:]?", " ", text, flags=re.IGNORECASE)
