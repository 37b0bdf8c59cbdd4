"""How many minimal pairs the check tells apart, evidence in Vietnamese, French or English."""

from __future__ import annotations

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence
from tests.retrieval.minimal_pairs import MAIN, Pair, load

PAIRS = [pair for pair in load() if pair.evidence_language in MAIN]

ACCEPTED = {"tune": 0.95, "held": 0.95}
REJECTED = {"tune": 0.95, "held": 0.95}


@pytest.fixture(scope="module")
def judged(embedder: Embedder) -> dict[str, tuple[bool, bool]]:
    """By the pair's id, whether its right half and its wrong half are supported."""
    checker = Checker(Space(embedder))

    def supported(statement: str, pair: Pair) -> bool:
        return checker.check(statement, [Evidence(text) for text in pair.evidence]).supported

    return {pair.id: (supported(pair.right, pair), supported(pair.wrong, pair)) for pair in PAIRS}
