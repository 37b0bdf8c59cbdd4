"""Who a Vietnamese sentence is about, by its first words: none that its evidence does not have.

Between languages such words have too many translations; a sentence reworded in its own language has
no reason to call somebody otherwise ("the congress", "the administrator", "she").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.article import Span
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told, composed

_SPOKEN = frozenset(("propose", "ask", "say", "promise", "agree", "refuse", "want", "ready"))
_LONGEST = 5
_BEFORE_VERB = ("đã", "cũng", "đang", "sẽ", "vừa")


def opening_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The one or few common words that do what `statement` tells, which `evidence` lacks."""
    if any(each.language != "vi" for each in (statement, *evidence)):
        return
    ends = [mark.first for mark in statement.marks if mark.key in _SPOKEN]
    ends += [
        number
        for number, word in enumerate(statement.words[: _LONGEST + 1])
        if composed(word.text) in _BEFORE_VERB
    ]
    end = min((each for each in ends if each > 0), default=0)
    words = statement.words[:end]
    if not 0 < end <= _LONGEST or words[0].fold in small_words("adverbial_vi"):
        return
    span = Span(words[0].start, words[-1].end)
    told = composed(span.of(statement.text))
    known = [each.span for each in statement.titles]
    known += [each.span for each in statement.bodies]
    known += [each.span for each in statement.places]
    known += [each.span for each in statement.names]
    known += [each.span for each in statement.groups]
    known += [each.span for each in statement.ministries]
    if (
        "," in told
        or any(character.isdigit() for character in told)
        or all(word.fold in small_words("sides_vi") for word in words)
        or any(span.start <= each.start < span.end for each in known)
        or any(told in composed(each.text) for each in evidence)
    ):
        return
    yield Problem("title", span, MISSING)
