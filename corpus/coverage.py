"""How many articles the corpus has, by month, country and language."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from corpus.catalogue import in_version
from corpus.tables import PlaceRow, RevisionRow

_MONTH = 7  # characters of YYYY-MM


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of articles.

    `months` by YYYY-MM of the event, or of publication where the event has no day with its year, in
    order; `undated` have neither. `countries` (an article counts for each that it speaks of) and
    `languages`, the most first.
    """

    articles: int
    months: tuple[tuple[str, int], ...]
    undated: int
    countries: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]


def coverage(connection: Connection, version: int) -> Coverage:
    """What `version` of the corpus covers, hidden articles left out."""
    here = in_version(version)
    dated = func.iif(RevisionRow.event_start.like("--%"), None, RevisionRow.event_start)
    month = func.substr(func.coalesce(dated, RevisionRow.published), 1, _MONTH)
    count = func.count()
    months = connection.execute(select(month, count).where(here).group_by(month).order_by(month))
    by_month = [(name, number) for name, number in months]
    countries = connection.execute(
        select(PlaceRow.code, count)
        .join(RevisionRow, RevisionRow.id == PlaceRow.revision_id)
        .where(here, PlaceRow.kind == "country")
        .group_by(PlaceRow.code)
        .order_by(count.desc(), PlaceRow.code)
    )
    languages = connection.execute(
        select(RevisionRow.language, count)
        .where(here)
        .group_by(RevisionRow.language)
        .order_by(count.desc(), RevisionRow.language)
    )
    return Coverage(
        sum(number for _, number in by_month),
        tuple((name, number) for name, number in by_month if name),
        sum(number for name, number in by_month if not name),
        tuple((code, number) for code, number in countries),
        tuple((code, number) for code, number in languages),
    )
