"""Numbers in words: "ba trăm năm mươi", "vingt et un", "seventy-five"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from retrieval.verify.measures import form_of, quantity_table, scales

_MAX_WORDED, _LAST_ORDINAL = 1000, 100
_WORD = re.compile(r"[^\W\d_]+")
_NOT_KNOWN = (
    NotImplementedError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What num2words raises for a language or a number that it cannot put in words."""

_LEFT_OUT = frozenset(("and", "et", "y", "lẻ", "linh"))


@dataclass(frozen=True, slots=True)
class Worded:
    """A number in words: its value, where it stands, and whether the word may mean something else.

    `many` where it is a multiple without a number, as in "hundreds of".
    """

    value: float
    start: int
    end: int
    doubtful: bool
    many: bool = False


def numbers_in_words(text: str, language: str) -> Iterator[Worded]:
    """The numbers in words, without what multiplies them, the longest at each place."""
    known = _worded(language)
    parts = list(_WORD.finditer(text)) if known else []
    folds = [form_of(part.group(), language) for part in parts]
    multiples = scales(language)
    free = 0
    for index, part in enumerate(parts):
        if index < free:
            continue
        if _is_percent(text, parts, folds, index, known):
            continue
        taken = _longest(folds, index, known, language)
        if taken is not None:
            value, last = taken
            doubtful = last == index and _is_doubtful(text, parts, index, language)
            yield Worded(value, part.start(), parts[last].end(), doubtful)
            free = last + 1
        elif len(folds[index]) > 2 and folds[index] in multiples:
            yield Worded(multiples[folds[index]], part.start(), part.end(), True, many=True)


def _is_percent(
    text: str,
    parts: Sequence[re.Match[str]],
    folds: Sequence[str],
    index: int,
    known: Mapping[tuple[str, ...], float],
) -> bool:
    """Whether a hundred is the second word of "30 pour cent"."""
    if index == 0 or (folds[index - 1], folds[index]) != ("pour", "cent"):
        return False
    before = text[: parts[index - 1].start()].rstrip()
    return before[-1:].isdigit() or (index > 1 and (folds[index - 2],) in known)


def _is_doubtful(text: str, parts: Sequence[re.Match[str]], index: int, language: str) -> bool:
    """Whether a single word may be no number: "un" is an article too, "năm" a year."""
    form = form_of(parts[index].group(), language)
    follows = parts[index + 1].group() if index + 1 < len(parts) else ""
    if language == "vi" and parts[index].group()[0].isupper() and follows[:1].isupper():
        return True  # "Ba Tư" is Persia
    if form not in quantity_table()["doubtful"].get(language, ()):
        return False
    return form != "năm" or _is_year(text, parts, index)


@cache
def _worded(language: str) -> Mapping[tuple[str, ...], float]:
    """The numbers below a thousand, and the ordinals, by their folded words."""
    cardinals = _cardinals(language)
    return {**ordinal_words(language), **cardinals} if cardinals else {}


@cache
def _cardinals(language: str) -> Mapping[tuple[str, ...], float]:
    found = dict(_spelled(range(1, _MAX_WORDED), language, "cardinal"))
    if len(found) < _MAX_WORDED / 2:
        return {}  # a language that num2words cannot count in
    if language == "vi":
        for other, usual in (("nhăm", "lăm"), ("tư", "bốn"), ("mốt", "một")):
            for key, value in list(found.items()):
                if len(key) > 1 and key[-1] == usual:
                    found.setdefault((*key[:-1], other), value)
    if language == "fr":
        found |= {("septante",): 70.0, ("nonante",): 90.0, ("une",): 1.0}
    if language == "en":
        found[("both",)] = 2.0
    return found


@cache
def ordinal_words(language: str) -> Mapping[tuple[str, ...], float]:
    """The ordinals up to the hundredth by their words, folded but for Vietnamese."""
    if language == "vi":
        counted = {("thứ", *key): value for key, value in _cardinals("vi").items()}
        found = {key: value for key, value in counted.items() if value <= _LAST_ORDINAL}
        return found | {("thứ", "nhất"): 1.0, ("thứ", "nhì"): 2.0, ("thứ", "tư"): 4.0}
    found = dict(_spelled(range(1, _LAST_ORDINAL + 1), language, "ordinal"))
    if language == "fr" and found:
        found |= {("premiere",): 1.0, ("second",): 2.0, ("seconde",): 2.0}
    return found


def _spelled(
    numbers: Iterable[int], language: str, to: str
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Numbers by their words as far as num2words has them."""
    from num2words import num2words  # type: ignore[import-untyped]  # noqa: PLC0415 - slow

    for number in numbers:
        try:
            key = _key(num2words(number, lang=language, to=to), language)
        except _NOT_KNOWN:
            return
        if key:
            yield key, float(number)


def _key(words: str, language: str) -> tuple[str, ...]:
    return tuple(
        form_of(word, language) for word in re.findall(r"[^\W\d_]+", words) if word not in _LEFT_OUT
    )


@cache
def _beginnings(language: str) -> Mapping[str, int]:
    """The longest number, in words, that begins with a word."""
    longest: dict[str, int] = {}
    for key in _worded(language):
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return longest


@cache
def _around_years(side: str) -> frozenset[str]:
    return frozenset(str(quantity_table()["years"][side]).split())


def _is_year(text: str, parts: Sequence[re.Match[str]], index: int) -> bool:
    """Whether "năm" is the year: "năm 2020", "10 năm", "trong năm", "năm ngoái"; not "năm nước"."""
    before = text[: parts[index].start()].rstrip()[-1:]
    after = text[parts[index].end() :].lstrip()[:1]
    if before.isdigit() or after.isdigit() or not after.isalpha():
        return True
    follows = parts[index + 1].group().lower() if index + 1 < len(parts) else ""
    precedes = parts[index - 1].group().lower() if index else ""
    if precedes == "thứ":
        return False
    if precedes == "trong" and follows not in _around_years("after"):
        return False
    return follows in _around_years("after") or precedes in _around_years("before")


def _longest(
    folds: Sequence[str], index: int, known: Mapping[tuple[str, ...], float], language: str
) -> tuple[float, int] | None:
    """(value, last word) of the longest number that begins at word `index`."""
    longest = _beginnings(language).get(folds[index])
    if longest is None or folds[index] in _LEFT_OUT:
        return None
    best: tuple[float, int] | None = None
    key: list[str] = []
    for place in range(index, min(len(folds), index + longest + 2)):
        if folds[place] not in _LEFT_OUT:
            key.append(folds[place])
            value = known.get(tuple(key))
            if value is not None:
                best = value, place
    return best
