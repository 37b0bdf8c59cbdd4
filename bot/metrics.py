"""What the bot counts and times, for Prometheus; no words of anybody are in it."""

from __future__ import annotations

import threading
import time

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from retrieval.answer import Answer

_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
"""Seconds: a quoted answer takes tenths, one that a local model writes takes minutes."""


class Metrics:
    """The numbers of one bot. Safe to use from several threads."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._questions = Counter(
            "attache_questions", "Questions that were answered or refused.", registry=registry
        )
        self._abstentions = Counter(
            "attache_abstentions", "Questions that the corpus does not answer.", registry=registry
        )
        self._replaced = Counter(
            "attache_replaced_statements",
            "Sentences of the language model that a quotation stands for.",
            registry=registry,
        )
        self._errors = Counter(
            "attache_errors", "Questions and updates that failed.", ["kind"], registry=registry
        )
        self._flood_waits = Counter(
            "attache_flood_waits", "Pauses that Telegram asked for.", registry=registry
        )
        self._flood_seconds = Counter(
            "attache_flood_wait_seconds", "How long those were.", registry=registry
        )
        self._stages = Histogram(
            "attache_stage_seconds",
            "Seconds of a question: waiting for its turn, finding, writing, sending.",
            ["stage"],
            buckets=_BUCKETS,
            registry=registry,
        )

    def answered(self, answer: Answer) -> None:
        """Count an answer."""
        self._questions.inc()
        self._abstentions.inc(answer.refusal is not None)
        self._replaced.inc(len(answer.writing.failing) if answer.writing else 0)

    def failed(self, error: BaseException) -> None:
        """Count an error, by its kind."""
        self._errors.labels(type(error).__name__).inc()

    def flooded(self, seconds: float) -> None:
        """Count a pause that Telegram asked for."""
        self._flood_waits.inc()
        self._flood_seconds.inc(seconds)

    def stages(self, first: str) -> Stages:
        """Time stages that follow each other; the first one begins now."""
        return Stages(self._stages, first)

    def text(self) -> bytes:
        """All numbers, in Prometheus' own format."""
        return generate_latest(self.registry)


class Stages:
    """A watch for stages of one question, each of which ends where the next begins."""

    def __init__(self, histogram: Histogram, first: str) -> None:
        self._histogram = histogram
        self._lock = threading.Lock()
        self._stage: str | None = first
        self._since = time.perf_counter()

    def begin(self, stage: str | None) -> None:
        """End the stage that is on, and begin another."""
        with self._lock:
            now = time.perf_counter()
            if self._stage is not None:
                self._histogram.labels(self._stage).observe(now - self._since)
            self._stage, self._since = stage, now

    def end(self) -> None:
        """End the stage that is on."""
        self.begin(None)
