"""Commands that keep a data folder well: repair, backup and restore."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.base import app, one_line_errors, opened_engine, read_settings

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


@app.command()
def repair() -> None:
    """Make the search indexes whole again from the catalogue."""
    with one_line_errors():
        from bot.progress import progress_bar  # noqa: PLC0415
        from retrieval.upkeep import repair_indexes  # noqa: PLC0415

        settings = read_settings()
        with opened_engine(settings) as engine, progress_bar() as progress:
            done = repair_indexes(engine, now=settings.now(), on_wait=_tell, progress=progress)
        if done.removed:
            typer.echo(f"Made anew: {', '.join(done.removed)}.")
        typer.echo(
            f"The indexes of version {done.version.number} are whole"
            + ("." if done.healed or done.removed else "; nothing was missing.")
        )


@app.command()
def backup(file: BackupFile) -> None:
    """Copy everything that cannot be made anew to FILE, while the bot runs."""
    with one_line_errors():
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

        from bot.troubles import Troubles  # noqa: PLC0415
        from corpus.errors import CatalogueError  # noqa: PLC0415
        from retrieval.upkeep import back_up  # noqa: PLC0415

        settings = read_settings()
        with opened_engine(settings) as engine:
            troubles, subject = Troubles(engine.catalogue.engine), str(file.parent)
            try:
                size = back_up(engine, file)
            except CatalogueError as error:
                with contextlib.suppress(SQLAlchemyError):  # its own failure would hide the first
                    troubles.failed("backup", subject, str(error), settings.now())
                raise
            troubles.worked("backup", subject)
        typer.echo(f"Wrote {file} ({size / 1e6:.1f} MB). It holds people's ids: keep it safe.")


@app.command()
def restore(file: BackupFile) -> None:
    """Bring FILE back in place of what is there, while the bot runs."""
    with one_line_errors():
        from bot.progress import progress_bar  # noqa: PLC0415
        from retrieval import upkeep  # noqa: PLC0415

        settings = read_settings()
        with opened_engine(settings) as engine, progress_bar() as progress:
            version = upkeep.restore(
                engine, file, now=settings.now(), on_wait=_tell, progress=progress
            )
        typer.echo(f"Restored {file}: corpus version {version.number}.")


def _tell(text: str) -> None:
    typer.echo(f"attache: {text}", err=True)
