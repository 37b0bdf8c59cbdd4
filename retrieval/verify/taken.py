"""Which characters of a text are read already: a date is no number, a place is nobody's name."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.article import Span


class Taken:
    """Characters of one text that are taken. Each question takes the same time, however many."""

    def __init__(self, length: int, spans: Iterable[Span] = ()) -> None:
        self._taken = bytearray(length)
        self.add(spans)

    def add(self, spans: Iterable[Span]) -> None:
        """Take more."""
        for span in spans:
            self._taken[span.start : span.end] = b"\1" * (span.end - span.start)

    def has(self, place: int) -> bool:
        """Whether the character at `place` is taken."""
        return place < len(self._taken) and self._taken[place] == 1

    def meets(self, span: Span) -> bool:
        """Whether any character of `span` is taken."""
        return 1 in self._taken[span.start : span.end]

    def with_more(self, spans: Iterable[Span]) -> Taken:
        """A copy with more taken."""
        more = Taken(0)
        more._taken = bytearray(self._taken)
        more.add(spans)
        return more
