"""Clauses of questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.facets import clauses


def _parts(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in clauses(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What did Vietnam and the UK discuss in 2020?", 1),
        ("Who signed the treaty in Paris, and which minister refused to sign it later?", 2),
        ("Qui a signé le traité à Paris, tandis que le ministre refusait de venir ?", 2),
        ("Ai đã ký hiệp ước ở Paris năm ấy, trong khi bộ trưởng từ chối đến dự?", 2),
        ("谁在巴黎签署了条约，哪位部长拒绝签字？", 1),
        ("", 1),
    ],
)
def test_a_question_is_cut_where_a_clause_begins(text: str, parts: int) -> None:
    """At commas and conjunctions, unless a part would be too short to be looked for."""
    assert len(_parts(text)) == parts


@given(st.text(max_size=200))
def test_clauses_are_all_of_the_text_in_order(text: str) -> None:
    """Nothing is lost and nothing is there twice."""
    assert "".join(text[start:end] for start, end in clauses(text)) == text
