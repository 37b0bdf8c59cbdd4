"""Updates begin in the order in which they come, each once."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest_asyncio
from telegram import Update

from bot.access import Access
from bot.desk import Desk
from bot.intake import Intake
from bot.store import People
from retrieval.engine import Engine

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


@pytest_asyncio.fixture
async def intake(sample: Engine) -> AsyncIterator[Intake]:
    desk = Desk(sample, Access("open", (), People(sample.catalogue.engine)), lambda: NOW)
    intake = Intake(desk)
    yield intake
    await intake.shutdown()
    desk.close()


async def test_updates_begin_in_order_behind_an_ingest_that_writes(
    sample: Engine, intake: Intake
) -> None:
    """All of them wait for the database; nobody's second question is answered before the first."""
    begun: list[int] = []

    async def handle(number: int) -> None:
        begun.append(number)

    numbers = list(range(900_000, 900_040))
    with sample.catalogue.engine.connect() as writer:
        writer.exec_driver_sql("BEGIN IMMEDIATE")
        tasks = [
            asyncio.create_task(intake.process_update(Update(number), handle(number)))
            for number in numbers
        ]
        await asyncio.to_thread(sample.versions)  # some of them try, in vain
        assert begun == []
        writer.rollback()
    await asyncio.gather(*tasks)
    assert begun == numbers


async def test_an_update_is_handled_once(intake: Intake) -> None:
    """Whether it comes again while the first is under way or when that is over."""
    begun: list[str] = []
    go = asyncio.Event()

    async def handle(name: str) -> None:
        begun.append(name)
        await go.wait()

    update = Update(901_000)
    first = asyncio.create_task(intake.process_update(update, handle("first")))
    while not begun:
        await asyncio.sleep(0)
    await intake.process_update(update, handle("meanwhile"))
    go.set()
    await first
    await intake.process_update(update, handle("afterwards"))
    assert begun == ["first"]
