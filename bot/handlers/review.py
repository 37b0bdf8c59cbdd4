"""/review: admins look at articles whose date is doubtful, a few at a time."""

from __future__ import annotations

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.handlers.replies import admins_only, topic, user_language
from bot.review_text import review_lines
from bot.telegram_text import messages
from bot.words import words
from corpus.errors import CorpusError

PREFIX = "review:"
SHOWN = 4
"""Articles in one message: so many fit with their evidence."""

_OK, _FROM = f"{PREFIX}ok:", f"{PREFIX}from:"
_log = structlog.stdlib.get_logger(__name__)


class Review:
    """Shows what is doubtful, the oldest first, and notes what an admin leaves as it is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The first articles that nobody has looked at. For admins only."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None or not await admins_only(update, self._desk):
            return
        text, buttons = await self._page(0, user_language(user))
        await context.bot.send_message(
            message.chat.id,
            text,
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
            message_thread_id=topic(message),
        )

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:  # noqa: ARG002
        """Leave an article as it is, or see the next ones. For admins only."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None or not query.data:
            return
        language = user_language(user)
        w = words(language)
        if not await self._desk.is_admin(user.id):
            text = w.gettext("Sorry, only an admin can do that.")
            await query.answer(text, show_alert=True)
            return
        skip, revision = _read(query.data)
        said = None
        if revision is not None:
            try:
                await self._desk.corpus.accept_review(revision, f"telegram:{user.id}")
                said = w.gettext("Noted.")
            except CorpusError as error:
                _log.info("nothing was noted", error=type(error).__name__)
                said = w.gettext("That article changed meanwhile.")
        await query.answer(said)
        text, buttons = await self._page(skip, language)
        await query.edit_message_text(text, parse_mode=ParseMode.HTML, reply_markup=buttons)

    async def _page(self, skip: int, language: str) -> tuple[str, InlineKeyboardMarkup | None]:
        """The message of the articles behind the first `skip`, and its buttons."""
        doubts, total = await self._desk.corpus.doubtful(SHOWN, skip)
        if not doubts and skip:
            skip = 0
            doubts, total = await self._desk.corpus.doubtful(SHOWN, skip)
        w = words(language)
        while len(parts := messages(review_lines(doubts, total, language))) > 1 and len(doubts) > 1:
            doubts = doubts[:-1]  # what is pressed must be seen
        numbers = [
            InlineKeyboardButton(f"✓ {number}", callback_data=f"{_OK}{doubt.revision}:{skip}")
            for number, doubt in enumerate(doubts, start=1)
        ]
        rows = [numbers] if numbers else []
        if skip + len(doubts) < total:
            data = f"{_FROM}{skip + len(doubts)}"
            rows.append([InlineKeyboardButton(w.gettext("Later; show others"), callback_data=data)])
        return parts[0], InlineKeyboardMarkup(rows) if rows else None


def _read(data: str) -> tuple[int, int | None]:
    """How many to pass over, and the revision to leave as it is, if any."""
    if data.startswith(_OK):
        revision, _, skip = data.removeprefix(_OK).partition(":")
        return _number(skip), _number(revision)
    return _number(data.removeprefix(_FROM)), None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
