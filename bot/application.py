"""The bot over HTTP: built, and its menus announced."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    LinkPreviewOptions,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    Defaults,
)
from telegram.request import HTTPXRequest

from bot import routes
from bot.desk import Desk
from bot.menu import admin_menu, menu
from bot.words import DEFAULT, LANGUAGES

App = Application[Any, Any, Any, Any, Any, Any]
AT_ONCE = 256
A_SECOND = 28
"""Requests; Telegram takes 30 messages a second from a bot."""

_REFUSED = (401, 404)  # what the Bot API answers to an unknown token

_log = structlog.stdlib.get_logger(__name__)


class PollingRequest(HTTPXRequest):
    """Fetches updates, and notices that the token is no longer accepted: polling ends then."""

    def __init__(self) -> None:
        super().__init__(connection_pool_size=1)
        self.refused = asyncio.Event()

    async def do_request(self, *args: object, **kwargs: object) -> tuple[int, bytes]:
        """Pass the request on."""
        status, payload = await super().do_request(*args, **kwargs)  # type: ignore[arg-type]
        if status in _REFUSED:
            self.refused.set()
        return status, payload


def build(token: str, api_url: str, desk: Desk, polling: PollingRequest | None = None) -> App:
    """The bot, ready to be initialised and started."""
    app = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .get_updates_request(polling or PollingRequest())
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(
            # One at a time: the library's own thirty a second may all go at once, twice over.
            AIORateLimiter(overall_max_rate=1, overall_time_period=1 / A_SECOND, max_retries=3)
        )
        .concurrent_updates(AT_ONCE)
        .build()
    )
    routes.add(app, desk)
    return app


def allowed_updates(*, inline: bool) -> list[str]:
    """The kinds of updates that are wanted; Telegram keeps the others to itself."""
    wanted: list[str] = [
        Update.MESSAGE,
        Update.EDITED_MESSAGE,
        Update.CALLBACK_QUERY,
        Update.MY_CHAT_MEMBER,
    ]
    return [*wanted, Update.INLINE_QUERY] if inline else wanted


async def announce_commands(app: App, admins: Sequence[int] = ()) -> None:
    """Give Telegram the menus in every interface language; admins have more in theirs."""
    for language in LANGUAGES:
        code = None if language == DEFAULT else language
        for_all, for_admins = menu(language), admin_menu(language)
        scopes: list[tuple[list[BotCommand], BotCommandScope]] = [
            (for_all, BotCommandScopeDefault()),
            *(([*for_all, *for_admins], BotCommandScopeChat(admin)) for admin in admins),
        ]
        for commands, scope in scopes:
            try:
                await app.bot.set_my_commands(commands, scope=scope, language_code=code)
            except TelegramError as error:  # the menu is a convenience
                _log.warning("a command menu was not set", error=type(error).__name__)
