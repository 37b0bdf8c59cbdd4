"""How many independent origins articles have: what six papers took from one agency is one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus.article import Article
from corpus.outlets import lookup, outlets
from corpus.words import words

_COPIED = 0.5
"""Share of the shorter article's runs of words from which the one was copied from the other."""

_RUN = 8
_CREDIT = (
    r"theo|dẫn|nguồn|selon|d['’]après|citant|source|avec|according to|citing|quoting|reports?|told"
)


def independent_origins(articles: Sequence[Article]) -> int:
    """In how many groups the articles fall that share an agency, a credit or their text."""
    groups = list(range(len(articles)))
    marks = [_marks(article) for article in articles]
    runs = [_runs(article.text) for article in articles]
    for place in range(len(articles)):
        for other in range(place):
            if marks[place] & marks[other] or _is_copy(runs[place], runs[other]):
                old, new = groups[place], groups[other]
                groups = [new if group == old else group for group in groups]
    return len(set(groups))


def _marks(article: Article) -> frozenset[str]:
    """The houses that the article comes from or gives as its source; itself without any."""
    found = {
        outlet.agency
        for match in _credits().finditer(article.text)
        if (outlet := lookup(match.group("outlet"))) is not None
    }
    house = article.agency or article.outlet
    return frozenset({*found, *([house] if house else [])})


@cache
def _credits() -> re.Pattern[str]:
    """ "theo TTXVN", "selon l'AFP", "(Reuters)"; what names a house in passing is no credit."""
    signs = sorted(
        {sign for each in outlets() if not each.word for sign in (each.name, *each.signs)},
        key=len,
        reverse=True,
    )
    listed = "|".join(map(re.escape, signs))
    return re.compile(
        rf"(?:(?<!\w)(?i:{_CREDIT})\s+(?:the\s+|la\s+|le\s+|l['’]|hãng\s+(?:tin\s+)?|báo\s+)?|\()"
        rf"(?P<outlet>{listed})(?!\w)"
    )


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    folded = [word.fold for word in words(text)]
    return frozenset(
        tuple(folded[start : start + _RUN]) for start in range(max(1, len(folded) - _RUN + 1))
    )


def _is_copy(first: frozenset[tuple[str, ...]], second: frozenset[tuple[str, ...]]) -> bool:
    return len(first & second) >= _COPIED * min(len(first), len(second))
