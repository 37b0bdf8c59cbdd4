"""The clauses of a question: what it asks for in one breath each."""

from __future__ import annotations

import functools
import itertools
import re

from retrieval.tables import table

MIN_WORDS = 4
"""A shorter clause says too little to be looked for alone and belongs to its neighbour."""


def clauses(text: str) -> list[tuple[int, int]]:
    """Character ranges of the clauses of `text`, in order, together all of it.

    They end at a comma or a stop, and before a conjunction of the interface's languages.
    """
    cuts = [0, *sorted({match.start() for match in _pattern().finditer(text)} - {0}), len(text)]
    parts: list[tuple[int, int]] = []
    for start, end in itertools.pairwise(cuts):
        if parts and (_short(text, start, end) or _short(text, *parts[-1])):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def _short(text: str, start: int, end: int) -> bool:
    return len(text[start:end].split()) <= MIN_WORDS


@functools.cache
def _pattern() -> re.Pattern[str]:
    lists = table("joining_words").values()
    words = "|".join(re.escape(word) for some in lists for word in some)
    return re.compile(rf"[,;:?!](?=\s)|(?<!\w)(?:{words})(?!\w)|[，。；、？！]", re.IGNORECASE)
