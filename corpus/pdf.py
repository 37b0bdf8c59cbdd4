"""Read an article, or an export of several, from a PDF (pypdf): its text in paragraphs again,
without what pages repeat."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pypdf
from pypdf.errors import PyPdfError

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.exports import parts_of
from corpus.failure import Failure
from corpus.fields import article_of
from corpus.formats import articles_of

MOST_PAGES = 200

_REPEATED = 0.5
"""A first or last line that this share of the pages has, numbers aside, belongs to the page."""

_PAGES = 3  # from which pages can repeat anything
_EDGE = 2  # lines at the top and at the bottom of a page that may be the page's
_FULL = 0.7
"""A line this long beside the long lines of its page goes on in the next one."""

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad]$")
_END = re.compile(r"[.!?:…][\"'”»)\]]*$")


def read_pdf(data: bytes, source: str, stem: str) -> Iterator[RawArticle | Failure]:
    """The article in a PDF, or those of an export.

    Raises `SourceError` for one damaged, locked, too long, or a scan.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("is locked with a password")
        if len(reader.pages) > MOST_PAGES:
            raise SourceError(
                "has %(pages)d pages, more than %(most)d", pages=len(reader.pages), most=MOST_PAGES
            )
        pages = [page.extract_text().splitlines() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise SourceError("a damaged PDF (%(why)s)", why=type(error).__name__) from error
    # Before anything that pages repeat is taken off: "Document 3 of 25" stands on many.
    if parts := parts_of("\f".join("\n".join(page) for page in pages)):
        joined = [replace(part, text=_joined([part.text.splitlines()])) for part in parts]
        yield from articles_of(joined, source, stem)
        return
    text = _joined(_without_repeated(pages))
    if not text.strip():
        raise SourceError("a PDF without text, perhaps a scan; recognise its text first")
    yield article_of(source, text, {})


def _joined(pages: list[list[str]]) -> str:
    return "\n".join(_paragraphs(pages))


def _without_repeated(pages: list[list[str]]) -> list[list[str]]:
    """The lines of each page but for running heads and feet, and page numbers."""
    stripped = [[line.strip() for line in page if line.strip()] for page in pages]
    if len(stripped) < _PAGES:
        return stripped
    counts = Counter(
        key for page in stripped for key in {_key(line) for line in (*page[:_EDGE], *page[-_EDGE:])}
    )
    repeated = {key for key, count in counts.items() if count >= _REPEATED * len(stripped)}
    return [
        [
            line
            for number, line in enumerate(page)
            if not (_key(line) in repeated and (number < _EDGE or number >= len(page) - _EDGE))
        ]
        for page in stripped
    ]


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _paragraphs(pages: list[list[str]]) -> list[str]:
    """The lines joined where one only ends because the page is no wider."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    width = sorted(map(len, lines))[int(0.8 * (len(lines) - 1))]
    paragraphs = [lines[0]]
    for before, line in pairwise(lines):
        last = paragraphs[-1]
        goes_on = line[:1].islower() or (len(before) >= _FULL * width and not _END.search(before))
        if _HYPHEN.search(last) and line[:1].islower():
            paragraphs[-1] = last[:-1] + line
        elif goes_on or (len(before) >= 0.9 * width and not line[:1].isdigit()):
            paragraphs[-1] = f"{last} {line}"
        else:
            paragraphs.append(line)
    return paragraphs
