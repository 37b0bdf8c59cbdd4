"""A digest: the stories of a time, each told as an answer is, with its outlets counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.article import Article, Event
from corpus.conditions import Conditions, Match
from corpus.facts import Extent
from corpus.news import Report
from corpus.origins import independent_origins
from retrieval.answer import Answer, Source
from retrieval.compose import Chosen, event_group
from retrieval.question import Query
from retrieval.summary import summarise

Standing = Literal["new", "continuing", "corrected", "late"]
"""New to who reads; reported before, with more to tell; reported before and changed since; new,
and of days long past."""

HEADLINE_WORDS = 60
"""The most that a sentence may have where one stands for a story."""

_WORDS_A_SENTENCE = 60
MOST_ARTICLES = 12
"""Articles of one story that are read for its summary, the earliest first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a digest is about: any of `places`, each a set of codes that a story must have all of;
    any of the `languages` of articles, of the names of `people`, of the keys of `topics`.

    A story has to meet each kind that is set. `muted` are stories left out.
    """

    places: tuple[frozenset[str], ...] = ()
    languages: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()

    @property
    def is_on_subjects(self) -> bool:
        """Whether it takes the words of the articles to see what is wanted."""
        return bool(self.people or self.topics)

    def takes(self, story: str, reports: Sequence[Report]) -> bool:
        """Whether a story with these `reports` is wanted, its subjects aside."""
        places = frozenset().union(*(report.places for report in reports))
        languages = {report.language for report in reports}
        return (
            story not in self.muted
            and (not self.places or any(each <= places for each in self.places))
            and (not self.languages or bool(self.languages & languages))
        )


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Length:
    """How much is told of each story: at most so many words, and sentences where that is set."""

    words: int = 3 * _WORDS_A_SENTENCE
    sentences: int | None = 3


SHORT = Length(HEADLINE_WORDS, 1)
USUAL = Length()


@dataclass(frozen=True, slots=True)
class StoryNews:
    """One story: `answer` tells it, its sources being all its articles, the earliest first."""

    story: str
    answer: Answer
    title: str | None
    outlets: tuple[str, ...]
    origins: int
    standing: Standing = "new"

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(source.article for source in self.answer.sources)

    @property
    def event(self) -> Event | None:
        return self.answer.groups[0].card.event

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of its articles, those that most of them have first."""
        counts = Counter(code for article in self.articles for code in article.countries)
        ranked = {
            code: place
            for article in reversed(self.articles)
            for place, code in reversed(list(enumerate(article.countries)))
        }
        return tuple(sorted(counts, key=lambda code: (-counts[code], ranked[code])))


@dataclass(frozen=True, slots=True)
class Digest:
    """The stories of a digest in the order shown, and how many articles of long past days arrived
    at once in its time, which are no news (`bulk`); `restored` are versions brought back then."""

    language: str
    stories: tuple[StoryNews, ...] = ()
    bulk: int = 0
    restored: tuple[int, ...] = ()


def by_story(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """`reports` by their story."""
    found: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        found[report.story].append(report)
    return found


def tell(
    story: str,
    articles: Sequence[Article],
    *,
    language: str,
    length: Length,
    version: int,
    extent: Extent,
    standing: Standing = "new",
    fresh: Collection[str] = (),
) -> StoryNews:
    """A story in the words of its `articles`, in `language` where one of them is, else in another.

    Of a continuing one only the articles `fresh` are quoted.
    """
    ordered = _ordered(articles)
    quotable = [article for article in ordered if not fresh or article.id in fresh]
    spoken = _spoken(quotable, language)
    own = [article for article in quotable if article.language == spoken]
    read = own[:MOST_ARTICLES]
    numbers: dict[str, list[int]] = defaultdict(list)
    for place, number in summarise(read, most_words=length.words, most_sentences=length.sentences):
        numbers[read[place].id].append(number)
    items = [
        Chosen(article, Match(0, article.id, "met"), tuple(numbers[article.id]), 0.0)
        for article in ordered
    ]
    sources: list[Source] = []
    group = event_group(items, sources)
    query = Query(text="", language=language, conditions=Conditions())
    answer = Answer(query, version, extent, (group,), tuple(sources), len(items))
    titled = next((each for each in (*own, *ordered) if each.title), None)
    return StoryNews(
        story,
        answer,
        titled.title if titled else None,
        tuple(dict.fromkeys(each.outlet for each in ordered if each.outlet)),
        independent_origins(ordered),
        standing,
    )


def _spoken(articles: Sequence[Article], language: str) -> str:
    """The one language that a story is quoted in: the reader's, else English, else that of most."""
    counts = Counter(article.language for article in articles)
    if language in counts:
        return language
    return "en" if "en" in counts else counts.most_common(1)[0][0]


def _ordered(articles: Sequence[Article]) -> list[Article]:
    """The earliest first; before all an article with the day that most of them give the event."""
    days = Counter(
        (each.event.start, each.event.end)
        for each in articles
        if each.event is not None and not each.event.start.startswith("--")
    )
    usual = days.most_common(1)[0][0] if days else None
    ordered = sorted(
        articles,
        key=lambda each: (each.published.isoformat() if each.published else "9999", each.id),
    )
    head = next(
        (
            each
            for each in ordered
            if each.event is not None and (each.event.start, each.event.end) == usual
        ),
        ordered[0],
    )
    return [head, *(each for each in ordered if each is not head)]


_FEW = 3
"""Countries of which the two named most are whom a story is about: a third is looked on."""


def in_order(stories: Iterable[StoryNews]) -> tuple[StoryNews, ...]:
    """By pairs of countries, the pair with the newest event first; within one, the newest first."""
    groups: dict[tuple[str, ...], list[StoryNews]] = defaultdict(list)
    for each in stories:
        groups[pair_of(each)].append(each)
    for members in groups.values():
        members.sort(key=lambda each: (_day(each), each.story), reverse=True)
    ranked = sorted(groups.items(), key=lambda item: (_day(item[1][0]), item[0]), reverse=True)
    return tuple(each for _, members in ranked for each in members)


def pair_of(story: StoryNews) -> tuple[str, ...]:
    """The two countries that a story is most about; of more than three none stands for the rest,
    and it is all of them."""
    countries = story.countries
    return tuple(sorted(countries[:2])) if len(countries) <= _FEW else countries


def _day(story: StoryNews) -> str:
    event = story.event
    if event is not None and not event.start.startswith("--"):
        return event.start
    published = [each.published.isoformat() for each in story.articles if each.published]
    return max(published, default="")
