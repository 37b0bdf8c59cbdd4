"""The one engine behind console, Telegram and JSON: ingest, search and ask over a data folder."""

from __future__ import annotations

import datetime as dt
import gc
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from corpus import audit
from corpus.article import Article
from corpus.catalogue import Catalogue, Version
from corpus.history import versions
from corpus.ingest import Progress, Report, ingest, roll_back, writing
from corpus.preview import Preview, preview
from corpus.rights import kept_from_models
from corpus.sources import Given
from retrieval.answer import Answer, Citation, Writing, Written
from retrieval.compose import choose, group
from retrieval.conversation import Turn, follow_up
from retrieval.digest import StoryNews
from retrieval.embedding import open_embedder
from retrieval.errors import QuestionError, RetrievalError, StaleIndexError
from retrieval.index import PassageIndex
from retrieval.names import lacking_names
from retrieval.newsroom import Newsroom
from retrieval.question import Part, Query, understand
from retrieval.refusal import refuse, refuse_outlets
from retrieval.search import Found, read_question, scope_of, search
from retrieval.snapshot import Known, Snapshot
from retrieval.space import Space
from retrieval.timeline import Timeline, happenings
from retrieval.trial_index import seconds_a_passage

if TYPE_CHECKING:
    from retrieval.llm import LanguageModel
    from retrieval.verify import Checker

_ANY_QUESTION = "UK 2020?"

CONSOLE = "console"
"""Who acts where nobody is named: whoever may run commands on this machine."""

POOL = 24
"""Passages that an answer is chosen from."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A question as understood and the passages found for it, best first."""

    query: Query
    version: int
    found: tuple[Found, ...]


class Engine:
    """Answers from the version in service; sees a new one as soon as it is published.

    Safe to use from several threads. The embedding model loads at first use; `tell` hears of
    what takes long, such as unpacking it.
    """

    def __init__(
        self,
        data_dir: Path,
        corpus_dir: Path,
        embedding_model: str,
        *,
        model: LanguageModel | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._language_model = model
        self._checker: Checker | None = None
        self._newsroom: Newsroom | None = None
        self._written: dict[int, tuple[StoryNews, StoryNews]] = {}
        self._space: Space | None = None
        self._loading = threading.Lock()
        self._editing = threading.Lock()
        self.data_dir = data_dir
        self.corpus_dir = corpus_dir
        self._model = embedding_model
        self._tell = tell
        self.catalogue = Catalogue.open(data_dir)
        self._index: PassageIndex | None = None
        self._seen = 0
        self._ingesting = False
        self._known: Known | None = None
        self._lock = threading.Lock()
        self._reading = threading.Lock()

    def close(self) -> None:
        """Give all files back."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None
        self.catalogue.close()

    def warm_up(self) -> None:
        """Load whatever questions need, so that the first one does not wait.

        What is loaded stays: Python's collector need not walk it again, which would now and then
        hold up a question for a tenth of a second.
        """
        self._open_index()
        with suppress(RetrievalError), self._snapshot() as snapshot:  # questions will say it
            self._understand(snapshot, _ANY_QUESTION, dt.date.min)
            snapshot.known.vectors(snapshot.index.tokens)
        gc.freeze()

    def _open_index(self) -> PassageIndex:
        with self._lock:
            if self._index is None:
                # Read before the indexes are opened: what is published in between is reloaded.
                version = self.catalogue.current()
                self._seen = version.number if version else 0
                self._index = PassageIndex(self.data_dir, self.space())
            return self._index

    def space(self) -> Space:
        """The space of the embedding model, which loads at first use."""
        with self._loading:
            if self._space is None:
                self._space = Space(open_embedder(self._model, self.data_dir, progress=self._tell))
            return self._space

    def _index_at(self, version: Version) -> PassageIndex:
        """The indexes, reopened if another process has published since they were."""
        index = self._open_index()
        with self._lock:
            # While we ingest nobody else can publish, and our own handles see what we write.
            if self._seen != version.number and not self._ingesting:
                index.reload()
                self._seen = version.number
        return index

    def _serving(self) -> tuple[PassageIndex, Version]:
        """The version in service and indexes that know it."""
        version = self.catalogue.current()
        if version is None:
            raise StaleIndexError("there is no corpus yet", see="attache ingest")
        index = self._index_at(version)
        if version.fingerprint != index.fingerprint:
            raise StaleIndexError(
                "the corpus was indexed with another embedding model", see="attache repair"
            )
        return index, version

    def ingest(
        self,
        sources: Iterable[Path | Given] | None,
        *,
        now: dt.datetime,
        confirm_removals: bool = False,
        made_by: str = CONSOLE,
        wait: bool = True,
        on_wait: Callable[[str], None] = lambda _: None,
        progress: Progress = lambda *_: None,
    ) -> Report:
        """Take `sources` in, or bring the catalogue in line with the corpus folder.

        `made_by` is who wants it, for the list of versions and the audit log. Raises `BusyError`
        where another ingest is under way and `wait` is false, `SourceError` where a source is
        missing.
        """
        with self._writing(wait=wait, on_wait=on_wait) as index:
            report = ingest(
                self.catalogue,
                index,
                corpus_dir=self.corpus_dir,
                sources=sources,
                now=now,
                confirm_removals=confirm_removals,
                made_by=made_by,
                progress=progress,
            )
            self._seen = report.version
            counts = {name: getattr(report, name) for name in ("added", "changed", "removed")}
            audit.note(
                self.catalogue.engine,
                audit.Entry(
                    audit.at(now), made_by, "ingest", {"version": report.version, **counts}
                ),
            )
            return report

    def preview(self, sources: Iterable[Path | Given] | None) -> Preview:
        """What `ingest` would do with the same `sources`. Raises `SourceError` as it does."""
        return preview(
            self.catalogue,
            self.corpus_dir,
            sources,
            lambda words: seconds_a_passage(self.space(), words),
        )

    def versions(self) -> list[Version]:
        """The versions that can be gone back to, the newest first."""
        return versions(self.catalogue.engine)

    def audit(self, count: int) -> list[audit.Entry]:
        """The last acts on the corpus, the newest first."""
        return audit.latest(self.catalogue.engine, count)

    def roll_back(
        self,
        number: int,
        *,
        now: dt.datetime,
        made_by: str = CONSOLE,
        wait: bool = True,
        on_wait: Callable[[str], None] = lambda _: None,
        progress: Progress = lambda *_: None,
    ) -> Version:
        """Serve what version `number` held, under a new number. Raises as `ingest` does, and
        `SourceError` for a version that is not kept."""
        with self._writing(wait=wait, on_wait=on_wait) as index:
            version = roll_back(
                self.catalogue, index, number, now=now, made_by=made_by, progress=progress
            )
            self._seen = version.number
            details = {"version": version.number, "restores": number}
            audit.note(
                self.catalogue.engine, audit.Entry(audit.at(now), made_by, "rollback", details)
            )
            return version

    @contextmanager
    def _writing(self, *, wait: bool, on_wait: Callable[[str], None]) -> Iterator[PassageIndex]:
        """The indexes, for the one process that may write."""
        with self.locked(wait=wait, on_wait=on_wait), self.writing() as index:
            yield index

    def locked(self, *, wait: bool, on_wait: Callable[[str], None]) -> AbstractContextManager[None]:
        """The right to write, of one process at a time; see `corpus.ingest.writing`."""
        return writing(self.data_dir, wait=wait, on_wait=on_wait)

    @contextmanager
    def writing(self) -> Iterator[PassageIndex]:
        """The indexes for whoever has the right to write."""
        version = self.catalogue.current()
        index = self._index_at(version) if version else self._open_index()
        self._ingesting = True
        try:
            yield index
        finally:
            self._ingesting = False

    def search(self, question: str, *, k: int, today: dt.date) -> SearchResult:
        """The best `k` passages for `question`.

        Raises `QuestionError` for what is no question, `StaleIndexError` without a fit corpus.
        """
        with self._snapshot() as snapshot:
            query = self._understand(snapshot, question, today)
            query = query.with_period_ranking()
            asked = read_question(snapshot.index, query)
            scope = scope_of(snapshot.facts, query.conditions)
            found = search(snapshot, query, asked, scope, k)
        return SearchResult(query, snapshot.version, tuple(found))

    def ask(self, question: str, *, today: dt.date, previous: Sequence[Turn] = ()) -> Answer:
        """An answer, or a refusal that says which condition failed.

        With a language model its sentences are written and checked, else quoted. What the question
        leaves open is taken from `previous`, the turns that it may follow, the latest last. Raises
        as `search` does.
        """
        *_, answer = self.stream(question, today=today, previous=previous)
        assert isinstance(answer, Answer)  # noqa: S101 - the last that a stream yields
        return answer

    def stream(
        self,
        question: str,
        *,
        today: dt.date,
        previous: Sequence[Turn] = (),
        without: Part | None = None,
        reads: Collection[str] = (),
        on_writing: Callable[[], None] = lambda: None,
    ) -> Iterator[Written | Answer]:
        """As `ask`: the written sentences, each when it has passed the check, then the answer.

        `without` drops a condition of the question. What is told in one of the languages `reads`
        comes first within its event. `on_writing` hears when the language model begins.
        """
        answer = self.quote(question, today=today, previous=previous, without=without)
        answer = answer.with_first(reads) if reads else answer
        if self._language_model is None or answer.refusal is not None:
            yield answer
            return
        on_writing()
        for each in self._write(answer, self._language_model):
            yield each if isinstance(each, Written) else replace(answer, writing=each)

    def _write(self, answer: Answer, model: LanguageModel) -> Iterator[Written | Writing]:
        # Only who has a model should wait for what writing and checking need.
        from retrieval.generate import generate  # noqa: PLC0415
        from retrieval.writer import Writer  # noqa: PLC0415

        kept_back = self._kept_back([source.article for source in answer.sources], model)
        yield from generate(answer, Writer(model), self._check(), kept_back)

    def _kept_back(self, articles: Sequence[Article], model: LanguageModel) -> frozenset[str]:
        """The ids of those of `articles` that `model` may be shown nothing of."""
        return frozenset() if model.local else kept_from_models(self.catalogue.engine, articles)

    def translate(self, citation: Citation, article: Article, language: str) -> str | None:
        """Cited words in `language` (vi, fr, en), written by the language model and checked.

        None where there is no model, where it does not answer, where the check stops it, or where
        it may be shown nothing of the article.
        """
        model = self._language_model
        if model is None or self._kept_back([article], model):
            return None
        from retrieval.generate import translate  # noqa: PLC0415
        from retrieval.writer import Writer  # noqa: PLC0415

        writer = Writer(model)
        found = translate(citation, article, language, writer, self._check())
        return found.text if found else None

    def _check(self) -> Checker:
        from retrieval.verify import Checker  # noqa: PLC0415 - only who has a model waits for it

        space = self._open_index().space
        with self._lock:
            # It keeps what it has read of the evidence, which the next question may cite again.
            self._checker = self._checker or Checker(space)
            return self._checker

    def newsroom(self) -> Newsroom | None:
        """What makes digests of the version in service; None before the first ingest."""
        version = self.catalogue.current()
        if version is None:
            return None
        with self._editing:  # of a large corpus it takes seconds, and nobody who asks waits for it
            if self._newsroom is None or self._newsroom.version != version.number:
                self._newsroom = Newsroom(self.catalogue, version.number)
                self._written = {}
            return self._newsroom

    def written(self, story: StoryNews) -> StoryNews:
        """A story told by the language model where there is one, as `ask` does; once for all who
        get the same one of a newsroom."""
        if self._language_model is None or story.answer.writing is not None:
            return story
        kept = self._written.get(id(story))
        if kept is not None and kept[0] is story:
            return kept[1]
        *_, writing = self._write(story.answer, self._language_model)
        assert isinstance(writing, Writing)  # noqa: S101 - the last that is yielded
        written = replace(story, answer=replace(story.answer, writing=writing))
        self._written[id(story)] = (story, written)
        return written

    def quote(
        self,
        question: str,
        *,
        today: dt.date,
        previous: Sequence[Turn] = (),
        without: Part | None = None,
    ) -> Answer:
        """As `stream` ends, in the sources' own words, whether there is a language model or not."""
        with self._snapshot() as snapshot:
            query = self._understand(snapshot, question, today)
            query = follow_up(
                query, previous, read=lambda text: self._understand(snapshot, text, today)
            )
            # Search ranks by a country that is merely named; a quotation must not lack it.
            query = query.with_all_countries_required()
            query = query.without(without) if without else query
            asked = read_question(snapshot.index, query)
            number, size = snapshot.version, snapshot.facts.extent
            if query.lacking:
                refusal = refuse_outlets(snapshot, query, asked)
                return Answer(query, number, size, refusal=refusal)
            scope = scope_of(snapshot.facts, query.conditions)
            found = search(snapshot, query, asked, scope, POOL)
            lacking = lacking_names(snapshot, query) if query.compound else ()
            selection = choose(snapshot, found, query, asked, lacking)
            if not selection.chosen:
                refusal = refuse(snapshot, query, asked, found, selection)
                return Answer(query, number, size, refusal=refusal)
        groups, sources = group(selection)
        certain = scope.matches.certain if scope else 0
        return Answer(query, number, size, groups, sources, certain)

    def timeline(self, text: str, *, today: dt.date) -> Timeline:
        """The dated events that meet the conditions named in `text`, such as "Vietnam UK 2020".

        Raises as `search` does, and `QuestionError` where it names no condition.
        """
        with self._snapshot() as snapshot:
            query = self._understand(snapshot, text, today).with_all_countries_required()
            scope = scope_of(snapshot.facts, query.conditions)
            if scope is None:
                raise QuestionError("name countries, a region, an outlet or a period")
            certain = snapshot.facts.revisions[scope.matches.sure].tolist()
            version = snapshot.version
            articles = self.catalogue.of_revisions(certain)
        found, undated = happenings(list(articles.values()), query.conditions.period)
        return Timeline(query, version, found, undated)

    @contextmanager
    def _snapshot(self) -> Iterator[Snapshot]:
        """The version in service, with a connection for one question."""
        index, version = self._serving()
        with self.catalogue.engine.connect() as connection:
            yield Snapshot(connection, self.catalogue, index, self._known_of(connection, version))

    def _known_of(self, connection: Connection, version: Version) -> Known:
        with self._reading:  # who asks while it is read waits, and need not read it too
            known = self._known
            if known is None or known.version < version.number:
                known = self._known = Known.read(connection, version.number)
            return (
                known if known.version == version.number else Known.read(connection, version.number)
            )

    def _understand(self, snapshot: Snapshot, question: str, today: dt.date) -> Query:
        known = snapshot.known
        return understand(question, today=today, outlets=known.facts.outlets, people=known.people)

    def articles(self) -> list[Article]:
        """All articles of the version in service; none before the first ingest."""
        version = self.catalogue.current()
        return self.catalogue.articles(version.number) if version else []

    def status(self) -> dict[str, Any]:
        """Version, counts, model and whether the indexes hold all that the version needs."""
        version = self.catalogue.current()
        if version is None:
            return {"version": None, "articles": 0, "embedding_model": self._model}
        index = self._index_at(version)
        with self.catalogue.engine.connect() as connection:
            facts = self._known_of(connection, version).facts
        keys = self.catalogue.keys_of(facts.revisions.tolist())
        size = facts.extent
        missing = len(index.missing(keys))
        return {
            "version": version.number,
            "published_at": version.published_at,
            "articles": size.articles,
            "passages": len(keys),
            "first_event": size.first,
            "last_event": size.last,
            "embedding_model": self._model,
            "index": "whole"
            if not missing and version.fingerprint == index.fingerprint
            else f"incomplete ({missing} passages missing); run: attache repair",
        }
