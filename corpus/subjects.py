"""What an article is about beyond its places: its main topics, and whom its words name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.topics import topics_in
from corpus.words import Word, gap, is_inner, starts_sentence, words

LEAD = 2
"""Sentences at the beginning of an article that say what it is about."""

OFTEN, WORDS_A_TIME = 2, 150
"""How often an article comes to speak of what it is about: twice, and once in so many words."""


def main_topics(title: str | None, sentences: Sequence[str]) -> frozenset[str]:
    """The keys of the topics that title or lead name, and of those that come again and again.

    What a long article mentions in passing is not what it is about.
    """
    # An empty line between: no term goes on from one sentence to the next.
    head = "\n\n".join([*([title] if title else []), *sentences[:LEAD]])
    text = "\n\n".join([head, *sentences[LEAD:]])
    enough = max(OFTEN, len(text.split()) // WORDS_A_TIME)
    return frozenset(
        topic.key
        for topic in topics_in(text)
        if topic.span.start < len(head) or topic.count >= enough
    )


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, compared part by part: in any order, and with the accents that both have.

    `parts` are (folded word, accents), sorted.
    """

    parts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> Name:
        """The name in `text`; without parts where no word stands there."""
        return cls(tuple(sorted((word.fold, word.marks) for word in words(text))))

    def is_of(self, person: str) -> bool:
        """Whether a person may be meant who is called so in full: "Johnson" of "Boris Johnson"."""
        return bool(self.parts) and all(
            any(_same(part, (word.fold, word.marks)) for word in words(person))
            for part in self.parts
        )

    def stands_in(self, text: str) -> bool:
        """Whether the name stands in `text`, its parts side by side."""
        found, size = words(text), len(self.parts)
        folds = {fold for fold, _ in self.parts}
        for start in range(len(found) - size + 1 if size else 0):
            if found[start].fold not in folds:
                continue
            window = found[start : start + size]
            if self._fits(window) and _is_a_name(text, window):
                return True
        return False

    def _fits(self, window: Sequence[Word]) -> bool:
        there = sorted((word.fold, word.marks) for word in window)
        return all(_same(part, word) for part, word in zip(self.parts, there, strict=True))


@lru_cache(maxsize=1024)
def name_of(text: str) -> Name:
    """`Name.of`, once for each name that is asked for again and again."""
    return Name.of(text)


def _same(part: tuple[str, str], word: tuple[str, str]) -> bool:
    """Accents may be missing on either side; "Hùng" is not "Hưng"."""
    return part[0] == word[0] and (part[1] == word[1] or not part[1] or not word[1])


def _is_a_name(text: str, window: Sequence[Word]) -> bool:
    """Whether the words stand as one name does: capitals, and nothing but spaces and dashes
    between. A word alone may be any word where a sentence begins."""
    if len(window) == 1:
        return window[0].capital and not starts_sentence(text, window[0].start)
    return any(word.capital for word in window) and all(
        is_inner(gap(text, left, right)) for left, right in pairwise(window)
    )
