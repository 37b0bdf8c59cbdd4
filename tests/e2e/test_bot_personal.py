"""What people decide on themselves, over Telegram."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from bot.answers import Answers
from bot.conversations import Place
from bot.limits import Limits
from bot.store import People
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import Call, Person, Telegram

QUESTION = "What did Vietnam and the UK discuss in 2020?"


@pytest.fixture
def own(make_engine: Callable[..., Engine]) -> Iterator[Engine]:
    """An engine whose people are this test's alone."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    yield engine


async def test_language_is_chosen_and_kept(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Until it is as Telegram's again; questions are answered in their own."""
    await serve(own)
    reader = person(31, "en")
    asked = await reader.asks("/language")
    await reader.taps("Tiếng Việt", under=asked)
    await reader.sees(asked, "Xin tùy bạn.")
    assert (await reader.asks("/frobnicate")).text.startswith("Tôi không biết lệnh")
    assert "16 April 2020" in (await reader.asks(QUESTION)).text
    again = await reader.asks("/language")
    await reader.taps("Như Telegram của tôi", under=again)
    await reader.sees(again, "")
    assert (await reader.asks("/frobnicate")).text.startswith("I do not know that command")


async def test_private_questions_leave_no_trace(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """No answer, no conversation, no buttons that would need one."""
    await serve(own)
    reader = person(32)
    reply = await reader.asks(f"/private {QUESTION}")
    assert "16 April 2020" in reply.text
    assert not reply.buttons
    assert Answers(own.catalogue.engine).last(Place(32)) is None
    assert "Send /private" in (await reader.asks("/private")).text
    assert "Following on" not in (await reader.asks("and in 2023?")).text


async def test_mydata_is_everything_and_forgetme_erases_it(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Nothing in any table names the person afterwards but the line in the audit log."""
    await serve(own, access="closed", limits=Limits(100, 100))
    number = 8_123_456_789
    People(own.catalogue.engine).put(number, "member", NOW)
    reader = person(number)
    answer = await reader.asks(QUESTION)
    await reader.taps("👍", under=answer)
    await telegram.until(lambda: telegram.answers("answerCallbackQuery"))
    await reader.asks("/digest")
    await reader.writes("/mydata")
    kept = json.loads(await reader.receives("mydata.json"))
    assert kept["answers"][0]["content"]["question"] == QUESTION
    for one in ("feedback", "access", "digests", "allowance"):
        assert len(kept[one]) == 1
    sure = await reader.asks("/forgetme")
    await reader.taps("Erase everything", under=sure)
    await reader.sees(sure, "Everything is erased.")
    found = set()
    tables = MetaData()
    tables.reflect(own.catalogue.engine)
    with own.catalogue.engine.connect() as connection:
        for table in tables.tables.values():
            for row in connection.execute(select(table)):
                if str(number) in str(tuple(row)):
                    found.add(table.name)
    assert found == {"audit"}
    assert "invited people only" in (await reader.asks(QUESTION)).text


async def test_privacy_says_what_is_kept_and_sent(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(own)
    told = (await person(33, "fr").asks("/privacy")).text
    assert "30 jours" in told
    assert "Aucun modèle de langue" in told


async def test_languages_that_are_read_come_first(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Pressed twice is not chosen."""
    desk = await serve(own)
    reader = person(34)
    asked = await reader.asks("/reads")
    await reader.taps("French", under=asked)
    await reader.finds("✓ French", asked)
    assert (await desk.people.preference(34)).reads == {"fr"}
    await reader.taps("✓ French", under=asked)
    await reader.finds("French", asked)
    assert (await desk.people.preference(34)).reads == frozenset()


async def test_data_is_given_in_private_alone(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(own)
    member = person(35, group=-100950)
    for command in ("/mydata", "/forgetme"):
        told = await member.asks(f"{command}@attache_test_bot")
        assert "private chat" in told.text


async def test_admins_have_more_commands_in_their_menu(
    own: Engine, serve: Any, telegram: Telegram
) -> None:
    """In each interface language."""
    await serve(own)

    def menus() -> list[Call]:
        return [call for call in telegram.calls if call.method == "setMyCommands"]

    await telegram.until(lambda: len(menus()) >= 6)
    for call in menus():
        names = {each["command"] for each in call.json("commands")}
        scope = call.json("scope")
        assert {"help", "digest", "forgetme"} <= names
        assert ("users" in names) == (scope["type"] == "chat")
        if scope["type"] == "chat":
            assert scope["chat_id"] == ADMIN
