"""Which index folders cannot be used, found out in a process of its own.

Chroma remembers a folder that it could not open as long as the process lives.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

FOLDERS = ("chroma", "words", "tokens")

_LOOK = """
import sys
from pathlib import Path
from retrieval.errors import RetrievalError
from retrieval.lexical import LexicalIndex
from retrieval.token_store import TokenStore
from retrieval.vectors import VectorIndex

data, fingerprint, dimension = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for name, look in (
    ("chroma", lambda: VectorIndex(data / "chroma", fingerprint).probe()),
    ("words", lambda: LexicalIndex(data / "words").present(["none"])),
    ("tokens", lambda: TokenStore(data / "tokens", fingerprint, dimension).present(["none"])),
):
    try:
        look()
    except RetrievalError:
        print(name)
"""


def damaged(data_dir: Path, fingerprint: str, dimension: int) -> list[str]:
    """The names of the folders under `data_dir` that cannot be used."""
    run = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _LOOK, str(data_dir), fingerprint, str(dimension)],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [name for name in FOLDERS if name in run.stdout.split()]
    if run.returncode and not told:  # it died of what it read
        return [name for name in FOLDERS if (data_dir / name).exists()]
    return told


def remove(data_dir: Path, names: list[str]) -> None:
    """Remove these index folders; they hold nothing that the catalogue has not."""
    for name in names:
        shutil.rmtree(data_dir / name, ignore_errors=True)
