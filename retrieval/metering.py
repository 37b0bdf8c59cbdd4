"""What a piece of work costs of a language model, for whoever has to share it out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_CHARS_PER_TOKEN = 4
"""By which the words of a server that counts none are taken: that of English, which is the most."""


@dataclass
class Meter:
    """The tokens that were read and written, together."""

    tokens: int = 0


_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered() -> Iterator[Meter]:
    """Count what the language model does for the block, in its thread."""
    meter = Meter()
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)


def spent(tokens: int | None, text: str) -> None:
    """Note what a text took; where nobody has counted it, about that."""
    meter = _meter.get()
    if meter is not None:
        meter.tokens += -(-len(text) // _CHARS_PER_TOKEN) if tokens is None else tokens
