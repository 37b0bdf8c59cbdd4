"""Fields of an office: all that a list of them has, and the words of one that no table knows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from corpus.gazetteer import base
from corpus.titles import Office, data, match, office_at
from corpus.words import Word, gap, words
from retrieval.tables import table

_LINKS = 5
"""Words such as an adjective of nationality and articles between an office and its field."""

_COGNATE = 5
"""Letters by which a word is known in another language."""


class Fields(NamedTuple):
    """Keys of titles.yaml, and the folded words of a field that is not there."""

    known: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()


NO_FIELDS = Fields()


def fields_of(text: str, found: Sequence[Word], office: Office, language: str) -> Fields:
    """The fields of an office in the words `found` of `text`.

    ``fields_of("Minister of Mines and Energy", …)`` has both, and of "Culture, Sports and Tourism",
    which titles.yaml has as one, the parts as well.
    """
    _, portfolio = office.unchanged
    if portfolio is None:
        return Fields(frozenset(), _unread(text, found, office, language))
    known = {portfolio}
    last = _listed(text, found, office.last, language, known)
    first = _listed_before(text, found, office.first, language, known)
    for number in range(first, last + 1):
        entry = match(text, list(found), number, language, "portfolio")
        if entry is not None and number + len(entry.folds) - 1 <= last:
            known.add(entry.key)
    return Fields(frozenset(known), ())


def _listed(text: str, found: Sequence[Word], last: int, language: str, known: set[str]) -> int:
    """The last word of the fields that follow the one which ends at `last`."""
    while last + 1 < len(found):
        start = last + 1
        joined = gap(text, found[last], found[start]).strip() in (",", "&")
        if found[start].text.lower() in _small("and", language):
            start, joined = start + 1, True
        while (
            joined
            and start < len(found)
            and found[start].text.lower() in _small("within", language)
        ):
            start += 1
        if not joined or start >= len(found) or not found[start].capital:
            break
        entry = match(text, list(found), start, language, "portfolio")
        if entry is None:
            break
        known.add(entry.key)
        last = start + len(entry.folds) - 1
    return last


def _listed_before(
    text: str, found: Sequence[Word], first: int, language: str, known: set[str]
) -> int:
    """The first word of the fields that English has before one: "energy and mines minister"."""
    if language != "en" or first < 2 or found[first - 1].fold != "and":
        return first
    for start in range(first - 2, max(first - 2 - _LINKS, -1), -1):
        entry = match(text, list(found), start, language, "portfolio")
        if entry is not None and start + len(entry.folds) == first - 1:
            known.add(entry.key)
            return start
    return first


def _unread(text: str, found: Sequence[Word], office: Office, language: str) -> tuple[str, ...]:
    """The words behind an office that stand where a field does: "Minister of Public Happiness"."""
    if office.unchanged[0] not in table("fields")["roles"] or found[office.last].text.endswith("s"):
        return ()
    number, linked = office.last + 1, False
    for _ in range(_LINKS):
        if number >= len(found) or not _close(text, found, number):
            break
        word = found[number].text.lower()
        if word in _small("links", language):
            linked = linked or word in _small("tie", language)
        elif language != "fr" or not _is_place(found, number):
            break
        number += 1
    if not linked and language == "en":
        return _unread_before(text, found, office)
    if not linked or number >= len(found):
        return ()
    if office_at(text, list(found), number, language) is not None:
        return ()
    return _capitals(text, found, number, language)


def _capitals(text: str, found: Sequence[Word], number: int, language: str) -> tuple[str, ...]:
    """The capitalised words from one on, with those that may stand between them."""
    unread: list[str] = []
    while number < len(found) and (_close(text, found, number) or not unread):
        word = found[number]
        if word.capital and not _is_place(found, number) and not word.text.isupper():
            unread.append(word.fold)
        elif language == "vi" and unread and not word.capital:
            unread.append(word.fold)  # "Bộ trưởng Bộ Hạnh phúc"
            break
        elif word.text.lower() not in _small("and", language) | _small("within", language):
            break
        number += 1
    if not unread or unread[0] in table("fields")["no_field"]:
        return ()
    return tuple(unread)


def _unread_before(text: str, found: Sequence[Word], office: Office) -> tuple[str, ...]:
    """A word in capitals before an office in capitals: "Argentina's Production Minister"."""
    number = office.first - 1
    if number < 1 or not found[office.first].capital or not _close(text, found, number + 1):
        return ()
    word = found[number]
    no_field = word.fold in table("fields")["no_field"] or word.fold in _small("attributes", "en")
    if no_field or not word.capital or word.text.isupper() or _is_place(found, number):
        return ()
    return (word.fold,)


def _close(text: str, found: Sequence[Word], number: int) -> bool:
    return gap(text, found[number - 1], found[number]) in (" ", "\u00a0", "'", "’", "-")


def _is_place(found: Sequence[Word], number: int) -> bool:
    """Whether the name of a place begins at a word."""
    return any(
        tuple(word.fold for word in found[number : number + len(name.folds)]) == name.folds
        for name in base().get(found[number].fold, ())
    )


@cache
def _small(kind: str, language: str) -> frozenset[str]:
    return frozenset(table("fields")[kind].get(language, ()))


def has_words(unread: Collection[str], folds: Collection[str]) -> bool:
    """Whether some word of a field is among the folded words of a text, or one much like it."""
    stems = {word[:_COGNATE] for word in folds}
    return any(word[:_COGNATE] in stems for word in unread)


def mentions(field: str, found: Sequence[Word], language: str) -> bool:
    """Whether the words of a text have a field by one of its names, whatever it is there."""
    folds = [word.fold for word in found]
    return any(
        folds[start : start + len(form)] == list(form)
        for form in _forms(field, language)
        for start in range(len(folds) - len(form) + 1)
    )


@cache
def _forms(field: str, language: str) -> Sequence[tuple[str, ...]]:
    entry = data()["portfolios"].get(field, {})
    listed = (*entry.get(language, ()), *entry.get(f"{language}_before", ()))
    return [tuple(word.fold for word in words(text)) for text in listed]
