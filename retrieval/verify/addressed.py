"""Which country is asked, thanked or accused: "asked France to help" is not "asked Vietnam to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.countries import PlaceMention
from retrieval.verify.acts import LANGUAGES, Mark, act
from retrieval.verify.problem import Problem
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_ADDRESSING = frozenset(
    ("ask", "propose", "thank", "invite", "warn", "accuse", "condemn", "criticise", "threaten")
)


def addressed_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The countries to which `statement` addresses what `evidence` addresses to others alone."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    for mark, place in _addressed(statement):
        others = {
            other.code
            for each in evidence
            for theirs, other in _addressed(each)
            if theirs.key in act(mark.key).others or mark.key in act(theirs.key).others
        }
        if others and place.code not in others:
            yield Problem("direction", place.span, "is not who is addressed in the evidence")


def _addressed(told: Told) -> Iterator[tuple[Mark, PlaceMention]]:
    """The acts with the country that stands right behind them."""
    starts = {told.word_at(place.start): place for place in told.places}
    for mark in told.marks:
        if mark.key not in _ADDRESSING:
            continue
        number = mark.last + 1
        while number < len(told.words) and told.words[number].fold in small_words("addressing"):
            number += 1
        if number in starts:
            yield mark, starts[number]
