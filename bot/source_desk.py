"""Where articles come from by themselves, for callers on the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable

from bot.sources import Sources, Trial
from bot.watch import Watch
from corpus.fetch import Fetcher
from corpus.rights import Right
from corpus.source_list import Source
from retrieval.engine import Engine


class SourceDesk:
    """The list of sources, what we may do with theirs, and the watch over them."""

    def __init__(self, engine: Engine, fetcher: Fetcher, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._now = now
        self._sources = Sources(engine, fetcher)

    async def all(self) -> list[Source]:
        """See `Sources.list`."""
        return await asyncio.to_thread(self._sources.list)

    async def add(self, address: str, added_by: str) -> Source:
        """See `Sources.add`."""
        return await asyncio.to_thread(
            lambda: self._sources.add(address, now=self._now(), added_by=added_by)
        )

    async def remove(self, number: int, removed_by: str) -> Source:
        """See `Sources.remove`."""
        return await asyncio.to_thread(
            lambda: self._sources.remove(number, now=self._now(), removed_by=removed_by)
        )

    async def test(self, address: str) -> Trial:
        """See `Sources.test`."""
        return await asyncio.to_thread(self._sources.test, address)

    async def rights(self) -> tuple[Right, ...]:
        """See `Sources.rights`."""
        return await asyncio.to_thread(self._sources.rights)

    async def state_right(self, name: str, flag: str, set_by: str, *, on: bool) -> Right:
        """Turn ``whole`` or ``remote`` of a source on or off; see `Sources.state_right`."""
        return await asyncio.to_thread(
            lambda: self._sources.state_right(name, **{flag: on}, now=self._now(), set_by=set_by)
        )

    def watch(self) -> Watch:
        """What keeps the corpus current while the bot serves."""
        return Watch(self._engine, self._sources, self._now)
