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


def _cosines(codes: token_codes.Codes, others: Vectors) -> Vectors:
    """Of each coded vector with each of `others`."""
    numbers = token_codes.decode(codes, others.shape[1])
    return token_codes.nearest(numbers, np.arange(len(codes)), token_codes.sought(others))


@pytest.mark.parametrize("dimension", [384, 768, 1024])
def test_codes_keep_cosines(dimension: int) -> None:
    """What is coded is near to itself, and keeps its distances to others."""
    vectors, others = _vectors(200, dimension), _vectors(20, dimension)[::-1]
    codes = token_codes.encode(vectors)
    assert codes.shape == (200, dimension // 4)
    assert _cosines(codes, vectors).diagonal() == pytest.approx(0.94, abs=0.07)
    assert np.abs(_cosines(codes, others) - vectors @ others.T).mean() < 0.03


def test_coded_groups_are_compared_as_decoded_ones() -> None:
    """In blocks or at once, with all vectors of a group or with some of them."""
    rng = np.random.default_rng(3)
    vectors = unit(rng.standard_normal((9000, 64)).astype(np.float32))
    first = np.array([0, 10, 4095, 4097, 8999])
    codes, to = token_codes.encode(vectors), token_codes.sought(vectors[:7])
    only = rng.random(9000) < 0.5
    every, some = token_codes.nearest_coded(codes, first, to, only)
    numbers = token_codes.decode(codes, 64)
    assert np.array_equal(every, token_codes.nearest(numbers, first, to))
    assert (some <= np.maximum(every, 0)).all()
    alone = np.maximum.reduceat(np.where(only[:, None], _cosines(codes, vectors[:7]), 0), first)
    assert np.allclose(some, alone)


def test_any_dimension_is_taken() -> None:
    """A model's vectors may have a length that no byte divides."""
    vectors = _vectors(3, 30)
    assert token_codes.decode(token_codes.encode(vectors), 30).shape == (3, 30)


def test_no_vectors_give_no_codes() -> None:
    """A text may have no token."""
    nothing = np.empty((0, 384), np.float32)
    assert token_codes.decode(token_codes.encode(nothing), 384).shape == (0, 384)
