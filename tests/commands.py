"""The `attache` command in processes of its own.

They are forked from one that has the libraries loaded already: to load them is most of what a short
command does. Each has its own environment, folder and streams, and ends as the command ends it.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 120
_STREAMS = ("stdin", "stdout", "stderr")
_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["bot.cli", "bot.app", "bot.payload", "bot.status"])


def attache(
    *arguments: str, settings: Mapping[str, str], folder: Path, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `attache` with those arguments in `folder`; `settings` are added to the environment."""
    with tempfile.TemporaryDirectory() as streams:
        paths = [Path(streams) / name for name in _STREAMS]
        paths[0].write_text(stdin, "utf-8")
        environment = {**os.environ, **settings}
        process = _FORKED.Process(target=_command, args=(arguments, environment, folder, paths))
        process.start()
        process.join(_SECONDS)
        code = process.exitcode
        if code is None:
            process.kill()
            raise TimeoutError(f"attache {' '.join(arguments)}: not done in {_SECONDS} seconds")
        told = [path.read_text("utf-8") if path.exists() else "" for path in paths[1:]]
        return subprocess.CompletedProcess(arguments, code, *told)


def _command(
    arguments: tuple[str, ...], environment: Mapping[str, str], folder: Path, paths: list[Path]
) -> None:
    from bot.cli import main  # noqa: PLC0415 - with the environment of the command

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, (path, mode) in enumerate(zip(paths, ("r", "w", "w"), strict=True)):
        with path.open(mode) as file:
            os.dup2(file.fileno(), number)
        setattr(sys, _STREAMS[number], os.fdopen(number, mode, encoding="utf-8", closefd=False))
    sys.argv = ["attache", *arguments]
    main()
