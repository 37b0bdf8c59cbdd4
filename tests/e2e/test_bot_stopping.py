"""The end of the bot: answers under way are finished, and whoever has to wait longer hears so."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot import serving
from retrieval.answer import Answer, Written
from retrieval.engine import Engine
from tests.e2e.running import NOW, running
from tests.emulator import PATIENCE, Person, Telegram

QUESTION = "What did Vietnam and the UK discuss in 2020?"
ANSWER = "16 April 2020"


class _Slow(Engine):
    """Answers once it is let go; `asked` is set when somebody waits."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.asked, self.let_go = threading.Event(), threading.Event()

    def stream(
        self, question: str, *, today: dt.date, **options: Any
    ) -> Iterator[Written | Answer]:
        self.asked.set()
        assert self.let_go.wait(30)
        yield from super().stream(question, today=today, **options)


def _slow(make_engine: Callable[..., Engine]) -> _Slow:
    engine = make_engine(_Slow)
    assert isinstance(engine, _Slow)
    engine.ingest(None, now=NOW)
    return engine


async def test_an_answer_under_way_is_finished(
    make_engine: Callable[..., Engine], telegram: Telegram, person: Callable[..., Person]
) -> None:
    engine, asker = _slow(make_engine), person(21)
    async with running(telegram, engine):
        await asker.writes(QUESTION)
        assert await asyncio.to_thread(engine.asked.wait, PATIENCE)
        engine.let_go.set()
    (reply,) = telegram.sent(asker.chat)
    assert ANSWER in reply.text


async def test_whoever_would_wait_too_long_is_told_in_their_language(
    make_engine: Callable[..., Engine], telegram: Telegram, person: Callable[..., Person]
) -> None:
    engine, asker = _slow(make_engine), person(22, "fr")
    async with running(telegram, engine, grace=0.0):
        await asker.writes(QUESTION)
        assert await asyncio.to_thread(engine.asked.wait, PATIENCE)
        excused = asyncio.create_task(asker.hears())
        # The thread goes on behind what the person is told, and the process would not.
        excused.add_done_callback(lambda _: engine.let_go.set())
    (reply,) = await excused
    assert reply.text.startswith("Désolé, on me redémarre")


def test_a_process_that_some_thread_keeps_alive_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model elsewhere may take a minute for its reply, and nobody can stop a thread."""
    left: list[int] = []
    monkeypatch.setattr(os, "_exit", left.append)
    monkeypatch.setattr(serving, "STOPPED_WITHIN", 0.0)
    timer = serving._last_resort()
    timer.start()
    timer.join()
    assert left == [0]
