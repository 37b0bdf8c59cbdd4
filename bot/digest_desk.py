"""Subscriptions to digests and what was sent for them, for callers on the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace

from bot.conversations import Place
from bot.deliveries import Deliveries, Delivery, Messenger
from bot.delivery_loop import DeliveryLoop
from bot.digest_post import compose
from bot.subscriptions import FIRST, Subscription, Subscriptions
from retrieval.engine import Engine


class DigestDesk:
    """Keeps what readers subscribe to. `pool` is where the engine works on questions."""

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime], pool: Executor) -> None:
        self._engine = engine
        self._now = now
        self._pool = pool
        self._subscriptions = Subscriptions(engine.catalogue.engine)
        self._deliveries = Deliveries(engine.catalogue.engine)
        self._changing = asyncio.Lock()

    async def of(self, place: Place) -> list[Subscription]:
        """See `Subscriptions.of`."""
        return await asyncio.to_thread(self._subscriptions.of, place)

    async def get(self, number: int) -> Subscription | None:
        """See `Subscriptions.get`."""
        return await asyncio.to_thread(self._subscriptions.get, number)

    async def keep(self, subscription: Subscription) -> Subscription:
        """See `Subscriptions.put`."""
        return await asyncio.to_thread(self._subscriptions.put, subscription)

    async def change(
        self, number: int, change: Callable[[Subscription], Subscription]
    ) -> Subscription | None:
        """Keep what `change` makes of a subscription, and reckon anew when an active one is due;
        None where it is gone."""
        async with self._changing:  # each of two at once changes what the other left
            found = await self.get(number)
            if found is None:
                return None
            changed = change(found)
            if changed == found:
                return found
            if changed.state == "active":
                changed = changed.started(self._now())
            return await self.keep(changed)

    async def drop(self, number: int) -> None:
        """See `Subscriptions.drop`."""
        await asyncio.to_thread(self._subscriptions.drop, number)

    async def mute(self, number: int, story: str, title: str) -> None:
        """See `Subscriptions.mute`."""
        await asyncio.to_thread(self._subscriptions.mute, number, story, self._now(), title)

    async def unmute(self, number: int, story: str) -> None:
        """See `Subscriptions.unmute`."""
        await asyncio.to_thread(self._subscriptions.unmute, number, story)

    async def muted(self, number: int) -> list[tuple[str, str]]:
        """See `Subscriptions.muted`."""
        return await asyncio.to_thread(self._subscriptions.muted, number)

    async def preview(self, subscription: Subscription) -> tuple[str, ...]:
        """The messages that a subscription would get now, whatever it does if nothing is new."""
        now = self._now()
        wanted = replace(subscription, tells_nothing_new=True)
        begin = subscription.covered_to or now - FIRST

        def made() -> tuple[str, ...]:
            told = self._subscriptions.told(subscription.id)
            return compose(self._engine, wanted, begin, now, told).parts

        return await asyncio.get_running_loop().run_in_executor(self._pool, made)

    async def delivery(self, number: int) -> Delivery | None:
        """See `Deliveries.get`."""
        return await asyncio.to_thread(self._deliveries.get, number)

    async def ask_for_rest(self, number: int) -> bool:
        """See `Deliveries.ask_for_rest`."""
        return await asyncio.to_thread(self._deliveries.ask_for_rest, number)

    async def give_rest_back(self, number: int) -> None:
        """See `Deliveries.give_rest_back`."""
        await asyncio.to_thread(self._deliveries.give_rest_back, number)

    def loop(self, messenger: Messenger) -> DeliveryLoop:
        """What sends this engine's digests through `messenger`."""
        return DeliveryLoop(
            self._deliveries,
            self._subscriptions,
            lambda *asked: compose(self._engine, *asked),
            messenger,
            self._now,
        )

    async def moved(self, chat: int, new: int) -> None:
        """See `Subscriptions.moved`."""
        await asyncio.to_thread(self._subscriptions.moved, chat, new)
