"""What the Telegram handlers work with: the engine, off the event loop, and who may use it."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import coverage_picture
from bot.access import Access
from bot.allowance_desk import AllowanceDesk
from bot.answer_desk import AnswerDesk
from bot.answers import KEPT, ShownAnswer
from bot.awaited import Awaited, AwaitedReplies
from bot.changes import Changes
from bot.conversations import Asked, Conversations, Place
from bot.deliveries import Deliveries, Delivery, Messenger
from bot.delivery_loop import DeliveryLoop
from bot.digest_post import compose
from bot.examples import Examples, Invitation
from bot.feedback import Feedback, FeedbackStore, Outcome, Reason
from bot.limits import Limits
from bot.metrics import Metrics
from bot.people_desk import PeopleDesk
from bot.quotations import Excerpt, excerpts
from bot.sources import Sources, Trial
from bot.status import status_of
from bot.subscriptions import FIRST, Subscription, Subscriptions
from bot.taken import TakenUpdates
from bot.timeline_picture import draw
from bot.timeline_text import entries, title
from bot.trouble_loop import TroubleLoop
from bot.uploads import Upload, Uploads
from bot.watch import Watch
from bot.words import LANGUAGES
from corpus import reviews
from corpus.audit import Entry, at, note
from corpus.catalogue import Version
from corpus.coverage import Coverage, coverage
from corpus.fetch import Fetcher
from corpus.ingest import Report
from corpus.news import languages
from corpus.overrides import Correction, Field
from corpus.preview import Preview
from corpus.reviews import Doubt
from corpus.rights import Right
from corpus.source_list import Source
from retrieval.answer import Answer, Written
from retrieval.conversation import Turn
from retrieval.engine import Engine
from retrieval.question import Part
from retrieval.timeline import Timeline
from retrieval.upkeep import override

if TYPE_CHECKING:
    from telegram import Bot

    from retrieval.llm import LanguageModel

WORKERS = 4
"""Questions that are worked on at once; the others wait their turn."""

_Result = TypeVar("_Result")
_log = structlog.stdlib.get_logger(__name__)


class IngestStoppedError(Exception):
    """The bot is stopping; what the ingest has done so far is kept for the next one."""


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
        workers: int = WORKERS,
        keep_days: int = KEPT.days,
        limits: Limits | None = None,
        inline: bool = False,
    ) -> None:
        self.inline = inline
        self.keep_days = keep_days
        self._model = model
        self._fetcher = fetcher or Fetcher()
        self._sources = Sources(engine, self._fetcher)
        self._uploads = Uploads(engine)
        self.access = access
        self._engine = engine
        self._now = now
        self._examples = Examples(engine)
        self._conversations = Conversations(engine.catalogue.engine)
        self._subscriptions = Subscriptions(engine.catalogue.engine)
        self._awaited = AwaitedReplies(engine.catalogue.engine)
        self.deliveries = Deliveries(engine.catalogue.engine)
        self.metrics = Metrics()
        self.taken = TakenUpdates(engine.catalogue.engine)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="question")
        self._stopping = threading.Event()
        self.allowances = AllowanceDesk(engine.catalogue.engine, access, limits or Limits(), now)
        self.answers = AnswerDesk(engine, now, self._pool, self.allowances)
        self.changes = Changes(engine.catalogue)
        self.people = PeopleDesk(engine.catalogue.engine, access, now, self.allowances)
        self._feedback = FeedbackStore(engine.catalogue.engine)
        self._changing = asyncio.Lock()

    async def warm_up(self) -> None:
        """Load the model, so that the first question does not wait, and forget what is old.

        Raises `EmbeddingError`.
        """
        await asyncio.to_thread(self._conversations.forget_old, self._now())
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

    async def turns_before(self, place: Place, asked: Asked) -> list[Turn]:
        """See `Conversations.before`. None where they cannot be read: the question stands alone."""
        try:
            return await asyncio.to_thread(self._conversations.before, place, asked, self._now())
        except SQLAlchemyError as error:  # whose text may hold what was asked
            _log.error("a conversation could not be read", error=type(error).__name__)
            return []

    def turn_after(self, answer: Answer) -> Turn:
        """The turn that ends now with `answer`."""
        return Turn.after(answer, self._now())

    async def keep_turn(
        self, place: Place, question_id: int | None, answer_ids: Sequence[int], turn: Turn
    ) -> None:
        """Keep a turn for what may follow it, as `Conversations.keep` does; log it if that fails.

        The answer is given by then, and worth more than the thread.
        """
        if turn.carries_nothing:
            return
        keep = self._conversations.keep
        try:
            await asyncio.to_thread(keep, place, question_id, answer_ids, turn)
        except SQLAlchemyError as error:
            _log.error("a turn could not be kept", error=type(error).__name__)

    async def forget(self, place: Place) -> None:
        """See `Conversations.clear`."""
        await asyncio.to_thread(self._conversations.clear, place)

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

    async def coverage(self) -> Coverage | None:
        """What the version in service covers; None before the first ingest."""

        def counted() -> Coverage | None:
            version = self._engine.catalogue.current()
            if version is None:
                return None
            with self._engine.catalogue.engine.connect() as connection:
                return coverage(connection, version.number)

        return await self._in_pool(counted)

    async def coverage_picture(self, value: Coverage, language: str) -> bytes:
        """See `bot.coverage_picture.draw`."""
        cache = self._engine.data_dir / "fonts"
        return await self._in_pool(lambda: coverage_picture.draw(value, language, cache))

    async def preview(self) -> Preview:
        """What `ingest` would do. Raises as `Engine.preview`."""
        return await asyncio.to_thread(self._engine.preview, None)

    async def ingest(
        self,
        made_by: str,
        *,
        confirm_removals: bool = False,
        progress: Callable[[str, int, int], None] = lambda *_: None,
    ) -> Report:
        """Bring the catalogue in line with the corpus folder while questions are answered.

        `progress` is called in another thread. Raises as `Engine.ingest` without waiting, and
        `IngestStoppedError` after `stop`.
        """

        def go_on(stage: str, done: int, total: int) -> None:
            if self._stopping.is_set():
                raise IngestStoppedError
            progress(stage, done, total)

        # A thread of its own: a second one must hear at once that another ingest is under way.
        return await asyncio.to_thread(
            lambda: self._engine.ingest(
                None,
                now=self._now(),
                confirm_removals=confirm_removals,
                made_by=made_by,
                wait=False,
                progress=go_on,
            )
        )

    async def versions(self) -> list[Version]:
        """See `Engine.versions`."""
        return await asyncio.to_thread(self._engine.versions)

    async def roll_back(self, number: int, made_by: str) -> Version:
        """See `Engine.roll_back`; it does not wait for others."""
        return await asyncio.to_thread(
            lambda: self._engine.roll_back(number, now=self._now(), made_by=made_by, wait=False)
        )

    async def override(self, article_id: str, name: Field, value: Any, made_by: str) -> Version:
        """See `retrieval.upkeep.override`; it does not wait for others."""
        return await asyncio.to_thread(
            lambda: override(
                self._engine, article_id, name, value, now=self._now(), made_by=made_by, wait=False
            )
        )

    async def sources(self) -> list[Source]:
        """See `Sources.list`."""
        return await asyncio.to_thread(self._sources.list)

    async def add_source(self, address: str, added_by: str) -> Source:
        """See `Sources.add`."""
        return await asyncio.to_thread(
            lambda: self._sources.add(address, now=self._now(), added_by=added_by)
        )

    async def remove_source(self, number: int, removed_by: str) -> Source:
        """See `Sources.remove`."""
        return await asyncio.to_thread(
            lambda: self._sources.remove(number, now=self._now(), removed_by=removed_by)
        )

    async def test_source(self, address: str) -> Trial:
        """See `Sources.test`."""
        return await asyncio.to_thread(self._sources.test, address)

    async def doubtful(self, most: int, skip: int) -> tuple[list[Doubt], int]:
        """See `corpus.reviews.waiting`."""
        return await asyncio.to_thread(reviews.waiting, self._engine.catalogue, most, skip)

    async def accept_review(self, revision: int, made_by: str) -> str:
        """See `corpus.reviews.accept`."""
        return await asyncio.to_thread(
            lambda: reviews.accept(
                self._engine.catalogue, revision, made_by=made_by, now=self._now()
            )
        )

    async def rights(self) -> tuple[Right, ...]:
        """See `Sources.rights`."""
        return await asyncio.to_thread(self._sources.rights)

    async def state_right(self, name: str, flag: str, set_by: str, *, on: bool) -> Right:
        """Turn ``whole`` or ``remote`` of a source on or off; see `Sources.state_right`."""
        return await asyncio.to_thread(
            lambda: self._sources.state_right(name, **{flag: on}, now=self._now(), set_by=set_by)
        )

    async def keep_upload(self, name: str, content: bytes) -> Upload:
        """See `Uploads.keep`."""
        return await asyncio.to_thread(self._uploads.keep, name, content, self._now())

    async def upload(self, token: str) -> Upload:
        """See `Uploads.get`."""
        return await asyncio.to_thread(self._uploads.get, token)

    async def correct_upload(self, token: str, correction: Correction) -> Upload:
        """See `Uploads.correct`."""
        return await asyncio.to_thread(self._uploads.correct, token, correction)

    async def take_upload(self, token: str, made_by: str) -> Report:
        """See `Uploads.take`."""
        return await asyncio.to_thread(
            lambda: self._uploads.take(token, now=self._now(), made_by=made_by)
        )

    async def drop_upload(self, token: str) -> None:
        """See `Uploads.drop`."""
        await asyncio.to_thread(self._uploads.drop, token, self._now())

    async def await_reply(self, chat: int, message: int, awaited: Awaited) -> None:
        """See `AwaitedReplies.put`."""
        await asyncio.to_thread(self._awaited.put, chat, message, awaited, self._now())

    async def awaited_reply(self, chat: int, message: int) -> Awaited | None:
        """See `AwaitedReplies.get`."""
        return await asyncio.to_thread(self._awaited.get, chat, message, self._now())

    async def answered(self, chat: int, awaited: Awaited) -> None:
        """See `AwaitedReplies.answered`."""
        await asyncio.to_thread(self._awaited.answered, chat, awaited)

    def watch(self) -> Watch:
        """What keeps the corpus current while the bot serves."""
        return Watch(self._engine, self._sources, self._now)

    async def audit(self, count: int) -> list[Entry]:
        """See `Engine.audit`."""
        return await asyncio.to_thread(self._engine.audit, count)

    def now(self) -> dt.datetime:
        """The present instant."""
        return self._now()

    async def subscriptions_of(self, place: Place) -> list[Subscription]:
        """See `Subscriptions.of`."""
        return await asyncio.to_thread(self._subscriptions.of, place)

    async def subscription(self, number: int) -> Subscription | None:
        """See `Subscriptions.get`."""
        return await asyncio.to_thread(self._subscriptions.get, number)

    async def keep_subscription(self, subscription: Subscription) -> Subscription:
        """See `Subscriptions.put`."""
        return await asyncio.to_thread(self._subscriptions.put, subscription)

    async def change_subscription(
        self, number: int, change: Callable[[Subscription], Subscription]
    ) -> Subscription | None:
        """Keep what `change` makes of a subscription, and reckon anew when an active one is due;
        None where it is gone."""
        async with self._changing:  # each of two at once changes what the other left
            found = await self.subscription(number)
            if found is None:
                return None
            changed = change(found)
            if changed == found:
                return found
            if changed.state == "active":
                changed = changed.started(self._now())
            return await self.keep_subscription(changed)

    async def article_languages(self) -> list[str]:
        """The languages of the interface, and after them the others that articles are in."""

        def found() -> set[str]:
            engine = self._engine.catalogue.engine
            version = self._engine.catalogue.current()
            with engine.connect() as connection:
                return languages(connection, version.number) if version else set()

        others = await asyncio.to_thread(found) - set(LANGUAGES)
        return [*LANGUAGES, *sorted(others)]

    async def drop_subscription(self, number: int) -> None:
        """See `Subscriptions.drop`."""
        await asyncio.to_thread(self._subscriptions.drop, number)

    async def chat_moved(self, chat: int, new: int) -> None:
        """See `Subscriptions.moved` and `Changes.moved`."""
        await asyncio.to_thread(self._subscriptions.moved, chat, new)
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

    async def give_feedback(self, answer: ShownAnswer, user: int, reason: Reason) -> None:
        """See `FeedbackStore.give`."""
        await asyncio.to_thread(self._feedback.give, answer, user, reason, self._now())

    async def feedback(self, count: int) -> tuple[dict[str, int], list[Feedback]]:
        """How often each reason was given, and the first complaints that nobody decided on."""
        counts = await asyncio.to_thread(self._feedback.counts)
        return counts, await asyncio.to_thread(self._feedback.complaints, count)

    async def decide_feedback(
        self, number: int, outcome: Outcome, decided_by: str
    ) -> Feedback | None:
        """See `FeedbackStore.decide`; it is audited."""

        def decide() -> Feedback | None:
            found = self._feedback.decide(number, outcome, decided_by)
            if found is not None:
                details = {"feedback": number, "outcome": outcome}
                entry = Entry(at(self._now()), decided_by, "feedback", details)
                note(self._engine.catalogue.engine, entry)
            return found

        return await asyncio.to_thread(decide)

    async def admins(self) -> list[int]:
        """See `Access.admins`."""
        return await asyncio.to_thread(self.access.admins)

    async def admins_speak(self) -> dict[int, str]:
        """All admins, with the language to write to each in."""
        return {admin: await self.people.speaks(admin) for admin in await self.admins()}

    async def preview_digest(self, subscription: Subscription) -> tuple[str, ...]:
        """The messages that a subscription would get now, whatever it does if nothing is new."""
        now = self._now()
        wanted = replace(subscription, tells_nothing_new=True)
        begin = subscription.covered_to or now - FIRST

        def made() -> tuple[str, ...]:
            told = self._subscriptions.told(subscription.id)
            return compose(self._engine, wanted, begin, now, told).parts

        return await self._in_pool(made)

    async def delivery(self, number: int) -> Delivery | None:
        """See `Deliveries.get`."""
        return await asyncio.to_thread(self.deliveries.get, number)

    async def ask_for_rest(self, number: int) -> bool:
        """See `Deliveries.ask_for_rest`."""
        return await asyncio.to_thread(self.deliveries.ask_for_rest, number)

    async def give_rest_back(self, number: int) -> None:
        """See `Deliveries.give_rest_back`."""
        await asyncio.to_thread(self.deliveries.give_rest_back, number)

    async def mute(self, number: int, story: str, title: str) -> None:
        """See `Subscriptions.mute`."""
        await asyncio.to_thread(self._subscriptions.mute, number, story, self._now(), title)

    async def unmute(self, number: int, story: str) -> None:
        """See `Subscriptions.unmute`."""
        await asyncio.to_thread(self._subscriptions.unmute, number, story)

    async def muted(self, number: int) -> list[tuple[str, str]]:
        """See `Subscriptions.muted`."""
        return await asyncio.to_thread(self._subscriptions.muted, number)

    def delivery_loop(self, messenger: Messenger) -> DeliveryLoop:
        """What sends this engine's digests through `messenger`."""
        return DeliveryLoop(
            self.deliveries,
            self._subscriptions,
            lambda *asked: compose(self._engine, *asked),
            messenger,
            self._now,
        )

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
        self._stopping.set()

    def close(self) -> None:
        """Wait for the threads."""
        self.stop()
        self._pool.shutdown(cancel_futures=True)
        self.allowances.close()
        self._fetcher.close()

    async def _in_pool(self, work: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)
