"""Put the parts together: an engine from settings, the bot, the status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.settings import Settings
from retrieval.engine import Engine


def open_engine(settings: Settings, tell: Callable[[str], None] = lambda _: None) -> Engine:
    """The engine for these settings; `tell` hears of what takes long.

    Raises `CatalogueError` where the data folder cannot be used.
    """
    return Engine(
        settings.attache_data_dir,
        settings.attache_corpus_dir,
        settings.attache_embedding_model,
        tell=tell,
    )


def status_of(engine: Engine, settings: Settings) -> dict[str, Any]:
    """Versions, counts, model names and the health of the indexes."""
    return {**engine.status(), "access": settings.attache_access}


def serve(settings: Settings) -> None:
    """Serve the Telegram bot until SIGINT or SIGTERM; see `bot.serving.serve`."""
    from bot import serving  # noqa: PLC0415 - only the bot needs Telegram's library

    engine = open_engine(settings)
    try:
        serving.serve(engine, settings)
    finally:
        engine.close()
