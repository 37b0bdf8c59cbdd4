"""Sentences and passages as spans of the text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.split import MAX_SENTENCE_CHARS, PASSAGE_BYTES, passage_words, passages, sentences


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
        ("en", ["He promised 26 works of art.", "Paris will pay."]),
        ("en", ["See art. 5 and p. 12 of the treaty.", "They said no.", "Rome agreed."]),
        ("fr", ["Il rend 26 œuvres d'art.", "Paris paiera.", "Voir vol. 3, p. 12."]),
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


def test_each_sentence_is_in_one_passage() -> None:
    """Passages stand one behind the other and none grows past the limit."""
    text = " ".join(f"This is sentence number {n} of a rather long article." for n in range(60))
    spans = sentences(text, "en")
    found = [passage.span for passage in passages(text, spans, None, "en")]
    assert len(found) > 1
    for sentence in spans:
        inside = [p for p in found if p.start <= sentence.start and sentence.end <= p.end]
        assert len(inside) == 1
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(len(span.of(text).encode()) <= PASSAGE_BYTES for span in found)


def test_a_passage_is_named_by_what_is_embedded_for_it() -> None:
    """Its words, the title they stand under, and the language they are read in."""
    key = passage_words("words", "title", "en").key
    assert key == passage_words("words", "title", "en").key
    assert len({key, *(passage_words("words", *other).key for other in _OTHERS)}) == 3


_OTHERS: list[tuple[str | None, str]] = [(None, "en"), ("title", "fr")]
