"""BM25 alone, by our own index of words: what is found without an embedding model."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.split import PassageWords
from retrieval.lexical import LexicalIndex


class Bm25:
    """Whole articles by their words; the same calls as `benchmarks.plain.Plain`."""

    def __init__(self, folder: Path) -> None:
        self._index = LexicalIndex(folder)
        self._texts: dict[str, str] = {}

    def ingest(self, articles: Iterable[tuple[str, str, dict[str, str]]]) -> int:
        """Take in articles of (id, text, metadata); how many there were."""
        texts = {article_id: text for article_id, text, _ in articles}
        # "und" as all: the rival knows nothing of languages.
        self._index.add({key: PassageWords(text, len(text), "und") for key, text in texts.items()})
        self._texts |= texts
        return len(texts)

    def search(self, question: str, k: int = 10) -> list[tuple[str, str]]:
        """(article id, text) of the `k` best articles, best first."""
        return [(key, self._texts[key]) for key, _ in self._index.search(question, k)]

    def close(self) -> None:
        """Nothing is held open."""
