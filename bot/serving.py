"""The life of the bot's process: from settings to a clean stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError

from bot import application, logs
from bot.access import Access
from bot.application import App, PollingRequest
from bot.change_loop import ChangeLoop
from bot.desk import Desk
from bot.health import Health
from bot.intake import GRACE, SORRY, Intake
from bot.listening import ListenError, listening
from bot.messenger import TelegramMessenger
from bot.retention import Retention
from bot.settings import Settings, provider_keys
from bot.store import People
from bot.webhook import Webhook, WebhookError
from corpus.fetch import Fetcher
from retrieval.engine import Engine

if TYPE_CHECKING:
    from retrieval.llm import LanguageModel

_TURN = 0.001
"""Seconds for which one thread may keep Python to itself. Requests need it often and for little:
at the usual 0.005 each of their steps waits for every question that is worked on."""

STOPPED_WITHIN = 10.0
"""Seconds from the signal to the end of the process."""

_WRONG_TOKEN = "Telegram does not accept TELEGRAM_BOT_TOKEN; ask BotFather for the right one"  # noqa: S105 - a message
_log = structlog.stdlib.get_logger(__name__)


def serve(engine: Engine, settings: Settings, model: LanguageModel | None = None) -> None:
    """Serve Telegram until SIGINT or SIGTERM; `/status` tells of `model`.

    Ends the process with status 1 and one line on standard error where Telegram cannot be
    reached or refuses the token. Raises `EmbeddingError` where the model cannot be loaded.
    """
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    sys.setswitchinterval(_TURN)
    webhook = _webhook(settings, token)
    logs.configure([token, *([webhook.secret] if webhook else []), *provider_keys()])
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
        failure = asyncio.run(_run(token, settings, desk, retention, webhook))
    except InvalidToken:
        failure = _WRONG_TOKEN
    except (ListenError, WebhookError) as error:
        failure = str(error)
    except TelegramError as error:
        # The error's own words may quote the address, which holds the token.
        failure = f"cannot reach {settings.telegram_api_url} ({type(error).__name__})"
    finally:
        desk.close()
    if failure is not None:
        sys.exit(f"attache: {failure}")


async def _run(
    token: str, settings: Settings, desk: Desk, retention: Retention, webhook: Webhook | None
) -> str | None:
    """Serve until a signal comes; the reason where something else ended it.

    Raises `TelegramError` where the bot cannot start, `ListenError` and `WebhookError`.
    """
    health = Health(desk.metrics)
    polling = PollingRequest(health.heard)
    app = application.build(token, settings.telegram_api_url, desk, polling)
    stop = asyncio.Event()
    _stop_on_signals(stop)
    async with _looked_at(health, settings), app:
        # A wrong token has ended it by now, before the model loads.
        await desk.warm_up()
        async with _taking(webhook, settings, app, health):
            await start(app, await desk.admins(), webhook, inline=desk.inline)
            health.started = True
            _log.info("serving", bot=app.bot.username)
            _show_code(desk.access)
            beside = (
                desk.digests.loop(TelegramMessenger(app.bot)).run(stop),
                desk.sources.watch().run(stop),
                retention.run(stop),
                ChangeLoop(desk.changes, app.bot, desk.admins_speak, desk.is_served, desk.now).run(
                    stop
                ),
                desk.trouble_loop(app.bot).run(stop),
            )
            tasks = [asyncio.create_task(each) for each in beside]
            for task in tasks:
                task.add_done_callback(_beside_ended)
            try:
                await _first(stop, polling.refused)
            finally:
                stop.set()
                health.stopping = True
                await asyncio.gather(_ended(tasks, GRACE), finish(app, desk))
    return _WRONG_TOKEN if polling.refused.is_set() else None


def _stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` at the first signal, and see to it that the process ends in time."""

    def stopped() -> None:
        if not stop.is_set():
            stop.set()
            _last_resort().start()

    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows; Ctrl-C raises there
            asyncio.get_running_loop().add_signal_handler(number, stopped)


def _webhook(settings: Settings, token: str) -> Webhook | None:
    """The webhook of these settings, None where updates are fetched."""
    secret = settings.attache_webhook_secret
    if not settings.attache_webhook_url or secret is None:
        return None
    return Webhook(settings.attache_webhook_url, secret.get_secret_value(), token)


def _looked_at(health: Health, settings: Settings) -> AbstractAsyncContextManager[object]:
    """The server for whoever looks after the bot, on this machine alone, where one is wanted."""
    port = settings.attache_health_port
    if port is None:
        return contextlib.nullcontext()
    return listening(health.site(), "127.0.0.1", port, "ATTACHE_HEALTH_PORT")


def _taking(
    webhook: Webhook | None, settings: Settings, app: App, health: Health
) -> AbstractAsyncContextManager[object]:
    """The server for Telegram's updates, where they are sent to us."""
    if webhook is None:
        return contextlib.nullcontext()
    health.fetches = False
    host, port = settings.attache_webhook_listen, settings.attache_webhook_port
    return listening(webhook.site(app, health.heard), host, port, "ATTACHE_WEBHOOK_PORT")


async def start(
    app: App, admins: Sequence[int] = (), webhook: Webhook | None = None, *, inline: bool = False
) -> None:
    """Start taking updates and announce the commands; the bot is initialised. `inline`: what is
    asked in other chats is wanted, too.

    Raises `WebhookError`, before anything is started, and `TelegramError`.
    """
    if webhook is not None:
        await webhook.announce(app, application.allowed_updates(inline=inline))
    await app.start()
    if webhook is None and app.updater is not None:
        await app.updater.start_polling(
            allowed_updates=application.allowed_updates(inline=inline),
            bootstrap_retries=0,
            drop_pending_updates=False,
            error_callback=_polling_failed,
        )
    await application.announce_commands(app, admins)


async def finish(app: App, desk: Desk, grace: float = GRACE) -> None:
    """Stop polling, give what is under way `grace` seconds, and tell the rest."""
    desk.stop()
    intake = app.update_processor
    assert isinstance(intake, Intake)  # noqa: S101 - `application.build` makes it so
    if app.updater is not None and app.updater.running:
        # The updater hands on what has ended the polling, and waits for a network that is away.
        with contextlib.suppress(InvalidToken, TimeoutError):
            await asyncio.wait_for(app.updater.stop(), SORRY)
    left = await intake.finish(grace)
    if left:
        _log.warning("stopping in the middle of updates", number=len(left))
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*map(intake.say_sorry, left)), SORRY)
    if app.running:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(app.stop(), SORRY)


async def _ended(tasks: Sequence[asyncio.Task[None]], grace: float) -> None:
    """Let what runs beside end within `grace` seconds, and stop the rest."""
    _, late = await asyncio.wait(tasks, timeout=grace)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _beside_ended(task: asyncio.Task[None]) -> None:
    """Log that what runs beside has failed: nobody awaits it before the end."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        what = getattr(task.get_coro(), "__qualname__", None)
        _log.error("what runs beside has ended", what=what, error=type(error).__name__)


def _last_resort() -> threading.Timer:
    """Once it is started, ends the process in time whatever a thread of it is still busy with.

    The catalogue is whole at any moment, and what was begun is begun again by the next process.
    """

    def leave() -> None:
        _log.warning("stopping in the middle of work")
        os._exit(0)

    timer = threading.Timer(STOPPED_WITHIN, leave)
    timer.daemon = True
    return timer


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
