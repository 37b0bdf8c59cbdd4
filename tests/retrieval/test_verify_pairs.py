"""How many minimal pairs the check tells apart, evidence in Vietnamese, French or English.

Counted apart, 95 % of the right halves are accepted and 95 % of the wrong ones rejected.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence
from tests.retrieval.minimal_pairs import MAIN, Pair, load

AIM = 0.95

Halves = Sequence[tuple[bool, bool]]


@pytest.fixture(scope="module")
def judged(embedder: Embedder) -> Halves:
    """For each pair, whether its right half and its wrong half are supported."""
    checker = Checker(Space(embedder))

    def supported(statement: str, pair: Pair) -> bool:
        return checker.check(statement, [Evidence(text) for text in pair.evidence]).supported

    return [
        (supported(pair.right, pair), supported(pair.wrong, pair))
        for pair in load()
        if pair.evidence_language in MAIN
    ]


def share(halves: Halves) -> dict[str, float]:
    """The shares of right halves accepted and of wrong halves rejected."""
    return {
        "accepted": sum(right for right, _ in halves) / len(halves),
        "rejected": sum(not wrong for _, wrong in halves) / len(halves),
    }


@pytest.mark.parametrize("which", ["accepted", "rejected"])
def test_the_aim_is_reached(judged: Halves, which: str) -> None:
    """Counted apart, at least 95 % of each."""
    assert share(judged)[which] >= AIM
