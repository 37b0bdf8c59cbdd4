"""Read an article from a Word document (markitdown)."""

from __future__ import annotations

import io
import zipfile

from markitdown import MarkItDown, MarkItDownException

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.fields import article_of
from corpus.formats import plain_markdown
from corpus.unzip import check_sizes

_BODY = "word/document.xml"


def read_word(data: bytes, source: str) -> RawArticle:
    """The article in a `.docx`. Raises `SourceError` where it is damaged or holds no text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            check_sizes(parts)
            parts.getinfo(_BODY)
        converted = MarkItDown(enable_plugins=False).convert_stream(
            io.BytesIO(data), file_extension=".docx"
        )
    except (zipfile.BadZipFile, MarkItDownException, KeyError, ValueError) as error:
        raise SourceError(f"a damaged Word document ({type(error).__name__})") from error
    text, heading = plain_markdown(converted.markdown)
    return article_of(source, text, {"title": heading})
