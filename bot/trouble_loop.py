"""Look after what the bot needs to go on, and tell admins once when some of it fails."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import TelegramError

from bot.trouble_text import told
from bot.troubles import Trouble, Troubles
from corpus import source_list
from retrieval.engine import Engine
from retrieval.llm import LanguageModel

EVERY = 60.0
"""Seconds between two looks."""

FAILURES = 3
"""Of a source in a row, before it is worth a word: servers fail for an hour now and then."""

LOW, ENOUGH = 500_000_000, 1_000_000_000
"""Bytes free: under the first an ingest may fail half-way; from the second on all is well."""

_log = structlog.stdlib.get_logger(__name__)


class TroubleLoop:
    """Looks and tells for one bot. `admins` gives the ids and languages of all of them, `free` the
    bytes that are free where a folder lies."""

    def __init__(
        self,
        engine: Engine,
        model: LanguageModel | None,
        bot: Bot,
        admins: Callable[[], Awaitable[dict[int, str]]],
        now: Callable[[], dt.datetime],
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._engine, self._model = engine, model
        self._bot, self._admins, self._now, self._free = bot, admins, now, free
        self._troubles = Troubles(engine.catalogue.engine)

    async def run(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Look again and again until `stop` is set."""
        while not stop.is_set():
            try:
                await self.run_once()
            except (SQLAlchemyError, OSError) as error:  # a full disk takes no note of itself
                _log.error("troubles could not be looked after", error=type(error).__name__)
            try:
                await asyncio.wait_for(stop.wait(), every)
            except TimeoutError:
                continue

    async def run_once(self) -> None:
        """Look at all of it, and tell what is new."""
        await asyncio.to_thread(self._look)
        for trouble in await asyncio.to_thread(self._troubles.to_tell):
            if await self._tell(trouble):
                await asyncio.to_thread(self._troubles.told, trouble)

    def _look(self) -> None:
        now = self._now()
        self._troubles.found("feed", self._feeds(), now)
        self._troubles.found("disk", self._disk(), now)
        model = self._model
        if model is None:
            self._troubles.found("key", {}, now)
        elif model.key_refused is not None:  # else nobody has asked it since the start
            refused = {model.host: model.name} if model.key_refused else {}
            self._troubles.found("key", refused, now)

    def _feeds(self) -> dict[str, str]:
        return {
            source.address: source.result or ""
            for source in source_list.sources(self._engine.catalogue.engine)
            if source.failures >= FAILURES
        }

    def _disk(self) -> dict[str, str]:
        free = self._free(self._engine.data_dir)
        name = self._engine.data_dir.name
        known = name in self._troubles.failing("disk")
        return {name: f"{free // 1_000_000}"} if free < (ENOUGH if known else LOW) else {}

    async def _tell(self, trouble: Trouble) -> bool:
        """Tell every admin; whether one was reached, else it is told again later."""
        reached = False
        for admin, language in (await self._admins()).items():
            try:
                await self._bot.send_message(admin, told(trouble, language))
                reached = True
            except TelegramError as error:
                _log.info("an admin could not be told", error=type(error).__name__)
        return reached
