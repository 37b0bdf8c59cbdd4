"""Decide whether what was found speaks to a question at all."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.article import Article
from corpus.topics import topics_in
from retrieval.evidence import Weighed
from retrieval.question import Query

FIT_SAME = 4.9
FIT_CROSS = 4.0
"""Standard deviations above chance from which a sentence speaks to a question by meaning alone.

`benchmarks/closeness.py` measures what they let through and what they stop.
"""

FIT_PART = 3.3
"""The same for a compound question, of which no sentence answers more than a part."""

FEW_WORDS = 2
FURTHER = 1.5

SUPPORTED = 0.5
"""Share of what was asked that a sentence must speak of in words, where meaning is not enough."""


def speaks_to(query: Query, article: Article, weighed: Sequence[Weighed]) -> bool:
    """Whether an article that meets the conditions is about what the question asks.

    `weighed` are its sentences in reach. A question that asks for nothing beyond its conditions
    ("what did A and B discuss in 2020?") is answered by whatever meets them.
    """
    conditional = bool(query.conditions)
    if query.asks_nothing_more:
        return conditional
    if max(sentence.support for sentence in weighed) >= SUPPORTED:
        return True
    if query.topics:
        topics = {topic.key for topic in topics_in(article.text)}
        if any(topic in topics for topic in query.topics):
            return True
    if query.compound:
        return max(sentence.fit for sentence in weighed) >= FIT_PART
    threshold = FIT_SAME if article.language == query.language else FIT_CROSS
    if query.topics or not (conditional or query.names or len(query.words) > FEW_WORDS):
        # A known subject that the article does not name, or next to no words to go by.
        threshold += FURTHER
    return max(sentence.fit for sentence in weighed) >= threshold
