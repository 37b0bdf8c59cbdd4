"""What is written around a number: how it is read, what multiplies it, its unit, how sure it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from corpus.words import fold
from retrieval.tables import table
from retrieval.verify.currencies import currency_codes, currency_forms

Bound = Literal["under", "over"]

_POINT_DECIMAL = frozenset(("en", "zh", "ja", "ko", "th", "he", "hi"))
_BEFORE, _AFTER = 24, 34
_CODE_BEHIND = re.compile(r"([A-Z]{3})(?!\w)")
_CODE_BEFORE = re.compile(r"(?<!\w)([A-Z]{3})[\s\u00a0]?$")


@cache
def quantity_table() -> Mapping[str, Any]:
    """`retrieval/data/quantities.yaml`."""
    found: Mapping[str, Any] = table("quantities")
    return found


def form_of(word: str, language: str) -> str:
    """A word as it is looked up: in Vietnamese the accents tell "tư" (four) from "từ" (from)."""
    return unicodedata.normalize("NFC", word).lower() if language == "vi" else fold(word)


def readings(written: str, language: str) -> tuple[float, ...]:
    """The numbers that digits with points and commas may stand for, the likelier first."""
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


def scale(text: str, end: int, language: str) -> tuple[float, int]:
    """What multiplies a number that ends at `end`, and where that ends: "nghìn tỷ", "billion"."""
    factor, known = 1.0, scales(language)
    while match := re.match(
        r"[\s\u00a0-]{0,2}(?:a\s|de\s|d['’])?([^\W\d_]+)", text[end : end + 20]
    ):
        by = known.get(form_of(match.group(1), language))
        if by is None:
            break
        if by < factor and factor > 1:
            break
        factor *= by
        end += match.end()
    return factor, end


_HALF = re.compile(
    r"\s(?:and a half|(?:\w+\s)?et demie?|(?:\w+\s)?rưỡi|(?:\w+\s)?y medi[oa])(?!\w)", re.IGNORECASE
)


def half(text: str, end: int) -> tuple[float, int]:
    """One half where it is added to the number that ends at `end`, and where that ends."""
    match = _HALF.match(text, end)
    if match is None:
        return 0.0, end
    # "sept ans et demi": the unit between stays to be read.
    return 0.5, end if len(
        match.group().split()
    ) > 2 and "half" not in match.group() else match.end()


@cache
def scales(language: str) -> Mapping[str, float]:
    """The words of a language that multiply a number before them."""
    by_language = quantity_table()["scales"]
    return {form: float(by) for form, by in by_language.get(language, {}).items()}


@cache
def glued(language: str) -> frozenset[str]:
    """What may be written together with a number: its scale, its unit, the end of an ordinal."""
    units = {*filter(str.isalpha, _listed()), *currency_codes()}
    ends = {"st", "nd", "rd", "th", "e", "er", "ere", "eme"}
    multiples = {fold(form) for form in scales(language)}
    return frozenset({*multiples, *units, *ends, "h", "g", "gio"})


def is_unit(word: str) -> bool:
    """Whether a word as written is a unit of the table, or the code of a currency: "km", "USD"."""
    form = fold(word)
    return form in _listed() or (word.isupper() and form in currency_codes())


@cache
def _listed() -> dict[str, str]:
    """The units of the table by each of their forms."""
    return {form: unit for unit, forms in quantity_table()["units"].items() for form in forms}


@cache
def _unit_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    lasting = quantity_table()["lasting"]
    spans = {form: unit for unit, forms in lasting.items() for form in forms}
    units = {**currency_forms(), **spans, **_listed()}
    forms = sorted(units, key=len, reverse=True)
    pattern = "|".join(
        re.escape(form) + (r"(?!\w)" if form[-1].isalnum() else "") for form in forms
    )
    return re.compile(pattern), units


def unit_of(text: str, start: int, end: int) -> str | None:
    """The unit behind a number, or right before it ("$5"): a key of the table, an ISO 4217 code in
    small letters, or several of them with "|" between."""
    pattern, units = _unit_pattern()
    after = re.match(r"[\s\u00a0]*(?:de\s|d['’]|of\s|đồng\s(?!Việt))?", text[end : end + _AFTER])
    begin = end + (after.end() if after else 0)
    behind = text[begin : begin + _AFTER]
    match = pattern.match(fold(behind)) or pattern.match(fold(text[end : end + _AFTER].lstrip()))
    code = _code(_CODE_BEHIND.match(behind)) or _code(_CODE_BEFORE.search(text[:start][-5:]))
    if match is None and code is None:
        before = fold(text[max(0, start - 5) : start]).rstrip()
        match = next(
            (
                m
                for m in pattern.finditer(before)
                if m.end() == len(before) and not before.isalpha()
            ),
            None,
        )
    return units[match.group()] if match else code


def _code(match: re.Match[str] | None) -> str | None:
    code = match.group(1).lower() if match else ""
    return code if code in currency_codes() else None


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two units may be the same: "dinars" may be those of Iraq; unknown ones always may."""
    return one is None or other is None or not set(one.split("|")).isdisjoint(other.split("|"))


@cache
def _bound_patterns() -> dict[Bound, re.Pattern[str]]:
    bounds = quantity_table()["bounds"]
    return {
        bound: re.compile(
            r"(?<!\w)(?:"
            + "|".join(re.escape(form) for form in sorted(bounds[bound], key=len, reverse=True))
            + r")[\s\u00a0]*[$€£¥]?$"
        )
        for bound in bounds
    }


def bound_of(text: str, start: int) -> Bound | None:
    """Whether a number is told to be less or more than what it is."""
    before = fold(text[max(0, start - _BEFORE) : start])
    for bound, pattern in _bound_patterns().items():
        if pattern.search(before):
            return bound
    return None
