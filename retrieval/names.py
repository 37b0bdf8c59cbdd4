"""Which names in a compound question the corpus never has, in whatever article."""

from __future__ import annotations

import re

from corpus.words import fold
from retrieval.question import Query
from retrieval.snapshot import Snapshot
from retrieval.words import idle_words

_FIRST = 20
_ENOUGH = 1000
"""Passages with a name to look for in the version; the pools hold those of others, too."""

_PERSON = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]\.?)?(?:[ '’-][^\W\d_]+){1,2}")


def lacking_names(snapshot: Snapshot, query: Query) -> tuple[str, ...]:
    """The names in a compound question that no passage has; none while most of them are there.

    Of a person the last name must stand somewhere, of other capitalised words ("Chiefs TE") each.
    """

    def stands(words: str) -> bool:
        for limit in (_FIRST, _ENOUGH):
            keys = snapshot.index.lexical.having(words, limit)
            if any(len(rows) for rows in snapshot.facts.passages.rows_of(keys)):
                return True
            if len(keys) < limit:
                return False
        return False

    def lacks(name: str) -> bool:
        words = [word for word in re.findall(r"\w+", name) if _tells(word)]
        if not words or stands(name):
            return False
        if _like_a_person(name):
            return not stands(words[-1])
        return any(not stands(word) for word in words)

    lacking = tuple(name for name in query.names if lacks(name))
    return lacking if 2 * len(lacking) > len(query.names) else ()


def _like_a_person(name: str) -> bool:
    return bool(_PERSON.fullmatch(name)) and not any(
        word.isupper() or word[0].islower() for word in name.split()
    )


def _tells(word: str) -> bool:
    return len(word) > 1 and fold(word) not in idle_words()
