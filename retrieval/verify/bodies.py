"""Organisations in a text by any of their names, and abbreviations by their letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.article import Span
from corpus.words import Word, fold, words
from retrieval.tables import table

_LEAST = 3
_SMALL = 3
_WRITTEN_SMALL = 5
"""Letters from which French writes abbreviations like names: "Cédéao", "Unesco"."""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation, by the first of its names in the table."""

    key: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Form:
    folds: tuple[str, ...]
    marks: tuple[str, ...]
    key: str
    capitals: bool
    lower: bool


def find_bodies(text: str) -> list[Body]:
    """The organisations of `retrieval/data/bodies.yaml` that are named in `text`, in order."""
    found = words(text)
    bodies: list[Body] = []
    index = 0
    while index < len(found):
        form = next(
            (form for form in _forms().get(found[index].fold, ()) if _fits(form, found, index)),
            None,
        )
        if form is None:
            index += 1
            continue
        last = index + len(form.folds) - 1
        bodies.append(Body(form.key, Span(found[index].start, found[last].end)))
        index = last + 1
    return bodies


@cache
def families() -> Mapping[str, frozenset[str]]:
    """The places of `corpus/data/places.yaml` that an organisation's name stands for too."""
    of: dict[str, frozenset[str]] = {}
    for group in ("families", "governments"):
        for family, members in table("bodies")[group].items():
            for member in members:
                of[member] = of.get(member, frozenset()) | {family}
    return of


@cache
def doing_as(code: str) -> frozenset[str]:
    """The code of a place with the organisations whose doings are its own: "RU" and "Kremlin"."""
    return frozenset((code, *table("bodies")["governments"].get(code, ())))


def _fits(form: _Form, found: Sequence[Word], index: int) -> bool:
    part = found[index : index + len(form.folds)]
    if tuple(word.fold for word in part) != form.folds:
        return False
    # "Bộ Tư pháp" is not "Bộ tứ"; but accents may be left out, and capitals bear none.
    pairs = zip((word.marks for word in part), form.marks, strict=True)
    if any(written and listed and written != listed for written, listed in pairs):
        return False
    if form.capitals and len(part[0].text) < _WRITTEN_SMALL:
        return part[0].text.isupper()
    return form.lower or any(word.capital for word in part)


@cache
def _forms() -> Mapping[str, Sequence[_Form]]:
    index: dict[str, list[_Form]] = {}
    for line in table("bodies")["bodies"]:
        for text in line:
            found = words(text)
            folds = tuple(word.fold for word in found)
            marks = tuple(word.marks for word in found)
            capitals = len(folds) == 1 and text.isupper()
            index.setdefault(folds[0], []).append(
                _Form(folds, marks, line[0], capitals, text.islower())
            )
    for forms in index.values():
        forms.sort(key=lambda form: -len(form.folds))
    return index


def spelled_out(abbreviation: str, text: Sequence[str]) -> bool:
    """Whether the folded words `text` hold words that begin with the letters of `abbreviation`,
    in order and, but for small words, one after the other: "PAM", "Programme alimentaire mondial".
    """
    letters = fold(abbreviation)
    if len(letters) < _LEAST:
        return False
    for start, word in enumerate(text):
        if word[:1] != letters[0]:
            continue
        place = 0
        for other in text[start : start + 2 * len(letters)]:
            if other[:1] == letters[place]:
                place += 1
                if place == len(letters):
                    return True
            elif len(other) > _SMALL:
                break
    return False
