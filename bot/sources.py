"""Feeds, sitemaps and pages: add them, try them, take in what is new at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import audit, columns, rights, source_list
from corpus.analysis import analyse
from corpus.article import Article, RawArticle
from corpus.columns import Columns
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.fetch import Fetcher
from corpus.ingest import Report
from corpus.rights import Right
from corpus.sentences import sentence
from corpus.source_list import Look, Source
from corpus.sources import Document, Given, documents, read, source_name
from corpus.web import article_id, articles, listing
from retrieval.engine import CONSOLE, Engine

TRIED = 3
"""Articles of a source that a trial reads."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is at an address: its kind, how many articles it lists, and the first of them."""

    kind: str
    listed: int
    first: tuple[Article | Failure, ...]


@dataclass(frozen=True, slots=True)
class Fetch:
    """What came of looking at sources: of each what was found, then of all the ingest's report,
    None where there was nothing to take in."""

    looks: tuple[tuple[Source, Look], ...]
    report: Report | None


class Sources:
    """The sources of one engine's corpus."""

    def __init__(self, engine: Engine, fetcher: Fetcher) -> None:
        self._engine = engine
        self._fetcher = fetcher
        self._rows = engine.catalogue.engine

    def list(self) -> list[Source]:
        """All sources, in the order they were added."""
        return source_list.sources(self._rows)

    def add(
        self,
        address: str,
        *,
        outlet: str | None = None,
        language: str | None = None,
        minutes: int = source_list.EVERY,
        now: dt.datetime,
        added_by: str = CONSOLE,
    ) -> Source:
        """Add what is at an address, which must be there. Raises `SourceError` where it is not."""
        found = listing(self._fetcher, address)
        source = source_list.add(
            self._rows,
            found.kind,
            address,
            outlet=outlet,
            language=language,
            minutes=minutes,
            added_by=added_by,
        )
        self._note(now, added_by, "add source", source)
        return source

    def remove(self, number: int, *, now: dt.datetime, removed_by: str = CONSOLE) -> Source:
        """Look at a source no more; its articles stay. Raises `SourceError` for an unknown one."""
        source = source_list.remove(self._rows, number)
        self._note(now, removed_by, "remove source", source)
        return source

    def test(self, address: str) -> Trial:
        """Read a few articles at an address and keep nothing. Raises `SourceError`."""
        found = listing(self._fetcher, address)
        some = replace(found, items=found.items[:TRIED])
        first = tuple(_analysed(raw) for raw in articles(self._fetcher, some))
        return Trial(found.kind, len(found.items) or len(first), first)

    def read(self, address: str) -> Given:
        """The articles at an address, for an ingest. Raises `SourceError`."""
        found = listing(self._fetcher, address)
        return Given(address, article_id(address), tuple(articles(self._fetcher, found)))

    def rights(self) -> tuple[Right, ...]:
        """What may be done with the articles of sources; see `corpus.rights.stated`."""
        return tuple(rights.stated(self._rows))

    def right(self, name: str) -> Right:
        """What was stated for a source, else what usually holds."""
        name = self._named(name)
        known = {right.source: right for right in rights.stated(self._rows)}
        return known.get(name, Right(name))

    def state_right(
        self,
        name: str,
        *,
        whole: bool | None = None,
        remote: bool | None = None,
        now: dt.datetime,
        set_by: str = CONSOLE,
    ) -> Right:
        """State what may be done with the articles of an address, a file, a folder or uploads.

        Raises `SourceError` for what no article came from.
        """
        return rights.state(
            self._rows, self._named(name), whole=whole, remote=remote, set_by=set_by, now=now
        )

    def _named(self, name: str) -> str:
        """A file or folder as articles have it for their source."""
        if name == rights.UPLOAD or name.startswith(rights.WEB):
            return name
        return source_name(self._engine.corpus_dir / name, self._engine.corpus_dir)

    def columns(self) -> tuple[Columns, ...]:
        """Which columns of which tables were stated; see `corpus.columns`."""
        return tuple(columns.stated(self._rows))

    def state_columns(
        self, path: Path, text: str, *, now: dt.datetime, set_by: str = CONSOLE
    ) -> Columns:
        """State which columns of a table, or of those in a folder, give which field.

        Raises `SourceError` for what is not there, and for a table that lacks one of them.
        """
        chosen = columns.parsed(text)
        name = source_name(path, self._engine.corpus_dir)
        for document in documents(path, self._engine.corpus_dir):
            if isinstance(document, Document) and path.is_file():
                first = next(read(document, chosen), None)
                if isinstance(first, Failure):
                    raise SourceError("%(source)s: %(why)s", source=first.source, why=first.error)
        return columns.state(self._rows, name, chosen, set_by=set_by, now=now)

    def forget_columns(self, name: str, *, now: dt.datetime, set_by: str = CONSOLE) -> None:
        """Guess the columns of a source again. Raises `SourceError` where none were stated."""
        columns.forget(self._rows, self._named(name), set_by=set_by, now=now)

    def fetch(
        self,
        chosen: Iterable[Source],
        *,
        now: dt.datetime,
        made_by: str = CONSOLE,
        wait: bool = True,
        progress: Progress = lambda *_: None,
    ) -> Fetch:
        """Look at sources and take in what is new. One that fails stops no other.

        What the servers said is noted last: whatever ends this before, nothing is missed. Raises
        `BusyError` as `Engine.ingest` does.
        """
        known = {article.url for article in self._engine.articles() if article.url}
        looks, given = [], []
        chosen = list(chosen)
        for number, source in enumerate(chosen, start=1):
            look, found = self._look(source, known)
            looks.append((source, look))
            if found is not None:
                given.append(found)
            progress("looking", number, len(chosen))
        report = None
        if any(given):
            report = self._engine.ingest(
                given, now=now, made_by=made_by, wait=wait, progress=progress
            )
        for _, look in looks:
            source_list.note(self._rows, look, now)
        return Fetch(tuple(looks), report)

    def _look(self, source: Source, known: set[str]) -> tuple[Look, Given | None]:
        try:
            found = listing(
                self._fetcher, source.address, etag=source.etag, modified=source.modified
            )
        except SourceError as error:
            return Look(source.id, str(error), failed=True), None
        if not found.changed:
            return Look(
                source.id, sentence("nothing new"), etag=found.etag, modified=found.modified
            ), None
        read = tuple(
            articles(
                self._fetcher,
                found,
                outlet=source.outlet,
                language=source.language,
                known=known,
            )
        )
        failed = [each for each in read if isinstance(each, Failure)]
        # Pages that failed are asked for again: the marks would say that nothing is new.
        marks = {} if failed else {"etag": found.etag, "modified": found.modified}
        result = sentence("%(read)d read", read=len(read) - len(failed))
        if failed:
            result = sentence(
                "%(read)d read, %(failed)d failed: %(source)s: %(why)s",
                read=len(read) - len(failed),
                failed=len(failed),
                source=failed[0].source,
                why=failed[0].error,
            )
        look = Look(source.id, result, failed=bool(read) and len(failed) == len(read), **marks)
        return look, Given(source.address, article_id(source.address), read) if read else None

    def _note(self, now: dt.datetime, who: str, act: str, source: Source) -> None:
        details = {"source": source.id, "address": source.address}
        audit.note(self._rows, audit.Entry(audit.at(now), who, act, details))


def _analysed(raw: RawArticle | Failure) -> Article | Failure:
    if isinstance(raw, Failure):
        return raw
    try:
        return analyse(raw, raw.id or raw.source)
    except SourceError as error:
        return Failure(raw.source, str(error))
