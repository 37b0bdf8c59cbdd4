"""Where people meet: a venue that the evidence does not have, and headquarters of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.article import Span
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.told import Told, comparable

_AT = {
    "en": r"(?:at|in|inside|outside|near) (?:the |an? |its |his |her |their )?",
    "fr": r"(?:a|au|aux|dans|devant|pres de) ?(?:l['’ ] ?|la |le |les |un |une |son |sa )?",
    "vi": r"(?:tại|ở|trong) ",
}
"""What makes a building the place of what happens, and not its matter."""


def venue_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The venues at which `statement` has something happen, and `evidence` nothing at all."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    for match in _placed(statement.language).finditer(
        comparable(statement.text, statement.language)
    ):
        kind = next(kind for kind in _kinds() if match.group(kind))
        if not any(
            _form(kind, each.language).search(comparable(each.text, each.language))
            for each in evidence
        ):
            yield Problem("place", Span(match.start(kind), match.end(kind)), MISSING)


_SEAT = {
    "en": re.compile(r"\b(?:headquarters|head office) of (?:the )?$"),
    "fr": re.compile(r"\bsiege (?:du|des|de la|de l['’] ?|de|d['’]) ?$"),
    "vi": re.compile(r"(?<!\w)trụ sở (?:của )?(?:ông |bà )?$"),
}
_BEHIND = re.compile(r"['’]s? (?:headquarters|head office)\b")


def seat_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Ministers whose headquarters `statement` tells of: in `evidence` they are a ministry's."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    if any(next(_seated(each), None) for each in evidence):
        return
    for span in _seated(statement):
        yield Problem("place", span, "are not that person's in the evidence")


def _seated(told: Told) -> Iterator[Span]:
    """The titles that somebody's headquarters are said to be of."""
    text = comparable(told.text, told.language)
    for title in told.titles:
        if _SEAT[told.language].search(text[: title.span.start]) or (
            told.language == "en" and _BEHIND.match(text, title.span.end)
        ):
            yield title.span


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(table("venues"))


@cache
def _placed(language: str) -> re.Pattern[str]:
    every = "|".join(f"(?P<{kind}>{_listed(kind, language)})" for kind in _kinds())
    return re.compile(rf"(?<!\w){_AT[language]}(?:{every})(?!\w)")


@cache
def _form(kind: str, language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_listed(kind, language)})(?!\w)")


def _listed(kind: str, language: str) -> str:
    forms = sorted(table("venues")[kind][language], key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, forms)) + ")" + ("" if language == "vi" else "s?")
