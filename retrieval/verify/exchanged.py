"""Numbers that are told the wrong way round: from one to another, or one role for another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.words import fold
from retrieval.verify.measures import quantity_table
from retrieval.verify.problem import Problem
from retrieval.verify.quantities import Quantity, same_value
from retrieval.verify.told import Told

_UNIT = r"\W*(?:[^\W\d_]+\W+){0,3}?"
_TO = re.compile(rf"^{_UNIT}(?:to|a|au|vers|len|xuong|con|den|thanh)\s+(?:muc\s+)?\W*$")
_FROM = re.compile(r"(?<!\w)(?:from|de|du|tu|tu muc)\s+\W*$")
_BACK = re.compile(rf"^{_UNIT}(?:from|contre|so voi)\s+(?:muc\s+)?\W*$")
_REACH = re.compile(r"(?<!\w)(?:to|a|au|len|xuong|con|den)\s+(?:muc\s+)?\W*$")
_BETWEEN = re.compile(r"[,;.]|\b(?:and|et|va|while|tandis|trong khi)\b")
_BESIDE = 5
"""Words between a number and what becomes of so many."""

_FAR = 40


def exchange_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Numbers of a change that runs the other way in the evidence ("from 12 to 9"), and numbers of
    the dead, the wounded, the votes for and against that are another's there."""
    changes = [change for each in evidence for change in _changes(each)]
    for start, end in _changes(statement):
        runs = [same_value(start, a) and same_value(end, b) for a, b in changes]
        back = [same_value(start, b) and same_value(end, a) for a, b in changes]
        if any(back) and not any(runs):
            yield Problem("number", start.span, "runs the other way in the evidence")
    roles = [(role, number) for each in evidence for role, number in _roles(each)]
    for role, number in _roles(statement):
        same = [same_value(number, other) for known, other in roles if known == role]
        others = [same_value(number, other) for known, other in roles if known != role]
        if same and not any(same) and any(others):
            yield Problem("number", number.span, "belongs to something else in the evidence")


def _changes(told: Told) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs of numbers, the earlier state and the later one: "from 12% to 9%", "9%, contre 12%"."""
    for one, other in pairwise(told.quantities):
        between = fold(told.text[one.span.end : other.span.start])
        before = fold(told.text[max(0, one.span.start - _FAR) : one.span.start])
        if len(between) > _FAR:
            continue
        if _TO.match(between) and _FROM.search(before):
            yield one, other
        elif _BACK.match(between) and _REACH.search(before):
            yield other, one


def _roles(told: Told) -> Iterator[tuple[str, Quantity]]:
    """What becomes of so many: of each word for it, the nearest number in its part of a list."""
    folds = [word.fold for word in told.words]
    for role, forms in _forms().items():
        for form in forms:
            for first in range(len(folds) - len(form) + 1):
                if tuple(folds[first : first + len(form)]) != form:
                    continue
                nearest = _nearest(told, first, first + len(form) - 1)
                if nearest is not None:
                    yield role, nearest


def _nearest(told: Told, first: int, last: int) -> Quantity | None:
    begin, end = told.words[first].start, told.words[last].end
    found: list[tuple[int, Quantity]] = []
    for number in told.quantities:
        if number.doubtful or number.unit in ("part", "times", "clock"):
            continue
        behind = number.span.start >= end
        between = (
            told.text[end : number.span.start] if behind else told.text[number.span.end : begin]
        )
        far = len(between.split())
        if far <= _BESIDE and not _BETWEEN.search(fold(between)):
            found.append((far, number))
    return min(found, key=lambda each: each[0])[1] if found else None


def _forms() -> Mapping[str, Sequence[tuple[str, ...]]]:
    roles: Mapping[str, Sequence[str]] = quantity_table()["roles"]
    return {role: [tuple(form.split()) for form in forms] for role, forms in roles.items()}
