"""Read the articles out of a file's bytes, by the kind of file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import yaml

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.exports import Part, parts_of
from corpus.failure import Failure
from corpus.fields import article_of, decode
from corpus.sentences import sentence
from corpus.written_days import day_first, written_day

MAX_ARTICLE_BYTES = 2_000_000
"""Far above the longest press article; what is larger is a mistake (a dump, a book, a log)."""

MAX_FILE_BYTES = 50_000_000
"""Of files that hold pictures, layout or many articles."""

PLAIN = frozenset({".txt", ".md", ".html", ".htm"})
LARGE = frozenset({".pdf", ".docx", ".csv", ".xlsx", ".zip"})
LINES = ".jsonl"
SUFFIXES = PLAIN | LARGE | {LINES}
TABLES = frozenset({".csv", ".xlsx", ".zip", LINES})
"""Kinds with columns, or keys, that may be stated."""

NOTHING_STATED: Mapping[str, str] = MappingProxyType({})

_MOST_NAMES = 200
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


def limit_of(suffix: str) -> int:
    """The bytes that a file of that kind may have."""
    return MAX_ARTICLE_BYTES if suffix == LINES else MAX_FILE_BYTES


def check_article(data: bytes) -> None:
    """Raise `SourceError` where a file of one article is larger than an article may be."""
    if len(data) > MAX_ARTICLE_BYTES:
        raise SourceError(
            "larger than one article may be (%(bytes)s bytes, limit %(most)s)",
            bytes=f"{len(data):,}",
            most=f"{MAX_ARTICLE_BYTES:,}",
        )


def read_bytes(
    data: bytes, suffix: str, source: str, stem: str, stated: Mapping[str, str] = NOTHING_STATED
) -> Iterator[RawArticle | Failure]:
    """The articles of a file. What cannot be read comes as a `Failure` in its place. `stated` are
    the columns of tables by the field that they give, where somebody said so.

    Raises `SourceError` where the file as a whole cannot be.
    """
    if len(data) > limit_of(suffix):
        raise SourceError(
            "larger than one file may be (%(bytes)s bytes, limit %(most)s)",
            bytes=f"{len(data):,}",
            most=f"{limit_of(suffix):,}",
        )
    # The libraries for these take long to import, and few corpora need them all.
    match suffix:
        case ".html" | ".htm":
            from corpus.pages import read_pages  # noqa: PLC0415

            yield from read_pages(data, source, stem)
        case ".pdf":
            from corpus.pdf import read_pdf  # noqa: PLC0415

            yield from read_pdf(data, source, stem)
        case ".docx":
            from corpus.word import read_word  # noqa: PLC0415

            yield from read_word(data, source, stem)
        case ".csv" | ".xlsx":
            from corpus.sheets import read_sheet  # noqa: PLC0415

            yield from read_sheet(data, suffix, source, stem, stated)
        case ".zip":
            from corpus.archives import read_archive  # noqa: PLC0415

            yield from read_archive(data, source, stem, stated)
        case ".jsonl":
            yield from read_lines(data.splitlines(), source, stem, stated)
        case _:
            yield from _read_text(data, suffix, source, stem)


def _read_text(data: bytes, suffix: str, source: str, stem: str) -> Iterator[RawArticle | Failure]:
    text = decode(data)
    fields: dict[str, Any] = {}
    plain = plain_markdown(text)[0] if suffix == ".md" else text
    if parts := parts_of(plain):
        yield from articles_of(parts, source, stem)
        return
    check_article(data)
    if suffix == ".md":
        text, fields = _front_matter(text)
        text, heading = plain_markdown(text)
        fields.setdefault("title", heading)
    yield article_of(source, text, fields)


def articles_of(parts: Sequence[Part], source: str, stem: str) -> Iterator[RawArticle | Failure]:
    """The articles of a file that holds several. One that cannot be read stops no other."""
    first = day_first([part.published for part in parts])
    for number, part in enumerate(parts, start=1):
        name = f"{source}#{number}"
        try:
            check_article(part.text.encode("utf-8", "replace"))
            published = written_day(part.published, first)
            fields = {"title": part.title, "outlet": part.outlet, "url": part.url}
            told = "\n".join(filter(None, (part.title, str(published or ""), part.text)))
            given = {**fields, "published": published, "id": id_of(stem, told)}
            yield article_of(name, part.text, given)
        except SourceError as error:
            yield Failure(
                name,
                sentence(
                    "article %(number)d of %(all)d: %(why)s",
                    number=number,
                    all=len(parts),
                    why=error,
                ),
            )


def read_lines(
    lines: Iterable[bytes], name: str, stem: str, stated: Mapping[str, str] = NOTHING_STATED
) -> Iterator[RawArticle | Failure]:
    """The articles of JSON Lines, each of which stands for itself. `stated` are keys by field."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        source = f"{name}#{number}"
        try:
            if len(line) > MAX_ARTICLE_BYTES:
                raise SourceError(
                    "line %(line)d is larger than one article may be (%(bytes)s bytes, limit "
                    "%(most)s)",
                    line=number,
                    bytes=f"{len(line):,}",
                    most=f"{MAX_ARTICLE_BYTES:,}",
                )
            yield _article_from_json(name, stem, number, decode(line), stated)
        except SourceError as error:
            yield Failure(source, str(error))


def _article_from_json(
    name: str, stem: str, number: int, line: str, stated: Mapping[str, str]
) -> RawArticle:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError("line %(line)d is not JSON (%(why)s)", line=number, why=error) from error
    if not isinstance(fields, dict):
        raise SourceError('line %(line)d is not an object with a "text"', line=number)
    for field, key in stated.items():
        if key and key not in fields:
            raise SourceError(
                'line %(line)d lacks the column “%(column)s”, stated for "%(field)s" (found: '
                "%(found)s)",
                line=number,
                column=key,
                field=field,
                found=shown(list(fields)),
            )
    given = {field: fields[key] for field, key in stated.items() if key}
    fields = {**{key: fields[key] for key in fields if key not in stated}, **given}
    if not isinstance(fields.get("text"), str):
        raise SourceError(
            'line %(line)d is not an object with a "text" (found: %(found)s); state what it is '
            "called, such as text=Body: with attache sources add FILE --columns, or as the caption "
            "of the file sent in Telegram",
            line=number,
            found=shown(list(fields)),
        )
    text = fields.pop("text")
    if not fields.get("id"):
        fields["id"] = id_of(stem, text)
    return article_of(f"{name}#{number}", text, fields)


def shown(names: Sequence[str]) -> str:
    """The names of columns, as far as a line holds them."""
    listed = ", ".join(names)
    return listed if len(listed) <= _MOST_NAMES else f"{listed[:_MOST_NAMES]} …"


def id_of(stem: str, text: str) -> str:
    """The id of one article of many in a file: named by its content, so that one that moves in the
    file stays the same article."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{stem}-{digest}"


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


def plain_markdown(text: str) -> tuple[str, str | None]:
    """The words of Markdown without its marks, and the first heading, which is the title."""
    heading = re.search(r"^#{1,2}\s+(.+?)\s*#*\s*$", text, re.MULTILINE)
    text = re.sub(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)", "", text)
    text = re.sub(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)", r"\1", text)
    text = re.sub(r"^(?:#{1,6}|>)\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1", r"\2", text)
    return text, heading.group(1) if heading else None
