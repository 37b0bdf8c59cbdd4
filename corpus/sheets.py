"""Read articles from the rows of a table, CSV or Excel (openpyxl), by its columns' names."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

import yaml
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.fields import article_of, decode
from corpus.formats import id_of
from corpus.unzip import check_sizes
from corpus.words import fold
from corpus.written_days import day_first, written_day

_DELIMITERS = ",;\t|"

Row = Sequence[object]


def read_sheet(data: bytes, suffix: str, source: str, stem: str) -> Iterator[RawArticle | Failure]:
    """The articles of a table with a heading row, one a row.

    Raises `SourceError` where the table cannot be read or no column holds texts.
    """
    rows = _csv_rows(data) if suffix == ".csv" else _excel_rows(data)
    heading, *body = rows or [()]
    columns = _columns(heading)
    if "text" not in columns:
        names = ", ".join(str(cell) for cell in heading if cell not in (None, ""))
        raise SourceError(f'no column holds texts (found: {names[:200] or "none"}); call it "text"')
    first = day_first([_cell(row, columns.get("published")) for row in body])
    for number, row in enumerate(body, start=2):
        values = {field: _cell(row, at) for field, at in columns.items()}
        if all(value in (None, "") for value in values.values()):
            continue
        name = f"{source}#{number}"
        try:
            yield _article(name, stem, values, first=first)
        except SourceError as error:
            yield Failure(name, f"row {number} {error}")


def _article(name: str, stem: str, values: dict[str, object], *, first: bool | None) -> RawArticle:
    text = str(values.pop("text") or "")
    fields: dict[str, object] = {
        field: value if field == "published" else str(value)
        for field, value in values.items()
        if value not in (None, "")
    }
    fields["published"] = written_day(fields.get("published"), first)
    fields.setdefault("id", id_of(stem, text))
    return article_of(name, text, fields)


@cache
def _names() -> dict[str, str]:
    """Fields by what their columns are called."""
    with resources.files("corpus").joinpath("data/columns.yaml").open("rb") as file:
        listed = yaml.safe_load(file)
    return {name: field for field, names in listed.items() for name in names}


def _columns(heading: Row) -> dict[str, int]:
    """The number of each field's column; the first where two are called alike."""
    columns: dict[str, int] = {}
    for number, cell in enumerate(heading):
        field = _names().get(" ".join(re.split(r"[\s_-]+", fold(str(cell or "")).strip())))
        if field is not None:
            columns.setdefault(field, number)
    return columns


def _cell(row: Row, at: int | None) -> object:
    return row[at] if at is not None and at < len(row) else None


def _csv_rows(data: bytes) -> list[Row]:
    text = decode(data)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(
            text[:20_000], delimiters=_DELIMITERS
        )
    except csv.Error:
        dialect = csv.excel
    csv.field_size_limit(len(text) + 1)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), dialect))
    except csv.Error as error:
        raise SourceError(f"a damaged table ({error})") from error


def _excel_rows(data: bytes) -> list[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            check_sizes(parts)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            return list(sheet.iter_rows(values_only=True))
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise SourceError(f"a damaged Excel file ({type(error).__name__})") from error
