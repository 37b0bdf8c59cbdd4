"""Titles in evidence of a language that has no table of titles of its own.

Nothing is read out of such a text: a title of the statement is looked for in it, in the words that
the language has for it. "Viceministra" is no "ministra", so a word counts as a whole.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.words import fold
from retrieval.tables import table

_UNSPACED = frozenset(("zh", "ja", "ko"))
_BELOW: dict[str, tuple[str, ...]] = {
    "minister": ("deputy-minister", "minister-of-state"),
    "prime-minister": ("deputy-prime-minister",),
    "president": ("vice-president", "prime-minister"),
    "consul": ("consul-general",),
}
"""Roles whose words may hold those of another: they are taken out before that one is looked for."""


def has_title(text: str, language: str, role: str, field: str | None) -> bool:
    """Whether `text`, folded or not, has a role and, where the table has words for it, its field.

    `role` and `field` are keys of titles.yaml.
    """
    plain = re.sub(r"\s+", " ", text.lower() if language in _UNSPACED else fold(text))
    wanted = _pattern("roles", role, language)
    if wanted is None:
        return False
    rest = plain
    for other in _BELOW.get(role, ()):
        if (below := _pattern("roles", other, language)) is not None:
            rest = below.sub(" ", rest)
    if wanted.search(rest) is None:
        return False
    of_field = _pattern("fields", field, language) if field else None
    return of_field is None or of_field.search(plain) is not None


@cache
def _pattern(kind: str, key: str, language: str) -> re.Pattern[str] | None:
    forms = table("offices_elsewhere")[kind].get(key, {}).get(language)
    if not forms:
        return None
    if language in _UNSPACED:
        return re.compile("|".join(map(re.escape, forms)))
    words = "|".join(
        re.escape(fold(form)).replace(r"\*", r"\w*").replace(r"\ ", r"\W+") for form in forms
    )
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w])")
