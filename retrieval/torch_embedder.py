"""Any embedding model that sentence-transformers loads."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval import bundled_model
from retrieval.embedding import Embedder, Kind, Reading, Vectors, clean, reading
from retrieval.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PROMPT_NAMES: dict[Kind, tuple[str, ...]] = {
    "query": ("query",),
    "passage": ("passage", "document", "corpus"),
}


class SentenceTransformersEmbedder(Embedder):
    """A model on this machine or its hub, with the prompts that its own configuration gives."""

    def __init__(self, model: str, *, threads: int | None = None, download: bool = True) -> None:
        """Load a folder or a name. Code that a model brings along is never run.

        Raises EmbeddingError when there is no such model, or it cannot be loaded.
        """
        self.name = model
        self._model = _load(model, download=download)
        if threads:
            import torch  # noqa: PLC0415

            torch.set_num_threads(threads)
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise EmbeddingError(
                f"{model} does not say how long its vectors are: take another model"
            )
        self.dimension = dimension
        self.max_tokens = self._model.max_seq_length or 512
        self._prompts = {kind: _prompt(self._model, names) for kind, names in _PROMPT_NAMES.items()}
        self.fingerprint = _fingerprint(model, self._model, self._prompts)
        self._turn = threading.Lock()  # the tokenizer's padding is state that calls would share

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._turn:
            vectors = self._model.encode(
                [clean(text) for text in texts],
                prompt=self._prompts[kind],
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, np.float32)

    def read(self, texts: Sequence[str], kind: Kind) -> list[Reading]:
        prompt = self._prompts[kind]
        cleaned = [clean(text) for text in texts]
        with self._turn:
            states = self._model.encode(
                cleaned,
                prompt=prompt,
                output_value="token_embeddings",
                show_progress_bar=False,
            )
            tokenizer = self._model.tokenizer
            encoded = [
                tokenizer(
                    prompt + text,
                    return_offsets_mapping=True,
                    truncation=True,
                    max_length=self.max_tokens,
                )["offset_mapping"]
                for text in cleaned
            ]
        return [
            reading(np.asarray(each, np.float32)[: len(offsets)], offsets, prompt)
            for each, offsets in zip(states, encoded, strict=True)
        ]

    def count_tokens(self, text: str, kind: Kind = "passage") -> int:
        with self._turn:
            prompted = self._prompts[kind] + clean(text)
            return len(self._model.tokenizer(prompted, verbose=False)["input_ids"])


def _load(model: str, *, download: bool) -> SentenceTransformer:
    folder = Path(model).expanduser()
    if not folder.is_dir() and (folder.is_absolute() or model.startswith((".", "~"))):
        raise EmbeddingError(f'there is no folder {model}: name a model folder, or "bundled"')
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    place = str(folder) if folder.is_dir() else model
    problem: Exception | None = None
    for only_here in (True, False) if download and not folder.is_dir() else (True,):
        try:
            return SentenceTransformer(place, local_files_only=only_here)
        except Exception as error:  # every layer below raises classes of its own
            problem = error
    raise EmbeddingError(
        f"the embedding model {model} cannot be loaded: {_first_line(problem)} "
        f"Fetch it once with network (hf download {model}), name a folder that holds a "
        'sentence-transformers model, or take the one that comes along: "bundled".'
    ) from problem


def _prompt(model: SentenceTransformer, names: tuple[str, ...]) -> str:
    """The first prompt the model defines; version 6 fills missing ones in as empty or None."""
    found = (model.prompts.get(name) for name in names)
    default = model.prompts.get(model.default_prompt_name or "")
    return next((prompt for prompt in found if prompt), default or "")


def _fingerprint(name: str, model: SentenceTransformer, prompts: dict[Kind, str]) -> str:
    """Of the folder's files, or of the name with the revision its hub gave; and of the prompts."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        content = bundled_model.fingerprint(folder)
    else:
        config = getattr(model.transformers_model, "config", None)
        content = f"{name}@{getattr(config, '_commit_hash', None)}"
    told = "\0".join([content, *prompts.values(), str(model.max_seq_length)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _first_line(problem: Exception | None) -> str:
    return next(iter(str(problem).splitlines()), "").rstrip(".:") + "."
