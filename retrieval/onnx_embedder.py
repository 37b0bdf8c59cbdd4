"""The bundled model in ONNX Runtime."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from retrieval import bundled_model
from retrieval.embedding import (
    BUNDLED,
    Embedder,
    Kind,
    Reading,
    Vectors,
    batches,
    clean,
    reading,
)
from retrieval.errors import EmbeddingError
from retrieval.model_files import MAX_TOKENS, PROMPTS

BATCH_TOKENS = 768
"""Three passages or so: what they need stays in the caches (benchmarks/NOTES.md)."""

_ROUND = 4096  # texts tokenised at once: enough to sort by length, little enough to hold
_QUIET = 3  # ONNX Runtime's own log: errors only


def open_bundled(
    folder: Path,
    *,
    threads: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> OnnxEmbedder:
    """Unpack the bundled model into `folder` unless it is there, and load it.

    A model that looks whole but cannot be loaded is unpacked once more. Raises EmbeddingError.
    """
    bundled_model.unpack(folder, progress)
    try:
        return OnnxEmbedder(folder, threads=threads)
    except EmbeddingError:
        progress("the embedding model is damaged")
        bundled_model.discard(folder)
        bundled_model.unpack(folder, progress)
        return OnnxEmbedder(folder, threads=threads)


class OnnxEmbedder(Embedder):
    """An unpacked folder's `model.onnx`, with mean pooling over the tokens."""

    name = BUNDLED
    max_tokens = MAX_TOKENS

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        """Load the tokenizer and the graph; the weights are mapped, not read.

        Raises EmbeddingError when one of them is missing or damaged.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or os.cpu_count() or 1
        options.log_severity_level = _QUIET
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / bundled_model.TOKENIZER))
            self._session = onnxruntime.InferenceSession(
                str(folder / bundled_model.GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise plain Exception and classes of their own
            raise EmbeddingError(f"the model in {folder} cannot be loaded: {error}") from error
        # Words such as "</s>" in an article are text like any other.
        self._tokenizer.encode_special_tokens = True
        self._pad = self._tokenizer.token_to_id("<pad>")
        self.dimension = self._session.get_outputs()[0].shape[-1]
        self.fingerprint = bundled_model.fingerprint(folder)

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for place, states, _ in self._states(texts, kind):
            vectors[place] = _pool(states)
        return vectors

    def read(self, texts: Sequence[str], kind: Kind) -> list[Reading]:
        readings: dict[int, Reading] = {}
        for place, states, offsets in self._states(texts, kind):
            readings[place] = reading(states, offsets, PROMPTS[kind])
        return [readings[place] for place in range(len(texts))]

    def _states(
        self, texts: Sequence[str], kind: Kind
    ) -> Iterator[tuple[int, Vectors, list[tuple[int, int]]]]:
        """(place, last states (tokens, dimension), the tokens' places) of each text."""
        start = 0
        for part in _rounds(texts, _ROUND):
            tokens = self._tokens(part, kind)
            for batch in batches([len(ids) for ids, _ in tokens], BATCH_TOKENS):
                states = self._run([tokens[place][0] for place in batch])
                for row, place in enumerate(batch):
                    ids, offsets = tokens[place]
                    yield start + place, states[row, : len(ids)], offsets
            start += len(part)

    def count_tokens(self, text: str, kind: Kind = "passage") -> int:
        return len(self._tokenizer.encode(PROMPTS[kind] + clean(text)).ids)

    def _tokens(
        self, texts: Iterable[str], kind: Kind
    ) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """(ids, places) of each text's tokens, at most `max_tokens`, the end mark kept."""
        prompted = [PROMPTS[kind] + clean(text) for text in texts]
        limit = self.max_tokens
        return [
            (item.ids, item.offsets)
            if len(item.ids) <= limit
            else (
                [*item.ids[: limit - 1], item.ids[-1]],
                [*item.offsets[: limit - 1], item.offsets[-1]],
            )
            for item in self._tokenizer.encode_batch(prompted)
        ]

    def _run(self, tokens: list[list[int]]) -> Vectors:
        """Last states, float32 (n, width, dimension); of a shorter text, only the first count."""
        width = max(map(len, tokens))
        ids = np.full((len(tokens), width), self._pad, np.int64)
        mask = np.zeros(ids.shape, np.int64)
        for row, of_text in enumerate(tokens):
            ids[row, : len(of_text)] = of_text
            mask[row, : len(of_text)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask}
        states: Vectors = self._session.run(["last_hidden_state"], inputs)[0]
        return states


def _pool(states: Vectors) -> Vectors:
    """The mean of a text's tokens, brought to length 1: (n, d) → (d,).

    As the model card of multilingual-e5 does it; the mean's divisor falls away with the length.
    """
    total = states.sum(axis=0)
    pooled: Vectors = total / np.maximum(np.linalg.norm(total), 1e-12)
    return pooled


def _rounds(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(texts)
    while part := list(islice(rest, size)):
        yield part
