"""Who speaks and acts without being named: "the prosecutors", "son avocat", "chủ nợ"."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.article import Span
from corpus.words import Word, words
from retrieval.tables import table
from retrieval.verify.acts import LANGUAGES


@dataclass(frozen=True, slots=True)
class Group:
    """An office, a profession, a group of people, by its key in `retrieval/data/actors.yaml`."""

    key: str
    span: Span


def find_groups(text: str, language: str) -> list[Group]:
    """The groups named in `text`, the longest words at each place, in order."""
    if language not in LANGUAGES:
        return []
    found, forms = words(text), _forms(language)
    looked_up = [_form(word, language) for word in found]
    groups: list[Group] = []
    index = 0
    while index < len(found):
        for form, key in forms.get(looked_up[index], ()):
            last = index + len(form) - 1
            together = tuple(looked_up[index : last + 1]) == form
            if together and "," not in text[found[index].start : found[last].end]:
                groups.append(Group(key, Span(found[index].start, found[last].end)))
                index = last
                break
        index += 1
    return groups


def _form(word: Word, language: str) -> str:
    return unicodedata.normalize("NFC", word.text).lower() if language == "vi" else word.fold


@cache
def _forms(language: str) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    """Forms with their keys by the first word, longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, entry in table("actors").items():
        for text in entry[language]:
            parts = tuple(_form(word, language) for word in words(text))
            many = (*parts[:-1], parts[-1] + "s")
            for form in (parts,) if language == "vi" else (parts, many):
                index.setdefault(form[0], []).append((form, key))
    for forms in index.values():
        forms.sort(key=lambda form: -len(form[0]))
    return index
