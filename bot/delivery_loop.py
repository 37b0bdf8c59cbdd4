"""Send what is due: plan, compose and show digests, several chats side by side."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable

import structlog

from bot.deliveries import (
    ChatGoneError,
    ChatMovedError,
    Compose,
    Deliveries,
    Delivery,
    Messenger,
)
from bot.subscriptions import Subscriptions

AT_ONCE = 8
"""Digests on their way at the same time; how fast messages go out is `bot.flood`'s."""

EVERY = 15.0
"""Seconds between two looks at what is due."""

_log = structlog.stdlib.get_logger(__name__)


class DeliveryLoop:
    """Delivers for one bot."""

    def __init__(
        self,
        deliveries: Deliveries,
        subscriptions: Subscriptions,
        compose: Compose,
        messenger: Messenger,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._deliveries = deliveries
        self._subscriptions = subscriptions
        self._compose = compose
        self._messenger = messenger
        self._now = now

    async def run(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Look at what is due again and again until `stop` is set."""
        while not stop.is_set():
            try:
                await self.run_once(stop)
            except Exception as error:
                _log.error("digests could not be looked after", error=type(error).__name__)
            try:
                await asyncio.wait_for(stop.wait(), every)
            except TimeoutError:
                continue

    async def run_once(self, stop: asyncio.Event | None = None) -> None:
        """Plan what is due and deliver all that is open; what fails for now stays open."""
        await asyncio.to_thread(self._deliveries.plan, self._now())
        numbers = await asyncio.to_thread(self._deliveries.open)
        if numbers:
            _log.info("digests to deliver", number=len(numbers))
        queue = iter(numbers)

        async def work() -> None:
            for number in queue:
                if stop is not None and stop.is_set():
                    return
                await self._deliver(number)

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))

    async def _deliver(self, number: int) -> None:
        try:
            delivery = await asyncio.to_thread(self._deliveries.composed, number, self._compose)
            if delivery is not None:
                await self._show(delivery)
                await asyncio.to_thread(self._deliveries.done, number, self._now())
        except ChatGoneError as error:
            await self._give_up(number, str(error) or "chat gone")
        except ChatMovedError as error:
            await self._follow(number, error.new)
        except Exception as error:
            _log.warning("a digest waits", delivery=number, error=type(error).__name__)

    async def _show(self, delivery: Delivery) -> None:
        placed = list(delivery.message_ids)
        for number in range(delivery.shown, len(delivery.first_parts)):
            if number >= len(placed):
                placed.append(await self._messenger.place(delivery, number))
                await asyncio.to_thread(self._deliveries.placed, delivery.id, placed[-1])
            # The messenger reads the ids from the delivery.
            current = await asyncio.to_thread(self._deliveries.get, delivery.id)
            assert current is not None  # noqa: S101 - it is composed
            await self._messenger.fill(current, number)
            await asyncio.to_thread(self._deliveries.filled, delivery.id)

    async def _give_up(self, number: int, why: str) -> None:
        delivery = await asyncio.to_thread(self._deliveries.get, number)
        await asyncio.to_thread(self._deliveries.fail, number, why, self._now())
        if delivery is not None:
            await asyncio.to_thread(self._subscriptions.blocked, delivery.place.chat)
        _log.info("a chat takes no digests any more", delivery=number)

    async def _follow(self, number: int, new: int) -> None:
        delivery = await asyncio.to_thread(self._deliveries.get, number)
        if delivery is not None:
            await asyncio.to_thread(self._subscriptions.moved, delivery.place.chat, new)
            await self._deliver(number)
