"""Turns at a pace: a few at once, then one after the other."""

from __future__ import annotations

import asyncio
import heapq
import itertools


class Pace:
    """Lets `burst` pass at once and then one every `interval` seconds, in the order they come;
    what can wait stands behind what cannot."""

    def __init__(self, interval: float, burst: int = 1) -> None:
        self._interval = interval
        self._ahead = (burst - 1) * interval
        self._next = 0.0
        """When the burst is there again as a whole, by the clock of the event loop."""
        self._held = 0.0
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._usher: asyncio.Task[None] | None = None

    async def turn(self, *, can_wait: bool = False) -> None:
        """Wait for a turn, and take it."""
        waiter = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (can_wait, next(self._numbers), waiter))
        if self._usher is None:
            self._usher = asyncio.create_task(self._hand_out())
        await waiter

    async def unheld(self) -> None:
        """Wait until nothing holds it."""
        while (wait := self.holds()) > 0:
            await asyncio.sleep(wait)

    def hold(self, seconds: float) -> None:
        """Let nothing pass for so long, and no burst behind that."""
        self._held = max(self._held, asyncio.get_running_loop().time() + seconds)
        self._next = max(self._next, self._held + self._ahead)

    def holds(self) -> float:
        """For how many seconds nothing passes; not above 0 where something does."""
        return self._held - asyncio.get_running_loop().time()

    def idle(self) -> bool:
        """Whether it has forgotten all that passed."""
        return self._usher is None and self._next < asyncio.get_running_loop().time()

    def stop(self) -> None:
        """Hand out no more turns."""
        if self._usher is not None:
            self._usher.cancel()

    async def _hand_out(self) -> None:
        """Give turns as long as somebody waits; who has gone away takes none."""
        now = asyncio.get_running_loop().time
        try:
            while self._waiting:
                while (wait := max(self._next - self._ahead, self._held) - now()) > 0:
                    await asyncio.sleep(wait)
                _, _, waiter = heapq.heappop(self._waiting)
                if not waiter.done():
                    waiter.set_result(None)
                    self._next = max(self._next, now()) + self._interval
        finally:
            self._usher = None
