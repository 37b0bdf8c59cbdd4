"""What the handlers work with: the engine, off the event loop, and a desk for each matter."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from bot.access import Access
from bot.allowance_desk import AllowanceDesk
from bot.answer_desk import AnswerDesk
from bot.answers import KEPT
from bot.awaited import Awaited, AwaitedReplies
from bot.changes import Changes
from bot.conversation_desk import ConversationDesk
from bot.corpus_desk import CorpusDesk
from bot.digest_desk import DigestDesk
from bot.examples import Examples, Invitation
from bot.feedback_desk import FeedbackDesk
from bot.limits import Limits
from bot.metrics import Metrics
from bot.people_desk import PeopleDesk
from bot.quotations import Excerpt, excerpts
from bot.source_desk import SourceDesk
from bot.status import status_of
from bot.taken import TakenUpdates
from bot.timeline_picture import draw
from bot.timeline_text import entries, title
from bot.trouble_loop import TroubleLoop
from bot.upload_desk import UploadDesk
from bot.words import LANGUAGES
from corpus.audit import Entry, at, note
from corpus.fetch import Fetcher
from retrieval.answer import Answer, Written
from retrieval.conversation import Turn
from retrieval.engine import Engine
from retrieval.question import Part
from retrieval.timeline import Timeline

if TYPE_CHECKING:
    from telegram import Bot

    from retrieval.llm import LanguageModel

WORKERS = 4
"""Questions that are worked on at once while a language model is waited for."""


def workers_for(model: LanguageModel | None) -> int:
    """How many questions are worked on at once; the others wait their turn.

    Without a model they keep the cores busy: with four on two cores, a crowd was answered no sooner
    and whoever sent /help in that moment waited twice as long.
    """
    return WORKERS if model else max(2, min(WORKERS, (os.cpu_count() or 2) - 1))


_Result = TypeVar("_Result")
_log = structlog.stdlib.get_logger(__name__)


class Desk:
    """The engine for callers on the event loop, which it never blocks."""

    def __init__(
        self,
        engine: Engine,
        access: Access,
        now: Callable[[], dt.datetime],
        *,
        model: LanguageModel | None = None,
        fetcher: Fetcher | None = None,
        keep_days: int = KEPT.days,
        limits: Limits | None = None,
        inline: bool = False,
    ) -> None:
        self.inline = inline
        self.keep_days = keep_days
        self._model = model
        self._fetcher = fetcher or Fetcher()
        self.access = access
        self._engine = engine
        self._now = now
        rows = engine.catalogue.engine
        self._examples = Examples(engine)
        self._awaited = AwaitedReplies(rows)
        self.metrics = Metrics()
        self.taken = TakenUpdates(rows)
        self._pool = ThreadPoolExecutor(workers_for(model), thread_name_prefix="question")
        self.allowances = AllowanceDesk(rows, access, limits or Limits(), now)
        self.answers = AnswerDesk(engine, now, self._pool, self.allowances)
        self.changes = Changes(engine.catalogue)
        self.conversations = ConversationDesk(rows, now)
        self.corpus = CorpusDesk(engine, now, self._pool)
        self.digests = DigestDesk(engine, now, self._pool)
        self.feedback = FeedbackDesk(rows, now)
        self.people = PeopleDesk(rows, access, now, self.allowances)
        self.sources = SourceDesk(engine, self._fetcher, now)
        self.uploads = UploadDesk(engine, now)

    async def warm_up(self) -> None:
        """Load the model, so that the first question does not wait, and forget what is old.

        Raises `EmbeddingError`.
        """
        await self.conversations.forget_old()
        await asyncio.to_thread(self._awaited.forget_old, self._now())
        await self._in_pool(self._engine.warm_up)
        for language in LANGUAGES:
            await self.invitation(language)

    async def ask(
        self,
        question: str,
        previous: Sequence[Turn] = (),
        passed: Callable[[Written], None] = lambda _: None,
        without: Part | None = None,
        *,
        user: int,
        reads: Collection[str] = (),
        writes: bool = True,
    ) -> Answer:
        """Answer a question that may follow the turns `previous`. Raises as `Engine.ask`.

        `passed` hears on the event loop of each written statement that passes the check; `without`
        drops a condition, and what is in one of the languages `reads` comes first in its event.
        The tokens of the language model, which is asked where it `writes`, are those of `user`.
        """
        # JSON can carry halves of surrogate pairs, which no index can take.
        question = question.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        loop = asyncio.get_running_loop()
        stages = self.metrics.stages("waiting")

        def work() -> Answer:
            today = self._now().date()
            stages.begin("finding")
            if not writes:
                answer = self._engine.quote(
                    question, today=today, previous=previous, without=without
                )
                return answer.with_first(reads)
            stream = self._engine.stream(
                question,
                today=today,
                previous=previous,
                without=without,
                reads=reads,
                on_writing=lambda: stages.begin("writing"),
            )
            with self.allowances.counting(user):
                for each in stream:
                    if isinstance(each, Answer):
                        return each
                    loop.call_soon_threadsafe(passed, each)
            raise AssertionError("a stream ends with its answer")

        try:
            answer = await self._in_pool(work)
        finally:
            stages.end()
        self.metrics.answered(answer)
        return answer

    async def ask_in_private(self, question: str) -> Answer:
        """As `ask`, in the sources' own words, without any language model."""
        question = question.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        today = self._now().date()
        answer = await self._in_pool(lambda: self._engine.quote(question, today=today))
        self.metrics.answered(answer)
        return answer

    async def excerpts(self, question: str) -> list[Excerpt]:
        """See `bot.quotations.excerpts`. Raises as `ask_in_private`."""
        return excerpts(await self.ask_in_private(question))

    @property
    def model_place(self) -> tuple[str, str] | None:
        """Where texts for the language model go, and what: host and setting; None without one."""
        return (self._model.host, self._model.sends) if self._model else None

    async def invitation(self, language: str) -> Invitation:
        """Questions that the present corpus answers, and one that it does not."""
        # Not in the pool: a greeting must not wait for the questions of others.
        return await asyncio.to_thread(
            lambda: self._examples.choose(language, today=self._now().date())
        )

    async def status(self) -> dict[str, Any]:
        """What is served; see `bot.status.status_of`."""

        def found() -> dict[str, Any]:
            self.allowances.save()
            limits = self.allowances.limits
            return status_of(self._engine, self.access.mode, self._model, self._now(), limits)

        return await self._in_pool(found)

    async def timeline(self, text: str) -> Timeline:
        """See `Engine.timeline`."""
        return await self._in_pool(lambda: self._engine.timeline(text, today=self._now().date()))

    async def timeline_pictures(self, value: Timeline, language: str) -> list[bytes]:
        """See `bot.timeline_picture.draw`."""
        cache = self._engine.data_dir / "fonts"
        return await self._in_pool(
            lambda: draw(title(value, language), entries(value, language), cache)
        )

    async def await_reply(self, chat: int, message: int, awaited: Awaited) -> None:
        """See `AwaitedReplies.put`."""
        await asyncio.to_thread(self._awaited.put, chat, message, awaited, self._now())

    async def awaited_reply(self, chat: int, message: int) -> Awaited | None:
        """See `AwaitedReplies.get`."""
        return await asyncio.to_thread(self._awaited.get, chat, message, self._now())

    async def answered(self, chat: int, awaited: Awaited) -> None:
        """See `AwaitedReplies.answered`."""
        await asyncio.to_thread(self._awaited.answered, chat, awaited)

    def now(self) -> dt.datetime:
        """The present instant."""
        return self._now()

    async def chat_moved(self, chat: int, new: int) -> None:
        """See `Subscriptions.moved`, `Changes.moved` and `People.moved`."""
        await self.digests.moved(chat, new)
        await asyncio.to_thread(self.changes.moved, chat, new)
        await self.people.moved(chat, new)

    async def decide_change(self, version: int, *, tell: bool, decided_by: str) -> bool:
        """See `Changes.decide`; it is audited."""

        def decide() -> bool:
            decided = self.changes.decide(version, tell=tell)
            if decided:
                details = {"version": version, "tell": tell}
                entry = Entry(at(self._now()), decided_by, "notes", details)
                note(self._engine.catalogue.engine, entry)
            return decided

        return await asyncio.to_thread(decide)

    async def admins(self) -> list[int]:
        """See `Access.admins`."""
        return await asyncio.to_thread(self.access.admins)

    async def admins_speak(self) -> dict[int, str]:
        """All admins, with the language to write to each in."""
        return {admin: await self.people.speaks(admin) for admin in await self.admins()}

    def trouble_loop(self, bot: Bot) -> TroubleLoop:
        """What tells admins through `bot` of what fails."""
        return TroubleLoop(self._engine, self._model, bot, self.admins_speak, self._now)

    async def is_served(self, user_id: int, chat_id: int | None = None) -> bool:
        """See `Access.is_served`."""
        return await asyncio.to_thread(self.access.is_served, user_id, chat_id)

    async def is_admin(self, user_id: int) -> bool:
        """See `Access.is_admin`."""
        return await asyncio.to_thread(self.access.is_admin, user_id)

    async def make_admin(self, user_id: int) -> None:
        """See `Access.make_admin`."""
        await asyncio.to_thread(self.access.make_admin, user_id, self._now())

    def stop(self) -> None:
        """Let a running ingest end at its next step; questions under way are still answered."""
        self.corpus.stop()

    def close(self) -> None:
        """Wait for the threads."""
        self.stop()
        self._pool.shutdown(cancel_futures=True)
        self.allowances.close()
        self._fetcher.close()

    async def _in_pool(self, work: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)
