"""👍 and 👎 under answers, in Telegram."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.feedback import FeedbackStore
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import Person, Telegram

QUESTION = "De quoi le Vietnam et le Royaume-Uni ont-ils discuté en 2020 ?"


@pytest.fixture
def own(make_engine: Callable[..., Engine]) -> Iterator[Engine]:
    """An engine whose feedback is this test's alone."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    yield engine


async def test_a_complaint_reaches_the_admins_and_its_outcome_the_reader(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """That it is shared is said before; nothing is shared until a reason is given."""
    await serve(own)
    reader, admin = person(901, "fr"), person(ADMIN)
    answer = await reader.asks(QUESTION)
    await reader.taps("👎", under=answer)
    (asked,) = await reader.hears()
    assert "transmises aux administrateurs" in asked.text
    assert len(asked.buttons) == 5
    store = FeedbackStore(own.catalogue.engine)
    assert not store.all()
    await reader.taps("Date ou pays erroné", under=asked)
    await reader.sees(asked, "Un administrateur va regarder")
    await admin.writes("/feedback")
    counts, complaint = await admin.hears(2)
    assert counts.text == "Wrong date or country 1"
    assert QUESTION in complaint.text
    await admin.taps("It was corrected", under=complaint)
    (told,) = await reader.hears()
    assert QUESTION in told.text
    assert "vous aviez raison" in told.text
    await admin.taps("It stays as it is", under=complaint)
    await telegram.alerts("decided already")
    assert not store.complaints()


async def test_a_compliment_is_counted_and_shares_nothing(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Twice is once, and whoever changes their mind is counted by the last word."""
    await serve(own)
    reader = person(902)
    answer = await reader.asks(QUESTION)
    for _ in range(2):
        await reader.taps("👍", under=answer)
    await telegram.alerts("Thank you.")
    await telegram.until(lambda: len(telegram.answers("answerCallbackQuery")) == 2)
    (kept,) = FeedbackStore(own.catalogue.engine).all()
    assert kept.reason == "good"
    assert kept.content is None


async def test_who_cancels_sends_nothing(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(own)
    reader = person(903)
    answer = await reader.asks(QUESTION)
    await reader.taps("👎", under=answer)
    (asked,) = await reader.hears()
    await reader.taps("Cancel", under=asked)
    await reader.sees(asked, "Nothing was sent.")
    assert not FeedbackStore(own.catalogue.engine).all()


async def test_only_admins_see_and_decide(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    await serve(own)
    reader = person(904)
    assert "only an admin" in (await reader.asks("/feedback")).text
    await reader.presses("fb:is:1:mended")
    await telegram.alerts("only an admin")
