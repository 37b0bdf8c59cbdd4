"""The process that runs the local language model behind an OpenAI-compatible server."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import threading
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import LanguageModelError

CONTEXT = 4096
"""Tokens of instruction, text and reply together; the model's memory grows by 28 KB for each."""

CACHE = 256
"""MiB of memory for the beginnings of earlier prompts."""

PATIENCE = 300.0
"""Seconds until the model must be loaded; from a cold, slow disk it takes a minute."""

_WORKER = Path(__file__).with_name("local_worker.py")


class Address(NamedTuple):
    """Where the server listens, and the key that it asks for."""

    url: str
    key: str


class LocalServer:
    """Starts the process when it is needed, again if it has died; it ends with this program."""

    def __init__(
        self,
        model: Path,
        *,
        threads: int | None = None,
        command: tuple[str, ...] = (sys.executable, "-P", str(_WORKER)),
    ) -> None:
        """`threads` write; None: as many as there are cores."""
        self._model, self._threads, self._command = model, threads, command
        self._process: subprocess.Popen[str] | None = None
        self._address: Address | None = None
        self._lock = threading.Lock()

    def start(self) -> Address:
        """The address of the running server. Takes the seconds of loading when it must be started.

        Raises `LanguageModelError` where it does not start.
        """
        with self._lock:
            if self._address is None or self._process is None or self._process.poll() is not None:
                self._address = self._started()
            return self._address

    def stop(self) -> None:
        """End the process and wait for it."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.communicate()
            self._process = self._address = None

    def _started(self) -> Address:
        key = secrets.token_urlsafe(24)
        process = self._process = subprocess.Popen(  # noqa: S603 - our own file
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        wanted = {
            "model": str(self._model),
            "context": CONTEXT,
            "cache": CACHE,
            "threads": min(self._threads or _cores(), _cores()),
            "cores": _cores(),
            "key": key,
        }
        limit = threading.Timer(PATIENCE, process.kill)
        limit.daemon = True
        limit.start()
        try:
            url = self._told(process, json.dumps(wanted))
        finally:
            limit.cancel()
        if url is None:
            process.kill()
            process.communicate()
            raise LanguageModelError(
                f"the local language model did not start (exit code {process.returncode}); it "
                f"needs 2.5 GB of free memory, and {self._model} must be whole: delete the file, "
                "and it is made anew"
            )
        return Address(f"{url}/v1", key)

    @staticmethod
    def _told(process: subprocess.Popen[str], wanted: str) -> str | None:
        """The address that the process tells; None where it ends before."""
        if process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(wanted + "\n")
            process.stdin.flush()
        except OSError:
            return None
        for line in process.stdout:
            if line.startswith('{"address"'):  # the library may have something to say before
                return str(json.loads(line)["address"])
        return None


def _cores() -> int:
    """The processor cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
