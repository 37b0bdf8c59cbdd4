"""Titles of a statement that its evidence does not have, or gives to somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations

from corpus.article import Span
from corpus.people import TitleMention
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.fields import has_words, mentions
from retrieval.verify.modifiers import tells
from retrieval.verify.names import find_names
from retrieval.verify.offices_elsewhere import has_title
from retrieval.verify.present import present
from retrieval.verify.problem import MISSING, Problem
from retrieval.verify.taken import Taken
from retrieval.verify.told import Office, Told, composed, plain


def title_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The titles that `evidence` does not have, with another field, or of somebody else."""
    french = {each.language for each in (statement, *evidence)} > {"fr"}
    abroad = any(each.language != statement.language for each in evidence)
    for title in statement.titles:
        office = _office_of(title, statement)
        if office.role is None:
            yield from _unsure(title, statement, evidence)
            continue
        told = [other for each in evidence for other in each.offices]
        alike = frozenset().union(
            _broad(statement.language, True) if abroad else (),
            *(
                _broad(each.language, False)
                for each in evidence
                if each.language != statement.language
            ),
            _both_ways(_ALIKE_IN_FRENCH) if french else (),
            # Who presides over what has been looked at for no title that a modifier changes.
            _alike_if_unsure() if title.role is None else (),
            _both_ways(_ALIKE_ABROAD) if abroad else (),
            _both_ways(_ALIKE_CHANGED) if office.modifiers else (),
        )
        same = [other for other in told if _same_role(office.role, other.role, alike)]
        if not same and (_does(office.role, evidence) or _is_told_elsewhere(office, evidence)):
            continue
        if not same:
            yield Problem("title", title.span, MISSING)
            continue
        same = [other for other in same if _is_as_told(office, other, evidence)]
        if not same:
            yield Problem("title", title.span, "is another office in the evidence")
            continue
        if not _has_field(office, same, evidence):
            yield Problem("title", title.span, "has another field in the evidence")
            continue
        yield from _bearer(title, office, evidence, alike)
    yield from _untitled(statement, evidence)
    yield from _unheard(statement, evidence)
    yield from _deputies(statement, evidence)


_CONFUSED = (
    frozenset(("minister", "deputy-minister", "permanent-deputy-minister", "prime-minister")),
    frozenset(("prime-minister", "deputy-prime-minister")),
    frozenset(("ambassador", "consul", "consul-general", "charge-daffaires")),
    frozenset(("president", "vice-president")),
)
"""Offices that are seldom called by another one's name, though nobody bears them."""


def _untitled(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Offices in small letters or in the plural ("former ministers") that the evidence has with
    other modifiers, with another field, or only next to them."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    titled = Taken(len(statement.text), (title.span for title in statement.titles))
    told = [other for each in evidence for other in each.offices]
    for office in statement.offices:
        near = [kinds for kinds in _CONFUSED if office.role in kinds]
        if titled.has(office.start) or not near:
            continue
        span = Span(office.start, statement.words[statement.word_at(office.start)].end)
        same = [other for other in told if same_role(office.role, other.role, french=True)]
        if not same:
            others = {other.role for other in told}
            if any(kinds & others for kinds in near) and not _does(office.role or "", evidence):
                yield Problem("title", span, MISSING)
            continue
        same = [other for other in same if _is_as_told(office, other, evidence)]
        if not same:
            yield Problem("title", span, "is another office in the evidence")
        elif not _has_field(office, same, evidence):
            yield Problem("title", span, "has another field in the evidence")


def _office_of(title: TitleMention, told: Told) -> Office:
    """The office that a title of a text names, with its modifiers."""
    return next(office for office in told.offices if office.start == title.span.start)


def _is_as_told(office: Office, other: Office, evidence: Sequence[Told]) -> bool:
    """Whether an office of the statement has the modifiers of another one of the evidence, or the
    evidence has other words for them, or is in a language whose modifiers nobody knows."""
    if any(each.language not in LANGUAGES for each in evidence):
        return True
    return other.modifiers <= office.modifiers and all(
        any(
            tells(modifier, composed(each.text), each.language, other.start)
            for each in evidence
            if other in each.offices
        )
        for modifier in office.modifiers - other.modifiers
    )


def _has_field(office: Office, same: Sequence[Office], evidence: Sequence[Told]) -> bool:
    """Whether offices of the evidence may have the field of one of the statement: it is theirs or
    in the evidence, or one of them has none at all."""
    fields, told = office.fields, [other.fields for other in same]
    if not told or not any(fields) or not all(any(each) for each in told):
        return True
    known: frozenset[str] = frozenset().union(*(each.known for each in told))
    if any(each.language not in LANGUAGES for each in evidence):
        return is_same_field(office.portfolio, known) if office.portfolio and known else True
    if fields.unread:
        there = [word.fold for each in evidence for word in each.words]
        return any(each.unread for each in told) or has_words(fields.unread, there)
    if any(is_same_field(field, known) for field in fields.known):
        return True
    return any(each.unread for each in told) and any(
        mentions(field, each.words, each.language) for field in fields.known for each in evidence
    )


def _unsure(title: TitleMention, statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """A title of which more is told than the table knows ("Chủ tịch OIF"), where no office of the
    evidence is like what the table knows of it."""
    roles = {office.role for office in statement.offices if office.start == title.span.start}
    roles.discard(None)
    told = [office.role for each in evidence for office in each.offices]
    if any(each.language not in LANGUAGES for each in evidence) or not roles or not told:
        return
    if not any(same_role(role, other, french=True) for role in roles for other in told):
        yield Problem("title", title.span, MISSING)


def _is_told_elsewhere(office: Office, evidence: Sequence[Told]) -> bool:
    """Whether evidence in a language without titles of its own has the words for one."""
    return any(
        each.language not in LANGUAGES
        and has_title(each.plain, each.language, office.role or "", office.portfolio)
        for each in evidence
    )


_HEAD = re.compile(r"(?<!\w)[A-ZĐ]\w+(?: \w+)? trưởng(?!\w)")
_DEPUTY = re.compile(r"(?<!\w)Deputy (?=[A-ZÀ-ÝĐ])")
_DOUBLED = re.compile(r"(?<!\w)(?:Trưởng|Tổng|Chánh) $")
_LEADER = re.compile(r"(?<!\w)[Nn]gười đứng đầu(?!\w)")
_GROWTH = ("tăng", "sinh")  # "tăng trưởng" is nobody
_HALF = 2  # words
_BELOW = ("deputy-", "vice-", "assistant-", "under-", "parliamentary-")


def _deputies(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Members of parliament whom the evidence does not have: "Deputy Hoa Mai" in English."""
    if statement.language != "en":
        return
    for match in _DEPUTY.finditer(statement.text):
        inside = any(
            title.span.start <= match.start() < title.span.end for title in statement.titles
        )
        if not inside and not any(_has_words(each, match.group().strip()) for each in evidence):
            yield Problem("title", Span(match.start(), match.end() - 1), MISSING)


def _unheard(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """Vietnamese titles that neither the table nor the evidence has: "Đảng trưởng", half a title,
    and who is at the head where the evidence has but a deputy."""
    if statement.language != "vi":
        return
    known = [title.span for title in statement.titles]

    def is_known(place: int) -> bool:
        return any(span.start <= place < span.end for span in known)

    for match in _HEAD.finditer(statement.text):
        words = match.group().lower().split()
        if words[-2] in _GROWTH or is_known(match.start()) or is_known(match.end() - 1):
            continue
        if not any(_has_words(each, match.group()) for each in evidence):
            yield Problem("title", Span(match.start(), match.end()), MISSING)
    for span in known:
        before = _DOUBLED.search(statement.text[: span.start])
        if before is None:
            continue
        whole = Span(before.start(), span.end)
        if not any(_has_words(each, whole.of(statement.text)) for each in evidence):
            yield Problem("title", whole, MISSING)
    for match in _LEADER.finditer(statement.text):
        offices = [office for each in evidence for office in each.offices]
        below = [
            office
            for office in offices
            if (office.role or "").startswith(_BELOW) or "deputy" in office.modifiers
        ]
        if below and len(below) == len(offices) and not _does("head", evidence):
            yield Problem("title", Span(match.start(), match.end()), MISSING)
    for each in evidence:
        yield from _halved(statement, each, is_known)


def _has_words(told: Told, words: str) -> bool:
    """Whether a text has these Vietnamese words, with their accents if it is Vietnamese too."""
    if told.language == "vi":
        return composed(words) in composed(told.text)
    return plain(words) in told.plain


def _halved(statement: Told, told: Told, is_known: Callable[[int], bool]) -> Iterator[Problem]:
    """Titles of Vietnamese evidence that lack their last word: "Quốc vụ" for "Quốc vụ khanh"."""
    if told.language != "vi":
        return
    text = composed(statement.text)
    for title in told.titles:
        words = composed(title.surface).split()
        for size in range(_HALF, len(words)):
            first = re.escape(" ".join(words[:size]))
            for match in re.finditer(rf"(?<!\w){first}(?!\w)", text):
                whole = text[match.end() :].startswith(f" {words[size]}")
                if not whole and not is_known(match.start()):
                    yield Problem("title", Span(match.start(), match.end()), MISSING)


def _does(role: str, evidence: Sequence[Told]) -> bool:
    """Whether the evidence tells with a verb what the title tells: "who leads the delegation"."""
    return any(
        pattern.search(each.plain)
        for each in evidence
        if (pattern := _duty(role, each.language)) is not None
    )


@cache
def _duty(role: str, language: str) -> re.Pattern[str] | None:
    forms = table("duties").get(role, {}).get(language)
    if not forms:
        return None
    gap = r"(?:\W+\w+){0,3}?\W+"
    patterns = [
        gap.join(
            r"\W+".join(re.escape(word).replace(r"\*", r"\w*") for word in part.split())
            for part in form.split(" ... ")
        )
        for form in forms
    ]
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")


_BESIDE = 90
"""Characters between a name and a title of the same person."""

_ALIKE = (
    frozenset(("baron", "baroness")),
    frozenset(("president", "head-of-state-president")),
    frozenset(("chair", "committee-chair", "peoples-committee-chair")),
    frozenset(("mayor", "peoples-committee-chair")),
    frozenset(("secretary-general", "un-secretary-general")),
    frozenset(("chief-of-general-staff", "chief-of-cabinet")),  # "chief of staff" is both
    frozenset(("chairman-and-ceo", "chair")),
    frozenset(("chairman-and-ceo", "chief-executive")),
    frozenset(("chairman-and-ceo", "director-general")),
    frozenset(("chief-executive", "director-general")),
    frozenset(("chief-executive", "director")),
    frozenset(("department-director", "director")),
)
_ALIKE_ABROAD = (
    frozenset(("department-director", "director-general")),
    frozenset(("minister-of-state", "secretary-of-state")),
    frozenset(("permanent-deputy-minister", "permanent-secretary")),
    frozenset(("deputy-minister", "deputy-secretary-of-state")),
    frozenset(("deputy-minister", "deputy-secretary")),
    frozenset(("deputy-minister", "under-secretary")),
    frozenset(("party-deputy-secretary", "deputy-secretary")),
    frozenset(("colonel", "senior-colonel")),
    frozenset(("colonel", "upper-colonel")),
)
"""Vietnamese tells apart who heads a firm and who heads a department, and two ranks of colonels;
others call both by one word. It has one word for the deputies of any minister, and for the junior
ministers that others call state secretaries."""

_ALIKE_CHANGED = (
    frozenset(("prime-minister", "chancellor")),
    frozenset(("minister", "secretary-of-state")),
)
"""What the country of a title tells apart, which is not asked for one with a modifier: "the former
secretary of state"."""

_BROAD: Mapping[str, Mapping[str, Sequence[str]]] = {
    "fr": {
        "president": (
            "head-of-state-president",
            "chair",
            "committee-chair",
            "peoples-committee-chair",
            "speaker",
            "senate-president",
            "chief-justice",
        ),
        "vice-president": ("vice-chair", "deputy-speaker"),
        "secretaire-general": ("general-secretary", "secretary-general", "un-secretary-general"),
    },
    "vi": {"king": ("emir", "sultan")},
}
"""What one word of a language may be in another: French calls by one who chairs a body and who
presides over a state, who heads a party and who heads an organisation."""

_ALIKE_IN_FRENCH = (
    frozenset(("general", "colonel-general")),
    frozenset(("general-of-corps", "colonel-general")),
    frozenset(("general-of-corps", "lieutenant-general")),
    frozenset(("general-of-division", "lieutenant-general")),
    frozenset(("general-of-division", "major-general")),
    frozenset(("general-of-brigade", "major-general")),
    frozenset(("general-of-brigade", "brigadier-general")),
    frozenset(("minister-of-state", "secretary-of-state")),
    frozenset(("secretaire-adjoint", "deputy-secretary-of-state")),
    frozenset(("secretaire-adjoint", "deputy-secretary")),
    frozenset(("secretaire-adjoint", "deputy-minister")),
    frozenset(("secretaire-adjoint", "assistant-secretary")),
    frozenset(("assistant-secretary", "under-secretary")),
)
"""French calls by one word whoever is below the American secretary of state; its secretary of state
is below a minister, as elsewhere the minister of state; its generals have ranks of their own."""


_NARROWER = {
    "deputy-minister": frozenset(("permanent-deputy-minister", "deputy-foreign-minister")),
    "ambassador": frozenset(("permanent-representative",)),
    "general": frozenset(
        (
            "colonel-general",
            "lieutenant-general",
            "major-general",
            "brigadier-general",
            "general-of-corps",
            "general-of-division",
            "general-of-brigade",
        )
    ),
    "admiral": frozenset(("vice-admiral", "rear-admiral")),
    "colonel": frozenset(("senior-colonel", "upper-colonel", "lieutenant-colonel")),
    "prince": frozenset(("crown-prince",)),
    "attache": frozenset(("defence-attache", "cultural-attache")),
    "head": frozenset(
        ("director", "director-general", "department-director", "head-of-delegation")
    ),
    "adviser": frozenset(("national-security-adviser", "special-adviser")),
}
"""Titles that a broader one may stand for, never the other way round."""


def same_role(one: str | None, other: str | None, french: bool) -> bool:
    """Whether a title of the statement, the first, is what the evidence calls the other."""
    return _same_role(one, other, _alike_if_unsure() if french else frozenset())


_Pairs = frozenset[tuple[str | None, str | None]]
"""Roles of the statement, each with one of the evidence that it may be."""


def _same_role(one: str | None, other: str | None, alike: _Pairs) -> bool:
    """Whether a title of the statement is another one, or may be in any language or in these."""
    if one == other or other in _NARROWER.get(one or "", ()):
        return True
    return (one, other) in alike or (one, other) in _both_ways(_ALIKE)


@cache
def _both_ways(groups: tuple[frozenset[str], ...]) -> _Pairs:
    return frozenset(pair for group in groups for pair in permutations(group, 2))


@cache
def _broad(language: str, statement: bool) -> _Pairs:
    """What may be one another where the statement is in a language, or else the evidence."""
    broad = [(role, each) for role, roles in _BROAD.get(language, {}).items() for each in roles]
    return frozenset(pair if statement else pair[::-1] for pair in broad)


def _alike_if_unsure() -> _Pairs:
    groups = (
        frozenset((role, *roles)) for broad in _BROAD.values() for role, roles in broad.items()
    )
    return _both_ways((*groups, *_ALIKE_IN_FRENCH))


_FIELDS_ALIKE = (
    frozenset(("security", "public-security")),
    frozenset(("defence", "armed-forces", "military")),
    frozenset(("trade", "trade-industry")),
    frozenset(("environment", "climate")),
)


def is_same_field(field: str, told: Collection[str | None]) -> bool:
    """Whether a field of a title, by its key in titles.yaml, or one like it is among those told."""
    alike = {field}.union(*(group for group in _FIELDS_ALIKE if field in group))
    return not alike.isdisjoint(told)


def _bearer(
    title: TitleMention, office: Office, evidence: Sequence[Told], alike: _Pairs
) -> Iterator[Problem]:
    """Whether the evidence gives the person other titles, and this one to somebody else."""
    if title.person is None:
        return
    theirs = [
        (each, other)
        for each in evidence
        for other in each.titles
        if other.person and same_person(title.person, other.person)
    ]
    beside = [
        near
        for each, other in theirs
        for near in each.offices
        if other.person_span is not None and abs(near.start - other.person_span.start) <= _BESIDE
    ]

    def is_it(other: Office) -> bool:
        return _same_role(office.role, other.role, alike) and _is_as_told(office, other, evidence)

    near = [other for other in beside if is_it(other)]
    if all(_office_of(other, each).role is None for each, other in theirs):
        near = near or [other for other in beside if other.role is None]
    if theirs and (not near or _is_anothers(title, office, theirs, evidence, is_it)):
        yield Problem("title", title.span, f"is not {title.person}’s in the evidence")
        return
    if not _has_field(office, [other for other in near if other.role is not None], evidence):
        yield Problem("title", title.span, f"is not {title.person}’s in the evidence")


def _is_anothers(
    title: TitleMention,
    office: Office,
    theirs: Sequence[tuple[Told, TitleMention]],
    evidence: Sequence[Told],
    is_it: Callable[[Office], bool],
) -> bool:
    """Whether somebody else bears this very title in the evidence, and the person another one."""

    def is_this(other: TitleMention, told: Told, *fields: str | None) -> bool:
        borne = _office_of(other, told)
        return is_it(borne) and (
            office.portfolio is None
            or is_same_field(office.portfolio, borne.fields.known)
            or borne.portfolio in fields
        )

    others = [
        (each, other)
        for each in evidence
        for other in each.titles
        if other.person and not same_person(title.person or "", other.person)
    ]
    for fields in ((), (None,)):  # one of that field before one of no field
        if any(is_this(other, each, *fields) for each, other in theirs):
            return False
        if any(is_this(other, each, *fields) for each, other in others):
            return True
    return False


def same_person(one: str, other: str) -> bool:
    """Whether all words of the shorter name are in the longer one."""
    shorter, longer = sorted((one, other), key=len)
    names = find_names(shorter, "en", Taken(0))
    has = present(longer)
    return bool(names) and all(has.has(name, transliterated=True) for name in names)
