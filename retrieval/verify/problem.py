"""What is wrong with a statement."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Span

MISSING = "is not in the evidence"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the evidence does not have: of what kind, where in the statement, and why."""

    kind: str
    span: Span
    reason: str

    def shown(self, statement: str) -> str:
        """The problem in words, with what it is about unless that is all of `statement`."""
        words = self.span.of(statement)
        if len(words) == len(statement):
            return f"{self.kind}: {self.reason}"
        return f"{self.kind}: “{words}” {self.reason}"
