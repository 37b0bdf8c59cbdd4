"""Places, organisations and names of a statement that its evidence does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from corpus.article import Span
from corpus.countries import PlaceMention
from corpus.words import Word, is_vietnamese_syllable
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.agencies import fields_told
from retrieval.verify.bodies import spelled_out
from retrieval.verify.demonyms import has_adjective
from retrieval.verify.facts import is_where
from retrieval.verify.fields import mentions
from retrieval.verify.known import opens
from retrieval.verify.names import Name
from retrieval.verify.offices import is_same_field
from retrieval.verify.present import city_of, has_city_elsewhere
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.romanised import has_romanised
from retrieval.verify.taken import Taken
from retrieval.verify.told import Told, plain


def named_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The places, organisations and names that no text of `evidence` has."""
    yield from _places(statement, evidence)
    yield from _bodies(statement, evidence)
    yield from _ministries(statement, evidence)
    yield from _agencies(statement, evidence)
    yield from _groups(statement, evidence)
    yield from _names(statement, evidence)


def _places(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = frozenset().union(*(each.codes for each in evidence))
    # A word that may be no place is one if nothing else in the evidence can be meant by it.
    maybe = [place for place in statement.doubtful if opens(statement, place)]
    for place in {place.code: place for place in (*statement.places, *maybe)}.values():
        if place.code in told or _is_told_elsewhere(place, evidence):
            continue
        if not (place.form == "capital" and _has_city(place, evidence)):
            yield Problem(place.kind, place.span, MISSING)
    for place in statement.shared:
        if not any(other.code in told for other in statement.shared if other.start == place.start):
            yield Problem(place.kind, place.span, MISSING)
    for place in statement.places:
        part = _parts().get(plain(place.surface))
        if part and not any(name in each.plain for name in part for each in evidence):
            yield Problem(place.kind, place.span, MISSING)
    for place in statement.places:
        where = place.form == "capital" and is_where(statement, place.start)
        if where and place.code in told and not _has_city(place, evidence):
            yield Problem("place", place.span, MISSING)


@cache
def _parts() -> Mapping[str, Sequence[str]]:
    """All names of a part of a country by each of them."""
    return {name: names for names in table("parts") for name in names}


def _is_told_elsewhere(place: PlaceMention, evidence: Sequence[Told]) -> bool:
    """Whether evidence in a language without demonyms of its own has one for a place."""
    return any(
        each.language not in LANGUAGES and has_adjective(place.code, each.plain, each.language)
        for each in evidence
    )


def _has_city(place: PlaceMention, evidence: Sequence[Told]) -> bool:
    """Whether the city is named, or the capital of that country by another name."""
    return any(
        other.code == place.code
        and (other.form == "capital" or _is_french_city(each, other))
        and not _are_apart(city_of(other.surface), city_of(place.surface))
        for each in evidence
        for other in each.places
    ) or any(
        plain(place.surface) in each.plain
        or each.present.has_city(place.surface)
        or has_city_elsewhere(place.surface, each.plain, each.language)
        or has_romanised(place.surface, each.text)
        for each in evidence
    )


def _is_french_city(told: Told, place: PlaceMention) -> bool:
    """Whether French names the city that a country has its name from: "à Guatemala", where the
    country is "au Guatemala"."""
    return told.language == "fr" and told.text[: place.start].endswith(("à ", "À "))


def _are_apart(city: str | None, other: str | None) -> bool:
    """Whether two cities are known, and not the same: Tel Aviv and Jerusalem."""
    return None not in (city, other) and city != other


def _bodies(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = frozenset().union(*(each.codes for each in evidence))
    for body in statement.bodies:
        surface = plain(body.span.of(statement.text))
        if body.key not in told and not any(surface in each.plain for each in evidence):
            yield Problem("organisation", body.span, MISSING)


def _ministries(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The ministries of which the evidence has neither the ministry nor anybody in it."""
    if any(each.language not in LANGUAGES for each in evidence):
        return
    told = _fields_of_offices(evidence)
    for ministry in statement.ministries:
        surface = plain(ministry.span.of(statement.text))
        if not is_same_field(ministry.field, told) and not any(
            surface in each.plain for each in evidence
        ):
            yield Problem("organisation", ministry.span, MISSING)


def _fields_of_offices(evidence: Sequence[Told]) -> set[str]:
    """The fields of all ministries and ministers."""
    told = {ministry.field for each in evidence for ministry in each.ministries}
    return told.union(*(office.fields.known for each in evidence for office in each.offices))


def _agencies(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The agencies, courts and committees of whose field the evidence has no word."""
    if any(each.language not in LANGUAGES for each in evidence):
        return
    told = {field for each in evidence for field in fields_told(each.text, each.language)}
    told |= _fields_of_offices(evidence)
    told |= {
        field
        for each in evidence
        for code in each.codes
        for field in table("agencies")["of_bodies"].get(code, ())
    }
    for agency in statement.agencies:
        own = [statement.words[number].fold for number in statement.words_in(agency.span)]
        if not any(
            is_same_field(field, told)
            or any(mentions(field, each.words, each.language) for each in evidence)
            for field in agency.fields
        ) and not any(
            word.text.isupper() and spelled_out(word.text, own)
            for each in evidence
            for word in each.words
        ):
            yield Problem("organisation", agency.span, MISSING)


_PLAIN = frozenset(
    (
        "airline", "coast-guard", "economist", "farmer", "firefighters",
        "fisherman", "historian", "insurer", "journalist", "lawyer", "prosecutor", "shipowner",
        "student",
    )
)  # fmt: skip
"""Groups of actors.yaml that every language has its own word for, and hardly two."""


_ALSO = {"airline": ("airline", "company")}
"""Groups that may be told as a wider one."""

_APART = (
    frozenset(("lower-house", "upper-house")),
    frozenset(("army", "navy", "police", "coast-guard")),
)
"""Groups of which none is told for another."""

_COMMITTEE = re.compile(r"(?:comite|committee)s?|u[yỷ] ban")
_BODIES = frozenset(
    ("committee", "agency", "association", "federation", "foundation", "organiser", "province")
)
"""Groups that a committee may be told as, or tell of."""


def _groups(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The professions, forces and committees that the evidence does not have."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    told = {group.key for each in evidence for group in each.groups}
    for group in statement.groups:
        surface = plain(group.span.of(statement.text))
        others = frozenset().union(*(kinds for kinds in _APART if group.key in kinds))
        missing = told.isdisjoint(_ALSO.get(group.key, (group.key,))) and (
            group.key in _PLAIN or bool(told & others)
        )
        if missing and not any(surface in each.plain for each in evidence):
            yield Problem("group", group.span, MISSING)
        elif _COMMITTEE.fullmatch(surface) and not (
            told & _BODIES or any(each.bodies for each in evidence)
        ):
            yield Problem("organisation", group.span, MISSING)


def _names(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    yield from _capitals_in_a_row(statement, evidence)
    for name in statement.names:
        if not any(
            each.present.has(name, transliterated=each.language != statement.language)
            or has_city_elsewhere(name.surface, each.plain, each.language)
            or has_romanised(name.surface, each.text)
            for each in evidence
        ):
            yield Problem("name", name.span, MISSING)
        elif not any(_has_accents(statement, name, each) for each in evidence):
            yield Problem("name", name.span, "has other accents in the evidence")


def _has_accents(statement: Told, name: Name, told: Told) -> bool:
    """Whether a text has a Vietnamese name with its accents, which tell Vinh from Vĩnh, as far as
    both are written with any."""
    own = [statement.words[number] for number in statement.words_in(name.span)]
    accents = any(word.marks for word in own) or statement.language == "vi"
    if not accents or told.language != "vi" or not all(is_vietnamese_syllable(w.text) for w in own):
        return True
    for word in own:
        written = [other.marks for other in told.words if other.capital and other.fold == word.fold]
        if written and word.marks not in written:
            return False
    return True


def _capitals_in_a_row(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Names of common syllables ("Điện Biên") that Vietnamese evidence does not have; what a name
    is made of in other languages may be translated."""
    if any(each.language != "vi" for each in (statement, *evidence)):
        return
    named = Taken(len(statement.text), (name.span for name in statement.names))
    run: list[Word] = []
    for word in [*statement.words, None]:
        capital = word is not None and word.capital and not named.has(word.start)
        if capital and word and run and statement.text[run[-1].end : word.start] == " ":
            run.append(word)
            continue
        if len(run) > 1 and run[0].start > 0:
            span = Span(run[0].start, run[-1].end)
            if not any(plain(span.of(statement.text)) in each.plain for each in evidence):
                yield Problem("name", span, MISSING)
        run = [word] if capital and word else []
