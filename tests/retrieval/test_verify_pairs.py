"""How many minimal pairs the check tells apart, evidence in Vietnamese, French or English.

Counted apart, 95 % of the right halves are accepted and 95 % of the wrong ones rejected; where the
evidence is as long as the press writes, three quarters.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence
from tests.retrieval.minimal_pairs import FILE, MAIN, PRESS_FILE, Pair, load

AIMS = {FILE: 0.95, PRESS_FILE: 0.75}

Halves = Sequence[tuple[bool, bool]]


@pytest.fixture(scope="module")
def judged(embedder: Embedder, request: pytest.FixtureRequest) -> tuple[Path, Halves]:
    """For each pair of a file, whether its right half and its wrong half are supported."""
    checker = Checker(Space(embedder))

    def supported(statement: str, pair: Pair) -> bool:
        return checker.check(statement, [Evidence(text) for text in pair.evidence]).supported

    return request.param, [
        (supported(pair.right, pair), supported(pair.wrong, pair))
        for pair in load(request.param)
        if pair.evidence_language in MAIN
    ]


def share(halves: Halves) -> dict[str, float]:
    """The shares of right halves accepted and of wrong halves rejected."""
    return {
        "accepted": sum(right for right, _ in halves) / len(halves),
        "rejected": sum(not wrong for _, wrong in halves) / len(halves),
    }


@pytest.mark.parametrize("which", ["accepted", "rejected"])
@pytest.mark.parametrize("judged", AIMS, ids=lambda file: file.stem, indirect=True)
def test_the_aim_is_reached(judged: tuple[Path, Halves], which: str) -> None:
    """Counted apart, each."""
    file, halves = judged
    assert share(halves)[which] >= AIMS[file]
