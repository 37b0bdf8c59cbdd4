"""Numbers of a statement that its evidence does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from retrieval.verify.dated import years_of
from retrieval.verify.measures import same_unit
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.quantities import Quantity, find_quantities, same_value
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_ABOUT = 1.0
_OF = re.compile(r"\s(?:of|de|du|des|số|các|trong)(?!\w)|\sd['’]")
_FEW = 2.0
_COUNTED = 12.0
_JOINED = 6
_BESIDE = 6
_TIMES = ("years", "months", "weeks", "days")


def number_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The numbers that `evidence` does not have, or has of another measure or bound."""
    told = [quantity for each in evidence for quantity in each.quantities]
    for quantity in statement.quantities:
        if quantity.doubtful or (
            quantity.worded
            and (_evident(statement, quantity, evidence) or _listed(statement, quantity))
        ):
            continue
        alike = [other for other in told if same_value(quantity, other)]
        if not alike and quantity.unit in ("part", "times"):
            if _is_other_percentage(statement, quantity, told):
                yield Problem("number", quantity.span, MISSING)
                continue
            # Words for these mean much else ("midnight", "third countries").
            if any(other.unit == quantity.unit for other in told):
                yield Problem("number", quantity.span, MISSING)
            continue
        if not alike and (_is_year(quantity, evidence) or _counts_months(quantity, evidence)):
            continue
        if not alike:
            yield Problem("number", quantity.span, MISSING)
        elif _lasts_otherwise(statement, quantity, evidence) or not any(
            same_unit(quantity.unit, other.unit) for other in alike
        ):
            yield Problem("number", quantity.span, "counts something else in the evidence")
        elif all(_opposed(quantity, other) for other in alike):
            yield Problem("number", quantity.span, "is a bound on the other side in the evidence")


def _lasts_otherwise(statement: Told, quantity: Quantity, evidence: Sequence[Told]) -> bool:
    """Whether so many years are told where the evidence has another number of years, and this one
    of something else: "hai năm" where it has "hai nước" and "10 năm"."""
    span = _time_behind(statement, quantity)
    if span is None:
        return False
    same = [
        same_value(quantity, other)
        for each in evidence
        for other in each.quantities
        if _time_behind(each, other) == span
    ]
    return bool(same) and not any(same)


def _time_behind(told: Told, quantity: Quantity) -> str | None:
    """The span of time that a number counts, by the word behind it."""
    number = told.word_at(quantity.span.end)
    if number >= len(told.words):
        return None
    word = told.words[number]
    if told.text[quantity.span.end : word.start].strip():
        return None
    return next((key for key in _TIMES if word.fold in small_words(key)), None)


def _is_other_percentage(statement: Told, quantity: Quantity, told: Sequence[Quantity]) -> bool:
    """Whether "half of" something is told where the evidence has percentages, and not that one."""
    shares = [other for other in told if other.unit == "percent"]
    of = _OF.match(statement.text, quantity.span.end)
    return (
        quantity.unit == "part"
        and of is not None
        and bool(shares)
        and not any(
            abs(value - 100 * quantity.values[0]) <= _ABOUT for o in shares for value in o.values
        )
    )


def _is_year(quantity: Quantity, evidence: Sequence[Told]) -> bool:
    """Whether a number is a year in the evidence: not every language's dates are all known."""
    return any(quantity.values[0] in years_of(date) for each in evidence for date in each.dates)


def _counts_months(quantity: Quantity, evidence: Sequence[Told]) -> bool:
    """Whether a number counts the months of a period: 9 in "9 tháng đầu năm"."""
    return any(
        same_value(quantity, other)
        for each in evidence
        for date in each.dates
        if date.grain != "day"
        for other in find_quantities(date.text, each.language)
    )


def _counts_sides(statement: Told, quantity: Quantity) -> bool:
    """Whether it is sides, countries, leaders that are counted: not years or fields."""
    behind = [word.fold for word in statement.words if word.start >= quantity.span.end][:2]
    if any(0 < date.start_char - quantity.span.end <= _BESIDE for date in statement.dates):
        return True  # "hai ngày 29 và 30/3"
    both = quantity.span.of(statement.text).lower() == "both"
    return both or not small_words("sides").isdisjoint(behind)


def _evident(statement: Told, quantity: Quantity, evidence: Sequence[Told]) -> bool:
    """Whether the evidence need not have a number in words: it names so many countries."""
    if quantity.unit in ("part", "times"):
        return False
    if quantity.values[0] == 1.0 or _are_listed_there(statement, quantity, evidence):
        return True
    if not _counts_sides(statement, quantity):
        return False
    counts = {float(len(_countries(each))) for each in evidence}
    counts.add(float(len(frozenset().union(*map(_countries, evidence)))))
    if quantity.values[0] == _FEW:
        small = [q for each in evidence for q in each.quantities if _is_count(q)]
        return max(counts) >= _FEW or not small
    return quantity.values[0] in counts


_THE_TWO = re.compile(r"(?:\bthe|\bles|\bdes|\bcả)\s+$", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|et|và)\b")


def _are_listed_there(statement: Told, quantity: Quantity, evidence: Sequence[Told]) -> bool:
    """Whether "the two" are two that the evidence names and does not count."""
    return (
        quantity.values[0] == _FEW
        and _THE_TWO.search(statement.text[: quantity.span.start]) is not None
        and any(_AND.search(each.text) for each in evidence)
        and not any(
            q.worded and q.values[0] != _FEW and q.values[0] < _COUNTED and not q.doubtful
            for each in evidence
            for q in each.quantities
        )
    )


def _listed(statement: Told, quantity: Quantity) -> bool:
    """Whether the statement itself names so many behind the number: "two ships, A and B"."""
    behind = [name.span for name in statement.names if name.span.start >= quantity.span.end]
    many = sum(right.start - left.end <= _JOINED for left, right in pairwise(behind))
    return many > 0 and quantity.values[0] == many + 1


def _is_count(quantity: Quantity) -> bool:
    return quantity.unit is None and 1 < quantity.values[0] <= _COUNTED


def _countries(told: Told) -> frozenset[str]:
    return frozenset(
        place.code for place in told.places if place.kind == "country" and place.form != "capital"
    )


def _opposed(one: Quantity, other: Quantity) -> bool:
    return None not in (one.bound, other.bound) and one.bound != other.bound
