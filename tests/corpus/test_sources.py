"""Reading sources: what is taken, and what is refused with a word that says why."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.formats import MAX_ARTICLE_BYTES
from corpus.sources import Document, documents, read, walk


def _read(path: Path) -> list[RawArticle | Failure]:
    return list(read(Document(path, path.name, path.stem)))


def _article(path: Path) -> RawArticle:
    (item,) = _read(path)
    assert isinstance(item, RawArticle), item
    return item


def _error(path: Path) -> str:
    (item,) = _read(path)
    assert isinstance(item, Failure), item
    return item.error


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"ab\x00\x00\xff\xfe\x00", "binary"),
        ("déclaré à Paris".encode("cp1252"), "not UTF-8 (byte 0xe9 at 1)"),
        ("Hà Nội ".encode() + "déclaré".encode("cp1252"), "not UTF-8"),
        (b"x" * (MAX_ARTICLE_BYTES + 1), "larger than one article may be"),
        (bytes(range(1, 9)) * 50, "binary"),
    ],
)
def test_what_cannot_be_an_article_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, word: str
) -> None:
    """Empty, binary, wrongly encoded and huge files each say what is wrong with them."""
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert word in _error(path)


def test_utf16_with_its_mark_is_read(tmp_path: Path) -> None:
    """A byte order mark names the encoding."""
    path = tmp_path / "a.txt"
    path.write_text("Thứ trưởng Ngoại giao", encoding="utf-16")
    assert _article(path).text == "Thứ trưởng Ngoại giao"


def test_a_vanished_file_is_a_failure_not_an_end(tmp_path: Path) -> None:
    """A file that goes away between listing and reading is named."""
    assert "cannot be read" in _error(tmp_path / "gone.txt")


def test_front_matter_gives_fields(tmp_path: Path) -> None:
    """YAML before a Markdown article wins over what would be inferred."""
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Une visite\noutlet: RFI\npublished: 2022-03-02\n---\n# Autre\n\n"
        "Le ministre **français** est à [Hanoï](http://example.org)."
    )
    article = _article(path)
    assert (article.title, article.outlet, article.published) == (
        "Une visite",
        "RFI",
        dt.date(2022, 3, 2),
    )
    assert article.text.endswith("Le ministre français est à Hanoï.")


def test_broken_front_matter_is_refused(tmp_path: Path) -> None:
    """What cannot be parsed is not guessed at."""
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: [open\n---\ntext")
    assert "front matter" in _error(path)


def test_a_page_gives_its_article_and_its_stated_date(tmp_path: Path) -> None:
    """Navigation goes; the publication date is the markup's."""
    path = tmp_path / "a.html"
    path.write_text(
        '<html lang="fr"><head><meta property="article:published_time" '
        'content="2021-05-04T10:00:00Z"></head><body><nav>Menu principal</nav><article>'
        "<h1>Visite du ministre</h1><p>Le ministre des Affaires étrangères a rencontré à Hanoï "
        "son homologue pour discuter de commerce et de pêche.</p><p>Les deux parties ont signé "
        "un accord. Elles se reverront au mois de juin à Paris.</p></article></body></html>"
    )
    article = _article(path)
    assert article.published == dt.date(2021, 5, 4)
    assert "son homologue" in article.text
    assert "Menu principal" not in article.text


def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each line of JSON Lines stands for itself and fails by number."""
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"id": "x", "text": "Một."}),
        "{broken",
        json.dumps({"text": 5}),
        json.dumps({"text": "deux", "published": "yesterday"}),
        json.dumps({"text": "trois"}),
        '{"text": "\\ud800"}',
    ]
    path.write_text("\n".join(lines))
    items = _read(path)
    assert [type(item).__name__ for item in items] == [
        "RawArticle",
        "Failure",
        "Failure",
        "Failure",
        "RawArticle",
        "Failure",
    ]
    assert [item.source for item in items if isinstance(item, Failure)] == [
        "a.jsonl#2",
        "a.jsonl#3",
        "a.jsonl#4",
        "a.jsonl#6",
    ]


def test_a_line_without_an_id_is_named_by_its_content(tmp_path: Path) -> None:
    """A line that moves in its file stays the same article."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "one"}))
    first = _article(path).id
    path.write_text("\n\n" + json.dumps({"text": "one"}))
    assert _article(path).id == first


def test_a_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    """Files of known kinds, below all folders, by relative name."""
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.md", ".hidden.txt", "c.png", "sub/d.html"):
        (tmp_path / name).write_text("x")
    assert [item.source for item in walk(tmp_path)] == ["a.md", "b.txt", "sub/d.html"]


def test_a_missing_source_is_an_error(tmp_path: Path) -> None:
    """A path that is not there, or of another kind, is named."""
    with pytest.raises(SourceError, match="no such file"):
        documents(tmp_path / "none", tmp_path)
    (tmp_path / "a.png").write_text("x")
    with pytest.raises(SourceError, match="not a kind of file"):
        documents(tmp_path / "a.png", tmp_path)


def test_a_pipe_in_a_folder_is_named_and_not_waited_for(tmp_path: Path) -> None:
    """Only files have an end."""
    os.mkfifo(tmp_path / "a.txt")
    (item,) = walk(tmp_path)
    assert isinstance(item, Failure)


def test_an_address_is_no_file(tmp_path: Path) -> None:
    """It is read by others."""
    with pytest.raises(SourceError, match="an address, not a file"):
        documents(Path("https://example.org/a.html"), tmp_path)


@pytest.mark.parametrize(("field", "value"), [("outlet", 7), ("language", "klingon"), ("url", [])])
def test_a_field_of_the_wrong_kind_is_refused(tmp_path: Path, field: str, value: object) -> None:
    """Given fields win, so they must make sense."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "words", field: value}))
    assert field in _error(path)
