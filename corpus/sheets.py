"""Read articles from the rows of a table, CSV or Excel (openpyxl), by its columns' names."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

import yaml
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.fields import article_of, decode
from corpus.formats import NOTHING_STATED, id_of, shown
from corpus.sentences import sentence
from corpus.unzip import check_sizes
from corpus.words import fold
from corpus.written_days import day_first, written_day

_DELIMITERS = ",;\t|"

Row = Sequence[object]


def read_sheet(
    data: bytes, suffix: str, source: str, stem: str, stated: Mapping[str, str] = NOTHING_STATED
) -> Iterator[RawArticle | Failure]:
    """The articles of a table with a heading row, one a row; `stated` are columns by field.

    Raises `SourceError` where the table cannot be read, lacks a column that is stated, or has none
    that holds texts.
    """
    rows = _csv_rows(data) if suffix == ".csv" else _excel_rows(data)
    heading, *body = rows or [()]
    columns = _columns(heading, stated)
    if "text" not in columns:
        names = [str(cell) for cell in heading if cell not in (None, "")]
        raise SourceError(
            "no column holds texts (found: %(found)s); state which one does, such as text=Body: "
            "with attache sources add FILE --columns, or as the caption of the file sent in "
            "Telegram",
            found=shown(names),
        )
    first = day_first([_cell(row, columns.get("published")) for row in body])
    for number, row in enumerate(body, start=2):
        values = {field: _cell(row, at) for field, at in columns.items()}
        if all(value in (None, "") for value in values.values()):
            continue
        name = f"{source}#{number}"
        try:
            yield _article(name, stem, values, first=first)
        except SourceError as error:
            yield Failure(name, sentence("row %(row)d: %(why)s", row=number, why=error))


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


def _columns(heading: Row, stated: Mapping[str, str]) -> dict[str, int]:
    """The number of each field's column: as stated, else by what it is called; the first where two
    are called alike."""
    names = [_name(cell) for cell in heading]
    columns: dict[str, int] = {}
    for field, column in stated.items():
        if column and _name(column) not in names:
            found = shown([str(cell) for cell in heading if cell not in (None, "")])
            raise SourceError(
                'lacks the column “%(column)s”, stated for "%(field)s" (found: %(found)s)',
                column=column,
                field=field,
                found=found or "–",
            )
        if column:
            columns[field] = names.index(_name(column))
    taken = set(columns.values())
    for number, name in enumerate(names):
        field = _names().get(name, "")
        if field and field not in stated and number not in taken:
            columns.setdefault(field, number)
    return columns


def _name(cell: object) -> str:
    return " ".join(re.split(r"[\s_-]+", fold(str(cell or "")).strip()))


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
        raise SourceError("a damaged table (%(why)s)", why=error) from error


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
        raise SourceError("a damaged Excel file (%(why)s)", why=type(error).__name__) from error
