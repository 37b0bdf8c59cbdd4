"""Whether the facts of a statement belong together: to the part of the evidence that it tells of.

An article that says what two ministers said has both names in it; which of them said what is told by
the clause. The evidence is cut where somebody else may begin to speak or act, and a statement
belongs to the part whose other words are nearest to its own.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.article import Span
from corpus.dates import DateMention
from retrieval.embedding import Vectors
from retrieval.space import Question, Tokens
from retrieval.tables import table
from retrieval.verify.quantities import Quantity
from retrieval.verify.rules import Problem
from retrieval.verify.told import Told

_SHORTEST = 8
"""Characters below which what is between two cuts is no part of its own."""

_BIG = 1000
_TITLE_WEIGHT = 0.3
"""Titles say little of what is told, but more than names do."""

_END = re.compile(r"[.;!?…](?=\s)")
_ABBREVIATION = re.compile(r"\b\w{1,2}$")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something of a kind that can be mistaken for another of the same kind."""

    kind: str
    values: frozenset[Hashable]
    span: Span

    def is_same(self, other: Fact) -> bool:
        """Whether both mean the same."""
        return self.kind == other.kind and not self.values.isdisjoint(other.values)


@lru_cache(maxsize=512)
def facts_of(told: Told) -> Sequence[Fact]:
    """The places, organisations, names, numbers and dates of a text."""
    found = [Fact(place.kind, frozenset((place.code,)), place.span) for place in told.places]
    found += [Fact("region", frozenset((body.key,)), body.span) for body in told.bodies]
    found += [
        Fact("code" if _is_code(name.surface) else "name", frozenset(name.parts), name.span)
        for name in told.names
    ]
    found += [
        Fact(_measure(quantity), frozenset(quantity.values), quantity.span)
        for quantity in told.quantities
        if not quantity.doubtful
    ]
    found += [
        Fact(f"date {date.grain}", _days(date), Span(date.start_char, date.end_char))
        for date in told.dates
    ]
    return tuple(sorted(found, key=lambda fact: fact.span.start))


def _is_code(surface: str) -> bool:
    return surface.isupper() or any(character.isdigit() for character in surface)


def _measure(quantity: Quantity) -> str:
    return f"number {quantity.unit or ('big' if quantity.values[0] >= _BIG else 'small')}"


def _days(date: DateMention) -> frozenset[Hashable]:
    """A date by its day and month, which the year may be missing from."""
    if date.start is not None and date.grain == "day":
        return frozenset(((date.start.month, date.start.day),))
    return frozenset(((date.start, date.end),) if date.start else ((date.month, date.day),))


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of one text of the evidence: which text, where, its facts, and how near it is."""

    facts: tuple[Fact, ...]
    nearness: float


def segment_problems(
    statement: Told, sought: Question, evidence: Sequence[tuple[Told, Tokens]]
) -> Iterator[Problem]:
    """The facts that the evidence has of somebody or something else.

    `sought` is the statement as read, and each text of the evidence comes with its tokens.
    """
    mine = facts_of(statement)
    weights = _without_facts(statement, sought.starts, sought.weights)
    if not mine or weights.sum() <= 0:
        return
    weights = weights / weights.sum()
    segments = [
        segment
        for told, tokens in evidence
        for segment in _segments(told, tokens, sought.tokens, weights)
    ]
    if len(segments) < 2:
        return
    shared = [_shared(segment, mine) for segment in segments]
    for fact in mine:
        own = [n for n, s in enumerate(segments) if any(fact.is_same(f) for f in s.facts)]
        beside = {m for n in own for m in (n - 1, n + 1) if 0 <= m < len(segments)}.difference(own)
        if not own or not beside:
            continue
        best = max(beside, key=lambda n: segments[n].nearness)
        if segments[best].nearness <= max(segments[n].nearness for n in own):
            continue
        # Where two facts of the statement stand side by side, its other words may be left out.
        if max(shared[n] for n in own) > max(1, shared[best]):
            continue
        rivals = [
            other
            for other in segments[best].facts
            if other.kind == fact.kind and not any(other.is_same(each) for each in mine)
        ]
        if rivals:
            yield Problem(fact.kind, fact.span, "belongs to something else in the evidence")


def _shared(segment: Segment, mine: Sequence[Fact]) -> int:
    return sum(any(fact.is_same(other) for other in segment.facts) for fact in mine)


def _without_facts(told: Told, starts: NDArray[np.int32], weights: Vectors) -> Vectors:
    """The weights with nothing for facts, which are what is to be found out."""
    kept = weights.copy()
    for fact in facts_of(told):
        kept[_inside(starts, fact.span)] = 0
    for title in told.titles:
        kept[_inside(starts, title.span)] *= _TITLE_WEIGHT
    return kept


def _inside(starts: NDArray[np.int32], span: Span) -> NDArray[np.bool_]:
    # A token begins with the space before its word.
    within: NDArray[np.bool_] = (starts >= span.start - 1) & (starts < span.end)
    return within


def _segments(
    told: Told, tokens: Tokens, statement: Vectors, weights: Vectors
) -> Iterator[Segment]:
    facts = facts_of(told)
    free = np.ones(len(tokens.starts), bool)
    for fact in facts:
        free &= ~_inside(tokens.starts, fact.span)
    for span in cut(told.text, told.language):
        words = free & _inside(tokens.starts, span)
        inside = tuple(f for f in facts if span.start <= f.span.start < span.end)
        near = -1.0
        if words.any():
            near = float(weights @ (statement @ tokens.vectors[words].T).max(axis=1))
        yield Segment(inside, near)


@lru_cache(maxsize=512)
def sentences(told: Told) -> Sequence[Span]:
    """The sentences of a text (sentencex)."""
    from sentencex import segment  # noqa: PLC0415 - loads its rules at import

    spans, at = [], 0
    for sentence in segment(told.language, told.text):
        start = told.text.find(sentence, at)
        if start >= 0 and sentence.strip():
            spans.append(Span(start, start + len(sentence)))
            at = start + len(sentence)
    return tuple(spans) or (Span(0, len(told.text)),)


@lru_cache(maxsize=2048)
def cut(text: str, language: str) -> list[Span]:
    """The parts of `text` between sentence ends, semicolons and words such as "while"."""
    cuts = {0}
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text[: match.start()]):
            cuts.add(match.end())
    pattern = _parting(language)
    if pattern is not None:
        cuts.update(match.start() for match in pattern.finditer(text))
    ordered = [*sorted(cuts), len(text)]
    parts: list[Span] = []
    for start, end in zip(ordered, ordered[1:], strict=False):
        if parts and end - start < _SHORTEST:
            parts[-1] = Span(parts[-1].start, end)
        else:
            parts.append(Span(start, end))
    return parts


@cache
def _parting(language: str) -> re.Pattern[str] | None:
    words = table("clauses").get(language)
    if not words:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)
