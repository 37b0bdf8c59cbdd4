"""One call of a chat model."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langsmith.run_helpers import tracing_context

from retrieval.llm_failures import CallFailedError, failure_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable, RunnableConfig
    from pydantic import BaseModel

_CUT_OFF = {"length", "max_tokens"}
"""What the providers call the end of a reply that ran into the limit of tokens."""


_LIMITS = ("max_tokens", "num_predict", "max_output_tokens")
"""What the providers call the longest reply."""


@dataclass(frozen=True)
class Said:
    """What came back: the words, whether the limit of tokens cut them off, tokens in and out."""

    text: str
    cut_off: bool
    tokens_in: int | None
    tokens_out: int | None


async def ask(
    chat: BaseChatModel,
    system: str,
    user: str,
    max_tokens: int,
    schema: type[BaseModel] | None = None,
) -> Said:
    """Ask once. Raises `CallFailedError`."""
    messages = [SystemMessage(system), HumanMessage(user)]
    try:
        # The second lock on a door that `llm_open.untraced` has shut; it also holds where a caller
        # of this library has turned tracing on in code.
        with tracing_context(enabled=False):
            message = await _message(_limited(chat, max_tokens), messages, schema)
    except Exception as error:  # every provider has its own
        raise failure_of(error) from None
    text = _text(message)
    if not text.strip():
        raise CallFailedError(
            "empty", "sent an empty reply", "if that goes on, choose another model"
        )
    ended = message.response_metadata
    reason = ended.get("finish_reason") or ended.get("stop_reason") or ended.get("done_reason")
    usage = message.usage_metadata
    return Said(
        text,
        reason in _CUT_OFF,
        usage["input_tokens"] if usage else None,
        usage["output_tokens"] if usage else None,
    )


async def _message(
    chat: BaseChatModel,
    messages: list[BaseMessage],
    schema: type[BaseModel] | None,
) -> AIMessage:
    config: RunnableConfig = {"callbacks": []}  # none of a caller's own, either
    if schema is None:
        return _checked(await chat.ainvoke(messages, config))
    # The schema as JSON: given the class, the libraries would read the reply, and raise.
    held: Runnable[Any, Any] = chat.with_structured_output(
        schema.model_json_schema(), include_raw=True, method="json_schema"
    )
    try:
        return _checked((await held.ainvoke(messages, config))["raw"])
    except Exception as error:
        completion = getattr(error, "completion", None)
        if type(error).__name__ != "LengthFinishReasonError" or completion is None:
            raise
        return _of_openai(completion)


def _limited(chat: BaseChatModel, max_tokens: int) -> BaseChatModel:
    """`chat` with replies of at most `max_tokens`: a copy, which shares its connections.

    As an argument of the call it would be lost on the way through LangChain's structured output.
    """
    for name in _LIMITS:
        if name in type(chat).model_fields:
            return chat.model_copy(update={name: max_tokens})
    return chat


def _checked(message: object) -> AIMessage:
    if not isinstance(message, AIMessage):
        raise TypeError(type(message).__name__)
    return message


def _of_openai(completion: Any) -> AIMessage:
    """The message of a reply that OpenAI's library refuses because it is cut off."""
    usage = completion.usage
    return AIMessage(
        completion.choices[0].message.content or "",
        response_metadata={"finish_reason": "length"},
        usage_metadata={
            "input_tokens": usage.prompt_tokens,
            "output_tokens": usage.completion_tokens,
            "total_tokens": usage.total_tokens,
        }
        if usage
        else None,
    )


def _text(message: AIMessage) -> str:
    """The words, without thoughts; where a tool stands in for structured output, its input."""
    text = str(message.text)
    if not text.strip() and message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"], ensure_ascii=False)
    return text
