"""A document from an admin: what was understood of it, then taken in or dropped at a button."""

from __future__ import annotations

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import FileSizeLimit, ParseMode
from telegram.ext import ContextTypes

from bot import names
from bot.complaints import complaint
from bot.desk import Desk
from bot.handlers import other
from bot.handlers.replies import say, typing, user_language
from bot.ingest_text import report_lines
from bot.render import Line
from bot.source_lines import describe
from bot.telegram_text import messages
from bot.uploads import Upload
from bot.words import words
from corpus.errors import BusyError, CorpusError
from retrieval.errors import RetrievalError

PREFIX = "upload:"
SHOWN = 5
"""Articles of a document that are shown; the rest are counted."""

FIRST_WORDS = 200
_log = structlog.stdlib.get_logger(__name__)


class UploadHandlers:
    """Reads what admins send; others hear that text alone is read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def received(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show what was understood of a document, with buttons."""
        user, message = update.effective_user, update.effective_message
        document = message.document if message else None
        if user is None or message is None or document is None:
            return
        if not await self._desk.is_admin(user.id):
            await other.no_text(update, context)
            return
        language = user_language(user)
        w = words(language)
        most = int(FileSizeLimit.FILESIZE_DOWNLOAD)
        if (document.file_size or 0) > most:
            text = w.gettext("That file is too large: at most %(n)d MB, please.")
            await say(update, text % {"n": most // 1_000_000})
            return
        try:
            async with typing(context.bot, message):
                file = await document.get_file()
                content = bytes(await file.download_as_bytearray())
                upload = await self._desk.keep_upload(document.file_name or "document", content)
        except (CorpusError, OSError) as error:
            await say(update, w.gettext("Nothing was changed: %(error)s.") % {"error": error})
            return
        await context.bot.send_message(
            message.chat.id,
            messages(_understood(upload, language))[0],
            parse_mode=ParseMode.HTML,
            reply_markup=_buttons(upload.token, language),
        )

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:  # noqa: ARG002
        """Take a document in, or drop it. For admins only."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None or not query.data:
            return
        language = user_language(user)
        w = words(language)
        if not await self._desk.is_admin(user.id):
            text = w.gettext("Sorry, only an admin can do that.")
            await query.answer(text, show_alert=True)
            return
        await query.answer()
        act, _, token = query.data.removeprefix(PREFIX).partition(":")
        try:
            if act == "drop":
                await self._desk.drop_upload(token)
                lines = [w.gettext("Nothing was changed.")]
            else:
                report = await self._desk.take_upload(token, f"telegram:{user.id}")
                lines = report_lines(report, language)
        except BusyError as error:
            await query.edit_message_text(
                f"{complaint(error, language)}\n{error}", reply_markup=_buttons(token, language)
            )
            return
        except (CorpusError, RetrievalError, OSError) as error:
            _log.warning("a document was not taken in", error=type(error).__name__)
            lines = [w.gettext("Nothing was changed: %(error)s.") % {"error": error}]
        shown = [line if isinstance(line, Line) else Line(line, "fact") for line in lines]
        await query.edit_message_text(messages(shown)[0], parse_mode=ParseMode.HTML)


def _understood(upload: Upload, language: str) -> list[Line]:
    """Title, outlet, language, event with its evidence, countries and first words of each."""
    w = words(language)
    lines = [Line(upload.name, "heading")]
    for article in upload.articles[:SHOWN]:
        lines.append(Line(describe(article, language), "event", gap=True))
        facts = [names.language_name(article.language, language)]
        facts.extend(names.place(code, language) for code in article.countries[:4])
        lines.append(Line(" · ".join(facts), "fact"))
        first = " ".join(article.text.split())[:FIRST_WORDS]
        lines.append(Line(f"{first} …", "quote"))
    more = len(upload.articles) - SHOWN
    if more > 0:
        text = w.ngettext("and %(n)d more article", "and %(n)d more articles", more)
        lines.append(Line(text % {"n": more}, "note", gap=True))
    for failure in upload.failed[:SHOWN]:
        lines.append(Line(f"{failure.source}: {failure.error}", "note"))
    text = w.gettext("What is wrong can be corrected with /fix once it is taken in.")
    lines.append(Line(text, "note", gap=True))
    return lines


def _buttons(token: str, language: str) -> InlineKeyboardMarkup:
    w = words(language)
    choices = ((w.gettext("Take it in"), "take"), (w.gettext("Drop it"), "drop"))
    row = [
        InlineKeyboardButton(text, callback_data=f"{PREFIX}{act}:{token}") for text, act in choices
    ]
    return InlineKeyboardMarkup([row])
