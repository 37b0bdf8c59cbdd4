"""Questions that readers put to the catalogue: passages by key, outlets, size and span."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from corpus.catalogue import chunks, in_version
from corpus.conditions import Period, within
from corpus.split import PassageWords, passage_words
from corpus.tables import PassageRow, RevisionRow
from corpus.words import fold


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage of one revision, with its words."""

    revision: int
    article_id: str
    number: int
    start: int
    end: int
    key: str
    text: str
    language: str
    title: str | None
    published: str | None
    event_start: str | None
    event_end: str | None

    def falls_in(self, period: Period) -> bool:
        """Whether its article was published, or its event took place, in `period`."""
        event = self.event_start is not None and self.event_end is not None
        return bool(
            (self.published and within(self.published, self.published, period))
            or (event and within(str(self.event_start), str(self.event_end), period))
        )

    @property
    def words(self) -> PassageWords:
        """What is indexed for it."""
        return passage_words(self.text, self.title, self.language)


@dataclass(frozen=True, slots=True)
class Extent:
    """How large a version is, and from when to when its events are dated."""

    articles: int
    first: str | None
    last: str | None


def passages_by_key(
    connection: Connection, version: int, keys: Collection[str]
) -> dict[str, list[StoredPassage]]:
    """The passages of `version` that have these keys; the same words may stand in several."""
    query = _passages().where(in_version(version))
    found: dict[str, list[StoredPassage]] = {}
    for chunk in chunks(keys):
        for row in connection.execute(query.where(PassageRow.key.in_(chunk))):
            found.setdefault(row.key, []).append(StoredPassage(*row))
    return found


def keys_of(connection: Connection, revisions: Collection[int]) -> list[str]:
    """The keys of all passages of these revisions."""
    query = select(PassageRow.key).distinct()
    return [
        key
        for chunk in chunks(revisions)
        for key in connection.scalars(query.where(PassageRow.revision_id.in_(chunk)))
    ]


def outlet_names(connection: Connection, version: int) -> Sequence[str]:
    """The outlets of `version`."""
    query = select(RevisionRow.outlet).distinct().where(in_version(version))
    return [name for name in connection.scalars(query) if name]


def people_names(connection: Connection, version: int) -> dict[str, str]:
    """The people of `version` by their folded names."""
    query = select(RevisionRow.people).where(in_version(version))
    names = {person["name"] for people in connection.scalars(query) for person in people}
    return {fold(name): name for name in sorted(names)}


def extent(connection: Connection, version: int) -> Extent:
    """The number of articles of `version` and the days its dated events span."""
    articles = connection.scalar(
        select(func.count()).select_from(RevisionRow).where(in_version(version))
    )
    dated = RevisionRow.event_start.is_not(None) & ~RevisionRow.event_start.startswith("--")
    first, last = connection.execute(
        select(func.min(RevisionRow.event_start), func.max(RevisionRow.event_end)).where(
            in_version(version) & dated
        )
    ).one()
    return Extent(articles or 0, first, last)


def _passages() -> Select[Any]:
    return select(
        PassageRow.revision_id,
        RevisionRow.article_id,
        PassageRow.number,
        PassageRow.start,
        PassageRow.end,
        PassageRow.key,
        func.substr(RevisionRow.text, PassageRow.start + 1, PassageRow.end - PassageRow.start),
        RevisionRow.language,
        RevisionRow.title,
        RevisionRow.published,
        RevisionRow.event_start,
        RevisionRow.event_end,
    ).join(RevisionRow, RevisionRow.id == PassageRow.revision_id)
