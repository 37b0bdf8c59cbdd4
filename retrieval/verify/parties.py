"""Who does an act to whom, by the order of words that Vietnamese, French and English share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.article import Span
from corpus.words import fold
from retrieval.verify.acts import Mark
from retrieval.verify.segments import cut
from retrieval.verify.told import Told

_FAR = 14
_NEAR = 5
_BY = frozenset(("by", "par", "boi"))
_ACCORDING = frozenset(("selon", "according", "theo"))
_UNDER = frozenset(
    "in at to from with between on for against over about of under near into than "
    "a au aux avec entre sur pour contre dans en chez vers des "
    "tai o voi den toi tu cho giua ve cua sang".split()
)
"""After one of these stands nobody who does something."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody: the countries and bodies, words of names and roles that the words for them give."""

    span: Span
    places: frozenset[str]
    names: frozenset[str]
    roles: frozenset[str]

    def differs(self, other: Party) -> bool:
        """Whether both are told in one way at least, and in none of them agree."""
        pairs = [
            (mine, theirs)
            for mine, theirs in (
                (self.names, other.names),
                (self.roles, other.roles),
                (self.places, other.places),
            )
            if mine and theirs
        ]
        return bool(pairs) and not any(mine & theirs for mine, theirs in pairs)


def doer_of(told: Told, mark: Mark) -> Party | None:
    """Who does what `mark` names, where the words tell: the nearest that can be."""
    found = doers_of(told, mark)
    return found[0] if found else None


def doers_of(told: Told, mark: Mark) -> list[Party]:
    """All who may do what `mark` names, the nearest first: "A, and with him B, say"."""
    found = _all(told)
    words = told.words
    following = next((party for party in found if party.span.start >= mark.span.end), None)
    if following is not None and (
        _distance(told, mark.span.end, following.span.start) <= _NEAR
    ):
        between = {
            word.fold for word in words[mark.last + 1 :] if word.end <= following.span.start
        }
        if _BY & between or (_inverted(told, mark) and not between & _UNDER):
            return [following]
    if _passive(told, mark):
        return []
    doers = []
    for party in reversed([each for each in found if each.span.end <= mark.span.start]):
        if _distance(told, party.span.end, mark.span.start) > _FAR:
            break
        if _parted(told, party.span.end, mark.span.start):
            break
        if not doers and _pronoun(told, party.span.end, mark.span.start):
            return []
        if _word_before(told, party.span.start) not in _UNDER:
            doers.append(party)
    return doers


def _parted(told: Told, start: int, end: int) -> bool:
    """Whether another clause begins there, with somebody else in it."""
    return any(start < part.start < end for part in cut(told.text, told.language))


_PASSIVE = frozenset("etre ete est sont be been being was were is are bi duoc".split())
_PRONOUNS = frozenset(
    "he she it they who which il elle ils elles on qui ho ong ba nay country pays authorities".split()
)


def _passive(told: Told, mark: Mark) -> bool:
    """Whether it is done to somebody, by nobody who is told."""
    return any(w.fold in _PASSIVE for w in told.words[max(0, mark.first - 2) : mark.first])


def _pronoun(told: Told, start: int, end: int) -> bool:
    """Whether somebody is meant there who is not named: "nước này", "he"."""
    return any(word.fold in _PRONOUNS for word in told.words if start <= word.start < end)


def _inverted(told: Told, mark: Mark) -> bool:
    """Whether nobody can stand before it: ", said X", "», a déclaré X", ", theo X"."""
    start = mark.span.start
    before = told.text[:start].rstrip()
    if mark.key == "say" and fold(mark.span.of(told.text)) in _ACCORDING:
        return True
    for auxiliary in (" a", " ont", " had", " has"):
        before = before.removesuffix(auxiliary).rstrip()
    if before.endswith(",") and any(p.span.end == len(before) - 1 for p in _all(told)):
        return False  # the comma closes what was said of somebody: "the minister, X, thanked"
    return not before or before[-1] in ",\"”»’"


def _distance(told: Told, start: int, end: int) -> int:
    return sum(start <= word.start < end for word in told.words)


def _word_before(told: Told, start: int) -> str:
    before = [word.fold for word in told.words if word.end <= start]
    if before and before[-1] in {"the", "le", "la", "les", "l", "phia", "nuoc"}:
        before.pop()
    return before[-1] if before else ""


@lru_cache(maxsize=512)
def _all(told: Told) -> Sequence[Party]:
    """Everybody named in a text, with what stands together taken together."""
    pieces: list[tuple[Span, str, frozenset[str]]] = []
    pieces += [(p.span, "place", frozenset((p.code,))) for p in told.places]
    pieces += [(b.span, "place", frozenset((b.key,))) for b in told.bodies]
    pieces += [
        (n.span, "name", frozenset(n.parts)) for n in told.names if n.surface.isalpha() or " " in n.surface
    ]
    pieces += [
        (t.span, "role", frozenset((t.role,) if t.role else ())) for t in told.titles
    ]
    pieces.sort(key=lambda piece: piece[0].start)
    parties: list[Party] = []
    group: list[tuple[Span, str, frozenset[str]]] = []
    for piece in [*pieces, None]:
        if group and (piece is None or not _together(told, group[-1][0], piece[0])):
            parties.append(_party(group))
            group = []
        if piece is not None:
            group.append(piece)
    return tuple(parties)


_TYING = frozenset("of for the de des du la le les l d bo cua nuoc mr mrs ms ong ba".split())


def _together(told: Told, left: Span, right: Span) -> bool:
    if right.start < left.end:
        return True
    between = told.text[left.end : right.start]
    if any(mark in between for mark in ".;:()"):
        return False
    return all(
        word.fold in _TYING for word in told.words if left.end <= word.start < right.start
    )


def _party(group: Sequence[tuple[Span, str, frozenset[str]]]) -> Party:
    def of(kind: str) -> frozenset[str]:
        return frozenset().union(*(keys for _, each, keys in group if each == kind))

    return Party(
        Span(group[0][0].start, group[-1][0].end), of("place"), of("name"), of("role")
    )
