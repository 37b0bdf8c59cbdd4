"""What conditions are decided by, for every article of a version: columns in memory.

A condition that most articles meet would have to read most rows of the catalogue for each question;
these few columns are read once a version and compared as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from corpus.catalogue import in_version
from corpus.tables import PassageRow, PlaceRow, RevisionRow, SentenceDateRow

Days = NDArray[np.int32]
"""Days as YYYYMMDD, with year 0 where it is unknown; 0 where there is no day."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Extent:
    """How large a version is, and from when to when its events are dated."""

    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class DatedSentences:
    """m dates that stand with their year in a sentence, by row and then by sentence.

    `rows` (m,) are places in the columns of `Facts`, `sentences` (m,) numbers in the article.
    """

    rows: Rows
    sentences: NDArray[np.int32]
    start: Days
    end: Days


@dataclass(frozen=True, slots=True)
class Passages:
    """The p passages of all articles, by the beginning of their keys.

    `keys` (p,) ascend; `rows` (p,) are places in the columns of `Facts`. The same words may stand
    in several articles.
    """

    keys: NDArray[np.uint64]
    rows: Rows

    def rows_of(self, keys: Sequence[str]) -> list[Rows]:
        """The rows with a passage of each of `keys`: none where the version lacks it."""
        return [self.rows[a:b] for a, b in zip(*self.places_of(keys), strict=True)]

    def places_of(self, keys: Sequence[str]) -> tuple[Rows, Rows]:
        """Where each of `keys` begins and ends in the columns; the same where it is absent."""
        wanted = np.array([_key_number(key) for key in keys], np.uint64)
        first: Rows = np.searchsorted(self.keys, wanted, side="left")
        last: Rows = np.searchsorted(self.keys, wanted, side="right")
        return first, last


@dataclass(frozen=True, slots=True)
class Facts:
    """The columns of n articles, by revision.

    `revisions` (n,) ascend; `start` and `end` (n,) are the event's days, `coarse` (n,) where it is
    known to the month or year only; `outlets` and `places` give the rows of each name and code.
    """

    revisions: NDArray[np.int64]
    articles: Sequence[str]
    start: Days
    end: Days
    coarse: NDArray[np.bool_]
    published: Days
    outlets: Mapping[str, Rows]
    places: Mapping[str, Rows]
    dated: DatedSentences
    passages: Passages
    extent: Extent

    def rows(self, revisions: Iterable[int]) -> Rows:
        """The rows of `revisions`, all of this version."""
        found: Rows = np.searchsorted(self.revisions, np.fromiter(revisions, np.int64))
        return found


_YEAR = 10_000


def day_number(day: str | None) -> int:
    """An ISO day or ``--MM-DD`` as a number that orders as days do; see `Days`."""
    if not day:
        return 0
    return int(day[2:4] + day[5:7]) if day.startswith("--") else int(day.replace("-", ""))


def calendar_days(days: Days) -> NDArray[np.datetime64]:
    """`days`, all of a known year, as numpy has them: datetime64[D]."""
    months = (days // _YEAR - 1970) * 12 + days // 100 % 100 - 1
    firsts = months.astype("datetime64[M]").astype("datetime64[D]")
    found: NDArray[np.datetime64] = firsts + (days % 100 - 1).astype("timedelta64[D]")
    return found


def _iso(day: int) -> str:
    return f"{day // _YEAR:04}-{day // 100 % 100:02}-{day % 100:02}"


def read_facts(connection: Connection, version: int) -> Facts:
    """The facts of `version`."""
    query = (
        select(
            RevisionRow.id,
            RevisionRow.article_id,
            RevisionRow.event_start,
            RevisionRow.event_end,
            RevisionRow.event["precision"].as_string(),
            RevisionRow.published,
            RevisionRow.agency,
            RevisionRow.outlet,
        )
        .where(in_version(version))
        .order_by(RevisionRow.id)
    )
    rows = connection.execute(query).all()
    ids, articles, starts, ends, precisions, published, agencies, outlets = (
        zip(*rows, strict=True) if rows else ((),) * 8
    )
    revisions = np.array(ids, np.int64)
    places = connection.execute(
        select(PlaceRow.code, PlaceRow.revision_id)
        .join(RevisionRow, RevisionRow.id == PlaceRow.revision_id)
        .where(in_version(version))
    )
    return Facts(
        revisions=revisions,
        articles=articles,
        start=_days(starts),
        end=_days(ends),
        coarse=np.array([each in {"month", "year"} for each in precisions], np.bool_),
        published=_days(published),
        outlets=_grouped(
            (name, row)
            for row, names in enumerate(zip(agencies, outlets, strict=True))
            for name in {name for name in names if name}
        ),
        places={
            code: np.searchsorted(revisions, of_code)
            for code, of_code in _grouped((code, revision) for code, revision in places).items()
        },
        dated=_dated(connection, version, revisions),
        passages=_passages(connection, version, revisions),
        extent=_extent(_days(starts), _days(ends)),
    )


def _extent(start: Days, end: Days) -> Extent:
    """How many articles there are, and the days that events of a known year span."""
    known = start >= _YEAR
    if not known.any():
        return Extent(len(start), None, None)
    return Extent(len(start), _iso(int(start[known].min())), _iso(int(end[known].max())))


def _passages(connection: Connection, version: int, revisions: NDArray[np.int64]) -> Passages:
    query = (
        select(PassageRow.key, PassageRow.revision_id)
        .join(RevisionRow, RevisionRow.id == PassageRow.revision_id)
        .where(in_version(version))
    )
    rows = connection.execute(query).all()
    keys = np.array([_key_number(row[0]) for row in rows], np.uint64)
    order = np.argsort(keys, kind="stable")
    of_passages = np.searchsorted(revisions, np.array([row[1] for row in rows], np.int64))
    return Passages(keys[order], of_passages[order])


def _key_number(key: str) -> int:
    """The first 64 bits of a key, which name it among any number of passages a corpus may have."""
    return int(key[:16], 16)


def _dated(connection: Connection, version: int, revisions: NDArray[np.int64]) -> DatedSentences:
    query = (
        select(
            SentenceDateRow.revision_id,
            SentenceDateRow.sentence,
            SentenceDateRow.start,
            SentenceDateRow.end,
        )
        .join(RevisionRow, RevisionRow.id == SentenceDateRow.revision_id)
        .where(in_version(version))
        .order_by(SentenceDateRow.revision_id, SentenceDateRow.sentence)
    )
    rows = connection.execute(query).all()
    return DatedSentences(
        np.searchsorted(revisions, np.array([row[0] for row in rows], np.int64)),
        np.array([row[1] for row in rows], np.int32),
        _days([row[2] for row in rows]),
        _days([row[3] for row in rows]),
    )


def _days(days: Sequence[str | None]) -> Days:
    return np.array([day_number(day) for day in days], np.int32)


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, Rows]:
    grouped: dict[str, list[int]] = defaultdict(list)
    for name, row in pairs:
        grouped[name].append(row)
    return {name: np.array(rows, np.int64) for name, rows in grouped.items()}
