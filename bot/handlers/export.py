"""/export: the last answer as a Word document."""

from __future__ import annotations

from telegram import InputFile, Update
from telegram.ext import ContextTypes

from bot.conversations import Place
from bot.desk import Desk
from bot.handlers.replies import say, topic, typing, user_language
from bot.word_document import file_name
from bot.words import words


class Export:
    """Writes what was answered into a file that can be sent on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The last answer of this chat, or of this topic."""
        message = update.effective_message
        if message is None:
            return
        place = Place(message.chat.id, topic(message) or 0)
        answer = await self._desk.answers.last(place)
        if answer is None:
            w = words(user_language(update.effective_user))
            await say(update, w.gettext("There is no answer to export yet. Ask something first."))
            return
        async with typing(context.bot, message):
            document = await self._desk.answers.document(answer)
            await context.bot.send_document(
                message.chat.id,
                InputFile(document, filename=file_name(answer)),
                message_thread_id=topic(message),
            )
