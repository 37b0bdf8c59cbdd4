"""Answers that a language model writes, in Telegram."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from retrieval.engine import Engine
from retrieval.llm import LanguageModel
from tests.e2e.running import NOW
from tests.emulator import Person
from tests.retrieval.scripted import Raising, says

QUESTION = "What did Vietnam and the UK discuss in 2020?"
CARE = (
    "The Deputy Minister asked the United Kingdom to provide medical care and support for "
    "Vietnamese citizens living and working there during the epidemic."
)


async def test_sentences_are_written_and_the_others_quoted(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Plain sentences are the model's, quotations are the sources'; a note says which is which."""
    model = says("", "", CARE, "The two sides met in Paris.")
    engine = make_engine(partial(Engine, model=model))
    engine.ingest(None, now=NOW)
    await serve(engine, model=model)
    reply = await person().asks(QUESTION)
    assert f"\n{CARE} [1]\n" in reply.html
    assert reply.html.count("<blockquote>«") + reply.html.count("<blockquote expandable>«") == 3
    assert "Paris" not in reply.html
    assert "Written by a language model" in reply.text


async def test_a_model_that_breaks_costs_no_answer(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The quoted answer, a word on the model, and nothing of the error."""
    model = LanguageModel.of(Raising(words=""))
    engine = make_engine(partial(Engine, model=model))
    engine.ingest(None, now=NOW)
    await serve(engine, model=model)
    reply = await person().asks(QUESTION)
    assert "Quốc vụ khanh" in reply.text
    assert "The language model did not answer" in reply.text
    assert "secret" not in reply.text
