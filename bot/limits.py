"""How much one person may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """For each person; 0 is no limit."""

    questions_per_minute: int = 0
    tokens_per_day: int = 0
