"""Updates that Telegram sends to the bot, and what anybody else may send to the same address."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from bot import application, serving
from bot.access import Access
from bot.desk import Desk
from bot.listening import ListenError, listening
from bot.store import People
from bot.webhook import HEADER, Webhook, WebhookError
from retrieval.engine import Engine
from tests.e2e.running import NOW, unpaced
from tests.emulator import TOKEN, Person, Telegram

SECRET = "a-secret_of_the_tests"  # noqa: S105


@asynccontextmanager
async def served(telegram: Telegram, engine: Engine, prefix: str = "") -> AsyncIterator[Webhook]:
    """The bot behind a webhook on loopback; a proxy that keeps `prefix` would lead to it."""
    telegram._update_queues.insecure_webhooks = True
    people = People(engine.catalogue.engine)
    desk = Desk(engine, Access("open", (), people), lambda: NOW)
    app = application.build(TOKEN, telegram.url, desk, flood=unpaced())
    async with app:
        site = Webhook("", SECRET, TOKEN).site(app)
        async with listening(site, "127.0.0.1", 0, "PORT") as port:
            webhook = Webhook(f"http://127.0.0.1:{port}{prefix}", SECRET, TOKEN)
            await serving.start(app, (), webhook)
            yield webhook
            await serving.finish(app, desk)
    desk.close()


@pytest.mark.parametrize("prefix", ["", "/attache/telegram"])
async def test_questions_are_answered(
    prefix: str, engine: Engine, telegram: Telegram, person: Callable[..., Person]
) -> None:
    async with served(telegram, engine, prefix):
        reply = await person(31).asks("What did Vietnam and the UK discuss in 2020?")
    assert "16 April 2020" in reply.text


async def _status(url: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    async with ClientSession() as client, client.post(url, data=body, headers=headers) as reply:
        assert b"Traceback" not in await reply.read()
        return reply.status


async def test_only_telegram_is_heard(engine: Engine, telegram: Telegram) -> None:
    """Not whoever knows the address without the secret, nor whoever guesses addresses."""
    body = json.dumps({"update_id": 1}).encode()
    async with served(telegram, engine) as webhook:
        for secret in (None, "", "wrong", SECRET + "x", "ä"):
            assert await _status(webhook.url, body, secret) == 403
        assert await _status(webhook.base + "/", body) == 404
        assert await _status(webhook.base + "/" + TOKEN, body) == 404
        assert await _status(webhook.url, body) == 200
    assert SECRET not in webhook.url
    assert TOKEN not in webhook.url


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b"\xff\xfe\xfd",
        b"[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused(
    body: bytes, engine: Engine, telegram: Telegram
) -> None:
    async with served(telegram, engine) as webhook:
        assert await _status(webhook.url, body) == 400


async def test_an_update_that_cannot_be_read_is_not_sent_again_and_again(
    engine: Engine, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Telegram repeats what is refused, and everything behind it would wait."""
    async with served(telegram, engine) as webhook:
        body = json.dumps({"update_id": 10**9, "message": {"chat": "none"}}).encode()
        assert await _status(webhook.url, body) == 200
        assert "Forgotten" in (await person(32).asks("/reset")).text


async def test_an_address_that_telegram_refuses_is_one_line(
    engine: Engine, telegram: Telegram
) -> None:
    """Which repeats neither the address nor the secret."""
    desk = Desk(engine, Access("open", (), People(engine.catalogue.engine)), lambda: NOW)
    app = application.build(TOKEN, telegram.url, desk, flood=unpaced())
    webhook = Webhook("http://bot.example.org", SECRET, TOKEN)
    async with app:
        with pytest.raises(WebhookError, match="does not accept ATTACHE_WEBHOOK_URL") as caught:
            await serving.start(app, (), webhook)
    assert webhook.name not in str(caught.value)
    desk.close()


async def test_a_port_that_is_taken_is_named(engine: Engine, telegram: Telegram) -> None:
    async with served(telegram, engine) as webhook:
        port = int(webhook.base.rpartition(":")[2])
        site = webhook.site(None)  # type: ignore[arg-type] # it is not reached
        with pytest.raises(ListenError, match=f"127.0.0.1:{port} .*; set ATTACHE_WEBHOOK_PORT"):
            async with listening(site, "127.0.0.1", port, "ATTACHE_WEBHOOK_PORT"):
                pass
