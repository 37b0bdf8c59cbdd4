"""/timeline: what happened between countries, as a picture and a list."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.desk import Desk
from bot.handlers.replies import say, send, send_pictures, typing, user_language
from bot.telegram_text import messages
from bot.timeline_text import timeline_lines
from bot.words import words
from retrieval.errors import QuestionError, RetrievalError


class TimelineCommand:
    """Draws what is dated."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/timeline Vietnam UK 2020: any countries, with a period if wanted."""
        message = update.effective_message
        if message is None:
            return
        language = user_language(update.effective_user)
        w = words(language)
        text = " ".join(context.args or [])
        usage = w.gettext(
            "Send /timeline and countries, with a period if you like: /timeline Vietnam UK 2020"
        )
        if not text:
            await say(update, usage)
            return
        async with typing(context.bot, message):
            try:
                found = await self._desk.timeline(text)
            except QuestionError as error:
                # Too long has words of its own; else nothing of it is known.
                known = w.gettext("I know no country, region, outlet or period in “%(text)s”.")
                told = complaint(error, language) if error.limit else known % {"text": text}
                await say(update, f"{told}\n{usage}")
                return
            except RetrievalError as error:
                await say(update, complaint(error, language))
                return
            if not found.happenings:
                await say(update, w.gettext("Nothing dated in this corpus meets that."))
                return
            pictures = await self._desk.timeline_pictures(found, language)
            await send_pictures(context.bot, message, pictures)
            await send(context.bot, message, messages(timeline_lines(found, language)))
