"""PDF, Word, tables and archives: what is read, and what is refused with the reason."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from corpus import formats, unzip
from corpus.article import RawArticle
from corpus.failure import Failure
from corpus.sources import Document, documents, read, walk

TEXT = (
    "The minister of Norway met the ambassador of Ghana in Oslo on 4 May 2021. They discussed "
    "fishing at length, and agreed to meet again in Accra."
)


def _read(path: Path) -> list[RawArticle | Failure]:
    return list(read(Document(path, path.name, path.stem)))


def _texts(path: Path) -> list[str]:
    return [item.text for item in _read(path) if isinstance(item, RawArticle)]


def _error(path: Path) -> str:
    (item,) = _read(path)
    assert isinstance(item, Failure), item
    return item.error


def _pdf(pages: list[list[str]], password: str = "") -> bytes:
    """A PDF with those lines on its pages."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(width=600, height=800)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
        stream = DecodedStreamObject()
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream.set_data(f"BT /F1 11 Tf 40 760 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def test_a_pdf_is_read_in_paragraphs_without_running_heads(tmp_path: Path) -> None:
    """Lines are joined where the page is no wider, and words where they were cut."""
    (tmp_path / "a.pdf").write_bytes(
        _pdf(
            [
                [
                    "Daily Bulletin - page 1",
                    "Talks on fishing",
                    "The minister of Norway met the ambassador of Ghana in",
                    "Oslo. They discussed fishing at some length, and the am-",
                    "bassador invited her.",
                    "Both will meet again in summer.",
                ],
                ["Daily Bulletin - page 2", "The port of Tema was a subject too."],
                ["Daily Bulletin - page 3", "A statement is to follow."],
            ]
        )
    )
    (text,) = _texts(tmp_path / "a.pdf")
    assert "Bulletin" not in text
    assert "met the ambassador of Ghana in Oslo. They discussed" in text
    assert "the ambassador invited her." in text
    assert text.splitlines()[0] == "Talks on fishing"
    assert "Both will meet again in summer." in text.splitlines()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "damaged"),
        (b"%PDF-1.7 nothing of the kind", "damaged"),
        (_pdf([[]]), "scan"),
        (_pdf([[TEXT]], password="secret"), "password"),  # noqa: S106
        (_pdf([[TEXT]])[:300], "damaged"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, word: str) -> None:
    """Empty, damaged, scanned, locked."""
    (tmp_path / "a.pdf").write_bytes(data)
    assert word in _error(tmp_path / "a.pdf")


def _docx(paragraphs: list[str]) -> bytes:
    """The smallest Word document with those paragraphs, the first a heading."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    heading = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    body = "".join(
        f"<w:p>{heading if n == 0 else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"
        for n, text in enumerate(paragraphs)
    )
    schemas = "http://schemas.openxmlformats.org"
    kinds = "application/vnd.openxmlformats"
    main = f"{kinds}-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{schemas}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{kinds}-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{schemas}/package/2006/relationships">'
        f'<Relationship Id="a" Type="{schemas}/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{space}"><w:style w:type="paragraph" '
        'w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_a_word_document_is_read(tmp_path: Path) -> None:
    """Its paragraphs, without marks of any markup."""
    (tmp_path / "a.docx").write_bytes(_docx(["Đàm phán", "Bộ trưởng gặp Đại sứ tại Hà Nội.", TEXT]))
    (item,) = _read(tmp_path / "a.docx")
    assert isinstance(item, RawArticle)
    assert "Bộ trưởng gặp Đại sứ tại Hà Nội." in item.text
    assert TEXT in item.text
    assert "#" not in item.text


def test_a_damaged_word_document_says_so(tmp_path: Path) -> None:
    """No zip file, and one of other things."""
    (tmp_path / "a.docx").write_bytes(b"no zip at all")
    assert "damaged Word document" in _error(tmp_path / "a.docx")
    (tmp_path / "a.docx").write_bytes(_zip({"x": b"y"}))
    assert "damaged Word document" in _error(tmp_path / "a.docx")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path, delimiter: str) -> None:
    """In any of the languages and any order; each row is an article of its own."""
    rows = [
        ("Ngày đăng", "Báo", "Nội dung", "Ghi chú"),
        ("13/05/2021", "Nhân Dân", f'"{TEXT}"', "x"),
        ("04/06/2021", "VNA", '"Hai dòng\nvà nữa"', ""),
        ("", "", "", ""),
    ]
    (tmp_path / "a.csv").write_text("\n".join(delimiter.join(row) for row in rows), "utf-8")
    first, second = _read(tmp_path / "a.csv")
    assert isinstance(first, RawArticle)
    assert isinstance(second, RawArticle)
    assert (first.text, first.outlet, first.published) == (TEXT, "Nhân Dân", dt.date(2021, 5, 13))
    assert second.published == dt.date(2021, 6, 4)
    assert first.source == "a.csv#2"
    assert first.id != second.id


def test_days_that_may_be_months_are_not_guessed(tmp_path: Path) -> None:
    """Where no other row tells, the row says what to write."""
    (tmp_path / "a.csv").write_text("text,date\none word,04/05/2021\ntwo words,2021-05-04\n")
    first, second = _read(tmp_path / "a.csv")
    assert isinstance(first, Failure)
    assert "cannot be told apart: “04/05/2021”" in first.error
    assert isinstance(second, RawArticle)
    assert second.published == dt.date(2021, 5, 4)


def test_an_american_table_has_months_first(tmp_path: Path) -> None:
    """One day above the twelfth tells for the column."""
    (tmp_path / "a.csv").write_text("text,date\none word,04/05/2021\ntwo words,05/13/2021\n")
    days = [item.published for item in _read(tmp_path / "a.csv") if isinstance(item, RawArticle)]
    assert days == [dt.date(2021, 4, 5), dt.date(2021, 5, 13)]


def test_a_table_without_texts_names_its_columns(tmp_path: Path) -> None:
    """So that one of them can be renamed."""
    (tmp_path / "a.csv").write_text("Nr,Subject\n1,two\n")
    assert "found: Nr, Subject" in _error(tmp_path / "a.csv")


def test_an_excel_file_is_read(tmp_path: Path) -> None:
    """Dates are dates there."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Titre", "Texte", "Date de publication", "Langue"])
    sheet.append(["Pêche", TEXT, dt.datetime(2021, 5, 4, 9), "en"])
    book.save(tmp_path / "a.xlsx")
    (item,) = _read(tmp_path / "a.xlsx")
    assert isinstance(item, RawArticle)
    assert (item.title, item.text, item.published, item.language) == (
        "Pêche",
        TEXT,
        dt.date(2021, 5, 4),
        "en",
    )
    (tmp_path / "b.xlsx").write_bytes(b"no table")
    assert "damaged Excel file" in _error(tmp_path / "b.xlsx")


def _zip(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_an_archive_holds_articles_of_any_kind(tmp_path: Path) -> None:
    """Each by its kind; what is none is left, what is broken is named."""
    (tmp_path / "a.zip").write_bytes(
        _zip(
            {
                "2021/one.txt": TEXT.encode(),
                "two.jsonl": json.dumps({"text": "Một câu."}).encode(),
                "three.pdf": _pdf([["A sentence about ports."]]),
                "broken.pdf": b"x",
                "picture.png": b"x",
                "__MACOSX/one.txt": b"x",
                "inner.zip": _zip({"a.txt": b"x"}),
            }
        )
    )
    items = _read(tmp_path / "a.zip")
    assert [item.source for item in items] == [
        "a.zip#2021/one.txt",
        "a.zip#two.jsonl#1",
        "a.zip#three.pdf",
        "a.zip#broken.pdf",
    ]
    assert isinstance(items[-1], Failure)
    ids = [item.id for item in items if isinstance(item, RawArticle)]
    assert len(set(ids)) == 3


def test_paths_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    """Nothing is written to disk, whatever they are called."""
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.zip").write_bytes(_zip({"../../out.txt": TEXT.encode(), "/etc/x.txt": b"words"}))
    assert len(_read(inside / "a.zip")) == 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By how much each file and all of them would be; also where the sizes are a lie."""
    (tmp_path / "a.zip").write_bytes(_zip({"a.txt": b"0" * 30_000_000}))
    assert "far more than it is" in _error(tmp_path / "a.zip")
    monkeypatch.setattr(unzip, "MOST_BYTES", 100)
    (tmp_path / "a.zip").write_bytes(_zip({"a.txt": TEXT.encode()}))
    assert "unpacks to more than" in _error(tmp_path / "a.zip")
    monkeypatch.setattr(unzip, "MOST_FILES", 1)
    (tmp_path / "a.zip").write_bytes(_zip({"a.txt": b"x", "b.txt": b"y"}))
    assert "2 files" in _error(tmp_path / "a.zip")


def test_a_damaged_archive_says_so(tmp_path: Path) -> None:
    """As a whole, or one file of it."""
    (tmp_path / "a.zip").write_bytes(b"no zip")
    assert "damaged zip" in _error(tmp_path / "a.zip")
    data = bytearray(_zip({"a.txt": TEXT.encode() * 3}))
    data[45:60] = b"\xff" * 15
    (tmp_path / "a.zip").write_bytes(bytes(data))
    assert "damaged in its zip file" in _error(tmp_path / "a.zip")


def test_new_kinds_are_found_in_folders(tmp_path: Path) -> None:
    """And refused above a size that no such file has."""
    for name in ("a.pdf", "b.docx", "c.csv", "d.xlsx", "e.zip", "f.png"):
        (tmp_path / name).write_bytes(b"x")
    assert [item.source for item in walk(tmp_path)] == [
        "a.pdf",
        "b.docx",
        "c.csv",
        "d.xlsx",
        "e.zip",
    ]
    assert documents(tmp_path / "a.pdf", tmp_path)


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is told."""
    monkeypatch.setattr(formats, "MAX_FILE_BYTES", 10)
    (tmp_path / "a.pdf").write_bytes(b"x" * 11)
    assert "limit 10" in _error(tmp_path / "a.pdf")
