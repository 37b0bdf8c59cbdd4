"""The local model: its file is joined from pieces, its server lives and dies with the program."""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from retrieval.errors import LanguageModelError
from retrieval.local_model import open_local
from retrieval.local_pieces import QWEN, ModelFile, installed_pieces, join
from retrieval.local_server import LocalServer

CONTENT = [b"one", b"two" * 1000, b"end"]
WHOLE = b"".join(CONTENT)
WANTED = ModelFile("model.gguf", len(WHOLE), hashlib.sha256(WHOLE).hexdigest())

JOIN = """
import hashlib, sys
from pathlib import Path
from retrieval.local_pieces import ModelFile, join
folder, size, sha256 = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
join(lambda: sorted(folder.glob("piece*")), folder / "models" / "model.gguf",
     ModelFile("model.gguf", size, sha256), lambda words: print(words, flush=True))
"""

WORKER = """
import json, os, sys
wanted = json.loads(sys.stdin.readline())
if wanted["model"].endswith("broken"):
    sys.exit(3)
print("llama.cpp has something to say first")
print(json.dumps({"address": f"http://127.0.0.1:9/{os.getpid()}"}), flush=True)
while sys.stdin.read(1):
    pass
"""


@pytest.fixture
def pieces(tmp_path: Path) -> list[Path]:
    """Small ones."""
    paths = [tmp_path / f"piece{number}" for number in range(len(CONTENT))]
    for path, content in zip(paths, CONTENT, strict=True):
        path.write_bytes(content)
    return paths


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models" / "model.gguf"


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".model.gguf.lock"}


def test_pieces_become_the_file_and_progress_is_told(pieces: list[Path], target: Path) -> None:
    """In their order; nothing else is left."""
    told: list[str] = []
    assert join(lambda: pieces, target, WANTED, told.append) == target
    assert target.read_bytes() == WHOLE
    assert told[-1] == "joining the local language model: 100 %"
    assert left_in(target.parent) == {"model.gguf"}


def test_file_that_stands_is_left_alone(pieces: list[Path], target: Path) -> None:
    """The pieces are not even looked for."""
    join(lambda: pieces, target, WANTED)
    before = target.stat().st_mtime_ns

    def none() -> list[Path]:
        raise AssertionError

    join(none, target, WANTED, lambda _: pytest.fail("nothing is to be told"))
    assert target.stat().st_mtime_ns == before


def test_file_of_another_size_is_made_anew(pieces: list[Path], target: Path) -> None:
    """Somebody has cut it."""
    join(lambda: pieces, target, WANTED)
    target.write_bytes(b"cut")
    join(lambda: pieces, target, WANTED)
    assert target.read_bytes() == WHOLE


@pytest.mark.parametrize(
    "harm",
    [
        lambda pieces: pieces[1].write_bytes(b"TWO" * 1000),
        lambda pieces: pieces[2].write_bytes(b"e"),
        lambda pieces: pieces.reverse(),
        lambda pieces: pieces.pop(),
    ],
    ids=["changed", "cut", "order", "missing"],
)
def test_wrong_pieces_leave_nothing_and_say_what_to_do(
    pieces: list[Path], target: Path, harm: Callable[[list[Path]], object]
) -> None:
    """Size and checksum are held against what is pinned."""
    harm(pieces)
    with pytest.raises(LanguageModelError, match="force-reinstall"):
        join(lambda: pieces, target, WANTED)
    assert left_in(target.parent) == set()


def test_too_small_a_disk_is_said_before_anything_is_written(
    pieces: list[Path], target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what is needed, what is there, and what to do."""
    usage = shutil.disk_usage(pieces[0].parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=2000))
    with pytest.raises(LanguageModelError, match=r"no room .* 0\.0 GB are free; make room"):
        join(lambda: pieces, target, WANTED)
    assert left_in(target.parent) == set()


def test_disk_that_fills_up_meanwhile_leaves_nothing(
    pieces: list[Path], target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other programs write, too."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LanguageModelError, match="No space left on device"):
        join(lambda: pieces, target, WANTED)
    assert left_in(target.parent) == set()


def test_folder_that_cannot_be_written_is_named(pieces: list[Path], tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "models").write_text("")
    with pytest.raises(LanguageModelError, match="the right to write"):
        join(lambda: pieces, tmp_path / "models" / "model.gguf", WANTED)


def _joining(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", JOIN, str(folder), str(WANTED.size), WANTED.sha256],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_many_at_once_write_it_once(pieces: list[Path], target: Path) -> None:
    """The others wait for the first, and find it done."""
    several = [_joining(pieces[0].parent) for _ in range(4)]
    told = [process.communicate(timeout=60)[0] for process in several]
    assert [process.returncode for process in several] == [0] * 4
    assert sum("joining" in words for words in told) == 1
    assert target.read_bytes() == WHOLE


def test_killed_in_the_middle_it_is_made_by_the_next(pieces: list[Path], target: Path) -> None:
    """What was written so far is cleared away."""
    pieces[2].unlink()
    os.mkfifo(pieces[2])  # the last piece never comes
    process = _joining(pieces[0].parent)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    assert not target.exists()
    pieces[2].unlink()
    pieces[2].write_bytes(CONTENT[2])
    (target.parent / ".model.gguf.0.part").write_bytes(b"half")
    join(lambda: pieces, target, WANTED)
    assert left_in(target.parent) == {"model.gguf"}


def test_missing_package_is_named_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the first reply, not before."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    model = open_local(tmp_path, sends="nothing", temperature=0)
    assert (model.name, model.host, model.local) == ("local", "this machine", True)
    with pytest.raises(LanguageModelError, match=r'install "attache\[local\]"'):
        model.reply("", "x", purpose="", prompt_version="", max_tokens=1)
    with pytest.raises(LanguageModelError, match="piece 1 of 22"):
        installed_pieces()


@pytest.fixture
def worker() -> tuple[str, ...]:
    """A program that behaves as the local model's does, without a model."""
    return (sys.executable, "-c", WORKER)


def _number(url: str) -> int:
    return int(url.split("/")[3])


def test_server_starts_once_with_a_key_of_its_own(tmp_path: Path, worker: tuple[str, ...]) -> None:
    """However many ask for it."""
    server = LocalServer(tmp_path / "model", command=worker)
    try:
        first, second = server.start(), server.start()
        assert first == second
        assert first.url.endswith("/v1")
        assert len(first.key) > 24
    finally:
        server.stop()


def test_server_that_died_is_started_again(tmp_path: Path, worker: tuple[str, ...]) -> None:
    """With another address and another key."""
    server = LocalServer(tmp_path / "model", command=worker)
    try:
        first = server.start()
        os.kill(_number(first.url), signal.SIGKILL)
        assert server._process is not None
        server._process.wait(20)
        second = server.start()
        assert first.url != second.url
        assert first.key != second.key
    finally:
        server.stop()


def test_server_that_does_not_start_says_what_to_look_at(
    tmp_path: Path, worker: tuple[str, ...]
) -> None:
    """Memory, and the file."""
    server = LocalServer(tmp_path / "broken", command=worker)
    with pytest.raises(LanguageModelError, match=r"exit code 3.*free memory"):
        server.start()


def test_server_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    """Even by a signal that no program hears."""
    code = (
        "import json, sys, threading\nfrom pathlib import Path\n"
        "from retrieval.local_server import LocalServer\n"
        f"server = LocalServer(Path('m'), command=(sys.executable, '-c', {WORKER!r}))\n"
        "print(server.start().url, flush=True)\nthreading.Event().wait()\n"
    )
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    number = _number(program.stdout.readline())
    ended = os.pidfd_open(number)
    program.kill()
    program.communicate()
    assert select.select([ended], [], [], 20)[0], "the server still runs"
    os.close(ended)


def _has_local_model() -> bool:
    try:
        installed_pieces()
    except LanguageModelError:
        return False
    return importlib.util.find_spec("xllamacpp") is not None


@pytest.fixture(scope="module")
def real_home(model_home: Path) -> Iterator[Path]:
    if not _has_local_model():
        pytest.skip("the local language model is not installed; set it up with: make llm")
    yield model_home


def test_real_model_replies_and_keeps_to_a_schema(real_home: Path) -> None:
    """The pinned file, in its own process."""

    class Capital(BaseModel):
        city: str

    model = open_local(real_home, sends="nothing", temperature=0, seconds=300)
    try:
        reply = model.reply(
            "Answer in JSON.",
            "The capital of France?",
            purpose="test",
            prompt_version="1",
            max_tokens=60,
            schema=Capital,
        )
        assert json.loads(reply) == {"city": "Paris"}
        cut = model.reply(
            "You tell long stories.",
            "Tell one about Paris.",
            purpose="test",
            prompt_version="1",
            max_tokens=5,
        )
        assert cut.cut_off
    finally:
        model.close()
    assert (real_home / "models" / QWEN.name).stat().st_size == QWEN.size
