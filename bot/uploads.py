"""Documents that admins send: read, shown and corrected first, then taken in or dropped."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import shutil
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bot.upload_corrections import NAME, add_correction, read_corrections
from corpus import columns
from corpus.analysis import analyse
from corpus.article import Article, RawArticle
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.formats import SUFFIXES, TABLES
from corpus.ingest import Report
from corpus.overrides import Correction, Field, overrides
from corpus.sentences import sentence
from corpus.sources import Given, documents, read
from retrieval.corrected import take_in, withdraw
from retrieval.engine import Engine

KEPT = dt.timedelta(days=1)
"""How long a document waits to be taken in or dropped."""

FOLDER = "uploads"
COLUMNS = "columns"
"""The file beside a document with the columns that were stated with it. As with corrections, no
document has this name: those that are read have a suffix."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that waits: its token, its name, and what was understood of it; of each article,
    by its id, the fields that people `corrected`."""

    token: str
    name: str
    articles: tuple[Article, ...]
    failed: tuple[Failure, ...]
    corrected: Mapping[str, tuple[Field, ...]]

    def article(self, article_id: str) -> Article | None:
        """The article of that id."""
        return next((each for each in self.articles if each.id == article_id), None)


class Uploads:
    """The documents that wait, in the data folder of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rows = engine.catalogue.engine
        self._folder = engine.data_dir / FOLDER
        self._found: dict[str, list[Article | Failure]] = {}
        """What the documents hold, by token: read once while this process lives."""
        self._correcting = threading.Lock()

    def keep(self, name: str, content: bytes, remark: str = "", *, now: dt.datetime) -> Upload:
        """Keep a document for a while, and read it. A `remark` may state the columns of a table,
        which hold for documents of that name once it is taken in.

        Raises `SourceError` for a kind that is not read, for one that holds nothing that is, and
        for columns that mean nothing.
        """
        plain = PurePosixPath(name.replace("\\", "/")).name or "document"
        if PurePosixPath(plain).suffix.lower() not in SUFFIXES:
            kinds = ", ".join(sorted(SUFFIXES))
            raise SourceError(
                "%(source)s: not a kind of file that is read here (%(kinds)s)",
                source=plain,
                kinds=kinds,
            )
        is_table = PurePosixPath(plain).suffix.lower() in TABLES
        chosen = columns.parsed(remark) if is_table and columns.states(remark) else None
        self._forget_old(now)
        token = secrets.token_hex(8)
        folder = self._folder / token
        folder.mkdir(parents=True)
        (folder / plain).write_bytes(content)
        if chosen is not None:
            (folder / COLUMNS).write_text(json.dumps(chosen), "utf-8")
        self._found[token] = _analysed(self._raw(token))
        upload = self.get(token)
        if not upload.articles:
            self._forget(token)
            why = upload.failed[0].error if upload.failed else sentence("holds no article")
            raise SourceError("%(source)s: %(why)s", source=plain, why=why)
        return upload

    def get(self, token: str) -> Upload:
        """A document as it would be taken in now. Raises `SourceError` where it no longer waits."""
        name = self._path(token).name
        found = self._found.get(token)
        if found is None:
            found = self._found[token] = _analysed(self._raw(token))
        # Corrections of before count: the document may have been taken in once.
        known = overrides(self._rows).with_these(self._corrections(token))
        articles = [known.applied(each) for each in found if isinstance(each, Article)]
        return Upload(
            token,
            name,
            tuple(articles),
            tuple(each for each in found if isinstance(each, Failure)),
            {each.id: known.fields_of(each.id) for each in articles},
        )

    def correct(self, token: str, correction: Correction) -> Upload:
        """Keep a correction of an article until the document is taken in. Raises `SourceError`
        where it no longer waits or has no such article."""
        with self._correcting:
            if self.get(token).article(correction.article) is None:
                raise SourceError(
                    "there is no article “%(article)s” in this document", article=correction.article
                )
            add_correction(self._folder / token, correction)
        return self.get(token)

    def take(self, token: str, *, now: dt.datetime, made_by: str) -> Report:
        """Take a document in as it was corrected. Raises `SourceError` where it no longer waits,
        and as an ingest."""
        with self._correcting:  # a correction that comes meanwhile must not be thought kept
            raws = tuple(self._raw(token))
            name = self._path(token).name
            given = Given(f"{FOLDER}/{name}", PurePosixPath(name).stem, raws)
            corrections = self._corrections(token)
            report = take_in(self._engine, [given], corrections, now=now, made_by=made_by)
            chosen = self._chosen(token)
            if chosen is not None:
                columns.state(self._rows, given.source, chosen, set_by=made_by, now=now)
            self._forget(token)
        return report

    def drop(self, token: str, now: dt.datetime) -> None:
        """Forget a document, and what an unfinished `take` left of its corrections."""
        corrections = self._corrections(_checked(token))
        if corrections:
            withdraw(self._engine, corrections, now=now)
        self._forget(token)

    def _forget(self, token: str) -> None:
        shutil.rmtree(self._folder / token, ignore_errors=True)
        self._found.pop(token, None)

    def _corrections(self, token: str) -> tuple[Correction, ...]:
        return read_corrections(self._folder / token)

    def _chosen(self, token: str) -> Mapping[str, str] | None:
        """The columns that were stated with a document."""
        path = self._folder / token / COLUMNS
        if not path.exists():
            return None
        chosen: dict[str, str] = json.loads(path.read_text("utf-8"))
        return chosen

    def _raw(self, token: str) -> list[RawArticle | Failure]:
        """The articles of a document, each named by it and not by where it lies here; their ids
        by its content, so that no other document's article is taken for one of them."""
        path = self._path(token)
        chosen = self._chosen(token)
        if chosen is None:
            chosen = columns.columns_of(f"{FOLDER}/{path.name}", columns.stated(self._rows))
        own = f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
        found: list[RawArticle | Failure] = []
        for document in documents(path, self._engine.corpus_dir):
            if isinstance(document, Failure):
                found.append(replace(document, source=f"{FOLDER}/{path.name}"))
                continue
            for raw in read(document, chosen):
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
        inside = folder.iterdir() if folder.is_dir() else ()
        path = next((each for each in inside if each.name not in (NAME, COLUMNS)), None)
        if path is None:
            raise SourceError("this document no longer waits; please send it again")
        return path

    def _forget_old(self, now: dt.datetime) -> None:
        limit = (now - KEPT).timestamp()
        for folder in self._folder.glob("*"):
            if folder.stat().st_mtime >= limit:
                continue
            if folder.is_dir() and folder.name.isalnum():
                self.drop(folder.name, now)
            elif folder.is_file():  # half a file of corrections
                folder.unlink(missing_ok=True)


def _checked(token: str) -> str:
    if not (token.isascii() and token.isalnum()):
        raise SourceError("this document no longer waits; please send it again")
    return token


def _analysed(raws: Iterable[RawArticle | Failure]) -> list[Article | Failure]:
    found: list[Article | Failure] = []
    for raw in raws:
        try:
            found.append(raw if isinstance(raw, Failure) else analyse(raw, raw.id or raw.source))
        except SourceError as error:
            found.append(Failure(raw.source, str(error)))
    return found
