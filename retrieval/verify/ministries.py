"""Ministries in a text, by their field: "Bộ Tài chính", "ministère des Finances", "Treasury".

The fields are those of titles (`corpus.titles`), so that a ministry and its minister are known to
belong together. A name with a field that no table has is left to be read as a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.article import Span
from corpus.gazetteer import base
from corpus.titles import data, match
from corpus.words import Word, words
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES

_BETWEEN = 3
"""Small words between a ministry's head word and its field: "ministère kényan de la Santé"."""


@dataclass(frozen=True, slots=True)
class Ministry:
    """A ministry by the key of its field in titles.yaml."""

    field: str
    span: Span


def find_ministries(text: str, language: str) -> list[Ministry]:
    """The ministries named in `text`, in order; none in a language without words for them."""
    if language not in LANGUAGES:
        return []
    found = words(text)
    ministries: list[Ministry] = []
    index = 0
    while index < len(found):
        last, field = (
            _named(found, index, language)
            or _head_first(text, found, index, language)
            or _head_last(found, index, language)
            or (index, None)
        )
        if field is not None:
            ministries.append(Ministry(field, Span(found[index].start, found[last].end)))
            last = _listed(text, found, last, language, ministries)
        index = last + 1
    return ministries


def _listed(
    text: str, found: list[Word], last: int, language: str, ministries: list[Ministry]
) -> int:
    """The last word of the fields that follow one in a list ("of Defence, Health and Justice"),
    each of which is added to `ministries`."""
    between = frozenset(table("ministries")["between"].get(language, ()))
    while last + 1 < len(found):
        start = last + 1
        comma = text[found[last].end : found[start].start].strip() == ","
        if found[start].fold in table("ministries")["and"]:
            start, comma = start + 1, True
        while start < len(found) and comma and found[start].fold in between:
            start += 1
        entry = match(text, found, start, language, "portfolio") if start < len(found) else None
        if not comma or entry is None or not found[start].capital:
            return last
        last = start + len(entry.folds) - 1
        ministries.append(Ministry(entry.key, Span(found[start].start, found[last].end)))
    return last


def _head_first(
    text: str, found: list[Word], index: int, language: str
) -> tuple[int, str | None] | None:
    if not any(_stand(found, index, head) for head in _heads("before", language)):
        return None
    between = frozenset(table("ministries")["between"].get(language, ()))
    for start in range(index + 1, min(index + 2 + _BETWEEN, len(found))):
        entry = match(text, found, start, language, "portfolio")
        if entry is not None:
            return start + len(entry.folds) - 1, entry.key
        # "le ministère algérien de l'Énergie"
        if found[start].fold not in between and not (
            language == "fr" and _is_adjective(found[start])
        ):
            return None
    return None


def _is_adjective(word: Word) -> bool:
    return any(name.form == "adjective" for name in base().get(word.fold, ()))


def _head_last(found: Sequence[Word], index: int, language: str) -> tuple[int, str | None] | None:
    for form, field in _attributes(language).get(found[index].fold, ()):
        head = index + len(form)
        if _stand(found, index, form) and any(
            _stand(found, head, each) for each in _heads("behind", language)
        ):
            return head, field
    return None


def _named(found: Sequence[Word], index: int, language: str) -> tuple[int, str | None] | None:
    for form, field in _names(language).get(found[index].fold, ()):
        if _stand(found, index, form):
            return index + len(form) - 1, field
    return None


_Form = tuple[Word, ...]


def _stand(found: Sequence[Word], index: int, form: _Form) -> bool:
    """Whether the words of a form stand from word `index` on, accents left out or not, and with a
    capital first where the form has one; abbreviations ("MoIT") letter by letter."""
    part = found[index : index + len(form)]
    return (
        len(part) == len(form)
        and (part[0].capital or not form[0].capital)
        and all(
            word.fold == other.fold
            and word.marks in (other.marks, "")
            and (word.text == other.text or not _is_abbreviation(other))
            for word, other in zip(part, form, strict=True)
        )
    )


def _is_abbreviation(word: Word) -> bool:
    return sum(letter.isupper() for letter in word.text) > 1


@cache
def _heads(where: str, language: str) -> Sequence[_Form]:
    return [tuple(words(text)) for text in table("ministries")[where].get(language, ())]


@cache
def _attributes(language: str) -> Mapping[str, Sequence[tuple[_Form, str]]]:
    """What stands before "ministry" in English, by its first word, the longest first."""
    if not _heads("behind", language):
        return {}
    listed = [
        (text.lower(), field)
        for field, entry in data()["portfolios"].items()
        for text in (*entry.get(f"{language}_before", ()), *entry.get(language, ()))
    ]
    return _by_first_word(listed)


@cache
def _names(language: str) -> Mapping[str, Sequence[tuple[_Form, str]]]:
    return _by_first_word(
        [
            (text, field)
            for field, entry in table("ministries")["names"].items()
            for text in (*entry.get("any", ()), *entry.get(language, ()))
        ]
    )


def _by_first_word(
    listed: Sequence[tuple[str, str]],
) -> Mapping[str, Sequence[tuple[_Form, str]]]:
    index: dict[str, list[tuple[_Form, str]]] = {}
    for text, field in listed:
        form = tuple(words(text))
        index.setdefault(form[0].fold, []).append((form, field))
    for forms in index.values():
        forms.sort(key=lambda each: -len(each[0]))
    return index
