"""Choose the sentences of an article that speak to a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from corpus.people import titles_in
from corpus.topics import topics_in
from rapidfuzz import fuzz

from corpus.article import Article
from corpus.words import fold
from retrieval.embedding import Embedder
from retrieval.question import Query

MIN_WORDS = 5
"""Shorter runs (bylines, signatures, cross-heads) are no sentences to quote."""

MAX_SENTENCES = 40
"""Of a long article only so many sentences, from its best passages, are weighed."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s*$")
_NAME_SLIP = 88.0  # rapidfuzz ratio from which a typed name counts as the printed one


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence and how it answers. `support` is how much of what was asked it speaks of, 0…1."""

    number: int
    similarity: float
    support: float

    @property
    def score(self) -> float:
        return self.similarity + 0.1 * self.support


def quotable(article: Article) -> list[int]:
    """Numbers of the sentences that can stand as quotations."""
    numbers = []
    for number, span in enumerate(article.sentences):
        words = span.of(article.text)
        if len(words.split()) >= MIN_WORDS or (_SENTENCE_END.search(words) and " " in words):
            numbers.append(number)
    return numbers


def missing_names(article: Article, query: Query) -> tuple[str, ...]:
    """The names in the question that the article does not have, slips of typing forgiven."""
    text = fold(f"{article.title or ''}\n{article.outlet or ''}\n{article.text}")
    words = set(re.findall(r"\w+", text))
    return tuple(name for name in query.names if not _has_name(fold(name), text, words))


def _has_name(name: str, text: str, words: set[str]) -> bool:
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        return True
    parts = re.findall(r"\w+", name)
    return all(
        part in words
        or (len(part) >= 5 and any(fuzz.ratio(part, word) >= _NAME_SLIP for word in words))
        for part in parts
    )


def weigh(
    article: Article,
    numbers: Sequence[int],
    query: Query,
    vector: np.ndarray,
    embedder: Embedder,
) -> list[Weighed]:
    """Similarity and support of the sentences `numbers`; `vector` (dim,) is the question's."""
    texts = [article.sentences[number].of(article.text) for number in numbers]
    if not texts:
        return []
    similarities = embedder.encode(texts, "passage") @ vector
    return [
        Weighed(number, float(similarity), _support(text, article.language, query))
        for number, text, similarity in zip(numbers, texts, similarities, strict=True)
    ]


def _support(text: str, language: str, query: Query) -> float:
    """The share of the question's topics, titles, names and words that stand in the sentence.

    Topics and titles are known in three languages; other words count only where question and
    sentence share theirs.
    """
    folded = fold(text)
    words = set(re.findall(r"\w+", folded))
    found, asked = 0.0, 0.0
    if query.topics:
        topics = {topic.key for topic in topics_in(text)}
        asked += len(query.topics)
        found += sum(topic in topics for topic in query.topics)
    if query.roles:
        roles = {title.role for title in titles_in(text, language)}
        asked += len(query.roles)
        found += sum(role in roles for role in query.roles)
    for name in query.names:
        asked += 1
        found += _has_name(fold(name), folded, words)
    if language == query.language:
        for word in query.words:
            asked += 1
            found += word in words or any(_same_stem(word, other) for other in words)
    return found / asked if asked else 0.0


def _same_stem(a: str, b: str) -> bool:
    """Whether two words differ only in an ending ("promise", "promised", "promises")."""
    length = max(4, min(len(a), len(b)) - 2)
    return len(a) >= 4 and len(b) >= 4 and abs(len(a) - len(b)) <= 3 and a[:length] == b[:length]
