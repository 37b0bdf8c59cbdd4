"""What stands around a fact of a statement, looked up in the evidence by its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.verify.alignment import Alignment
from retrieval.verify.clauses import course, parts
from retrieval.verify.facts import Fact, facts_of
from retrieval.verify.grammar import is_speaker, word_before
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told
from retrieval.words import idle_words

Places = NDArray[np.float64]

_UNLIKE = 40.0
"""Words that one of nearness counts for: a word a little farther in meaning may be the one meant if
it stands so much nearer."""

_CHANCE = 0.25
_SURE = 0.4
"""Nearness of a word that is chance, and how far above it a word counts in full."""

_REACH = 5.0
"""Words after which what stands around a fact counts for a third."""

_FAR = 14.0
"""Words beyond which all is equally far."""

_OTHER_SIDE = 2.0
"""What it counts, in words, that something stands before and not behind, or the other way."""

_FACT, _MARK = 0.5, 0.35
"""How much a fact counts that both tell, and an act, beside a word that is surely the same."""

_ALIKE = 3.0
"""Cost, in words, at which a word counts for a third in a part of the evidence."""

_IDLE = 0.15
_BETWEEN_TEXTS = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A fact of the evidence: in which text, where among all words, in which part of all, and in
    which bit of all, which commas end too; and whether it is a date that opens its part, "In 2022,
    …", and could as well end it."""

    told: Told
    fact: Fact
    place: float
    part: int
    bit: int
    opens: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Anchor:
    """A fact or an act that both tell: its weight, whether it stands before, and where it is."""

    weight: float
    is_before: bool
    places: tuple[float, ...]
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What stands around a fact of the statement.

    `words` (n,) count the words of the statement that say something, `weights` (n,) how much each
    counts, and `is_before` (n,) whether it stands before the fact.
    """

    words: NDArray[np.int64]
    weights: Places
    is_before: NDArray[np.bool_]
    anchors: tuple[_Anchor, ...]

    @property
    def weight(self) -> float:
        return float(self.weights.sum()) + sum(anchor.weight for anchor in self.anchors)


class Surroundings:
    """A statement's facts, those of its evidence, and what stands near what."""

    def __init__(self, statement: Told, held: Sequence[Alignment]) -> None:
        self.statement = statement
        self.facts = facts_of(statement)
        self._course = course(statement)
        self._marks: dict[str, list[tuple[float, int]]] = {}
        self.mentions: list[Mention] = []
        self._places, self._parts = self._read(held)
        self._unlike, self._sure = _unlike(statement, held)

    def _read(self, held: Sequence[Alignment]) -> tuple[Places, NDArray[np.int64]]:
        """Where the words of the evidence stand and in which part; collects its facts and acts."""
        places: list[Places] = []
        shares: list[NDArray[np.int64]] = []
        offset, number, bits = 0.0, 0, 0
        for each in held:
            told = each.told
            own = course(told) + offset
            starts = _starts(told)
            begins = [word.start for word in told.words]
            share = np.searchsorted(starts, begins, "right") - 1 + number
            for fact in facts_of(told):
                where = list(fact.words)
                part = int(share[where[0]])
                bit = bits + fact_bit(told, fact)
                opens = fact.kind == "date" and _opens(told, fact)
                place = float(own[where].mean()) + _of_total(told, fact, own)
                self.mentions.append(Mention(told, fact, place, part, bit, opens))
            for mark in told.marks:
                at = float(own[mark.first]), int(share[mark.first])
                self._marks.setdefault(mark.key, []).append(at)
            places.append(own)
            shares.append(share)
            number += len(starts)
            bits += len(told.text)
            if len(own):
                offset = float(own[-1]) + _BETWEEN_TEXTS
        return np.concatenate(places), np.concatenate(shares)

    def same(self, fact: Fact) -> list[Mention]:
        """Where the evidence has a fact of the statement, told in the same way if it can be."""
        found = [each for each in self.mentions if fact.is_same(each.fact)]
        best = max((fact.likeness(each.fact) for each in found), default=0)
        return [each for each in found if fact.likeness(each.fact) == best]

    def around(self, fact: Fact, without: Sequence[Fact] = (), reach: float = _REACH) -> Around:
        """What stands around `fact`, facts `without` left out, nearer things counting for more."""
        place = self._place(fact)
        if fact.kind == "date" and _opens(self.statement, fact):
            place = self._end(fact)  # "In 2019, it was changed": as if it stood behind
        telling = np.flatnonzero(self._sure)
        course = self._course[telling]
        weights = self._sure[telling] * np.exp(-np.abs(course - place) / reach)
        anchors = []
        for at, weight, found in self._told_by_both(fact, without):
            places, shares = zip(*found, strict=True)
            decay = float(np.exp(-abs(at - place) / reach))
            anchors.append(_Anchor(weight * decay, at < place, places, shares))
        return Around(telling, weights, course < place, tuple(anchors))

    def _told_by_both(
        self, fact: Fact, without: Sequence[Fact]
    ) -> Iterator[tuple[float, float, list[tuple[float, int]]]]:
        """Acts and other facts of the statement: where they stand, their weight, and where in the
        evidence they stand."""
        for mark in self.statement.marks:
            if mark.group != "not" and mark.key in self._marks:
                yield float(self._course[mark.first]), _MARK, self._marks[mark.key]
        for other in self.facts:
            # A capital is told both as a city and as who acts there.
            if other.span == fact.span or other in without:
                continue
            found = [(each.place, each.part) for each in self.same(other)]
            if found:
                yield self._place(other), _FACT, found

    def _end(self, fact: Fact) -> float:
        """Where the part of the statement ends that a fact stands in."""
        told = self.statement
        spans = parts(told.text, told.language)
        span = next(span for span in spans if span.start <= fact.span.start < span.end)
        return float(self._course[told.words_in(span)[-1]]) + 1.0

    def _place(self, fact: Fact) -> float:
        return float(self._course[list(fact.words)].mean())

    def distance(self, around: Around, mention: Mention) -> float:
        """How far, in words, what is around stands from a fact of the evidence."""
        place = mention.place
        other_side = 0.0 if mention.opens else _OTHER_SIDE
        apart = np.minimum(np.abs(self._places - place), _FAR)
        before = apart + other_side * (self._places > place)
        behind = apart + other_side * (self._places < place)
        sides = np.where(around.is_before[:, None], before, behind)
        nearest = (sides + self._unlike[around.words]).min(axis=1, initial=2 * _FAR)
        total = float(around.weights @ np.minimum(nearest, _FAR + _OTHER_SIDE))
        for anchor in around.anchors:
            total += anchor.weight * min(
                min(abs(each - place), _FAR) + other_side * ((each < place) != anchor.is_before)
                for each in anchor.places
            )
        return total / around.weight

    def share(self, around: Around, part: int) -> float:
        """How much of what is around stands in one part of the evidence, 0…1."""
        inside = self._parts == part
        total = sum(anchor.weight for anchor in around.anchors if part in anchor.parts)
        if inside.any() and len(around.words):
            unlike = self._unlike[around.words][:, inside].min(axis=1)
            total += float(around.weights @ np.exp(-unlike / _ALIKE))
        return total / around.weight


_OPENING = 8
"""Characters before what opens a part: "En", "Vào năm"."""


def _starts(told: Told) -> list[int]:
    """Where the parts of a text begin, with those of more who speak: "A said this and B that"."""
    starts = {span.start for span in parts(told.text, told.language)}
    starts |= {
        fact.span.start
        for fact in facts_of(told)
        if fact.is_actor
        and word_before(told, fact) in small_words("and")
        and is_speaker(told, fact)
    }
    return sorted(starts)


def _opens(told: Told, fact: Fact) -> bool:
    """Whether a fact stands first in its part, before a comma."""
    starts = [span.start for span in parts(told.text, told.language)]
    start = max(start for start in starts if start <= fact.span.start)
    return fact.span.start - start <= _OPENING and told.text[fact.span.end :].startswith(",")


_PART_OF = re.compile(
    r"\s*(?:(?:trong|trên)(?: tổng)?(?: số)?|(?:out )?of(?: the| its| their)?(?: \w+)?"
    r"|sur(?: les| ses| un total de)?|des|parmi les)\s*$",
    re.IGNORECASE,
)
_TURNED = 3.0


_TOTAL = re.compile(
    r"(?:^|[.;,]\s*)(?:sur|parmi|(?:out )?of|among|trong(?: tổng)?(?: số)?)"
    r"(?: les| ses| the| its| their)?\s*$",
    re.IGNORECASE,
)
_WITHIN = 30
"""Characters between a total and its part, "of the 64 members, 41"."""


def _is_total(told: Told, first: Fact, second: Fact) -> bool:
    """Whether the first of two numbers is the total of which the second is a part."""
    between = told.text[first.span.end : second.span.start]
    return (
        _TOTAL.search(told.text[: first.span.start]) is not None
        and len(between) <= _WITHIN
        and between.rstrip().endswith(",")
    )


def _is_part_of(told: Told, first: Fact, second: Fact) -> bool:
    """Whether a number is told as part of the one behind it: "27 of the 32 members"."""
    return _PART_OF.match(told.text[first.span.end : second.span.start]) is not None


def _of_total(told: Told, fact: Fact, own: Places) -> float:
    """By how much the place of a number is moved that is part of another, or of which another is a
    part: of "27 of the 32 members" it is 27 that stands with "members"."""
    if not fact.kind.startswith("number"):
        return 0.0
    for other in facts_of(told):
        if other.kind != fact.kind or other is fact:
            continue
        first, second = sorted((fact, other), key=lambda each: each.span.start)
        if _is_total(told, first, second):
            first, second = second, first
        elif not _is_part_of(told, first, second):
            continue
        apart = float(own[list(second.words)].mean() - own[list(first.words)].mean())
        return apart if fact is first else -_TURNED
    return 0.0


def fact_bit(told: Told, fact: Fact) -> int:
    """Where the bit of a text begins that a fact stands in: after a comma, or with a part."""
    before = told.text[: fact.span.start]
    part = max(s.start for s in parts(told.text, told.language) if s.start <= fact.span.start)
    return max(part, before.rfind(", ") + 1)


def _unlike(statement: Told, held: Sequence[Alignment]) -> tuple[Places, Places]:
    """What it costs, in words, that a word of the statement means one of the evidence, and how sure
    it is that it means any: (statement words, evidence words), 0 for the nearest in each row;
    (statement words,) 0…1. Words of facts mean none, since facts are compared by themselves.
    """
    near = np.concatenate([each.words for each in held], axis=1).astype(np.float64)
    start = 0
    for each in held:
        idle = idle_words(each.told.language)
        near[:, [start + n for n, word in enumerate(each.told.words) if word.fold in idle]] -= _IDLE
        for fact in facts_of(each.told):
            near[:, [start + number for number in fact.words]] = -1.0
        start += len(each.told.words)
    best = near.max(axis=1, keepdims=True, initial=-1.0)
    sure = np.clip(best[:, 0] - _CHANCE, 0, _SURE)
    idle = idle_words(statement.language)
    sure[[number for number, word in enumerate(statement.words) if word.fold in idle]] = 0
    for fact in facts_of(statement):
        sure[list(fact.words)] = 0
    return _UNLIKE * (best - near), sure
