"""How a text is built: its sentences, its clauses, and how far apart its words stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.article import Span
from corpus.words import Word
from retrieval.tables import table
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_SHORTEST = 8
"""Characters below which what is between two cuts is no part of its own."""

_END = re.compile(r"[.;!?…\n]+(?=\s|$)")
_ABBREVIATION = re.compile(r"\b\w{1,2}$")
_JOINTS = frozenset(",;()–—")
_COMMAS = frozenset(',()–—:"“”«»')

# Words' worth of distance that is added where one clause ends and another begins.
_AT_END, _AT_PARTING, _AT_RELATIVE, _AT_COMMA = 12.0, 10.0, 3.0, 2.5


@lru_cache(maxsize=2048)
def parts(text: str, language: str) -> Sequence[Span]:
    """The parts of `text` between sentence ends, semicolons and words such as "while"."""
    cuts = {0, *_ends(text)}
    pattern = _parting(language)
    if pattern is not None:
        cuts.update(match.start() for match in pattern.finditer(text))
    return _between(text, cuts)


@lru_cache(maxsize=2048)
def sentences(text: str) -> Sequence[Span]:
    """The parts of `text` between sentence ends and semicolons."""
    return _between(text, {0, *_ends(text)})


def _ends(text: str) -> list[int]:
    return [
        match.end()
        for match in _END.finditer(text)
        if not (match.group()[-1] in ".…" and text[match.end() :].lstrip()[:1].islower())
        and (
            match.group()[0] != "."
            or not _ABBREVIATION.search(text[max(0, match.start() - 4) : match.start()])
        )
    ]


def _between(text: str, cuts: set[int]) -> Sequence[Span]:
    spans: list[Span] = []
    for start, end in pairwise([*sorted(cuts), len(text)]):
        if spans and end - start < _SHORTEST:
            spans[-1] = Span(spans[-1].start, end)
        elif end > start:
            spans.append(Span(start, end))
    return tuple(spans) or (Span(0, len(text)),)


@cache
def _parting(language: str) -> re.Pattern[str] | None:
    words = table("clauses")["parting"].get(language)
    if not words:
        return None
    forms = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?:(?<!\w)|(?=[,;]))(?:{forms})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1024)
def course(told: Told) -> NDArray[np.float64]:
    """Where each word of a text stands (words,): one apart, and farther where clauses meet."""
    words = told.words
    if not words:
        return np.zeros(0)
    starts = {span.start for span in parts(told.text, told.language)}
    steps = [0.0]
    for left, right in pairwise(words):
        between = told.text[left.end : right.start]
        step = 1.0
        if _begins(starts, left, right):
            step += _AT_END if any(mark in between for mark in ".;!?…\n") else _AT_PARTING
        elif right.fold in small_words("relative"):
            step += _AT_RELATIVE
        if not _COMMAS.isdisjoint(between):
            step += _AT_COMMA
        steps.append(step)
    return np.cumsum(steps)


def _begins(starts: set[int], left: Word, right: Word) -> bool:
    """Whether a part begins between two words."""
    return any(start in starts for start in range(left.end, right.start + 1))


def joined(told: Told) -> Sequence[range]:
    """The words of a text between commas and words that join on: "and", "avec", "rồi"."""
    words = told.words
    starts = [
        number
        for number, (left, right) in enumerate(pairwise(words), 1)
        if right.fold in small_words("joining")
        or not _JOINTS.isdisjoint(told.text[left.end : right.start])
    ]
    return [range(*ends) for ends in pairwise([0, *starts, len(words)])]


def last_of_clause(told: Told, index: int, most: int) -> int:
    """The last word of the clause that word `index` stands in, at most `most` words on."""
    last = min(len(told.words) - 1, index + most)
    for left, right in pairwise(range(index, last + 1)):
        between = told.text[told.words[left].end : told.words[right].start]
        if between.strip() != "." and any(mark in between for mark in ',;.:!?()«»“”"\n'):
            return left
    return last
