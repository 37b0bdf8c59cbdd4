"""Who stands by somebody in office, "the assistant to the minister": no minister is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.article import Span
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES, Mark
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told, composed, plain

SPOKEN = frozenset(("propose", "ask", "say", "promise", "agree", "refuse", "want", "ready"))
_FEW_WORDS = 6


def aide_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The titles of a statement that it gives to somebody's assistant, wife or envoy, where the
    evidence has no such person."""
    texts = (statement, *evidence)
    if any(each.language not in LANGUAGES for each in texts):
        return
    for title in statement.titles:
        before = _read(statement.text[: title.span.start], statement.language)
        for kind in table("aides")["kinds"]:
            if _at_end(kind, statement.language).search(before) and not any(
                _form(kind, each.language).search(_read(each.text, each.language))
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
    read = _read(statement.text, statement.language)
    for kind in table("aides")["bare"]:
        match = _opening(kind, statement.language).match(read)
        if match is None or any(
            _bare(kind, each.language).search(_read(each.text, each.language)) for each in evidence
        ):
            continue
        behind = statement.word_at(match.end())
        while behind < len(statement.words) and statement.words[behind].fold in small_words(
            "before_verb"
        ):
            behind += 1
        if any(mark.group == "act" and mark.first == behind for mark in statement.marks):
            yield Problem("title", Span(match.start(1), match.end(1)), MISSING)


def doer_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """In Vietnamese alone: who does in a few common words, "Đại biểu đề nghị", what somebody in
    office does in the evidence. Across languages such words have too many translations."""
    if any(each.language != "vi" for each in (statement, *evidence)):
        return
    acts = [mark for mark in statement.marks if mark.key in SPOKEN]
    if not acts or not 0 < acts[0].first <= _FEW_WORDS:
        return
    words = list(statement.words[: acts[0].first])
    while words and words[-1].fold in small_words("before_verb"):
        words.pop()
    if not words or any(word.fold in small_words("anyone_vi") for word in words):
        return
    span = Span(words[0].start, words[-1].end)
    told = composed(span.of(statement.text))
    known = [title.span for title in statement.titles]
    known += [place.span for place in statement.places]
    known += [name.span for name in statement.names]
    known += [body.span for body in statement.bodies]
    if (
        "," in told
        or "đại diện" in told
        or any(span.start <= each.start < span.end for each in known)
    ):
        return
    in_office = any(
        mark.key == acts[0].key and _does_in_office(each, mark)
        for each in evidence
        for mark in each.marks
    )
    if in_office and not any(told in composed(each.text) for each in evidence):
        yield Problem("title", span, MISSING)


def _does_in_office(told: Told, mark: Mark) -> bool:
    """Whether a title stands right before what is done, but for a name and small words."""
    last = mark.first - 1
    while last >= 0 and told.words[last].fold in small_words("before_verb"):
        last -= 1
    if last < 0:
        return False
    place = told.words[last].start
    return any(title.span.start <= place < title.span.end for title in told.titles)


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


def _read(text: str, language: str) -> str:
    return composed(text) if language == "vi" else plain(text)


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
