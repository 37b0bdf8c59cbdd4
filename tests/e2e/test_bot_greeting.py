"""/start and /help, and the example buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retrieval.engine import Engine
from tests.e2e.running import running
from tests.emulator import Person, Telegram


@pytest.mark.parametrize(
    ("language", "opening", "example"),
    [
        ("en", "I answer questions", "Vietnam – United Kingdom, 2020: what was discussed?"),
        (
            "fr",
            "Je réponds à des questions",
            "Vietnam – Royaume-Uni, 2020\u00a0: de quoi a-t-il été question\u00a0?",
        ),
        (
            "vi",
            "Tôi trả lời câu hỏi",
            "Việt Nam – Vương quốc Anh, năm 2020: đã trao đổi những gì?",
        ),
        ("de", "I answer questions", "Vietnam – United Kingdom, 2020: what was discussed?"),
    ],
)
async def test_greeting_speaks_the_language_of_the_persons_telegram(
    language: str,
    opening: str,
    example: str,
    engine: Engine,
    serve: Any,
    person: Callable[..., Person],
) -> None:
    """English where there are no words for it."""
    await serve(engine)
    reply = await person(language=language).asks("/start")
    assert reply.text.startswith(opening)
    assert example in [button["text"] for button in reply.buttons]
    assert all(len(button["callback_data"].encode()) <= 64 for button in reply.buttons)


async def test_two_examples_are_answered_and_the_last_is_refused(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Each button asks the question that it shows, and what /help promises of it is true."""
    await serve(engine)
    asker = person()
    buttons = (await asker.asks("/help")).buttons
    assert len(buttons) == 3
    replies = []
    for button in buttons:
        await asker.presses(button["callback_data"])
        replies += await asker.hears()
        assert replies[-1].text.startswith(button["text"])
    refused = ["Not in this corpus." in reply.text for reply in replies]
    assert refused == [False, False, True]


async def test_button_works_after_a_restart(
    engine: Engine, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """The button itself carries what it asks."""
    asker = person()
    async with running(telegram, engine):
        button = (await asker.asks("/help")).buttons[0]
    async with running(telegram, engine):
        await asker.presses(button["callback_data"])
        (reply,) = await asker.hears()
    assert reply.text.startswith(button["text"])


@pytest.mark.parametrize(
    "data", ["", "q:VN:GB:2020", "q:VN:GB:2020:en;", "x" * 64, "q:<b>:GB:2020:en"]
)
async def test_forged_button_is_answered_politely(
    data: str, engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram
) -> None:
    """Data that we never made leads nowhere."""
    await serve(engine)
    await person(77).presses(data)
    await telegram.alerts("no longer in use")
    assert telegram.sent(77) == []


async def test_empty_corpus_is_greeted_without_examples(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Before the first ingest there is nothing to press, and a question is told why."""
    await serve(make_engine())
    asker = person()
    reply = await asker.asks("/start")
    assert reply.buttons == []
    assert "no corpus to answer from yet" in (await asker.asks("Vietnam in 2020?")).text


async def test_command_menu_is_set_in_every_language(
    engine: Engine, serve: Any, telegram: Telegram
) -> None:
    """English for everybody, French and Vietnamese for theirs."""
    await serve(engine)
    menus = [
        call
        for call in telegram.calls
        if call.method == "setMyCommands" and call.json("scope")["type"] == "default"
    ]
    assert [menu.fields.get("language_code") for menu in menus] == [None, "fr", "vi"]
    assert menus[1].json("commands")[0]["description"] == "Ce que je fais, avec des exemples"
