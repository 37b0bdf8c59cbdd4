"""Decide whether what was found speaks to a question at all."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.topics import topics_in

from corpus.article import Article
from retrieval.evidence import Weighed
from retrieval.question import Query

SIMILAR_SAME = 0.86
SIMILAR_CROSS = 0.83
"""Cosine from which a sentence speaks to a question by meaning alone, by language match."""

SUPPORTED = 0.5
"""Share of what was asked that a sentence must speak of in words, where meaning is not enough."""


def speaks_to(
    query: Query, article: Article, weighed: Sequence[Weighed], similarity: float
) -> bool:
    """Whether an article that meets the conditions is about what the question asks.

    `weighed` are its sentences in reach, `similarity` the cosine of its best passage. A question
    that asks for nothing beyond its conditions ("what did A and B discuss in 2020?") is
    answered by whatever meets them.
    """
    asked = bool(query.topics or query.roles or query.names or query.words)
    conditional = bool(query.conditions)
    if not asked:
        return conditional
    if max(sentence.support for sentence in weighed) >= SUPPORTED:
        return True
    if conditional and query.topics:
        topics = {topic.key for topic in topics_in(article.text)}
        if any(topic in topics for topic in query.topics):
            return True
    threshold = SIMILAR_SAME if article.language == query.language else SIMILAR_CROSS
    return max(similarity, *(sentence.similarity for sentence in weighed)) >= threshold
