"""Whose something is: not of a country where the evidence has it of another.

"… hoped the UK would share research, to raise public health" says nothing of "Vietnam's health".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from corpus.countries import PlaceMention
from retrieval.verify.alignment import Alignment
from retrieval.verify.clauses import parts
from retrieval.verify.problem import Problem
from retrieval.verify.told import Told

_MEANT = 0.45
"""Nearness from which a word of the evidence is taken to be the one that is somebody's."""

_AS_NEAR = 0.03
"""Words as near as this to the nearest may be meant too."""

_BESIDE = 6
"""Words between something and a country beyond which it is not that country's by standing there."""

_BEFORE = {
    "fr": re.compile(r"([^\W\d_]{4,})\s+(?:du|de la|de l['’]|des|de|d['’])\s*$", re.IGNORECASE),
    "en": re.compile(r"([^\W\d_]{4,})\s+of\s+(?:the\s+)?$", re.IGNORECASE),
    "vi": re.compile(r"([^\W\d_]+)\s+của\s+$", re.IGNORECASE),
}
_BEHIND = re.compile(r"['’]s?\s+([^\W\d_]{4,})")
_CUT = re.compile(r"[,;:.!?–—\n]+(?=\s|$)")


def holder_problems(statement: Told, held: Sequence[Alignment]) -> Iterator[Problem]:
    """The countries of a statement that something is said to be of, and is not in the evidence."""
    for place in statement.places:
        word = _held_by(statement, place)
        if word is None or place.kind != "country":
            continue
        whose = [
            _whose(each.told, number, place.code) for each in held for number in _meant(each, word)
        ]
        if "another's" in whose and "its" not in whose:
            yield Problem("country", place.span, "is not whose that is in the evidence")


def _meant(held: Alignment, word: int) -> list[int]:
    """The words of the evidence that a word of the statement may stand for: the nearest, those as
    near, and the same word elsewhere."""
    near = held.words[word]
    nearest = float(near.max(initial=0))
    if nearest < _MEANT:
        return []
    words = held.told.words
    same = words[int(near.argmax())].fold
    return [n for n in range(len(words)) if near[n] >= nearest - _AS_NEAR or words[n].fold == same]


def _held_by(told: Told, place: PlaceMention) -> int | None:
    """The word that stands for what a country is said to have: "la capacité du Vietnam"."""
    before = _BEFORE[told.language].search(told.text[: place.start])
    behind = _BEHIND.match(told.text, place.span.end) if told.language == "en" else None
    if behind is not None:
        start = behind.start(1)
    elif before is not None:
        start = before.start(1)
    else:
        return None
    if any(title.span.start <= start < title.span.end for title in told.titles):
        return None  # whose minister somebody is, `countries_of` tells
    return told.word_at(start)


def _whose(told: Told, number: int, code: str) -> Literal["its", "another's", "nobody's"]:
    """Whether word `number` of the evidence stands with a country, or with others alone."""
    at = told.words[number].start
    cuts = [match.end() for match in _CUT.finditer(told.text)]
    begin = max((cut for cut in cuts if cut <= at), default=0)
    end = min((cut for cut in cuts if cut > at), default=len(told.text))
    if any(abs(span.start - begin) <= 1 for span in parts(told.text, told.language)[1:]):
        return "its"  # ", còn Argentina …": what is left out there stands in the part before
    around = {place.code for place in told.places if begin <= place.start < end}
    beside = any(
        abs(told.word_at(place.start) - number) <= _BESIDE
        for place in told.places
        if place.code == code
    )
    if code in around or beside:
        return "its"
    return "another's" if around else "nobody's"
