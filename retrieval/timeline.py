"""What happened between countries, in order: dated events of the articles that meet conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Article, Event
from corpus.conditions import Period
from corpus.origins import independent_origins
from retrieval.question import Query


@dataclass(frozen=True, slots=True)
class Happening:
    """One story: its event, the article that tells it first, and from how many it is known."""

    event: Event
    article: Article
    articles: tuple[Article, ...]
    outlets: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The happenings that `query` asks for, the earliest first.

    `undated` counts the articles that meet its other conditions and give no day with its year.
    """

    query: Query
    version: int
    happenings: tuple[Happening, ...]
    undated: int


def happenings(
    articles: Sequence[Article], period: Period | None = None
) -> tuple[tuple[Happening, ...], int]:
    """The stories of `articles` with an event in `period`, the earliest first, and the number of
    articles whose event has no day with its year.

    A story is dated as most of its articles date it; of equally many, as the first one does.
    """
    stories: dict[str, list[Article]] = {}
    undated = 0
    for article in sorted(articles, key=lambda each: (str(each.published or "9"), each.id)):
        if article.event is None or article.event.precision == "day-unknown-year":
            undated += 1
            continue
        stories.setdefault(article.story or article.id, []).append(article)
    found = [_happening(story) for story in stories.values()]
    found = [each for each in found if _is_in(each.event, period)]
    found.sort(key=lambda each: (each.event.start, each.event.end, each.article.id))
    return tuple(found), undated


def _happening(story: Sequence[Article]) -> Happening:
    days = Counter(_days(article) for article in story)
    usual, _ = days.most_common(1)[0]
    first = next(article for article in story if _days(article) == usual)
    assert first.event is not None  # noqa: S101 - only dated ones are here
    outlets = tuple(dict.fromkeys(each.outlet for each in story if each.outlet))
    return Happening(first.event, first, tuple(story), outlets, independent_origins(story))


def _is_in(event: Event, period: Period | None) -> bool:
    """Whether an event is of that period; one of any year has been looked at by the conditions."""
    if period is None or period.any_year:
        return True
    begins = period.end is None or event.start <= period.end
    return begins and (period.start is None or event.end >= period.start)


def _days(article: Article) -> tuple[str, str]:
    return (article.event.start, article.event.end) if article.event else ("", "")
