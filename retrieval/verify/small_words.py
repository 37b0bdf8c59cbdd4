"""Lists of small words that tell how a sentence is built."""

from __future__ import annotations

from functools import cache

from retrieval.tables import table


@cache
def small_words(kind: str) -> frozenset[str]:
    """A list of `retrieval/data/clauses.yaml`, folded."""
    return frozenset(str(table("clauses")[kind]).split())
