"""The sentences that tell a story in short, chosen from its articles without a model.

What several articles say is what matters: pairs of neighbouring words count by the share of the
articles that have them (Gillick and Favre, "A scalable global model for summarization", 2009), each
once, and more where they stand early, as the press writes. Sentences are taken one by one, the one
that adds most for its length first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.article import Article
from corpus.words import words
from retrieval.evidence import quotable

_EARLY = 6.0
_EARLY_REACH = 6.0
"""A first sentence counts seven times, one six behind it three times."""

_ALONE = 0.6
"""What only one article says counts this much of what its share gives."""

_LENGTH = 0.4
"""The power of its length by which a sentence's gain is divided."""

_SHORTEST = 5

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    article: int
    place: int
    number: int
    length: int
    pairs: frozenset[_Pair]


def summarise(
    articles: Sequence[Article], *, most_words: int, most_sentences: int | None = None
) -> list[tuple[int, int]]:
    """(place of the article in `articles`, number of the sentence), at most `most_words` words in
    all, in the order of the articles and of the text.

    One sentence is there however long it is.
    """
    candidates = [
        sentence for place, article in enumerate(articles) for sentence in _read(place, article)
    ]
    worth = _worth(candidates, len(articles))
    chosen: list[_Sentence] = []
    told: set[_Pair] = set()
    while most_sentences is None or len(chosen) < most_sentences:
        room = most_words - sum(each.length for each in chosen)
        left = [each for each in candidates if each not in chosen]
        fitting = [each for each in left if each.length <= room] or ([] if chosen else left)
        gains = {each: _gain(each, told, worth) for each in fitting}
        best = max(fitting, key=lambda each: gains[each], default=None)
        if best is None or not gains[best]:
            break
        chosen.append(best)
        told |= best.pairs
    return sorted((each.article, each.number) for each in chosen)


def _read(place: int, article: Article) -> list[_Sentence]:
    found = []
    for order, number in enumerate(quotable(article)):
        text = article.sentences[number].of(article.text)
        if text.strip() == (article.title or "").strip():
            continue
        folded = [word.text.lower() for word in words(text)]
        found.append(_Sentence(place, order, number, len(folded), frozenset(pairwise(folded))))
    return [each for each in found if each.length >= _SHORTEST] or found


def _worth(candidates: Sequence[_Sentence], articles: int) -> dict[_Pair, float]:
    having = Counter(
        pair
        for place in range(articles)
        for pair in frozenset().union(*(c.pairs for c in candidates if c.article == place))
    )
    return {
        pair: (count / articles) ** 2 * (_ALONE if count == 1 else 1)
        for pair, count in having.items()
    }


def _gain(sentence: _Sentence, told: set[_Pair], worth: dict[_Pair, float]) -> float:
    early = 1 + _EARLY * math.exp(-sentence.place / _EARLY_REACH)
    new = sum(worth[pair] for pair in sentence.pairs - told)
    return float(new * early / max(sentence.length, 1) ** _LENGTH)
