"""A proxy in front of the Bot API emulator that goes wrong as networks and Telegram do.

async with faulty(telegram) as faults:
    faults.plan("sendMessage", Fault.DROPPED_AFTER)
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from aiohttp import ClientSession, web

from tests.emulator import Telegram

_HOP = {"transfer-encoding", "content-length", "connection", "host", "content-encoding"}


class Fault(Enum):
    """What becomes of one request."""

    FLOODED = auto()  # 429: it is refused for `retry_after` seconds
    BLOCKED = auto()  # 403
    BROKEN = auto()  # 500, said by Telegram: it has done nothing
    GATEWAY = auto()  # 502 without a word: Telegram may have done it; here it has not
    GATEWAY_AFTER = auto()  # the same; here it has
    DROPPED = auto()  # the connection ends before Telegram sees the request
    DROPPED_AFTER = auto()  # and once it has done it
    SILENT = auto()  # no reply, and Telegram does not see the request
    SILENT_AFTER = auto()  # no reply, once Telegram has done it
    MOVED = auto()  # 400: the group has another id
    GONE = auto()  # 400: the message to edit is not there
    MALFORMED = auto()  # a reply that is no JSON, once Telegram has done it
    TWICE = auto()  # the same updates as last time, before the new ones
    NONSENSE = auto()  # an update that is none, before the others


LOSSES = (
    Fault.BROKEN,
    Fault.GATEWAY,
    Fault.GATEWAY_AFTER,
    Fault.DROPPED,
    Fault.DROPPED_AFTER,
    Fault.SILENT,
    Fault.SILENT_AFTER,
    Fault.MALFORMED,
)
"""Whether Telegram has done it or not, its word is missing."""

AFTER = {Fault.GATEWAY_AFTER, Fault.DROPPED_AFTER, Fault.SILENT_AFTER, Fault.MALFORMED}


@dataclass
class Faults:
    """What goes wrong next, by method; `seen` counts what went wrong."""

    telegram: Telegram
    url: str = ""
    retry_after: int = 1
    moved_to: int = 0
    chooses: Callable[[str, dict[str, Any]], Fault | None] = lambda *_: None
    """What becomes of a request that nothing is planned for."""
    planned: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    seen: list[tuple[str, Fault]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _last: list[dict[str, Any]] = field(default_factory=list)
    _closing: asyncio.Event = field(default_factory=asyncio.Event)

    def plan(self, method: str, *faults: Fault) -> None:
        """Let the next requests of `method` go wrong so."""
        self.planned[method].extend(faults)

    async def until(self, method: str, count: int) -> None:
        """Wait until so many requests of `method` have gone wrong."""
        async with asyncio.timeout(30), self.changed:
            while sum(name == method for name, _ in self.seen) < count:
                await self.changed.wait()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Pass a request on, or let it go wrong."""
        method = request.path.rsplit("/", 1)[-1]
        body = await request.read()
        fields = dict(await request.post()) if request.content_type.endswith("urlencoded") else {}
        waiting = self.planned[method]
        fault = waiting.popleft() if waiting else self.chooses(method, fields)
        if fault is None:
            return await self._passed(request, body)
        self.seen.append((method, fault))
        response = await self._gone_wrong(fault, request, body)
        async with self.changed:
            self.changed.notify_all()
        if fault in {Fault.SILENT, Fault.SILENT_AFTER}:
            await self._closing.wait()
        if response is None:
            if request.transport is not None:  # else the bot has given up before
                request.transport.abort()
            return web.Response()
        return response

    async def _gone_wrong(
        self, fault: Fault, request: web.Request, body: bytes
    ) -> web.Response | None:
        """The reply; None where there is none."""
        if fault in AFTER:
            await self._passed(request, body)
        match fault:
            case Fault.FLOODED:
                return _refusal(429, "Too Many Requests", retry_after=self.retry_after)
            case Fault.BLOCKED:
                return _refusal(403, "Forbidden: bot was blocked by the user")
            case Fault.BROKEN:
                return _refusal(500, "Internal Server Error")
            case Fault.MOVED:
                told = "Bad Request: group chat was upgraded to a supergroup chat"
                return _refusal(400, told, migrate_to_chat_id=self.moved_to)
            case Fault.GONE:
                return _refusal(400, "Bad Request: message to edit not found")
            case Fault.GATEWAY | Fault.GATEWAY_AFTER:
                return web.Response(status=502, text="<html>502 Bad Gateway</html>")
            case Fault.MALFORMED:
                return web.Response(text="<html>")
            case Fault.TWICE | Fault.NONSENSE:
                return await self._updates(fault, request, body)
            case _:
                return None

    async def _updates(self, fault: Fault, request: web.Request, body: bytes) -> web.Response:
        """What was fetched last comes once more, or an update that is none comes first."""
        if fault is Fault.TWICE and self._last:
            return web.json_response({"ok": True, "result": self._last})
        passed = json.loads((await self._passed(request, body)).body)  # type: ignore[arg-type]
        found = passed["result"]
        if found:
            none = {"update_id": found[0]["update_id"] - 1, "message": {"chat": "none"}}
            passed["result"] = [none, 7, *found]
        return web.json_response(passed)

    async def _passed(self, request: web.Request, body: bytes) -> web.Response:
        headers = {
            name: value for name, value in request.headers.items() if name.lower() not in _HOP
        }
        async with (
            ClientSession(auto_decompress=False) as client,
            client.request(
                request.method, self.telegram.url + request.path_qs, data=body, headers=headers
            ) as reply,
        ):
            content = await reply.read()
            if request.path.endswith("/getUpdates") and reply.status == 200:
                self._last = json.loads(content)["result"] or self._last
            return web.Response(body=content, status=reply.status, content_type=reply.content_type)


def _refusal(status: int, description: str, **parameters: int) -> web.Response:
    body = {"ok": False, "error_code": status, "description": description}
    return web.json_response(
        {**body, "parameters": parameters} if parameters else body, status=status
    )


@asynccontextmanager
async def faulty(telegram: Telegram) -> AsyncIterator[Faults]:
    """The proxy on a free port; `telegram.url` leads through it until the block ends."""
    faults = Faults(telegram, telegram.url)
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", faults.handle)
    # As a network does: who goes away is waited for by nobody behind it.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    faults.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield faults
    finally:
        faults._closing.set()
        await runner.cleanup()
