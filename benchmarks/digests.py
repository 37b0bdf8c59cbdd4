"""Ten thousand digests at one minute, a death midway, and how fast messages leave.

    python -m benchmarks.digests [--number N] [--sent N] [--write]

The record of deliveries is real; the chats of the ten thousand are in memory, so that what is
measured is our own work. How fast messages leave is measured over HTTP against a Bot API server on
this machine, by the busiest second.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.results import circumstances, table, write_section
from bot import application
from bot.messenger import TelegramMessenger
from bot.metrics import Metrics
from tests.bot.test_deliveries import MONDAY, KilledError, Post
from tests.emulator import TOKEN, telegram_server

LIMIT = 30
"""Messages a second that Telegram takes from a bot."""


def many(number: int, folder: Path) -> list[list[str]]:
    """Planned, composed and shown for `number` chats, killed in the middle and begun again."""
    post = Post(folder)
    for chat in range(1, number + 1):
        post.subscribe(chat)
    post.now = MONDAY + dt.timedelta(days=1)
    began = time.perf_counter()
    post.chats.kill_at = 2 * number
    try:
        post.run()
    except KilledError:
        post.reopen()
    before = sum(bool(post.chats.digests(chat)) for chat in range(1, number + 1))
    post.run()
    seconds = time.perf_counter() - began
    counts = [len(post.chats.digests(chat)) for chat in range(1, number + 1)]
    positions = {chat: place for place, chat in enumerate(post.chats.order)}
    post.catalogue.close()
    return [
        [
            f"{number:,}",
            f"{before:,}",
            str(sum(count == 0 for count in counts)),
            str(sum(count > 1 for count in counts)),
            f"{seconds:.0f} s",
            f"{number / seconds:.0f}",
            str(len(positions) == number),
        ]
    ]


async def paced(number: int, folder: Path) -> list[list[str]]:
    """The busiest second of so many digests over HTTP, through our own pacing."""
    async with telegram_server() as telegram:
        post = Post(folder)
        for chat in range(1, number + 1):
            post.subscribe(chat)
        post.now = MONDAY + dt.timedelta(days=1)
        desk: Any = SimpleNamespace(chat_moved=None, metrics=Metrics(), inline=False)
        app = application.build(TOKEN, telegram.url, desk)
        at: list[float] = []
        validate = telegram.validate

        def timed(method: str, *rest: Any) -> Any:
            if method in ("sendMessage", "editMessageText"):
                at.append(time.monotonic())
            return validate(method, *rest)

        telegram.validate = timed
        async with app:
            post.loop._messenger = TelegramMessenger(app.bot)
            began = time.monotonic()
            await post.loop.run_once()
            seconds = time.monotonic() - began
        post.catalogue.close()
    busiest = max(sum(start <= other < start + 1 for other in at) for start in at)
    later = [start for start in at if start > at[0] + 1]
    steady = max((sum(s <= o < s + 1 for o in later) for s in later), default=0)
    return [[str(number), str(len(at)), f"{seconds:.0f} s", str(busiest), str(steady), str(LIMIT)]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the sending of digests.")
    parser.add_argument("--number", type=int, default=10_000, help="digests at one minute")
    parser.add_argument("--sent", type=int, default=200, help="digests sent over HTTP")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="attache-digests-") as folder:
        first = many(arguments.number, Path(folder) / "many")
        second = asyncio.run(paced(arguments.sent, Path(folder) / "paced"))
    heads = [
        "digests due",
        "sent at the death",
        "lost",
        "doubled",
        "in all",
        "a second",
        "each once",
    ]
    text = "\n\n".join(
        [
            circumstances(),
            table(heads, first),
            table(
                ["over HTTP", "calls", "in all", "busiest second", "after the first", "limit"],
                second,
            ),
        ]
    )
    print(text)
    if arguments.write:
        write_section("digests", "## Digests\n\n" + text)


if __name__ == "__main__":
    main()
