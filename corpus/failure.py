"""A source that was not taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not taken, and why.

    `lasting`: it lies in what the source holds, so that trying again is in vain until that changes.
    """

    source: str
    error: str
    lasting: bool = True
