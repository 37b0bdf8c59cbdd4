"""The corpus itself, for callers on the event loop: its versions, corrections and extent."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from bot import coverage_picture
from bot.words import LANGUAGES
from corpus import news, reviews
from corpus.audit import Entry
from corpus.catalogue import Version
from corpus.coverage import Coverage, coverage
from corpus.ingest import Report
from corpus.overrides import Field
from corpus.preview import Preview
from corpus.reviews import Doubt
from retrieval.engine import Engine
from retrieval.upkeep import override


class IngestStoppedError(Exception):
    """The bot is stopping; what the ingest has done so far is kept for the next one."""


class CorpusDesk:
    """Changes the corpus and tells of it. `pool` is where the engine works on questions."""

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime], pool: Executor) -> None:
        self._engine = engine
        self._now = now
        self._pool = pool
        self._stopping = threading.Event()

    async def preview(self) -> Preview:
        """What `ingest` would do. Raises as `Engine.preview`."""
        return await asyncio.to_thread(self._engine.preview, None)

    async def ingest(
        self,
        made_by: str,
        *,
        confirm_removals: bool = False,
        progress: Callable[[str, int, int], None] = lambda *_: None,
    ) -> Report:
        """Bring the catalogue in line with the corpus folder while questions are answered.

        `progress` is called in another thread. Raises as `Engine.ingest` without waiting, and
        `IngestStoppedError` after `stop`.
        """

        def go_on(stage: str, done: int, total: int) -> None:
            if self._stopping.is_set():
                raise IngestStoppedError
            progress(stage, done, total)

        # A thread of its own: a second one must hear at once that another ingest is under way.
        return await asyncio.to_thread(
            lambda: self._engine.ingest(
                None,
                now=self._now(),
                confirm_removals=confirm_removals,
                made_by=made_by,
                wait=False,
                progress=go_on,
            )
        )

    async def versions(self) -> list[Version]:
        """See `Engine.versions`."""
        return await asyncio.to_thread(self._engine.versions)

    async def roll_back(self, number: int, made_by: str) -> Version:
        """See `Engine.roll_back`; it does not wait for others."""
        return await asyncio.to_thread(
            lambda: self._engine.roll_back(number, now=self._now(), made_by=made_by, wait=False)
        )

    async def override(self, article_id: str, name: Field, value: Any, made_by: str) -> Version:
        """See `retrieval.upkeep.override`; it does not wait for others."""
        return await asyncio.to_thread(
            lambda: override(
                self._engine, article_id, name, value, now=self._now(), made_by=made_by, wait=False
            )
        )

    async def doubtful(self, most: int, skip: int) -> tuple[list[Doubt], int]:
        """See `corpus.reviews.waiting`."""
        return await asyncio.to_thread(reviews.waiting, self._engine.catalogue, most, skip)

    async def accept_review(self, revision: int, made_by: str) -> str:
        """See `corpus.reviews.accept`."""
        return await asyncio.to_thread(
            lambda: reviews.accept(
                self._engine.catalogue, revision, made_by=made_by, now=self._now()
            )
        )

    async def audit(self, count: int) -> list[Entry]:
        """See `Engine.audit`."""
        return await asyncio.to_thread(self._engine.audit, count)

    async def languages(self) -> list[str]:
        """The languages of the interface, and after them the others that articles are in."""

        def found() -> set[str]:
            engine = self._engine.catalogue.engine
            version = self._engine.catalogue.current()
            with engine.connect() as connection:
                return news.languages(connection, version.number) if version else set()

        others = await asyncio.to_thread(found) - set(LANGUAGES)
        return [*LANGUAGES, *sorted(others)]

    async def coverage(self) -> Coverage | None:
        """What the version in service covers; None before the first ingest."""

        def counted() -> Coverage | None:
            version = self._engine.catalogue.current()
            if version is None:
                return None
            with self._engine.catalogue.engine.connect() as connection:
                return coverage(connection, version.number)

        return await asyncio.get_running_loop().run_in_executor(self._pool, counted)

    async def coverage_picture(self, value: Coverage, language: str) -> bytes:
        """See `bot.coverage_picture.draw`."""
        cache = self._engine.data_dir / "fonts"
        return await asyncio.get_running_loop().run_in_executor(
            self._pool, lambda: coverage_picture.draw(value, language, cache)
        )

    def stop(self) -> None:
        """Let a running ingest end at its next step."""
        self._stopping.set()
