"""Documents that admins send: read and shown first, then taken in or dropped."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import shutil
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from corpus.analysis import analyse
from corpus.article import Article, RawArticle
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.formats import SUFFIXES
from corpus.ingest import Report
from corpus.sources import Given, documents, read
from retrieval.engine import Engine

KEPT = dt.timedelta(days=1)
"""How long a document waits to be taken in or dropped."""

FOLDER = "uploads"


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that waits: its token, its name, and what was understood of it."""

    token: str
    name: str
    articles: tuple[Article, ...]
    failed: tuple[Failure, ...]


class Uploads:
    """The documents that wait, in the data folder of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._folder = engine.data_dir / FOLDER

    def keep(self, name: str, content: bytes, now: dt.datetime) -> Upload:
        """Keep a document for a while, and read it. Raises `SourceError` for a kind that is not
        read, and for one that holds nothing that is."""
        plain = PurePosixPath(name.replace("\\", "/")).name or "document"
        if PurePosixPath(plain).suffix.lower() not in SUFFIXES:
            kinds = ", ".join(sorted(SUFFIXES))
            raise SourceError(f"{plain}: not a kind of file that is read here ({kinds})")
        self._forget_old(now)
        token = secrets.token_hex(8)
        folder = self._folder / token
        folder.mkdir(parents=True)
        (folder / plain).write_bytes(content)
        found = [
            each if isinstance(each, Failure) else _analysed(each) for each in self._raw(token)
        ]
        articles = [each for each in found if isinstance(each, Article)]
        failed = [each for each in found if isinstance(each, Failure)]
        if not articles:
            self.drop(token)
            raise SourceError(f"{plain}: {failed[0].error if failed else 'holds no article'}")
        return Upload(token, plain, tuple(articles), tuple(failed))

    def take(self, token: str, *, now: dt.datetime, made_by: str) -> Report:
        """Take a document in. Raises `SourceError` where it no longer waits, and as an ingest."""
        raws = tuple(self._raw(token))
        name = self._path(token).name
        given = Given(f"{FOLDER}/{name}", PurePosixPath(name).stem, raws)
        report = self._engine.ingest([given], now=now, made_by=made_by, wait=False)
        self.drop(token)
        return report

    def drop(self, token: str) -> None:
        """Forget a document."""
        shutil.rmtree(self._folder / _checked(token), ignore_errors=True)

    def _raw(self, token: str) -> list[RawArticle | Failure]:
        """The articles of a document, each named by it and not by where it lies here; their ids
        by its content, so that no other document's article is taken for one of them."""
        path = self._path(token)
        own = f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
        found: list[RawArticle | Failure] = []
        for document in documents(path, self._engine.corpus_dir):
            if isinstance(document, Failure):
                found.append(replace(document, source=f"{FOLDER}/{path.name}"))
                continue
            for raw in read(document):
                below = raw.source.removeprefix(str(path))
                source = f"{FOLDER}/{path.name}{below}"
                if isinstance(raw, Failure):
                    found.append(replace(raw, source=source))
                else:
                    named = raw.id or (f"{own}-{len(found)}" if found else own)
                    found.append(replace(raw, source=source, id=named))
        return found

    def _path(self, token: str) -> Path:
        folder = self._folder / _checked(token)
        path = next(folder.iterdir(), None) if folder.is_dir() else None
        if path is None:
            raise SourceError("this document no longer waits; please send it again")
        return path

    def _forget_old(self, now: dt.datetime) -> None:
        limit = (now - KEPT).timestamp()
        for folder in self._folder.glob("*"):
            if folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)


def _checked(token: str) -> str:
    if not (token.isascii() and token.isalnum()):
        raise SourceError("this document no longer waits; please send it again")
    return token


def _analysed(raw: RawArticle) -> Article | Failure:
    try:
        return analyse(raw, raw.id or raw.source)
    except SourceError as error:
        return Failure(raw.source, str(error))
