"""Read the articles in a zip file, each by its own kind."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.formats import NOTHING_STATED, SUFFIXES, id_of, limit_of, read_bytes
from corpus.sentences import sentence
from corpus.unzip import check_sizes


def read_archive(
    data: bytes, source: str, stem: str, stated: Mapping[str, str] = NOTHING_STATED
) -> Iterator[RawArticle | Failure]:
    """The articles in a zip file, named by their paths in it. Nothing is written to disk. `stated`
    are the columns of the tables in it.

    Raises `SourceError` where the archive cannot be read or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise SourceError("a damaged zip file") from error
    with archive:
        check_sizes(archive)
        for info in archive.infolist():
            path = PurePosixPath(info.filename)
            named = [part for part in path.parts if part != ".."]
            hidden = any(part.startswith((".", "__MACOSX")) for part in named)
            suffix = path.suffix.lower()
            if info.is_dir() or hidden or suffix not in SUFFIXES - {".zip"}:
                continue
            name = f"{source}#{info.filename}"
            try:
                with archive.open(info) as file:
                    member = file.read(limit_of(suffix) + 1)
                for found in read_bytes(member, suffix, name, f"{stem}/{path.stem}", stated):
                    yield _with_id(found, stem)
            except SourceError as error:
                yield Failure(name, str(error))
            except (
                zipfile.BadZipFile,
                zlib.error,
                NotImplementedError,
                OSError,
                EOFError,
            ) as error:
                yield Failure(
                    name, sentence("damaged in its zip file (%(why)s)", why=type(error).__name__)
                )


def _with_id(found: RawArticle | Failure, stem: str) -> RawArticle | Failure:
    """An article of an archive with an id of its own."""
    if isinstance(found, Failure) or found.id:
        return found
    return replace(found, id=id_of(stem, found.text))
