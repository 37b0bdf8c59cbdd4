"""Make digests of a version of the corpus: which stories are news, and to whom."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.facts import Extent
from corpus.news import Report, reports, restored
from retrieval.digest import (
    EVERYTHING,
    USUAL,
    Digest,
    Length,
    Standing,
    StoryNews,
    Wanted,
    by_story,
    in_order,
    tell,
)
from retrieval.subjects import Subjects

LATE = dt.timedelta(days=3)
"""What is of a day this long before a digest's time arrived late, and is no news."""

BULK = 20
"""So many late articles in one version are an archive: a line and no stories."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A story to tell: as what, and which of its articles are quoted (none: all)."""

    story: str
    standing: Standing
    fresh: frozenset[str] = frozenset()


class Newsroom:
    """Digests of one version. What several readers get is read and told once."""

    def __init__(self, catalogue: Catalogue, version: int) -> None:
        self._catalogue = catalogue
        self.version = version
        with catalogue.engine.connect() as connection:
            self._stories = by_story(reports(connection, version))
        every = [report for each in self._stories.values() for report in each]
        days = sorted(each.start for each in every if each.start and each.start[0] != "-")
        self._extent = Extent(len(every), days[0] if days else None, days[-1] if days else None)
        self._lately = sorted(
            (max(max(each.arrived, each.revised) for each in members), story)
            for story, members in self._stories.items()
        )
        self._subjects = Subjects(catalogue, version)
        self._told: dict[tuple[_Item, str, Length], StoryNews] = {}

    def of_days(
        self,
        since: dt.date,
        until: dt.date,
        *,
        language: str,
        wanted: Wanted = EVERYTHING,
        length: Length = USUAL,
    ) -> Digest:
        """The stories with an event or a publication in these days, both of them included."""
        items = [
            _Item(story, "new")
            for story, members in self._stories.items()
            if wanted.takes(story, members)
            and any(each.is_of(since.isoformat(), until.isoformat()) for each in members)
        ]
        return Digest(language, self._tell(self._about(items, wanted), language, length))

    def since(
        self,
        begin: dt.datetime,
        end: dt.datetime,
        *,
        language: str,
        told: Mapping[str, dt.datetime],
        wanted: Wanted = EVERYTHING,
        length: Length = USUAL,
    ) -> Digest:
        """The stories of which something arrived after `begin` and up to `end`.

        `told` says when a reader last had each story: of those only what is new is told, or that
        something changed.
        """
        first, last = _instant(begin), _instant(end)
        archive = self._archive(first, last, begin)
        items = []
        bulk = 0
        # Of a large corpus few stories had anything to do with any one day.
        for _, story in self._lately[bisect_right(self._lately, (first, "\uffff")) :]:
            members = self._stories[story]
            if not wanted.takes(story, members):
                continue
            before = _instant(told[story]) if story in told else None
            arrived = [each for each in members if first < each.arrived <= last]
            bulk += sum(each.arrived in archive and _is_late(each, begin) for each in arrived)
            item = _news(story, members, arrived, before, last, begin, archive)
            if item is not None:
                items.append(item)
        with self._catalogue.engine.connect() as connection:
            back = restored(connection, first)
        items = self._about(items, wanted)
        return Digest(language, self._tell(items, language, length), bulk, tuple(back))

    def _about(self, items: list[_Item], wanted: Wanted) -> list[_Item]:
        """Those of `items` that are on the subjects wanted. Only they are looked at, and not all
        of an archive that is counted: that would mean to read it."""
        if not wanted.is_on_subjects:
            return items
        articles = {
            item.story: [each.article for each in self._stories[item.story]] for item in items
        }
        fitting = self._subjects.fitting(articles, wanted.topics, wanted.people)
        return [item for item in items if item.story in fitting]

    def _archive(self, first: str, last: str, begin: dt.datetime) -> frozenset[str]:
        """The instants at which many late articles arrived together."""
        late = Counter(
            each.arrived
            for _, story in self._lately[bisect_right(self._lately, (first, "\uffff")) :]
            for each in self._stories[story]
            if first < each.arrived <= last and _is_late(each, begin)
        )
        return frozenset(instant for instant, count in late.items() if count >= BULK)

    def _tell(self, items: Sequence[_Item], language: str, length: Length) -> tuple[StoryNews, ...]:
        missing = [item for item in items if (item, language, length) not in self._told]
        ids = [report.article for item in missing for report in self._stories[item.story]]
        articles = {each.id: each for each in self._catalogue.articles(self.version, set(ids))}
        for item in missing:
            members = [articles[each.article] for each in self._stories[item.story]]
            self._told[item, language, length] = tell(
                item.story,
                members,
                language=language,
                length=length,
                version=self.version,
                extent=self._extent,
                standing=item.standing,
                fresh=item.fresh,
            )
        return in_order(self._told[item, language, length] for item in items)


def _news(
    story: str,
    members: Sequence[Report],
    arrived: Sequence[Report],
    before: str | None,
    last: str,
    begin: dt.datetime,
    archive: frozenset[str],
) -> _Item | None:
    """As what a story is told, if at all."""
    if before is not None:
        fresh = frozenset(each.article for each in members if before < each.arrived <= last)
        if fresh:
            return _Item(story, "continuing", fresh)
        if any(before < each.revised <= last for each in members):
            return _Item(story, "corrected")
        return None
    news = [each for each in arrived if not (each.arrived in archive and _is_late(each, begin))]
    if not news:
        return None
    return _Item(story, "late" if all(_is_late(each, begin) for each in news) else "new")


def _is_late(report: Report, begin: dt.datetime) -> bool:
    """Whether an article tells of, and is of, days long before `begin`."""
    days = [day for day in (report.end, report.published) if day is not None and day[0] != "-"]
    return bool(days) and max(days) < (begin - LATE).date().isoformat()


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")
