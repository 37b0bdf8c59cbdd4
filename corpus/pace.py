"""How long an ingest's steps take here, remembered from the last one that did enough of them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from corpus import audit
from corpus.tables import PaceRow

PASSAGE = "index a passage"
ARTICLE = "the rest, an article"
"""Reading, storing and comparing: all but deriving and indexing."""

ENOUGH = 20
"""Of fewer the time says little: what is loaded first would count for too much."""


@dataclass(slots=True)
class Stopwatch:
    """What one ingest did, and the seconds that it took."""

    articles: int = 0
    passages: int = 0
    deriving: float = 0.0
    indexing: float = 0.0
    _begun: float = field(default_factory=time.perf_counter)

    @contextmanager
    def derives(self) -> Iterator[None]:
        """Count an article, and its time."""
        started = time.perf_counter()
        yield
        self.deriving += time.perf_counter() - started
        self.articles += 1

    @contextmanager
    def indexes(self, passages: int) -> Iterator[None]:
        """Count passages, and their time."""
        started = time.perf_counter()
        yield
        self.indexing += time.perf_counter() - started
        self.passages += passages

    def remember(self, engine: Engine, now: dt.datetime) -> None:
        """Keep what was measured of enough."""
        rest = time.perf_counter() - self._begun - self.deriving - self.indexing
        measured = {}
        if self.passages >= ENOUGH:
            measured[PASSAGE] = self.indexing / self.passages
        if self.articles >= ENOUGH:
            measured[ARTICLE] = max(0.0, rest) / self.articles
        with Session(engine) as session, session.begin():
            for name, seconds in measured.items():
                session.merge(PaceRow(name=name, seconds=seconds, at=audit.at(now)))


def remembered(engine: Engine) -> dict[str, float]:
    """Seconds by name, of what was ever measured."""
    with engine.connect() as connection:
        return {
            row.name: row.seconds
            for row in connection.execute(select(PaceRow.name, PaceRow.seconds))
        }
