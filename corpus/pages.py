"""Read a web page: its main text and what its markup states about it (trafilatura, htmldate)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import trafilatura
from htmldate import find_date
from lxml import etree, html

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.exports import parts_of, parts_with_heads
from corpus.failure import Failure
from corpus.fields import decode, parse_day
from corpus.formats import articles_of, check_article

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,20})", re.IGNORECASE)
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "td", "th", "ul"),
}
_UNREAD = ("script", "style", "head", "template", "noscript")
_RULE = "-----"
_SENT = re.compile(r"charset=[\"']?([\w-]{2,20})", re.IGNORECASE)


def read_pages(data: bytes, source: str, stem: str) -> Iterator[RawArticle | Failure]:
    """The article of a page in a file, or those of an export that is one page.

    Raises `SourceError` as `read_page` does, and for several articles that nothing divides.
    """
    if parts := parts_with_heads(_lines(_decode_page(data, None))):
        yield from articles_of(parts, source, stem)
        return
    check_article(data)
    page = read_page(data, source)
    if parts := parts_of(page.text):
        yield from articles_of(parts, source, stem)
    else:
        yield page


def _lines(page: str) -> str:
    """The words of a page, a line for each block of them."""
    try:
        root = html.document_fromstring(
            page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    lines = [""]
    for act, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _BLOCKS:
            lines.append(_RULE if tag == "hr" else "")
        words = node.text if act == "start" and tag else node.tail if act == "end" else None
        if words:
            lines[-1] += " ".join(words.replace("\n", " ").split(" "))
    return "\n".join(lines)


def read_page(data: bytes, source: str, content_type: str | None = None) -> RawArticle:
    """The article on an HTML page, sent as `content_type` where it came from a server.

    Only dates that stand in the page's own markup count as its publication date.
    Raises `SourceError` where the page holds no article text.
    """
    markup = _decode_page(data, content_type)
    # Extraction is trafilatura's; our own cleaning follows for what it leaves.
    page = trafilatura.bare_extraction(
        markup, include_comments=False, include_tables=False, with_metadata=True
    )
    text = page.text if page is not None and not isinstance(page, dict) else None
    if page is None or isinstance(page, dict) or not text:
        raise SourceError("holds no article text")
    published = find_date(markup, extensive_search=False, original_date=True)
    title = page.title
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return RawArticle(
        source=source,
        text=text,
        title=title,
        url=page.url,
        published=parse_day(published),
        language=_language(markup),
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
                "declares the encoding %(encoding)s and is not in it", encoding=declared[0][:20]
            ) from error
        raise


def _language(page: str) -> str | None:
    match = re.search(r"<html[^>]{0,500}\blang=[\"']?([a-zA-Z]{2})\b", page)
    return match.group(1).lower() if match else None
