"""Forget in time: what was kept of answers and conversations goes after so many days."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.allowance import forget_old
from bot.answers import Answers
from bot.conversations import Conversations
from bot.deliveries import Deliveries
from bot.feedback import FeedbackStore
from bot.taken import TakenUpdates

EVERY = 3600.0
"""Seconds between two looks."""

_log = structlog.stdlib.get_logger(__name__)


class Retention:
    """Removes what is older than `days`. Answers go with what changed under them."""

    def __init__(self, engine: Engine, days: int, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._kept = dt.timedelta(days=days)
        self._now = now

    async def run(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Look again and again until `stop` is set."""
        while not stop.is_set():
            try:
                await asyncio.to_thread(self.look)
            except SQLAlchemyError as error:
                _log.error("old answers could not be removed", error=type(error).__name__)
            try:
                await asyncio.wait_for(stop.wait(), every)
            except TimeoutError:
                continue

    def look(self) -> None:
        """Remove once."""
        now = self._now()
        Answers(self._engine).forget_before(now - self._kept)
        FeedbackStore(self._engine).forget_before(now - self._kept)
        Conversations(self._engine).forget_old(now)
        Deliveries(self._engine).forget_old(now)
        TakenUpdates(self._engine).forget_old(now)
        forget_old(self._engine, now)
