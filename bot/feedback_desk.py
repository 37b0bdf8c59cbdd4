"""What readers say of answers, for callers on the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable

from sqlalchemy import Engine

from bot.answers import ShownAnswer
from bot.feedback import Feedback, FeedbackStore, Outcome, Reason
from corpus.audit import Entry, at, note


class FeedbackDesk:
    """Keeps what readers say, and what admins decide on it."""

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._now = now
        self._feedback = FeedbackStore(engine)

    async def give(self, answer: ShownAnswer, user: int, reason: Reason) -> None:
        """See `FeedbackStore.give`."""
        await asyncio.to_thread(self._feedback.give, answer, user, reason, self._now())

    async def first(self, count: int) -> tuple[dict[str, int], list[Feedback]]:
        """How often each reason was given, and the first complaints that nobody decided on."""
        counts = await asyncio.to_thread(self._feedback.counts)
        return counts, await asyncio.to_thread(self._feedback.complaints, count)

    async def decide(self, number: int, outcome: Outcome, decided_by: str) -> Feedback | None:
        """See `FeedbackStore.decide`; it is audited."""

        def decide() -> Feedback | None:
            found = self._feedback.decide(number, outcome, decided_by)
            if found is not None:
                details = {"feedback": number, "outcome": outcome}
                entry = Entry(at(self._now()), decided_by, "feedback", details)
                note(self._engine, entry)
            return found

        return await asyncio.to_thread(decide)
