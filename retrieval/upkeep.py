"""Upkeep of a data folder: corrections, indexes made whole, copies taken and brought back."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import audit
from corpus.backup import open_backup, put_in_place, renumber, write_backup
from corpus.catalogue import Version
from corpus.errors import SourceError
from corpus.ingest import Progress, correct, index_all, repair
from corpus.overrides import Field, put, take_back
from retrieval.engine import CONSOLE, Engine
from retrieval.probe import damaged, remove


@dataclass(frozen=True, slots=True)
class Repaired:
    """The version in service; the index folders that were made anew, and whether anything was."""

    version: Version
    removed: tuple[str, ...]
    healed: bool


def repair_indexes(
    engine: Engine,
    *,
    now: dt.datetime,
    made_by: str = CONSOLE,
    on_wait: Callable[[str], None] = lambda _: None,
    progress: Progress = lambda *_: None,
) -> Repaired:
    """Make anew what cannot be used of the indexes, and whole what lacks something.

    Raises `SourceError` before the first ingest.
    """
    space = engine.space()
    with engine.locked(wait=True, on_wait=on_wait):
        names = damaged(engine.data_dir, space.fingerprint, space.dimension)
        remove(engine.data_dir, names)
        with engine.writing() as index:
            version, healed = repair(
                engine.catalogue, index, now=now, made_by=made_by, progress=progress
            )
    details = {"version": version.number, "made_anew": names}
    audit.note(engine.catalogue.engine, audit.Entry(audit.at(now), made_by, "repair", details))
    return Repaired(version, tuple(names), healed)


def back_up(engine: Engine, file: Path) -> int:
    """Copy the catalogue to `file` while it is in use; its size in bytes.

    Raises `CatalogueError` where that cannot be.
    """
    return write_backup(engine.data_dir, file)


def restore(
    engine: Engine,
    file: Path,
    *,
    now: dt.datetime,
    made_by: str = CONSOLE,
    on_wait: Callable[[str], None] = lambda _: None,
    progress: Progress = lambda *_: None,
) -> Version:
    """Make the backup `file` the catalogue, while it is in use.

    What it holds is indexed first: questions are answered from what was until it is whole. Raises
    `CatalogueError` where `file` is no backup.
    """
    with (
        tempfile.TemporaryDirectory(prefix="restore-", dir=engine.data_dir) as folder,
        engine.locked(wait=True, on_wait=on_wait),
    ):
        copy = open_backup(file, Path(folder))
        try:
            with engine.writing() as index:
                index_all(copy, index, progress)
                served = engine.catalogue.current()
                renumber(copy, served.number if served else 0, index.fingerprint)
                put_in_place(copy, engine.data_dir)
                index.keep(engine.catalogue.all_keys())
        finally:
            copy.close()
    version = engine.catalogue.current()
    if version is None:
        raise SourceError("%(file)s holds no corpus yet", file=file, see="attache ingest")
    details = {"file": str(file), "version": version.number}
    audit.note(engine.catalogue.engine, audit.Entry(audit.at(now), made_by, "restore", details))
    return version


def override(
    engine: Engine,
    article_id: str,
    name: Field,
    value: Any,
    *,
    now: dt.datetime,
    made_by: str = CONSOLE,
    wait: bool = True,
    on_wait: Callable[[str], None] = lambda _: None,
) -> Version:
    """Set a field of an article, whatever it tells itself; None takes that back.

    What was taken back is derived again when the article is next read. Raises `SourceError` for an
    article that is not there and an override that is none, `BusyError` as `Engine.ingest` does.
    """
    catalogue, rows = engine.catalogue, engine.catalogue.engine
    with engine.locked(wait=wait, on_wait=on_wait), engine.writing() as index:
        before = catalogue.current()
        if before is None or not catalogue.held(before.number, [article_id]):
            raise SourceError(
                "there is no article “%(article)s”", article=article_id, see="attache articles"
            )
        if value is not None:
            put(rows, article_id, name, value, made_by=made_by, at=audit.at(now))
        elif not take_back(rows, article_id, name):
            raise SourceError(
                "%(field)s of “%(article)s” was not corrected", field=name, article=article_id
            )
        elif name != "hidden":
            catalogue.outdate(article_id)
        version = correct(catalogue, index, now=now, made_by=made_by) or before
        details = {"article": article_id, "field": name, "value": value}
        audit.note(rows, audit.Entry(audit.at(now), made_by, "override", details))
        return version
