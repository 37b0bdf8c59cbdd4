"""Numbers that are only told as multiples: "tens of thousands", "hàng trăm nghìn"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from corpus.article import Span
from retrieval.verify.problem import Problem
from retrieval.verify.told import Told

_LEAST = 10.0
_BETWEEN = frozenset(("", "of", "de", "d'", "d’"))


def magnitude_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The one multiple of a statement where the evidence has one as well, and another."""
    said = _magnitudes(statement)
    told = [value for each in evidence for value, _ in _magnitudes(each)]
    if len(said) == len(told) == 1 and said[0][0] != told[0]:
        yield Problem("number", said[0][1], "is of another magnitude in the evidence")


def _magnitudes(told: Told) -> list[tuple[int, Span]]:
    """The multiples of a text as powers of ten: a dozen is about ten."""
    found: list[tuple[float, Span]] = []
    for each in told.quantities:
        if not (each.worded and each.doubtful and each.values[0] >= _LEAST):
            continue
        if found and told.text[found[-1][1].end : each.span.start].strip() in _BETWEEN:
            value, span = found.pop()
            found.append((value * each.values[0], Span(span.start, each.span.end)))
        else:
            found.append((each.values[0], each.span))
    return [(int(math.log10(value)), span) for value, span in found]
