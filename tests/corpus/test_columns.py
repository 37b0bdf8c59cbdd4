"""Columns that an admin stated: kept for the source, and used at every ingest."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from corpus import audit, columns, quarantine
from corpus.article import RawArticle
from corpus.catalogue import Catalogue
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.plan import Plan
from corpus.sources import Document, read

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
TEXT = "The minister of Norway met the ambassador of Ghana in Oslo on 4 May 2021."
STATED = "title=Betreff,text=Wortlaut,date=Stand,outlet=Blatt"
HEADING = "Nr;Betreff;Wortlaut;Stand;Blatt"
TABLE = f"{HEADING}\n1;Fishing;{TEXT};2021-05-05;Oslo Post\n"


class Desk:
    """A folder of tables and a catalogue."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder, self.catalogue = folder, catalogue

    def state(self, source: str, text: str) -> None:
        rows = self.catalogue.engine
        columns.state(rows, source, columns.parsed(text), set_by="console", now=NOW)

    def read(self) -> tuple[list[RawArticle], list[str]]:
        """What an ingest would take, and why it would not take the rest."""
        plan = Plan.begin(self.catalogue, self.folder, None)
        taken = [raw for document in plan.documents for raw in plan.read(document)]
        rows = self.catalogue.engine
        quarantine.keep(rows, plan.quarantine.settled(*plan.refused(), NOW))
        return taken, [failure.error for failure in plan.failures]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "articles"
    (folder / "press").mkdir(parents=True)
    (folder / "press" / "a.csv").write_text(TABLE, "utf-8")
    catalogue = Catalogue.open(tmp_path / "data")
    yield Desk(folder, catalogue)
    catalogue.close()


def test_a_table_that_cannot_be_guessed_says_which_columns_it_has(desk: Desk) -> None:
    """And the command that states them."""
    taken, (error,) = desk.read()
    assert taken == []
    assert "found: Nr, Betreff, Wortlaut, Stand, Blatt" in error
    assert "such as text=Body: with attache sources add FILE --columns" in error


@pytest.mark.parametrize("source", ["press/a.csv", "press"])
def test_stated_columns_are_used_at_every_later_ingest(desk: Desk, source: str) -> None:
    """For the file or for its folder; what was refused before is read again."""
    desk.read()
    desk.state(source, STATED)
    for _ in range(2):
        (article,), errors = desk.read()
        assert errors == []
        assert (article.title, article.text, article.outlet) == ("Fishing", TEXT, "Oslo Post")
        assert article.published == dt.date(2021, 5, 5)


def test_a_column_that_the_table_lacks_is_named_with_those_that_it_has(desk: Desk) -> None:
    """A later delivery may have other columns."""
    desk.state("press", "text=Wortlaut,title=Titelzeile")
    taken, (error,) = desk.read()
    assert taken == []
    assert 'lacks the column “Titelzeile”, stated for "title"' in error
    assert "found: Nr, Betreff, Wortlaut, Stand, Blatt" in error


def test_the_innermost_folder_counts(desk: Desk) -> None:
    """A name that only begins alike is another's."""
    desk.state("press", "text=Betreff")
    desk.state("press/a.csv", "text=Wortlaut")
    desk.state("pre", "text=Nr")
    ((article,), _) = desk.read()
    assert article.text == TEXT


def test_what_is_not_stated_is_guessed_and_an_empty_name_forbids_it(desk: Desk) -> None:
    """One column gives one field."""
    (desk.folder / "press" / "a.csv").write_text(f"title,body,source\nFishing,{TEXT},AFP\n")
    desk.state("press", "text=body")
    ((article,), _) = desk.read()
    assert (article.title, article.outlet) == ("Fishing", "AFP")
    desk.state("press", "text=body,outlet=")
    ((article,), _) = desk.read()
    assert article.outlet is None
    desk.state("press", "text=body,outlet=title")
    ((article,), _) = desk.read()
    assert (article.title, article.outlet) == (None, "Fishing")


def _excel() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Betreff", "Wortlaut", "Stand", "Blatt"])
    book.worksheets[0].append(["Fishing", TEXT, dt.datetime(2021, 5, 5), "Oslo Post"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("inner/a.csv", TABLE)
    return data.getvalue()


LINE = {"Betreff": "Fishing", "Wortlaut": TEXT, "Stand": "2021-05-05", "Blatt": "Oslo Post"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", _excel()),
        ("a.zip", _archive()),
        ("a.jsonl", json.dumps(LINE).encode()),
    ],
)
def test_other_kinds_of_tables_have_columns_too(tmp_path: Path, name: str, data: bytes) -> None:
    """Excel, JSON Lines, and tables in an archive."""
    (tmp_path / name).write_bytes(data)
    document = Document(tmp_path / name, name, "a")
    (refused,) = read(document)
    assert isinstance(refused, Failure)
    assert "Betreff" in refused.error
    (article,) = read(document, columns.parsed(STATED))
    assert isinstance(article, RawArticle)
    assert (article.title, article.text, article.outlet) == ("Fishing", TEXT, "Oslo Post")
    assert article.published == dt.date(2021, 5, 5)
    (lacking,) = read(document, columns.parsed("text=Körper"))
    assert isinstance(lacking, Failure)
    assert "lacks the column “Körper”" in lacking.error


def test_columns_are_parsed_with_any_words_in_them() -> None:
    """Names of the three languages, commas within quotation marks."""
    assert columns.parsed('title=Tiêu đề, text=Nội dung,"outlet=Nguồn, báo",url=Link') == {
        "title": "Tiêu đề",
        "text": "Nội dung",
        "outlet": "Nguồn, báo",
        "url": "Link",
    }


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "no column is stated"),
        ("text=", "no column is stated"),
        ("text", "states no column"),
        ("body=Text", "states no column"),
        ("text=A,text=B", "stated twice"),
        ("date=A,published=B", "stated twice"),
    ],
)
def test_what_states_nothing_is_refused(text: str, word: str) -> None:
    """With what to write."""
    with pytest.raises(SourceError, match=word):
        columns.parsed(text)


def test_they_are_forgotten_where_an_admin_says_so(desk: Desk) -> None:
    """Both acts are audited."""
    desk.state("press", STATED)
    rows = desk.catalogue.engine
    columns.forget(rows, "press", set_by="console", now=NOW)
    assert columns.stated(rows) == []
    assert "no column holds texts" in desk.read()[1][0]
    assert [entry.act for entry in audit.latest(rows, 5)] == ["columns", "columns"]
    with pytest.raises(SourceError, match="no columns are stated"):
        columns.forget(rows, "press", set_by="console", now=NOW)
