"""Whether it is the first time or the third: ordinals, whose words mean much else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.article import Span
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.calendar import folded
from retrieval.verify.number_words import ordinal_words
from retrieval.verify.problem import Problem
from retrieval.verify.taken import Taken
from retrieval.verify.told import Told, composed

_BETWEEN = "[ -](?:and |et )?"
"""What may stand between the words of one: "twenty-first", "vingt et unième"."""

_SUPERLATIVES = {
    "en": re.compile(
        r"(?<!\w)(?:larg|bigg|high|long|old|rich|great|strong|busi|clos|small|low)est(?!\w)"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:l[ae]s?|des|du|sa|son|ses|leurs?) plus (?:grand|gros|haut|long|important|eleve"
        r"|riche|ancien|fort|proche|petit|faible)(?:se|ne)?e?s?(?!\w)"
    ),
    "vi": re.compile(
        r"(?<!\w)(?:lớn|cao|dài|giàu|lâu đời|mạnh|quan trọng|gần gũi|nhỏ|thấp) nhất(?!\w)"
    ),
}
_NEXT = 4
"""Characters between a superlative and the ordinal that says which: "second-largest"."""

_AMONG = re.compile(r"(?:among|one of|l'un des|l'une des|parmi|một trong)[^.;,]*$")
_AMONG_BEFORE = 40
_ONE_OF = 0
"""The place of what is only one of the largest."""

_NOT_BEFORE = (
    r"(?! (?:half|quarter|semester|trimestre|semestre|quinzaine|months|mois|ministre|lady|dame"
    r"|minister|deputy|secretary|vice|of all|hand|time ever))"
)
"""Behind these an ordinal says which part of a year, whose title, or nothing."""


def ordinal_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The ordinal of a statement that has one, where the evidence has one as well, and another."""
    said = _places(statement)
    told = [value for each in evidence for value, _ in _places(each)]
    if len(said) == len(told) == 1 and said[0][0] != told[0]:
        yield Problem("number", said[0][1], "has another place in the evidence")


def _places(told: Told) -> list[tuple[int, Span]]:
    """The ordinals of a text, and its superlatives: the largest is the first, unless an ordinal
    says which, and "one of the largest" is none of them."""
    found = _ordinals(told)
    text = composed(told.text) if told.language == "vi" else folded(told.text)
    for match in _SUPERLATIVES[told.language].finditer(text) if told.language in LANGUAGES else ():
        span = Span(match.start(), match.end())
        said = any(
            abs(one.start - span.end) <= _NEXT or abs(span.start - one.end) <= _NEXT
            for _, one in found
        )
        if not said:
            among = _AMONG.search(text[max(0, span.start - _AMONG_BEFORE) : span.start])
            found.append((_ONE_OF if among else 1, span))
    return found


def _ordinals(told: Told) -> list[tuple[int, Span]]:
    """The ordinals of a text, but for those in its dates and titles."""
    taken = Taken(len(told.text), (Span(d.start_char, d.end_char) for d in told.dates))
    for spans in (told.weekdays, told.titles, told.bodies):
        taken.add(each.span for each in spans)
    found = []
    # In Vietnamese accents tell "thứ năm", the fifth, from "thu năm", the autumn of a year.
    text = composed(told.text) if told.language == "vi" else folded(told.text)
    for match in _pattern(told.language).finditer(text):
        span = Span(match.start(), match.end())
        if not taken.meets(span):
            found.append((_value(match, told.language), span))
    return found


def _value(match: re.Match[str], language: str) -> int:
    digits = match["digits"] or match["digit"]
    if digits:
        return int(digits)
    return next(
        value for form, value in _words(language).items() if re.fullmatch(form, match["word"])
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = _words(language)
    if not words:
        return re.compile(r"(?!)")
    listed = "|".join(sorted(words, key=len, reverse=True))
    end = {"en": "(?:st|nd|rd|th)", "fr": "(?:ere|er|re|eme|e)"}.get(language, "(?!)")
    behind = r"(?<!\w)thứ (?P<digits>\d{1,2})(?!\d)" if language == "vi" else r"(?P<digits>(?!))"
    return re.compile(
        rf"(?<!\w)(?P<word>{listed})(?!\w){_NOT_BEFORE}"
        rf"|(?<![\w.,])(?P<digit>\d{{1,2}}){end}(?!\w){_NOT_BEFORE}|{behind}"
    )


@cache
def _words(language: str) -> dict[str, int]:
    """Ordinals in words, folded but for Vietnamese, with their values."""
    if language not in LANGUAGES:
        return {}
    found = {_BETWEEN.join(key): int(value) for key, value in ordinal_words(language).items()}
    return found | ({"đầu tiên": 1, "lần đầu": 1} if language == "vi" else {})
