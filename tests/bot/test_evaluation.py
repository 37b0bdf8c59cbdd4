"""`attache eval`: a corpus judged by its owner's questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import evaluation_report
from bot.evaluation import BadLine, Case, Evaluation, Outcome, evaluate, read_cases
from retrieval.engine import Engine
from tests.conftest import NOW


def _id(engine: Engine, start: str) -> str:
    (found,) = (article.id for article in engine.articles() if article.id.startswith(start))
    return found


def _line(question: str, **fields: object) -> str:
    return json.dumps({"question": question, **fields})


def _outcome(
    seconds: float, *, expected: int = 1, found: int = 1, refused: bool = False
) -> Outcome:
    articles = tuple(f"a{number}" for number in range(expected))
    cited = () if refused else articles[:found]
    return Outcome(Case(1, "1", "q", articles), articles[:found], cited, refused, seconds)


def test_a_line_says_what_is_expected() -> None:
    """Articles, or none: by an empty list or by `nothing`; without an id the line's number."""
    cases, bad = read_cases(
        [
            "\ufeff" + _line("a?", id="x", articles=["1", "2", "1"]),
            "",
            _line("b?", articles=[]),
            _line("c?", nothing=True, id=7),
            _line("d?", nothing=False, articles=["1"]),
        ]
    )
    assert bad == []
    assert [(case.line, case.id, case.articles) for case in cases] == [
        (1, "x", ("1", "2")),
        (3, "3", ()),
        (4, "7", ()),
        (5, "5", ("1",)),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ("[1]", "object"),
        ('{"articles": ["1"]}', "question"),
        (_line(" ", articles=["1"]), "question"),
        (_line("a?"), "neither"),
        (_line("a?", articles="1"), "list"),
        (_line("a?", articles=[1]), "list"),
        (_line("a?", nothing="yes"), "nothing"),
        (_line("a?", nothing=False), "neither"),
        (_line("a?", nothing=True, articles=["1"]), "contradict"),
        (_line("a?", nothing=False, articles=[]), "contradict"),
        (_line("a?", id=["1"], articles=["1"]), "id"),
    ],
)
def test_a_bad_line_is_named_and_stops_nothing(line: str, problem: str) -> None:
    """Its number and what is wrong with it; the lines after it count."""
    cases, bad = read_cases([line, _line("b?", articles=["1"])])
    assert [case.line for case in cases] == [2]
    assert [each.line for each in bad] == [1]
    assert problem in bad[0].problem


def test_the_figures_over_the_sample(sample: Engine) -> None:
    """Search and answers are those of the engine; what is expected judges a refusal."""
    uk, russia = _id(sample, "000"), _id(sample, "002")
    cases, _ = read_cases(
        [
            _line("what did Vietnam and the UK discuss in 2020?", articles=[uk]),
            _line("Việt Nam và Anh trao đổi gì năm 2021?", articles=[uk]),
            _line("Việt Nam và Anh trao đổi gì năm 2021?", nothing=True),
            _line("De quoi le Vietnam et la Russie ont-ils parlé ?", nothing=True),
            _line("Vietnam and Russia", articles=["nowhere", russia]),
            _line("🙂", articles=[uk]),
        ]
    )
    value = evaluate(sample, cases, today=NOW.date())
    assert [outcome.verdict for outcome in value.outcomes] == [
        "cited",
        "wrongly refused",
        "refused",
        "wrongly answered",
    ]
    assert (value.recall, value.complete, value.cited) == (0.5, 0.5, 0.5)
    assert (value.wrongly_refused, value.wrongly_answered) == (0.5, 0.5)
    assert [bad.line for bad in value.bad] == [5, 6]
    assert "nowhere" in value.bad[0].problem
    assert 0 < value.median <= value.p95


def test_shares_count_articles_or_questions() -> None:
    """Recall counts articles over all questions, completeness counts questions."""
    value = Evaluation((_outcome(1, expected=4, found=1), _outcome(1, expected=1, found=1)))
    assert (value.recall, value.complete, value.cited) == (0.4, 0.5, 1.0)


def test_p95_is_the_nineteenth_of_twenty() -> None:
    """By rank, so that a single slow answer among twenty does not count, and one of ten does."""
    assert Evaluation(tuple(_outcome(n) for n in range(1, 21))).p95 == 19
    assert Evaluation(tuple(_outcome(n) for n in range(1, 11))).p95 == 10
    assert Evaluation((_outcome(3),)).p95 == 3


def test_a_share_of_nothing_is_none() -> None:
    """No question to be refused: no share of wrong answers, in any form of the report."""
    value = Evaluation((_outcome(1),))
    assert value.wrongly_answered is None
    assert evaluation_report.payload(value)["wrongly_answered"] is None
    assert "| wrongly answered | – | – |" in evaluation_report.markdown(value)


def test_report_and_picture(tmp_path: Path) -> None:
    """A line for each question, whatever characters it holds, and a PNG."""
    odd = Outcome(Case(1, "1", "a | b\n<c> `d`", ()), (), (), True, 0.5)
    value = Evaluation((odd, _outcome(1)), (BadLine(3, "is not JSON"),))
    evaluation_report.write(value, tmp_path, tmp_path / "cache")
    report = (tmp_path / "evaluation.md").read_text("utf-8")
    assert r"| 1 | a \| b &lt;c> \`d\` | – | – | – | refused | 0.50 |" in report
    assert "- line 3: is not JSON" in report
    picture = (tmp_path / "evaluation.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
