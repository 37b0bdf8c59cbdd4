"""Read a web page: its main text and what its markup states about it (trafilatura, htmldate)."""

from __future__ import annotations

import re

import trafilatura
from htmldate import find_date

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.fields import decode, parse_day

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,20})", re.IGNORECASE)
_SENT = re.compile(r"charset=[\"']?([\w-]{2,20})", re.IGNORECASE)


def read_page(data: bytes, source: str, content_type: str | None = None) -> RawArticle:
    """The article on an HTML page, sent as `content_type` where it came from a server.

    Only dates that stand in the page's own markup count as its publication date.
    Raises `SourceError` where the page holds no article text.
    """
    html = _decode_page(data, content_type)
    # Extraction is trafilatura's; our own cleaning follows for what it leaves.
    page = trafilatura.bare_extraction(
        html, include_comments=False, include_tables=False, with_metadata=True
    )
    text = page.text if page is not None and not isinstance(page, dict) else None
    if page is None or isinstance(page, dict) or not text:
        raise SourceError("holds no article text")
    published = find_date(html, extensive_search=False, original_date=True)
    title = page.title
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return RawArticle(
        source=source,
        text=text,
        title=title,
        url=page.url,
        published=parse_day(published),
        language=_language(html),
    )


def _decode_page(data: bytes, content_type: str | None) -> str:
    """UTF-8 where the bytes are, whatever is declared: others hardly ever are by chance."""
    try:
        return decode(data)
    except SourceError as error:
        sent = _SENT.search(content_type or "")
        written = _CHARSET.search(data[:4096])
        declared = [sent.group(1)] if sent else []
        declared += [written.group(1).decode("ascii")] if written else []
        for name in declared:
            try:
                text = data.decode(name)
            except (LookupError, UnicodeDecodeError):
                continue
            if text.strip():
                return text
        if declared:
            raise SourceError(
                f"declares the encoding {declared[0][:20]} and is not in it"
            ) from error
        raise


def _language(html: str) -> str | None:
    match = re.search(r"<html[^>]{0,500}\blang=[\"']?([a-zA-Z]{2})\b", html)
    return match.group(1).lower() if match else None
