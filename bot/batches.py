"""Work that is cheaper for many at once: what comes while some is done is done together next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class Batches:
    """Does `work` on numbers, in a thread of its own and in the order in which they come.

    `work` has a result for each; what it raises goes to everybody of its batch. As a database
    groups commits: a crowd of fifty waits for two or three of them instead of fifty.
    """

    def __init__(self, work: Callable[[list[int]], list[bool]]) -> None:
        self._work = work
        self._waiting: list[tuple[int, asyncio.Future[bool]]] = []
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="batches")
        self._busy: asyncio.Task[None] | None = None

    async def put(self, number: int) -> bool:
        """The result of the work on `number`. Raises what the work raises."""
        waiter: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((number, waiter))
        if self._busy is None:
            self._busy = asyncio.create_task(self._go_on())
        return await waiter

    def close(self) -> None:
        """Let the thread end once it has nothing to do."""
        self._thread.shutdown()

    async def _go_on(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                numbers = [number for number, _ in batch]
                try:
                    results = await loop.run_in_executor(self._thread, self._work, numbers)
                except Exception as error:  # it is for those who wait for it
                    for _, waiter in batch:
                        if not waiter.done():
                            waiter.set_exception(error)
                    continue
                for (_, waiter), result in zip(batch, results, strict=True):
                    if not waiter.done():
                        waiter.set_result(result)
        finally:
            self._busy = None
