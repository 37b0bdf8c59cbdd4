"""Who stands by somebody in office, "the assistant to the minister": no minister is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.article import Span
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told, comparable


def aide_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The titles of a statement that it gives to somebody's assistant, wife or envoy, where the
    evidence has no such person."""
    texts = (statement, *evidence)
    if any(each.language not in LANGUAGES for each in texts):
        return
    for title in statement.titles:
        before = comparable(statement.text[: title.span.start], statement.language)
        for kind in table("aides")["kinds"]:
            if _at_end(kind, statement.language).search(before) and not any(
                _form(kind, each.language).search(comparable(each.text, each.language))
                for each in evidence
            ):
                yield Problem("title", title.span, MISSING)


def degree_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The doctors and professors of a statement, where the evidence has none."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    for kind in table("aides")["degrees"]:
        for match in _degree(kind, statement.language).finditer(statement.text):
            if not any(_degree(kind, each.language).search(each.text) for each in evidence):
                yield Problem("title", Span(match.start(), match.end()), MISSING)


def bare_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Who does what is told under a rank that the evidence does not have: "The general asked"."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    read = comparable(statement.text, statement.language)
    for kind in table("aides")["bare"]:
        match = _opening(kind, statement.language).match(read)
        if match is None or any(
            _bare(kind, each.language).search(comparable(each.text, each.language))
            for each in evidence
        ):
            continue
        behind = statement.word_at(match.end())
        while behind < len(statement.words) and statement.words[behind].fold in small_words(
            "before_verb"
        ):
            behind += 1
        if any(mark.group == "act" and mark.first == behind for mark in statement.marks):
            yield Problem("title", Span(match.start(1), match.end(1)), MISSING)


@cache
def _opening(kind: str, language: str) -> re.Pattern[str]:
    forms = _any_of(table("aides")["bare"][kind][language])
    return re.compile(rf"(?:the |le |la |l['’ ])?({forms})\b")


@cache
def _bare(kind: str, language: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_any_of(table('aides')['bare'][kind][language])}\b")


@cache
def _degree(kind: str, language: str) -> re.Pattern[str]:
    forms = "|".join(map(re.escape, table("aides")["degrees"][kind][language]))
    return re.compile(rf"(?<!\w)(?:{forms})(?:\.|(?!\w))")


@cache
def _form(kind: str, language: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_any_of(table('aides')['kinds'][kind][language])}\b")


@cache
def _at_end(kind: str, language: str) -> re.Pattern[str]:
    between = _any_of(table("aides")["between"][language])
    forms = _any_of(table("aides")["kinds"][kind][language])
    return re.compile(rf"\b{forms}(?:[\s'’]+{between})*[\s'’]*$")


def _any_of(forms: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(form).replace(r"\*", r"\w*") for form in forms) + ")"
