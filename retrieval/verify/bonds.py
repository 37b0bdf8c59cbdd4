"""Whether the facts of a statement belong to what it says of them, as in the evidence.

An article that says what two ministers said has both names in it; which of them said what is told
by what stands near which. The words around a fact of the statement are looked up in the evidence,
by their meaning; if they stand near another fact of its kind and far from this one, the statement
has mistaken the one for the other. So it has if two facts fit better with their places exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding import Vectors
from retrieval.verify.alignment import Alignment
from retrieval.verify.clauses import course
from retrieval.verify.facts import Fact, facts_of
from retrieval.verify.problem import Problem
from retrieval.verify.told import Told
from retrieval.words import idle_words

Places = NDArray[np.float64]

_SHARPNESS = 0.06
"""How near a word of the evidence must be to the nearest one to be taken for meant as well."""

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

_IDLE = 0.15
_BETWEEN_TEXTS = 20.0

_NEARER = 1.5
"""Words by which a rival must be nearer."""

_LEAST = 0.15
"""What must be known around a fact for it to be judged."""


@dataclass(frozen=True, slots=True, eq=False)
class _Mention:
    """A fact of the evidence and where it stands."""

    fact: Fact
    place: float


@dataclass(frozen=True, slots=True, eq=False)
class _Around:
    """What stands around a fact of the statement, looked up in the evidence.

    `before` and `behind` (evidence words,) weigh the words of the evidence that the words before
    and behind it mean; `anchors` are other facts and acts that both tell, each as its weight,
    whether it stands before, and where it stands in the evidence.
    """

    before: Vectors
    behind: Vectors
    anchors: tuple[tuple[float, bool, tuple[float, ...]], ...]

    @property
    def weight(self) -> float:
        words = float(self.before.sum() + self.behind.sum())
        return words + sum(weight for weight, _, _ in self.anchors)


class Bonds:
    """The facts of a statement and of its evidence, and what stands near what."""

    def __init__(self, statement: Told, held: Sequence[Alignment]) -> None:
        self._statement = statement
        self._facts = facts_of(statement)
        self._course = course(statement)
        self._places, self._mentions, self._marks = _evidence(held)
        self._meant, self._sure = _meant(statement, held)

    def problems(self) -> Iterator[Problem]:
        """The facts that the evidence tells something else of."""
        for number, fact in enumerate(self._facts):
            own = [each for each in self._mentions if fact.is_same(each.fact)]
            if not own:
                continue
            if self._has_nearer_rival(fact, own):
                yield Problem(_kind(fact), fact.span, "belongs to something else in the evidence")
                return
            for other in self._facts[number + 1 :]:
                if self._fit_exchanged(fact, other, own):
                    yield Problem(_kind(fact), fact.span, "has another’s place in the evidence")
                    return

    def _has_nearer_rival(self, fact: Fact, own: Sequence[_Mention]) -> bool:
        rivals = [
            each
            for each in self._mentions
            if fact.is_rival(each.fact)
            and not any(other.is_same(each.fact) for other in self._facts)
        ]
        if not rivals:
            return False
        around = self._around(fact, ())
        if around.weight < _LEAST:
            return False
        return self._nearest(around, own) - self._nearest(around, rivals) > _NEARER

    def _fit_exchanged(self, fact: Fact, other: Fact, own: Sequence[_Mention]) -> bool:
        if not fact.is_rival(other):
            return False
        others = [each for each in self._mentions if other.is_same(each.fact)]
        if not others:
            return False
        mine, theirs = self._around(fact, (other,)), self._around(other, (fact,))
        if min(mine.weight, theirs.weight) < _LEAST:
            return False
        told = self._nearest(mine, own) + self._nearest(theirs, others)
        exchanged = self._nearest(mine, others) + self._nearest(theirs, own)
        return told - exchanged > _NEARER

    def _around(self, fact: Fact, without: Sequence[Fact]) -> _Around:
        place = self._place(fact)
        weights = self._sure * np.exp(-np.abs(self._course - place) / _REACH)
        is_before = self._course < place
        anchors = [
            (_MARK * self._decay(at, place), at < place, where)
            for at, where in self._marks_of_statement()
        ]
        for other in self._facts:
            if other is fact or other in without:
                continue
            where = tuple(each.place for each in self._mentions if other.is_same(each.fact))
            if where:
                at = self._place(other)
                anchors.append((_FACT * self._decay(at, place), at < place, where))
        return _Around(
            (weights * is_before) @ self._meant,
            (weights * ~is_before) @ self._meant,
            tuple(anchors),
        )

    def _marks_of_statement(self) -> Iterator[tuple[float, tuple[float, ...]]]:
        for mark in self._statement.marks:
            if mark.group != "not" and mark.key in self._marks:
                yield float(self._course[mark.first]), self._marks[mark.key]

    def _place(self, fact: Fact) -> float:
        return float(self._course[list(fact.words)].mean())

    def _decay(self, at: float, place: float) -> float:
        return float(np.exp(-abs(at - place) / _REACH))

    def _nearest(self, around: _Around, mentions: Sequence[_Mention]) -> float:
        """How far, in words, what is around stands from the nearest of `mentions`."""
        return min(self._distance(around, mention.place) for mention in mentions)

    def _distance(self, around: _Around, place: float) -> float:
        apart = np.minimum(np.abs(self._places - place), _FAR)
        total = float(
            around.before @ (apart + _OTHER_SIDE * (self._places > place))
            + around.behind @ (apart + _OTHER_SIDE * (self._places < place))
        )
        for weight, is_before, where in around.anchors:
            total += weight * min(
                min(abs(each - place), _FAR) + _OTHER_SIDE * ((each < place) != is_before)
                for each in where
            )
        return total / around.weight


def _kind(fact: Fact) -> str:
    return fact.kind.partition(" ")[0]


def _evidence(
    held: Sequence[Alignment],
) -> tuple[Places, list[_Mention], dict[str, tuple[float, ...]]]:
    """Where the words of all the evidence stand, its facts, and its acts by their keys."""
    places: list[Places] = []
    mentions: list[_Mention] = []
    marks: dict[str, tuple[float, ...]] = {}
    offset = 0.0
    for each in held:
        own = course(each.told) + offset
        for fact in facts_of(each.told):
            mentions.append(_Mention(fact, float(own[list(fact.words)].mean())))
        for mark in each.told.marks:
            marks[mark.key] = (*marks.get(mark.key, ()), float(own[mark.first]))
        places.append(own)
        if len(own):
            offset = float(own[-1]) + _BETWEEN_TEXTS
    return np.concatenate(places), mentions, marks


def _meant(statement: Told, held: Sequence[Alignment]) -> tuple[Vectors, Vectors]:
    """Which words of the evidence each word of the statement means, and how surely.

    (statement words, evidence words), each row summing to 1; (statement words,) 0…1. Words of facts
    mean none, since facts are compared by themselves.
    """
    near = np.concatenate([each.words for each in held], axis=1).astype(np.float64)
    start = 0
    for each in held:
        idle = [start + n for n, w in enumerate(each.told.words) if _is_idle(w.fold, each.told)]
        near[:, idle] -= _IDLE
        for fact in facts_of(each.told):
            near[:, [start + number for number in fact.words]] = -1.0
        start += len(each.told.words)
    best = near.max(axis=1, keepdims=True)
    meant = np.exp((near - best) / _SHARPNESS)
    meant /= meant.sum(axis=1, keepdims=True)
    sure = np.clip(best[:, 0] - _CHANCE, 0, _SURE)
    for number, word in enumerate(statement.words):
        if _is_idle(word.fold, statement):
            sure[number] = 0
    for fact in facts_of(statement):
        sure[list(fact.words)] = 0
    return meant, sure


def _is_idle(fold: str, told: Told) -> bool:
    return fold in idle_words(told.language)
