"""Tell a question that goes on from the one before from a question that is whole.

By form alone, with the words of `data/follow_up.yaml`. A question goes on from the one before
where it

- is a fragment: no clause, opened by "and", "what about" or the like, or by a word such as "with"
  that nothing stands before, or nothing but a period;
- points back: "they", "the two countries", "that meeting", with nobody named before it in the
  question, or a clause opened by "and" that names no country, organisation or person;
- names nothing at all, but asks who took part, where, when, with what result, or for more.

Whatever else may be meant, a question of another form is whole: to inherit wrongly does more harm
than to be asked again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.conditions import Region
from corpus.dates import find_dates
from corpus.people import titles_in
from corpus.topics import topics_in
from retrieval.errors import QuestionError
from retrieval.follow_up_words import Table, Token, light_words, table_of, tokens_of
from retrieval.question import Query
from retrieval.words import idle_words

LONGEST = 20
"""Words from which a question says all itself …"""

LONGEST_FRAGMENT = 8
"""… and a fragment is none."""

Kind = Literal["fragment", "back", "event"]

_ANY_DAY = dt.date(2000, 1, 1)  # where dates stand does not depend on the day
_IMPERSONAL = re.compile(
    r"\by a-t-il\b|\bil y a\b|\bs['’]agit[ -]il\b|\bil s['’]agit\b|\bse passe-t-il\b"
    r"|\bs['’](?:est|était)-il\b|\bfaut[ -]il\b|\bil faut\b|\bqu['’]en est-il\b"
    r"|\best[ -]il (?:vrai|possible|exact|prévu)\b|\bhọ (?:của|tên|và tên|hàng)\b",
    re.IGNORECASE,
)
"""Where French "il" stands for nobody, and Vietnamese "họ" for a family or its name."""


@dataclass(frozen=True, slots=True)
class Ellipsis:
    """What a question leaves open. `own` is what it names itself, without the words that point
    back; `core` is its text without what opens and closes it.

    `partner`: whoever it names comes beside somebody ("with Russia"). `person`: it speaks of one
    person named before. `thing`: of the event or article before, by name ("that meeting").
    `who`: it asks for the people. `years`: a fragment asks for so many years later than before.
    """

    kind: Kind
    own: Query
    core: str
    partner: bool = False
    person: bool = False
    thing: bool = False
    years: int = 0
    who: bool = False


def ellipsis_of(query: Query, language: str, read: Callable[[str], Query]) -> Ellipsis | None:
    """What `query`, read as `language`, leaves to the one before; None where it is whole.

    `read` understands a part of it.
    """
    tokens = tokens_of(query.text, language)
    table = table_of(language)
    if query.compound or not tokens or len(tokens) > LONGEST:
        return None
    inner, opened, closed = _stripped(tokens, table)
    if not inner:
        return Ellipsis("event", query, query.text) if opened else None
    core = query.text[inner[0].start : inner[-1].end]
    clause = table.has("clause", inner)
    back = _pointing_back(query, tokens, table, language, read)
    years = table.has("later", inner) - table.has("earlier", inner)
    if not years and _about_an_event(query, inner, table, language, clause, opened):
        who = table.has("identity", inner) or table.has("people", inner)
        return Ellipsis(
            "event", query, query.text, person=back is not None and back.person, who=who
        )
    if not clause and len(inner) <= LONGEST_FRAGMENT and not table.has("ours", inner):
        own = _own(query, core, inner, language, read)
        begun = opened or closed
        if years or (_begun(own) if begun else _bare(own, core, inner, table, language)):
            partner = table.at("partner", inner, 0) > 0
            return Ellipsis("fragment", own, core, partner=partner, years=years)
    if back is not None:
        return back
    if clause and opened and not _names_somebody(query) and not table.has("ours", tokens):
        return Ellipsis("back", query, query.text)
    return None


def _stripped(tokens: Sequence[Token], table: Table) -> tuple[list[Token], bool, bool]:
    """(what is left, whether something opened it, whether something closed it)."""
    first, last, opened, closed = 0, len(tokens), False, False
    while first < last:
        size = table.at("fillers", tokens, first)
        opening = table.at("openers", tokens, first)
        if not (size or opening):
            break
        opened = opened or opening > 0
        first += max(size, opening)
    while last > first:
        size = table.before("fillers", tokens[first:], last - first)
        closing = table.before("closers", tokens[first:], last - first)
        if not (size or closing):
            break
        closed = closed or closing > 0
        last -= max(size, closing)
    return list(tokens[first:last]), opened, closed


def _own(
    query: Query, core: str, inner: Sequence[Token], language: str, read: Callable[[str], Query]
) -> Query:
    """A fragment as understood: as it stands, else without what opens and closes it.

    Short Vietnamese names of countries need a word before them, and a capital where there are no
    accents.
    """
    tries = [core]
    if language == "vi" and len(inner) <= 2:
        tries += [f"với {core}", f"với {core.title()}" if core.isascii() else core]
    own = query
    if not (_names_something(query) or query.topics):
        again = next((q for q in map(read, tries) if q.conditions or _names_places(q)), query)
        own = replace(again, text=query.text, language=query.language)
    light = light_words(language)
    return replace(own, words=tuple(word for word in own.words if word not in light))


def _begun(own: Query) -> bool:
    """Whether what an "and" opens, or a "thì sao" closes, is a fragment."""
    return _names_something(own) or not own.asks_nothing_more


def _bare(own: Query, core: str, inner: Sequence[Token], table: Table, language: str) -> bool:
    """Whether what nothing opens can only be a fragment: a period, or what a "with" begins."""
    if own.names or own.words or own.roles:
        return False
    if not table.at("links", inner, 0):
        return own.conditions.period is not None and _only_dates(own, core, inner, table, language)
    named = len(own.named_countries) + len(_regions(own))
    if own.topics:
        return not (named or own.conditions)
    return named < 2 and _names_something(own)


def _only_dates(own: Query, core: str, inner: Sequence[Token], table: Table, language: str) -> bool:
    """Whether there is nothing but a period: "visits in 2021" asks for something."""
    if own.topics or _names_places(own) or own.conditions.agencies:
        return False
    spans = [(m.start_char, m.end_char) for m in find_dates(core, language, _ANY_DAY)]
    return all(
        any(start <= token.start - inner[0].start < end for start, end in spans)
        or table.at("links", inner, place)
        for place, token in enumerate(inner)
    )


def _pointing_back(
    query: Query,
    tokens: Sequence[Token],
    table: Table,
    language: str,
    read: Callable[[str], Query],
) -> Ellipsis | None:
    text = query.text
    impersonal = [match.span() for match in _IMPERSONAL.finditer(text)]

    def free(place: int) -> bool:
        return not any(a <= tokens[place].start < b for a, b in impersonal)

    thing = next(_things(tokens, table, language), None)
    plural = next((first for first, _ in table.all("plural", tokens) if free(first)), None)
    person = next((first for first, _ in table.all("person", tokens) if free(first)), None)
    people = [place for place in (plural, person) if place is not None]
    if thing is None and not people:
        return None
    if people and (thing is None or min(people) < thing):
        bound = table.has("bound", tokens[min(people) : min(people) + 2])  # "của họ"
        if bound and query.names:
            return None  # "Other than his achievements, what was Tesla famous for?"
        if _antecedent(text[: tokens[min(people)].start], read, bound=bound):
            return None
    elif thing is not None and query.conditions.agencies:
        return None
    pointing = {
        word.fold
        for kind in ("plural", "person", "pointers", "pointers behind", "things")
        for first, last in table.all(kind, tokens)
        for word in tokens[first:last]
    }
    own = replace(query, words=tuple(word for word in query.words if word not in pointing))
    return Ellipsis("back", own, text, person=person is not None, thing=thing is not None)


def _things(tokens: Sequence[Token], table: Table, language: str) -> Iterator[int]:
    """Where "that meeting", "cette visite", "cuộc gặp đó" begin; a word that tells may stand
    between, not that of "argued that the treaty".
    """
    idle = idle_words(language)
    for first, last in table.all("things", tokens):
        telling = first > 1 and tokens[first - 1].fold not in idle
        ends = (first, first - 1) if telling else (first,)
        before = any(table.before("pointers", tokens, end) for end in ends)
        if before or table.at("pointers behind", tokens, last):
            yield first


def _antecedent(before: str, read: Callable[[str], Query], *, bound: bool) -> bool:
    """Whether somebody is named before a pronoun, in the question itself; or anything, where it is
    `bound` to what stands before it.
    """
    try:
        query = read(before)
    except QuestionError:  # there are no words
        return False
    somebody = _names_somebody(query) or bool(query.roles or query.conditions.agencies)
    return somebody or (bound and bool(query.words or query.topics))


def _regions(query: Query) -> tuple[Region, ...]:
    return (*query.conditions.regions, *query.preferred_regions)


def _names_places(query: Query) -> bool:
    return bool(query.named_countries or _regions(query))


def _names_somebody(query: Query) -> bool:
    return _names_places(query) or bool(query.names)


def _names_something(query: Query) -> bool:
    """Whether a condition or a name stands in the question."""
    return bool(query.conditions) or _names_somebody(query)


def _about_an_event(
    query: Query,
    inner: Sequence[Token],
    table: Table,
    language: str,
    clause: bool,
    opened: bool,
) -> bool:
    """Whether it names nothing, in words by which people ask about an event known to both."""
    if _names_something(query):
        return False
    more = table.has("more", inner)
    if table.has("ours", inner) and not more:
        return False
    covered: set[int] = set()
    telling = False
    for kind in ("event", "more", "plural", "person", "things"):
        for first, last in table.all(kind, inner):
            covered.update(range(first, last))
            telling = telling or kind in {"event", "more"}
    if query.roles and not table.has("identity", inner):
        for title in titles_in(query.text, language):
            if title.person_span is None:
                span = title.span
                covered.update(
                    place for place, t in enumerate(inner) if span.start <= t.start < span.end
                )
    topics = topics_in(query.text)
    if topics and not clause:
        return False  # "agreements" is something to look for
    for topic in topics:
        inside = [p for p, t in enumerate(inner) if topic.span.start <= t.start < topic.span.end]
        if not covered.issuperset(inside):
            return False
    idle = idle_words(language)
    if any(place not in covered and t.fold not in idle for place, t in enumerate(inner)):
        return False
    return clause or telling or opened
