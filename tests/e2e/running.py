"""How the tests start engines and bots."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from bot import application, serving
from bot.access import Access
from bot.desk import Desk
from bot.flood import Flood
from bot.intake import GRACE
from bot.limits import Limits
from bot.store import People
from corpus.fetch import Fetcher
from retrieval.engine import Engine
from retrieval.llm import LanguageModel
from tests.emulator import TOKEN, Telegram

ARTICLES = Path(__file__).resolve().parents[2] / "corpus" / "articles"
NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
ADMIN = 7_000_000_001


def corpus_folder(folder: Path) -> Path:
    """A copy of the sample articles that a test may change."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in ARTICLES.glob("*.txt"):
        shutil.copy(path, folder)
    return folder


def open_engine(home: Path, model_home: Path, kind: Callable[..., Engine] = Engine) -> Engine:
    """An engine with its data and its corpus folder under `home`, nothing ingested yet."""
    data = home / "data"
    data.mkdir(parents=True, exist_ok=True)
    if not (data / "models").exists():
        (data / "models").symlink_to(model_home / "models", target_is_directory=True)
    return kind(data, corpus_folder(home / "articles"), "bundled")


def unpaced(**options: Any) -> Flood:
    """Lets everything pass at once, and tries again soon."""
    none = (0.0, 1)
    return Flood(overall=0.0, private=none, group=none, again=0.01, **options)


@asynccontextmanager
async def running(
    telegram: Telegram,
    engine: Engine,
    *,
    access: Literal["open", "closed"] = "open",
    admins: tuple[int, ...] = (ADMIN,),
    now: Callable[[], dt.datetime] = lambda: NOW,
    model: LanguageModel | None = None,
    fetcher: Fetcher | None = None,
    url: str | None = None,
    flood: Flood | None = None,
    grace: float = GRACE,
    seconds: float = application.SECONDS,
    limits: Limits | None = None,
    inline: bool = False,
) -> AsyncIterator[Desk]:
    """The bot, fetching updates from `telegram` until the block ends, through `url` where given.

    Nothing is paced but where a test says so: `flood`.
    """
    people = People(engine.catalogue.engine)
    desk = Desk(
        engine,
        Access(access, admins, people),
        now,
        model=model,
        fetcher=fetcher,
        limits=limits,
        inline=inline,
    )
    flood = flood or unpaced(moved=desk.chat_moved, waited=desk.metrics.flooded)
    app = application.build(TOKEN, url or telegram.url, desk, flood=flood, seconds=seconds)
    async with app:
        await serving.start(app, await desk.admins(), inline=inline)
        try:
            yield desk
        finally:
            await serving.finish(app, desk, grace)
            await asyncio.to_thread(desk.close)
