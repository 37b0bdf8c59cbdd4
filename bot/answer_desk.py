"""The answers that were shown and what they rest on, for callers on the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import payload
from bot.allowance_desk import AllowanceDesk
from bot.answers import Answers, ShownAnswer
from bot.conversations import Place
from bot.evidence import Evidence, evidence, where
from bot.source_lines import describe
from bot.word_document import word_document
from corpus.rights import may_send_whole
from retrieval.answer import Answer, Citation
from retrieval.engine import Engine

_log = structlog.stdlib.get_logger(__name__)


class AnswerDesk:
    """Keeps answers and looks their evidence up, never on the event loop.

    `pool` is where the engine works on questions, `allowances` what people may ask for.
    """

    def __init__(
        self,
        engine: Engine,
        now: Callable[[], dt.datetime],
        pool: Executor,
        allowances: AllowanceDesk,
    ) -> None:
        self._engine = engine
        self._now = now
        self._pool = pool
        self._allowances = allowances
        self._answers = Answers(engine.catalogue.engine)

    async def keep(
        self,
        place: Place,
        answer: Answer,
        *,
        user: int | None,
        question_id: int | None,
        again: int | None = None,
    ) -> int | None:
        """Keep an answer that is about to be shown, as `Answers.keep` does; None if that fails.

        The answer is worth more than what could stand under it.
        """
        content = payload.answer(answer, None, 0.0)
        for source, entry in zip(answer.sources, content["sources"], strict=True):
            entry["line"] = describe(source.article, content["language"])

        def kept() -> int:
            return self._answers.keep(
                place,
                content,
                self._now(),
                user=user,
                question_id=question_id,
                again=again,
            )

        try:
            return await asyncio.to_thread(kept)
        except SQLAlchemyError as error:  # whose text may hold what was asked
            _log.error("an answer could not be kept", error=type(error).__name__)
            return None

    async def sent(self, number: int, message_ids: Sequence[int]) -> None:
        """See `Answers.sent`; log it if that fails."""
        try:
            await asyncio.to_thread(self._answers.sent, number, message_ids)
        except SQLAlchemyError as error:
            _log.error("an answer's messages could not be kept", error=type(error).__name__)

    async def get(self, number: int, chat: int) -> ShownAnswer | None:
        """See `Answers.get`."""
        return await asyncio.to_thread(self._answers.get, number, chat)

    async def of_question(self, place: Place, question_id: int) -> ShownAnswer | None:
        """See `Answers.of_question`."""
        return await asyncio.to_thread(self._answers.of_question, place, question_id)

    async def last(self, place: Place) -> ShownAnswer | None:
        """See `Answers.last`."""
        return await asyncio.to_thread(self._answers.last, place)

    async def document(self, answer: ShownAnswer) -> bytes:
        """See `bot.word_document.word_document`."""
        return await asyncio.to_thread(word_document, answer)

    async def evidence(self, answer: ShownAnswer, number: int, place: int = 0) -> Evidence | None:
        """See `bot.evidence.evidence`."""
        return await asyncio.to_thread(evidence, self._engine.catalogue, answer, number, place)

    async def may_send_whole(self, found: Evidence) -> bool:
        """Whether readers may be sent the whole article; see `corpus.rights`."""
        rows, article = self._engine.catalogue.engine, found.article
        return article is not None and await asyncio.to_thread(may_send_whole, rows, article)

    async def translation(self, found: Evidence, user: int) -> str | None:
        """Evidence in the language of its answer, where it is in another one and a language model
        is there for `user`; what it wrote for the answer, if it did."""
        article, language = found.article, found.answer.language
        place = where(article, found.cited) if article else None
        if article is None or place is None or article.language == language:
            return None
        written = found.answer.written_on(found.cited)
        if written:
            return " ".join(written)
        citation = Citation(found.number, article.id, found.cited.quote, *place)

        def translated() -> str | None:
            if self._allowances.without_model(user) is not None:
                return None
            with self._allowances.counting(user):
                return self._engine.translate(citation, article, language)

        return await asyncio.get_running_loop().run_in_executor(self._pool, translated)
