"""Whether the facts of a statement belong to what it says of them, as in the evidence.

An article that says what two ministers said has both names in it; which of them said what is told
by what stands near which. The words around a fact of the statement are looked up in the evidence;
if they stand near another fact of its kind and far from this one, the statement has mistaken the
one for the other. Somebody who speaks may stand before or behind all that is said, so that only the
clause counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from retrieval.verify.facts import Fact
from retrieval.verify.grammar import is_oblique, is_speaker
from retrieval.verify.problem import Problem
from retrieval.verify.surroundings import Mention, Surroundings
from retrieval.verify.told import Told

_NEARER = 1.6
"""Words by which a rival must be nearer."""

_MORE = 0.1
"""Share of what is said by which the clause of another speaker must have more of it."""

_LEAST = 0.15
"""What must be known around a fact for it to be judged."""

_CHANGE = 8
"""Words within which a number stands from the one that it was before."""

_BEHIND = 24
_ALL = 1000.0
_ELSEWHERE = "belongs to something else in the evidence"
_EXCHANGED = "has another’s place in the evidence"
_RULED_OUT = "is ruled out in the evidence"


def bond_problems(near: Surroundings) -> Iterator[Problem]:
    """The facts of a statement that the evidence has of something else."""
    for fact in near.facts:
        own = near.same(fact)
        if own and all(_is_ruled_out(each.told, each.fact) for each in own):
            if not _is_ruled_out(near.statement, fact):
                yield Problem(fact.kind, fact.span, _RULED_OUT)
            continue
        if not own:
            if _is_inside_name(near, fact):
                yield Problem(fact.kind, fact.span, _ELSEWHERE)
            continue
        if (fact.kind == "number" and _is_former(near, fact, own)) or _is_moved(near, fact, own):
            yield Problem(fact.kind, fact.span, _ELSEWHERE)
            continue
        if _is_earlier(near, fact, own):
            continue
        if _bears_anothers_role(near, fact, own):
            yield Problem("title", fact.span, "is another’s in the evidence")
            continue
        judge = _says_another if is_speaker(near.statement, fact) else _has_nearer_rival
        if judge(near, fact, own):
            yield Problem(fact.kind, fact.span, _ELSEWHERE)
    for fact, other in combinations(near.facts, 2):
        if _are_crossed(near, fact, other):
            yield Problem(fact.kind, fact.span, _ELSEWHERE)
        elif fact.kind == "date" and fact.is_rival(other) and _fit_exchanged(near, fact, other):
            yield Problem(fact.kind, fact.span, _EXCHANGED)


_NOT_THIS = re.compile(
    r"(?:\b(?:and|et|,) (?:not|non)(?: pas)?|\brather than|\bplut[oô]t que|\binstead of"
    r"|\bau lieu de|chứ không phải|thay vì)(?: \w+){0,2} (?:d['’]|l['’])?$"
    r"|\b(?:originally|initially) (?:planned|scheduled|set|due|expected)(?: \w+){0,3} $"
    r"|\b(?:initialement|d'abord) (?:prévu|fixé|programmé|attendu)e?s?(?: \w+){0,2} "
    r"(?:d['’]|l['’])?$|\b(?:prévu|fixé|programmé|attendu)e?s? initialement(?: \w+){0,2} "
    r"(?:d['’]|l['’])?$"
    r"|(?:dự kiến ban đầu|ban đầu dự kiến)(?: \w+){0,4} $",
    re.IGNORECASE,
)
"""But "not Rome's", and where or when something was planned to be at first."""


def _is_ruled_out(told: Told, fact: Fact) -> bool:
    """Whether a fact is named as what it is not: "at Ljubljana's request and not Rome's"."""
    return _NOT_THIS.search(told.text[: fact.span.start]) is not None


def _rivals(near: Surroundings, fact: Fact) -> list[Mention]:
    """Facts of the evidence that `fact` may have been mistaken for, and the statement has not."""
    doer = fact.is_actor and not is_oblique(near.statement, fact)
    return [
        each
        for each in near.mentions
        if fact.is_rival(each.fact)
        and not _is_ruled_out(each.told, each.fact)
        and not _moved_from(each.told, each.fact)
        and not any(
            other.is_same(each.fact) or _is_same_place(other, each.fact) for other in near.facts
        )
        and not (doer and is_oblique(each.told, each.fact))
    ]


def _is_same_place(fact: Fact, other: Fact) -> bool:
    """Whether two name one place, though one is taken for somebody who does something."""
    return "city" in fact.kinds | other.kinds and bool(fact.values & other.values)


def _other_speakers(near: Surroundings, fact: Fact) -> list[Mention]:
    """Those in the evidence that `fact`, who says all the rest, may have been mistaken for."""
    return [
        each
        for each in near.mentions
        if each.fact.is_actor and not fact.is_same(each.fact) and is_speaker(each.told, each.fact)
    ]


def _bears_anothers_role(near: Surroundings, fact: Fact, own: Sequence[Mention]) -> bool:
    """Whether somebody is called by name what the evidence calls somebody else: "spokesman A", of
    "A, whom spokesman B contradicted"."""
    # Titles are held against their bearers by themselves.
    roles = fact.roles & {group.key for group in near.statement.groups}
    if not fact.values or not roles or any(roles & each.fact.roles for each in own):
        return False
    return any(
        roles & each.fact.roles and each.fact.values and not fact.values & each.fact.values
        for each in near.mentions
    )


def _is_former(near: Surroundings, fact: Fact, own: Sequence[Mention]) -> bool:
    """Whether the evidence has a number as what it was before another, which the statement leaves
    out: "raised from 3 to 4"."""
    if _was(near.statement, fact):
        return False
    if _EARLIER.search(near.statement.text):
        # "A year before it had stood at 655": then it is the other that is not meant.
        return not any(_was(each.told, each.fact) for each in own) and any(
            fact.is_rival(each.fact) and _was(each.told, each.fact) for each in near.mentions
        )
    for each in own:
        others = [
            other
            for other in near.mentions
            if other.told is each.told
            and other.fact.kinds & each.fact.kinds
            and abs(other.fact.words[0] - each.fact.words[0]) in range(1, _CHANGE)
            and not _was(other.told, other.fact)
        ]
        told = [other for other in others if any(f.is_same(other.fact) for f in near.facts)]
        if not (_was(each.told, each.fact) and others) or told:
            return False
    return True


_MOVED_BEFORE = 10
_OPENS_FROM = re.compile(r"(?:từ|from|du)\s", re.IGNORECASE)
_FROM = re.compile(r"(?:\bfrom|\bdu|\bde la|từ)(?: the| le| ngày)?\s*$", re.IGNORECASE)


def _is_moved(near: Surroundings, fact: Fact, own: Sequence[Mention]) -> bool:
    """Whether the evidence has a date only as what it was before it was changed: "put off from 31
    March to 20 April"."""
    return not _is_from(near.statement, fact) and all(_moved_from(e.told, e.fact) for e in own)


def _moved_from(told: Told, fact: Fact) -> bool:
    return (
        fact.kind.startswith("date")
        and _is_from(told, fact)
        and any(
            mark.key == "postpone" and 0 <= fact.words[0] - mark.last <= _MOVED_BEFORE
            for mark in told.marks
        )
    )


def _is_from(told: Told, fact: Fact) -> bool:
    text = fact.span.of(told.text)
    return _FROM.search(told.text[: fact.span.start]) is not None or bool(_OPENS_FROM.match(text))


_COMPARED = re.compile(
    r"(?<!voix )(?<!votes )(?<!vote )(?<!phiếu )(?:compared (?:with|to)|up from|down from|versus"
    r"|contre|against|so với(?: mức| con số)?)\s*(?:\w+\s)?$",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:(?:a |the )?(?:year|month|week) (?:before|earlier|ago)|the previous (?:year|month|round)"
    r"|(?:un an|un mois|l'année) (?:plus tôt|auparavant|précédente)|au premier tour)\b"
    r"|(?:năm|tháng|kỳ) trước|cùng kỳ|vòng (?:một|trước)",
    re.IGNORECASE,
)
"""What a number stands behind that another is compared with, and what tells that it was then."""


def _was(told: Told, fact: Fact) -> bool:
    """Whether a number stands behind "from" or "compared with"; French "de" is as much, where "à"
    follows."""
    before = told.text[: fact.span.start]
    last = " ".join(before.split()[-1:])
    behind = told.text[fact.span.end : fact.span.end + _BEHIND]
    if last in ("from", "từ") or _COMPARED.search(before):
        return True
    return last == "de" and re.search(r"\bà\s+\d", behind) is not None


def _is_earlier(near: Surroundings, fact: Fact, own: Sequence[Mention]) -> bool:
    """Whether both tell a number as what it was before."""
    told = _was(near.statement, fact) or _EARLIER.search(near.statement.text)
    return fact.kind == "number" and bool(told) and all(_was(e.told, e.fact) for e in own)


def _is_inside_name(near: Surroundings, fact: Fact) -> bool:
    """Whether the evidence has a place in longer names alone, and has other places: "in Weimar",
    of the Weimar Triangle that met in Kraków."""
    return (
        fact.kind == "city"
        and bool(_rivals(near, fact))
        and any(fact.values < each.fact.values for each in near.mentions)
    )


def _says_another(near: Surroundings, fact: Fact, own: Sequence[Mention]) -> bool:
    """Whether what `fact` says here is said by another in the evidence, in a clause of its own."""
    others = [*_other_speakers(near, fact), *_rivals(near, fact)]
    around = near.around(fact, reach=_ALL)
    if not others or around.weight < _LEAST:
        return False
    mine = max(near.share(around, each.part) for each in own)
    best = max(others, key=lambda each: near.share(around, each.part))
    if any(each.part == best.part for each in own):
        return _has_nearer_rival(near, fact, own)
    return near.share(around, best.part) - mine > _MORE and not _is_parallel(near, fact, own, best)


def _has_nearer_rival(
    near: Surroundings, fact: Fact, own: Sequence[Mention], others: Sequence[Mention] = ()
) -> bool:
    rivals = others or _rivals(near, fact)
    around = near.around(fact)
    if not rivals or around.weight < _LEAST:
        return False
    mine = min(near.distance(around, each) for each in own)
    best = min(rivals, key=lambda each: near.distance(around, each))
    return mine - near.distance(around, best) > _NEARER and not _is_parallel(near, fact, own, best)


def _is_parallel(near: Surroundings, fact: Fact, own: Sequence[Mention], rival: Mention) -> bool:
    """Whether the evidence says the like of `fact` and of its rival, of each in a bit of its own.

    The second leaves out what the first has said: "A lowers its forecast for Vietnam to 5.5%, while
    B keeps 6%". Then another fact of the statement is what tells which of the two it is about.
    """
    for where in (_bit, _part):
        here = {where(each) for each in own}
        if where(rival) in here:
            continue
        with_fact, with_rival = 0, 0
        is_like = False
        for other in near.facts:
            there = {where(each) for each in near.same(other)}
            if other.kind == fact.kind or other.span == fact.span or not there:
                continue
            with_fact += bool(there & here) and where(rival) not in there
            with_rival += where(rival) in there and not there & here
            is_like |= (
                bool(there & here)
                and where(rival) not in there
                and any(
                    where(each) == where(rival)
                    for each in near.mentions
                    if each.fact.kind == other.kind and not other.is_same(each.fact)
                )
            )
        if is_like and with_fact >= with_rival:
            return True
    return False


def _are_crossed(near: Surroundings, fact: Fact, other: Fact) -> bool:
    """Whether two facts stand in two bits of the evidence, each with a rival of the other: "A says
    5, B 6", of which "A says 6" is made."""
    mine, theirs = near.same(fact), near.same(other)
    if not mine or not theirs or (fact.kinds & other.kinds and not fact.is_actor):
        return False
    return any(
        here.isdisjoint(there)
        and here <= {where(each) for each in _rivals(near, other)}
        and there <= {where(each) for each in _rivals(near, fact)}
        for where in (_bit, _part)
        for here, there in [({where(each) for each in mine}, {where(each) for each in theirs})]
    )


def _bit(mention: Mention) -> int:
    return mention.bit


def _part(mention: Mention) -> int:
    return mention.part


def _fit_exchanged(near: Surroundings, fact: Fact, other: Fact) -> bool:
    """Whether two dates fit better in each other's place."""
    own, others = near.same(fact), near.same(other)
    mine, theirs = near.around(fact, (other,)), near.around(other, (fact,))
    if not own or not others or min(mine.weight, theirs.weight) < _LEAST:
        return False

    def apart(first: Sequence[Mention], second: Sequence[Mention]) -> float:
        return min(near.distance(mine, each) for each in first) + min(
            near.distance(theirs, each) for each in second
        )

    return apart(own, others) - apart(others, own) > _NEARER
