"""Keep the corpus current while the bot serves: sources whose time has come, and the folder."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.sources import Sources
from corpus.errors import BusyError, CorpusError
from corpus.sources import Document, walk
from retrieval.engine import Engine
from retrieval.errors import RetrievalError

EVERY = 60.0
"""Seconds between two looks."""

WATCH = "watch"
"""Who makes the versions that come of it."""

Signature = frozenset[tuple[str, int, int]]

_log = structlog.stdlib.get_logger(__name__)


class Watch:
    """Takes in what is new at sources that are due, and in the corpus folder once it has changed
    since the bot began and then lain still for one look: whoever copies files has finished."""

    def __init__(self, engine: Engine, sources: Sources, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._sources = sources
        self._now = now
        self._taken = self._seen = self._signature()

    async def run(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Look again and again until `stop` is set; a look under way ends first."""
        while not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), every)
            except TimeoutError:
                await asyncio.to_thread(self.look)

    def look(self) -> None:
        """Look once. What fails is logged and tried again; a running ingest is not waited for."""
        for what, work in (("sources", self._fetch), ("folder", self._folder)):
            try:
                work()
            except BusyError:
                _log.info("the watch waits for another ingest", what=what)
            except (CorpusError, RetrievalError, OSError) as error:
                _log.warning("the watch could not take in", what=what, error=str(error))
            except SQLAlchemyError as error:  # whose text repeats what was to be written
                _log.error("the watch could not take in", what=what, error=type(error).__name__)

    def _fetch(self) -> None:
        now = self._now()
        due = [source for source in self._sources.list() if source.is_due(now)]
        if due:
            found = self._sources.fetch(due, now=now, made_by=WATCH, wait=False)
            added = found.report.added if found.report else 0
            _log.info("sources were looked at", number=len(due), added=added)

    def _folder(self) -> None:
        signature = self._signature()
        still = signature == self._seen
        self._seen = signature
        if not still or signature == self._taken:
            return
        report = self._engine.ingest(None, now=self._now(), made_by=WATCH, wait=False)
        self._taken = signature
        _log.info(
            "the folder was taken in",
            version=report.version,
            added=report.added,
            changed=report.changed,
            removed=report.removed,
            notices=len(report.notices),
        )

    def _signature(self) -> Signature:
        """Names, sizes and times of the folder's files; none where there is no folder."""
        found = []
        try:
            items = walk(self._engine.corpus_dir)
        except (CorpusError, OSError):
            return frozenset()
        for item in items:
            if isinstance(item, Document):
                try:
                    about = item.path.stat()
                except OSError:
                    continue
                found.append((str(item.path), about.st_size, about.st_mtime_ns))
        return frozenset(found)
