"""The check takes any text, and lets no marks or hidden characters through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.embedding import Embedder
from retrieval.space import Space
from retrieval.verify import Checker, Evidence
from retrieval.verify.told import language_of
from tests.growth import growth

EVIDENCE = "The two ministers met in Hanoi on Friday and agreed to reopen the border."
PLAIN = "The two ministers met in Hanoi on Friday."


@pytest.fixture(scope="module")
def checker(embedder: Embedder) -> Checker:
    """A checker in the space of the bundled model."""
    return Checker(Space(embedder))


@pytest.mark.parametrize(
    "marked",
    [
        "The two ministers met in Hanoi on Friday, see https://example.org/x.",
        "The two ministers met in Hanoi on Friday, see www.example.org.",
        "The two ministers met in Hanoi on Friday (example.com).",
        "The two ministers met in Hanoi on Friday, @somebody says.",
        "The two ministers met in Hanoi on Friday. [7]",
        "The two ministers met in Hanoi on Friday【7】.",
        "The **two** ministers met in Hanoi on Friday.",
        "The <b>two</b> ministers met in Hanoi on Friday.",
        "# The two ministers met in Hanoi on Friday.",
        "The two ministers met in Hanoi on Friday. [here](tg://user?id=1)",
        "The two ministers met in Hanoi on Friday &lt;script&gt;.",
        "The two ministers met in `Hanoi` on Friday.",
    ],
)
def test_links_mentions_and_marks_are_problems(checker: Checker, marked: str) -> None:
    """They are stopped, unless the evidence has them letter by letter."""
    assert checker.check(PLAIN, [Evidence(EVIDENCE)]).supported
    verdict = checker.check(marked, [Evidence(EVIDENCE)])
    assert not verdict.supported
    assert {problem.partition(":")[0] for problem in verdict.problems} & {
        "link",
        "mention",
        "citation",
        "markup",
    }


def test_a_mark_that_the_evidence_has_may_stand(checker: Checker) -> None:
    """An address that the source itself gives is no problem."""
    source = "The two ministers met in Hanoi on Friday, said www.example.org."
    assert checker.check(source, [Evidence(source)]).supported


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad\u200d", "\x00", "\ud800", "\U000e0041"],
)
def test_hidden_characters_are_a_problem(checker: Checker, hidden: str) -> None:
    """What shows nothing, or turns the direction of what follows, has no place in a statement."""
    verdict = checker.check(f"The two ministers met in Ha{hidden}noi.", [Evidence(EVIDENCE)])
    assert "statement: has hidden characters" in verdict.problems
    assert not verdict.supported


@pytest.mark.parametrize("empty", ["", " ", "\n\t", "…", "12", "-—-"])
def test_a_statement_without_words_is_not_supported(checker: Checker, empty: str) -> None:
    """There is nothing in it to support."""
    assert not checker.check(empty, [Evidence(EVIDENCE)]).supported


@pytest.mark.parametrize("evidence", [[], [""], [" ", "\n"]])
def test_nothing_is_supported_without_evidence(checker: Checker, evidence: list[str]) -> None:
    """The verdict says that there is none."""
    verdict = checker.check(PLAIN, [Evidence(each) for each in evidence])
    assert not verdict.supported
    assert verdict.problems == ["evidence: there is none"]


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from("abcđếệ 0123456789.,;:%$/()-\n'’“”\u0301\u0323\u200b\u202e\ud800"),
    st.sampled_from(["Anh ", "tháng ", "năm ", "President ", "a été ", "không ", " million "]),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=60, deadline=None)
@given(statement=TEXTS, evidence=st.lists(TEXTS, max_size=3))
def test_any_text_has_a_verdict(checker: Checker, statement: str, evidence: list[str]) -> None:
    """Whatever the characters, there is a verdict with a score in 0…1 and no exception."""
    verdict = checker.check(statement, [Evidence(each) for each in evidence])
    assert 0 <= verdict.score <= 1
    assert not (verdict.supported and verdict.problems)


ODD = [
    "e\u0301" * 300,
    "Vie\u0323\u0302t Nam ky\u0301 hie\u0323\u0302p đi\u0323nh.",
    "اجتمع الوزيران في هانوي يوم الجمعة",
    "<html><body><p>Hello</p></body></html>",
    "两位部长星期五在河内会晤。",
    "1/2/3/4.5.6,7,8 - 99999999999999999999999999 999.999.999.999.999",
    "31/2/2021, 0000-00-00, 29 February 2023, năm 99999",
    "A" * 500,
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_texts_are_read_on_both_sides(checker: Checker, odd: str) -> None:
    """Decomposed accents, other scripts, markup, impossible dates and endless words are texts."""
    checker.check(odd, [Evidence(EVIDENCE)])
    checker.check(PLAIN, [Evidence(odd)])
    checker.check(odd, [Evidence(odd)])


def test_odd_known_dates_and_places_are_left_aside(checker: Checker) -> None:
    """What is no ISO date is no date; an unknown code is no place."""
    known = Evidence(EVIDENCE, "en", dates=("soon", "2021-13-45", "9999"), known_places=("??",))
    assert checker.check(PLAIN, [known]).supported


def test_time_grows_with_length_and_number(checker: Checker) -> None:
    """Four times the text on either side, or the texts: not sixteen times as long."""
    long = EVIDENCE + " Thủ tướng Việt Nam thăm Pháp năm 2021. "

    def texts(number: int) -> list[Evidence]:
        return [Evidence(f"{EVIDENCE} It was meeting number {each}.") for each in range(number)]

    assert growth(lambda size: checker.check(PLAIN, [Evidence(long * size, "en")]), 100, 4) < 10
    assert growth(lambda size: checker.check(long * size, [Evidence(EVIDENCE)]), 100, 4) < 10
    assert growth(lambda size: checker.check(PLAIN, texts(size)), 50, 4) < 10


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Foreign ministers of ASEAN met in Jakarta.", "en"),
        ("La Croatie a soutenu la candidature serbe.", "fr"),
        ("De minister ontving zijn ambtgenoot in Brussel.", "nl"),
        ("Il ministro ha incontrato il console a Trieste.", "it"),
    ],
)
def test_names_do_not_make_a_sentence_foreign(text: str, language: str) -> None:
    """Small words tell where the detector is in doubt."""
    assert language_of(text) == language
