"""/ingest: admins see what would change, apply it, and follow how far it is."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import structlog
from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.corpus_desk import IngestStoppedError
from bot.desk import Desk
from bot.handlers.replies import admins_only, send, topic, typing, user_language
from bot.ingest_text import preview_lines, progress_line, removal_lines, report_lines
from bot.reasons import reason
from bot.render import Line
from bot.telegram_text import messages
from bot.words import words
from corpus.errors import BusyError, CorpusError
from retrieval.errors import RetrievalError

PREFIX = "ingest:"
APPLY, CONFIRM, KEEP, DETAILS, CANCEL = (
    PREFIX + name for name in ("apply", "confirm", "keep", "details", "cancel")
)
EDIT_EVERY = 2.0
"""Seconds between two edits of a message that shows how far an ingest is."""

_log = structlog.stdlib.get_logger(__name__)


class Ingest:
    """Previews an ingest, runs it and reports it, while questions go on being answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what would change and offer to do it; with nothing to change, make sure of the
        indexes. For admins only."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None or not await admins_only(update, self._desk):
            return
        language = user_language(user)
        try:
            async with typing(context.bot, message):  # it reads a sample of what is new
                preview = await self._desk.corpus.preview()
        except (CorpusError, OSError) as error:
            await send(context.bot, message, _parts([_failed(error, language)]))
            return
        if preview.is_empty:
            (number, *_) = await send(
                context.bot,
                message,
                _parts([words(language).gettext("Reading the corpus folder.")]),
            )
            await self._ingest(context, message, number, user.id, language, confirm=False)
            return
        await context.bot.send_message(
            message.chat.id,
            _parts(preview_lines(preview, language))[0],
            parse_mode=ParseMode.HTML,
            message_thread_id=topic(message),
            reply_markup=_keyboard(language, (APPLY, DETAILS, CANCEL)),
        )

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button under a preview. For admins only, whoever asked for it."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None or query.message is None:
            return
        language = user_language(user)
        if not await self._desk.is_admin(user.id):
            text = words(language).gettext("Sorry, only an admin can do that.")
            await query.answer(text, show_alert=True)
            return
        await query.answer()
        message, number = query.message, query.message.message_id
        if query.data == CANCEL:
            await _edit(query, [words(language).gettext("Nothing was changed.")])
            return
        if query.data in (DETAILS, APPLY):
            # What is shown and done is of now, not of when the preview was made.
            try:
                preview = await self._desk.corpus.preview()
            except (CorpusError, OSError) as error:
                await _edit(query, [_failed(error, language)])
                return
            if query.data == DETAILS:
                lines = preview_lines(preview, language, details=True)
                await _edit(query, lines, _keyboard(language, (APPLY, CANCEL)))
                if rest := _parts(lines)[1:]:
                    await send(context.bot, message, rest)
                return
            if preview.suspicious:
                buttons = _keyboard(language, (CONFIRM, KEEP, CANCEL))
                await _edit(query, removal_lines(preview, language), buttons)
                return
        await self._ingest(
            context, message, number, user.id, language, confirm=query.data == CONFIRM
        )

    async def _ingest(
        self,
        context: ContextTypes.DEFAULT_TYPE,
        message: MaybeInaccessibleMessage,
        number: int,
        user_id: int,
        language: str,
        *,
        confirm: bool,
    ) -> None:
        """Ingest, and show in message `number` of that chat how far it is and what came of it."""
        w = words(language)

        async def show(text: str) -> None:
            await context.bot.edit_message_text(
                text, message.chat.id, number, parse_mode=ParseMode.HTML
            )

        try:
            async with _shown(show, language) as progress:
                report = await self._desk.corpus.ingest(
                    f"telegram:{user_id}", confirm_removals=confirm, progress=progress
                )
            lines = report_lines(report, language)
        except IngestStoppedError:
            lines = [
                w.gettext("The bot is stopping. Send /ingest again later; nothing done is lost.")
            ]
        except BusyError as error:
            # Who holds the lock is for admins to know, in the words of the log.
            lines = [complaint(error, language), reason(error, language)]
        except (CorpusError, RetrievalError, OSError) as error:
            _log.exception("ingest failed")
            lines = [_failed(error, language)]
        first, *rest = _parts(lines)
        with contextlib.suppress(TelegramError):  # the account also comes where this is gone
            await show(first)
            if rest:
                await send(context.bot, message, rest)
            return
        await send(context.bot, message, [first, *rest])


@contextlib.asynccontextmanager
async def _shown(
    show: Callable[[str], Awaitable[None]], language: str
) -> AsyncIterator[Callable[[str, int, int], None]]:
    """A function for an ingest's thread to tell how far it is; what it says is shown now and then,
    the last of it."""
    latest: list[tuple[str, int, int]] = []

    def progress(stage: str, done: int, total: int) -> None:
        latest[:] = [(stage, done, total)]

    async def edit() -> None:
        before = ""
        while True:
            started = time.monotonic()
            if latest and (text := progress_line(*latest[0], language)) != before:
                before = text
                with contextlib.suppress(TelegramError):  # the next edit may succeed
                    await show(text)
            await asyncio.sleep(max(0.0, EDIT_EVERY - (time.monotonic() - started)))

    task = asyncio.create_task(edit())
    try:
        yield progress
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def _failed(error: Exception, language: str) -> str:
    return words(language).gettext("The ingest failed: %(error)s") % {
        "error": reason(error, language)
    }


def _parts(lines: Sequence[str]) -> list[str]:
    return messages([Line(line, "fact") for line in lines])


async def _edit(
    query: CallbackQuery, lines: Sequence[str], buttons: InlineKeyboardMarkup | None = None
) -> None:
    """Change the message of a button to `lines`, as far as one message holds them."""
    await query.edit_message_text(_parts(lines)[0], parse_mode=ParseMode.HTML, reply_markup=buttons)


def _keyboard(language: str, chosen: Sequence[str]) -> InlineKeyboardMarkup:
    w = words(language)
    labels = {
        APPLY: w.gettext("Apply"),
        CONFIRM: w.gettext("Remove them"),
        KEEP: w.gettext("Apply, but keep them"),
        DETAILS: w.gettext("Details"),
        CANCEL: w.gettext("Cancel"),
    }
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(labels[data], callback_data=data) for data in chosen]]
    )
