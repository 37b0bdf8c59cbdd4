"""Judge a corpus by its owner's own questions: what is found, cited, refused, and how fast."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from retrieval.engine import Engine
from retrieval.errors import QuestionError

TOP = 10
"""Passages of a search in which the expected articles are looked for."""

Verdict = Literal["cited", "not cited", "wrongly refused", "refused", "wrongly answered"]


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the questions file. With no `articles` the question must be refused."""

    line: int
    id: str
    question: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was left out, and why."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went: which of its expected articles search found and the answer cites."""

    case: Case
    found: tuple[str, ...]
    cited: tuple[str, ...]
    refused: bool
    seconds: float

    @property
    def verdict(self) -> Verdict:
        if not self.case.articles:
            return "refused" if self.refused else "wrongly answered"
        if self.refused:
            return "wrongly refused"
        return "cited" if self.cited else "not cited"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All outcomes in the order of the file. A share is None where there is nothing to count."""

    outcomes: tuple[Outcome, ...]
    bad: tuple[BadLine, ...] = ()

    def with_bad(self, bad: Iterable[BadLine]) -> Evaluation:
        """The same with further lines left out."""
        return replace(self, bad=tuple(sorted((*self.bad, *bad), key=lambda each: each.line)))

    @property
    def answerable(self) -> tuple[Outcome, ...]:
        """Outcomes of questions that have expected articles."""
        return tuple(item for item in self.outcomes if item.case.articles)

    @property
    def unanswerable(self) -> tuple[Outcome, ...]:
        """Outcomes of questions that must be refused."""
        return tuple(item for item in self.outcomes if not item.case.articles)

    @property
    def recall(self) -> float | None:
        """Share of all expected articles that are among the top ten passages of a search."""
        expected = sum(len(item.case.articles) for item in self.answerable)
        return _share(sum(len(item.found) for item in self.answerable), expected)

    @property
    def complete(self) -> float | None:
        """Share of questions that have all their expected articles there."""
        whole = sum(len(item.found) == len(item.case.articles) for item in self.answerable)
        return _share(whole, len(self.answerable))

    @property
    def cited(self) -> float | None:
        """Share of questions whose answer has an expected article among its sources."""
        return _share(sum(bool(item.cited) for item in self.answerable), len(self.answerable))

    @property
    def wrongly_refused(self) -> float | None:
        """Share of answerable questions that were refused."""
        return _share(sum(item.refused for item in self.answerable), len(self.answerable))

    @property
    def wrongly_answered(self) -> float | None:
        """Share of questions to be refused that were answered."""
        return _share(sum(not i.refused for i in self.unanswerable), len(self.unanswerable))

    @property
    def median(self) -> float:
        """Seconds from question to answer."""
        return statistics.median(item.seconds for item in self.outcomes)

    @property
    def p95(self) -> float:
        """Seconds within which nineteen answers in twenty are there."""
        seconds = sorted(item.seconds for item in self.outcomes)
        return seconds[-(-95 * len(seconds) // 100) - 1]


def read_cases(lines: Iterable[str]) -> tuple[list[Case], list[BadLine]]:
    """The questions of a JSON Lines file, and the lines that hold none; empty ones are passed by.

    A line is `{"id"?, "question", "articles": [id, …]}`; `"articles": []` or `"nothing": true`
    mark a question that must be refused.
    """
    cases: list[Case] = []
    bad: list[BadLine] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            cases.append(_case(number, line))
        except ValueError as error:
            bad.append(BadLine(number, str(error)))
    return cases, bad


def _case(number: int, line: str) -> Case:
    """The case of a line. Raises ValueError with what is wrong."""
    try:
        fields = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise ValueError("is not JSON") from None
    if not isinstance(fields, dict):
        raise ValueError("is not an object")
    question = fields.get("question")
    if not isinstance(question, str) or not question.strip():
        raise ValueError('has no "question"')
    return Case(number, _id(fields.get("id"), number), question.strip(), _articles(fields))


def _id(value: Any, number: int) -> str:
    if value is None:
        return str(number)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError('"id" is neither text nor a number')
    return str(value)


def _articles(fields: dict[str, Any]) -> tuple[str, ...]:
    articles, nothing = fields.get("articles"), fields.get("nothing")
    if nothing is not None and not isinstance(nothing, bool):
        raise ValueError('"nothing" is neither true nor false')
    if articles is None:
        if nothing:
            return ()
        raise ValueError('has neither "articles" nor "nothing": true')
    if not isinstance(articles, list) or not all(isinstance(each, str) for each in articles):
        raise ValueError('"articles" is not a list of article ids')
    if nothing is not None and nothing == bool(articles):
        raise ValueError('"articles" and "nothing" contradict each other')
    return tuple(dict.fromkeys(articles))


def evaluate(
    engine: Engine,
    cases: Sequence[Case],
    *,
    today: dt.date,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Evaluation:
    """Search and ask each question, one after the other.

    A case that names articles the corpus does not have, or whose question is none, is a bad line.
    Raises as `Engine.ask` does for everything else.
    """
    known = {article.id for article in engine.articles()}
    outcomes: list[Outcome] = []
    bad: list[BadLine] = []
    engine.warm_up()
    for done, case in enumerate(cases, start=1):
        try:
            outcomes.append(_outcome(engine, case, known, today))
        except (QuestionError, ValueError) as error:
            bad.append(BadLine(case.line, str(error)))
        progress("asking", done, len(cases))
    return Evaluation(tuple(outcomes), tuple(bad))


def _outcome(engine: Engine, case: Case, known: Collection[str], today: dt.date) -> Outcome:
    """Raises ValueError where an expected article is not in the corpus."""
    absent = [each for each in case.articles if each not in known]
    if absent:
        raise ValueError(f"names what is no article of the corpus: {', '.join(absent)}")
    started = time.perf_counter()
    answer = engine.quote(case.question, today=today)
    seconds = time.perf_counter() - started
    sources = {source.article.id for source in answer.sources}
    top = set()
    if case.articles:
        result = engine.search(case.question, k=TOP, today=today)
        top = {item.passage.article_id for item in result.found}
    return Outcome(
        case,
        found=tuple(each for each in case.articles if each in top),
        cited=tuple(each for each in case.articles if each in sources),
        refused=answer.refusal is not None,
        seconds=seconds,
    )


def _share(count: int, of: int) -> float | None:
    return count / of if of else None
