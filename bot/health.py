"""Whether the bot lives and serves, and its numbers, for whoever looks after it."""

from __future__ import annotations

import time
from collections.abc import Callable

from aiohttp import web

from bot.metrics import Metrics

SILENCE = 90.0
"""Seconds without a word of Telegram's after which the bot does not count as serving; a look for
updates lasts ten."""


class Health:
    """What is known of the bot's state. `clock` gives seconds."""

    def __init__(self, metrics: Metrics, clock: Callable[[], float] = time.monotonic) -> None:
        self._metrics = metrics
        self._clock = clock
        self._heard: float | None = None
        self.started = False
        self.stopping = False
        self.fetches = True
        """Whether we look for updates: where Telegram sends them, silence means nothing."""

    def heard(self) -> None:
        """Telegram has answered or sent something."""
        self._heard = self._clock()

    def trouble(self) -> str | None:
        """Why the bot is not ready to serve; None where it is."""
        if self.stopping:
            return "stopping"
        if not self.started:
            return "starting"
        if self.fetches:
            silence = None if self._heard is None else self._clock() - self._heard
            if silence is None or silence > SILENCE:
                return "no word from Telegram"
        return None

    def site(self) -> web.Application:
        """`/healthz`: the process goes on; `/readyz`: it serves, else 503 and why; `/metrics`."""

        async def alive(_: web.Request) -> web.Response:
            return web.Response(text="ok\n")

        async def ready(_: web.Request) -> web.Response:
            trouble = self.trouble()
            return web.Response(text=f"{trouble or 'ok'}\n", status=503 if trouble else 200)

        async def metrics(_: web.Request) -> web.Response:
            return web.Response(
                body=self._metrics.text(), headers={"Content-Type": "text/plain; version=0.0.4"}
            )

        site = web.Application()
        site.router.add_get("/healthz", alive)
        site.router.add_get("/readyz", ready)
        site.router.add_get("/metrics", metrics)
        return site
