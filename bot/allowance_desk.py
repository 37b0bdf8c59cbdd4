"""What people may ask for, for callers on the event loop. Admins may ask for anything."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.access import Access
from bot.allowance import Allowances
from bot.floods import Floods
from bot.limits import Limits
from retrieval.metering import metered

_log = structlog.stdlib.get_logger(__name__)


class AllowanceDesk:
    """Admits questions and counts tokens; what was counted is saved by a thread of its own."""

    def __init__(
        self, engine: Engine, access: Access, limits: Limits, now: Callable[[], dt.datetime]
    ) -> None:
        self.limits = limits
        self._access = access
        self._now = now
        self._allowances = Allowances(engine, limits)
        self._floods = Floods()
        self._saver = ThreadPoolExecutor(1, thread_name_prefix="allowances")

    async def admit(self, user_id: int) -> dt.timedelta | None:
        """Count a question, None; or, where there were too many, how long until the next is taken.

        Those of admins do not count.
        """
        if not self.limits.questions_per_minute:
            return None

        def admitted() -> dt.timedelta | None:
            if self._access.is_admin(user_id):
                return None
            now = self._now()
            again = self._allowances.admit(user_id, now)
            if again is not None:
                return again - now
            self._saver.submit(self.save)
            return None

        return await asyncio.to_thread(admitted)

    def refuse(self, user_id: int) -> bool:
        """Whether to say that a message is refused; see `Floods.begins`."""
        return self._floods.begins(user_id, self._now())

    async def used_up(self, user_id: int) -> dt.timedelta | None:
        """How long a person has to do without the language model; None where they need not."""
        return await asyncio.to_thread(self.without_model, user_id)

    def without_model(self, user_id: int) -> dt.timedelta | None:
        """See `used_up`; outside the event loop."""
        if not self.limits.tokens_per_day or self._access.is_admin(user_id):
            return None
        now = self._now()
        ends = self._allowances.used_up(user_id, now)
        return ends - now if ends is not None else None

    @contextmanager
    def counting(self, user_id: int) -> Iterator[None]:
        """Count the tokens of what is done in the block; outside the event loop."""
        with metered() as meter:
            try:
                yield
            finally:
                if meter.tokens:
                    self._allowances.spend(user_id, meter.tokens, self._now())
                    self._saver.submit(self.save)

    def save(self) -> None:
        """See `Allowances.save`; outside the event loop. What fails is tried again next time."""
        try:
            self._allowances.save()
        except SQLAlchemyError as error:
            _log.error("what people asked for was not saved", error=type(error).__name__)

    def forget(self, user_id: int) -> None:
        """See `Allowances.forget`; outside the event loop."""
        self._allowances.forget(user_id)

    def close(self) -> None:
        """Save what is left."""
        self._saver.shutdown(cancel_futures=True)
        self.save()
