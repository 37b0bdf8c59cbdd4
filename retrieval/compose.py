"""Make an answer of found passages: which articles, which sentences, grouped by event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from corpus.article import Article, Person
from corpus.conditions import Match
from corpus.countries import find_places
from corpus.events import kinds_in
from corpus.topics import topics_in
from retrieval.answer import Card, Citation, EventGroup, Quotation, Source
from retrieval.cohort import Cohort
from retrieval.embedding import Embedder, Vectors
from retrieval.evidence import MAX_SENTENCES, Weighed, names_in, quotable, weigh
from retrieval.query_fit import speaks_to
from retrieval.question import Query
from retrieval.search import Found

MAX_STATEMENTS = 8
MAX_ARTICLES = 6
"""Articles that are weighed sentence by sentence; each event takes a card and a quotation."""

COMPARABLE = 2.5
"""An article whose best sentence scores this much below the best of all is left out."""

MAX_PER_ARTICLE = 4
"""Quotations from one article: an answer, not a reprint."""

SAME = 90.0
"""rapidfuzz ratio from which two sentences say the same, as a lead and its repetition do."""

MAX_PEOPLE = 4
MAX_TOPICS = 4
CLOSE = 0.8
CLOSE_ENOUGH = 2.0
"""A sentence this much below the article's best is still worth quoting: less for a definite
question than for one that asks what happened at all."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An article that speaks to the question, with the sentences to quote in reading order."""

    article: Article
    match: Match
    numbers: tuple[int, ...]
    best: float


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen, and the names in the question that no candidate article has."""

    chosen: tuple[Chosen, ...]
    missing_names: tuple[str, ...] = ()


def choose(
    found: Sequence[Found],
    articles: Mapping[str, Article],
    query: Query,
    vector: Vectors,
    embedder: Embedder,
    cohort: Cohort,
) -> Selection:
    """The articles among `found` that speak to the question, best first.

    A name that no article found has is not asked about in this corpus at all. Of several names
    an article must have one; its best sentence must not be too far from what is asked.
    """
    passages: dict[str, list[Found]] = defaultdict(list)
    for item in found:
        passages[item.passage.article_id].append(item)
    present = {name: names_in(articles[name], query) for name in passages}
    absent = tuple(
        name for name in query.names if not any(name in names for names in present.values())
    )
    if absent and passages:
        return Selection((), absent)
    chosen: list[Chosen] = []
    for article_id in list(passages)[:MAX_ARTICLES]:
        article, items = articles[article_id], passages[article_id]
        if query.names and not present[article_id]:
            continue
        numbers = _in_reach(article, items)
        weighed = weigh(article, numbers, query, vector, embedder, cohort)
        if not weighed or not speaks_to(query, article, weighed):
            continue
        match = items[0].match
        chosen.append(
            Chosen(
                article,
                match,
                _best_sentences(article, match, weighed, query),
                max(sentence.score for sentence in weighed),
            )
        )
    return Selection(_comparable(chosen, query))


def _comparable(chosen: Sequence[Chosen], query: Query) -> tuple[Chosen, ...]:
    """Without the articles that answer a definite question far less well than the best."""
    if query.asks_nothing_more or not chosen:
        return tuple(chosen)
    best = max(item.best for item in chosen)
    return tuple(item for item in chosen if item.best >= best - COMPARABLE)


def _in_reach(article: Article, items: Sequence[Found]) -> list[int]:
    """Quotable sentences of the found passages; where only dated sentences count, those alone."""
    match = items[0].match
    numbers = quotable(article)
    if match.sentences is not None:
        return [number for number in numbers if number in match.sentences]
    reached: list[int] = []
    for item in items:
        for number in numbers:
            span = article.sentences[number]
            inside = item.passage.start <= span.start and span.end <= item.passage.end
            if inside and number not in reached:
                reached.append(number)
    return reached[:MAX_SENTENCES]


def _best_sentences(
    article: Article, match: Match, weighed: Sequence[Weighed], query: Query
) -> tuple[int, ...]:
    """Sentences by worth: the closest to the question, and those that the event's date rests on.

    The latter come early where the question asks what happened at all.
    """
    ranked = sorted(weighed, key=lambda item: -item.score)
    best = ranked[0]
    reach = CLOSE_ENOUGH if query.asks_nothing_more else CLOSE
    close = [item.number for item in ranked if item.score >= best.score - reach]
    dating = _dating_sentences(article, match)
    if query.asks_nothing_more:
        order = dict.fromkeys([best.number, *dating, *close])
    else:
        order = dict.fromkeys([*close, *dating[:1]])
    kept: dict[int, str] = {}
    for number in order:
        words = article.sentences[number].of(article.text)
        if not any(_say_the_same(words, other) for other in kept.values()):
            kept[number] = words
    return tuple(kept)[:MAX_PER_ARTICLE]


def _say_the_same(a: str, b: str) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return fuzz.partial_ratio(shorter, longer) >= SAME and 2 * len(shorter) > len(longer)


def _dating_sentences(article: Article, match: Match) -> list[int]:
    """The sentences that give the event's day and its year."""
    if article.event is None or match.sentences is not None:
        return []
    spans = (article.event.date_words, article.event.year_words)
    return [
        number
        for words in spans
        if words is not None
        for number, sentence in enumerate(article.sentences)
        if sentence.start <= words.start < sentence.end
    ]


def group(selection: Selection) -> tuple[tuple[EventGroup, ...], tuple[Source, ...]]:
    """Events in date order with at most `MAX_STATEMENTS` cards and quotations, and their sources.

    Articles of one day and kind about the same countries are shown as one event. Events that
    may not meet the period stand last.
    """
    chosen = selection.chosen[: MAX_STATEMENTS // 2]
    events: dict[tuple[object, ...], list[Chosen]] = defaultdict(list)
    for item in chosen:
        events[_event_key(item)].append(item)
    ordered = sorted(events.values(), key=_date_order)
    room = _share_room(ordered)
    sources: list[Source] = []
    groups: list[EventGroup] = []
    for items in ordered:
        quotations: list[Quotation] = []
        for item in items:
            source = Source(len(sources) + 1, item.article)
            sources.append(source)
            for number in sorted(item.numbers[: room[item.article.id]]):
                quotations.append(
                    Quotation(_cite(source, number), item.match.sentences is not None)
                )
        head = items[0]
        groups.append(
            EventGroup(
                _card(items, sources, quotations),
                tuple(quotations),
                head.match.standing == "met",
            )
        )
    return tuple(groups), tuple(sources)


def _event_key(item: Chosen) -> tuple[object, ...]:
    event = item.article.event
    if event is None or event.start.startswith("--") or item.match.sentences is not None:
        return (item.article.id,)
    return (event.start, event.end, event.kind, item.article.countries[:2], item.match.standing)


def _date_order(items: Sequence[Chosen]) -> tuple[bool, bool, str, str]:
    event = items[0].article.event
    unknown = event is None or event.start.startswith("--")
    return (
        items[0].match.standing != "met",
        unknown,
        event.start if event else "",
        items[0].article.id,
    )


def _share_room(events: Sequence[Sequence[Chosen]]) -> dict[str, int]:
    """How many sentences each article may have quoted, so that cards and quotations fit."""
    room = {item.article.id: 1 for items in events for item in items}
    left = MAX_STATEMENTS - len(events) - len(room)
    ranked = sorted((item for items in events for item in items), key=lambda item: -item.best)
    while left > 0:
        before = left
        for item in ranked:
            if left > 0 and room[item.article.id] < len(item.numbers):
                room[item.article.id] += 1
                left -= 1
        if left == before:
            break
    return room


def _cite(source: Source, number: int) -> Citation:
    article = source.article
    span = article.sentences[number]
    return Citation(source.n, article.id, span.of(article.text), span.start, span.end)


def _card(
    items: Sequence[Chosen], sources: Sequence[Source], quotations: Sequence[Quotation]
) -> Card:
    head = items[0]
    by_article = {source.article.id: source for source in sources}
    event = head.article.event
    dated: tuple[Citation, ...] = ()
    if event is not None:
        numbers = _dating_sentences(head.article, replace(head.match, sentences=None))
        dated = tuple(_cite(by_article[head.article.id], number) for number in numbers)
    kind: tuple[str, Citation] | None = None
    if event is not None and event.kind != "other" and dated:
        kind = (event.kind, dated[0])
    quoted = [quotation.citation for quotation in quotations]
    if kind is None:
        named = [(mention.kind, c) for c in quoted for mention in kinds_in(c.quote)]
        kind = named[0] if event is None and named else None
    return Card(
        event=event,
        dated=dated,
        kind=kind,
        places=_places(items, quoted),
        people=_people(items, by_article, quoted),
        topics=_topics([*dated, *quoted]),
    )


def _topics(cited: Sequence[Citation]) -> tuple[tuple[str, Citation], ...]:
    """Topics of the cited sentences: the most often named, then the first named."""
    named = [(topic.key, citation) for citation in cited for topic in topics_in(citation.quote)]
    counts = Counter(key for key, _ in named)
    return tuple(sorted(_first_of(named), key=lambda pair: -counts[pair[0]]))[:MAX_TOPICS]


def _places(
    items: Sequence[Chosen], quoted: Sequence[Citation]
) -> tuple[tuple[str, Citation], ...]:
    """Countries, then regions, named in the quoted sentences, the most prominent first."""
    languages = {item.article.id: item.article.language for item in items}
    prominence = [code for item in items for code in item.article.countries]
    prominence += [code for item in items for code in item.article.regions]
    named = _first_of(
        (place.code, citation)
        for citation in quoted
        for place in find_places(citation.quote, languages[citation.article])
    )
    known = [pair for pair in named if pair[0] in prominence]
    return tuple(sorted(known, key=lambda pair: prominence.index(pair[0])))


def _people(
    items: Sequence[Chosen], by_article: Mapping[str, Source], quoted: Sequence[Citation]
) -> tuple[tuple[Person, Citation], ...]:
    """People named in the quoted sentences, each with the sentence that gives name and title."""
    found = []
    for item in items:
        article, source = item.article, by_article[item.article.id]
        words = " ".join(c.quote for c in quoted if c.article == article.id)
        for person in article.people:
            if person.name not in words:
                continue
            for number, span in enumerate(article.sentences):
                if span.start <= person.name_span.start < span.end:
                    found.append((person, _cite(source, number)))
                    break
    unique = {person.name: (person, citation) for person, citation in reversed(found)}
    return tuple(unique[name] for name in reversed(unique))[:MAX_PEOPLE]


def _first_of(pairs: Iterable[tuple[str, Citation]]) -> tuple[tuple[str, Citation], ...]:
    first: dict[str, tuple[str, Citation]] = {}
    for key, citation in pairs:
        first.setdefault(key, (key, citation))
    return tuple(first.values())
