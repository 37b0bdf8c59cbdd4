"""Choose the sentences of an article that speak to a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from corpus.article import Article, Passage
from corpus.events import kinds_in
from corpus.instructions import is_question
from corpus.people import TitleMention, titles_in
from corpus.split import passage_words
from corpus.topics import beginnings, topics_in
from corpus.words import fold
from retrieval import token_codes
from retrieval.closeness import Fit
from retrieval.question import Query
from retrieval.token_store import StoredTokens
from retrieval.whole_products import Left

MIN_WORDS = 14
"""Shorter runs without a sentence's end (bylines, signatures, cross-heads) are not quoted."""

MAX_SENTENCES = 40
"""Of a long article only so many sentences, from its best passages, are weighed."""

WEIGHED_CLOSELY = 8
"""Sentences of an article, the best so far, that are weighed by what takes longer."""

OUT_OF_REACH = 3.0
"""A sentence this much below an article's best is not quoted (`compose.CLOSE_ENOUGH` and what its
substance could add)."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s*$")
PEOPLE = 2
"""People in a sentence that are enough for who asks for the people."""

_NAME_SLIP = 85.0  # rapidfuzz ratio from which a typed name counts as the printed one
_SLIP_LENGTH = 4  # in shorter words one letter is another word


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence and how it answers.

    `fit` is its similarity to the question in standard deviations above chance (`Closeness`),
    `support` is how much of what was asked it speaks of, `places` how many of the countries in the
    question it names, each 0…1; `substance` is, for a question that asks what happened at all, how
    much it tells of acts and subjects, 0…1.
    """

    number: int
    fit: float
    support: float
    places: float
    substance: float = 0.0

    @property
    def score(self) -> float:
        return self.fit + 3.0 * self.support + 3.0 * self.places + 0.8 * self.substance


def quotable(article: Article) -> list[int]:
    """Numbers of the sentences that can stand as quotations: none that asks, whoever it asks."""
    asserting = [
        (number, words)
        for number, span in enumerate(article.sentences)
        if not is_question(words := span.of(article.text))
    ]
    numbers = [
        number
        for number, words in asserting
        if (_SENTENCE_END.search(words) and " " in words) or len(words.split()) >= MIN_WORDS
    ]
    return numbers or [number for number, _ in asserting]


def names_in(told: str, query: Query) -> frozenset[str]:
    """The names in the question that an article, `told` with title and outlet, has.

    Slips of typing are forgiven.
    """
    text = fold(told)
    return frozenset(name for name in query.names if _has_name(fold(name), text))


def _has_name(name: str, text: str) -> bool:
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        return True
    words = _words(text)
    return all(
        part in words
        or (
            len(part) >= _SLIP_LENGTH
            and process.extractOne(part, words, scorer=fuzz.ratio, score_cutoff=_NAME_SLIP)
        )
        for part in re.findall(r"\w+", name)
    )


@lru_cache(maxsize=8)
def _words(text: str) -> frozenset[str]:
    """The words of a folded text; remembered, since several names are looked for in it."""
    return frozenset(re.findall(r"\w+", text))


def passages_with(article: Article, numbers: Sequence[int]) -> list[Passage]:
    """The passages in which the sentences `numbers` begin."""
    begins = [article.sentences[number].start for number in numbers]
    return [
        passage
        for passage in article.passages
        if any(passage.span.start <= begin < passage.span.end for begin in begins)
    ]


def weigh(
    article: Article, numbers: Sequence[int], query: Query, tokens: StoredTokens, fit: Fit
) -> list[Weighed]:
    """How the sentences `numbers` answer; those without a word are left out.

    `tokens` hold at least those of the passages in which the sentences begin.
    """
    of_sentences = _tokens(article, numbers, tokens)
    numbers = [number for number in numbers if number in of_sentences]
    if not numbers:
        return []
    fits = fit.by_question([of_sentences[number] for number in numbers], article.language)
    texts = {number: article.sentences[number].of(article.text) for number in numbers}
    weighed = [
        Weighed(
            number,
            float(near),
            support(texts[number], article, query),
            _named_places(article, number, query),
        )
        for number, near in zip(numbers, fits, strict=True)
    ]
    weighed.sort(key=lambda item: -item.score)
    best = weighed[:WEIGHED_CLOSELY]
    other = fit.by_sentence([of_sentences[item.number] for item in best])
    best = [
        replace(item, fit=(item.fit + float(near)) / 2)
        for item, near in zip(best, other, strict=True)
    ]
    if not query.asks_nothing_more:
        return best
    # Whoever is farther behind is not quoted, whatever it tells.
    behind = max(item.score for item in best) - OUT_OF_REACH
    return [
        replace(item, substance=_substance(texts[item.number])) if item.score > behind else item
        for item in best
    ]


def _tokens(article: Article, numbers: Sequence[int], stored: StoredTokens) -> dict[int, Left]:
    """The tokens of the sentences `numbers`, decoded, from the passages that they stand in."""
    wanted = set(numbers)
    begins = [span.start for span in article.sentences]
    found: dict[int, Left] = {}
    for passage in passages_with(article, numbers):
        rows = stored.rows_of(passage.key)
        if rows is None:
            continue
        span = passage.span
        words = passage_words(span.of(article.text), article.title, article.language)
        at = stored.starts[rows].astype(np.int64) - (len(words.text) - words.own)
        # A token begins with the space before its word: its sentence is that of the next letter.
        number = np.searchsorted(begins, span.start + at + 1, side="right") - 1
        for each in wanted & set(number[at >= 0].tolist()):
            codes = stored.codes[rows][(number == each) & (at >= 0)]
            found[each] = token_codes.decode(codes, stored.dimension)
    return found


def support(text: str, article: Article, query: Query) -> float:
    """The share of the question's topics, titles, names and words that stand in the sentence.

    Topics and titles are known in three languages, and a person may stand there by title alone;
    other words count only where question and sentence share their language. Who asks for the people
    alone is told by a sentence that names two.
    """
    folded = fold(text)
    words = _words(folded)
    found, asked = 0.0, 0.0
    titles = titles_in(text, article.language) if query.roles or query.names else []
    if query.topics:
        asked += len(query.topics)
        if not words.isdisjoint(beginnings(frozenset(query.topics))):
            topics = {topic.key for topic in topics_in(text)}
            found += sum(topic in topics for topic in query.topics)
    if query.roles:
        asked += len(query.roles)
        found += sum(_bears(role, portfolio, titles) for role, portfolio in query.roles)
    for name in query.names:
        asked += 1
        by_title = any(
            _bears(role, house, titles) == 1.0 for role, house in _offices(article, name)
        )
        found += 1.0 if _has_name(fold(name), folded) else 0.8 * by_title
    if query.asks_who:
        asked += 1
        found += min(PEOPLE, _people(text, article)) / PEOPLE
    if article.language == query.language:
        for word in query.words:
            asked += 1
            found += word in words or any(
                _same_stem(word, other) for other in words if other[:4] == word[:4]
            )
    return found / asked if asked else 0.0


def _people(text: str, article: Article) -> int:
    """How many of the article's people a sentence names; who is named by office alone, as one."""
    named = sum(person.name in text for person in article.people)
    return named or bool(titles_in(text, article.language))


def _offices(article: Article, name: str) -> list[tuple[str, str | None]]:
    """The offices of the people of that name in the article, who may be called by them alone."""
    known = {fold(name)}
    return [
        (person.role, person.portfolio)
        for person in article.people
        if person.role and (fold(person.name) in known or fold(name) in fold(person.name).split())
    ]


def _bears(role: str, portfolio: str | None, titles: Sequence[TitleMention]) -> float:
    """1 for the office asked for, a half for the same rank in another or an unnamed house."""
    if any(title.role == role and portfolio in {None, title.portfolio} for title in titles):
        return 1.0
    return 0.5 if any(title.role == role for title in titles) else 0.0


def _named_places(article: Article, number: int, query: Query) -> float:
    """The share of the countries and regions in the question that the sentence names."""
    asked = {*query.named_countries, *(region.code for region in query.conditions.regions)}
    if not asked:
        return 0.0
    return len(asked.intersection(article.mentioned_in(article.sentences[number]))) / len(asked)


def _substance(text: str) -> float:
    """Acts and subjects named in a sentence: three are plenty."""
    return min(3, len(topics_in(text)) + len({mention.kind for mention in kinds_in(text)})) / 3


def _same_stem(a: str, b: str) -> bool:
    """Whether two words differ only in an ending ("promise", "promised", "promises")."""
    length = max(4, min(len(a), len(b)) - 2)  # the first four letters at least
    return len(a) >= 4 and len(b) >= 4 and abs(len(a) - len(b)) <= 3 and a[:length] == b[:length]
