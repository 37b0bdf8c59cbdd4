"""Answers that a language model writes, in Telegram."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel

from retrieval.engine import Engine
from retrieval.llm import LanguageModel
from tests.e2e.running import NOW
from tests.emulator import Person, Telegram
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


class _Held(FakeListChatModel):
    """Gives its last reply only once it is let go."""

    let_go: threading.Event = threading.Event()

    def _call(self, *args: Any, **kwargs: Any) -> str:
        if self.i == len(self.responses) - 1:
            assert self.let_go.wait(30)
        return super()._call(*args, **kwargs)


@pytest.mark.parametrize("drafts", [True, False])
async def test_the_first_statements_are_shown_while_the_rest_is_written(
    drafts: bool,
    make_engine: Callable[..., Engine],
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
) -> None:
    """As a draft; where drafts are refused, as a message that becomes the answer. Nothing that the
    check stops is ever shown."""
    telegram.takes_drafts = drafts
    fake = _Held(responses=["The two sides met in Paris.", "", CARE, "They met in Rome."])
    fake.let_go.clear()
    model = LanguageModel.of(fake)
    engine = make_engine(partial(Engine, model=model))
    engine.ingest(None, now=NOW)
    await serve(engine, model=model)
    asker = person()
    await asker.writes(QUESTION)
    first = await telegram.until(
        lambda: next((call for call in telegram.calls if CARE in call.html), None)
    )
    assert first.method == ("sendMessageDraft" if drafts else "editMessageText")
    assert first.text == f"{CARE} [1]\n\n…"
    fake.let_go.set()
    if drafts:
        (answer,) = await asker.hears()
    else:
        (message,) = await asker.hears()
        answer = await asker.sees(message, "Written by a language model")
    assert f"\n{CARE} [1]\n" in answer.html
    assert len(telegram.sent(asker.chat)) == 1
    assert not any("Paris" in call.html or "Rome" in call.html for call in telegram.calls)
