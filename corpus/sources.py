"""Find articles in files and folders. One bad source never stops the others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.formats import LINES, NOTHING_STATED, SUFFIXES, limit_of, read_bytes, read_lines
from corpus.sentences import sentence


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
        raise SourceError(
            "%(source)s: cannot read this folder (%(why)s)", source=folder, why=error.strerror
        ) from error
    found: list[Document | Failure] = []

    def refused(error: OSError) -> None:
        name = Path(str(error.filename))
        known = name.relative_to(folder) if name.is_relative_to(folder) else name
        found.append(
            Failure(
                known.as_posix(),
                sentence("cannot read this folder (%(why)s)", why=error.strerror),
            )
        )

    for top, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(top, name)
            if path.suffix.lower() not in SUFFIXES or name.startswith("."):
                continue
            if path.exists() and not path.is_file():
                source = path.relative_to(folder).as_posix()
                found.append(Failure(source, sentence("not a file that can be read to its end")))
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
        raise SourceError("%(source)s: an address, not a file", source=source)
    path = _absolute(source)
    if path.is_dir():
        return [
            Document(item.path, source_name(item.path, corpus_dir), item.stem)
            if isinstance(item, Document)
            else item
            for item in walk(path)
        ]
    if not path.exists():
        raise SourceError("%(source)s: no such file or folder", source=source)
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        kinds = ", ".join(sorted(SUFFIXES))
        raise SourceError(
            "%(source)s: not a kind of file that is read here (%(kinds)s)",
            source=source,
            kinds=kinds,
        )
    return [Document(path, source_name(path, corpus_dir), path.stem)]


def _absolute(path: Path) -> Path:
    """Absolute without following links: a linked folder keeps the names it is known by."""
    return Path(os.path.normpath(path.absolute()))


def source_name(path: Path, corpus_dir: Path) -> str:
    """What a file or folder is called as a source: by its path in the corpus folder, else whole."""
    path = _absolute(path)
    folder = _absolute(corpus_dir)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def read(
    document: Document | Given, stated: Mapping[str, str] = NOTHING_STATED
) -> Iterator[RawArticle | Failure]:
    """The articles of one source. What cannot be read comes as a `Failure` in its place. `stated`
    are columns by field, for tables."""
    if isinstance(document, Given):
        yield from document.articles
        return
    try:
        suffix = document.path.suffix.lower()
        if suffix == LINES:
            with document.path.open("rb") as lines:  # however many there are
                yield from read_lines(lines, document.source, document.stem, stated)
            return
        with document.path.open("rb") as file:
            data = file.read(limit_of(suffix) + 1)
        yield from read_bytes(data, suffix, document.source, document.stem, stated)
    except SourceError as error:
        yield Failure(document.source, str(error))
    except OSError as error:
        yield Failure(
            document.source, sentence("cannot be read (%(why)s)", why=error.strerror), lasting=False
        )
