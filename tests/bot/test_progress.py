"""What is shown of an answer under way leaves nothing behind."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

from telegram import Chat, Message
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.handlers.progress import shown
from retrieval.answer import Written
from tests.e2e.running import unpaced
from tests.emulator import TOKEN, Telegram, telegram_server

GROUP = Message(7, dt.datetime(2026, 1, 15, tzinfo=dt.UTC), Chat(-5, "supergroup"))


class Late(HTTPXRequest):
    """Keeps back what Telegram replies to sendMessage until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived, self.go = asyncio.Event(), asyncio.Event()

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        reply = await super().do_request(url, *args, **kwargs)
        if url.endswith("/sendMessage"):
            self.arrived.set()
            await self.go.wait()
        return reply


async def test_a_message_on_its_way_when_the_answer_is_ready_is_the_one_it_takes() -> None:
    """Else it would stand in the group as "…" for ever."""
    async with telegram_server() as telegram:
        late = Late()
        async with ExtBot(
            TOKEN, base_url=f"{telegram.url}/bot", request=late, rate_limiter=unpaced()
        ) as bot:
            async with shown(bot, GROUP, 7) as progress:
                progress.passed(Written("They met.", (), 1.0))
                await late.arrived.wait()
                late.go.set()
            assert [progress.message] == _ids(telegram)


def _ids(telegram: Telegram) -> list[int]:
    return [call.message_id for call in telegram.calls if call.method == "sendMessage"]
