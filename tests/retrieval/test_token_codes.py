"""Token vectors in two bits a dimension."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval import token_codes
from retrieval.embedding import Vectors
from retrieval.space import unit


def _vectors(count: int, dimension: int) -> Vectors:
    vectors = np.random.default_rng(7).standard_normal((count, dimension))
    vectors[:, 0] *= 20  # as a model's outlying dimension
    return unit(vectors.astype(np.float32))


@pytest.mark.parametrize("dimension", [384, 768, 1024])
def test_codes_keep_cosines(dimension: int) -> None:
    """What is decoded is near to what was encoded, and keeps its distances to others."""
    vectors, others = _vectors(200, dimension), _vectors(20, dimension)[::-1]
    codes = token_codes.encode(vectors)
    assert codes.shape == (200, dimension // 4)
    decoded = token_codes.decode(codes, dimension)
    lengths = np.linalg.norm(decoded, axis=1)
    assert lengths == pytest.approx(1, abs=0.1)
    near = (decoded * token_codes.turned(vectors)).sum(axis=1) / lengths
    assert near.min() > 0.9
    error = decoded @ token_codes.turned(others).T - vectors @ others.T
    assert np.abs(error).mean() < 0.03


def test_the_turn_keeps_lengths_and_angles() -> None:
    """It is orthogonal, so that turned vectors compare as the vectors themselves."""
    vectors = _vectors(50, 384)
    turned = token_codes.turned(vectors)
    assert np.allclose(turned @ turned.T, vectors @ vectors.T, atol=1e-5)


def test_any_dimension_is_taken() -> None:
    """A model's vectors may have a length that no byte divides."""
    vectors = _vectors(3, 30)
    assert token_codes.decode(token_codes.encode(vectors), 30).shape == (3, 30)


def test_no_vectors_give_no_codes() -> None:
    """A text may have no token."""
    nothing = np.empty((0, 384), np.float32)
    assert token_codes.decode(token_codes.encode(nothing), 384).shape == (0, 384)
