"""Who does it to whom: two actors of a statement must not have each other's part.

Vietnamese, French and English all put the doer before and the other behind, unless a small word or
a passive says otherwise; and some acts are one another's reverse, such as to buy and to sell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from corpus.article import Span
from corpus.countries import PlaceMention
from retrieval.tables import table
from retrieval.verify.clauses import parts
from retrieval.verify.facts import Fact, facts_of
from retrieval.verify.grammar import before_articles, word_before
from retrieval.verify.problem import Problem
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_FAR = 22
"""Words between two actors beyond which nothing ties them."""

_DASHES = ("-", "–", "‑")
_AROUND = 6
_AT_ONCE = 2
_EXCHANGED = "has another’s part in the evidence"


def direction_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The actors whose parts are exchanged wherever `evidence` has them together."""
    for doer, other in _pairs(statement):
        said = _part(statement, doer, other)
        if not said or word_before(statement, doer) in small_words("according"):
            continue
        acts = _acts(statement, (doer, other), around=0)
        ways = [
            (sign, not acts.isdisjoint(_acts(each, pair, around=0)))
            for each in evidence
            for pair in _pairs(each)
            if (sign := _same_way(statement, (doer, other), each, pair))
        ]
        # Where they do the very same, that tells; what else is between them does not.
        signs = {sign for sign, same in ways if same} or {sign for sign, _ in ways}
        if signs == {-said}:
            yield Problem("direction", doer.span, _EXCHANGED)
    yield from _displaced(statement, evidence)
    yield from _turned_round(statement, evidence)


def _displaced(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """A country that does something in another, where in `evidence` the other does it in this one:
    "Algiers recalls its ambassador in Madrid"."""
    doers, inside = _sides(statement)
    sides = [_sides(each) for each in evidence]
    for doer, place in doers.items():
        for other in inside.keys() - {doer}:
            told = [(d, i) for d, i in sides if {doer, other} <= d.keys() | i.keys()]
            if told and all(
                doer in i and doer not in d and other in d and other not in i for d, i in told
            ):
                yield Problem("direction", place.span, _EXCHANGED)
                return


def _turned_round(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """A way from one city to another that `evidence` tells from the other to the one."""
    away, onto = _ends(statement, "away"), _ends(statement, "onto")
    for begin in away:
        for end in onto:
            if begin.is_same(end):
                continue
            told = [
                _is_way(each, end, begin) and not _is_way(each, begin, end) for each in evidence
            ]
            if any(told):
                yield Problem("direction", begin.span, "is where it ends in the evidence")
                return


def _is_way(told: Told, begin: Fact, end: Fact) -> bool:
    return any(begin.is_same(each) for each in _ends(told, "away")) and any(
        end.is_same(each) for each in _ends(told, "onto")
    )


def _ends(told: Told, kind: str) -> list[Fact]:
    """The cities that something comes from (`away`) or goes to (`onto`)."""
    found = []
    for fact in facts_of(told):
        number = before_articles(told, fact.words[0] - 1)
        while number > 0 and told.words[number].fold in small_words("kind_of_place"):
            if told.words[number].fold in small_words(kind):
                break
            number = before_articles(told, number - 1)
        if "city" in fact.kinds and number >= 0 and told.words[number].fold in small_words(kind):
            found.append(fact)
    return found


def _sides(told: Told) -> tuple[dict[str, PlaceMention], dict[str, PlaceMention]]:
    """The countries that do something, and those where something is or goes, by their codes."""
    doers: dict[str, PlaceMention] = {}
    inside: dict[str, PlaceMention] = {}
    for place in told.places:
        before = _before(told, place)
        if any(before in small_words(kind) for kind in ("inside", "inside_fr", "towards")):
            inside.setdefault(place.code, place)
        elif place.form != "adjective" and not any(
            before in small_words(kind) for kind in ("oblique", "genitive", "beside")
        ):
            doers.setdefault(place.code, place)
    return doers, inside


def _before(told: Told, place: PlaceMention) -> str:
    """The folded word before a place, articles left out."""
    number = before_articles(told, told.word_at(place.start) - 1)
    return told.words[number].fold if number >= 0 else ""


def _pairs(told: Told) -> Iterator[tuple[Fact, Fact]]:
    """Actors in one part of the text, the first before the second."""
    actors = [fact for fact in facts_of(told) if fact.is_actor]
    shares = parts(told.text, told.language)
    for number, first in enumerate(actors):
        for second in actors[number + 1 :]:
            if second.words[0] - first.words[-1] > _FAR or first.is_same(second):
                continue
            if any(first.span.end < share.start <= second.span.start for share in shares):
                break
            if not _is_its_agency(told, first, second):
                yield first, second


_ITS = frozenset(("", "s", "of", "of the", "de", "de la", "de l", "du", "des", "d", "cua"))
"""Words between an agency and whose it is."""


def _is_its_agency(told: Told, first: Fact, second: Fact) -> bool:
    """Whether one of two actors is an agency of the other, which does nothing apart from it:
    "France's competition authority", "Cơ quan Cạnh tranh Pháp"."""

    def between(start: int, end: int) -> str:
        return " ".join(told.words[number].fold for number in told.words_in(Span(start, end)))

    return any(
        (
            agency.span.start <= first.span.start < agency.span.end <= second.span.start
            and between(agency.span.end, second.span.start) in _ITS
        )
        or (
            first.span.end <= agency.span.start <= second.span.start < agency.span.end
            and between(first.span.end, agency.span.start) in _ITS
        )
        for agency in told.agencies
    )


def _same_way(statement: Told, said: tuple[Fact, Fact], told: Told, pair: tuple[Fact, Fact]) -> int:
    """What the pair of the evidence says of the statement's: 1 if its first is the doer, -1 if its
    second is, 0 if they are others or nothing tells."""
    if said[0].is_same(pair[0]) and said[1].is_same(pair[1]):
        order = 1
    elif said[0].is_same(pair[1]) and said[1].is_same(pair[0]):
        order = -1
    else:
        return 0
    near = _acts(statement, said, around=0), _acts(told, pair, around=0)
    wide = _acts(statement, said), _acts(told, pair)
    reverse = -1 if _are_reverse(*near) or _are_reverse(*wide) else 1
    return order * reverse * _part(told, *pair)


def _part(told: Told, first: Fact, second: Fact) -> int:
    """1 if the first of two actors is the doer, -1 if the second is, 0 if nothing tells."""
    inner = told.words[first.words[-1] + 1 : second.words[0]]
    joined = told.text[first.span.end : second.span.start].strip()
    if joined in _DASHES or (told.language == "en" and all(word.capital for word in inner)):
        return 0  # "the Vietnam-Laos Joint Committee"
    before, between = word_before(told, first), word_before(told, second)
    folds = {word.fold for word in inner}
    if folds & small_words("than"):
        return 1
    if _invites(told, first):
        return 1
    if _invites(told, second):
        return -1
    commas = told.text[first.span.end : second.span.start].count(",")
    # "the chief, A, is replaced by B": the first comma closes what A stands for.
    if (commas - told.text[: first.span.start].rstrip().endswith(",")) % 2:
        return 0
    if between in small_words("by") or between in small_words("passive_before_doer"):
        return -1 if _are_neighbours(told, first, second) else 0
    if before in small_words("by"):
        return 1
    if between in small_words("beside") or between in small_words("inside"):
        return 0
    if _is_living(told, second):
        return 0
    if before in small_words("oblique") or folds & small_words("relative"):
        return 0
    if between in small_words("genitive"):
        if _receives(told, first, second):
            return -1
        return int(any(first.words[-1] < mark.first < second.words[0] for mark in told.marks))
    return 1


def _is_living(told: Told, actor: Fact) -> bool:
    """Whether a country is only where somebody lives: "citizens living in A"."""
    number = before_articles(told, actor.words[0] - 1)
    return number > 0 and told.words[number - 1].fold in small_words("living")


def _receives(told: Told, first: Fact, second: Fact) -> bool:
    """Whether the first gets what the second does: "nhận được sự ủng hộ của"."""
    between = [mark for mark in told.marks if first.words[-1] < mark.first < second.words[0]]
    gets = [mark for mark in between if mark.key == "receive"]
    return bool(gets) and any(mark.first > gets[0].last for mark in between)


def _invites(told: Told, actor: Fact) -> bool:
    """Whether the evidence has somebody's invitation: "at the invitation of A, B will visit", "nhận
    lời mời thăm chính thức của A"."""
    number = max(before_articles(told, actor.words[0] - 1), 0)
    if told.words[number].fold not in small_words("genitive"):
        return False
    return any(
        mark.key == "invite"
        and 0 < _first_of_visit(told, mark.last, number) - mark.last <= _AT_ONCE
        for mark in told.marks
    )


def _first_of_visit(told: Told, last: int, number: int) -> int:
    """The word before `number` where a visit is named that begins right behind word `last`."""
    return next(
        (
            mark.first
            for mark in told.marks
            if mark.key == "visit" and mark.first == last + 1 and 0 < number - mark.last <= _AT_ONCE
        ),
        number,
    )


def _are_neighbours(told: Told, first: Fact, second: Fact) -> bool:
    return not any(
        fact.is_actor and first.words[-1] < fact.words[0] < second.words[0]
        for fact in facts_of(told)
    )


def _acts(told: Told, pair: tuple[Fact, Fact], around: int = _AROUND) -> frozenset[str]:
    """The acts named between two actors or closely around them."""
    first, last = pair[0].words[0] - around, pair[1].words[-1] + around
    return frozenset(mark.key for mark in told.marks if first <= mark.first <= last)


@cache
def _reverses() -> frozenset[tuple[str, str]]:
    listed = [tuple(pair) for pair in table("acts")["reverses"]]
    return frozenset([*listed, *((second, first) for first, second in listed)])


def _are_reverse(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether one text has an act and the other its reverse, each alone."""
    return any(
        one in mine and other in theirs and other not in mine and one not in theirs
        for one, other in _reverses()
    )
