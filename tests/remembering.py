"""The real embedding model, asked once for each text: many engines take in the same articles."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from retrieval.embedding import Embedder, Kind, Reading, Vectors

T = TypeVar("T", Reading, Vectors)

KEPT = 600
"""Texts whose tokens are kept; a hundred kilobytes each, at most."""


class Remembering(Embedder):
    """Hands on what it has, and asks the model for the rest."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self.name, self.fingerprint = real.name, real.fingerprint
        self.dimension, self.max_tokens = real.dimension, real.max_tokens
        self._readings: OrderedDict[tuple[str, Kind], Reading] = OrderedDict()
        self._vectors: OrderedDict[tuple[str, Kind], Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        if not texts:
            return self._real.encode(texts, kind)
        found = self._known(texts, kind, self._vectors)
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found |= zip(new, self._real.encode(new, kind), strict=True)
            self._keep({text: found[text] for text in new}, kind, self._vectors)
        return np.stack([found[text] for text in texts])

    def read(self, texts: Sequence[str], kind: Kind) -> list[Reading]:
        found = self._known(texts, kind, self._readings)
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found |= zip(new, self._real.read(new, kind), strict=True)
            self._keep({text: found[text] for text in new}, kind, self._readings)
        return [found[text] for text in texts]

    def count_tokens(self, text: str, kind: Kind = "passage") -> int:
        return self._real.count_tokens(text, kind)

    def _known(
        self, texts: Sequence[str], kind: Kind, kept: OrderedDict[tuple[str, Kind], T]
    ) -> dict[str, T]:
        with self._lock:
            return {text: kept[text, kind] for text in texts if (text, kind) in kept}

    def _keep(self, new: dict[str, T], kind: Kind, kept: OrderedDict[tuple[str, Kind], T]) -> None:
        with self._lock:
            kept |= {(text, kind): value for text, value in new.items()}
            while len(kept) > KEPT:
                kept.popitem(last=False)
