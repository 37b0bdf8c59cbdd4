"""Questions in groups and in the topics of forums."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retrieval.engine import Engine
from tests.e2e.running import ADMIN
from tests.emulator import Person, Telegram

GROUP = -100777
QUESTION = "What did Vietnam and the UK discuss in 2020?"
BOT = "@attache_test_bot"


@pytest.mark.parametrize(
    "text", [f"/ask {QUESTION}", f"/ask{BOT} {QUESTION}", f"{BOT} {QUESTION}", f"{QUESTION} {BOT}"]
)
async def test_a_group_asks_by_command_or_mention(
    text: str, engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(engine)
    reply = await person(301, group=GROUP).asks(text)
    assert "16 April 2020" in reply.text


async def test_what_is_not_said_to_the_bot_is_left_alone(
    engine: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Other people's talk, other bots' commands, mentions of others."""
    await serve(engine)
    member = person(302, group=GROUP - 1)
    for text in (QUESTION, "/ask@other_bot Vietnam?", "@somebody Vietnam UK 2020?"):
        await member.writes(text)
    (reply,) = [await member.asks(f"/ask {QUESTION}")]
    assert "16 April 2020" in reply.text
    assert len(telegram.sent(GROUP - 1)) == 1


async def test_a_command_to_us_that_is_none_is_answered(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(engine)
    member = person(304, group=GROUP - 4)
    await member.writes("/nonsense")  # may be another bot's
    assert "I do not know that command." in (await member.asks(f"/nonsense{BOT}")).text


async def test_an_admin_sees_in_a_topic_what_they_asked_for_there(
    make_engine: Callable[..., Engine],
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
) -> None:
    """What an ingest would change, and that it is being looked at."""
    await serve(make_engine())
    admin = person(ADMIN, group=GROUP - 3)
    await admin.writes(f"/ingest{BOT}", topic=11)
    (preview,) = await admin.hears()
    assert "New: 5" in preview.text
    assert preview.fields["message_thread_id"] == "11"
    (typing, *_) = telegram.answers("sendChatAction")
    assert typing.fields["message_thread_id"] == "11"


async def test_each_topic_of_a_forum_is_a_conversation_of_its_own(
    engine: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """The answer stands in the topic, and /export gives that topic's last one."""
    await serve(engine)
    member = person(303, group=GROUP - 2)
    await member.writes(f"/ask {QUESTION}", topic=11)
    (first,) = await member.hears()
    assert first.fields["message_thread_id"] == "11"
    await member.writes("/ask What did Vietnam and Russia discuss?", topic=12)
    (second,) = await member.hears()
    assert second.fields["message_thread_id"] == "12"
    await member.writes("/ask", topic=11)
    (usage,) = await member.hears()
    assert "Send /ask and your question." in usage.text
    await member.writes(f"/export{BOT}", topic=11)
    exported = await telegram.until(
        lambda: next((call for call in telegram.calls if call.method == "sendDocument"), None)
    )
    assert exported.fields["message_thread_id"] == "11"
    assert "2020" in exported.files[0][0]
