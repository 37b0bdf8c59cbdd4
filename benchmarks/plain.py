"""The pipeline that LangChain's tutorials build, to measure ours against.

Split by characters, embed with sentence-transformers, keep in Chroma, take the nearest: each part
is the library's own, with the settings its documentation gives. The embedding model is ours, with
the prompts it wants, so that what differs is the pipeline.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import chromadb
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

CHUNK_CHARS = 1000
OVERLAP_CHARS = 200
BATCH_SIZE = 8
"""Texts that torch embeds at once: on two cores 8 are 1.8 times as fast as the default of 32."""

_ADDED = 5000  # Chroma takes no more than 5,461 documents at once


def embeddings(model_folder: Path) -> Embeddings:
    """The model through LangChain's own class, normalised, with its two prompts."""
    try:
        from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415 - takes seconds
    except ImportError as error:
        raise SystemExit("langchain-huggingface is not here; run: make bench-speed") from error

    common = {"normalize_embeddings": True, "batch_size": BATCH_SIZE}
    made: Embeddings = HuggingFaceEmbeddings(
        model_name=str(model_folder),
        model_kwargs={"device": "cpu"},
        encode_kwargs={**common, "prompt": "passage: "},
        query_encode_kwargs={**common, "prompt": "query: "},
    )
    return made


class Plain:
    """Text splitter, embedding model and Chroma, as the tutorials put them together."""

    def __init__(
        self, folder: Path, model_folder: Path, *, embedding: Embeddings | None = None
    ) -> None:
        """Open or make the store in `folder`; `embedding` stands in for the model where given."""
        self._client = chromadb.PersistentClient(
            path=str(folder), settings=Settings(anonymized_telemetry=False)
        )
        self._store = Chroma(
            client=self._client,
            collection_name="plain",
            embedding_function=embedding or embeddings(model_folder),
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        self._splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_CHARS, chunk_overlap=OVERLAP_CHARS
        )

    def ingest(self, articles: Iterable[tuple[str, str, dict[str, str]]]) -> int:
        """Take in articles of (id, text, metadata); the number of chunks they gave."""
        documents = [
            Document(page_content=text, metadata={**metadata, "article": article_id})
            for article_id, text, metadata in articles
        ]
        chunks = self._splitter.split_documents(documents)
        for start in range(0, len(chunks), _ADDED):
            self._store.add_documents(chunks[start : start + _ADDED])
        return len(chunks)

    def search(self, question: str, k: int = 10) -> list[tuple[str, str]]:
        """(article id, text) of the `k` nearest chunks, nearest first."""
        found = self._store.similarity_search(question, k=k)
        return [(str(item.metadata["article"]), item.page_content) for item in found]

    def close(self) -> None:
        """Give the files back."""
        self._client.close()
