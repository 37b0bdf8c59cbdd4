"""What an ingest would do: which articles are new, changed, moved, the same, gone or doubled.

Nothing is written here, so that a dry run and the ingest itself decide alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from corpus.analysis import content_hash
from corpus.article import RawArticle
from corpus.catalogue import Catalogue, Known
from corpus.columns import Columns, columns_of, stated
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.quarantine import Quarantine, refused
from corpus.sentences import sentence
from corpus.sources import Document, Given, documents, read, walk

MAX_SHARE_REMOVED = 0.2

Origin = Literal["folder", "added"]
Standing = Literal["new", "changed", "moved", "unchanged"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one article; `known` is its revision in service, if it has one."""

    article_id: str
    standing: Standing
    digest: str
    known: Known | None


@dataclass(slots=True)
class Plan:
    """What one run has found so far. `seen` has the source of each article id, `doubled` those
    whose text is word for word that of another one, with that one's id; `unread` are the documents
    that stay in quarantine, since nothing in them changed."""

    origin: Origin
    live: dict[str, Known]
    documents: list[Document | Given] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    doubled: dict[str, str] = field(default_factory=dict)
    quarantine: Quarantine = field(default_factory=Quarantine)
    columns: list[Columns] = field(default_factory=list)
    unread: list[Document] = field(default_factory=list)
    _by_source: dict[str, str] = field(default_factory=dict)
    _lost: dict[str, list[Known]] = field(default_factory=dict)
    _texts: dict[int, str] = field(default_factory=dict)

    @classmethod
    def begin(
        cls,
        catalogue: Catalogue,
        corpus_dir: Path,
        sources: Iterable[Path | Given] | None,
        *,
        confirm_removals: bool = False,
    ) -> Plan:
        """Find the documents of `sources`, or with None those of `corpus_dir`.

        Raises `SourceError` where one is missing.
        """
        plan = cls(
            origin="folder" if sources is None else "added",
            live={known.article_id: known for known in catalogue.live()},
            quarantine=Quarantine(refused(catalogue.engine)),
            columns=stated(catalogue.engine),
        )
        items = _find(corpus_dir, sources, confirm_removals=confirm_removals)
        plan.failures = [item for item in items if isinstance(item, Failure)]
        plan.documents = [item for item in items if not isinstance(item, Failure)]
        plan._by_source = {known.source: known.article_id for known in plan.live.values()}
        if sources is None:
            there = {document.source for document in plan.documents}
            for known in plan.live.values():
                if known.origin == "folder" and _file(known) not in there:
                    plan._lost.setdefault(known.content_hash, []).append(known)
        return plan

    def read(self, document: Document | Given) -> Iterator[RawArticle]:
        """The articles of a document. What cannot be read is noted as a failure, and what was
        refused before and has not changed is not tried again."""
        if isinstance(document, Document) and (known := self.quarantine.failure(document)):
            self.failures.append(known)
            self.unread.append(document)
            return
        for found in read(document, columns_of(document.source, self.columns)):
            if isinstance(found, Failure):
                self.failures.append(found)
            else:
                yield found

    def refused(self) -> tuple[list[Document], list[Failure]]:
        """The files that were read, and what failed, for the quarantine."""
        unread = {document.source for document in self.unread}
        files = [
            document
            for document in self.documents
            if isinstance(document, Document) and document.source not in unread
        ]
        return files, self.failures

    def decide(self, raw: RawArticle, document: Document | Given) -> Decision | None:
        """What becomes of an article; None, with a failure noted, where its id is taken."""
        digest = content_hash(raw)
        article_id = self._id(raw, document, digest)
        if article_id is None:
            return None
        self.seen[article_id] = raw.source
        first = self._texts.setdefault(hash(raw.text), article_id)
        if first != article_id:
            self.doubled[article_id] = first
        known = self.live.get(article_id)
        if known is None:
            return Decision(article_id, "new", digest, None)
        if known.content_hash != digest:
            return Decision(article_id, "changed", digest, known)
        return Decision(
            article_id, "unchanged" if known.source == raw.source else "moved", digest, known
        )

    def gone(self) -> list[Known]:
        """The articles of the folder that are no longer there, once all has been decided.

        What lies in files or folders that could not be read is not gone.
        """
        if self.origin != "folder":
            return []
        failed = {failure.source for failure in self.failures}
        return [
            known
            for known in self._from_folder()
            if known.article_id not in self.seen
            and not {known.source, _file(known)} & failed
            and not any(known.source.startswith(f"{folder}/") for folder in failed)
        ]

    def is_suspicious(self, gone: Sequence[Known]) -> bool:
        """Whether so much is gone that a person should confirm it."""
        return len(gone) > MAX_SHARE_REMOVED * len(self._from_folder())

    def removal_notice(self, gone: Sequence[Known]) -> str:
        """What to say where nothing is removed before a person confirms it."""
        return sentence(
            "%(gone)d of %(all)d articles are gone from the folder; nothing was removed. To remove "
            "them: attache ingest --confirm-removals",
            gone=len(gone),
            all=len(self._from_folder()),
        )

    def _from_folder(self) -> list[Known]:
        return [known for known in self.live.values() if known.origin == "folder"]

    def _id(self, raw: RawArticle, document: Document | Given, digest: str) -> str | None:
        """The id of an article: given, as before, that of a file which was moved, or its name."""
        if raw.id:
            if raw.id in self.seen:
                self.failures.append(
                    Failure(
                        raw.source,
                        sentence(
                            "the id “%(id)s” is already that of %(other)s",
                            id=raw.id,
                            other=self.seen[raw.id],
                        ),
                        lasting=False,
                    )
                )
                return None
            return raw.id
        before = self._by_source.get(raw.source)
        if before is not None and before not in self.seen:
            return before
        for lost in self._lost.get(digest, ()):
            if lost.article_id not in self.seen:
                return lost.article_id
        candidate, count = document.stem, 1
        while candidate in self.live or candidate in self.seen:
            count += 1
            candidate = f"{document.stem}-{count}"
        return candidate


def _find(
    corpus_dir: Path, sources: Iterable[Path | Given] | None, *, confirm_removals: bool
) -> list[Document | Given | Failure]:
    if sources is not None:
        found: list[Document | Given | Failure] = []
        for source in sources:
            if isinstance(source, Given):
                found.append(source)
            else:
                found += documents(source, corpus_dir)
        return found
    try:
        return list(walk(corpus_dir))
    except SourceError:
        if not confirm_removals:
            raise
        return []


def _file(known: Known) -> str:
    """The file that an article came from, without the line."""
    return known.source.partition("#")[0]
