"""👍 and 👎 under answers, in Telegram."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.feedback import FeedbackStore
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import Call, Person, Telegram

QUESTION = "De quoi le Vietnam et le Royaume-Uni ont-ils discuté en 2020 ?"


@pytest.fixture
def own(make_engine: Callable[..., Engine]) -> Iterator[Engine]:
    """An engine whose feedback is this test's alone."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    yield engine


async def _press(person: Person, message: Call, text: str) -> None:
    data = next(each["callback_data"] for each in message.buttons if each["text"] == text)
    await person.presses(data, under=message)


async def _alerted(telegram: Telegram, text: str) -> None:
    await telegram.until(
        lambda: any(
            text in call.fields.get("text", "")
            for call in telegram.calls
            if call.method == "answerCallbackQuery"
        )
    )


async def test_a_complaint_reaches_the_admins_and_its_outcome_the_reader(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """That it is shared is said before; nothing is shared until a reason is given."""
    await serve(own)
    reader, admin = person(901, "fr"), person(ADMIN)
    answer = await reader.asks(QUESTION)
    await _press(reader, answer, "👎")
    (asked,) = await reader.hears()
    assert "transmises aux administrateurs" in asked.text
    assert len(asked.buttons) == 5
    store = FeedbackStore(own.catalogue.engine)
    assert not store.all()
    await _press(reader, asked, "Date ou pays erroné")
    await reader.sees(asked, "Un administrateur va regarder")
    await admin.writes("/feedback")
    counts, complaint = await admin.hears(2)
    assert counts.text == "Wrong date or country 1"
    assert QUESTION in complaint.text
    await _press(admin, complaint, "It was corrected")
    (told,) = await reader.hears()
    assert QUESTION in told.text
    assert "vous aviez raison" in told.text
    await _press(admin, complaint, "It stays as it is")
    await _alerted(telegram, "decided already")
    assert not store.complaints()


async def test_a_compliment_is_counted_and_shares_nothing(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Twice is once, and whoever changes their mind is counted by the last word."""
    await serve(own)
    reader = person(902)
    answer = await reader.asks(QUESTION)
    for _ in range(2):
        await _press(reader, answer, "👍")
    await _alerted(telegram, "Thank you.")
    await telegram.until(
        lambda: sum(call.method == "answerCallbackQuery" for call in telegram.calls) == 2
    )
    (kept,) = FeedbackStore(own.catalogue.engine).all()
    assert kept.reason == "good"
    assert kept.content is None


async def test_who_cancels_sends_nothing(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(own)
    reader = person(903)
    answer = await reader.asks(QUESTION)
    await _press(reader, answer, "👎")
    (asked,) = await reader.hears()
    await _press(reader, asked, "Cancel")
    await reader.sees(asked, "Nothing was sent.")
    assert not FeedbackStore(own.catalogue.engine).all()


async def test_only_admins_see_and_decide(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    await serve(own)
    reader = person(904)
    assert "only an admin" in (await reader.asks("/feedback")).text
    await reader.presses("fb:is:1:mended")
    await _alerted(telegram, "only an admin")
