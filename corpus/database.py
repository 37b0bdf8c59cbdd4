"""The database file of a data folder: opened, and migrated to the present schema."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from corpus.errors import CatalogueError
from corpus.sentences import sentence

SCHEMA = "0016"
"""The newest migration; a catalogue that already stands there is opened without Alembic."""

NAME = "catalogue.sqlite3"


def open_database(data_dir: Path) -> Engine:
    """Open or make the database under `data_dir`, migrated to the present schema.

    Raises `CatalogueError` where the folder cannot be written or the file is damaged.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        engine = _engine(data_dir / NAME)
        with engine.connect() as connection:
            if _schema(connection) != SCHEMA:
                _migrate(engine)
        with contextlib.suppress(PermissionError):  # another account's, which lets us write
            (data_dir / NAME).chmod(0o600)  # one of an earlier version; its journals follow it
    except OSError as error:
        raise CatalogueError(
            "%(folder)s: cannot write here (%(why)s); set ATTACHE_DATA_DIR",
            folder=data_dir,
            why=error.strerror,
        ) from error
    except DatabaseError as error:
        raise CatalogueError(unusable(data_dir, error)) from error
    return engine


def unusable(data_dir: Path, error: DatabaseError) -> str:
    """What to say of an error of the database, and what to do about it."""
    reason = str(error.orig)
    if "readonly" in reason or "unable to open" in reason:
        return sentence(
            "%(folder)s: cannot write here (%(why)s); give write access, or set ATTACHE_DATA_DIR",
            folder=data_dir,
            why=reason,
        )
    if "full" in reason:
        return sentence(
            "%(folder)s: the disk is full (%(why)s); make room and try again",
            folder=data_dir,
            why=reason,
        )
    return sentence(
        "%(file)s: cannot be used (%(why)s); if it is damaged, move it away and run: attache "
        "ingest",
        file=data_dir / NAME,
        why=reason,
    )


def _engine(path: Path) -> Engine:
    # No bound on connections: a question holds two, and those who ask at once must not wait for
    # each other's second one.
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 60}, max_overflow=-1)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine


def _schema(connection: Connection) -> str | None:
    """The migration that the database stands at, read without loading Alembic."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE name='alembic_version'"
    )
    if names.first() is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return row[0] if row else None


def _migrate(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415 - only a new or an old catalogue needs it
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    # An immediate transaction: two first starts at once migrate one after the other.
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if _schema(connection) != SCHEMA:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise CatalogueError(
                    "the catalogue was made by a newer Attaché; update this one, or set "
                    "ATTACHE_DATA_DIR"
                ) from error
        connection.commit()
