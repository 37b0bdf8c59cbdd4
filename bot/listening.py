"""Small HTTP servers of the bot's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web


class ListenError(Exception):
    """An address that cannot be listened on, and the setting that names it."""


@asynccontextmanager
async def listening(
    site: web.Application, host: str, port: int, setting: str
) -> AsyncIterator[int]:
    """Serve `site` until the block ends; the port, which the system chooses for 0.

    Raises `ListenError`, which names `setting`.
    """
    # Who is in the middle of a request when it ends has a second.
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ListenError(f"cannot listen on {host}:{port} ({reason}); set {setting}") from None
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
