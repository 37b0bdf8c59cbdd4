"""A document from an admin: what was understood of it, then corrected, taken in or dropped."""

from __future__ import annotations

import contextlib

import structlog
from telegram import Update
from telegram.constants import FileSizeLimit, ParseMode
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.desk import Desk
from bot.handlers import other
from bot.handlers.replies import say, typing, user_language
from bot.handlers.upload_corrections import PREFIX, UploadCorrections, upload_buttons
from bot.ingest_text import report_lines
from bot.reasons import reason
from bot.render import Line
from bot.telegram_text import messages
from bot.upload_text import understood
from bot.words import words
from corpus.errors import BusyError, CorpusError
from retrieval.errors import RetrievalError

_log = structlog.stdlib.get_logger(__name__)


class UploadHandlers:
    """Reads what admins send; others hear that text alone is read."""

    def __init__(self, desk: Desk, corrections: UploadCorrections) -> None:
        self._desk = desk
        self._corrections = corrections

    async def received(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show what was understood of a document, with buttons. Its caption may state the columns
        of a table; any other remark is for people."""
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
                caption = message.caption or ""
                upload = await self._desk.uploads.keep(
                    document.file_name or "document", content, caption
                )
        except (CorpusError, OSError) as error:
            await say(
                update,
                w.gettext("Nothing was changed: %(error)s.") % {"error": reason(error, language)},
            )
            return
        await context.bot.send_message(
            message.chat.id,
            messages(understood(upload, language))[0],
            parse_mode=ParseMode.HTML,
            reply_markup=upload_buttons(upload.token, language),
        )

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take a document in, drop it, or correct it first. For admins only."""
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
        act, _, rest = query.data.removeprefix(PREFIX).partition(":")
        token, _, value = rest.partition(":")
        buttons = None
        try:
            if act == "drop":
                await self._desk.uploads.drop(token)
                lines = [w.gettext("Nothing was changed.")]
            elif act != "take":
                await self._corrections.pressed(query, context, act, token, value, language)
                return
            else:
                report = await self._desk.uploads.take(token, f"telegram:{user.id}")
                lines = report_lines(report, language)
        except BusyError as error:
            await query.edit_message_text(
                f"{complaint(error, language)}\n{reason(error, language)}",
                reply_markup=upload_buttons(token, language),
            )
            return
        except (CorpusError, RetrievalError, OSError) as error:
            _log.warning("a document was not taken in", error=type(error).__name__)
            lines = [
                w.gettext("Nothing was changed: %(error)s.") % {"error": reason(error, language)}
            ]
            # What failed may go well later: whoever corrected the document need not begin anew.
            with contextlib.suppress(CorpusError):
                await self._desk.uploads.get(token)
                buttons = upload_buttons(token, language)
        shown = [Line(line, "fact") for line in lines]
        await query.edit_message_text(
            messages(shown)[0], parse_mode=ParseMode.HTML, reply_markup=buttons
        )
