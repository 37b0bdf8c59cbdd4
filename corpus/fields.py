"""Given fields of an article, and text from bytes: what is accepted, and what is refused."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from corpus.article import RawArticle
from corpus.errors import SourceError

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_FIELDS = ("id", "title", "outlet", "url", "language")


def article_of(source: str, text: str, fields: dict[str, Any]) -> RawArticle:
    """An article with the fields that its source gives. Raises `SourceError` for what is none."""
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
            raise SourceError(
                '"%(field)s" must be a text, not %(kind)s', field=name, kind=type(value).__name__
            )
        words[name] = str(value).strip() or None if value is not None else None
    if words["language"]:
        words["language"] = words["language"].lower().partition("-")[0]
        if not re.fullmatch(r"[a-z]{2}", words["language"]):
            raise SourceError(
                '"language" is not an ISO 639-1 code: “%(code)s”', code=words["language"][:20]
            )
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
        raise SourceError(
            '"published" is not an ISO date: “%(value)s”', value=str(value)[:40]
        ) from error


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
            "not UTF-8 (byte 0x%(byte)s at %(place)s); convert it, for example with iconv -t UTF-8",
            byte=f"{data[min(error.start, len(data) - 1)]:02x}",
            place=f"{error.start:,}",
        ) from error
    if len(_CONTROL.findall(text)) > max(4, len(text) // 100):
        raise SourceError("a binary file, not text")
    return text
