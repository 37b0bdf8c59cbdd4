"""Turn texts into vectors: with the bundled model, or with any sentence-transformers model.

The bundled model runs in ONNX Runtime and imports neither torch nor transformers, whose import
alone takes longer than answering a question.
"""

from __future__ import annotations

import unicodedata
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retrieval import bundled_model

Kind = Literal["query", "passage"]
Vectors = NDArray[np.float32]

BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a model reads it: token by token, without the prompt and the marks around it.

    `tokens` are the last states, float32 (n, dimension), each of length 1; `starts` (n,) says at
    which character of the text each token begins. Never empty.
    """

    tokens: Vectors
    starts: NDArray[np.int32]


class Embedder(Embeddings):
    """Vectors of queries and passages from one model; safe to use from several threads."""

    name: str
    """What the settings call the model."""

    fingerprint: str
    """Changes when the model's vectors change; vectors of two fingerprints are never compared."""

    dimension: int
    """Length of a vector."""

    max_tokens: int
    """Tokens of a text that are read, prompt and end marks included; what is over is cut off."""

    @abstractmethod
    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """Vectors of the texts, float32 (len(texts), dimension), each of length 1, in order.

        Accents written as separate characters are composed (NFC) first: the model knows only the
        composed ones. Any string is taken, the empty one too.
        """

    @abstractmethod
    def read(self, texts: Sequence[str], kind: Kind) -> list[Reading]:
        """What the model makes of each token of the texts, in order; takes what `encode` takes."""

    @abstractmethod
    def count_tokens(self, text: str, kind: Kind = "passage") -> int:
        """Tokens the model would read, prompt and end marks included, were there no limit."""

    def fits(self, text: str, kind: Kind = "passage") -> bool:
        """Whether nothing of the text is cut off."""
        return self.count_tokens(text, kind) <= self.max_tokens

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's way to embed passages."""
        vectors: list[list[float]] = self.encode(texts, "passage").tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """LangChain's way to embed a question."""
        vector: list[float] = self.encode([text], "query")[0].tolist()
        return vector


def open_embedder(
    model: str,
    data_dir: Path,
    *,
    threads: int | None = None,
    download: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> Embedder:
    """The embedder for a model's name.

    `"bundled"` is unpacked once under `data_dir/models` and again should it be damaged; the network
    is never asked. Anything else is a folder or name for sentence-transformers: what is on this
    machine is taken, else, where `download` allows it, fetched from its hub. `threads`: default one
    for each core. `progress` is told in a few words what takes long.

    Raises EmbeddingError, whose message says what to do.
    """
    # Each brings its own heavy library: only the one asked for is imported.
    if model == BUNDLED:
        from retrieval.onnx_embedder import open_bundled  # noqa: PLC0415

        return open_bundled(
            data_dir / "models" / bundled_model.FOLDER, threads=threads, progress=progress
        )
    from retrieval.torch_embedder import SentenceTransformersEmbedder  # noqa: PLC0415

    progress(f"loading the embedding model {model}")
    return SentenceTransformersEmbedder(model, threads=threads, download=download)


def reading(states: Vectors, offsets: Sequence[tuple[int, int]], prompt: str) -> Reading:
    """The reading of one text from its states (n, dimension) and its tokens' places in the prompted
    text, (start, end) each.

    Marks have no width and the prompt lies before the text; of an empty text they are all there is.
    """
    places = np.array(offsets, np.int32).reshape(-1, 2) - len(prompt)
    own = (places[:, 1] > 0) & (places[:, 1] > places[:, 0])
    if not own.any():
        own[:] = True
    tokens = states[own].astype(np.float32, copy=False)
    lengths = np.linalg.norm(tokens, axis=1, keepdims=True)
    return Reading(tokens / np.maximum(lengths, 1e-12), np.maximum(places[own, 0], 0))


def clean(text: str) -> str:
    """The text in composed form (NFC), without lone surrogates, which no tokenizer takes."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode("utf-8")


def batches(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """Places of texts to run together: of like length, at most `tokens` with the padding.

    A text longer than `tokens` comes alone. The longest come first, so memory runs out at once or
    never.
    """
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > tokens:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
