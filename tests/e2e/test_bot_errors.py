"""Errors: an apology for the person, the story for the log, secrets and questions for neither."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from bot import logs
from retrieval.answer import Answer, Written
from retrieval.conversation import Turn
from retrieval.engine import Engine
from tests.emulator import TOKEN, Person, Telegram

QUESTION = "What did the secret envoys discuss?"


class _Broken(Engine):
    """Fails with the question and the token in its words."""

    def stream(
        self, question: str, *, today: dt.date, previous: Sequence[Turn] = (), **_: Any
    ) -> Iterator[Written | Answer]:
        raise RuntimeError(
            f"no luck with {question} after {len(previous)} on {today} at "
            f"https://example.org/bot{TOKEN}/x"
        )


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, down to DEBUG."""
    levels = {name: logging.getLogger(name).level for name in ("telegram", "httpx", "httpcore")}
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    logs.configure([TOKEN], level=logging.DEBUG, stream=stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


async def test_error_while_answering_is_an_apology_and_a_logged_story(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    log: io.StringIO,
) -> None:
    """The person learns no details, the log no question and no token."""
    await serve(make_engine(_Broken))
    reply = await person().asks(QUESTION)
    assert reply.text == "Sorry, that did not work. The error was noted."
    (line,) = [line for line in log.getvalue().splitlines() if "RuntimeError" in line]
    story = json.loads(line)
    assert "in ask" in story["exception"]
    assert "no luck with [the question] after 0 on" in story["exception"]
    assert TOKEN not in log.getvalue()
    assert QUESTION not in log.getvalue()


async def test_nothing_secret_is_logged_at_the_most_talkative_level(
    engine: Engine, serve: Any, person: Callable[..., Person], log: io.StringIO
) -> None:
    """Telegram's library and its HTTP client would write addresses and messages."""
    await serve(engine)
    await person().asks("What did Vietnam and the UK discuss in 2020?")
    assert TOKEN not in log.getvalue()
    assert "discuss" not in log.getvalue()


async def test_the_bot_goes_on_after_an_error(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The next question is taken."""
    await serve(make_engine(_Broken))
    asker = person()
    await asker.asks(QUESTION)
    assert "Sorry" in (await asker.asks(QUESTION)).text


async def test_polling_goes_on_after_the_network_was_away(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram
) -> None:
    """Fetching fails twice, then the question that waited is answered."""
    failures = 2
    original = telegram.validate

    def failing(method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        nonlocal failures
        if method == "getUpdates" and failures:
            failures -= 1
            raise ValueError
        return original(method, fields, uploads)

    telegram.validate = failing  # type: ignore[method-assign]
    await serve(engine)
    assert "16 April 2020" in (await person().asks("Vietnam and the UK in 2020")).text
    assert failures == 0
