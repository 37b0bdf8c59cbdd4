"""Vectors for a large store without encoding it all: seeded mixtures of a few real ones.

Only ingest sees them. Who asks has the real model, and vectors of its own questions and sentences.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from retrieval import engine as engine_module
from retrieval.embedding import Embedder, Kind, Vectors
from retrieval.engine import Engine

BASE = 500
"""Real vectors that all others are mixed from."""

_SECOND = 0.5
_NOISE = 0.35
"""Weights beside the first vector's 1: neighbours are then as near as passages on one matter."""


def mixture(text: str, base: Vectors) -> Vectors:
    """A vector (dim,) of length 1 that depends on `text` alone, near two of `base` (n, dim)."""
    seed = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")
    rng = np.random.default_rng(seed)
    first, second = rng.integers(len(base), size=2)
    noise = rng.standard_normal(base.shape[1], dtype=np.float32)
    mixed = base[first] + _SECOND * base[second] + _NOISE * noise / np.linalg.norm(noise)
    vector: Vectors = (mixed / np.linalg.norm(mixed)).astype(np.float32)
    return vector


def base_vectors(file: Path, embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """The real vectors of the first `BASE` texts, encoded once and kept in `file`."""
    if not file.exists():
        np.save(file, embedder.encode(texts[:BASE], "passage"))
    vectors: Vectors = np.load(file)
    return vectors


class PerturbedEmbedder(Embedder):
    """Our embedder, with mixtures in place of the vectors of passages."""

    def __init__(self, real: Embedder, base: Vectors) -> None:
        self._real = real
        self._base = base
        self.name = real.name
        self.fingerprint = real.fingerprint  # so that the store opens with the real model
        self.dimension = real.dimension
        self.max_tokens = real.max_tokens

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        if kind == "query" or not texts:
            return self._real.encode(texts, kind)
        return np.stack([mixture(text, self._base) for text in texts])

    def count_tokens(self, text: str, kind: Kind = "passage") -> int:
        return self._real.count_tokens(text, kind)


class PerturbedEmbeddings(Embeddings):
    """The same mixtures for LangChain's pipeline."""

    def __init__(self, real: Embeddings, base: Vectors) -> None:
        self._real = real
        self._base = base

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [mixture(text, self._base).tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._real.embed_query(text)


def use_in(engine: Engine, embedder: Embedder) -> None:
    """Have `engine`, whose indexes are not open yet, take `embedder` in place of its model."""
    engine_module.open_embedder = lambda *_, **__: embedder
    engine.warm_up()
