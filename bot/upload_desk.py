"""Files that admins send, for callers on the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable

from bot.uploads import Upload, Uploads
from corpus.ingest import Report
from corpus.overrides import Correction
from retrieval.engine import Engine


class UploadDesk:
    """Keeps files until their sender has decided on them."""

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime]) -> None:
        self._uploads = Uploads(engine)
        self._now = now

    async def keep(self, name: str, content: bytes, remark: str) -> Upload:
        """See `Uploads.keep`."""
        return await asyncio.to_thread(
            lambda: self._uploads.keep(name, content, remark, now=self._now())
        )

    async def get(self, token: str) -> Upload:
        """See `Uploads.get`."""
        return await asyncio.to_thread(self._uploads.get, token)

    async def correct(self, token: str, correction: Correction) -> Upload:
        """See `Uploads.correct`."""
        return await asyncio.to_thread(self._uploads.correct, token, correction)

    async def take(self, token: str, made_by: str) -> Report:
        """See `Uploads.take`."""
        return await asyncio.to_thread(
            lambda: self._uploads.take(token, now=self._now(), made_by=made_by)
        )

    async def drop(self, token: str) -> None:
        """See `Uploads.drop`."""
        await asyncio.to_thread(self._uploads.drop, token, self._now())
