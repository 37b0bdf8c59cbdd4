"""What a piece of work costs of a language model."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from langchain_core.messages import AIMessage

from retrieval.errors import LanguageModelError
from retrieval.llm import LanguageModel
from retrieval.metering import metered
from tests.retrieval.scripted import Raising, says


def _ask(model: LanguageModel) -> None:
    model.reply("system..", "user", purpose="test", prompt_version="1", max_tokens=10)


def test_the_tokens_that_the_server_counts_are_added() -> None:
    """Of all calls within the block, read and written, and of no others."""
    usage = {"input_tokens": 100, "output_tokens": 7, "total_tokens": 107}
    model = says(*(AIMessage("words", usage_metadata=usage) for _ in range(3)))
    with metered() as meter:
        _ask(model)
        _ask(model)
    _ask(model)
    assert meter.tokens == 214


def test_of_a_server_that_counts_none_the_letters_are() -> None:
    """Four are a token."""
    with metered() as meter:
        _ask(says("12345"))
    assert meter.tokens == 3 + 2


def test_each_thread_has_its_own_meter() -> None:
    """Whoever asks at the same time pays for themselves."""

    def work(replies: int) -> int:
        model = says(*["12345678"] * replies)
        with metered() as meter:
            for _ in range(replies):
                _ask(model)
        return meter.tokens

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, [1, 2, 3, 4])) == [5, 10, 15, 20]


def test_a_call_that_fails_costs_nothing() -> None:
    """What it took, if anything, nobody knows."""
    with metered() as meter, pytest.raises(LanguageModelError):
        _ask(LanguageModel.of(Raising(words="")))
    assert meter.tokens == 0
