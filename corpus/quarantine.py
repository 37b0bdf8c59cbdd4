"""Files that were refused, and are not read again before they change.

Kept with the reason and the name of their content. What a machine may mend by itself, such as a
missing right to read, is not kept here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import Engine, delete, func, insert, select
from sqlalchemy.orm import Session

from corpus import audit
from corpus.analysis import RECIPE
from corpus.failure import Failure
from corpus.sources import Document
from corpus.tables import QuarantineRow

READING = f"2.{RECIPE}"
"""By which rules files are read; raise the first number when they change, so that what was refused
is tried again."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What was refused and why; see `corpus.tables.QuarantineRow`."""

    source: str
    file: str
    path: str
    digest: str
    size: int
    changed: int
    reading: str
    error: str
    since: str

    @property
    def is_whole_file(self) -> bool:
        """Whether nothing of the file was taken, and not merely one article of it refused."""
        return self.source == self.file


class Quarantine:
    """The list as one ingest finds it, and leaves it."""

    def __init__(self, rows: Iterable[Refused] = ()) -> None:
        self._by_file: dict[str, list[Refused]] = {}
        for row in rows:
            self._by_file.setdefault(row.file, []).append(row)

    def failure(self, document: Document) -> Failure | None:
        """Why `document` need not be read: it was refused, and is what it was then."""
        rows = self._by_file.get(document.source, [])
        row = next((row for row in rows if row.is_whole_file), None)
        if row is None or row.reading != READING or row.path != str(document.path):
            return None
        try:
            found = document.path.stat()
            same = (found.st_size, found.st_mtime_ns) == (row.size, row.changed)
            if not same and (found.st_size != row.size or _digest(document.path) != row.digest):
                return None
        except OSError:
            return None
        if not same:  # somebody touched it
            rows[rows.index(row)] = replace(row, changed=found.st_mtime_ns)
        return Failure(row.source, row.error)

    def settled(
        self, read: Collection[Document], failures: Iterable[Failure], now: dt.datetime
    ) -> list[Refused]:
        """The list once the documents `read` have been, with what failed of them.

        What no longer exists is no longer on it.
        """
        files = {document.source: document for document in read}
        failed: dict[str, list[Failure]] = {}
        for failure in failures:
            file = _file_of(failure.source, files)
            if failure.lasting and file is not None:
                failed.setdefault(file, []).append(failure)
        rows = [
            row
            for file, known in self._by_file.items()
            for row in known
            if file not in files and Path(row.path).exists()
        ]
        for file, found in failed.items():
            rows += self._refused(files[file], found, now)
        return rows

    def _refused(
        self, document: Document, failures: Iterable[Failure], now: dt.datetime
    ) -> list[Refused]:
        try:
            stat = document.path.stat()
            digest = _digest(document.path)
        except OSError:  # gone meanwhile, or no longer to be read: nothing that lasts
            return []
        since = {row.source: row for row in self._by_file.get(document.source, ())}
        at = audit.at(now)
        rows = {
            failure.source: Refused(
                failure.source,
                document.source,
                str(document.path),
                digest,
                stat.st_size,
                stat.st_mtime_ns,
                READING,
                failure.error,
                at,
            )
            for failure in failures
        }
        return [
            replace(row, since=before.since)
            if (before := since.get(name)) and before.digest == digest
            else row
            for name, row in rows.items()
        ]


def _file_of(source: str, files: Mapping[str, Document]) -> str | None:
    """The file that a failure is of: itself, or what stands before one of its "#"."""
    if source in files:
        return source
    parts = source.split("#")
    names = ("#".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
    return next((name for name in names if name in files), None)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refused(engine: Engine) -> list[Refused]:
    """All that is in quarantine, the latest first."""
    query = select(*QuarantineRow.__table__.c).order_by(
        QuarantineRow.since.desc(), QuarantineRow.source
    )
    with engine.connect() as connection:
        return [Refused(**row._mapping) for row in connection.execute(query)]


def keep(engine: Engine, rows: Collection[Refused]) -> None:
    """Make `rows` the list."""
    with Session(engine) as session, session.begin():
        session.execute(delete(QuarantineRow))
        if rows:
            session.execute(insert(QuarantineRow), [asdict(row) for row in rows])


def release(engine: Engine, *, made_by: str, now: dt.datetime) -> int:
    """Let the next ingest read everything again; how much was in quarantine."""
    with engine.begin() as connection:
        number = connection.execute(delete(QuarantineRow)).rowcount
    audit.note(engine, audit.Entry(audit.at(now), made_by, "quarantine", {"released": number}))
    return number


def count(engine: Engine) -> int:
    """How many files are in quarantine, or articles of them."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(QuarantineRow)) or 0
