"""Commands that serve, and say what is served."""

from __future__ import annotations

import sys

import typer

from bot.commands.asking import ask, chat
from bot.commands.base import (
    JsonFlag,
    app,
    fail,
    one_line_errors,
    opened_engine,
    print_json,
    read_settings,
)


@app.command()
def serve() -> None:
    """Serve the Telegram bot."""
    with one_line_errors():
        from bot.app import serve as serve_bot  # noqa: PLC0415

        settings = read_settings()
        if settings.telegram_bot_token is None:
            fail("TELEGRAM_BOT_TOKEN is not set; ask BotFather for one, or use: attache chat", 2)
        serve_bot(settings)


@app.command()
def start() -> None:
    """Serve Telegram if there is a token, else converse; with no terminal, answer one question."""
    settings = read_settings()
    if settings.telegram_bot_token is not None:
        serve()
    elif sys.stdin.isatty():
        chat()
    else:
        from bot.console import SAMPLE_QUESTION  # noqa: PLC0415

        typer.echo(f"> {SAMPLE_QUESTION}\n")
        ask(SAMPLE_QUESTION)


@app.command()
def status(as_json: JsonFlag = False) -> None:
    """Show versions, counts, models and the health of the indexes."""
    with one_line_errors():
        from bot.app import language_model  # noqa: PLC0415
        from bot.status import status_of  # noqa: PLC0415

        settings = read_settings()
        with language_model(settings, as_json=as_json) as model, opened_engine(settings) as engine:
            values = status_of(
                engine, settings.attache_access, model, settings.now(), settings.limits
            )
        if as_json:
            print_json(values)
        else:
            for name, value in values.items():
                told = (
                    ", ".join(f"{n} {w}" for w, n in value.items()) if name == "digests" else value
                )
                typer.echo(f"{name.replace('_', ' ')}: {told}")
