"""Whether it is the first time or the third: ordinals, whose words mean much else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.article import Span
from corpus.words import fold
from retrieval.verify.problem import Problem
from retrieval.verify.taken import Taken
from retrieval.verify.told import Told

_MOST = 30


def ordinal_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The ordinal of a statement that has one, where the evidence has one as well, and another."""
    said = _ordinals(statement)
    told = [value for each in evidence for value, _ in _ordinals(each)]
    if len(said) == len(told) == 1 and said[0][0] != told[0]:
        yield Problem("number", said[0][1], "has another place in the evidence")


def _ordinals(told: Told) -> list[tuple[int, Span]]:
    """The ordinals of a text, but for those in its dates and titles."""
    taken = Taken(len(told.text), (Span(d.start_char, d.end_char) for d in told.dates))
    for spans in (told.weekdays, told.titles, told.bodies):
        taken.add(each.span for each in spans)
    found = []
    text = "".join(fold(character)[:1] or " " for character in told.text)
    for match in _pattern(told.language).finditer(text):
        span = Span(match.start(), match.end())
        if not taken.meets(span):
            found.append((_value(match, told.language), span))
    return found


def _value(match: re.Match[str], language: str) -> int:
    digits = match["digits"] or match["digit"]
    return int(digits) if digits else _words(language)[match["word"]]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = _words(language)
    if not words:
        return re.compile(r"(?!)")
    listed = "|".join(sorted(words, key=len, reverse=True))
    end = {"en": "(?:st|nd|rd|th)", "fr": "(?:ere|er|re|eme|e)"}.get(language, "(?!)")
    behind = r"(?<!\w)thu (?P<digits>\d{1,2})(?!\d)" if language == "vi" else r"(?P<digits>(?!))"
    period = (
        r"(?! (?:half|quarter|semester|trimestre|semestre|quinzaine|moitie|nua|quy|thang|months|"
    )
    period += r"mois|ministre|lady|dame|minister|deputy|secretary|vice|of all|hand|time ever))"
    return re.compile(
        rf"(?<!\w)(?P<word>{listed})(?!\w){period}|(?<![\w.,])(?P<digit>\d{{1,2}}){end}(?!\w){period}|{behind}"
    )


@cache
def _words(language: str) -> dict[str, int]:
    """Ordinals in words, folded, with their values."""
    from num2words import num2words  # type: ignore[import-untyped]  # noqa: PLC0415 - slow

    if language == "vi":
        numbers = {"nhat": 1, "hai": 2, "nhi": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
        numbers |= {"tam": 8, "chin": 9, "muoi": 10}
        return {"dau tien": 1, "lan dau": 1} | {
            f"{word} {form}": value
            for form, value in numbers.items()
            for word in ("thu", "lan thu")
        }
    if language not in ("en", "fr"):
        return {}
    found = {
        fold(num2words(number, lang=language, to="ordinal")): number for number in range(1, _MOST)
    }
    if language == "fr":
        found |= {"premiere": 1, "second": 2, "seconde": 2}
    return found
