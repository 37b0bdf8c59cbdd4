"""What a statement says that its evidence does not: places, names, titles, dates and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.article import Span
from corpus.countries import PlaceMention
from corpus.dates import DateMention
from corpus.gazetteer import base
from corpus.people import TitleMention
from retrieval.verify.names import find_names, present
from retrieval.verify.quantities import Quantity
from retrieval.verify.told import Told, plain

_MISSING = "is not in the evidence"
_SAME_VALUE = 1e-6
_FEW = 2.0
_COUNTED = 12.0


@dataclass(frozen=True, slots=True)
class Problem:
    """A fact that the evidence does not have: where it stands in the statement, and why not."""

    kind: str
    span: Span
    reason: str


def fact_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The facts of `statement` that `evidence` does not have."""
    yield from _places(statement, evidence)
    yield from _bodies(statement, evidence)
    yield from _names(statement, evidence)
    yield from _titles(statement, evidence)
    yield from _dates(statement, evidence)
    yield from _weekdays(statement, evidence)
    yield from _quantities(statement, evidence)


# -- Places


def _places(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = frozenset().union(*(each.codes for each in evidence))
    for place in {place.code: place for place in statement.places}.values():
        if place.code not in told and not _may_be(place, evidence):
            yield Problem(place.kind, place.span, _MISSING)
    for place in statement.places:
        where = place.form == "capital" and _is_where(place, statement)
        if where and place.code in told and not _has_city(place, evidence):
            yield Problem("place", place.span, _MISSING)


def _may_be(place: PlaceMention, evidence: Sequence[Told]) -> bool:
    """Whether a word of the evidence that may mean something else means this place.

    "Anh" opens a sentence as a country or as "he"; a statement that names the country decides.
    """
    return any(
        word.capital and name.code == place.code and name.doubtful and len(name.folds) == 1
        for each in evidence
        if each.language == "vi"
        for number, word in enumerate(each.words)
        for name in base().get(word.fold, ())
        if name.marks == (word.marks,) and not _in_name(each, number)
    )


def _in_name(told: Told, number: int) -> bool:
    """Whether a capitalised word stands before or behind: "Tô Anh Dũng"."""
    beside = told.words[max(0, number - 1) : number] + told.words[number + 1 : number + 2]
    return any(
        other.capital and abs(other.start - told.words[number].start) < _BESIDE for other in beside
    )


_BESIDE = 10
_WHERE = frozenset(
    "in at to from near into toward towards outside visit visited visiting a au de dans pour vers depuis "
    "tai o den toi tu sang tham roi".split()
)


def _is_where(place: PlaceMention, statement: Told) -> bool:
    """Whether a capital is a place there, and does not stand for its government."""
    before = [word.fold for word in statement.words if word.end <= place.start]
    return bool(before) and before[-1] in _WHERE


def _has_city(place: PlaceMention, evidence: Sequence[Told]) -> bool:
    """Whether the city is named, or some capital of that country: it has one."""
    return any(
        other.code == place.code and other.form == "capital"
        for each in evidence
        for other in each.places
    ) or any(plain(place.surface) in plain(each.text) for each in evidence)


def _bodies(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = frozenset().union(*(each.codes for each in evidence))
    for body in statement.bodies:
        surface = body.span.of(statement.text)
        if body.key in told or any(plain(surface) in plain(each.text) for each in evidence):
            continue
        yield Problem("organisation", body.span, _MISSING)


# -- Names


def _names(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    for name in statement.names:
        if not any(
            each.present.has(name, transliterated=each.language != statement.language)
            for each in evidence
        ):
            yield Problem("name", name.span, _MISSING)


# -- Titles


def _titles(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = [title for each in evidence for title in each.titles]
    french = {each.language for each in (statement, *evidence)} > {"fr"}
    for title in statement.titles:
        if title.role is None:
            continue
        fields = {
            field
            for each in evidence
            for role, field in each.offices
            if _same_role(title.role, role, french)
        }
        if not fields:
            yield Problem("title", title.span, _MISSING)
            continue
        if title.portfolio and None not in fields and title.portfolio not in fields:
            yield Problem("title", title.span, "has another field in the evidence")
            continue
        yield from _bearer(title, told, french)


_ALIKE = (frozenset(("baron", "baroness")),)
_ALIKE_IN_FRENCH = (
    frozenset(("president", "head-of-state-president", "chair", "committee-chair")),
    frozenset(("vice-president", "vice-chair")),
)
"""French calls by one word who chairs a body and who presides over a state."""


def _same_role(one: str | None, other: str | None, french: bool) -> bool:
    if one == other:
        return True
    groups = (*_ALIKE, *(_ALIKE_IN_FRENCH if french else ()))
    return any(one in group and other in group for group in groups)


def _bearer(
    title: TitleMention, told: Sequence[TitleMention], french: bool
) -> Iterator[Problem]:
    """Whether the evidence gives the person other titles, and this one to somebody else."""
    if title.person is None:
        return
    theirs = [other for other in told if other.person and _same_person(title.person, other.person)]
    if theirs and not any(
        other.role is None or _same_role(title.role, other.role, french) for other in theirs
    ):
        yield Problem("title", title.span, f"is not {title.person}’s in the evidence")


def _same_person(one: str, other: str) -> bool:
    """Whether all words of the shorter name are in the longer one."""
    shorter, longer = sorted((one, other), key=len)
    names = find_names(shorter, "en", ())
    has = present(longer)
    return bool(names) and all(has.has(name, transliterated=True) for name in names)


# -- Dates


def _dates(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = [date for each in evidence for date in each.dates]
    years = {year for date in told for year in _years(date)}
    numbers = {value for each in evidence for q in each.quantities for value in q.values}
    for date in statement.dates:
        if date.grain == "year" and date.start and float(date.start.year) in numbers:
            continue
        if date.relative or (date.start is None and date.month is None):
            continue
        if not any(_agree(date, other, years) for other in told):
            yield Problem("date", Span(date.start_char, date.end_char), _MISSING)


def _years(date: DateMention) -> set[int]:
    if date.start is None or date.end is None or date.partial:
        return set()
    return set(range(date.start.year, (date.end - dt.timedelta(days=1)).year + 1))


def _agree(date: DateMention, other: DateMention, years: set[int]) -> bool:
    """Whether `other`, in the evidence, supports `date`; `years` are all that the evidence names.

    A coarser date is supported by a finer one within it, never the other way round; a day
    without a year takes it from elsewhere in the evidence.
    """
    first, last = _bounds(date)
    begin, end = _bounds(other)
    if first is None or begin is None or last is None or end is None:
        return False
    if None not in (first[0], begin[0]):
        if not _one_unit(date):
            return first == begin and end == last
        return first <= begin and end <= last  # type: ignore[operator]
    if first[0] is not None and first[0] not in years:
        return False
    if begin[0] is not None and date.partial:
        return begin[1:] == first[1:] or (first[2] is None and begin[1] == first[1])
    if first[2] is None:
        return begin[1] == first[1]
    return begin[1:] == first[1:] and end[1:] == last[1:]


def _one_unit(date: DateMention) -> bool:
    """Whether a date is one day, one month, one year: a run must be the same run."""
    if date.start is None or date.end is None:
        return True
    days = (date.end - date.start).days
    return days <= {"day": 1, "month": 31, "year": 366}.get(date.grain, days)


_Day = tuple[int | None, int | None, int | None]


def _bounds(date: DateMention) -> tuple[_Day | None, _Day | None]:
    """First and last day as (year, month, day), None for what is not said."""
    if date.start is not None and date.end is not None:
        last = date.end - dt.timedelta(days=1)
        return (
            (date.start.year, date.start.month, date.start.day),
            (last.year, last.month, last.day),
        )
    if date.month is None:
        return None, None
    first = (None, date.month, date.day)
    if date.end_month is not None and date.grain == "day":
        return first, (None, date.end_month, date.end_day)
    return first, first


def _weekdays(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = {day.number for each in evidence for day in each.weekdays}
    for day in statement.weekdays:
        if day.number not in told:
            yield Problem("date", day.span, _MISSING)


# -- Quantities


def _quantities(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    told = [quantity for each in evidence for quantity in each.quantities]
    for quantity in statement.quantities:
        if quantity.doubtful or (quantity.worded and _evident(quantity, evidence)):
            continue
        alike = [other for other in told if _same_value(quantity, other)]
        if not alike and _is_year(quantity, evidence):
            continue
        if not alike:
            yield Problem("number", quantity.span, _MISSING)
        elif not any(_same_unit(quantity, other) for other in alike):
            yield Problem("number", quantity.span, "counts something else in the evidence")
        elif all(_opposed(quantity, other) for other in alike):
            yield Problem("number", quantity.span, "is a bound on the other side in the evidence")


def _is_year(quantity: Quantity, evidence: Sequence[Told]) -> bool:
    """Whether a number is a year in the evidence: not every language's dates are all known."""
    return any(quantity.values[0] in _years(date) for each in evidence for date in each.dates)


def _evident(quantity: Quantity, evidence: Sequence[Told]) -> bool:
    """Whether the evidence need not have a number in words: it names so many countries."""
    if quantity.values[0] == 1.0:
        return True
    counts = {float(len(_countries(each))) for each in evidence}
    counts.add(float(len(frozenset().union(*map(_countries, evidence)))))
    if quantity.values[0] == _FEW:
        small = [q for each in evidence for q in each.quantities if _is_count(q)]
        return max(counts) >= _FEW or not small
    return quantity.values[0] in counts


def _is_count(quantity: Quantity) -> bool:
    return quantity.unit is None and 1 < quantity.values[0] <= _COUNTED


def _countries(told: Told) -> frozenset[str]:
    return frozenset(
        place.code for place in told.places if place.kind == "country" and place.form != "capital"
    )


def _same_value(one: Quantity, other: Quantity) -> bool:
    return any(
        abs(a - b) <= _SAME_VALUE * max(abs(a), abs(b)) for a in one.values for b in other.values
    )


def _same_unit(one: Quantity, other: Quantity) -> bool:
    return one.unit is None or other.unit is None or one.unit == other.unit


def _opposed(one: Quantity, other: Quantity) -> bool:
    return None not in (one.bound, other.bound) and one.bound != other.bound

