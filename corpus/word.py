"""Read an article, or an export of several, from a Word document (markitdown)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from markitdown import MarkItDown, MarkItDownException

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.exports import parts_of
from corpus.failure import Failure
from corpus.fields import article_of
from corpus.formats import articles_of, plain_markdown
from corpus.unzip import check_sizes

_BODY = "word/document.xml"
_STYLES = "br[type='page'] => hr"
"""Page breaks become rules: an export begins each article on a page of its own."""


def read_word(data: bytes, source: str, stem: str) -> Iterator[RawArticle | Failure]:
    """The article in a `.docx`, or those of an export. Raises `SourceError` where it is damaged or
    holds no text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            check_sizes(packed)
            packed.getinfo(_BODY)
        converted = MarkItDown(enable_plugins=False).convert_stream(
            io.BytesIO(data), file_extension=".docx", style_map=_STYLES
        )
    except (zipfile.BadZipFile, MarkItDownException, KeyError, ValueError) as error:
        raise SourceError("a damaged Word document (%(why)s)", why=type(error).__name__) from error
    text, heading = plain_markdown(converted.markdown)
    if parts := parts_of(text):
        yield from articles_of(parts, source, stem)
    else:
        yield article_of(source, text, {"title": heading})
