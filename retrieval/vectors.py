"""Vectors of passages in Chroma, one collection for each embedding model."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import chromadb
from chromadb.api.client import Client
from chromadb.config import Settings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma

from retrieval.embedding import Embedder
from retrieval.errors import usable

_CHUNK = 1000
_PREFIX = "passages-"


class VectorIndex:
    """A pool of vectors by key. Vectors of two models never meet: each has its collection."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._folder = folder
        self._embedder = embedder
        self._name = _PREFIX + embedder.fingerprint[:32]
        self._lock = threading.RLock()
        self._open()

    def _open(self) -> None:
        with self._usable():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(
                path=str(self._folder), settings=Settings(anonymized_telemetry=False)
            )
            self._store = Chroma(
                client=self._client,
                collection_name=self._name,
                embedding_function=self._embedder,
                collection_configuration={"hnsw": {"space": "cosine"}},
            )

    def _usable(self) -> AbstractContextManager[None]:
        # A client that cannot open its files fails once more, by attribute, as it is put away.
        return usable(self._folder, ChromaError, OSError, AttributeError)

    def reload(self) -> None:
        """See what any process has written since: an open handle answers from what it loaded."""
        with self._lock:
            self._close()
            self._open()

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        # The interface type lacks `close`, which the embedded client has.
        if isinstance(self._client, Client):
            self._client.close()

    def present(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that have a vector."""
        found: set[str] = set()
        for start in range(0, len(keys), _CHUNK):
            with self._lock, self._usable():
                got = self._store.get(ids=list(keys[start : start + _CHUNK]), include=[])
            found.update(got["ids"])
        return found

    def add(self, words: Mapping[str, str]) -> None:
        """Embed `words` and keep the vectors by key."""
        if words:
            with self._usable():
                self._store.add_texts(list(words.values()), ids=list(words))

    def keep(self, keys: Iterable[str]) -> None:
        """Forget every key but these, and the vectors of other models."""
        wanted = set(keys)
        with self._lock:
            gone = sorted(set(self._store.get(include=[])["ids"]) - wanted)
            for start in range(0, len(gone), _CHUNK):
                self._store.delete(ids=gone[start : start + _CHUNK])
            for collection in self._client.list_collections():
                if collection.name.startswith(_PREFIX) and collection.name != self._name:
                    self._client.delete_collection(collection.name)

    def search(
        self, vector: Sequence[float], limit: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """(key, cosine similarity) of the nearest passages, nearest first.

        With `among`, only those keys are ranked.
        """
        only: dict[str, Any] = {"ids": list(among)} if among is not None else {}
        with self._lock, self._usable():
            hits = self._store.similarity_search_by_vector_with_relevance_scores(
                list(vector), k=limit, **only
            )
        return [(str(document.id), 1.0 - float(distance)) for document, distance in hits]
