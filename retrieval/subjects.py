"""Which stories are on wanted topics or name wanted people, read from the articles when asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from corpus.catalogue import Catalogue
from corpus.news import Telling, tellings
from corpus.subjects import Name, main_topics, name_of


class Subjects:
    """What the articles of one version are about. Each is looked at once for all who ask."""

    def __init__(self, catalogue: Catalogue, version: int) -> None:
        self._catalogue = catalogue
        self._version = version
        self._topics: dict[str, frozenset[str]] = {}
        self._named: dict[tuple[str, Name], bool] = {}

    def fitting(
        self,
        stories: Mapping[str, Collection[str]],
        topics: frozenset[str],
        people: Collection[str],
    ) -> set[str]:
        """Those of `stories`, each with its article ids, in which an article is on one of `topics`,
        and one names one of `people`; a kind of which nothing is given is met by all."""
        names = [name_of(person) for person in people]
        unread = {
            article
            for articles in stories.values()
            for article in articles
            if (topics and article not in self._topics)
            or any((article, name) not in self._named for name in names)
        }
        with self._catalogue.engine.connect() as connection:
            for telling in tellings(connection, self._version, unread):
                self._read(telling, names, with_topics=bool(topics))
        return {
            story
            for story, articles in stories.items()
            if (
                not topics or any(topics & self._topics.get(each, frozenset()) for each in articles)
            )
            and (
                not names
                or any(self._named.get((each, name), False) for each in articles for name in names)
            )
        }

    def _read(self, telling: Telling, names: Collection[Name], *, with_topics: bool) -> None:
        if with_topics:
            self._topics[telling.article] = main_topics(telling.title, telling.sentences)
        text = "\n\n".join([telling.title or "", *telling.sentences])
        for name in names:
            self._named[telling.article, name] = any(
                name.is_of(person) for person in telling.people
            ) or name.stands_in(text)
