"""Agencies, courts, committees and banks by what tells them apart: "Tổng cục Hải quan", "Cour des
comptes", "Competition Authority"."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.article import Span
from corpus.gazetteer import base
from corpus.titles import match
from corpus.words import Word, words
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES

_FAR = 6
"""Words between a head and its field, such as "générale des"."""

_Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """A body by the keys of its fields in agencies.yaml or titles.yaml."""

    fields: frozenset[str]
    span: Span


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its words, and these spelled as in the table."""

    text: str
    words: Sequence[Word]
    spelled: Sequence[str]
    language: str

    def joined(self, number: int) -> bool:
        """Whether a word follows the one before without a sign."""
        between = self.text[self.words[number - 1].end : self.words[number].start]
        return between in (" ", "\u00a0", "-", "'", "’")

    def is_small(self, number: int) -> bool:
        """Whether a word may stand between a head and its field."""
        return self.spelled[number] in _small("between", self.language)

    def fields_at(self, number: int, head: int) -> list[tuple[str, int]]:
        """The fields that begin at a word, each with the number of the word behind it."""
        found = _fields_at(self.spelled, number, self.language)
        if self.words[head].capital and self.words[number].capital:
            entry = match(self.text, list(self.words), number, self.language, "portfolio")
            if entry is not None:
                found.append((entry.key, number + len(entry.folds)))
        return found


def find_agencies(text: str, language: str) -> list[Agency]:
    """The agencies in `text` whose field is known, in order."""
    if language not in LANGUAGES:
        return []
    found = words(text)
    read = _Text(text, found, [_spelled(word, language) for word in found], language)
    agencies: list[Agency] = []
    for number in range(len(found)):
        last = number + _size_at(read.spelled, number, _forms("heads", language)) - 1
        if size := _size_at(read.spelled, number, _forms("names", language)):
            fields = frozenset(key for key, _ in read.fields_at(number, number))
            body = number, number + size - 1, fields
        elif last >= number:
            body = _behind(read, number, last) or _before(read, number, last) or (0, 0, frozenset())
        else:
            continue
        if body[2]:
            span = Span(found[_whole(read, body[0])].start, found[body[1]].end)
            agencies.append(Agency(body[2], span))
    return agencies


_Body = tuple[int, int, frozenset[str]]
"""The first and the last word of a body, and its fields."""


def _behind(read: _Text, head: int, last: int) -> _Body | None:
    """A body whose field follows its head in the words `head` … `last`: "Cour des comptes"."""
    tied = read.language != "en"
    for number in range(last + 1, min(len(read.words), last + 1 + _FAR)):
        if not read.joined(number):
            return None
        if tied and (told := read.fields_at(number, head)):
            return head, max(end for _, end in told) - 1, frozenset(key for key, _ in told)
        # "Cour interaméricaine des droits de l'homme"
        adjective = read.language == "fr" and number == last + 1
        if read.spelled[number] in _small("of", read.language):
            tied = True
        elif not (read.is_small(number) or _is_place(read.words[number]) or adjective):
            return None
    return None


def _before(read: _Text, head: int, last: int) -> _Body | None:
    """A body whose field stands before its head, in English: "the tax authorities"."""
    if read.language != "en":
        return None
    first, fields = head, set[str]()
    for number in range(head - 1, max(head - 1 - _FAR, -1), -1):
        if not read.joined(number + 1):
            break
        for key, end in read.fields_at(number, head):
            if end <= head and all(map(read.is_small, range(end, head))):
                fields.add(key)
                first = number
    return (first, last, frozenset(fields)) if fields else None


def _whole(read: _Text, first: int) -> int:
    """The first word of a body, with those before that belong to its name: "National"."""
    while first and read.is_small(first - 1) and read.words[first - 1].capital:
        first -= 1
    return first


def _is_place(word: Word) -> bool:
    return word.fold in base()


@lru_cache(maxsize=1024)
def fields_told(text: str, language: str) -> frozenset[str]:
    """The fields whose words a text has anywhere."""
    spelled = [_spelled(word, language) for word in words(text)]
    return frozenset(
        key for number in range(len(spelled)) for key, _ in _fields_at(spelled, number, language)
    )


def _fields_at(spelled: Sequence[str], number: int, language: str) -> list[tuple[str, int]]:
    """The fields of the table that begin at a word, each with the number of the word behind it."""
    here = [
        (key, number + len(form))
        for form, key in _fields(language).get(spelled[number][:2], ())
        if _stands(spelled, number, form)
    ]
    longest = max((end for _, end in here), default=0)  # "armée de l'air" is not the army
    return [(key, end) for key, end in here if end == longest]


def _size_at(spelled: Sequence[str], number: int, forms: Mapping[str, Sequence[_Form]]) -> int:
    here = forms.get(spelled[number], ())
    return max((len(form) for form in here if _stands(spelled, number, form)), default=0)


def _stands(spelled: Sequence[str], number: int, form: _Form) -> bool:
    part = spelled[number : number + len(form)]
    return len(part) == len(form) and all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for word, wanted in zip(part, form, strict=True)
    )


def _spelled(word: Word, language: str) -> str:
    """A word as the table has it."""
    if language == "vi":
        return unicodedata.normalize("NFC", word.text).lower()
    return word.fold


@cache
def _small(kind: str, language: str) -> frozenset[str]:
    return frozenset(table("agencies")[kind].get(language, ()))


@cache
def _forms(kind: str, language: str) -> Mapping[str, Sequence[_Form]]:
    """Heads or names by their first word."""
    index: dict[str, list[_Form]] = {}
    for text in table("agencies")[kind].get(language, ()):
        form = tuple(text.split())
        index.setdefault(form[0], []).append(form)
    return index


@cache
def _fields(language: str) -> Mapping[str, Sequence[tuple[_Form, str]]]:
    """The forms of all fields by the first two letters."""
    index: dict[str, list[tuple[_Form, str]]] = {}
    for key, entry in table("agencies")["fields"].items():
        for text in entry[language]:
            form = tuple(text.split())
            index.setdefault(form[0][:2], []).append((form, key))
    return index
