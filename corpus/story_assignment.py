"""Put the articles that an ingest brings into stories, beside those that are there.

Only articles of about the same days are compared, so that what this costs is by how many arrive and
not by how large the corpus is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, bindparam, or_, select, update

from corpus.catalogue import Catalogue
from corpus.stored import to_event
from corpus.stories import WINDOW, assign
from corpus.story_features import Features, When, features, mean, when
from corpus.tables import RevisionRow

Meanings = Callable[[Iterable[str]], Mapping[str, NDArray[np.float32]]]
"""The vectors (dimension,) of passages by their keys; of some there may be none."""

_AT_ONCE = 200
_MOST_COMPARED = 2000
_YEAR = 366


@dataclass(frozen=True, slots=True)
class _Row:
    """A revision with its story and days."""

    revision: int
    article: str
    story: str | None
    when: When

    @property
    def days(self) -> list[int]:
        found = (self.when.first, self.when.last, self.when.published)
        return [day for day in found if day is not None]

    @property
    def days_of_year(self) -> list[int]:
        """Where in a leap year the days lie, which is all that some dates tell."""
        of = [dt.date.fromordinal(day) for day in self.days]
        pairs = [(day.month, day.day) for day in of]
        pairs += [self.when.month_day] if self.when.month_day else []
        return [dt.date(2000, month, day).timetuple().tm_yday for month, day in pairs]


def assign_stories(
    catalogue: Catalogue,
    meanings: Meanings,
    fresh: Collection[int],
    retired: Collection[int],
    tell: Callable[[str, int, int], None] = lambda *_: None,
) -> None:
    """Note the story of each of the `fresh` revisions, staged or live, and of live ones that have
    none yet; those `retired` count no longer."""
    wanted = set(fresh) | _without(catalogue.engine)
    if not wanted - set(retired):
        return
    rows = [row for row in _rows(catalogue.engine, wanted) if row.revision not in retired]
    new = sorted(
        (row for row in rows if row.revision in wanted and row.story is None),
        key=lambda row: (min(row.days, default=0), row.days_of_year, row.article),
    )
    known = {row.revision: row for row in rows if row.story is not None}
    read = _Reader(catalogue, meanings)
    done = 0
    for chunk in _chunks(new):
        beside = _beside(chunk, list(known.values()))
        told = read.features([row.revision for row in (*beside, *chunk)])
        stories = assign(
            [told[row.revision] for row in chunk],
            [told[row.revision] for row in beside],
            {row.article: row.story for row in beside if row.story is not None},
            {row.story for row in known.values() if row.story is not None},
        )
        _write(catalogue.engine, {row.revision: stories[row.article] for row in chunk})
        for row in chunk:
            known[row.revision] = _Row(row.revision, row.article, stories[row.article], row.when)
        done += len(chunk)
        tell("stories", done, len(new))


def _chunks(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Neighbours in time, so that what each chunk is compared with are few."""
    chunk: list[_Row] = []
    for row in rows:
        start = min(chunk[0].days, default=None) if chunk else None
        day = min(row.days, default=None)
        apart = (chunk and (start is None) != (day is None)) or (
            start is not None and day is not None and day - start > WINDOW
        )
        if chunk and (apart or len(chunk) >= _AT_ONCE):
            yield chunk
            chunk = []
        chunk.append(row)
    if chunk:
        yield chunk


def _beside(chunk: Sequence[_Row], known: Sequence[_Row]) -> list[_Row]:
    """Those of `known` whose days are near those of `chunk`; where a year is unknown, the day in
    the year decides, and without any day only the others without."""
    days = {day for row in chunk for day in row.days}
    of_year = {day for row in chunk for day in row.days_of_year}
    near = {day + step for day in days for step in range(-WINDOW, WINDOW + 1)}
    near_in_year = {(day + step) % _YEAR for day in of_year for step in range(-WINDOW, WINDOW + 1)}
    yearless = any(not row.days for row in chunk)
    found = [
        row
        for row in known
        if not near.isdisjoint(row.days)
        or (
            (yearless or not row.days)
            and not near_in_year.isdisjoint(day % _YEAR for day in row.days_of_year)
        )
        or (not of_year and not row.days_of_year)
    ]
    return found[-_MOST_COMPARED:]


class _Reader:
    """Features of revisions, kept as long as chunk after chunk asks for them."""

    def __init__(self, catalogue: Catalogue, meanings: Meanings) -> None:
        self._catalogue = catalogue
        self._meanings = meanings
        self._kept: dict[int, Features] = {}

    def features(self, revisions: Sequence[int]) -> dict[int, Features]:
        articles = self._catalogue.of_revisions([r for r in revisions if r not in self._kept])
        keys = {passage.key for each in articles.values() for passage in each.passages}
        vectors = self._meanings(keys)
        kept = {each: self._kept[each] for each in revisions if each in self._kept}
        for revision, article in articles.items():
            of = [vectors[each.key] for each in article.passages if each.key in vectors]
            kept[revision] = features(article, mean(of))
        self._kept = kept
        return kept


def _without(engine: Engine) -> set[int]:
    """Live revisions that no ingest has compared."""
    query = select(RevisionRow.id).where(
        RevisionRow.story.is_(None), RevisionRow.until.is_(None), RevisionRow.since.is_not(None)
    )
    with engine.connect() as connection:
        return set(connection.scalars(query))


def _rows(engine: Engine, wanted: set[int]) -> list[_Row]:
    """The live revisions, and those of `wanted` that are staged, in the order they came."""
    query = (
        select(
            RevisionRow.id,
            RevisionRow.article_id,
            RevisionRow.story,
            RevisionRow.since,
            RevisionRow.event,
            RevisionRow.published,
        )
        .where(or_(RevisionRow.since.is_(None), RevisionRow.until.is_(None)))
        .order_by(RevisionRow.id)
    )
    with engine.connect() as connection:
        return [
            _Row(row.id, row.article_id, row.story, _when(row))
            for row in connection.execute(query)
            if row.since is not None or row.id in wanted
        ]


def _when(row: Any) -> When:
    published = dt.date.fromisoformat(row.published) if row.published else None
    return when(to_event(row.event), published)


def _write(engine: Engine, stories: Mapping[int, str]) -> None:
    revision = RevisionRow.__table__
    statement = (
        update(RevisionRow)
        .where(revision.c.id == bindparam("revision"))
        .values(story=bindparam("named"))
    )
    with engine.begin() as connection:
        connection.execute(
            statement, [{"revision": key, "named": story} for key, story in stories.items()]
        )
