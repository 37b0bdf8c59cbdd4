"""Bring the catalogue in line with its sources: read, derive, index, publish.

Everything for a new version is written before the one transaction that publishes it. Work that an
interrupted ingest staged is used, not done again.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from corpus.analysis import analyse, content_hash
from corpus.article import Article, RawArticle
from corpus.catalogue import Catalogue, Known
from corpus.errors import BusyError, SourceError
from corpus.sources import Document, Failure, documents, read, walk
from corpus.split import PassageWords, passage_words

BATCH = 32
"""Articles that are derived, indexed and staged together: what a kill can cost."""

MAX_SHARE_REMOVED = 0.2

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done and how much there is (0: unknown)."""


class Indexer(Protocol):
    """What ingest needs of the search indexes: pools of words named by their passage keys."""

    @property
    def fingerprint(self) -> str:
        """Names the embedding model and the recipe; another name means other vectors."""
        ...

    def missing(self, keys: Iterable[str]) -> set[str]:
        """Those of `keys` that are not whole in every index."""
        ...

    def add(self, words: Mapping[str, PassageWords]) -> None:
        """Index words by key; they are durable when this returns."""
        ...

    def keep(self, keys: set[str]) -> None:
        """Forget everything but `keys`."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did. `notices` are things a person should read."""

    version: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(slots=True)
class _Plan:
    """What one run has found so far."""

    live: dict[str, Known]
    staged: dict[tuple[str, str], Known]
    seen: dict[str, str] = field(default_factory=dict)
    publish: list[int] = field(default_factory=list)
    retire: list[int] = field(default_factory=list)
    adopt: list[int] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


@contextmanager
def writing(data_dir: Path, *, wait: bool, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold the one lock for writing. The system frees it when a process dies.

    With `wait`, calls `on_wait` with who holds the lock and waits; else raises `BusyError`.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_dir / "ingest.lock")
    holder = data_dir / "ingest.holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        try:
            who = holder.read_text("utf-8")
        except OSError:
            who = "another process"
        if not wait:
            raise BusyError(
                f"another ingest is under way ({who}); try again when it ends"
            ) from None
        on_wait(f"another ingest is under way ({who}); waiting for it")
        lock.acquire()
    try:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        holder.write_text(f"process {os.getpid()}, since {now}", "utf-8")
        yield
    finally:
        lock.release()


def ingest(
    catalogue: Catalogue,
    indexer: Indexer,
    *,
    corpus_dir: Path,
    sources: Iterable[Path] | None,
    now: dt.datetime,
    confirm_removals: bool = False,
    progress: Progress = lambda *_: None,
) -> Report:
    """Take `sources` in, or with None bring the catalogue in line with `corpus_dir`.

    Call it inside `writing`. Raises `SourceError` where `corpus_dir` or a source is missing.
    """
    plan = _Plan(
        live={known.article_id: known for known in catalogue.live()},
        staged={(known.article_id, known.content_hash): known for known in catalogue.staged()},
    )
    origin = "folder" if sources is None else "added"
    found = _find(corpus_dir, sources, plan, confirm_removals=confirm_removals)
    _take(catalogue, indexer, found, origin, plan, progress)
    if sources is None:
        _plan_removals(plan, confirm_removals=confirm_removals)
    return _publish(catalogue, indexer, plan, now, progress)


def _find(
    corpus_dir: Path, sources: Iterable[Path] | None, plan: _Plan, *, confirm_removals: bool
) -> list[Document]:
    items: list[Document | Failure] = []
    if sources is None:
        try:
            items = walk(corpus_dir)
        except SourceError:
            if not confirm_removals:
                raise
    else:
        for source in sources:
            items.extend(documents(source, corpus_dir))
    plan.failures.extend(item for item in items if isinstance(item, Failure))
    return [item for item in items if isinstance(item, Document)]


def _take(
    catalogue: Catalogue,
    indexer: Indexer,
    found: list[Document],
    origin: str,
    plan: _Plan,
    progress: Progress,
) -> None:
    by_source = {known.source: known.article_id for known in plan.live.values()}
    batch: list[tuple[Article, str, str]] = []
    for number, document in enumerate(found, start=1):
        for raw in read(document):
            if isinstance(raw, Failure):
                plan.failures.append(raw)
                continue
            article_id = _article_id(raw, document, by_source, plan)
            article = _derive(raw, article_id, origin, plan) if article_id else None
            if article is not None:
                batch.append((article, content_hash(raw), origin))
            if len(batch) >= BATCH:
                _stage(catalogue, indexer, batch, plan)
                batch = []
        progress("reading", number, len(found))
    if batch:
        _stage(catalogue, indexer, batch, plan)


def _article_id(
    raw: RawArticle, document: Document, by_source: dict[str, str], plan: _Plan
) -> str | None:
    """The id of an article: given, or as before, or from its file's name."""
    if raw.id:
        if raw.id in plan.seen:
            plan.failures.append(
                Failure(raw.source, f"the id {raw.id!r} is already that of {plan.seen[raw.id]}")
            )
            return None
        return raw.id
    if raw.source in by_source and by_source[raw.source] not in plan.seen:
        return by_source[raw.source]
    candidate, count = document.stem, 1
    while candidate in plan.live or candidate in plan.seen:
        count += 1
        candidate = f"{document.stem}-{count}"
    return candidate


def _derive(raw: RawArticle, article_id: str, origin: str, plan: _Plan) -> Article | None:
    """The article if it has to be derived; None where it is known already or fails."""
    plan.seen[article_id] = raw.source
    known = plan.live.get(article_id)
    digest = content_hash(raw)
    if known and known.content_hash == digest and known.source == raw.source:
        plan.unchanged += 1
        if known.origin != origin and origin == "folder":
            plan.adopt.append(known.revision)
        return None
    article = None
    staged = plan.staged.get((article_id, digest))
    if staged and staged.source == raw.source and staged.origin == origin:
        plan.publish.append(staged.revision)
    else:
        try:
            article = analyse(raw, article_id)
        except SourceError as error:
            plan.failures.append(Failure(raw.source, str(error)))
            return None
    if known:
        plan.retire.append(known.revision)
        plan.changed += 1
    else:
        plan.added += 1
    return article


def _stage(
    catalogue: Catalogue, indexer: Indexer, batch: list[tuple[Article, str, str]], plan: _Plan
) -> None:
    """Index first, then store: what the catalogue knows is always in the indexes."""
    words = {
        passage.key: passage_words(passage.span.of(article.text), article.title, article.language)
        for article, _, _ in batch
        for passage in article.passages
    }
    missing = indexer.missing(words)
    indexer.add({key: words[key] for key in words if key in missing})
    plan.publish.extend(catalogue.stage(batch))


def _plan_removals(plan: _Plan, *, confirm_removals: bool) -> None:
    failed = {failure.source for failure in plan.failures}
    from_folder = [known for known in plan.live.values() if known.origin == "folder"]
    gone = [
        known
        for known in from_folder
        if known.article_id not in plan.seen
        and not {known.source, known.source.partition("#")[0]} & failed
        and not any(known.source.startswith(f"{folder}/") for folder in failed)
    ]
    if len(gone) > MAX_SHARE_REMOVED * len(from_folder) and not confirm_removals:
        plan.notices.append(
            f"{len(gone)} of {len(from_folder)} articles are gone from the folder; nothing was "
            "removed. To remove them: attache ingest --confirm-removals"
        )
        return
    plan.retire.extend(known.revision for known in gone)
    plan.removed = len(gone)


def _publish(
    catalogue: Catalogue, indexer: Indexer, plan: _Plan, now: dt.datetime, progress: Progress
) -> Report:
    before = catalogue.current()
    if plan.adopt:
        catalogue.adopt(plan.adopt, "folder")
    retired = set(plan.retire)
    stay = [known.revision for known in plan.live.values() if known.revision not in retired]
    # Also heals what was lost: the words of every passage that stays are held against the indexes.
    healed = _complete(catalogue, indexer, [*stay, *plan.publish], progress)
    new_model = before is not None and before.fingerprint != indexer.fingerprint
    # A new number, too, where lost passages were indexed: only then readers look again.
    if before is None or plan.publish or retired or new_model or healed:
        version = catalogue.publish(
            plan.publish,
            retired,
            indexer.fingerprint,
            counts=(plan.added, plan.changed, plan.removed),
            now=now,
        )
        indexer.keep(catalogue.all_keys())
    else:
        version = before
    return Report(
        version=version.number,
        added=plan.added,
        changed=plan.changed,
        removed=plan.removed,
        unchanged=plan.unchanged,
        failed=tuple(plan.failures),
        notices=tuple(plan.notices),
    )


def _complete(
    catalogue: Catalogue, indexer: Indexer, revisions: list[int], progress: Progress
) -> bool:
    """Index what is missing of the passages of `revisions`; whether anything was."""
    missing = sorted(indexer.missing(catalogue.keys_of(revisions)))
    for start in range(0, len(missing), 8 * BATCH):
        words = {
            key: passage_words(passage, title, language)
            for key, title, language, passage in catalogue.passages_with(
                missing[start : start + 8 * BATCH]
            )
        }
        indexer.add(words)
        progress("indexing", min(start + 8 * BATCH, len(missing)), len(missing))
    return bool(missing)
