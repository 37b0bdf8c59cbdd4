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

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.analysis import analyse
from corpus.article import Article, RawArticle
from corpus.catalogue import Catalogue, Known, Version
from corpus.errors import BusyError, SourceError
from corpus.failure import Failure
from corpus.history import bring_back, revisions_of
from corpus.overrides import Overrides, overrides
from corpus.pace import Stopwatch
from corpus.plan import Decision, Plan
from corpus.quarantine import keep
from corpus.rights import WEB, note_addresses
from corpus.sentences import sentence
from corpus.sources import Given
from corpus.split import PassageWords, passage_words
from corpus.story_assignment import assign_stories

BATCH = 32
"""Articles that are derived, indexed and staged together: what a kill can cost."""

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

    def meanings(self, keys: Iterable[str]) -> Mapping[str, NDArray[np.float32]]:
        """The vectors (dimension,) of those of `keys` that have one, comparable in any language."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did. `moved` of the unchanged lie elsewhere now; `quarantined` of the failed
    files were not read again, since they have not changed; `notices` are things a person should
    read.
    """

    version: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    moved: int = 0
    failed: tuple[Failure, ...] = ()
    quarantined: int = 0
    notices: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    """What one run does: revisions to publish and to retire, and those that only moved."""

    plan: Plan
    staged: dict[tuple[str, str], Known]
    made_by: str | None
    overrides: Overrides
    clock: Stopwatch = field(default_factory=Stopwatch)
    publish: list[int] = field(default_factory=list)
    retire: list[int] = field(default_factory=list)
    adopt: list[int] = field(default_factory=list)
    moved: dict[int, str] = field(default_factory=dict)
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
            who = sentence("another process")
        if not wait:
            raise BusyError(
                "another ingest is under way (%(why)s); try again when it ends", why=who
            ) from None
        on_wait(f"another ingest is under way ({who}); waiting for it")
        lock.acquire()
    try:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        who = sentence("process %(process)d, since %(since)s", process=os.getpid(), since=now)
        holder.write_text(who, "utf-8")
        yield
    finally:
        lock.release()


def ingest(
    catalogue: Catalogue,
    indexer: Indexer,
    *,
    corpus_dir: Path,
    sources: Iterable[Path | Given] | None,
    now: dt.datetime,
    confirm_removals: bool = False,
    made_by: str | None = None,
    progress: Progress = lambda *_: None,
) -> Report:
    """Take `sources` in, or with None bring the catalogue in line with `corpus_dir`.

    Call it inside `writing`. `made_by` is noted with the version. Raises `SourceError` where
    `corpus_dir` or a source is missing.
    """
    clock = Stopwatch()
    plan = Plan.begin(catalogue, corpus_dir, sources, confirm_removals=confirm_removals)
    staged = {(known.article_id, known.content_hash): known for known in catalogue.staged()}
    work = _Work(plan, staged, made_by, overrides(catalogue.engine), clock)
    _take(catalogue, indexer, work, progress)
    keep(catalogue.engine, plan.quarantine.settled(*plan.refused(), now))
    gone = plan.gone()
    if plan.is_suspicious(gone) and not confirm_removals:
        work.notices.append(plan.removal_notice(gone))
    else:
        work.retire.extend(known.revision for known in gone)
        work.removed = len(gone)
    report = _publish(catalogue, indexer, work, now, progress)
    clock.remember(catalogue.engine, now)
    return report


def roll_back(
    catalogue: Catalogue,
    indexer: Indexer,
    number: int,
    *,
    now: dt.datetime,
    made_by: str | None = None,
    progress: Progress = lambda *_: None,
) -> Version:
    """Make what version `number` held the version in service, under a new number.

    Call it inside `writing`. Raises `SourceError` for a version that is not kept.
    """
    revisions = revisions_of(catalogue.engine, number)
    # Of another embedding model's time, or lost since: whole before any reader sees it.
    _complete(catalogue, indexer, revisions, progress)
    version = bring_back(catalogue.engine, number, indexer.fingerprint, made_by=made_by, now=now)
    corrected = correct(catalogue, indexer, now=now, made_by=made_by)
    indexer.keep(catalogue.all_keys())
    return corrected or version


def repair(
    catalogue: Catalogue,
    indexer: Indexer,
    *,
    now: dt.datetime,
    made_by: str | None = None,
    progress: Progress = lambda *_: None,
) -> tuple[Version, bool]:
    """Make the indexes whole from the catalogue; the version in service, and whether anything was
    missing, which makes it a new one so that readers look again.

    Call it inside `writing`. Raises `SourceError` before the first ingest.
    """
    before = catalogue.current()
    if before is None:
        raise SourceError("there is no corpus yet", see="attache ingest")
    live = [known.revision for known in catalogue.live()]
    healed = _complete(catalogue, indexer, live, progress)
    if not healed and before.fingerprint == indexer.fingerprint:
        return before, False
    version = catalogue.publish(
        [], [], indexer.fingerprint, counts=(0, 0, 0), now=now, made_by=made_by
    )
    indexer.keep(catalogue.all_keys())
    return version, True


def index_all(catalogue: Catalogue, indexer: Indexer, progress: Progress = lambda *_: None) -> None:
    """Index every passage that the live articles of any `catalogue` have."""
    _complete(catalogue, indexer, [known.revision for known in catalogue.live()], progress)


def correct(
    catalogue: Catalogue, indexer: Indexer, *, now: dt.datetime, made_by: str | None = None
) -> Version | None:
    """Make a version in which all overrides hold; None where they do already.

    Call it inside `writing`.
    """
    before = catalogue.current()
    if before is None:
        return None
    known = overrides(catalogue.engine)
    every = {each.article_id: each for each in catalogue.live()}
    live = {key: every[key] for key in known.values if key in every}
    changed = [
        (corrected, live[article.id].content_hash, live[article.id].origin)
        for article in catalogue.held(before.number, list(live))
        if (corrected := known.applied(article)) != article
    ]
    if not changed and catalogue.hidden() == known.hidden & live.keys():
        return None
    _index(indexer, [article for article, _, _ in changed])
    return catalogue.publish(
        catalogue.stage(changed),
        [live[article.id].revision for article, _, _ in changed],
        indexer.fingerprint,
        counts=(0, len(changed), 0),
        now=now,
        made_by=made_by,
    )


def _take(catalogue: Catalogue, indexer: Indexer, work: _Work, progress: Progress) -> None:
    plan = work.plan
    batch: list[tuple[Article, str, str]] = []
    addresses: dict[str, str] = {}
    for number, document in enumerate(plan.documents, start=1):
        for raw in plan.read(document):
            decision = plan.decide(raw, document)
            if decision is not None and document.source.startswith(WEB):
                addresses[decision.article_id] = document.source
            article = _derive(raw, decision, work) if decision else None
            if decision is not None and article is not None:
                batch.append((article, decision.digest, plan.origin))
            if len(batch) >= BATCH:
                _stage(catalogue, indexer, batch, work)
                batch = []
        progress("reading", number, len(plan.documents))
    if batch:
        _stage(catalogue, indexer, batch, work)
    note_addresses(catalogue.engine, addresses)


def _derive(raw: RawArticle, decision: Decision, work: _Work) -> Article | None:
    """The article if it has to be derived; None where it is known already or fails."""
    known, origin = decision.known, work.plan.origin
    if known is not None and decision.standing in ("unchanged", "moved"):
        work.unchanged += 1
        if decision.standing == "moved":
            work.moved[known.revision] = raw.source
        if known.origin != origin and origin == "folder":
            work.adopt.append(known.revision)
        return None
    article = None
    staged = work.staged.get((decision.article_id, decision.digest))
    if staged and staged.source == raw.source and staged.origin == origin:
        work.publish.append(staged.revision)
    else:
        try:
            with work.clock.derives():
                article = work.overrides.applied(analyse(raw, decision.article_id))
        except SourceError as error:
            work.plan.failures.append(Failure(raw.source, str(error)))
            return None
    if known:
        work.retire.append(known.revision)
        work.changed += 1
    else:
        work.added += 1
    return article


def _stage(
    catalogue: Catalogue, indexer: Indexer, batch: list[tuple[Article, str, str]], work: _Work
) -> None:
    """Index first, then store: what the catalogue knows is always in the indexes."""
    _index(indexer, [article for article, _, _ in batch], work.clock)
    work.publish.extend(catalogue.stage(batch))


def _index(indexer: Indexer, articles: Iterable[Article], clock: Stopwatch | None = None) -> None:
    words = {
        passage.key: passage_words(passage.span.of(article.text), article.title, article.language)
        for article in articles
        for passage in article.passages
    }
    missing = indexer.missing(words)
    with (clock or Stopwatch()).indexes(len(missing)):
        indexer.add({key: words[key] for key in words if key in missing})


def _publish(
    catalogue: Catalogue, indexer: Indexer, work: _Work, now: dt.datetime, progress: Progress
) -> Report:
    before = catalogue.current()
    if work.adopt:
        catalogue.adopt(work.adopt, "folder")
    if work.moved:
        catalogue.move(work.moved)
    retired = set(work.retire)
    live = work.plan.live.values()
    stay = [known.revision for known in live if known.revision not in retired]
    # Also heals what was lost: the words of every passage that stays are held against the indexes.
    healed = _complete(catalogue, indexer, [*stay, *work.publish], progress)
    new_model = before is not None and before.fingerprint != indexer.fingerprint
    assign_stories(catalogue, indexer.meanings, work.publish, retired, progress)
    # A new number, too, where lost passages were indexed: only then readers look again.
    if before is None or work.publish or retired or new_model or healed:
        version = catalogue.publish(
            work.publish,
            retired,
            indexer.fingerprint,
            counts=(work.added, work.changed, work.removed),
            now=now,
            made_by=work.made_by,
        )
        indexer.keep(catalogue.all_keys())
    else:
        version = before
    return Report(
        version=version.number,
        added=work.added,
        changed=work.changed,
        removed=work.removed,
        unchanged=work.unchanged,
        moved=len(work.moved),
        failed=tuple(work.plan.failures),
        quarantined=len(work.plan.unread),
        notices=tuple(work.notices),
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
