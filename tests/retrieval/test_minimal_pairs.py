"""The minimal pairs themselves: that they are whole, varied, and evenly spread."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import permutations

from tests.retrieval.minimal_pairs import KINDS, MAIN, PRESS_FILE, PRESS_SETS, SETS, Pair, load

PAIRS = load()
PRESS = load(PRESS_FILE)


def test_there_are_enough_pairs_each_with_its_own_name() -> None:
    """No two pairs share an id, and there are at least 600."""
    assert len(PAIRS) >= 600
    assert len({pair.id for pair in (*PAIRS, *PRESS)}) == len(PAIRS) + len(PRESS)


def is_whole(pair: Pair) -> bool:
    """Known kind, languages and set; one to three sentences of evidence; clean, composed text."""
    return (
        pair.kind in KINDS
        and pair.set in (*SETS, *PRESS_SETS)
        and pair.statement_language in MAIN
        and len(pair.evidence_language) == 2
        and 1 <= len(pair.evidence) <= 3
        and len(set(pair.evidence)) == len(pair.evidence)
        and all(
            text and text == text.strip() == unicodedata.normalize("NFC", text)
            for text in (*pair.evidence, pair.right, pair.wrong)
        )
    )


def differs_in_little(pair: Pair) -> bool:
    """More than a third of the right half's words, order aside, are in the wrong half too."""
    right, wrong = Counter(pair.right.split()), Counter(pair.wrong.split())
    return pair.right != pair.wrong and (right & wrong).total() > right.total() / 3


def test_every_pair_is_whole() -> None:
    assert [pair.id for pair in (*PAIRS, *PRESS) if not is_whole(pair)] == []


def test_the_halves_differ_in_little_and_copy_no_evidence() -> None:
    assert [pair.id for pair in (*PAIRS, *PRESS) if not differs_in_little(pair)] == []
    copied = [pair.id for pair in (*PAIRS, *PRESS) if {pair.right, pair.wrong} & set(pair.evidence)]
    assert copied == []


def test_no_statement_is_used_twice() -> None:
    """A half is never a half of another pair: each is judged once."""
    halves = Counter(half for pair in (*PAIRS, *PRESS) for half in (pair.right, pair.wrong))
    assert max(halves.values()) == 1


def test_every_kind_has_its_share() -> None:
    """At least fifteen pairs of each kind, none with twice as many as another."""
    counts = Counter(pair.kind for pair in PAIRS)
    assert set(counts) == set(KINDS)
    assert min(counts.values()) >= 15
    assert max(counts.values()) < 2 * min(counts.values())


def test_languages_are_mixed() -> None:
    """Half of the pairs or more cross languages, each way of six; some evidence is in others."""
    ways = Counter((pair.evidence_language, pair.statement_language) for pair in PAIRS)
    crossing = sum(count for (told, said), count in ways.items() if told != said)
    assert crossing >= len(PAIRS) / 2
    for told, said in permutations(MAIN, 2):
        assert ways[told, said] >= 20, (told, said)
    for language in MAIN:
        assert ways[language, language] >= 20, language
    others = sum(count for (told, _), count in ways.items() if told not in MAIN)
    assert others >= len(PAIRS) / 20


def test_every_round_has_its_share_of_each_kind() -> None:
    """What one round tells is not of other kinds than what another does."""
    for name in (*SETS, *PRESS_SETS):
        counts = Counter(pair.kind for pair in (*PAIRS, *PRESS) if pair.set == name)
        assert set(counts) == set(KINDS)
        assert max(counts.values()) - min(counts.values()) <= 1, name
