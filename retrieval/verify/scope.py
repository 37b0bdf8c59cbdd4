"""Whether a statement makes of an act what its evidence makes of it.

Proposed, to come and done are three things: what the evidence only proposes or plans, a statement
may not tell as done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from corpus.article import Span
from retrieval.space import Question
from retrieval.verify.acts import LANGUAGES, Mark, act, contrast_of
from retrieval.verify.alignment import Alignment
from retrieval.verify.clauses import parts, sentences
from retrieval.verify.governed import is_joined
from retrieval.verify.grammar import is_noun, speech_acts
from retrieval.verify.polarity import (
    ONE_THING,
    TURNING,
    denial_problems,
    is_any_covered,
    is_covered,
    is_nearest,
    is_undone,
    negation_problems,
    tells_one_thing,
)
from retrieval.verify.problem import Problem
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_MEANT = 0.68
"""Nearness from which a word is taken to be told, whatever the table knows of it."""

_MEANT_ALONE = 0.45
"""The same where the evidence does nothing that the statement leaves out."""

_COVERED, _COVERED_ACROSS, _COVERED_VIETNAMESE = 0.62, 0.55, 0.45
"""Nearness from which what stands under an act in the evidence is taken to be told: in one
language, across two, and across two of which one is Vietnamese."""

_MUTUAL = frozenset(("deal", "lending"))
"""Contrasts of which each side does one: who buys from whom sells to him."""

_CHAINED = 4
"""Words from an act to the one under it."""

_AT_ONCE = 2
_OPENING = 5
"""Words of a sentence among which its verb stands: "They also worked"."""

_AFTER = 0.08
"""By how much the bar is lower for a sentence of its own: what it tells is of the same evidence."""

_TO_COME = frozenset(
    (
        "may",
        "will",
        "want",
        "ask",
        "propose",
        "plan",
        "consider",
        "offer",
        "ready",
        "promise",
        "negotiate",
    )
)
"""Acts of which nobody can tell from their clause that what stands under them has happened."""

_REPORTED = frozenset(("agree", "propose", "ask", "promise", "refuse", "deny", "warn", "condemn"))
"""Acts that are done by the words which the evidence reports."""

_PLANNED = 0.12
"""What is added to the bar for what will be, which is told of more than what may be."""

_TENSES = frozenset(("will", "may"))
"""What another language may say by the form of the verb."""


def act_problems(statement: Told, sought: Question, held: Sequence[Alignment]) -> Iterator[Problem]:
    """Where `statement` makes something else of an act than the evidence it is `held` against."""
    evidence = [each.told for each in held]
    if not all(each.language in LANGUAGES for each in (statement, *evidence)):
        yield from denial_problems(statement, evidence)
        return
    yield from negation_problems(statement, held)
    yield from _acts(statement, sought, held)
    yield from _contrasts(statement, evidence)
    yield from _over(statement, _keys(statement), held)
    tails = [(tail, 0.0) for tail in _told_as_done(statement)]
    tails += [(tail, _AFTER) for tail in _told_after(statement)]
    for tail, lower in tails:
        tokens = sought.between(tail.start - 1, tail.end)
        if tokens.any():
            said = frozenset(
                m.key for m in statement.marks if tail.start <= m.span.start < tail.end
            )
            yield from _over(statement, said, [each.narrowed(tokens) for each in held], lower)
    yield from _future(statement, evidence)
    yield from _apart(statement, evidence)
    yield from _sure(statement, evidence)
    yield from _applied(statement, evidence)
    yield from _chained(statement, evidence)
    yield from _to_come(statement, held)


def _keys(told: Told) -> frozenset[str]:
    return frozenset(mark.key for mark in told.marks)


def _acts(statement: Told, sought: Question, held: Sequence[Alignment]) -> Iterator[Problem]:
    """What the evidence does not do, where it does something that the statement does not tell."""
    told = frozenset().union(*(_keys(each.told) for each in held))
    said = _keys(statement)
    left_out = any(
        mark.group == "act" and _is_strict(mark.key) and not act(mark.key).others & said
        for each in held
        for mark in each.told.marks
    )
    at_home = all(each.told.language == statement.language for each in held)
    forth = np.max([each.forth for each in held], axis=0)
    for span, marks in _by_span(statement).items():
        strict = [act(mark.key) for mark in marks if mark.group == "act"]
        if not strict or any(each.loose for each in strict):
            continue
        near = forth[sought.between(span.start - 1, span.end)]
        planned = at_home and any(mark.key == "plan" for mark in marks)
        if near.size and float(near.mean()) >= (_MEANT if left_out or planned else _MEANT_ALONE):
            continue
        if not any(told & each.others for each in strict):
            yield Problem("act", span, "is not done in the evidence")


def _is_strict(key: str) -> bool:
    return not act(key).loose and key not in _TENSES


def _by_span(told: Told) -> dict[Span, list[Mark]]:
    by_span: dict[Span, list[Mark]] = {}
    for mark in told.marks:
        by_span.setdefault(mark.span, []).append(mark)
    return by_span


def _contrasts(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = {m.key for each in evidence for m in _contrasting(each)}
    said = {m.key for m in _contrasting(statement)}
    for mark in _contrasting(statement):
        if mark.key in told or contrast_of(mark.key) in _MUTUAL:
            continue
        others = {key for key in told if contrast_of(key) == contrast_of(mark.key)}
        if others - said:
            yield Problem("contrast", mark.span, f"is “{others.pop()}” in the evidence")


def _contrasting(told: Told) -> list[Mark]:
    """The contrasts of a text, but for an outcome that is denied: "n'ont pas réussi"."""
    denials = [mark.last for mark in told.marks if mark.group == "not"]
    return [
        mark
        for mark in told.marks
        if mark.group == "contrast"
        and not (
            contrast_of(mark.key) == "outcome"
            and any(0 < mark.first - last <= _AT_ONCE for last in denials)
        )
    ]


def _told_as_done(statement: Told) -> Iterator[Span]:
    """Where a statement goes on, behind an act such as a proposal, with what was done: "agreed to
    meet, and have met". What stands under the act in the evidence is not done."""
    first = min((mark.last for mark in _overs(statement)), default=None)
    if first is None:
        return
    joined = [
        word
        for word in (*_words_of_done(statement), *_past_tenses(statement))
        if first < (number := statement.word_at(word.start))
        and (is_joined(statement, number) or _is_result(statement, number))
    ]
    for span in parts(statement.text, statement.language) if joined else ():
        for word in joined:
            if span.start <= word.start < span.end:
                yield Span(word.start, span.end)


def _told_after(statement: Told) -> Iterator[Span]:
    """The sentences behind one with such an act that tell something as done: "The two sides agreed
    to meet. They also worked together."""
    overs = [mark.span.start for mark in _overs(statement)]
    first = min(overs, default=len(statement.text))
    for span in sentences(statement.text):
        if span.start <= first or any(span.start <= over < span.end for over in overs):
            continue
        done = [word for word in _words_of_done(statement) if span.start <= word.start < span.end]
        numbers = statement.words_in(span)
        opening = [statement.words[number].fold for number in list(numbers)[:_OPENING]]
        if done or (statement.language == "en" and any(w.endswith("ed") for w in opening)):
            yield span


def _is_result(told: Told, number: int) -> bool:
    """Whether a word tells what came of the rest: ", which has led to", "ce qui a conduit à"."""
    before = [word.fold for word in told.words[max(0, number - 2) : number]]
    return before[-1:] == ["which"] or before in (["ce", "qui"], ["dieu", "nay"])


def _future(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """What was said or agreed, told as to come."""
    told = frozenset().union(*(_keys(each) for each in evidence))
    if told & _TENSES:
        return
    wills = [mark.last for mark in statement.marks if mark.key == "will"]
    for mark in statement.marks:
        if (
            mark.key in _REPORTED & told
            and any(0 < mark.first - will <= _AT_ONCE for will in wills)
            and not is_noun(statement, mark)
        ):
            yield Problem("act", mark.span, "is not to come in the evidence")
            return


def _apart(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Who spoke by telephone, told to have met."""
    told = frozenset().union(*(_keys(each) for each in evidence))
    if "phone" not in told or "meet" in told or "phone" in _keys(statement):
        return
    for mark in statement.marks:
        if mark.key == "meet" and not is_noun(statement, mark):
            yield Problem("act", mark.span, "was by telephone in the evidence")
            return


def _sure(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """What may be, told as what will be, where the evidence has nothing that will."""
    told = frozenset().union(*(_keys(each) for each in evidence))
    said = _keys(statement)
    if "may" in said or told & act("will").others or not any(map(_only_may, evidence)):
        return
    for mark in statement.marks:
        if mark.key == "will":
            yield Problem("act", mark.span, "only may be in the evidence")
            return


def _only_may(told: Told) -> bool:
    """Whether a word says that something may be; a French conditional may report what will."""
    return any(
        mark.key == "may"
        and (
            told.language != "fr"
            or not mark.span.of(told.text).lower().endswith(("rait", "raient"))
        )
        for mark in told.marks
    ) or (told.language == "fr" and "pourrai" in told.plain)


def _applied(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Who applied or is a candidate, told to have joined."""
    told = frozenset().union(*(_keys(each) for each in evidence))
    if "apply" not in told or "join" in told or act("apply").others & _keys(statement):
        return
    for mark in statement.marks:
        if mark.key == "join":
            yield Problem("act", mark.span, "is only applied for in the evidence")
            return


def _over(
    statement: Told, said: frozenset[str], held: Sequence[Alignment], lower: float = 0.0
) -> Iterator[Problem]:
    """What the evidence has under an act, such as a proposal, must stand under one here too: among
    the acts `said`. The bar from which it is taken to be told is `lower` by that."""
    for each in held:
        for span, marks in _by_span(each.told).items():
            over = [mark for mark in marks if mark.group == "act" and act(mark.key).over]
            over = [
                mark
                for mark in over
                if mark.key not in _TENSES
                and not is_noun(each.told, mark)
                and not is_undone(each.told, mark)
            ]
            if not over or len(over) < sum(mark.group == "act" for mark in marks):
                continue
            meant = frozenset().union(*(act(mark.key).others for mark in over))
            meant |= {key for key in said if _is_act(key) and act(key).others & meant}
            turned = any(m.key in TURNING and m.first > over[0].last for m in each.told.marks)
            if said & meant or ("not" in said and (turned or TURNING & meant)):
                continue
            if _is_told_besides(said, each.told, over[0]) or _is_new_date(
                statement, each.told, over[0]
            ):
                continue
            bar = _bar(statement, each.told) - lower
            if is_any_covered(each, over[0], bar) and is_nearest(each, held, over[0]):
                words = span.of(each.told.text)
                yield Problem("act", Span(0, len(statement.text)), f"stands under “{words}”")
                return


def _is_told_besides(said: frozenset[str], told: Told, over: Mark) -> bool:
    """Whether the evidence does what the statement says besides what stands under `over`: "approved
    the loan that another had refused". Nothing it has there already is under it."""
    return any(
        mark.key in said
        and mark.group == "act"
        and _is_strict(mark.key)
        and not act(mark.key).over
        and mark.first < over.first
        for mark in told.marks
    )


def _is_new_date(statement: Told, told: Told, over: Mark) -> bool:
    """Whether the statement has the day that something was put off to, the last one behind it."""
    behind = [date for date in told.dates if date.start_char > over.span.start]
    if over.key != "postpone" or not behind:
        return False
    new = behind[-1]
    return any(
        (date.start, date.month, date.day) == (new.start, new.month, new.day)
        for date in statement.dates
    )


def _bar(statement: Told, told: Told) -> float:
    """The bar from which what stands under an act is taken to be told; a short sentence, that tells
    one thing alone, is hardly about another."""
    return _bar_between(statement, told) - ONE_THING * tells_one_thing(told)


def _bar_between(statement: Told, told: Told) -> float:
    if statement.language == told.language:
        return _COVERED
    return _COVERED_VIETNAMESE if "vi" in (statement.language, told.language) else _COVERED_ACROSS


def _chained(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """An act that the evidence has right behind another, "threatened to suspend", told as done."""
    if any(mark.key not in TURNING for mark in _overs(statement)):
        return
    for mark in statement.marks:
        if mark.group != "act" or not _is_strict(mark.key):
            continue
        there = [(each, m) for each in evidence for m in each.marks if m.key == mark.key]
        over = [_over_before(each, other, _keys(statement)) for each, other in there]
        if there and all(over):
            yield Problem("act", mark.span, f"stands under “{over[0]}” in the evidence")
            return


def _overs(told: Told) -> list[Mark]:
    """The acts that make of what stands under them something that did not simply happen."""
    return [
        mark
        for mark in told.marks
        if mark.group == "act" and act(mark.key).over and not is_noun(told, mark)
    ]


def _over_before(told: Told, mark: Mark, said: frozenset[str]) -> str:
    """The words right before an act that make it one that did not simply happen; "" if none do, or
    the like of them is `said` too: "its proposal to resume"."""
    for other in told.marks:
        over = other.group == "act" and act(other.key).over and other.key != "will"
        over = over and not (act(other.key).others - {mark.key}) & said
        if over and other.key not in TURNING and 0 < mark.first - other.last <= _CHAINED:
            between = told.text[other.span.end : mark.span.start]
            if other.span != mark.span and not any(sign in between for sign in ",;.:"):
                return other.span.of(told.text)
    return ""


def _to_come(statement: Told, held: Sequence[Alignment]) -> Iterator[Problem]:
    """What the evidence says may be, told as done."""
    done = _words_of_done(statement)
    if not done or _overs(statement):
        return
    said = _keys(statement)
    for each in held:
        if _words_of_done(each.told) or said & _done_in_english(each.told):
            continue
        for mark in each.told.marks:
            if (
                mark.key in _TO_COME
                and not is_noun(each.told, mark)
                and is_covered(
                    each, mark, _bar(statement, each.told) + _PLANNED * (mark.key == "will")
                )
                and is_nearest(each, held, mark)
            ):
                words = mark.span.of(each.told.text)
                yield Problem("act", done[0], f"is to come in the evidence: “{words}”")
                return


def _words_of_done(told: Told) -> list[Span]:
    """The words that tell that something has happened: "đã", "a été", "has"."""
    form = "done_vi" if told.language == "vi" else "done"
    speech = [mark.first for mark in told.marks if mark.key in speech_acts()]
    done = small_words(form)
    return [
        Span(word.start, word.end)
        for number, word in enumerate(told.words)
        if word.fold in done
        and (word.fold, told.language) != ("a", "en")
        and word.text.lower() != "à"
        # "X a averti que", "X has said that"
        and not any(0 < first - number <= _AT_ONCE for first in speech)
    ]


def _past_tenses(told: Told) -> list[Span]:
    """The English verbs of the table that stand in the past: "strengthened", "stepped up"."""
    if told.language != "en":
        return []
    verbs = [
        told.words[number]
        for mark in told.marks
        for number in (mark.first, mark.first - 1)
        if number >= 0 and told.words[number].fold.endswith("ed")
    ]
    return [Span(word.start, word.end) for word in verbs]


def _done_in_english(told: Told) -> frozenset[str]:
    """The acts that an English text tells in the past."""
    done = {span.start for span in _past_tenses(told)}
    return frozenset(mark.key for mark in told.marks if mark.span.start in done)


def _is_act(key: str) -> bool:
    try:
        act(key)
    except KeyError:
        return False
    return True
