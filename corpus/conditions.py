"""What an article must meet, and which articles do: decided by the facts of a version.

A period is met by the event, or by a date inside a sentence. An article whose event has no known
year, or no event at all, neither meets nor fails it: its standing is ``unknown``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.facts import Days, Facts, Rows, calendar_days, day_number

Standing = Literal["met", "unknown"]

_PUBLISHED_LATER = dt.timedelta(days=7)
"""An article without a dated event, published this long after a period, may still report it."""

_FAILED, _UNKNOWN, _IN_SENTENCE, _MET = range(4)
_YEAR = 10_000  # what a year counts in `Days`
_ALWAYS = 99_991_231
_FAR = 1_000_000  # days

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive ISO days; None leaves a side open; ``--MM-DD`` on both means any year."""

    start: str | None
    end: str | None

    @property
    def any_year(self) -> bool:
        return bool(self.start and self.start.startswith("--"))

    @property
    def days(self) -> tuple[int, int]:
        """First and last day as `corpus.facts.Days` have them."""
        return day_number(self.start), day_number(self.end) or _ALWAYS


@dataclass(frozen=True, slots=True)
class Region:
    """A region or organisation with the countries that belong to it."""

    code: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an article must meet. Countries and regions all, agencies one of them.

    `articles` are the ids that alone are spoken of; empty where any may be.
    """

    period: Period | None = None
    by_publication: bool = False
    countries: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    agencies: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.period or self.countries or self.regions or self.agencies or self.articles)


@dataclass(frozen=True, slots=True)
class Match:
    """How one revision stands to the conditions.

    `sentences` are the numbers of those whose own date is in the period, where it is not the
    event that meets it; None where any sentence may be quoted.
    """

    revision: int
    article_id: str
    standing: Standing
    sentences: frozenset[int] | None = None


class Matches:
    """The revisions of a version that do not fail the conditions."""

    def __init__(self, facts: Facts, standing: NDArray[np.int8], in_period: Mask) -> None:
        self._facts = facts
        self._standing = standing
        self._in_period = in_period  # of the dated sentences
        self._rows = np.flatnonzero(standing)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def certain(self) -> int:
        """How many meet them for sure."""
        return int(np.count_nonzero(self.sure))

    @property
    def possible(self) -> Mask:
        """Which articles (n,) of the version do not fail them."""
        kept: Mask = self._standing != _FAILED
        return kept

    @property
    def revisions(self) -> list[int]:
        """The ids of the revisions."""
        ids: list[int] = self._facts.revisions[self._rows].tolist()
        return ids

    @property
    def articles(self) -> list[str]:
        """The ids of the articles."""
        return [self._facts.articles[int(row)] for row in self._rows]

    def nearest_to(self, period: Period | None, count: int) -> list[str]:
        """The ids of the `count` articles whose events lie nearest to `period`, unknown ones last.

        Those equally near come in the order of their ids.
        """
        start, end = self._facts.start[self._rows], self._facts.end[self._rows]
        gaps = np.full(len(start), _FAR, np.int64)
        if period is not None and not period.any_year:
            known = start >= _YEAR
            gaps[known] = 0
            if period.start is not None:
                gap = np.datetime64(period.start, "D") - calendar_days(end[known])
                gaps[known] = np.maximum(gaps[known], gap.astype(np.int64))
            if period.end is not None:
                gap = calendar_days(start[known]) - np.datetime64(period.end, "D")
                gaps[known] = np.maximum(gaps[known], gap.astype(np.int64))
        within = np.partition(gaps, count - 1)[count - 1] if len(gaps) > count else _FAR
        near = np.flatnonzero(gaps <= within)
        articles = self._facts.articles
        named = sorted((int(gaps[place]), articles[int(self._rows[place])]) for place in near)
        return [article for _, article in named[:count]]

    def meeting(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of `rows`, places in the columns of the facts, that do not fail."""
        kept: NDArray[np.int64] = rows[self._standing[rows] != _FAILED]
        return kept

    @property
    def sure(self) -> Mask:
        """Which articles (n,) of the version meet them for sure."""
        certain: Mask = self._standing >= _IN_SENTENCE
        return certain

    def at(self, row: int) -> Match:
        """How the revision in `row`, which does not fail, stands."""
        standing = self._standing[row]
        sentences: frozenset[int] | None = None
        if standing == _IN_SENTENCE:
            dated = self._facts.dated
            of_row = slice(*np.searchsorted(dated.rows, [row, row + 1]))
            sentences = frozenset(dated.sentences[of_row][self._in_period[of_row]].tolist())
        return Match(
            int(self._facts.revisions[row]),
            self._facts.articles[row],
            "unknown" if standing == _UNKNOWN else "met",
            sentences,
        )


def resolve(facts: Facts, conditions: Conditions) -> Matches:
    """What does not fail `conditions`."""
    in_period = np.zeros(len(facts.dated.rows), np.bool_)
    if not conditions:
        return Matches(facts, np.full(len(facts.revisions), _MET, np.int8), in_period)
    eligible = np.ones(len(facts.revisions), np.bool_)
    for code in conditions.countries:
        eligible &= _has_place(facts, [code])
    for region in conditions.regions:
        eligible &= _has_place(facts, [region.code, *region.members - set(conditions.countries)])
    if conditions.agencies:
        eligible &= _any_of(
            facts, (facts.outlets[name] for name in conditions.agencies if name in facts.outlets)
        )
    if conditions.articles:
        held = frozenset(conditions.articles)
        eligible &= np.fromiter((a in held for a in facts.articles), np.bool_, len(eligible))
    rows = slice(None) if eligible.all() else np.flatnonzero(eligible)
    standing = np.zeros(len(eligible), np.int8)
    period = conditions.period
    if period is None:
        standing[rows] = _MET
    elif conditions.by_publication:
        published = facts.published[rows]
        told = np.where(_overlap(published, published, period), _MET, _FAILED)
        told[published == 0] = _UNKNOWN
        standing[rows] = told
    else:
        standing[rows] = _by_event(facts, rows, period)
        if not period.any_year:
            first, last = period.days
            in_period = (facts.dated.start >= first) & (facts.dated.end <= last)
            dated = eligible & _any_of(facts, [facts.dated.rows[in_period]])
            standing[dated & (standing != _MET)] = _IN_SENTENCE
    return Matches(facts, standing, in_period)


def told_in(facts: Facts, period: Period) -> Mask:
    """Which articles (n,) were published, or have their event, in `period`."""
    published = (facts.published > 0) & _overlap(facts.published, facts.published, period)
    return published | ((facts.start > 0) & _overlap(facts.start, facts.end, period))


def _has_place(facts: Facts, codes: Iterable[str]) -> Mask:
    return _any_of(facts, (facts.places[code] for code in codes if code in facts.places))


def _any_of(facts: Facts, rows: Iterable[NDArray[np.int64]]) -> Mask:
    found = np.zeros(len(facts.revisions), np.bool_)
    for some in rows:
        found[some] = True
    return found


def _by_event(facts: Facts, rows: Rows | slice, period: Period) -> NDArray[np.int8]:
    """How the articles in `rows` stand to a period by their events."""
    start, end = facts.start[rows], facts.end[rows]
    overlap = _overlap(start, end, period)
    yearless = start < _YEAR
    standing = np.where(overlap, _MET, _FAILED).astype(np.int8)
    if not period.any_year:
        standing[overlap & yearless] = _UNKNOWN
    # "in 2020" does not answer "in March 2020": a coarser date neither meets nor fails.
    coarse = facts.coarse[rows] & ~_inside(start, end, period)
    standing[overlap & ~yearless & coarse] = _UNKNOWN
    without = start == 0
    if without.any():
        published = facts.published[rows][without]
        standing[without] = np.where(_may_report(published, period), _UNKNOWN, _FAILED)
    return standing


def _overlap(start: Days, end: Days, period: Period) -> Mask:
    """Which days overlap `period`; with ``--MM-DD`` on either side, in some year."""
    first, last = period.days
    if period.any_year:
        return _some_year(start % _YEAR, end % _YEAR, first, last)
    found: Mask = (start <= last) & (end >= first)
    yearless = start < _YEAR
    if yearless.any():
        found[yearless] = _can_fall_in(start[yearless], end[yearless], period)
    return found


def _some_year(start: Days, end: Days, first: int, last: int) -> Mask:
    """Overlap of days without their years; either side may run over New Year."""
    new_year_over = end < start
    found = np.zeros(len(start), np.bool_)
    for a, b in _spans(first, last):
        found |= np.where(new_year_over, (start <= b) | (end >= a), (start <= b) & (end >= a))
    return found


def _spans(first: int, last: int) -> Iterator[tuple[int, int]]:
    if first <= last:
        yield first, last
    else:
        yield first, 1231
        yield 101, last


def _can_fall_in(start: Days, end: Days, period: Period) -> Mask:
    """Which days of an unknown year can lie in `period`, whose years are known."""
    first, last = period.days
    if period.start is None or period.end is None or last // _YEAR - first // _YEAR > 2:
        return np.ones(len(start), np.bool_)
    turns = np.where(end < start, _YEAR, 0)  # over New Year
    found = np.zeros(len(start), np.bool_)
    for year in range(first // _YEAR - 1, last // _YEAR + 1):
        found |= (year * _YEAR + start <= last) & (year * _YEAR + turns + end >= first)
    return found


def _inside(start: Days, end: Days, period: Period) -> Mask:
    first, last = period.days
    if period.any_year:
        return (first <= start % _YEAR) & (end % _YEAR <= last)
    return (start >= first) & (end <= last)


def _may_report(published: Days, period: Period) -> Mask:
    """Whether an article without an event may report what was in `period`."""
    if period.any_year:
        return np.ones(len(published), np.bool_)
    first, last = period.days
    if period.end is not None:
        latest = dt.date.fromisoformat(period.end) + _PUBLISHED_LATER
        last = day_number(latest.isoformat())
    near: Mask = (published == 0) | ((published >= first) & (published <= last))
    return near
