"""Fixtures for all tests: the real model, a real corpus, and no network but this machine."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from retrieval.bundled_model import FOLDER, unpack
from retrieval.embedding import BUNDLED, Embedder, open_embedder
from retrieval.engine import Engine
from retrieval.verify import Checker
from tests.remembering import Remembering

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "corpus" / "articles"
NOW = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere but loopback fails the test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = str(address[0])
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                pytest.fail(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Settings come from the test alone, not from the developer's environment or .env."""
    for name in list(os.environ):
        if name.startswith(("ATTACHE_", "TELEGRAM_")):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def model_home() -> Path:
    """A data directory that holds the unpacked embedding model and is kept between test runs."""
    home = ROOT / ".cache" / "attache-tests"
    unpack(home / "models" / FOLDER)
    return home


@pytest.fixture(scope="session")
def embedder(model_home: Path) -> Embedder:
    """The bundled embedding model."""
    return open_embedder(BUNDLED, model_home)


@pytest.fixture(scope="session")
def remembering(embedder: Embedder) -> Embedder:
    """The bundled model, which reads each text once for all tests."""
    return Remembering(embedder)


@pytest.fixture(scope="session", autouse=True)
def _one_model(request: pytest.FixtureRequest) -> Iterator[None]:
    """The engines of all tests share the bundled model: loading it takes a second each time."""
    loading = threading.Lock()

    def opened(model: str, data_dir: Path, **options: Any) -> Embedder:
        if model != BUNDLED:
            return open_embedder(model, data_dir, **options)
        with loading:
            shared: Embedder = request.getfixturevalue("remembering")
            return shared

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("retrieval.engine.open_embedder", opened)
        yield


@pytest.fixture(scope="session")
def new_data_dir(model_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes empty data folders that share the unpacked model."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("data")
        (folder / "models").symlink_to(model_home / "models")
        return folder

    return make


@pytest.fixture(scope="session")
def sample_dir(new_data_dir: Callable[[], Path]) -> Path:
    """A data folder with the five sample articles taken in. Tests only read it."""
    folder = new_data_dir()
    engine = Engine(folder, ARTICLES, BUNDLED)
    engine.ingest(None, now=NOW)
    engine.close()
    return folder


@pytest.fixture(scope="session")
def sample(sample_dir: Path) -> Iterator[Engine]:
    """An engine over the five sample articles. Tests only read from it."""
    engine = Engine(sample_dir, ARTICLES, BUNDLED)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def checker(sample: Engine) -> Checker:
    """The check of statements, in the space that the sample is indexed in."""
    return Checker(sample._open_index().space)
