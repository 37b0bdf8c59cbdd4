"""/status over Telegram."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retrieval.engine import Engine
from retrieval.llm import Sends, open_model
from tests.e2e.running import ADMIN
from tests.emulator import Person


async def test_admin_sees_what_is_served(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Version, size, days, health, models; a line each."""
    await serve(engine)
    reply = await person(ADMIN).asks("/status")
    version, scope, index, embedding, language_model, digests = reply.text.splitlines()
    assert version == "Corpus version 1, of 1 June 2024."
    assert scope.startswith("The corpus has 5 articles, with events dated from ")
    assert index.endswith(" passages; the search index is whole.")
    assert embedding == "Embedding model: bundled."
    assert language_model == "Language model: none. Answers quote the sources."
    assert digests == ("0 digest subscriptions; in the last day 0 sent, 0 failed; 0 due, 0 late.")


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Modèle de langue\u00a0: aucun."), ("vi", "Mô hình ngôn ngữ: không có.")],
)
async def test_status_is_in_the_language_of_the_admin(
    language: str, words: str, engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """As everything is."""
    await serve(engine)
    reply = await person(ADMIN, language).asks("/status")
    assert words in reply.text
    assert "corpus" not in reply.text.lower() or language == "fr"


@pytest.mark.parametrize(
    ("name", "sends", "told"),
    [
        (
            "openai:gpt-4o-mini",
            "evidence",
            [
                "Language model: openai:gpt-4o-mini, at api.openai.com.",
                "Sent there: sentences of the sources; never the words of a question.",
            ],
        ),
        (
            "openai:gpt-4o-mini",
            "question",
            [
                "Language model: openai:gpt-4o-mini, at api.openai.com.",
                "Sent there: sentences of the sources, and the words of the questions.",
            ],
        ),
        (
            "ollama:qwen3",
            "nothing",
            [
                "Language model: ollama:qwen3, on this machine.",
                "Nothing leaves this machine.",
            ],
        ),
    ],
)
async def test_status_names_the_host_and_what_is_sent(
    name: str,
    sends: Sends,
    told: list[str],
    engine: Engine,
    serve: Any,
    person: Callable[..., Person],
) -> None:
    """So that an admin can tell people."""
    await serve(engine, model=open_model(name, sends=sends, temperature=0))
    reply = await person(ADMIN).asks("/status")
    assert reply.text.splitlines()[-3:-1] == told


async def test_status_before_the_first_ingest(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """What to do comes first."""
    await serve(make_engine())
    reply = await person(ADMIN).asks("/status")
    assert reply.text.startswith("There is no corpus to answer from yet.")
    assert "Embedding model: bundled." in reply.text


async def test_others_are_refused(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Somebody who is served is not yet an admin."""
    await serve(engine)
    reply = await person(language="vi").asks("/status")
    assert reply.text == "Xin lỗi, chỉ quản trị viên mới làm được việc này."
