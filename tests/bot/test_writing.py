"""How an answer that a language model wrote is shown, and what its JSON says."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import payload
from bot.render import plain, render
from bot.telegram_text import messages
from retrieval.answer import Answer
from retrieval.engine import Engine
from retrieval.llm import LanguageModel
from retrieval.verify import Checker
from tests.retrieval.scripted import Silent, says, write

TODAY = dt.date(2026, 1, 15)
QUESTION = "what did Vietnam and the UK discuss in 2020?"
CARE = (
    "The Deputy Minister asked the United Kingdom to provide medical care and support for "
    "Vietnamese citizens living and working there during the epidemic."
)


def ask(sample: Engine, model: LanguageModel, checker: Checker) -> Answer:
    return write(sample.quote(QUESTION, today=TODAY), model, checker)


@pytest.fixture(scope="module")
def answer(sample: Engine, checker: Checker) -> Answer:
    """One sentence written, three that the model left to be quoted."""
    return ask(sample, says("", "", CARE, ""), checker)


def test_quotations_can_be_told_from_what_was_written(answer: Answer) -> None:
    """What the model wrote stands plain, with its mark; quotations in quotation marks."""
    text = plain(render(answer))
    assert f"{CARE} [1]" in text
    assert text.count("«\xa0") == 3
    assert "Written by a language model" in text
    assert "no translation is configured" not in text


def test_each_statement_tells_in_json_how_it_came_about(answer: Answer) -> None:
    """Generated or quoted, the check's score, and citations that are verbatim."""
    found = payload.answer(answer, "7", 1.0)
    assert found["mode"] == "generated"
    assert [each["verdict"] for each in found["statements"]] == [
        "supported",  # the line on the event
        "quoted",
        "quoted",
        "supported",
        "quoted",
    ]
    (generated,) = [each for each in found["statements"] if each["generated"]]
    assert generated["text"] == CARE
    assert 0.5 <= generated["score"] <= 1
    assert all(each["citations"] for each in found["statements"])
    assert found["writing"]["prompt_version"]
    assert found["writing"]["failure"] is None


def test_a_silent_model_is_named_in_a_word(sample: Engine, checker: Checker) -> None:
    """The quoted answer, and a line that says why it is one."""
    answer = ask(sample, LanguageModel.of(Silent(words=""), seconds=0.2), checker)
    assert "The language model did not answer: the sources are quoted." in plain(render(answer))
    found = payload.answer(answer, None, 1.0)
    assert found["mode"] == "quoted"
    assert found["writing"]["failure"] == "timed out"


def test_without_a_model_nothing_is_said_of_one(sample: Engine) -> None:
    """The answer of a bot that quotes is what it was."""
    answer = sample.ask(QUESTION, today=TODAY)
    assert "language model" not in plain(render(answer))
    assert payload.answer(answer, None, 1.0)["writing"] is None


def test_telegram_shows_what_was_written_as_plain_text(answer: Answer) -> None:
    """Only quotations look like quotations."""
    (text,) = messages(render(answer))
    line = next(line for line in text.splitlines() if "medical care" in line)
    assert "<" not in line
