"""Make an answer of found passages: which articles, which sentences, grouped by event."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from corpus.article import Article, Person, Span
from corpus.conditions import Match
from corpus.lookup import told_by
from corpus.topics import topics_in
from retrieval.answer import Card, Citation, EventGroup, Quotation, Source
from retrieval.evidence import (
    MAX_SENTENCES,
    Weighed,
    names_in,
    passages_with,
    quotable,
    support,
    weigh,
)
from retrieval.query_fit import speaks_to
from retrieval.question import Query
from retrieval.search import Found
from retrieval.snapshot import Snapshot
from retrieval.space import Question

MAX_STATEMENTS = 8
MAX_SHOWN = MAX_STATEMENTS // 2
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
    """What was chosen; else the names that no candidate has, or has together with the others."""

    chosen: tuple[Chosen, ...]
    missing_names: tuple[str, ...] = ()
    together: bool = True


def choose(
    snapshot: Snapshot,
    found: Sequence[Found],
    query: Query,
    question: Question,
    lacking: Collection[str] = (),
) -> Selection:
    """The articles among `found` that speak to the question, best first.

    Every name in the question must stand in the article; only where outlets are compared, or a
    compound question asked, may one have this and another that. `lacking` are the names that the
    corpus never has. Its best sentence must not be too far from what is asked.
    """
    passages: dict[str, list[Found]] = defaultdict(list)
    for item in found:
        passages[item.passage.article_id].append(item)
    present = _present(snapshot, list(passages), query)
    absent = tuple(
        name
        for name in query.names
        if (name in lacking or not query.compound)
        and not any(name in names for names in present.values())
    )
    if absent and passages:
        return Selection((), absent)
    together = {name for name, names in present.items() if len(names) == len(query.names)}
    if query.names and not together and not query.conditions.agencies:
        return Selection((), query.names, together=False)
    named = [name for name in present if not together or name in together]
    # Where whatever meets the conditions answers, no more are weighed than are shown.
    named = named[: MAX_SHOWN if query.asks_nothing_more and query.conditions else MAX_ARTICLES]
    articles = snapshot.articles(named)
    candidates = [
        articles[name] for name in named if not query.names or present[name] or query.compound
    ]
    numbers = {each.id: _in_reach(each, passages[each.id], query) for each in candidates}
    keys = [passage.key for each in candidates for passage in passages_with(each, numbers[each.id])]
    tokens = snapshot.index.tokens.get(list(dict.fromkeys(keys)))
    fit = snapshot.index.closeness.to(question)
    chosen: list[Chosen] = []
    for article in candidates:
        weighed = weigh(article, numbers[article.id], query, tokens, fit)
        if not weighed or not speaks_to(query, article, weighed):
            continue
        match = passages[article.id][0].match
        chosen.append(
            Chosen(
                article,
                match,
                _best_sentences(article, match, weighed, query),
                max(sentence.score for sentence in weighed),
            )
        )
    return Selection(_comparable(chosen, query))


def _present(snapshot: Snapshot, ids: Sequence[str], query: Query) -> dict[str, frozenset[str]]:
    """The question's names by the article that has them, until enough articles have them all."""
    if not query.names:
        return dict.fromkeys(ids, frozenset())
    present: dict[str, frozenset[str]] = {}
    whole = 0
    for start in range(0, len(ids), MAX_ARTICLES):
        batch = ids[start : start + MAX_ARTICLES]
        told = told_by(snapshot.connection, snapshot.version, batch)
        present |= {each: names_in(told[each], query) for each in batch}
        whole += sum(len(present[each]) == len(query.names) for each in batch)
        if whole >= MAX_ARTICLES:
            break
    return present


def _comparable(chosen: Sequence[Chosen], query: Query) -> tuple[Chosen, ...]:
    """Without the articles that answer a definite question far less well than the best."""
    if query.asks_nothing_more or not chosen:
        return tuple(chosen)
    best = max(item.best for item in chosen)
    return tuple(item for item in chosen if item.best >= best - COMPARABLE)


def _in_reach(article: Article, items: Sequence[Found], query: Query) -> list[int]:
    """The sentences to weigh: those of the found passages, and any that names what is asked.

    Where only dated sentences meet the period, those alone.
    """
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
    telling = [
        number
        for number in numbers
        if number not in reached
        and support(article.sentences[number].of(article.text), article, query) > 0
    ]
    return [*telling, *reached][:MAX_SENTENCES]


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
    numbers = [article.sentence_at(words.start) for words in spans if words is not None]
    return [number for number in numbers if number is not None]


def group(selection: Selection) -> tuple[tuple[EventGroup, ...], tuple[Source, ...]]:
    """Events in date order with at most `MAX_STATEMENTS` cards and quotations, and their sources.

    Articles of one day and kind about the same countries are shown as one event. Events that
    may not meet the period stand last.
    """
    chosen = selection.chosen[:MAX_SHOWN]
    events: dict[tuple[object, ...], list[Chosen]] = defaultdict(list)
    for item in chosen:
        events[_event_key(item)].append(item)
    ordered = sorted(events.values(), key=_date_order)
    room = _share_room(ordered)
    sources: list[Source] = []
    groups: list[EventGroup] = []
    for items in ordered:
        shared = [
            replace(item, numbers=tuple(sorted(item.numbers[: room[item.article.id]])))
            for item in items
        ]
        groups.append(event_group(shared, sources))
    return tuple(groups), tuple(sources)


def event_group(items: Sequence[Chosen], sources: list[Source]) -> EventGroup:
    """The event that `items` tell of, the first of them giving its facts, with their sentences
    quoted; their articles are put behind `sources`."""
    quotations: list[Quotation] = []
    for item in items:
        source = Source(len(sources) + 1, item.article)
        sources.append(source)
        for number in item.numbers:
            citation = _cite(source, number)
            said = [quotation.citation.quote for quotation in quotations]
            if not said or not any(_say_the_same(citation.quote, words) for words in said):
                quotations.append(Quotation(citation, item.match.sentences is not None))
    certain = items[0].match.standing == "met"
    return EventGroup(_card(items, sources, quotations), tuple(quotations), certain)


def _event_key(item: Chosen) -> tuple[object, ...]:
    event = item.article.event
    countries = item.article.countries[:2]
    known = event is not None and event.kind != "other" and len(countries) == 2
    if event is None or not known or event.start.startswith("--"):
        return (item.article.id,)
    if item.match.sentences is not None:
        return (item.article.id,)
    return (event.start, event.end, event.kind, countries, item.match.standing)


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
    """The facts of an event, from the sentences that tell of it: not from all that is quoted.

    A person or a country that an article merely mentions took no part.
    """
    head = items[0]
    by_article = {source.article.id: source for source in sources}
    event = head.article.event
    dated: tuple[Citation, ...] = ()
    if event is not None:
        numbers = _dating_sentences(head.article, replace(head.match, sentences=None))
        dated = tuple(_cite(by_article[head.article.id], number) for number in numbers)
    telling = [
        _cite(by_article[item.article.id], number)
        for item in items
        for number in _telling_sentences(item.article)
    ]
    leads = [
        _cite(by_article[item.article.id], number)
        for item in items
        for number in quotable(item.article)[:1]
    ]
    kind: tuple[str, Citation] | None = None
    if event is not None and event.kind != "other" and dated:
        kind = (event.kind, dated[0])
    return Card(
        event=event,
        dated=dated,
        kind=kind,
        places=_places(items, [*telling, *leads]),
        people=_people(items, telling),
        topics=_topics(telling, [quotation.citation for quotation in quotations]),
    )


def _telling_sentences(article: Article) -> list[int]:
    """The sentence with the event's day; without one, the first that can be quoted."""
    if article.event is not None:
        number = article.sentence_at(article.event.date_words.start)
        if number is not None:
            return [number]
    return quotable(article)[:1]


def _topics(
    telling: Sequence[Citation], quoted: Sequence[Citation]
) -> tuple[tuple[str, Citation], ...]:
    """Topics where the event is told, in order; then of the quotations, the most named first."""
    told, others = (
        [(topic.key, citation) for citation in cited for topic in topics_in(citation.quote)]
        for cited in (telling, quoted)
    )
    counts = Counter(key for key, _ in others)
    others.sort(key=lambda pair: -counts[pair[0]])
    return _first_of([*told, *others])[:MAX_TOPICS]


def _places(
    items: Sequence[Chosen], telling: Sequence[Citation]
) -> tuple[tuple[str, Citation], ...]:
    """Countries, then regions, named where the event is told, the most prominent first."""
    by_id = {item.article.id: item.article for item in items}
    prominence = [code for item in items for code in item.article.countries]
    prominence += [code for item in items for code in item.article.regions]
    named = _first_of(
        (code, citation)
        for citation in telling
        for code in by_id[citation.article].mentioned_in(Span(citation.start, citation.end))
    )
    known = [pair for pair in named if pair[0] in prominence]
    return tuple(sorted(known, key=lambda pair: prominence.index(pair[0])))


def _people(
    items: Sequence[Chosen], telling: Sequence[Citation]
) -> tuple[tuple[Person, Citation], ...]:
    """People named where the event is told, each with the sentence that gives their title."""
    found: dict[str, tuple[Person, Citation]] = {}
    for item in items:
        for citation in telling:
            if citation.article != item.article.id:
                continue
            for person in item.article.people:
                if re.search(rf"(?<!\w){re.escape(person.name)}(?!\w)", citation.quote):
                    span = person.title_span or person.name_span
                    titled = item.article.sentence_at(span.start)
                    source = Source(citation.source, item.article)
                    cited = citation if titled is None else _cite(source, titled)
                    found.setdefault(person.name, (person, cited))
    return tuple(found.values())[:MAX_PEOPLE]


def _first_of(pairs: Iterable[tuple[str, Citation]]) -> tuple[tuple[str, Citation], ...]:
    """Each key with its first citation."""
    first: dict[str, tuple[str, Citation]] = {}
    for key, citation in pairs:
        first.setdefault(key, (key, citation))
    return tuple(first.values())
