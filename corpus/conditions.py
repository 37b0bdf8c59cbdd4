"""Which articles meet a question's conditions, answered from the catalogue's own fields.

A period is met by the event, or by a date inside a sentence. An article whose event has no known
year, or no event at all, neither meets nor fails it: its standing is ``unknown``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, exists, or_, select

from corpus.catalogue import in_version
from corpus.tables import PlaceRow, RevisionRow, SentenceDateRow

Standing = Literal["met", "unknown"]

_PUBLISHED_LATER = dt.timedelta(days=7)
"""An article without a dated event, published this long after a period, may still report it."""


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive ISO days; None leaves a side open; ``--MM-DD`` on both means any year."""

    start: str | None
    end: str | None

    @property
    def any_year(self) -> bool:
        return bool(self.start and self.start.startswith("--"))


@dataclass(frozen=True, slots=True)
class Region:
    """A region or organisation with the countries that belong to it."""

    code: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an article must meet. Countries and regions all, agencies one of them."""

    period: Period | None = None
    by_publication: bool = False
    countries: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    agencies: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.period or self.countries or self.regions or self.agencies)


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


def resolve(connection: Connection, version: int, conditions: Conditions) -> list[Match]:
    """The revisions of `version` that do not fail `conditions`."""
    query = select(
        RevisionRow.id,
        RevisionRow.article_id,
        RevisionRow.event_start,
        RevisionRow.event_end,
        RevisionRow.event["precision"].as_string().label("precision"),
        RevisionRow.published,
    ).where(in_version(version))
    for code in conditions.countries:
        query = query.where(_has_place([code]))
    for region in conditions.regions:
        others = region.members - set(conditions.countries)
        query = query.where(_has_place([region.code, *sorted(others)]))
    if conditions.agencies:
        query = query.where(
            or_(
                RevisionRow.agency.in_(conditions.agencies),
                RevisionRow.outlet.in_(conditions.agencies),
            )
        )
    rows = connection.execute(query).all()
    period = conditions.period
    if period is None:
        return [Match(row.id, row.article_id, "met") for row in rows]
    if conditions.by_publication:
        return [
            Match(row.id, row.article_id, "met" if row.published else "unknown")
            for row in rows
            if not row.published or within(row.published, row.published, period)
        ]
    dated = _dated_sentences(connection, version, period)
    found = []
    for row in rows:
        standing = _standing(row, period)
        if standing == "met":
            found.append(Match(row.id, row.article_id, "met"))
        elif row.id in dated:
            found.append(Match(row.id, row.article_id, "met", frozenset(dated[row.id])))
        elif standing == "unknown":
            found.append(Match(row.id, row.article_id, "unknown"))
    return found


def within(start: str, end: str, period: Period) -> bool:
    """Whether the days `start` to `end` overlap `period`; with ``--MM-DD``, in some year."""
    if period.any_year:
        return _month_days_overlap(start[-5:], end[-5:], period)
    if start.startswith("--"):
        return _can_fall_in(start[-5:], end[-5:], period)
    return (period.end is None or start <= period.end) and (
        period.start is None or end >= period.start
    )


def _month_days_overlap(start: str, end: str, period: Period) -> bool:
    first, last = (period.start or "")[-5:], (period.end or "")[-5:]
    days = [(start, end)] if start <= end else [(start, "12-31"), ("01-01", end)]
    spans = [(first, last)] if first <= last else [(first, "12-31"), ("01-01", last)]
    return any(a <= last_ and b >= first_ for a, b in days for first_, last_ in spans)


def _can_fall_in(start: str, end: str, period: Period) -> bool:
    """Whether days of an unknown year can lie in `period`."""
    if period.start is None or period.end is None:
        return True
    turns = int(end < start)  # over New Year
    years = range(int(period.start[:4]) - turns, int(period.end[:4]) + 1)
    if len(years) > 3:
        return True
    return any(
        f"{year}-{start}" <= period.end and f"{year + turns}-{end}" >= period.start
        for year in years
    )


def _standing(row: Any, period: Period) -> Standing | None:
    if row.event_start is None:
        return _standing_by_publication(row.published, period)
    if not within(row.event_start, row.event_end, period):
        return None
    if row.event_start.startswith("--"):
        return "met" if period.any_year else "unknown"
    # "in 2020" does not answer "in March 2020": a coarser date neither meets nor fails.
    if row.precision in {"month", "year"} and not _inside(row, period):
        return "unknown"
    return "met"


def _inside(row: Any, period: Period) -> bool:
    if period.any_year:
        first, last = (period.start or "")[-5:], (period.end or "")[-5:]
        return bool(first <= row.event_start[-5:] and row.event_end[-5:] <= last)
    return (period.start is None or row.event_start >= period.start) and (
        period.end is None or row.event_end <= period.end
    )


def _standing_by_publication(published: str | None, period: Period) -> Standing | None:
    if published is None or period.any_year:
        return "unknown"
    if period.start is not None and published < period.start:
        return None
    if period.end is not None:
        latest = dt.date.fromisoformat(period.end) + _PUBLISHED_LATER
        if published > latest.isoformat():
            return None
    return "unknown"


def _dated_sentences(connection: Connection, version: int, period: Period) -> dict[int, set[int]]:
    """Sentence numbers by revision whose own date lies wholly in the period."""
    query = (
        select(SentenceDateRow.revision_id, SentenceDateRow.sentence)
        .join(RevisionRow, RevisionRow.id == SentenceDateRow.revision_id)
        .where(in_version(version))
    )
    if period.any_year:
        return {}
    if period.start is not None:
        query = query.where(SentenceDateRow.start >= period.start)
    if period.end is not None:
        query = query.where(SentenceDateRow.end <= period.end)
    found: dict[int, set[int]] = defaultdict(set)
    for revision, sentence in connection.execute(query):
        found[revision].add(sentence)
    return found


def _has_place(codes: Iterable[str]) -> Any:
    return exists().where(PlaceRow.revision_id == RevisionRow.id, PlaceRow.code.in_(list(codes)))
