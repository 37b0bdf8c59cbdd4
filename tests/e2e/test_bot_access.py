"""Who is served over Telegram."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retrieval.engine import Engine
from tests.e2e.running import ADMIN, running
from tests.emulator import Person, Telegram

STRANGER = 8_000_000_777


@pytest.mark.parametrize("text", ["/start", "/help", "/ingest", "/start wrong", "Vietnam 2020?"])
async def test_stranger_learns_their_own_id_and_nothing_else(
    text: str, engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Whatever they send."""
    await serve(engine, access="closed")
    reply = await person(STRANGER).asks(text)
    assert reply.text == f"This bot serves invited people only. Your Telegram id: {STRANGER}"
    assert reply.buttons == []


async def test_stranger_learns_nothing_from_a_button_an_edit_or_a_picture(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram
) -> None:
    """A button that was forwarded to them included."""
    await serve(engine, access="closed")
    stranger = person(STRANGER)
    await telegram.send({"message": stranger.message(photo=[])})
    await telegram.send({"edited_message": stranger.message(text="Vietnam 2020?", edit_date=1)})
    replies = await stranger.hears(2)
    await stranger.presses("q:VN:GB:2020:en")
    (answer,) = await telegram.until(
        lambda: [call for call in telegram.calls if call.method == "answerCallbackQuery"]
    )
    told = f"This bot serves invited people only. Your Telegram id: {STRANGER}"
    assert [*(reply.text for reply in replies), answer.fields["text"]] == [told] * 3
    assert len(telegram.sent(STRANGER)) == 2


async def test_admin_of_the_settings_is_served(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Though access is closed."""
    await serve(engine, access="closed")
    assert "16 April 2020" in (await person(ADMIN).asks("Vietnam and the UK in 2020")).text


async def test_the_code_makes_its_sender_the_first_admin_for_good(
    make_engine: Callable[..., Engine], telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Also after a restart, which then offers no code."""
    engine = make_engine()
    first = person(11)
    async with running(telegram, engine, access="closed", admins=()) as desk:
        assert desk.access.code is not None
        reply = await first.asks(f"/start {desk.access.code}")
        assert reply.text.startswith("You are now the admin of this bot.")
    async with running(telegram, engine, access="closed", admins=()) as desk:
        assert desk.access.code is None
        assert (await first.asks("/help")).text.startswith("I answer questions")


async def test_the_code_works_once(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Whoever overhears it later stays a stranger."""
    desk = await serve(make_engine(), access="closed", admins=())
    code = desk.access.code
    await person(11).asks(f"/start {code}")
    reply = await person(12).asks(f"/start {code}")
    assert reply.text.startswith("This bot serves invited people only.")
