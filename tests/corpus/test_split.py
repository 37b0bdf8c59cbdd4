"""Sentences and passages as spans of the text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.split import MAX_SENTENCE_CHARS, passage_key, passages, sentences


def _words(text: str, language: str) -> list[str]:
    return [span.of(text) for span in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("vi", ["GS.TS. Nguyễn Văn A đến TP. Hồ Chí Minh hôm qua.", "Ông gặp lãnh đạo."]),
        ("vi", ["Kim ngạch đạt 7.3 tỷ USD.", "Con số này tăng."]),
        ("vi", ["Hợp tác về kinh tế, văn hóa... đồng thời phối hợp chặt chẽ."]),
        ("vi", ["Hai bên hội đàm.", "Cuộc gặp kết thúc./."]),
        ("fr", ["M. J.-Y. Martin est arrivé.", "Il est parti."]),
        ("fr", ["M. Dupont a reçu Mme. Martin.", "L'art. 5 est clair !"]),
        ("en", ["Mr. Smith met Dr. Jones in the U.S. capital.", "They talked."]),
        ("de", ["Der Minister kam an.", "Er sprach kurz."]),
    ],
)
def test_sentences_end_where_people_end_them(language: str, parts: list[str]) -> None:
    """Abbreviations, numbers and trailing dots do not end a sentence."""
    assert _words(" ".join(parts), language) == parts


def test_a_run_without_an_end_is_cut_at_a_space() -> None:
    """No sentence is longer than the limit."""
    text = "word " * 2000
    assert all(len(words) <= MAX_SENTENCE_CHARS for words in _words(text, "en"))


@given(st.text(max_size=600), st.sampled_from(["vi", "fr", "en", "zh", "und"]))
def test_spans_hold_all_words_in_order(text: str, language: str) -> None:
    """Nothing but white space lies outside the sentences, and none overlap."""
    spans = sentences(text, language)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


def test_passages_cover_every_sentence_and_share_one() -> None:
    """Each sentence is whole in some passage; neighbours overlap by a sentence."""
    text = " ".join(f"This is sentence number {n} of a rather long article." for n in range(60))
    spans = sentences(text, "en")
    found = passages(text, spans, None)
    assert all(any(p.span.start <= s.start and s.end <= p.span.end for p in found) for s in spans)
    assert all(b.span.start < a.span.end for a, b in itertools.pairwise(found))


def test_the_same_words_have_the_same_key_under_the_same_title() -> None:
    """A passage is named by what is embedded for it."""
    assert passage_key("words", "title") == passage_key("words", "title")
    assert passage_key("words", "title") != passage_key("words", None)
