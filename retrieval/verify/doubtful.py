"""Words that may be a place, a day or something else: by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from corpus.article import Span
from corpus.countries import PlaceMention
from corpus.dates import DateMention
from corpus.gazetteer import base
from corpus.words import Word, fold
from retrieval.tables import table
from retrieval.verify.currencies import currency_forms
from retrieval.verify.small_words import small_words
from retrieval.verify.taken import Taken

_MONEY = re.compile(r"(?:bảng|đô la|đô-la|đôla|yên|phrăng|nhân dân tệ)\s*$", re.IGNORECASE)
_DONG = re.compile(r"đồng\s*$", re.IGNORECASE)
_MONEY_FAR = 16
"""Characters beside a country in which the word for its currency stands."""


def find_doubtful(found: Sequence[Word], taken: Taken, language: str) -> list[PlaceMention]:
    """Words that may stand for a country, and for something else too: capitalised Vietnamese
    syllables that are no part of a name, and "English" or "Persian", which are languages."""
    doubtful = []
    for number, word in enumerate(found):
        code = _peoples().get(word.fold) if language != "vi" else None
        if code is None and language == "vi" and word.capital and not _in_name(found, number):
            code = _syllable(word)
        if code is not None and not taken.has(word.start):
            span = Span(word.start, word.end)
            doubtful.append(PlaceMention(code, "country", span, word.text))
    return doubtful


def _syllable(word: Word) -> str | None:
    for name in base().get(word.fold, ()):
        alone = len(name.folds) == 1 and name.marks == (word.marks,)
        if alone and name.doubtful and name.kind == "country":
            return name.code
    return None


@cache
def _peoples() -> Mapping[str, str]:
    return {form: code for code, forms in table("peoples").items() for form in str(forms).split()}


def _in_name(found: Sequence[Word], number: int) -> bool:
    """Whether a capitalised word stands before or behind: "Tô Anh Dũng"."""
    beside = (*found[max(0, number - 1) : number], *found[number + 1 : number + 2])
    word = found[number]
    return any(
        other.capital and 1 in (word.start - other.end, other.start - word.end) for other in beside
    )


def is_money(text: str, place: PlaceMention, language: str) -> bool:
    """Whether a country is named by its currency: "US$", "bảng Anh", "dollars canadiens"."""
    if text[place.end : place.end + 1] in ("$", "€", "£") or _MONEY.search(
        text[max(0, place.start - _MONEY_FAR) : place.start]
    ):
        return True
    if language == "en":
        near = fold(text[place.end : place.end + _MONEY_FAR]).split()[:1]
    else:
        near = fold(text[max(0, place.start - _MONEY_FAR) : place.start]).split()[-1:]
    if near == ["dong"] and not _DONG.search(text[: place.start]):
        return False  # "lao động Việt Nam" are workers
    return bool(near) and near[0].strip(".,;:)") in currency_forms()


def by_own_code(place: PlaceMention) -> PlaceMention:
    """The African Union and Australia share a code in `corpus.countries`."""
    if place.kind == "region" and place.code == "AU":
        return replace(place, code="african-union")
    return place


def is_no_date(text: str, language: str, date: DateMention) -> bool:
    """Whether words that look like a date are none: "thứ năm" is the fifth and not Thursday, unless
    "vào", "sáng", "hôm" stand before; "Mai Thuc Doan" and "April Jones" are people."""
    if language == "vi":
        before = text[max(0, date.start_char - 20) : date.start_char].split()
        ordinal = re.fullmatch(r"thứ (?:hai|ba|tư|năm|sáu|bảy)", date.text) is not None
        return ordinal and bool(before) and fold(before[-1]) not in small_words("before_weekday")
    behind = re.match(r" (\w)", text[date.end_char : date.end_char + 2])
    alone = date.text.isalpha() and date.text[0].isupper() and date.grain == "month"
    return alone and behind is not None and behind.group(1).isupper()
