"""@bot QUESTION in any chat: cited sentences to insert there."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from weakref import WeakValueDictionary

import structlog
from telegram import InlineQuery, InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.handlers.keyboards import shortened
from bot.quotations import Excerpt
from retrieval.errors import RetrievalError

PAUSE = 0.3
"""Seconds without another letter after which a question is taken to be written."""

KEPT = 10
"""Seconds for which Telegram may show the same results again: typing on and back costs nothing, and
who is removed has them no longer than that."""

_HEADING, _DESCRIPTION = 100, 200
"""Characters; a telephone shows fewer."""

_log = structlog.stdlib.get_logger(__name__)


class Inline:
    """Finds for each person one question at a time, the newest; what was typed before it is dropped
    unread, so that a flood of letters costs two searches at most and nobody else their turn."""

    def __init__(self, desk: Desk, pause: float = PAUSE) -> None:
        self._desk = desk
        self._pause = pause
        self._newest: dict[int, int] = {}
        """By person, the number of the newest update: they may overtake each other on their way."""
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def asked(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the question if no newer one has come meanwhile."""
        query = update.inline_query
        if query is None:
            return
        user = query.from_user.id
        self._newest[user] = max(update.update_id, self._newest.get(user, 0))
        await asyncio.sleep(self._pause)
        async with self._turns.setdefault(user, asyncio.Lock()):
            if self._newest.get(user, update.update_id) != update.update_id:
                return
            try:
                await self._answer(query)
            finally:
                if self._newest.get(user) == update.update_id:
                    del self._newest[user]

    async def _answer(self, query: InlineQuery) -> None:
        found = await self._found(query.query)
        # They may have been removed while it was looked for.
        allowed = await self._desk.people.may_quote(query.from_user.id)
        with suppress(TelegramError):  # a newer one has taken its place, or it is too old
            await query.answer(
                [_result(number, each) for number, each in enumerate(found)] if allowed else [],
                cache_time=KEPT if allowed else 0,
                is_personal=True,
            )

    async def _found(self, text: str) -> list[Excerpt]:
        if not text.strip():
            return []
        try:
            return await self._desk.excerpts(text)
        except RetrievalError:
            return []  # no question yet, or no corpus
        except Exception as error:  # there is nowhere to say it
            _log.error("an inline question failed", error=type(error).__name__)
            return []


def _result(number: int, excerpt: Excerpt) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        str(number),
        shortened(excerpt.heading, _HEADING),
        InputTextMessageContent(excerpt.html, parse_mode=ParseMode.HTML),
        url=excerpt.url,
        description=shortened(excerpt.quote, _DESCRIPTION),
    )
