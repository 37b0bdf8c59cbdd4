"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.bundled_model import FOLDER, unpack
from retrieval.embedding import BUNDLED, Embedder, open_embedder


@pytest.fixture(scope="session")
def model_home() -> Path:
    """A data directory that holds the unpacked embedding model and is kept between test runs."""
    home = Path(__file__).resolve().parents[1] / ".cache" / "attache-tests"
    unpack(home / "models" / FOLDER)
    return home


@pytest.fixture(scope="session")
def embedder(model_home: Path) -> Embedder:
    """The bundled embedding model."""
    return open_embedder(BUNDLED, model_home)
