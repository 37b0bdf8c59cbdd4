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
from retrieval.embedding import Embedder, Kind, Reading, Vectors
from retrieval.engine import Engine
from retrieval.ordinary import ordinary_texts
from retrieval.space import unit

BASE = 500
"""Real vectors that all others are mixed from."""

_SECOND = 0.5
_NOISE = 0.35
"""Weights beside the first vector's 1: neighbours are then as near as passages on one matter."""


def mixture(text: str, base: Vectors) -> Vectors:
    """A vector (dim,) of length 1 that depends on `text` alone, near two of `base` (n, dim)."""
    rng = np.random.default_rng(_seed(text))
    first, second = rng.integers(len(base), size=2)
    noise = rng.standard_normal(base.shape[1], dtype=np.float32)
    mixed = base[first] + _SECOND * base[second] + _NOISE * noise / np.linalg.norm(noise)
    vector: Vectors = (mixed / np.linalg.norm(mixed)).astype(np.float32)
    return vector


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")


def base_vectors(file: Path, embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """The real vectors of the first `BASE` texts, encoded once and kept in `file`."""
    if not file.exists():
        np.save(file, embedder.encode(texts[:BASE], "passage"))
    vectors: Vectors = np.load(file)
    return vectors


class PerturbedEmbedder(Embedder):
    """Our embedder, with perturbed copies in place of what it reads in passages."""

    def __init__(self, real: Embedder, texts: Sequence[str]) -> None:
        self._real = real
        self._base = real.read(texts[:BASE], "passage")
        self._lengths = [len(text) for text in texts[:BASE]]
        self.name = real.name
        self.fingerprint = real.fingerprint  # so that the store opens with the real model
        self.dimension = real.dimension
        self.max_tokens = real.max_tokens

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        return self._real.encode(texts, kind)

    def read(self, texts: Sequence[str], kind: Kind) -> list[Reading]:
        # The ordinary sentences that the space is measured by are read for real.
        if kind == "query" or len(texts) < 2 or texts[0] in _ordinary():
            return self._real.read(texts, kind)
        return [self._perturbed(text) for text in texts]

    def _perturbed(self, text: str) -> Reading:
        rng = np.random.default_rng(_seed(text))
        chosen = int(rng.integers(len(self._base)))
        tokens = self._base[chosen].tokens
        noise = rng.standard_normal(tokens.shape, dtype=np.float32)
        mixed = tokens + _NOISE * noise / np.sqrt(tokens.shape[1], dtype=np.float32)
        starts = self._base[chosen].starts * (len(text) / self._lengths[chosen])
        return Reading(unit(mixed), starts.astype(np.int32))

    def count_tokens(self, text: str, kind: Kind = "passage") -> int:
        return self._real.count_tokens(text, kind)


def _ordinary() -> set[str]:
    return {text for texts in ordinary_texts("passage").values() for text in texts}


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
