"""Which columns of a source's tables give which field, as an admin stated it, for every ingest."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, delete, or_, select
from sqlalchemy.orm import Session

from corpus import audit
from corpus.errors import SourceError
from corpus.tables import ColumnsRow, QuarantineRow

FIELDS = ("text", "title", "published", "outlet", "url", "language", "id")
_CALLED = {**{name: name for name in FIELDS}, "date": "published", "source": "outlet"}


_STATED = re.compile(r"[^\W\d_]+\s*=")


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns by field, for a file or for all tables in a folder. An empty name: no column gives
    that field, whatever it may be called."""

    source: str
    columns: Mapping[str, str]
    set_by: str
    at: str


def states(text: str) -> bool:
    """Whether `text` is meant for `parsed`: each of its parts is a word, a sign "=" and more."""
    parts = _parts(text)
    return bool(parts) and all(_STATED.match(part) for part in parts)


def parsed(text: str) -> dict[str, str]:
    """Columns by field of "title=Tiêu đề,text=Nội dung,date=Ngày", also in lines of their own; a
    part with a comma in it stands in quotation marks.

    Raises `SourceError` for what is none.
    """
    found: dict[str, str] = {}
    for part in _parts(text):
        name, sign, column = part.partition("=")
        field = _CALLED.get(name.strip().lower())
        if not sign or field is None:
            raise SourceError(
                "“%(part)s” states no column; write field=column, with the fields text, title, "
                "date, outlet, url, language and id",
                part=part.strip()[:40],
            )
        if field in found:
            raise SourceError("%(field)s is stated twice", field=name.strip())
        found[field] = column.strip()
    if not any(found.values()):
        raise SourceError("no column is stated; write, for example, title=Headline,text=Body")
    return found


def _parts(text: str) -> list[str]:
    rows = csv.reader(text.splitlines(), skipinitialspace=True)
    return [part.strip() for row in rows for part in row if part.strip()]


def stated(engine: Engine) -> list[Columns]:
    """All that is stated, by source."""
    query = select(*ColumnsRow.__table__.c).order_by(ColumnsRow.source)
    with engine.connect() as connection:
        return [Columns(**row._mapping) for row in connection.execute(query)]


def columns_of(source: str, known: Iterable[Columns]) -> Mapping[str, str]:
    """What is stated for the tables in the file `source`: for itself, else for the innermost
    folder."""
    holding = [
        each
        for each in known
        if source == each.source or source.startswith(f"{each.source.rstrip('/')}/")
    ]
    return max(holding, key=lambda each: len(each.source)).columns if holding else {}


def state(
    engine: Engine, source: str, columns: Mapping[str, str], *, set_by: str, now: dt.datetime
) -> Columns:
    """Keep which columns give which field. What was refused there is read again."""
    row = Columns(source, dict(columns), set_by, audit.at(now))
    with Session(engine) as session, session.begin():
        session.merge(
            ColumnsRow(source=source, columns=dict(columns), set_by=set_by, at=audit.at(now))
        )
        _read_again(session, source)
    details = {"source": source, "columns": dict(columns)}
    audit.note(engine, audit.Entry(audit.at(now), set_by, "columns", details))
    return row


def forget(engine: Engine, source: str, *, set_by: str, now: dt.datetime) -> None:
    """Guess the columns of a source again. Raises `SourceError` where none were stated."""
    with Session(engine) as session, session.begin():
        gone = session.get(ColumnsRow, source)
        if gone is None:
            raise SourceError(
                "%(source)s: no columns are stated", source=source, see="attache sources columns"
            )
        session.delete(gone)
        _read_again(session, source)
    details = {"source": source, "columns": {}}
    audit.note(engine, audit.Entry(audit.at(now), set_by, "columns", details))


def _read_again(session: Session, source: str) -> None:
    below = QuarantineRow.file.startswith(f"{source.rstrip('/')}/", autoescape=True)
    session.execute(delete(QuarantineRow).where(or_(QuarantineRow.file == source, below)))
