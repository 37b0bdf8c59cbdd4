"""What a version has of each article that decides whether it is news: story, days, arrival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from corpus.catalogue import chunks, in_version
from corpus.tables import PlaceRow, RevisionRow, VersionRow


@dataclass(frozen=True, slots=True)
class Report:
    """One article: days are ISO dates, ``--MM-DD`` where the year is unknown; `arrived` and
    `revised` instants in UTC; `places` the codes of its countries and regions."""

    article: str
    story: str
    language: str
    start: str | None
    end: str | None
    published: str | None
    arrived: str
    revised: str
    places: frozenset[str]

    def is_of(self, since: str, until: str) -> bool:
        """Whether its event or its publication lies in the days from `since` to `until`; without
        either, whether it arrived then."""
        days = [
            (first, last)
            for first, last in ((self.start, self.end), (self.published, self.published))
            if first is not None and last is not None and not first.startswith("--")
        ]
        if not days:
            arrived = self.arrived[:10]
            days = [(arrived, arrived)]
        return any(first <= until and last >= since for first, last in days)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article tells: its title, its sentences, and the people it names with a title."""

    article: str
    title: str | None
    sentences: tuple[str, ...]
    people: tuple[str, ...]


def reports(connection: Connection, version: int) -> list[Report]:
    """All articles of `version`, those alone excepted that no ingest has put into a story."""
    places: dict[int, set[str]] = defaultdict(set)
    for revision, code in connection.execute(
        select(PlaceRow.revision_id, PlaceRow.code)
        .join(RevisionRow, RevisionRow.id == PlaceRow.revision_id)
        .where(in_version(version))
    ):
        places[revision].add(code)
    rows = connection.execute(
        select(
            RevisionRow.id,
            RevisionRow.article_id,
            RevisionRow.story,
            RevisionRow.language,
            RevisionRow.event_start,
            RevisionRow.event_end,
            RevisionRow.published,
            RevisionRow.arrived,
            RevisionRow.revised,
        ).where(in_version(version), RevisionRow.story.is_not(None))
    )
    return [
        Report(
            article=row.article_id,
            story=row.story or row.article_id,
            language=row.language,
            start=row.event_start,
            end=row.event_end,
            published=row.published,
            arrived=row.arrived or "",
            revised=row.revised or "",
            places=frozenset(places[row.id]),
        )
        for row in rows
    ]


def restored(connection: Connection, since: str) -> list[int]:
    """The versions published after the instant `since` that brought an earlier one back."""
    query = select(VersionRow.number).where(
        VersionRow.published_at > since, VersionRow.restores.is_not(None)
    )
    return list(connection.scalars(query.order_by(VersionRow.number)))


def tellings(connection: Connection, version: int, ids: Collection[str]) -> Iterator[Telling]:
    """What those articles of `version` tell, in no order."""
    query = select(
        RevisionRow.article_id,
        RevisionRow.title,
        RevisionRow.text,
        RevisionRow.sentences,
        RevisionRow.people,
    ).where(in_version(version))
    for some in chunks(ids):
        for row in connection.execute(query.where(RevisionRow.article_id.in_(some))):
            yield Telling(
                row.article_id,
                row.title,
                tuple(row.text[start:end] for start, end in row.sentences),
                tuple(person["name"] for person in row.people),
            )


def languages(connection: Connection, version: int) -> set[str]:
    """The languages that the articles of `version` are in."""
    query = select(RevisionRow.language).where(in_version(version)).distinct()
    return set(connection.scalars(query))
