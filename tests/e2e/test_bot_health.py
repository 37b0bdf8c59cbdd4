"""What the bot tells whoever looks after it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.desk import Desk
from bot.health import SILENCE, Health
from bot.listening import listening
from bot.metrics import Metrics
from retrieval.engine import Engine
from tests.e2e.running import NOW, running
from tests.emulator import Person, Telegram
from tests.faults import Fault, faulty
from tests.retrieval.scripted import says

QUESTION = "What did Vietnam and the UK discuss in 2020?"


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def watched(health: Health) -> AsyncIterator[Callable[[str], Any]]:
    """Asks for a path: status and text."""
    async with listening(health.site(), "127.0.0.1", 0, "PORT") as port, ClientSession() as client:

        async def get(path: str) -> tuple[int, str]:
            async with client.get(f"http://127.0.0.1:{port}{path}") as reply:
                return reply.status, await reply.text()

        yield get


async def test_readiness_says_what_is_missing() -> None:
    """Alive from the start; ready once Telegram was heard of, and as long as it is."""
    clock = _Clock()
    health = Health(Metrics(), clock)
    async with watched(health) as get:
        assert await get("/healthz") == (200, "ok\n")
        assert await get("/readyz") == (503, "starting\n")
        health.started = True
        assert await get("/readyz") == (503, "no word from Telegram\n")
        health.heard()
        assert await get("/readyz") == (200, "ok\n")
        clock.now += SILENCE + 1
        assert await get("/readyz") == (503, "no word from Telegram\n")
        health.fetches = False
        assert await get("/readyz") == (200, "ok\n")
        health.stopping = True
        assert await get("/readyz") == (503, "stopping\n")
        assert await get("/healthz") == (200, "ok\n")


async def _numbers(desk: Desk) -> dict[str, float]:
    """The metrics by name, with the label where there is one."""
    async with watched(Health(desk.metrics)) as get:
        status, text = await get("/metrics")
    assert status == 200
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_questions_refusals_stages_and_errors_are_counted(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """And sentences of a language model that a quotation stands for. No words of anybody."""
    model = says("", "", "The two sides met in Paris.", "The two sides met in Rome.")
    engine = make_engine(partial(Engine, model=model))
    engine.ingest(None, now=NOW)
    desk = await serve(engine, model=model)
    asker = person(41)
    await asker.asks(QUESTION)
    await asker.asks("What did Vietnam and Iceland discuss in 2020?")
    found = await _numbers(desk)
    assert found["attache_questions_total"] == 2
    assert found["attache_abstentions_total"] == 1
    assert found["attache_replaced_statements_total"] >= 1
    for stage in ("waiting", "finding", "writing", "sending"):
        assert found[f"attache_stage_seconds_count {stage}"] >= 1
    assert "Vietnam" not in desk.metrics.text().decode()


async def test_pauses_that_telegram_asks_for_are_counted(
    engine: Engine, telegram: Telegram, person: Callable[..., Person]
) -> None:
    async with faulty(telegram) as faults, running(telegram, engine, url=faults.url) as desk:
        faults.plan("sendMessage", Fault.FLOODED)
        await person(42).asks("/reset")
        found = await _numbers(desk)
    assert found["attache_flood_waits_total"] == 1
    assert found["attache_flood_wait_seconds_total"] == faults.retry_after
