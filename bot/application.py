"""The bot over HTTP: built, and its menus announced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from http import HTTPStatus
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
from telegram.ext import Application, Defaults
from telegram.request import HTTPXRequest

from bot import routes
from bot.desk import Desk
from bot.flood import Flood
from bot.intake import Intake
from bot.menu import admin_menu, menu
from bot.received import readable_reply
from bot.words import DEFAULT, LANGUAGES

App = Application[Any, Any, Any, Any, Any, Any]
SECONDS = 5.0
"""For which a reply of Telegram is waited for."""

_REFUSED = (401, 404)  # what the Bot API answers to an unknown token

_log = structlog.stdlib.get_logger(__name__)


class PollingRequest(HTTPXRequest):
    """Fetches updates, and notices that the token is no longer accepted: polling ends then.

    `heard` is told of each reply. An update that cannot be read comes as its number alone, so that
    the next ones are asked for.
    """

    def __init__(self, heard: Callable[[], None] = lambda: None) -> None:
        super().__init__(connection_pool_size=1)
        self.refused = asyncio.Event()
        self._heard = heard

    async def do_request(self, *args: object, **kwargs: object) -> tuple[int, bytes]:
        """Pass the request on."""
        status, payload = await super().do_request(*args, **kwargs)  # type: ignore[arg-type]
        if status in _REFUSED:
            self.refused.set()
        elif status == HTTPStatus.OK:
            self._heard()
        return status, readable_reply(payload)


def build(
    token: str,
    api_url: str,
    desk: Desk,
    polling: PollingRequest | None = None,
    *,
    flood: Flood | None = None,
    seconds: float = SECONDS,
) -> App:
    """The bot, ready to be initialised and started; `seconds` is how long a reply may take."""
    app = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .read_timeout(seconds)
        .get_updates_request(polling or PollingRequest())
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(flood or Flood(moved=desk.chat_moved, waited=desk.metrics.flooded))
        .concurrent_updates(Intake(desk))
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
