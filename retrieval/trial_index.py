"""How long it takes to index a passage, measured out of sight of whoever asks."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from corpus.split import PassageWords
from retrieval.index import PassageIndex
from retrieval.space import Space

_FIRST = 2
"""Passages before the clock starts: the first ones wait for what is loaded."""


def seconds_a_passage(space: Space, words: Mapping[str, PassageWords]) -> float:
    """Index `words` in a folder of their own, which is gone afterwards."""
    keys = list(words)
    with tempfile.TemporaryDirectory(prefix="attache-pace-") as folder:
        index = PassageIndex(Path(folder), space)
        try:
            index.add({key: words[key] for key in keys[:_FIRST]})
            timed = {key: words[key] for key in keys[_FIRST:] or keys}
            started = time.perf_counter()
            index.add(timed)
            return (time.perf_counter() - started) / len(timed)
        finally:
            index.close()
