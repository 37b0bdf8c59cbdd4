"""Which words look like words of Vietnamese, French or English.

No list of a language's words comes with the project. The embedding model's vocabulary has the
frequent ones whole; our own tables, the names of CLDR and a list of words of the press have others;
and what a known word makes with an ending is known. What is left is rare, a name, or misspelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources

from retrieval.tables import table

LANGUAGES = ("vi", "fr", "en")

_SHORT = 3  # letters up to which a vocabulary of many languages has nearly every run
_STEM = 4  # letters of a word without its ending, at least
_SHUFFLED = 5  # letters from which the same ones in another order are no chance
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = (
    "abcdefghijklmnopqrstuvwxyzàâçèéêëîïôùûăđơưáạảãấầẩẫậắằẳẵặẹẻẽếềểễệ"
    "íìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)


class Lexicon:
    """The words known with one embedding model's vocabulary, all in lower case."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self._known = vocabulary | _own_words()
        self._letters = _letters_of(self._known)

    def knows(self, word: str, language: str) -> bool:
        """Whether `word`, in lower case, is known in any language, or made of one by the endings
        of `language`."""
        return self._knows(word, language, 2)

    def _knows(self, word: str, language: str, endings: int) -> bool:
        if len(word) <= _SHORT and language in table("everyday")["short"]:
            return word in _split("short", language)
        if word in self._known:
            return True
        for stem in _stems(word, language):
            if any(form in self._known for form in _forms(stem, language)):
                return True
            if endings > 1 and self._knows(stem, language, endings - 1):
                return True
        return any(
            len(word) - len(beginning) >= _STEM
            and word.startswith(beginning)
            and self._knows(word[len(beginning) :], language, 1)
            for beginning in (_beginnings() if endings > 1 else ())
        )

    def near(self, word: str) -> bool:
        """Whether `word`, in lower case, is a known one with one letter too many, missing, wrong or
        in the place of its neighbour before the ending, or with its letters shuffled."""
        return _near(word, self._known, self._letters)

    def near_own(self, word: str) -> bool:
        """The same for the words of our own tables and lists, which are of these languages."""
        own = _own_words()
        return _near(word, own, _letters_of(own))


def _near(word: str, known: frozenset[str], letters: frozenset[str]) -> bool:
    if len(word) >= _SHUFFLED and _sorted(word) in letters:
        return True
    return any(edited in known for edited in _edits(word))


@lru_cache(maxsize=4)
def _letters_of(known: frozenset[str]) -> frozenset[str]:
    return frozenset(_sorted(word) for word in known if len(word) >= _SHUFFLED)


def _sorted(word: str) -> str:
    return "".join(sorted(word))


def _edits(word: str) -> Iterator[str]:
    """The words one letter away; the last letters are the ending's, which varies."""
    inner = len(word) - 2
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if at < inner:
            yield word[:at] + word[at + 1 :]
            for letter in _LETTERS:
                yield word[:at] + letter + word[at + 1 :]
        for letter in _LETTERS:
            yield word[:at] + letter + word[at:]


def _stems(word: str, language: str) -> Iterator[str]:
    for ending in _split("endings", language):
        if word.endswith(ending) and len(word) - len(ending) >= (3 if ending == "s" else _STEM):
            yield word[: -len(ending)]


def _forms(stem: str, language: str) -> Iterator[str]:
    """What may have stood before the ending came: "promot|ed", "stopp|ed", "cél|èbr|e"."""
    yield stem
    for ending in _split("restored", language):
        yield stem + ending
    if stem[-1] == stem[-2]:
        yield stem[:-1]
    if language == "fr" and stem[-2] in "èe":
        yield from (f"{stem[:-2]}é{stem[-1]}{ending}" for ending in ("er", "e", ""))


@cache
def _split(name: str, language: str) -> dict[str, None]:
    """The words of a list, in order."""
    return dict.fromkeys(table("everyday")[name].get(language, "").split())


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(table("everyday")["beginnings"].split())


@cache
def _own_words() -> frozenset[str]:
    """Every word in the tables of both packages, and the names of countries, days and the like."""
    from babel import Locale  # noqa: PLC0415 - reading waits until a draft is looked at

    found: set[str] = set()
    for package in ("corpus", "retrieval"):
        for file in (resources.files(package) / "data").iterdir():
            if file.name.endswith(".yaml"):
                found.update(_words(file.read_text("utf-8")))
    for language in LANGUAGES:
        locale = Locale(language)
        for names in (
            locale.territories,
            locale.languages,
            locale.currencies,
            locale.months["format"]["wide"],
            locale.days["format"]["wide"],
        ):
            for name in names.values():
                found.update(_words(name))
    return frozenset(found)


def _words(text: str) -> Iterable[str]:
    return _WORD.findall(text.lower())
