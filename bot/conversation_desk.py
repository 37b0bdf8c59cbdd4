"""What was said before in a chat, for callers on the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.conversations import Asked, Conversations, Place
from retrieval.conversation import Turn

_log = structlog.stdlib.get_logger(__name__)


class ConversationDesk:
    """Keeps turns for what may follow them; an answer never fails for that."""

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime]) -> None:
        self._conversations = Conversations(engine)
        self._now = now

    async def before(self, place: Place, asked: Asked) -> list[Turn]:
        """See `Conversations.before`; none where they cannot be read: the question stands alone."""
        try:
            return await asyncio.to_thread(self._conversations.before, place, asked, self._now())
        except SQLAlchemyError as error:  # whose text may hold what was asked
            _log.error("a conversation could not be read", error=type(error).__name__)
            return []

    async def keep(
        self, place: Place, question_id: int | None, answer_ids: Sequence[int], turn: Turn
    ) -> None:
        """Keep a turn for what may follow it, as `Conversations.keep` does; log it if that fails.

        The answer is given by then, and worth more than the thread.
        """
        if turn.carries_nothing:
            return
        try:
            await asyncio.to_thread(self._conversations.keep, place, question_id, answer_ids, turn)
        except SQLAlchemyError as error:
            _log.error("a turn could not be kept", error=type(error).__name__)

    async def forget(self, place: Place) -> None:
        """See `Conversations.clear`."""
        await asyncio.to_thread(self._conversations.clear, place)

    async def forget_old(self) -> None:
        """See `Conversations.forget_old`."""
        await asyncio.to_thread(self._conversations.forget_old, self._now())
