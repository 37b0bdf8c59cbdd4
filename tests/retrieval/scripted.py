"""Chat models for the tests: what they say is written down before, or goes wrong on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from retrieval.answer import Answer, Writing
from retrieval.generate import generate
from retrieval.llm import LanguageModel
from retrieval.verify import Checker
from retrieval.writer import Writer


def says(*replies: str | AIMessage, **options: Any) -> LanguageModel:
    """A model that gives `replies` in order (LangChain's fake)."""
    messages: Iterator[AIMessage | str] = iter(replies)
    return LanguageModel.of(GenericFakeChatModel(messages=messages), **options)


class Listening(BaseChatModel):
    """Says the same to everything, and keeps what it was told."""

    words: str
    heard: list[str] = []  # noqa: RUF012 - pydantic copies it

    @property
    def _llm_type(self) -> str:
        return "listening"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.heard.append("\n".join(str(message.content) for message in messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self.words))])


class Silent(Listening):
    """Never answers."""

    async def _agenerate(self, *_: Any, **__: Any) -> ChatResult:
        await asyncio.Event().wait()
        raise AssertionError


class Raising(Listening):
    """Breaks down with an error that tells what it should not."""

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        raise RuntimeError(f"secret-key and {messages[-1].content}")


def cut_off(words: str) -> AIMessage:
    """A reply that ends where the limit of tokens was."""
    return AIMessage(words, response_metadata={"finish_reason": "length"})


def write(answer: Answer, model: LanguageModel, checker: Checker) -> Answer:
    """A quoted answer as `model` writes it."""
    *_, writing = generate(answer, Writer(model), checker)
    assert isinstance(writing, Writing)
    return replace(answer, writing=writing)
