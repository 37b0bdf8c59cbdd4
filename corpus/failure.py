"""A source that was not taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not taken, and why."""

    source: str
    error: str
