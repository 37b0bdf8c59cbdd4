"""What is done in a sentence, and how: agreed or refused, denied, planned, raised or lowered.

The words are in `retrieval/data/acts.yaml`, and in `things.yaml` what else excludes another. Only
Vietnamese, French and English are read for them; of other languages only negations are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from corpus.article import Span
from corpus.words import Word, words
from retrieval.tables import table

Group = Literal["act", "not", "contrast"]

LANGUAGES = ("vi", "fr", "en")
_NE_BEFORE = 6
_NOBODY_BEFORE = 10
_LENT_BEFORE = 7
_NEGATED = "not"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that name an act, deny one, or stand in a contrast. `first` and `last` count words."""

    key: str
    group: Group
    first: int
    last: int
    span: Span


@dataclass(frozen=True, slots=True)
class Act:
    """What the table says of an act: see there."""

    others: frozenset[str]
    over: bool
    loose: bool


@cache
def act(key: str) -> Act:
    """The table's entry for an act; raises `KeyError` for a key that is none."""
    entry = table("acts")["acts"][key]
    return Act(
        frozenset((key, *entry.get("or", ()))), entry.get("over", False), entry.get("loose", False)
    )


@cache
def contrast_of(key: str) -> str:
    """The set that a member of a contrast belongs to."""
    name: str = next(name for name, members in _contrasts().items() if key in members)
    return name


@cache
def _contrasts() -> Mapping[str, Any]:
    return {**table("acts")["contrasts"], **table("things")}


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    keys: tuple[tuple[str, Group], ...]


def find_marks(text: str, language: str) -> list[Mark]:
    """The acts and negations in `text`, and the contrasts, the longest words of either kind at each
    place."""
    found = words(text)
    looked_up = [_form(word, language) for word in found]
    marks = [
        *_marks(found, looked_up, _forms(language)),
        *_marks(found, looked_up, _contrast_forms(language)),
    ]
    if language == "vi":
        marks.extend(_lent(found))
    if language == "fr":
        marks.extend(_after_ne(found))
    return sorted(marks, key=lambda mark: mark.first)


def _marks(found: Sequence[Word], looked_up: Sequence[str], forms: _Index) -> Iterator[Mark]:
    index = 0
    while index < len(found):
        best = _longest(forms, looked_up, index)
        if best is None:
            index += 1
            continue
        last = index + len(best.words) - 1
        span = Span(found[index].start, found[last].end)
        for key, group in best.keys:
            yield Mark(key, group, index, last, span)
        index = last + 1


def _form(word: Word, language: str) -> str:
    return unicodedata.normalize("NFC", word.text).lower() if language == "vi" else word.fold


_Index = Mapping[str, Sequence[_Form]]


_Named = Iterator[tuple[str, str, Group]]


@cache
def _forms(language: str) -> _Index:
    """The forms of acts and negations in a language."""
    data = table("acts")

    def named() -> _Named:
        if language in LANGUAGES:
            for key, entry in data["acts"].items():
                yield from ((form, key, "act") for form in entry[language])
            yield from _idle(language)
        for form in data["negations"].get(language, ()):
            yield form, _NEGATED, "not"

    return _index(named())


@cache
def _contrast_forms(language: str) -> _Index:
    """The forms of contrasts in a language."""

    def named() -> _Named:
        if language in LANGUAGES:
            for members in _contrasts().values():
                for key, entry in members.items():
                    yield from ((form, key, "contrast") for form in entry[language])
            yield from _idle(language)

    return _index(named())


def _idle(language: str) -> _Named:
    for form in table("acts")["idle"][language]:
        yield form, "", "not"


def _index(named: _Named) -> _Index:
    """Forms by the first letters of their first word; longest first."""
    keys: dict[tuple[str, ...], list[tuple[str, Group]]] = {}
    for form, key, group in named:
        parts = tuple(
            unicodedata.normalize("NFC", part).lower()
            for part in form.replace("'", " ").replace("-", " ").split()
        )
        keys.setdefault(parts, []).append((key, group))
    index: dict[str, list[_Form]] = {}
    for parts, pairs in keys.items():
        kept = tuple(pair for pair in dict.fromkeys(pairs) if pair[0])
        index.setdefault(_entrance(parts[0]), []).append(_Form(parts, kept))
    for entries in index.values():
        entries.sort(key=lambda form: (-len(form.words), "*" in "".join(form.words)))
    return index


def _entrance(word: str) -> str:
    """Where a form is looked up: by its first two letters, or by "*" where it begins openly."""
    return "*" if word.startswith("*") or "*" in word[:2] else word[:2]


def _longest(forms: _Index, looked_up: Sequence[str], index: int) -> _Form | None:
    size = 0
    named: list[_Form] = []
    for entrance in (looked_up[index][:2], "*"):
        for form in forms.get(entrance, ()):
            if len(form.words) < size:
                break
            if _fits(form.words, looked_up, index):
                if len(form.words) > size:
                    size, named = len(form.words), []
                named.append(form)
    if not named:
        return None
    return _Form(named[0].words, tuple(dict.fromkeys(key for form in named for key in form.keys)))


def _fits(form: Sequence[str], looked_up: Sequence[str], index: int) -> bool:
    if index + len(form) > len(looked_up):
        return False
    return all(
        _same(want, have)
        for want, have in zip(form, looked_up[index : index + len(form)], strict=True)
    )


def _same(want: str, have: str) -> bool:
    before, star, after = want.partition("*")
    if not star:
        return want == have
    return (
        len(have) >= len(before) + len(after) and have.startswith(before) and have.endswith(after)
    )


def _lent(found: Sequence[Word]) -> list[Mark]:
    """What Vietnamese says around whom it is done to: "cho Lào vay" lends to Laos."""
    marks = []
    for index, word in enumerate(found):
        if word.text.lower() != "vay":
            continue
        for before in range(index - 2, max(-1, index - _LENT_BEFORE), -1):
            if found[before].text.lower() == "cho":
                span = Span(word.start, word.end)
                marks.append(Mark("give", "act", index, index, span))
                marks.append(Mark("lend", "contrast", index, index, span))
                break
    return marks


def _after_ne(found: Sequence[Word]) -> list[Mark]:
    """What French denies with "ne": "plus" behind it, and what nobody does: "aucun … ne"."""
    marks = []
    for index, word in enumerate(found):
        if word.fold in ("ne", "n") and any(
            other.fold in table("acts")["negations_before_ne"]
            for other in found[max(0, index - _NOBODY_BEFORE) : index]
        ):
            marks.append(Mark(_NEGATED, "not", index, index, Span(word.start, word.end)))
        if word.fold in table("acts")["negations_after_ne"]:
            before = [other.fold for other in found[max(0, index - _NE_BEFORE) : index]]
            behind = [other.fold for other in found[index + 1 : index + 3]]
            if ("ne" in before or "n" in before) and not {"que", "qu"} & set(behind):
                span = Span(word.start, word.end)
                marks.append(Mark(_NEGATED, "not", index, index, span))
    return marks
