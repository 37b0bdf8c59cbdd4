"""Copies of the catalogue, taken and brought back while it is in use.

The catalogue is all there is to keep: indexes are made of it. SQLite's own backup copies a database
that others read and write, whole.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import insert, select

from corpus.catalogue import Catalogue
from corpus.database import NAME
from corpus.errors import CatalogueError
from corpus.tables import VersionRow


def write_backup(data_dir: Path, file: Path) -> int:
    """Copy the catalogue under `data_dir` to `file`, whole or not at all; its size in bytes.

    Raises `CatalogueError` where `file` is there already or cannot be written.
    """
    if file.exists():
        raise CatalogueError("%(file)s is there already; give another name", file=file)
    partial = file.with_name(f".{file.name}.part")
    try:
        with _opened(data_dir / NAME) as source, _opened(partial) as target:
            source.backup(target)
            # One file and no journal beside it, so that it can be moved as it is.
            target.execute("PRAGMA journal_mode=DELETE")
        os.replace(partial, file)  # noqa: PTH105 - as atomic as it gets
    except (OSError, sqlite3.Error) as error:
        raise CatalogueError(
            "%(file)s: cannot be written (%(why)s)", file=file, why=error
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return file.stat().st_size


def open_backup(file: Path, folder: Path) -> Catalogue:
    """A copy of the backup `file` in `folder`, migrated to the present schema.

    Raises `CatalogueError` where it is no backup of ours.
    """
    if not file.is_file():
        raise CatalogueError("%(file)s: there is no such file", file=file)
    try:
        with _opened(file, read_only=True) as source:
            known = source.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'revision')"
            ).fetchone()
            whole = source.execute("PRAGMA quick_check(1)").fetchone()
            if known[0] != 2 or whole[0] != "ok":
                raise CatalogueError("%(file)s: this is no whole backup of Attaché", file=file)
            with _opened(folder / NAME) as target:
                source.backup(target)
    except sqlite3.Error as error:
        raise CatalogueError(
            "%(file)s: this is no backup of Attaché (%(why)s)", file=file, why=error
        ) from error
    return Catalogue.open(folder)


def renumber(catalogue: Catalogue, above: int, fingerprint: str) -> None:
    """Give what a catalogue serves a version number higher than `above`, so that whoever has seen
    that one looks again."""
    current = catalogue.current()
    if current is None:
        return
    with catalogue.engine.begin() as connection:
        row = connection.execute(
            select(*VersionRow.__table__.c).where(VersionRow.number == current.number)
        ).one()
        values = {
            **row._mapping,
            "number": max(above, current.number) + 1,
            "fingerprint": fingerprint,
            "added": 0,
            "changed": 0,
            "removed": 0,
            "restores": current.number,
        }
        connection.execute(insert(VersionRow).values(**values))


def put_in_place(catalogue: Catalogue, data_dir: Path) -> None:
    """Make all of `catalogue` the catalogue under `data_dir`, at once for whoever reads it."""
    source_file = catalogue.engine.url.database
    assert source_file is not None  # noqa: S101 - it was opened from a file
    catalogue.close()
    try:
        with _opened(Path(source_file)) as source, _opened(data_dir / NAME) as target:
            source.backup(target)
    except sqlite3.Error as error:
        raise CatalogueError(
            "%(file)s: cannot be written (%(why)s)", file=data_dir / NAME, why=error
        ) from error


@contextlib.contextmanager
def _opened(path: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    mode = "ro" if read_only else "rwc"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=60)
    try:
        yield connection
    finally:
        connection.close()
