"""Admins hear once of what fails, and once that it works again."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.trouble_loop import ENOUGH, FAILURES, LOW, TroubleLoop
from bot.troubles import Troubles
from corpus import source_list
from corpus.source_list import Look
from retrieval.engine import Engine
from retrieval.errors import LanguageModelError
from retrieval.llm import LanguageModel, open_model
from tests.e2e.running import ADMIN, NOW
from tests.emulator import TOKEN, Telegram
from tests.retrieval.chat_server import ChatServer, chat_server, fails, says

FEED = "https://example.org/feed.xml"
SECOND_ADMIN = ADMIN + 1
EMPTY_DISK = 10 * ENOUGH


class _Bot:
    """The loop of a bot that was started again before each look, as far as it keeps anything."""

    def __init__(self, telegram: Telegram, engine: Engine) -> None:
        self._telegram, self._engine = telegram, engine
        self.free = EMPTY_DISK
        self.model: LanguageModel | None = None
        self.admins = {ADMIN: "en", SECOND_ADMIN: "en"}

    async def look(self) -> list[tuple[int, str]]:
        """What admins are told by one look: to whom, and the words."""
        before = len(self._telegram.calls)

        async def admins() -> dict[int, str]:
            return self.admins

        async with Bot(TOKEN, f"{self._telegram.url}/bot") as bot:
            await TroubleLoop(
                self._engine, self.model, bot, admins, lambda: NOW, lambda _: self.free
            ).run_once()
        calls = self._telegram.calls[before:]
        return [(call.chat, call.text) for call in calls if call.method == "sendMessage"]


@pytest.fixture
def bot(telegram: Telegram, make_engine: Callable[..., Engine]) -> _Bot:
    return _Bot(telegram, make_engine())


@pytest.fixture
def rows(make_engine: Callable[..., Engine]) -> Any:
    """The database of the same data folder."""
    return make_engine().catalogue.engine


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-the-key-of-the-test")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with chat_server() as server:
        yield server


async def test_feed_that_keeps_failing_is_told_once_and_once_when_it_works(
    bot: _Bot, rows: Any
) -> None:
    source = source_list.add(rows, "feed", FEED, added_by="1")

    def looked(*, failed: bool) -> None:
        result = "HTTP 500" if failed else "3 read"
        source_list.note(rows, Look(source.id, result, failed), NOW)

    for _ in range(FAILURES - 1):
        looked(failed=True)
        assert await bot.look() == []
    looked(failed=True)
    told = await bot.look()
    assert {to for to, _ in told} == {ADMIN, SECOND_ADMIN}
    assert all(FEED in text and "HTTP 500" in text for _, text in told)
    looked(failed=True)
    assert await bot.look() == []
    looked(failed=False)
    told = await bot.look()
    assert len(told) == 2
    assert all("works again" in text and FEED in text for _, text in told)
    assert await bot.look() == []


async def test_each_admin_is_told_in_their_language(bot: _Bot) -> None:
    bot.admins[SECOND_ADMIN] = "vi"
    bot.free = LOW - 1
    told = dict(await bot.look())
    assert "disk is nearly full: 499 MB" in told[ADMIN]
    assert "Ổ đĩa gần đầy: chỉ còn 499 MB" in told[SECOND_ADMIN]


async def test_disk_between_low_and_enough_is_no_news(bot: _Bot) -> None:
    bot.free = LOW + 1
    assert await bot.look() == []
    bot.free = LOW - 1
    assert len(await bot.look()) == 2
    bot.free = LOW + 1
    assert await bot.look() == []
    bot.free = LOW - 1
    assert await bot.look() == []
    bot.free = ENOUGH
    told = await bot.look()
    assert [text for _, text in told] == ["There is enough room on the disk again."] * 2


async def test_what_nobody_was_there_to_hear_is_told_later(bot: _Bot) -> None:
    bot.free = LOW - 1
    bot.admins = {}
    assert await bot.look() == []
    bot.admins = {ADMIN: "en"}
    assert len(await bot.look()) == 1


async def test_refused_key_is_told_once_and_a_failing_server_is_no_key(
    bot: _Bot, server: ChatServer
) -> None:
    bot.model = model = open_model(
        "openai:some-model",
        sends="evidence",
        temperature=0,
        seconds=20,
        url_of=lambda _: server.url,
    )
    assert await bot.look() == []
    server.does(fails(400))
    _ask(model)
    assert await bot.look() == []
    server.acts.clear()
    server.does(fails(401))
    _ask(model)
    told = await bot.look()
    assert len(told) == 2
    assert all("refuses the key" in text and model.name in text for _, text in told)
    assert "sk-the-key" not in str(told)
    server.acts.clear()
    server.does(fails(400))
    _ask(model)
    assert await bot.look() == []
    server.acts.clear()
    server.does(says("the words"))
    _ask(model)
    told = await bot.look()
    assert len(told) == 2
    assert all("takes the key again" in text for _, text in told)


def _ask(model: LanguageModel) -> None:
    try:
        model.reply("system", "user", purpose="test", prompt_version="0", max_tokens=9)
    except LanguageModelError:
        return


async def test_backup_that_fails_is_told_though_another_process_made_it(
    bot: _Bot, rows: Any, tmp_path: Path
) -> None:
    nowhere = tmp_path / "nowhere"

    def backup() -> int:
        command = [str(Path(sys.executable).with_name("attache")), "backup", f"{nowhere}/b.sqlite3"]
        environment = {**os.environ, "ATTACHE_DATA_DIR": str(tmp_path / "data")}
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, check=False
        ).returncode

    assert backup() == 1
    told = await bot.look()
    assert len(told) == 2
    assert all(str(nowhere) in text and "failed" in text for _, text in told)
    nowhere.mkdir()
    assert backup() == 0
    assert all("made again" in text for _, text in await bot.look())
    assert Troubles(rows).failing("backup") == set()


def test_what_ends_before_it_was_told_is_forgotten(rows: Any) -> None:
    troubles = Troubles(rows)
    troubles.failed("feed", FEED, "HTTP 500", NOW)
    troubles.worked("feed", FEED)
    assert troubles.to_tell() == []
    later = NOW + dt.timedelta(hours=1)
    troubles.failed("feed", FEED, "HTTP 500", later)
    told = troubles.to_tell()[0]
    troubles.told(told)
    troubles.worked("feed", FEED)
    troubles.failed("feed", FEED, "HTTP 502", later)
    assert troubles.to_tell() == []
