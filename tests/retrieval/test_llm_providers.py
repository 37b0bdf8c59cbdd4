"""The other providers' own ways of speaking; each needs its extra."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from retrieval.errors import LanguageModelError
from retrieval.llm import LanguageModel, open_model
from tests.retrieval.chat_server import Act, ChatServer, chat_server, fails, keeps_silent, sends


class Answer(BaseModel):
    """What a reply could be held to."""

    statements: list[str]


@pytest.fixture(autouse=True)
def _usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key, and variables that the code changes are put back."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "example.org")


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server() as server:
        yield server


def model_at(server: ChatServer, name: str, seconds: float = 20) -> LanguageModel:
    url = f"http://127.0.0.1:{server.server_port}"
    return open_model(name, sends="nothing", temperature=0, seconds=seconds, url_of=lambda _: url)


def ask(model: LanguageModel, schema: type[BaseModel] | None = None) -> str:
    return model.reply(
        "system", "user", purpose="x", prompt_version="1", max_tokens=50, schema=schema
    )


def ollama_says(text: str, reason: str = "stop") -> Act:
    reply = {
        "model": "m",
        "created_at": "2026-01-01T00:00:00Z",
        "message": {"role": "assistant", "content": text},
        "done": True,
        "done_reason": reason,
        "prompt_eval_count": 11,
        "eval_count": 7,
    }
    return sends(json.dumps(reply).encode() + b"\n")


def anthropic_says(text: str, reason: str = "end_turn") -> Act:
    reply = {
        "id": "m",
        "type": "message",
        "role": "assistant",
        "model": "claude",
        "content": [{"type": "text", "text": text}],
        "stop_reason": reason,
        "stop_sequence": None,
        "usage": {"input_tokens": 11, "output_tokens": 7},
    }
    return sends(json.dumps(reply).encode())


def test_ollama(server: ChatServer) -> None:
    """Limit and temperature go among its options; any model takes a schema."""
    pytest.importorskip("langchain_ollama", reason="the extra `ollama` is not installed")
    server.does(ollama_says("one"), ollama_says('{"stat', "length"))
    model = model_at(server, "ollama:qwen3")
    assert ask(model) == "one"
    reply = model.reply("s", "u", purpose="x", prompt_version="1", max_tokens=50, schema=Answer)
    assert (reply, reply.cut_off) == ('{"stat', True)
    plain, held = server.bodies
    assert (plain["options"]["num_predict"], plain["options"]["temperature"]) == (50, 0)
    assert "statements" in held["format"]["properties"]
    assert held["options"]["num_predict"] == 50


def test_anthropic(server: ChatServer) -> None:
    """Limit, temperature and schema in its own words."""
    pytest.importorskip("langchain_anthropic", reason="the extra `anthropic` is not installed")
    server.does(anthropic_says("one"), anthropic_says('{"stat', "max_tokens"))
    model = model_at(server, "anthropic:claude-haiku-4-5")
    assert ask(model) == "one"
    reply = model.reply("s", "u", purpose="x", prompt_version="1", max_tokens=50, schema=Answer)
    assert (reply, reply.cut_off) == ('{"stat', True)
    plain, held = server.bodies
    assert (plain["max_tokens"], plain["temperature"], plain["system"]) == (50, 0, "system")
    assert held["max_tokens"] == 50
    assert "statements" in json.dumps(held)


@pytest.mark.parametrize("name", ["ollama:qwen3", "anthropic:claude-haiku-4-5"])
@pytest.mark.parametrize(
    ("act", "outcome", "requests"),
    [
        (fails(401), "key refused", 1),
        (fails(404), "not found", 1),
        (fails(429, retry_after="0"), "too many requests", 3),
        (fails(500, retry_after="0"), "server error", 3),
        (keeps_silent, "timed out", 1),
    ],
)
def test_failures_are_told_alike(
    server: ChatServer, name: str, act: Act, outcome: str, requests: int
) -> None:
    """Whatever library they come through, and tried again by us alone."""
    package = f"langchain_{name.partition(':')[0]}"
    pytest.importorskip(package, reason="its extra is not installed")
    server.does(act)
    silent = act is keeps_silent
    model = model_at(server, name, seconds=1 if silent else 20)
    with pytest.raises(LanguageModelError) as caught:
        ask(model)
    assert caught.value.outcome == outcome
    assert len(server.paths) == requests


@pytest.mark.parametrize("name", ["ollama:qwen3", "anthropic:claude-haiku-4-5"])
def test_nothing_at_the_address(name: str) -> None:
    """A server that has ended."""
    pytest.importorskip(f"langchain_{name.partition(':')[0]}", reason="its extra is not installed")
    with chat_server() as gone:
        model = model_at(gone, name)
    with pytest.raises(LanguageModelError) as caught:
        ask(model)
    assert caught.value.outcome == "unreachable"
