"""Vectors of passages in Chroma: one collection for each embedding model and language.

Each language is asked for its own nearest passages, so that none is crowded out before the
ranking proper, and asking a collection is fast where filtering one is not.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError

from retrieval.embedding import Vectors
from retrieval.errors import usable

_CHUNK = 1000
_PREFIX = "passages-"


class VectorIndex:
    """A pool of vectors by key and language. Vectors of two models never meet."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder = folder
        self._prefix = f"{_PREFIX}{fingerprint[:32]}-"
        self._lock = threading.RLock()
        self._open()

    def _open(self) -> None:
        with self._usable():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(
                path=str(self._folder), settings=Settings(anonymized_telemetry=False)
            )
            self._collections = {
                collection.name.removeprefix(self._prefix): collection
                for collection in self._client.list_collections()
                if collection.name.startswith(self._prefix)
            }

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

    def _collection(self, language: str) -> Collection:
        if language not in self._collections:
            self._collections[language] = self._client.get_or_create_collection(
                self._prefix + language,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine"}},
            )
        return self._collections[language]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are vectors of."""
        return tuple(self._collections)

    def present(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that have a vector."""
        found: set[str] = set()
        for collection in list(self._collections.values()):
            for start in range(0, len(keys), _CHUNK):
                with self._lock, self._usable():
                    got = collection.get(ids=list(keys[start : start + _CHUNK]), include=[])
                found.update(got["ids"])
        return found

    def of(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors (dimension,) of those of `keys` that have one and can be read.

        Of what a process wrote that was killed, Chroma has keys before it has their vectors, and
        reads none of those asked for together with such a key.
        """
        found: dict[str, Vectors] = {}
        for collection in list(self._collections.values()):
            for start in range(0, len(keys), _CHUNK):
                found.update(self._read(collection, list(keys[start : start + _CHUNK])))
        return found

    def _read(self, collection: Collection, keys: list[str]) -> dict[str, Vectors]:
        try:
            with self._lock:
                got = collection.get(ids=keys, include=["embeddings"])
        except ChromaError:
            if len(keys) == 1:
                return {}
            half = len(keys) // 2
            return self._read(collection, keys[:half]) | self._read(collection, keys[half:])
        return dict(zip(got["ids"], np.asarray(got["embeddings"], np.float32), strict=True))

    def probe(self) -> None:
        """Read a little of every collection. Raises `DamagedIndexError` where that fails."""
        for language, collection in list(self._collections.items()):
            with self._lock, self._usable():
                got = collection.get(limit=1, include=["embeddings"])
            for vector in np.asarray(got["embeddings"], np.float32):
                self.nearest(vector, 1, language)

    def add(self, vectors: Mapping[str, tuple[Vectors, str]]) -> None:
        """Keep (vector, language) by key."""
        with self._lock, self._usable():
            for language in sorted({language for _, language in vectors.values()}):
                keys = [key for key, (_, other) in vectors.items() if other == language]
                for start in range(0, len(keys), _CHUNK):
                    chunk = keys[start : start + _CHUNK]
                    self._collection(language).upsert(
                        ids=chunk, embeddings=np.stack([vectors[key][0] for key in chunk])
                    )

    def keep(self, keys: Iterable[str]) -> None:
        """Forget every key but these, and the vectors of other models."""
        wanted = set(keys)
        with self._lock, self._usable():
            for collection in self._collections.values():
                gone = sorted(set(collection.get(include=[])["ids"]) - wanted)
                for start in range(0, len(gone), _CHUNK):
                    collection.delete(ids=gone[start : start + _CHUNK])
            for collection in self._client.list_collections():
                name = collection.name
                if name.startswith(_PREFIX) and not name.startswith(self._prefix):
                    self._client.delete_collection(name)

    def nearest(self, vector: Vectors, limit: int, language: str) -> list[tuple[str, float]]:
        """(key, cosine similarity) of the nearest passages of one language, nearest first."""
        with self._lock, self._usable():
            hits = self._collections[language].query(
                query_embeddings=vector[None], n_results=limit, include=["distances"]
            )
        distances = (hits["distances"] or [[]])[0]
        return [
            (key, 1.0 - float(distance))
            for key, distance in zip(hits["ids"][0], distances, strict=True)
        ]
