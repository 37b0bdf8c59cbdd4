"""Put the parts together from settings: an engine, a language model, the bot."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.settings import Settings, provider_keys, share_with_providers
from retrieval.engine import Engine

if TYPE_CHECKING:
    from retrieval.llm import LanguageModel


def open_engine(
    settings: Settings,
    model: LanguageModel | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Engine:
    """The engine for these settings, writing with `model`; `tell` hears of what takes long.

    Raises `CatalogueError` where the data folder cannot be used.
    """
    return Engine(
        settings.attache_data_dir,
        settings.attache_corpus_dir,
        settings.attache_embedding_model,
        model=model,
        tell=tell,
    )


def open_language_model(
    settings: Settings, tell: Callable[[str], None] = lambda _: None
) -> LanguageModel | None:
    """The language model of these settings, None where none is set; `tell` as in `open_engine`.

    It is made ready when the first reply is wanted: what goes wrong then stops no answer.

    Raises `ModelSettingError` for settings that cannot be followed.
    """
    if not settings.attache_llm_model:
        return None
    # LangChain takes most of a second, and only who has a model should wait for it.
    from retrieval.llm import open_model  # noqa: PLC0415
    from retrieval.local_model import LOCAL, open_local  # noqa: PLC0415

    if settings.attache_llm_model == LOCAL:
        return open_local(
            settings.attache_data_dir,
            sends=settings.attache_llm_sends,
            temperature=settings.attache_llm_temperature,
            seconds=settings.attache_llm_timeout,
            threads=settings.attache_llm_threads,
            tell=tell,
        )
    share_with_providers()
    return open_model(
        settings.attache_llm_model,
        sends=settings.attache_llm_sends,
        temperature=settings.attache_llm_temperature,
        seconds=settings.attache_llm_timeout,
        url_of=settings.model_url,
    )


@contextmanager
def language_model(
    settings: Settings, tell: Callable[[str], None] = lambda _: None, *, as_json: bool = False
) -> Iterator[LanguageModel | None]:
    """`open_language_model` for one command of the console, with its log on standard error.

    Calls that went well are logged with `as_json` only.
    """
    model = open_language_model(settings, tell)
    if model is None:
        yield None
        return
    from bot import logs  # noqa: PLC0415

    logs.configure(provider_keys(), level=logging.WARNING)
    if as_json:
        logging.getLogger("retrieval.llm").setLevel(logging.INFO)
    try:
        yield model
    finally:
        model.close()


def serve(settings: Settings) -> None:
    """Serve the Telegram bot until SIGINT or SIGTERM; see `bot.serving.serve`.

    Raises `ModelSettingError` as `open_language_model` does.
    """
    from bot import serving  # noqa: PLC0415 - only the bot needs Telegram's library

    model = open_language_model(settings)
    engine = open_engine(settings, model)
    try:
        serving.serve(engine, settings, model)
    finally:
        engine.close()
        if model is not None:
            model.close()
