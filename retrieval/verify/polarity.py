"""Whether a statement denies what its evidence denies, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from corpus.article import Span
from corpus.words import fold
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES, Mark, act
from retrieval.verify.alignment import Alignment
from retrieval.verify.clauses import parts
from retrieval.verify.governed import clause_behind, joined_clauses
from retrieval.verify.grammar import is_noun
from retrieval.verify.problem import Problem
from retrieval.verify.told import Told
from retrieval.words import idle_words

TURNING = frozenset(("deny", "refuse", "fail", "oppose", "cancel", "stop", "suspend", "withdraw"))
"""Acts that say with one word what others say with a negation."""

_UNSURE = frozenset(("say", "will", "may", "want", "plan", "ask", "give"))
"""Acts that a negation near them seldom denies, or that are said with another word as well."""

_BEFORE, _BEHIND, _FAR = 4, 2, 12
"""Words before an act, and behind it, at which a negation denies it; at which it may."""

_AT_ONCE = 2
_FAILING = {"fail": _BEFORE, "refuse": _AT_ONCE}
"""Acts that deny the act behind them, "failed to agree", and how far behind."""

_FORWARD = frozenset(("without", "sans", "ma khong", "ma chua"))
"""Negations that deny what follows, never what stands before."""

_QUOTE = re.compile('[»”"]')
"""Behind what is denied in a quotation: "« … ne sera pas fermée », a assuré"."""

_ENOUGH = 2
_HEAD = 4
"""Words of a clause with its verb and what that is done to."""

_COVERED, _COVERED_ACROSS, _COVERED_VIETNAMESE = 0.60, 0.53, 0.47
"""Nearness from which what is denied in the evidence is taken to be told: in one language, across
two, and across two of which one is Vietnamese."""

_PREFIXED = {
    "en": re.compile(
        r"un(?!ited|ion|ivers|der|til|it|ique|anim)\w{4,}|(?:in(?!ter|tro|vest|ter|stitut|dustr|"
        r"form|itia|dicat|creas|clud|volv|vit|spect|ternal|dia|dones|surance|come|side|land|jur|tend"
        r"|tens|tell|sist|stead|surg|augur|fect|fra|ject|mate|nov|quir|stall|her|hab|fan|gredien|sight"
        r"|sult)"
        r"|im(?!port|pos|prov|plement|pact|medi|age)|dis(?!cuss|tri|play|ease|pute|patch|aster)"
        r"|non|ir(?=r)|il(?=l))\w{5,}|\w{4,}less"
    ),
    "fr": re.compile(
        r"(?:in(?!ter|tro|vest|stit|dustr|form|iti|diq|clu|vit|spect|dien|dones|cend|augur|sist)"
        r"|im(?!port|pos|pliq|pact|medi|age|pot)|mal|non|ir(?=r)|il(?=l))\w{5,}"
    ),
}

ONE_THING = 0.07
"""What is taken off the bar for evidence that tells one thing alone: the statement is about it."""

_SHORT_ELSEWHERE = 18
"""The same in any other language."""

_SHORT = {"vi": 24, "fr": 16, "en": 16}
"""Words of a sentence that tells one thing alone; Vietnamese is counted in syllables."""

_DENIED, _NOT_DENIED = "is denied in the evidence", "is not denied in the evidence"


def negation_problems(statement: Told, held: Sequence[Alignment]) -> Iterator[Problem]:
    """What is denied in the statement and not in the evidence, or the other way."""
    evidence = [each.told for each in held]
    told = frozenset(
        mark.key for each in evidence for mark in each.marks if not is_undone(each, mark)
    )
    said = [mark for mark in statement.marks if mark.group == "not"]
    turning = [
        mark for mark in statement.marks if mark.key in TURNING and not act(mark.key).others & told
    ]
    for mark in said:
        if is_undone(statement, mark):
            continue
        if "not" not in told and not TURNING & told and not any(map(_has_prefix, evidence)):
            yield Problem("negation", mark.span, _NOT_DENIED)
    for mark in statement.marks:
        if mark.group != "act" or mark.key in _UNSURE:
            continue
        like = act(mark.key).others if mark.key in TURNING else (mark.key,)
        alike = [
            _denied(each, other) for each in evidence for other in each.marks if other.key in like
        ]
        denied = _denied(statement, mark)
        if alike and all(abs(other - denied) == 1 for other in alike):
            yield Problem("negation", mark.span, _NOT_DENIED if denied else _DENIED)
    if said or turning or _has_prefix(statement):
        return
    for each in held:
        for mark in each.told.marks:
            if mark.group != "not" or is_undone(each.told, mark):
                continue
            bar = _COVERED
            if each.told.language != statement.language:
                vietnamese = "vi" in (statement.language, each.told.language)
                bar = _COVERED_VIETNAMESE if vietnamese else _COVERED_ACROSS
            bar -= ONE_THING if tells_one_thing(each.told) else 0.0
            if is_covered(each, mark, bar) and is_nearest(each, held, mark):
                yield Problem("negation", Span(0, len(statement.text)), _DENIED)
                return


def denial_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Where a short sentence in a language whose acts are not known denies what the statement does
    not, or the other way."""
    if statement.language not in LANGUAGES or len(evidence) != 1:
        return
    (told,) = evidence
    denying = _denying().get(told.language)
    if told.language in LANGUAGES or denying is None or len(told.words) > _SHORT_ELSEWHERE:
        return
    denied = any(word.fold in denying for word in told.words)
    said = next((mark for mark in statement.marks if mark.group == "not"), None)
    if said is not None and not denied:
        yield Problem("negation", said.span, _NOT_DENIED)
    if denied and said is None and not _turns(statement):
        yield Problem("negation", Span(0, len(statement.text)), _DENIED)


def _turns(told: Told) -> bool:
    return any(mark.key in TURNING for mark in told.marks) or _has_prefix(told)


@cache
def _denying() -> Mapping[str, frozenset[str]]:
    rows: Mapping[str, Sequence[str]] = table("acts")["negations_elsewhere"]
    return {language: frozenset(map(fold, forms)) for language, forms in rows.items()}


def is_undone(told: Told, mark: Mark) -> bool:
    """Whether a negation and an act that says no undo each other: "has never interrupted"."""
    denials = [other for other in told.marks if other.group == "not"]
    turning = [other for other in told.marks if other.key in TURNING]
    if mark.group == "not":
        return any(0 < other.first - mark.last <= _AT_ONCE for other in turning)
    return mark.key in TURNING and any(0 < mark.first - n.last <= _AT_ONCE for n in denials)


def _has_prefix(told: Told) -> bool:
    """Whether a word denies with its first or last letters what another language says with two:
    "không chính xác", "incorrect", "inexact"."""
    pattern = _PREFIXED.get(told.language)
    return pattern is not None and any(pattern.fullmatch(word.fold) for word in told.words)


def _denied(told: Told, mark: Mark) -> float:
    """How surely a negation denies an act: 1 right before or behind it, 0.5 farther in its clause,
    0 where there is none."""
    best = 0.0
    for other in told.marks:
        fails = other.key in _FAILING and mark.key not in TURNING and not is_undone(told, other)
        if fails and 0 < (far := mark.first - other.last) <= _BEFORE and not is_noun(told, mark):
            if far <= (1 if told.language == "vi" else _FAILING[other.key]):
                return 1.0
            best = 0.5
        if other.group != "not" or (is_undone(told, other) and mark.key not in TURNING):
            continue
        behind = (
            0 < other.first - mark.last <= _BEHIND
            and not _is_forward(told, other)
            and "," not in told.text[mark.span.end : other.span.start]
        )
        quoted = _QUOTE.search(told.text[other.span.end : mark.span.start])
        if behind or (0 < mark.first - other.last <= _BEFORE and not quoted):
            return 1.0
        if 0 < mark.first - other.last <= _FAR:
            best = 0.5
    return best


def _is_forward(told: Told, mark: Mark) -> bool:
    before = told.words[mark.first - 1].fold if mark.first else ""
    words = fold(mark.span.of(told.text))
    return words in _FORWARD or f"{before} {words}" in _FORWARD


def tells_one_thing(told: Told) -> bool:
    """Whether a text is so short that it tells one thing alone."""
    return len(told.words) <= _SHORT.get(told.language, 0)


def is_nearest(each: Alignment, held: Sequence[Alignment], mark: Mark) -> bool:
    """Whether the part of the evidence with `mark` is the one that the statement tells most of."""
    shares = [
        (other, span) for other in held for span in parts(other.told.text, other.told.language)
    ]
    nearest, span = max(shares, key=lambda share: share[0].covers(share[1]))
    return nearest is each and span.start <= mark.span.start < span.end


def is_covered(held: Alignment, mark: Mark, bar: float) -> bool:
    """Whether the statement tells what stands after a mark of the evidence, in its clause: whether
    it is nearer than `bar`."""
    return is_told(held, clause_behind(held.told, mark), bar)


def is_any_covered(held: Alignment, mark: Mark, bar: float) -> bool:
    """The same of its clause and of those joined to it, whose verbs must be told themselves."""
    if is_covered(held, mark, bar):
        return True
    return any(
        is_told(held, words, bar) and is_told(held, words[:_HEAD], bar)
        for words in joined_clauses(held.told, mark)
    )


def is_told(held: Alignment, words: range, bar: float) -> bool:
    """Whether the statement tells those words of the evidence: whether it is nearer than `bar`."""
    telling = [
        word
        for word in held.told.words[words.start : words.stop]
        if word.fold not in idle_words(held.told.language)
    ]
    if len(telling) < _ENOUGH:
        return False
    near = [
        held.back[(held.starts >= word.start - 1) & (held.starts < word.end)] for word in telling
    ]
    means = [float(each.mean()) for each in near if each.size]
    return bool(means) and float(np.mean(means)) >= bar
