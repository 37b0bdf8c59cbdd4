"""Many chats ask at once: each gets its own answer, and /help does not wait for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.flood import Flood
from retrieval.engine import Engine
from tests.crowd import corpus, question, wanted
from tests.e2e.running import NOW
from tests.emulator import Person, Telegram

CHATS = 12


async def test_a_crowd_is_answered_each_its_own_and_help_in_between(
    make_engine: Callable[..., Engine],
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
) -> None:
    """At the real pace. `make bench-faults` does so with fifty, by the clock."""
    engine = make_engine()
    corpus(engine.corpus_dir, CHATS)
    engine.ingest(None, now=NOW)
    desk = await serve(engine, flood=Flood())
    await desk.invitation("en")  # as at the start of a process
    people = [person(500 + number) for number in range(CHATS)]
    for number, asker in enumerate(people):
        await asker.writes(question(number))
    helped = person(600)
    await helped.asks("/help")
    before = sum(bool(telegram.sent(asker.chat)) for asker in people)
    for number, asker in enumerate(people):
        (answer,) = await asker.hears()
        assert wanted(number) in answer.text
    assert before < CHATS
