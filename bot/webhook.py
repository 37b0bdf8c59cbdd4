"""Updates that Telegram sends to an address of ours, in place of those that we fetch."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import Application

from bot.received import numbered, readable

HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""Where Telegram repeats the secret."""

_LARGEST = 1024 * 1024  # bytes; updates have a few thousand


class WebhookError(Exception):
    """Telegram does not take the address."""


@dataclass(frozen=True)
class Webhook:
    """An address under `base`, which a proxy leads to us, and what proves that Telegram writes."""

    base: str
    secret: str
    token: str

    @property
    def name(self) -> str:
        """The last part of the path: nobody guesses it, and it gives neither secret away."""
        return hmac.new(self.secret.encode(), self.token.encode(), hashlib.sha256).hexdigest()

    @property
    def url(self) -> str:
        """Where Telegram is to send updates."""
        return f"{self.base}/{self.name}"

    async def announce(
        self, app: Application[Any, Any, Any, Any, Any, Any], allowed: list[str]
    ) -> None:
        """Tell Telegram. Raises `WebhookError`, and `TelegramError` where it is not reached."""
        try:
            await app.bot.set_webhook(self.url, secret_token=self.secret, allowed_updates=allowed)
        except BadRequest as error:  # whose words may repeat the address
            raise WebhookError(
                "Telegram does not accept ATTACHE_WEBHOOK_URL; it must be https on port 443, 80, "
                "88 or 8443 with a certificate that everybody trusts"
            ) from error

    def site(
        self,
        app: Application[Any, Any, Any, Any, Any, Any],
        heard: Callable[[], None] = lambda: None,
    ) -> web.Application:
        """What takes updates: 200 for one that was taken, 400 for what is none, 403 for whoever
        does not know the secret, 404 anywhere else. `heard` is told of each that was taken."""

        async def take(request: web.Request) -> web.Response:
            # A proxy may leave the path of the address above ours, or take it away.
            if not _same(request.path.rpartition("/")[2], self.name):
                return web.Response(status=404)
            if not _same(request.headers.get(HEADER, ""), self.secret):
                return web.Response(status=403)
            try:
                value = numbered(json.loads(await request.read()))
            except (ValueError, RecursionError):
                value = None
            if value is None:
                return web.Response(status=400)
            # Telegram sends what is refused again and again: what we cannot read is taken.
            await app.update_queue.put(Update.de_json(readable(value), app.bot))
            heard()
            return web.Response()

        site = web.Application(client_max_size=_LARGEST)
        site.router.add_post("/{path:.*}", take)
        return site


def _same(given: str, wanted: str) -> bool:
    """Whether they are the same, found out in a time that tells nothing."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())
