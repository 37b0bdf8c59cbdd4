"""What makes an office another one: "former", "acting", "deputy", "-elect", "honorary"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from corpus.gazetteer import base
from corpus.words import Word, gap
from retrieval.tables import table

_FAR = 5
"""Words between a modifier and its title, such as those of a country."""

_TIES = ("", " ", "\u00a0", "-", "‑", "'", "’")


def modifiers_of(
    text: str, found: Sequence[Word], first: int, last: int, language: str
) -> frozenset[str]:
    """What the words before the title in words `first` … `last`, and those behind, make of it.

    ``modifiers_of("The former South Korean president", …)`` is ``{"former"}``: the whole noun
    phrase is looked through, countries and capitalised words included.
    """
    return frozenset(
        {*_before(text, found, first, language), *_behind(text, found, last, language)} - {""}
    )


def _before(text: str, found: Sequence[Word], first: int, language: str) -> list[str]:
    known = _words("before").get(language, {})
    seen: list[str] = []
    for number in range(first - 1, max(first - 1 - _FAR, -1), -1):
        between = gap(text, found[number], found[number + 1])
        if between not in _TIES:
            break
        word = found[number].text.lower()
        if word == "sous" and between != "-":
            break  # "sous le président" is under him
        if word in known:
            behind = found[number - 1].text.lower() if number else ""
            if behind in table("modifiers")["not_behind"].get(word, ()):
                break
            seen.append(known[word])
        elif language != "en" or not (found[number].capital or _is_place(found[number])):
            break  # a country stands before the title in English only
    return seen


def _behind(text: str, found: Sequence[Word], last: int, language: str) -> list[str]:
    known = _words("after").get(language, {})
    for number in range(last + 1, min(last + 1 + _FAR, len(found))):
        if gap(text, found[number - 1], found[number]) not in _TIES:
            break
        rest = text[found[number].start :].lower()
        for form, modifier in known.items():
            if re.match(rf"{form}(?!\w)", rest):
                behind = re.match(rf"{form}\W+(\w+)", rest)
                stands = behind is None or behind.group(1) not in table("modifiers")["not_before"]
                return [modifier] if stands else []
        if language == "en" or not _is_place(found[number]):
            break
    return []


def _is_place(word: Word) -> bool:
    return word.fold in base()


def is_aide(found: Sequence[Word], first: int, language: str) -> bool:
    """Whether the title that begins at word `first` is whom an aide ("trợ lý") stands by."""
    return language == "vi" and first > 0 and found[first - 1].text.lower() in ("trợ", "lý")


@cache
def _words(where: str) -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Mapping[str, str]] = table("modifiers")[where]
    return words


def one_title(role: str | None, modifiers: frozenset[str]) -> tuple[str | None, frozenset[str]]:
    """A role with its modifiers, in one word where there is a title for both: a deputy president
    is a vice-president."""
    for modifier in sorted(modifiers):
        whole = table("modifiers")["one_title"].get(modifier, {}).get(role)
        if whole is not None:
            return whole, modifiers - {modifier}
    return role, modifiers


_BESIDE = 60
"""Characters between an office and words that may be told of anything: "until", "once"."""


def tells(modifier: str, text: str, language: str, place: int) -> bool:
    """Whether a text in small letters says in other words what a modifier says of the office at a
    place in it: "resigned", and beside the office "until 2012"."""
    before = text[max(0, place - _BESIDE) : place]
    behind = text[place : place + _BESIDE]
    beside = _SENTENCE.split(before)[-1] + _SENTENCE.split(behind)[0]
    return _has(modifier, "told", text, language) or _has(modifier, "beside", beside, language)


_SENTENCE = re.compile(r"(?<=\w{3})[.!?]\s")


def _has(modifier: str, where: str, text: str, language: str) -> bool:
    forms = table("modifiers")[where].get(modifier, {}).get(language, ())
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms)
