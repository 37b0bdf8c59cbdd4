"""Passages of a version by closeness, exactly, whatever a condition leaves of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine

from corpus.facts import Facts, Passages, read_facts
from corpus.tables import Base
from retrieval.passage_vectors import PassageVectors, read_vectors
from retrieval.space import Tokens, unit
from retrieval.token_store import TokenStore

DIMENSION = 384
COUNT = 300
LANGUAGES = ("en", "vi", "fr")


def _key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:32]


@pytest.fixture
def empty() -> Facts:
    """The facts of a catalogue without articles."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        return read_facts(connection, 1)


@pytest.fixture
def stored(tmp_path: Path) -> tuple[PassageVectors, np.ndarray]:
    """Passages one to an article, the first of them in a second article, too."""
    vectors = unit(np.random.default_rng(5).standard_normal((COUNT, DIMENSION), np.float32))
    store = TokenStore(tmp_path, "model", DIMENSION)
    store.add(
        {
            _key(number): (Tokens(vector[None], np.zeros(1, np.int32)), LANGUAGES[number % 3])
            for number, vector in enumerate(vectors)
        }
    )
    pairs = sorted(
        [*((int(_key(n)[:16], 16), n) for n in range(COUNT)), (int(_key(0)[:16], 16), COUNT)]
    )
    passages = Passages(
        np.array([key for key, _ in pairs], np.uint64), np.array([row for _, row in pairs])
    )
    read = read_vectors(store, passages)
    store.close()
    return read, vectors


def test_the_nearest_are_the_nearest(
    stored: tuple[PassageVectors, np.ndarray],
) -> None:
    """Language by language, in order, with their cosines."""
    read, vectors = stored
    asked = unit(vectors[4] + vectors[5])
    found = read.nearest(asked, 10, np.ones(COUNT + 1, np.bool_))
    cosines = vectors @ asked
    for place, language in enumerate(LANGUAGES):
        numbers = sorted(range(place, COUNT, 3), key=lambda number: -cosines[number])[:10]
        assert found[language][0][0] == _key(numbers[0])
        assert len({key for key, _ in found[language]} & {_key(n) for n in numbers}) >= 9
        assert [score for _, score in found[language]] == pytest.approx(
            [cosines[number] for number in numbers], abs=0.02
        )


def test_articles_that_fail_are_left_out(
    stored: tuple[PassageVectors, np.ndarray],
) -> None:
    """A passage counts where any of its articles does."""
    read, vectors = stored
    wanted = np.zeros(COUNT + 1, np.bool_)
    wanted[[7, COUNT]] = True
    found = read.nearest(vectors[3], 10, wanted)
    assert {key for some in found.values() for key, _ in some} == {_key(7), _key(0)}


def test_nothing_stored_gives_nothing(tmp_path: Path, empty: Facts) -> None:
    """An empty corpus has no passage."""
    store = TokenStore(tmp_path, "model", DIMENSION)
    read = read_vectors(store, empty.passages)
    assert read.nearest(np.ones(DIMENSION, np.float32), 5, np.zeros(0, np.bool_)) == {}
    store.close()
