"""Find the words by which a question goes on from another (`data/follow_up.yaml`)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.words import keys
from retrieval.tables import table

_TOKEN = re.compile(r"[^\W_]+")


class Token(NamedTuple):
    """A word and where it stands; `lenient` where its accents may be missing."""

    start: int
    end: int
    fold: str
    marks: str
    lenient: bool


class _Word(NamedTuple):
    fold: str
    marks: str
    exact: bool


_Phrase = tuple[_Word, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The phrases of one language by their kind, the longest first."""

    phrases: dict[str, tuple[_Phrase, ...]]

    def at(self, kind: str, tokens: Sequence[Token], place: int) -> int:
        """The number of tokens of the phrase of `kind` that begins at `place`; 0 for none."""
        for phrase in self.phrases[kind]:
            there = tokens[place : place + len(phrase)]
            if len(there) == len(phrase) and all(map(_fits, there, phrase)):
                return len(phrase)
        return 0

    def before(self, kind: str, tokens: Sequence[Token], end: int) -> int:
        """The same for the phrase that ends at `end`."""
        sizes = range(end, 0, -1)
        return next((n for n in sizes if self.at(kind, tokens[:end], end - n) == n), 0)

    def all(self, kind: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """First and last place (exclusive) of every phrase of `kind`."""
        for place in range(len(tokens)):
            size = self.at(kind, tokens, place)
            if size:
                yield place, place + size

    def has(self, kind: str, tokens: Sequence[Token]) -> bool:
        """Whether there is any phrase of `kind`."""
        return any(True for _ in self.all(kind, tokens))


def _fits(token: Token, word: _Word) -> bool:
    if token.fold != word.fold:
        return False
    bare = token.lenient and not token.marks
    return token.marks == word.marks or (bare and not word.exact)


@functools.cache
def _tables() -> dict[str, Table]:
    data = table("follow_up")
    return {
        language: Table(
            {
                kind: tuple(sorted(map(_phrase, entries), key=len, reverse=True))
                for kind, entries in kinds.items()
            }
        )
        for language, kinds in data.items()
    }


def _phrase(entry: str) -> _Phrase:
    exact = entry.startswith("=")
    return tuple(_Word(*keys(word), exact) for word in _TOKEN.findall(entry.lstrip("=")))


def tokens_of(text: str, language: str) -> list[Token]:
    """The words of `text`. Vietnamese with accents means what it writes: "con" is not "còn"."""
    lenient = language != "vi" or text.isascii()
    found = _TOKEN.finditer(text)
    return [Token(m.start(), m.end(), *keys(m.group()), lenient) for m in found]


def languages() -> tuple[str, ...]:
    """The languages in which a follow-up is understood."""
    return tuple(_tables())


def light_words(language: str) -> frozenset[str]:
    """Folded words that say nothing of the subject of a fragment."""
    phrases = table_of(language).phrases
    kinds = ("openers", "fillers", "closers", "light", "earlier", "later")
    return frozenset(word.fold for kind in kinds for phrase in phrases[kind] for word in phrase)


def table_of(language: str) -> Table:
    """The phrases of one of `languages`."""
    return _tables()[language]
