"""Numbers in a text, in digits or words, brought to values that two languages can be compared by.

"gần 7,3 tỷ USD" and "nearly 7.3 billion dollars" are the same quantity. Where the writing leaves two
readings ("1,500" in Vietnamese is one and a half by the rules and fifteen hundred by many papers),
both are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from corpus.article import Span
from corpus.words import fold
from retrieval.tables import table

Bound = Literal["under", "over"]

_MAX_WORDED = 1000
_POINT_DECIMAL = frozenset(("en", "zh", "ja", "ko", "th", "he", "hi"))
_DIGITS = re.compile(
    r"(?<![A-Za-z0-9À-ỹ.,])(?<![A-Za-z][-‐‑])(\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    r"(?:st|nd|rd|th|e|er|ère|ème|º|ª)?(?![\d])(?=(\w*))"
)
_ROMAN = re.compile(r"\b(?=[XVI]{2,6}\b)(X{0,3})(IX|IV|V?I{0,3})\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BEFORE, _AFTER = 24, 34


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number. `values` are its readings; `worded` where it is written in letters; `doubtful` where
    the word may mean something else ("năm" is five and year, "un" is one and an article)."""

    values: tuple[float, ...]
    unit: str | None
    bound: Bound | None
    span: Span
    worded: bool = False
    doubtful: bool = False


def find_quantities(text: str, language: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """The numbers of `text` in order, but for those that begin within `taken`, such as dates."""
    found = [*_in_digits(text, language), *_roman(text), *_in_words(text, language)]
    found = [
        each
        for each in found
        if not any(span.start <= each.span.start < span.end for span in taken)
    ]
    return sorted(found, key=lambda each: each.span.start)


def _in_digits(text: str, language: str) -> list[Quantity]:
    found = []
    for match in _DIGITS.finditer(text):
        if match.start() <= 1 and text[match.end(1) : match.end(1) + 2] in (". ", ") "):
            continue  # the number of an entry in a list
        follows = match.group(2)
        if follows and fold(follows) not in _glued(language):
            continue  # "5G", "16h"
        values = _readings(match.group(1), language)
        half, end = _half(text, match.end(1))
        factor, end = _scale(text, end, language)
        if not half and factor > 1:
            half, end = _half(text, end)
        found.append(
            Quantity(
                tuple((value + half) * factor for value in values),
                _unit(text, match.start(), end),
                _bound(text, match.start()),
                Span(match.start(), end),
            )
        )
    return found


@cache
def _glued(language: str) -> frozenset[str]:
    """What may be written together with a number: its scale, its unit, the end of an ordinal."""
    units = {form for forms in _table()["units"].values() for form in forms if form.isalpha()}
    ends = {"st", "nd", "rd", "th", "e", "er", "ere", "eme"}
    return frozenset({*_scales(language), *units, *ends, "h", "g", "gio"})


def _readings(written: str, language: str) -> tuple[float, ...]:
    plain = re.sub(r"[\u00a0\u202f ]", "", written)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return (float(plain),)
    last = plain.rfind(marks[-1])
    whole = float(re.sub(r"[.,]", "", plain))
    decimal = float(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])
    grouped = len(plain) - last - 1 == 3 and not plain.startswith("0")
    if len(set(marks)) > 1 or not grouped:
        return (decimal,)
    if len(marks) > 1:
        return (whole,)
    by_rule = decimal if (marks[0] == ".") == (language in _POINT_DECIMAL) else whole
    return (by_rule, whole if by_rule == decimal else decimal)


def _scale(text: str, end: int, language: str) -> tuple[float, int]:
    """What multiplies a number that ends at `end`, and where that ends: "nghìn tỷ", "billion"."""
    factor, scales = 1.0, _scales(language)
    while match := re.match(r"[\s\u00a0-]{0,2}(?:de\s|d['’])?([^\W\d_]+)", text[end : end + 20]):
        by = scales.get(fold(match.group(1)))
        if by is None:
            break
        if by < factor and factor > 1:
            break
        factor *= by
        end += match.end()
    return factor, end


_HALF = re.compile(r"\s(?:and a half|et demie?|rưỡi|y medi[oa])(?!\w)", re.IGNORECASE)


def _half(text: str, end: int) -> tuple[float, int]:
    """One half where it is added to the number that ends at `end`, and where that ends."""
    match = _HALF.match(text, end)
    return (0.5, match.end()) if match else (0.0, end)


@cache
def _scales(language: str) -> Mapping[str, float]:
    by_language = _table()["scales"]
    return {form: float(by) for form, by in by_language.get(language, {}).items()}


def is_unit(form: str) -> bool:
    """Whether a folded word is a unit of the table ("usd", "km")."""
    return form in _unit_pattern()[1]


@cache
def _unit_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    units = {form: unit for unit, forms in _table()["units"].items() for form in forms}
    forms = sorted(units, key=len, reverse=True)
    pattern = "|".join(
        re.escape(form) + (r"(?!\w)" if form[-1].isalnum() else "") for form in forms
    )
    return re.compile(pattern), units


def _unit(text: str, start: int, end: int) -> str | None:
    pattern, units = _unit_pattern()
    after = re.match(r"[\s\u00a0]*(?:de\s|d['’]|of\s)?", text[end : end + _AFTER])
    begin = end + (after.end() if after else 0)
    match = pattern.match(fold(text[begin : begin + _AFTER]))
    if match is None:
        before = fold(text[max(0, start - 5) : start]).rstrip()
        match = next(
            (
                m
                for m in pattern.finditer(before)
                if m.end() == len(before) and not before.isalpha()
            ),
            None,
        )
    return units[match.group()] if match else None


@cache
def _bound_patterns() -> dict[Bound, re.Pattern[str]]:
    bounds = _table()["bounds"]
    return {
        bound: re.compile(
            r"(?<!\w)(?:"
            + "|".join(re.escape(form) for form in sorted(bounds[bound], key=len, reverse=True))
            + r")[\s\u00a0]*[$€£¥]?$"
        )
        for bound in bounds
    }


def _bound(text: str, start: int) -> Bound | None:
    before = fold(text[max(0, start - _BEFORE) : start])
    for bound, pattern in _bound_patterns().items():
        if pattern.search(before):
            return bound
    return None


def _roman(text: str) -> list[Quantity]:
    """ "Đại hội XIII"; a lone letter is none."""
    found = []
    for match in _ROMAN.finditer(text):
        tens, ones = match.groups()
        units = {"IX": 9, "IV": 4}.get(ones, 5 * ("V" in ones) + ones.count("I"))
        value = 10.0 * len(tens) + units
        found.append(Quantity((value,), None, None, Span(match.start(), match.end())))
    return found


# -- Numbers in words


_DOUBTFUL = {
    "vi": {"một", "năm"},
    "fr": {"un", "une", "neuf", "second", "seconde", "premier", "premiere"},
    "en": {"one", "second", "first", "zero"},
    "es": {"un", "una", "uno", "primero", "segundo"},
    "de": {"ein", "eine", "eins", "erste"},
}
_LEFT_OUT = {"and", "et", "y", "lẻ", "linh"}


def _form(word: str, language: str) -> str:
    """A word as it is looked up: in Vietnamese the accents tell "tư" (four) from "từ" (from)."""
    return unicodedata.normalize("NFC", word).lower() if language == "vi" else fold(word)


@cache
def _worded(language: str) -> Mapping[tuple[str, ...], float]:
    """The numbers below a thousand, and the ordinals below a hundred, by their folded words."""
    from num2words import num2words  # noqa: PLC0415 - read when a text has letters to look up

    found: dict[tuple[str, ...], float] = {}
    try:
        for number in range(1, _MAX_WORDED):
            found[_key(num2words(number, lang=language), language)] = float(number)
    except NotImplementedError:
        return {}
    for number in range(1, 101):
        try:
            words = num2words(number, lang=language, to="ordinal")
            found.setdefault(_key(words, language), float(number))
        except (NotImplementedError, OverflowError, TypeError):
            break
    found.pop((), None)
    if language == "vi":
        for other, usual in (("nhăm", "lăm"), ("tư", "bốn"), ("mốt", "một")):
            for key, number in list(found.items()):
                if len(key) > 1 and key[-1] == usual:
                    found.setdefault((*key[:-1], other), number)
    if language == "fr":
        found.setdefault(("septante",), 70.0)
        found.setdefault(("nonante",), 90.0)
        found.setdefault(("une",), 1.0)
    if language == "en":
        found.setdefault(("both",), 2.0)
    return found


def _key(words: str, language: str) -> tuple[str, ...]:
    return tuple(
        _form(word, language) for word in re.findall(r"[^\W\d_]+", words) if word not in _LEFT_OUT
    )


@cache
def _beginnings(language: str) -> Mapping[str, int]:
    """The longest number, in words, that begins with a word."""
    longest: dict[str, int] = {}
    for key in _worded(language):
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return longest


def _in_words(text: str, language: str) -> list[Quantity]:
    known = _worded(language)
    if not known:
        return []
    parts = list(_WORD.finditer(text))
    folds = [_form(part.group(), language) for part in parts]
    found: list[Quantity] = []
    index = 0
    while index < len(parts):
        taken = _longest(folds, index, known, language)
        if taken is None:
            by = _scales(language).get(folds[index])
            if by is not None and len(folds[index]) > 2:  # "a decade", "hundreds of"
                span = Span(parts[index].start(), parts[index].end())
                found.append(Quantity((by,), None, None, span, worded=True, doubtful=True))
            index += 1
            continue
        value, last = taken
        start, end = parts[index].start(), parts[last].end()
        half, end = _half(text, end)
        factor, end = _scale(text, end, language)
        if not half and factor > 1:
            half, end = _half(text, end)
        while last + 1 < len(parts) and parts[last + 1].end() <= end:
            last += 1
        # "ba trăm năm mươi triệu" is read whole; a lone scale ("hàng nghìn") is no number.
        alone = factor == 1 and last == index
        doubtful = alone and folds[index] in _DOUBTFUL.get(language, ())
        if doubtful and folds[index] == "năm":
            doubtful = _is_year(text, parts, index)
        found.append(
            Quantity(
                ((value + half) * factor,),
                _unit(text, start, end),
                _bound(text, start),
                Span(start, end),
                worded=True,
                doubtful=doubtful,
            )
        )
        index = last + 1
    return found


_OF_YEARS = frozenset(
    [
        "nay",
        "qua",
        "ngoái",
        "tới",
        "sau",
        "trước",
        "học",
        "đầu",
        "cuối",
        "tài",
        "kỷ",
        "gần",
        "liên",
        "nữa",
        "thứ",
        "kể",
        "mà",
        "vừa",
        "này",
        "đó",
        "ấy",
    ]
)
_BEFORE_YEARS = frozenset(
    [
        "trong",
        "những",
        "các",
        "nhiều",
        "mỗi",
        "mấy",
        "hàng",
        "từng",
        "cả",
        "một",
        "hai",
        "ba",
        "bốn",
        "năm",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "vài",
        "đầu",
        "cuối",
        "giữa",
        "từ",
        "đến",
        "hết",
        "chục",
        "trăm",
        "nghìn",
    ]
)


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
    if precedes == "trong" and follows not in _OF_YEARS:
        return False
    return follows in _OF_YEARS or precedes in _BEFORE_YEARS


def _longest(
    folds: Sequence[str], index: int, known: Mapping[tuple[str, ...], float], language: str
) -> tuple[float, int] | None:
    """(value, last word) of the longest number that begins at word `index`."""
    longest = _beginnings(language).get(folds[index], 0)
    best: tuple[float, int] | None = None
    key: list[str] = []
    for place in range(index, min(len(folds), index + longest + 2)):
        if folds[place] not in _LEFT_OUT:
            key.append(folds[place])
            value = known.get(tuple(key))
            if value is not None:
                best = value, place
    return best


@cache
def _table() -> Mapping[str, Any]:
    return table("quantities")
