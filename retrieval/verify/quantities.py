"""Numbers in a text, in digits or words, brought to values that two languages can be compared by.

"gần 7,3 tỷ USD" and "nearly 7.3 billion dollars" are the same quantity. Where the writing leaves
two readings ("1,500" in Vietnamese is one and a half by the rules and fifteen hundred by many
papers), both are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from corpus.article import Span
from corpus.words import fold, words
from retrieval.verify.measures import (
    Bound,
    bound_of,
    form_of,
    glued,
    half,
    quantity_table,
    readings,
    scale,
    scales,
    unit_of,
)
from retrieval.verify.number_words import numbers_in_words
from retrieval.verify.taken import Taken

_DIGITS = re.compile(
    r"(?<![A-Za-z0-9À-ỹ.,])(?<![A-Za-z][-‐‑])"
    r"(\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    r"(?:st|nd|rd|th|e|er|ère|ème|º|ª)?(?![\d])(?=(\w*))"
)
_AGED = re.compile(r"\b(?:under|over)[-‐‑ ](\d{1,2})s\b", re.IGNORECASE)
_ROMAN = re.compile(r"\b(?=[XVI]{2,6}(?:e|è|ème|th)?\b)(X{0,3})(IX|IV|V?I{0,3})(?:e|è|ème|th)?\b")
_CLOCK = re.compile(
    r"(?<![\d.,:])([01]?\d|2[0-4])(?:h|:|g|\s?giờ\s?|\s?heures?\s)([0-5]\d)(?![\d:])"
)
_AFTERNOON = re.compile(r"(?<![\d.,:])(1[0-2]|[1-9])(?:[:.]([0-5]\d))?\s?p\.?m\b", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<=\d{4}[-–/])\d\d(?!\d)")
_FRACTION = re.compile(r"(?<![\d./,-])([1-9])/([2-9]|10)(?![\d/])")
_HALF_HOUR = re.compile(r"half an hour|half-hour|demi-heure|nửa giờ|nửa tiếng", re.IGNORECASE)
_ONE_AND_A_HALF = re.compile(r"\ban? \w+ and a half\b", re.IGNORECASE)
_AND = re.compile(r"(?:\band a |\bet )$")
_SAME_VALUE = 1e-6
_THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number. `values` are its readings; `worded` where it is written in letters; `doubtful`
    where the word may mean something else ("năm" is five and year, "un" is one and an article)."""

    values: tuple[float, ...]
    unit: str | None
    bound: Bound | None
    span: Span
    worded: bool = False
    doubtful: bool = False


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers have a reading in common."""
    return any(
        abs(a - b) <= _SAME_VALUE * max(abs(a), abs(b)) for a in one.values for b in other.values
    )


def find_quantities(text: str, language: str, taken: Taken | None = None) -> list[Quantity]:
    """The numbers of `text` in order, but for those in what is `taken`, such as dates."""
    taken = taken or Taken(len(text))
    found = [*_at_the_clock(text), *_parts(text, language)]
    found = [each for each in found if not taken.meets(each.span)]
    taken = taken.with_more(each.span for each in found)
    taken.add(Span(match.start(), match.end()) for match in _SHORT_YEAR.finditer(text))
    for find in (_in_digits, _roman, _in_words):
        more = [each for each in find(text, language) if not taken.meets(each.span)]
        taken.add(each.span for each in more)
        found += more
    return _joined(text, language, sorted(found, key=lambda each: each.span.start))


def _joined(text: str, language: str, found: Iterable[Quantity]) -> list[Quantity]:
    """Numbers that are told in parts, as one: "1 tỷ 200 triệu", "1 milliard 200 millions"."""
    joined: list[Quantity] = []
    for each in found:
        last = joined[-1] if joined else None
        if last is None or not _goes_on(text, language, last, each):
            joined.append(each)
            continue
        sums = tuple(a + b for a in last.values for b in each.values)
        span = Span(last.span.start, each.span.end)
        joined[-1] = replace(each, values=sums, bound=last.bound, span=span)
    return joined


def _goes_on(text: str, language: str, one: Quantity, other: Quantity) -> bool:
    if one.unit is not None or text[one.span.end : other.span.start].strip(" \u00a0"):
        return False
    last, scale_of = words(one.span.of(text)), scales(language)
    factor = scale_of.get(form_of(last[-1].text, language), 0.0) if last else 0.0
    ends = words(other.span.of(text))
    smaller = scale_of.get(form_of(ends[-1].text, language), 0.0) if ends else 0.0
    return factor > smaller >= _THOUSAND and max(other.values) < factor


def _at_the_clock(text: str) -> list[Quantity]:
    """ "10h30", "10:30", "10 giờ 30", "2 p.m." as hours."""
    return [
        Quantity(
            (int(match.group(1)) + int(match.group(2)) / 60,),
            "clock",
            None,
            Span(match.start(), match.end()),
        )
        for match in _CLOCK.finditer(text)
    ] + [
        Quantity(
            (int(match.group(1)) % 12 + 12 + int(match.group(2) or 0) / 60, int(match.group(1))),
            "clock" if match.group(2) else None,
            None,
            Span(match.start(), match.end(2) if match.group(2) else match.end(1)),
        )
        for match in _AFTERNOON.finditer(text)
    ]


def _parts(text: str, language: str) -> list[Quantity]:
    """Parts of a whole ("a third", "một nửa") and multiples ("doubled")."""
    found = [
        Quantity(
            (int(match.group(1)) / int(match.group(2)),),
            "part",
            None,
            Span(match.start(), match.end()),
        )
        for match in _FRACTION.finditer(text)
    ]
    for pattern, value in ((_HALF_HOUR, 30.0), (_ONE_AND_A_HALF, 1.5)):
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end())
            found.append(Quantity((value,), None, None, span, worded=True))
    for match in _part_pattern(language).finditer(_spelled(text, language)):
        form = match.group()
        parts = quantity_table()["parts"].get(language, {}).get(form)
        value = parts[0] / parts[1] if parts else float(quantity_table()["times"][language][form])
        if _AND.search(text[max(0, match.start() - 8) : match.start()]) or any(
            each.span.start <= match.start() < each.span.end for each in found
        ):
            continue  # "an hour and a half"
        factor, end = scale(text, match.end(), language)
        unit = unit_of(text, match.start(), end) if factor > 1 else "part" if parts else "times"
        span = Span(match.start(), end)
        found.append(Quantity((value * factor,), unit, None, span, worded=True))
    return found


@cache
def _part_pattern(language: str) -> re.Pattern[str]:
    forms = [
        form for kind in ("parts", "times") for form in quantity_table()[kind].get(language, ())
    ]
    if not forms:
        return re.compile(r"(?!)")
    listed = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")


def _spelled(text: str, language: str) -> str:
    """`text` as its words are looked up, hyphens as spaces, each character in its place."""
    return "".join(_spelled_character(character, language) for character in text)


@lru_cache(maxsize=4096)
def _spelled_character(character: str, language: str) -> str:
    return " " if character in "-‑" else (form_of(character, language)[:1] or " ")


def _in_digits(text: str, language: str) -> list[Quantity]:
    found = [
        Quantity((float(match.group(1)),), None, None, Span(match.start(1), match.end(1)))
        for match in _AGED.finditer(text)
    ]
    for match in _DIGITS.finditer(text):
        if match.start() <= 1 and text[match.end(1) : match.end(1) + 2] in (". ", ") "):
            continue  # the number of an entry in a list
        follows = match.group(2)
        if follows and fold(follows) not in glued(language):
            continue  # "5G", "16h"
        values = readings(match.group(1), language)
        span = Span(match.start(), match.end(1))
        found.append(_whole(text, language, values, span, doubtful=values == (0.0,)))
    return found


def _in_words(text: str, language: str) -> list[Quantity]:
    found: list[Quantity] = []
    for each in numbers_in_words(text, language):
        span = Span(each.start, each.end)
        if found and found[-1].span.end > each.start:
            continue  # the multiple of the number before
        if each.many:  # "a decade", "hundreds of"
            found.append(Quantity((each.value,), None, None, span, worded=True, doubtful=True))
            continue
        whole = _whole(text, language, (each.value,), span, worded=True, doubtful=each.doubtful)
        multiplied = whole.values != (each.value,)
        found.append(replace(whole, doubtful=False) if multiplied else whole)
    return found


def _whole(
    text: str,
    language: str,
    values: tuple[float, ...],
    span: Span,
    *,
    worded: bool = False,
    doubtful: bool = False,
) -> Quantity:
    """The quantity of a number that stands in `span`, with what multiplies and measures it."""
    added, end = half(text, span.end)
    factor, end = scale(text, end, language)
    if not added and factor > 1:
        added, end = half(text, end)
    unit = unit_of(text, span.start, end)
    if unit == "basis-point":
        unit, factor = "point", factor / 100
    return Quantity(
        tuple((value + added) * factor for value in values),
        unit,
        bound_of(text, span.start),
        Span(span.start, end),
        worded,
        doubtful,
    )


def _roman(text: str, _language: str) -> list[Quantity]:
    """ "Đại hội XIII"; a lone letter is none."""
    found = []
    for match in _ROMAN.finditer(text):
        tens, ones = match.groups()
        units = {"IX": 9, "IV": 4}.get(ones, 5 * ("V" in ones) + ones.count("I"))
        value = 10.0 * len(tens) + units
        found.append(Quantity((value,), None, None, Span(match.start(), match.end())))
    return found
