"""The real bot over HTTP, on a real engine over a small corpus."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.desk import Desk
from retrieval.engine import Engine
from tests.e2e.running import NOW, open_engine, running
from tests.emulator import Person, Telegram, telegram_server


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory, model_home: Path) -> Iterator[Engine]:
    """The sample articles, ingested; tests only read."""
    engine = open_engine(tmp_path_factory.mktemp("engine"), model_home)
    engine.ingest(None, now=NOW)
    yield engine
    engine.close()


@pytest.fixture
def make_engine(tmp_path: Path, model_home: Path) -> Iterator[Callable[..., Engine]]:
    """Makes engines that a test may change; they share data and corpus folder."""
    made: list[Engine] = []

    def make(kind: Callable[..., Engine] = Engine) -> Engine:
        made.append(open_engine(tmp_path, model_home, kind))
        return made[-1]

    yield make
    for engine in made:
        engine.close()


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """The Bot API server."""
    async with telegram_server() as server:
        yield server


@pytest_asyncio.fixture
async def serve(telegram: Telegram) -> AsyncIterator[Callable[..., Any]]:
    """Starts the bot for the rest of the test: `await serve(engine, access="closed")`."""
    async with AsyncExitStack() as stack:

        async def start(engine: Engine, **options: Any) -> Desk:
            return await stack.enter_async_context(running(telegram, engine, **options))

        yield start


@pytest.fixture
def person(telegram: Telegram) -> Callable[..., Person]:
    """Makes people: `person(5, "fr")`."""

    def make(user_id: int = 5, language: str = "en", group: int | None = None) -> Person:
        return Person(telegram, user_id, language, group)

    return make
