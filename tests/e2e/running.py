"""How the tests start engines and bots."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from bot import application, serving
from bot.access import Access
from bot.desk import Desk
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
    limits: Limits | None = None,
    inline: bool = False,
) -> AsyncIterator[Desk]:
    """The bot, fetching updates from `telegram` until the block ends."""
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
    app = application.build(TOKEN, telegram.url, desk)
    async with app:
        await serving.start(app, await desk.admins(), inline=inline)
        try:
            yield desk
        finally:
            await serving.finish(app, desk)
            desk.close()
