"""A language model is asked: what comes back, what goes wrong, and what is never told."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import stamina
import structlog
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from pydantic import BaseModel

from retrieval.errors import LanguageModelError, ModelSettingError
from retrieval.llm import AT_ONCE, ATTEMPTS, LanguageModel, Reply, Sends, open_model
from tests.retrieval.chat_server import (
    Act,
    ChatServer,
    chat_server,
    drips,
    fails,
    hangs_up,
    keeps_silent,
    says,
    sends,
)

KEY = "sk-the-key-of-the-test"
SYSTEM, USER = "the instruction of the test", "the evidence of the test"
SHORT = 0.4
"""Seconds; long enough for a reply on this machine, short enough to wait for."""


class Answer(BaseModel):
    """What a reply could be held to."""

    statements: list[str]


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with chat_server() as server:
        yield server


@pytest.fixture(autouse=True)
def _usual(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A key; further attempts at once; variables that the code changes are put back."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "example.org")
    levels = {name: logging.getLogger(name).level for name in ("openai", "httpx", "httpx2")}
    with stamina.set_testing(True, attempts=ATTEMPTS):
        yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def model_at(
    server: ChatServer, name: str = "openai:some-model", seconds: float = 20
) -> LanguageModel:
    return open_model(
        name, sends="evidence", temperature=0, seconds=seconds, url_of=lambda _: server.url
    )


def ask(model: LanguageModel, schema: type[BaseModel] | None = None) -> Reply:
    return model.reply(
        SYSTEM, USER, purpose="writing", prompt_version="7", max_tokens=50, schema=schema
    )


def failure(model: LanguageModel) -> LanguageModelError:
    with pytest.raises(LanguageModelError) as caught:
        ask(model)
    return caught.value


def test_reply_is_the_models_words(server: ChatServer) -> None:
    """Instruction and text go as system and user; temperature and limit as set."""
    server.does(says("Hai bên hội đàm."))
    reply = ask(model_at(server))
    assert (reply, reply.cut_off) == ("Hai bên hội đàm.", False)
    (body,) = server.bodies
    assert [(m["role"], m["content"]) for m in body["messages"]] == [
        ("system", SYSTEM),
        ("user", USER),
    ]
    assert (body["model"], body["temperature"]) == ("some-model", 0)
    assert body["max_completion_tokens"] == 50
    assert server.keys == [f"Bearer {KEY}"]


def test_reply_that_is_cut_off_is_given_as_it_is(server: ChatServer) -> None:
    """And says so."""
    server.does(says("The two sides ag", finish="length"))
    reply = ask(model_at(server))
    assert (reply, reply.cut_off) == ("The two sides ag", True)


def test_model_that_takes_no_temperature_is_told_none(server: ChatServer) -> None:
    """LangChain's profiles know which refuse one."""
    server.does(says("yes"))
    ask(model_at(server, "openai:gpt-5.5"))
    assert "temperature" not in server.bodies[0]


def test_schema_is_asked_for_where_the_model_takes_one(server: ChatServer) -> None:
    """The words come back as they are, even if they do not keep to it."""
    model = model_at(server, "openai:gpt-4o-mini")
    for words in ('{"statements": ["a"]}', '{"statements": 7}', "no JSON at all"):
        server.acts.clear()
        server.does(says(words))
        assert ask(model, Answer) == words
    form = server.bodies[0]["response_format"]
    assert form["type"] == "json_schema"
    assert "statements" in form["json_schema"]["schema"]["properties"]
    assert server.bodies[0]["max_completion_tokens"] == 50


def test_schema_and_a_reply_that_is_cut_off(server: ChatServer) -> None:
    """Half a JSON text is half a JSON text."""
    server.does(says('{"statements": ["a', finish="length"))
    reply = ask(model_at(server, "openai:gpt-4o-mini"), Answer)
    assert (reply, reply.cut_off) == ('{"statements": ["a', True)


def test_schema_is_left_out_for_a_model_not_known_to_take_one(server: ChatServer) -> None:
    """Plain words are asked for."""
    server.does(says("plain"))
    assert ask(model_at(server), Answer) == "plain"
    assert "response_format" not in server.bodies[0]


def test_server_that_rejects_the_schema_is_asked_without(server: ChatServer) -> None:
    """A server may carry a known model's name; it is not offered the schema again."""
    server.does(fails(400, "response_format is not supported"), says("plain"))
    model = model_at(server, "openai:gpt-4o-mini")
    assert ask(model, Answer) == ask(model, Answer) == "plain"
    assert ["response_format" in body for body in server.bodies] == [True, False, False]


@pytest.mark.parametrize("act", [fails(429), fails(500), fails(503), hangs_up])
def test_passing_trouble_is_tried_again(server: ChatServer, act: Act) -> None:
    """Too many requests, an error of the server, a connection that breaks."""
    server.does(act, act, says("at last"))
    assert ask(model_at(server)) == "at last"
    assert len(server.bodies) == ATTEMPTS


@pytest.mark.parametrize(
    ("act", "outcome", "requests"),
    [
        (fails(429), "too many requests", ATTEMPTS),
        (fails(500), "server error", ATTEMPTS),
        (hangs_up, "unreachable", ATTEMPTS),
        (fails(401), "key refused", 1),
        (fails(403), "key refused", 1),
        (fails(404), "not found", 1),
        (fails(400), "rejected", 1),
        (sends(b"<html>hello</html>"), "unreadable", 1),
        (sends(b'{"choices": []}'), "unreadable", 1),
        (sends(b"\xff\xfe{"), "unreadable", 1),
        (says(""), "empty", 1),
        (says(" \n"), "empty", 1),
        (says(None), "empty", 1),
    ],
)
def test_what_fails_is_one_error_that_names_model_and_host(
    server: ChatServer, act: Act, outcome: str, requests: int
) -> None:
    """Only what may pass is tried again, by us alone: the libraries' own attempts are off."""
    server.does(act)
    error = failure(model_at(server))
    assert error.outcome == outcome
    assert "openai:some-model at this machine" in str(error)
    assert "\n" not in str(error)
    assert len(server.paths) == requests


@pytest.mark.parametrize("act", [keeps_silent, drips])
def test_time_limit_holds_whatever_the_server_does(server: ChatServer, act: Act) -> None:
    """No word at all, or a byte now and then."""
    server.does(act)
    model = model_at(server, seconds=SHORT)
    error = failure(model)  # comes back at all: the server goes on until the test is over
    assert error.outcome == "timed out"
    assert "within 0.4 seconds" in str(error)


def test_time_limit_covers_the_attempts_together(server: ChatServer) -> None:
    """Then the trouble is told, not the time."""
    server.does(fails(429, retry_after="60"))
    with stamina.set_testing(False):
        error = failure(model_at(server, seconds=SHORT))
    assert (error.outcome, len(server.paths)) == ("too many requests", 1)


def test_server_that_is_not_there_cannot_be_reached() -> None:
    """Nothing listens at the address any more."""
    with chat_server() as gone:
        model = model_at(gone)
    error = failure(model)
    assert error.outcome == "unreachable"
    assert "check the network" in str(error)


def test_calls_at_once_are_capped(server: ChatServer) -> None:
    """As many as allowed go at once, and never more."""
    cap, lock, level, peak = 3, threading.Lock(), 0, 0
    together = threading.Barrier(cap)

    def counted(handler: Any) -> None:
        nonlocal level, peak
        with lock:
            level += 1
            peak = max(peak, level)
        together.wait(20)
        with lock:
            level -= 1
        says("done")(handler)

    server.does(counted)
    model = model_at(server)
    model = LanguageModel(
        model._make, name="m", provider="openai", host="h", local=True, at_once=cap
    )
    with ThreadPoolExecutor(3 * cap) as pool:
        replies = list(pool.map(lambda _: ask(model), range(3 * cap)))
    assert replies == ["done"] * (3 * cap)
    assert peak == cap
    assert AT_ONCE == 4


class _Stuck(FakeListChatModel):
    """A model without asynchronous calls that never answers."""

    def _call(self, *_: Any, **__: Any) -> str:
        threading.Event().wait()
        raise AssertionError


def test_time_limit_holds_for_a_model_that_cannot_be_stopped() -> None:
    """Its thread is left behind."""
    assert failure(LanguageModel.of(_Stuck(responses=[]), seconds=SHORT)).outcome == "timed out"


def test_program_ends_though_a_model_still_hangs() -> None:
    """Nobody waits for the thread that is left behind."""
    code = (
        "from tests.retrieval.test_llm import _Stuck\n"
        "from retrieval.llm import LanguageModel\n"
        "try:\n"
        "    LanguageModel.of(_Stuck(responses=[]), seconds=0.1).reply('', 'x', purpose='', "
        "prompt_version='', max_tokens=1)\n"
        "except Exception as error:\n    print(error.outcome)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.splitlines()[-1] == "timed out"


def test_any_chat_model_can_be_given() -> None:
    """For tests, and for those who build their own."""
    model = LanguageModel.of(FakeListChatModel(responses=["one", "two"]))
    assert [ask(model), ask(model)] == ["one", "two"]
    assert (model.host, model.local, model.sends) == ("this machine", True, "nothing")


def test_model_that_raises_is_an_error_like_any_other() -> None:
    """Whatever it raises."""

    class _Broken(FakeListChatModel):
        def _call(self, *_: Any, **__: Any) -> str:
            raise RuntimeError(USER)

    error = failure(LanguageModel.of(_Broken(responses=[])))
    assert error.outcome == "unreadable"
    assert USER not in str(error)


def test_call_is_logged_without_its_words(server: ChatServer) -> None:
    """Purpose, model, host, version of the prompt, tokens, seconds, outcome."""
    server.does(says("the words of the reply"))
    with structlog.testing.capture_logs() as logs:
        ask(model_at(server))
    (entry,) = logs
    assert entry.pop("seconds") >= 0
    assert entry == {
        "event": "language model asked",
        "log_level": "info",
        "purpose": "writing",
        "prompt_version": "7",
        "provider": "openai",
        "model": "openai:some-model",
        "host": "this machine",
        "tokens_in": 11,
        "tokens_out": 7,
        "outcome": "replied",
    }


@pytest.mark.parametrize(
    "act",
    [says("the words of the reply"), *(fails(n, f"{KEY} {USER}") for n in (400, 401, 429, 500))],
)
def test_neither_text_nor_key_is_told_anywhere(
    server: ChatServer, act: Act, caplog: pytest.LogCaptureFixture
) -> None:
    """Not by our log, the libraries' logs, the error or its traceback; servers may echo both."""
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx", "httpx2"):  # as OPENAI_LOG=debug would
        logging.getLogger(name).setLevel(logging.DEBUG)
    server.does(act)
    told = ""
    with structlog.testing.capture_logs() as logs:
        try:
            ask(model_at(server))
        except LanguageModelError as error:
            told = "".join(traceback.format_exception(error))
    told += caplog.text + json.dumps(logs, default=repr)
    for secret in (KEY, SYSTEM, USER, "the words of the reply"):
        assert secret not in told


TRACED = """
import os, sys
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.tracers.langchain import wait_for_all_tracers
chat = FakeListChatModel(responses=["words"])
if sys.argv[1] == "plain":
    chat.invoke("question")
else:
    from retrieval.llm import LanguageModel, open_model
    ask = {"purpose": "", "prompt_version": "", "max_tokens": 9}
    assert LanguageModel.of(chat).reply("", "question", **ask) == "words"
    model = open_model("openai:m", sends="evidence", temperature=0, url_of=lambda _: sys.argv[2])
    assert model.reply("", "question", **ask) == "yes"
wait_for_all_tracers()
"""


@pytest.mark.parametrize(("how", "traced"), [("plain", True), ("ours", False)])
def test_tracing_service_hears_nothing(server: ChatServer, how: str, traced: bool) -> None:
    """Whatever the environment says; LangChain alone, so asked, does send what it sees."""
    server.does(says("yes"))
    with chat_server() as tracer:
        tracer.does(sends(b"{}"))
        url = f"http://127.0.0.1:{tracer.server_port}"
        subprocess.run(
            [sys.executable, "-c", TRACED, how, server.url],
            env={
                "PATH": "",
                "PYTHONPATH": ":".join(sys.path),
                "OPENAI_API_KEY": KEY,
                "LANGSMITH_TRACING": "true",
                "LANGSMITH_TRACING_V2": "true",
                "LANGSMITH_ENDPOINT": url,
                "LANGSMITH_API_KEY": "lsv2_x",
                "LANGSMITH_GATEWAY": url,
                "LANGCHAIN_TRACING_V2": "true",
                "LANGCHAIN_TRACING": "true",
                "LANGCHAIN_ENDPOINT": url,
                "LANGCHAIN_API_KEY": "lsv2_x",
            },
            check=True,
            timeout=120,
        )
        assert bool(tracer.paths) is traced


def test_text_for_this_machine_passes_no_proxy(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the environment names one for everything."""
    server.does(says("straight"))
    with chat_server() as proxy:
        proxy.does(says("by the proxy"))
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.server_port}")
        assert ask(model_at(server)) == "straight"
        assert proxy.paths == []


def test_server_at_home_needs_no_key(server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenAI's library wants one all the same."""
    monkeypatch.delenv("OPENAI_API_KEY")
    server.does(says("welcome"))
    assert ask(model_at(server)) == "welcome"


def test_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first reply; opening stops nothing."""
    monkeypatch.delenv("OPENAI_API_KEY")
    error = failure(open_model("openai:gpt-4o-mini", sends="evidence", temperature=0))
    assert "set OPENAI_API_KEY" in str(error)


def test_missing_package_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of our extras; for other providers the usual name."""
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    error = failure(open_model("anthropic:claude-x", sends="evidence", temperature=0))
    assert str(error).endswith('install "attache[anthropic]"')
    monkeypatch.setitem(sys.modules, "langchain_mistralai", None)
    error = failure(open_model("mistralai:m", sends="evidence", temperature=0))
    assert "langchain-mistralai" in str(error)


def test_unknown_provider_is_named() -> None:
    """As one that LangChain does not know."""
    error = failure(open_model("opnai:gpt", sends="evidence", temperature=0))
    assert "knows no provider 'opnai'" in str(error)


@pytest.mark.parametrize("name", ["gpt-4o", "openai:", ":x", "  ", "a b:c"])
def test_name_without_provider_or_model_is_a_wrong_setting(name: str) -> None:
    """It is told how to write one."""
    with pytest.raises(ModelSettingError, match="provider:model"):
        open_model(name, sends="evidence", temperature=0)


@pytest.mark.parametrize(
    ("name", "url", "host"),
    [
        ("openai:m", None, "api.openai.com"),
        ("openai:m", "https://llm.example.org:8443/v1", "llm.example.org"),
        ("openai:m", "http://user:pw@10.1.2.3/v1", "10.1.2.3"),
        ("openai:m", "http://127.0.0.1@example.org/v1", "example.org"),
        ("anthropic:m", None, "api.anthropic.com"),
        ("ollama:m", "https://gpu.example.org", "gpu.example.org"),
        ("ollama:gpt-oss:120b-cloud", None, "ollama.com"),
        ("mistralai:m", None, "the servers of mistralai"),
    ],
)
@pytest.mark.parametrize("what", ["evidence", "question", "nothing"])
def test_model_elsewhere_is_sent_what_the_setting_allows(
    name: str, url: str | None, host: str, what: Sends
) -> None:
    """Where nothing may leave this machine it is refused at the start, with what to change."""
    if what == "nothing":
        with pytest.raises(ModelSettingError, match="ATTACHE_LLM_SENDS=nothing") as caught:
            open_model(name, sends=what, temperature=0, url_of=lambda _: url)
        assert host in str(caught.value)
        return
    model = open_model(name, sends=what, temperature=0, url_of=lambda _: url)
    assert (model.host, model.local, model.sends) == (host, False, what)
    assert model.sees_question is (what == "question")


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("openai:m", "http://127.0.0.1:8080/v1"),
        ("openai:m", "http://localhost:8080/v1"),
        ("openai:m", "http://[::1]:8080/v1"),
        ("ollama:qwen3", None),
        ("ollama:qwen3", "127.0.0.1:11434"),
        ("ollama:qwen3", "0.0.0.0"),  # noqa: S104 - as Ollama's own documentation sets it
    ],
)
def test_model_on_this_machine_is_shown_everything_and_nothing_leaves(
    name: str, url: str | None
) -> None:
    """Whatever the setting."""
    for what in ("evidence", "question", "nothing"):
        model = open_model(name, sends=what, temperature=0, url_of=lambda _: url)
        assert (model.host, model.local, model.sends) == ("this machine", True, "nothing")
        assert model.sees_question


def test_opening_loads_no_provider() -> None:
    """A start does not wait for what the first reply needs."""
    code = (
        "import sys\nfrom retrieval.llm import open_model\n"
        "open_model('openai:m', sends='evidence', temperature=0)\n"
        "heavy = {'langchain', 'langgraph', 'langchain_openai', 'openai'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
