"""The space in which passages and questions are compared: token vectors, freed of their language.

The token vectors of this kind of model share most of their direction (cosine 0.8 with their mean),
and each language has a mean of its own. With the mean of its language taken off, what is left of a
token is what it says, and a question meets its passage across languages (XQuAD, English to
Vietnamese, right passage first: 0.81 with the means, 0.83 without; Vietnamese to English: 0.77 and
0.82). The means are those of ordinary sentences and questions; a language without any takes the
mean of all.

Scores are by late interaction (Khattab and Zaharia, "ColBERT", SIGIR 2020): each token of the
question counts its nearest token of the passage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding import Embedder, Kind, Reading, Vectors
from retrieval.ordinary import ordinary_texts

RECIPE = 1
"""Raised when the same words come to lie elsewhere."""

_KINDS: tuple[Kind, ...] = ("passage", "query")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in the space: `vectors` float32 (n, dimension) of length 1, and where each begins."""

    vectors: Vectors
    starts: NDArray[np.int32]

    @property
    def mean(self) -> Vectors:
        """The text as one vector (dimension,), of length 1."""
        return unit(self.vectors.mean(axis=0))


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the space.

    `tokens` (n, dimension); `weights` (n,), summing to 1: little for tokens near the mean, such as
    marks and function words, which say little; `starts` (n,) as in `Tokens`; `vector` (dimension,).
    """

    language: str
    tokens: Vectors
    weights: Vectors
    starts: NDArray[np.int32]
    vector: Vectors

    def between(self, start: int, end: int) -> NDArray[np.bool_]:
        """Which tokens (n,) begin in that range of characters."""
        within: NDArray[np.bool_] = (self.starts >= start) & (self.starts < end)
        return within

    def weighted(self, factors: Vectors) -> Question:
        """The question with its tokens' weights multiplied by `factors` (n,), if any is left."""
        weights = self.weights * factors
        total = weights.sum()
        if total <= 0:
            return self
        weights = (weights / total).astype(np.float32)
        vector = unit(self.tokens.T @ (factors / factors.sum()).astype(np.float32))
        return Question(self.language, self.tokens, weights, self.starts, vector)


class Space:
    """Reads texts into the space of one model. Safe to use from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self.dimension = embedder.dimension
        self._means: dict[Kind, Mapping[str, Vectors]] = {}
        self.ordinary: dict[Kind, dict[str, list[Tokens]]] = {"passage": {}, "query": {}}
        told = hashlib.sha256(f"{RECIPE} {embedder.fingerprint}".encode())
        for kind in _KINDS:
            texts = ordinary_texts(kind)
            told.update(repr(sorted(texts.items())).encode())
            readings = {each: embedder.read(texts[each], kind) for each in texts}
            self._means[kind] = {
                language: np.concatenate([each.tokens for each in read]).mean(axis=0)
                for language, read in readings.items()
            }
            self.ordinary[kind] = {
                language: [self._centred(each, language, kind) for each in read]
                for language, read in readings.items()
            }
        self.fingerprint = told.hexdigest()[:16]
        """Of the model and of what is done to its vectors."""

    def passages(self, texts: Sequence[str], languages: Sequence[str]) -> list[Tokens]:
        """The passages `texts`, each in the space of its language (ISO 639-1), in order."""
        readings = self.embedder.read(texts, "passage")
        return [
            self._centred(read, language, "passage")
            for read, language in zip(readings, languages, strict=True)
        ]

    def question(self, text: str, language: str, kind: Kind = "query") -> Question:
        """The question `text` in the space of its language, or whatever is to be sought there."""
        read = self.embedder.read([text], kind)[0]
        mean = self._mean(language, kind)
        far = np.maximum(1 - read.tokens @ mean, 0.01) ** 2
        tokens = self._centred(read, language, kind)
        return Question(
            language,
            tokens.vectors,
            (far / far.sum()).astype(np.float32),
            tokens.starts,
            tokens.mean,
        )

    def _centred(self, read: Reading, language: str, kind: Kind) -> Tokens:
        return Tokens(unit(read.tokens - self._mean(language, kind)), read.starts)

    def _mean(self, language: str, kind: Kind) -> Vectors:
        means = self._means[kind]
        if language in means:
            return means[language]
        mean: Vectors = np.mean(list(means.values()), axis=0, dtype=np.float32)
        return mean


def unit(vectors: Vectors) -> Vectors:
    """`vectors` (…, d) brought to length 1."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled
