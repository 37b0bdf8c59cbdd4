"""The life of the bot's process: from settings to a clean stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError

from bot import application, logs
from bot.access import Access
from bot.application import App, PollingRequest
from bot.change_loop import ChangeLoop
from bot.desk import Desk
from bot.messenger import TelegramMessenger
from bot.retention import Retention
from bot.settings import Settings, provider_keys
from bot.store import People
from corpus.fetch import Fetcher
from retrieval.engine import Engine

if TYPE_CHECKING:
    from retrieval.llm import LanguageModel

_WRONG_TOKEN = "Telegram does not accept TELEGRAM_BOT_TOKEN; ask BotFather for the right one"  # noqa: S105 - a message
_log = structlog.stdlib.get_logger(__name__)


def serve(engine: Engine, settings: Settings, model: LanguageModel | None = None) -> None:
    """Serve Telegram until SIGINT or SIGTERM; `/status` tells of `model`.

    Ends the process with status 1 and one line on standard error where Telegram cannot be
    reached or refuses the token. Raises `EmbeddingError` where the model cannot be loaded.
    """
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    logs.configure([token, *provider_keys()])
    access = Access(
        settings.attache_access, settings.attache_admin_ids, People(engine.catalogue.engine)
    )
    fetcher = Fetcher(private=settings.attache_fetch_private)
    desk = Desk(
        engine,
        access,
        settings.now,
        model=model,
        fetcher=fetcher,
        keep_days=settings.attache_keep_days,
        limits=settings.limits,
        inline=settings.attache_inline,
    )
    failure = None
    try:
        retention = Retention(engine.catalogue.engine, settings.attache_keep_days, settings.now)
        failure = asyncio.run(_run(token, settings.telegram_api_url, desk, retention))
    except InvalidToken:
        failure = _WRONG_TOKEN
    except TelegramError as error:
        # The error's own words may quote the address, which holds the token.
        failure = f"cannot reach {settings.telegram_api_url} ({type(error).__name__})"
    finally:
        desk.close()
    if failure is not None:
        sys.exit(f"attache: {failure}")


async def _run(token: str, api_url: str, desk: Desk, retention: Retention) -> str | None:
    """Poll until a signal comes; the reason where something else ended it.

    Raises `TelegramError` where the bot cannot start.
    """
    polling = PollingRequest()
    app = application.build(token, api_url, desk, polling)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows; Ctrl-C raises there
            loop.add_signal_handler(number, stop.set)
    async with app:  # a wrong token ends here, before the model loads
        await desk.warm_up()
        await start(app, await desk.admins(), inline=desk.inline)
        _log.info("serving", bot=app.bot.username)
        _show_code(desk.access)
        beside = (
            desk.delivery_loop(TelegramMessenger(app.bot)).run(stop),
            desk.watch().run(stop),
            retention.run(stop),
            ChangeLoop(desk.changes, app.bot, desk.admins_speak, desk.is_served, desk.now).run(
                stop
            ),
            desk.trouble_loop(app.bot).run(stop),
        )
        tasks = [asyncio.create_task(each) for each in beside]
        try:
            await _first(stop, polling.refused)
        finally:
            stop.set()
            await asyncio.gather(*tasks)
            await finish(app, desk)
    return _WRONG_TOKEN if polling.refused.is_set() else None


async def start(app: App, admins: Sequence[int] = (), *, inline: bool = False) -> None:
    """Start polling and announce the commands; the bot is initialised. `inline`: its questions in
    other chats are wanted, too."""
    await app.start()
    if app.updater is not None:
        await app.updater.start_polling(
            allowed_updates=application.allowed_updates(inline=inline),
            bootstrap_retries=0,
            drop_pending_updates=False,
            error_callback=_polling_failed,
        )
    await application.announce_commands(app, admins)


async def finish(app: App, desk: Desk) -> None:
    """Stop polling, finish what is under way."""
    desk.stop()
    if app.updater is not None and app.updater.running:
        with contextlib.suppress(InvalidToken):  # it hands on what has ended the polling
            await app.updater.stop()
    if app.running:
        await app.stop()


async def _first(*events: asyncio.Event) -> None:
    """Wait until one of `events` is set."""
    tasks = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        _log.warning("another process fetches this bot's updates; stop one of the two")
    else:
        _log.warning("fetching updates failed; trying again", error=type(error).__name__)


def _show_code(access: Access) -> None:
    """Print the first admin's code for whoever sits at the terminal; it is no log entry."""
    if access.code is not None:
        sys.stderr.write(
            f"attache: no admin yet. To become the first, send the bot: /start {access.code}\n"
        )
        sys.stderr.flush()
