"""Read articles from files, folders and JSON Lines. One bad source never stops the others."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from corpus.article import RawArticle
from corpus.errors import SourceError

MAX_ARTICLE_BYTES = 2_000_000
"""Far above the longest press article; what is larger is a mistake (a dump, a book, a log)."""

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".jsonl"})
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_FIELDS = ("id", "title", "outlet", "url", "language")


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not taken, and why."""

    source: str
    error: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file as found: what is needed to see whether it changed, before it is parsed."""

    path: Path
    source: str
    stem: str


@dataclass(frozen=True, slots=True)
class Given:
    """Articles that were read elsewhere, such as from the web, each with an id of its own."""

    source: str
    stem: str
    articles: tuple[RawArticle | Failure, ...]


def walk(folder: Path) -> list[Document | Failure]:
    """All readable article files below `folder`, in name order; unreadable folders are failures.

    Raises `SourceError` where the folder itself is missing or cannot be read.
    """
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise SourceError(f"{folder}: cannot read this folder ({error.strerror})") from error
    found: list[Document | Failure] = []

    def refused(error: OSError) -> None:
        name = Path(str(error.filename))
        known = name.relative_to(folder) if name.is_relative_to(folder) else name
        found.append(Failure(known.as_posix(), f"cannot read this folder ({error.strerror})"))

    for top, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(top, name)
            if path.suffix.lower() not in SUFFIXES or name.startswith("."):
                continue
            if path.exists() and not path.is_file():
                source = path.relative_to(folder).as_posix()
                found.append(Failure(source, "not a file that can be read to its end"))
            else:
                relative = path.relative_to(folder)
                found.append(
                    Document(path, relative.as_posix(), relative.with_suffix("").as_posix())
                )
    return found


def documents(source: Path, corpus_dir: Path) -> list[Document | Failure]:
    """The files that `source` (a file or a folder) stands for.

    What lies inside `corpus_dir` is named relative to it, as the scan of that folder names it;
    the rest by absolute path. Raises `SourceError` where `source` does not exist or is of a kind
    that is not read.
    """
    if re.match(r"https?:/", str(source)):
        raise SourceError(f"{source}: an address, not a file")
    path = _absolute(source)
    if path.is_dir():
        return [
            Document(item.path, _name(item.path, corpus_dir), item.stem)
            if isinstance(item, Document)
            else item
            for item in walk(path)
        ]
    if not path.exists():
        raise SourceError(f"{source}: no such file or folder")
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        kinds = ", ".join(sorted(SUFFIXES))
        raise SourceError(f"{source}: not a kind of file that is read here ({kinds})")
    return [Document(path, _name(path, corpus_dir), path.stem)]


def _absolute(path: Path) -> Path:
    """Absolute without following links: a linked folder keeps the names it is known by."""
    return Path(os.path.normpath(path.absolute()))


def _name(path: Path, corpus_dir: Path) -> str:
    folder = _absolute(corpus_dir)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def read(document: Document | Given) -> Iterator[RawArticle | Failure]:
    """The articles of one source. What cannot be read comes as a `Failure` in its place."""
    if isinstance(document, Given):
        yield from document.articles
        return
    try:
        if document.path.suffix.lower() == ".jsonl":
            yield from _read_lines(document)
        else:
            yield _read_file(document)
    except SourceError as error:
        yield Failure(document.source, str(error))
    except OSError as error:
        yield Failure(document.source, f"cannot be read ({error.strerror})")


def _read_file(document: Document) -> RawArticle:
    size = document.path.stat().st_size
    if size > MAX_ARTICLE_BYTES:
        raise SourceError(
            f"larger than one article may be ({size:,} bytes, limit {MAX_ARTICLE_BYTES:,})"
        )
    data = document.path.read_bytes()
    suffix = document.path.suffix.lower()
    if suffix in {".html", ".htm"}:
        from corpus.pages import read_page  # noqa: PLC0415 - trafilatura takes a second to import

        return read_page(data, document.source)
    text = decode(data)
    fields: dict[str, Any] = {}
    if suffix == ".md":
        text, fields = _front_matter(text)
        text, heading = _plain_markdown(text)
        fields.setdefault("title", heading)
    return _article(document.source, text, fields)


def _read_lines(document: Document) -> Iterator[RawArticle | Failure]:
    with document.path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            source = f"{document.source}#{number}"
            try:
                if len(line) > MAX_ARTICLE_BYTES:
                    raise SourceError(
                        f"line {number} is larger than one article may be "
                        f"({len(line):,} bytes, limit {MAX_ARTICLE_BYTES:,})"
                    )
                yield _article_from_json(document, number, decode(line))
            except SourceError as error:
                yield Failure(source, str(error))


def _article_from_json(document: Document, number: int, line: str) -> RawArticle:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"line {number} is not JSON ({error})") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise SourceError(f'line {number} is not an object with a "text"')
    text = fields.pop("text")
    if not fields.get("id"):
        # The content names it, so that a line that moves in the file stays the same article.
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        fields["id"] = f"{document.stem}-{digest}"
    return _article(f"{document.source}#{number}", text, fields)


def _article(source: str, text: str, fields: dict[str, Any]) -> RawArticle:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError("holds half of a character (a lone surrogate)") from error
    if not text.strip():
        raise SourceError("holds no text")
    words = {}
    for name in _FIELDS:
        value = fields.get(name)
        known = (str, int) if name == "id" else (str,)
        if value is not None and not isinstance(value, known):
            raise SourceError(f'"{name}" must be a text, not {type(value).__name__}')
        words[name] = str(value).strip() or None if value is not None else None
    if words["language"]:
        words["language"] = words["language"].lower().partition("-")[0]
        if not re.fullmatch(r"[a-z]{2}", words["language"]):
            raise SourceError(f'"language" is not an ISO 639-1 code: {words["language"][:20]!r}')
    return RawArticle(
        source=source, text=text, published=parse_day(fields.get("published")), **words
    )


def parse_day(value: object) -> dt.date | None:
    """The day of an ISO date or instant; None where nothing is given.

    Raises `SourceError` for what is neither: a publication date that is guessed at would
    date every event of the article wrongly.
    """
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        raise SourceError(f'"published" is not an ISO date: {str(value)[:40]!r}') from error


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes (or UTF-16 with its mark).

    Raises `SourceError` for anything else, naming the first byte that is wrong: words decoded
    by a guess could not be quoted as anybody's own.
    """
    if not data.strip():
        raise SourceError("empty")
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            raise SourceError("a binary file, not text") from error
        raise SourceError(
            f"not UTF-8 (byte 0x{data[min(error.start, len(data) - 1)]:02x} at {error.start:,}); "
            "convert it, for example with iconv -t UTF-8"
        ) from error
    if len(_CONTROL.findall(text)) > max(4, len(text) // 100):
        raise SourceError("a binary file, not text")
    return text


def _front_matter(text: str) -> tuple[str, dict[str, Any]]:
    match = _FRONT_MATTER.match(text.replace("\r\n", "\n"))
    if not match:
        return text, {}
    try:
        fields = yaml.safe_load(match.group(1))
    except yaml.YAMLError as error:
        raise SourceError("the front matter is not YAML") from error
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        raise SourceError("the front matter is not a list of fields")
    return text.replace("\r\n", "\n")[match.end() :], fields


def _plain_markdown(text: str) -> tuple[str, str | None]:
    """Take the marks away, keep the words; the first heading is the title."""
    heading = re.search(r"^#{1,2}\s+(.+?)\s*#*\s*$", text, re.MULTILINE)
    text = re.sub(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)", "", text)
    text = re.sub(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)", r"\1", text)
    text = re.sub(r"^(?:#{1,6}|>)\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1", r"\2", text)
    return text, heading.group(1) if heading else None
