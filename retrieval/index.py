"""Both search indexes of a data folder, as ingest fills them and search reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from retrieval.embedding import Embedder
from retrieval.lexical import LexicalIndex
from retrieval.vectors import VectorIndex


class PassageIndex:
    """Pools of passages by key (`corpus.ingest.Indexer`).

    The pools know nothing of versions: the catalogue says which keys a version has, so a
    half-written ingest is invisible and a version is never half of two.
    """

    def __init__(self, data_dir: Path, embedder: Embedder) -> None:
        self.embedder = embedder
        self.vectors = VectorIndex(data_dir / "chroma", embedder)
        self.lexical = LexicalIndex(data_dir / "lexical")

    @property
    def fingerprint(self) -> str:
        """Names the embedding model; vectors of another are never mixed in."""
        return self.embedder.fingerprint

    def missing(self, keys: Iterable[str]) -> set[str]:
        """Those of `keys` that are not whole in both indexes."""
        asked = list(keys)
        return set(asked) - (self.vectors.present(asked) & self.lexical.present(asked))

    def add(self, words: Mapping[str, str]) -> None:
        """Index words by key; durable when this returns."""
        self.vectors.add(words)
        self.lexical.add(words)

    def keep(self, keys: set[str]) -> None:
        """Forget everything but `keys`."""
        self.vectors.keep(keys)
        self.lexical.keep(keys)

    def reload(self) -> None:
        """See what another process has published."""
        self.vectors.reload()
        self.lexical.reload()

    def close(self) -> None:
        """Give the files back."""
        self.vectors.close()
