"""Far times: ages, years before our era or of three digits, decades and halves of centuries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

from corpus.dates import parts, spans
from corpus.dates import term as terms
from corpus.dates.builders import COUNT, Made, made, whole_year
from corpus.dates.spans import Interval
from corpus.dates.term import Term
from corpus.dates.tokens import Match, Rule, bare, rule

_ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def roman(number: int) -> str:
    """The numeral in lower case: "xix"."""
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written


ROMAN = {roman(number): number for number in range(1, 31)}

_MAGNITUDES = {
    "trieu", "ty", "ti", "nghin", "ngan", "million", "millions", "billion", "billions",
    "milliard", "milliards", "millier", "milliers", "thousands", "hundreds",
}  # fmt: skip


def no_date(_: Match) -> tuple[str, None]:
    """Words that look like a date and are none: no later rule reads them."""
    return "no_date", None


def _age(match: Match) -> tuple[str, None] | None:
    """ "505 triệu năm trước": so many millions of years, not last year."""
    counted = next(token for token in match.tokens if token.kind == "quantity")
    if bare(counted.word.lower()) not in _MAGNITUDES or match.tokens[-1].word.lower() == "ngoái":
        return None
    return no_date(match)


def _century(match: Match) -> Made:
    """ "thế kỷ thứ 2 sau Công nguyên"."""
    return made(parts.century(match.get("roman", "num", "ord")))


def _of_our_era(match: Match) -> Made:
    """ "in 14 AD", "năm 40 sau Công nguyên"."""
    number = match.get("num", "num2", "year4", "big")
    if match.tokens[-1].word.lower() == "ad" and not match.tokens[-1].word.isupper():
        return None
    return made(whole_year(number)) if 1 <= number < 3000 else None


_LEADS_YEAR = {
    "in", "from", "to", "since", "before", "after", "early", "mid", "late", "of", "line", "comma",
    "dot", "stop", "lpar", "and", "dash",
}  # fmt: skip
_EVERY = {"mỗi", "hàng", "hằng", "một", "từng", "bình", "quân"}


def _three_digits(match: Match) -> Made:
    """ "năm 938", "l'an 800": only where nothing counts years or what follows."""
    word, before, after = match.tokens[-1].word, match.before, match.after
    if len(word) != 3 or not word.isdecimal() or word[0] == "0":
        return None
    if after is not None and after.kind in ("quantity", "num", "num2", "big", "money", "dash"):
        return None
    named = before is not None and before.word[:1].isupper() and before.word.lower() not in _EVERY
    if before is None or before.kind in _LEADS_YEAR or named or match.has("an"):
        return made(whole_year(int(word)))
    return None


def _decade_of_century(match: Match) -> Made:
    """ "những năm 60 của thế kỷ XX", "the 60s of the last century"."""
    decade: Term = match.tokens[0].value
    if decade.fixed is None:
        return None
    within = decade.fixed[0].year % 100

    def change(interval: Interval) -> Interval:
        return spans.months(interval[0].year + within, 1, 120)

    return made(terms.mapped(match.tokens[-1].value, change, "decade"))


def half_of(second: Callable[[Match], bool]) -> Callable[[Match], Made]:
    """ "the second half of the 19th century", "nửa đầu tháng 3"."""

    def build(match: Match) -> Made:
        later, whole = second(match), match.tokens[-1].value

        def change(interval: Interval) -> Interval:
            start, end = interval
            count = round((end - start).days / 30.44)
            if count == 1:
                middle = start.replace(day=16)
            elif count % 2:
                middle = start + dt.timedelta(days=((end - start).days + 1) // 2)
            else:
                middle = spans.add_months(start, count // 2)
            return (middle, end) if later else (start, middle)

        grain = "day" if whole.grain in ("month", "quarter") else "year"
        if whole.grain == "year":
            grain = "half-year"
        term = terms.mapped(whole, change, grain)  # type: ignore[arg-type]
        return made(term, "Half" if grain == "half-year" else "Span")

    return build


def _is_second(match: Match) -> bool:
    """Whether a half read before its whole was the second one."""
    half = match.tokens[0].value.example()
    return half is not None and half[0].month > 1


def _signed_number(match: Match) -> tuple[str, None] | None:
    """ "15/2020/NĐ-CP", "loi n° 2020-123": the number of a law, not a year."""
    tokens = match.tokens
    if any(one.end != other.start for one, other in pairwise(tokens)):
        return None
    years = match.all("year4")
    if len(years) == 2 and years[0] <= years[1]:
        return None
    if match.has("slash") and tokens[-1].kind == "other" and not tokens[-1].word[:1].isupper():
        return None
    if len(tokens) == 3 and len(tokens[-1].word) < 3:
        return None
    return no_date(match)


def _school_year(match: Match) -> Made:
    """ "la saison 2020/2021"."""
    first, _, last = match.tokens
    if last.value != first.value + 1 or last.start - first.end > 1:
        return None
    return made(terms.fixed("year", spans.months(first.value, 1, 24)), "Span")


# A year in a count of years: no rule reads them as a date.
FIRST: list[Rule] = [
    rule("quantity of? (year_unit|an) (before|ago|ago_after|last|recently|earlier)", _age),
    rule(
        f"(the|year_unit|an|in)* {COUNT} (year_unit|an)? bc|(the|year_unit|an)* year4 bc", no_date
    ),
    rule("century_unit (roman|num|ord) bc|the? (roman|ord) century_unit bc", no_date),
    rule("century_unit (roman|num|ord) ad|the? (roman|ord) century_unit ad", _century),
    rule(f"(the|year_unit|an)* ({COUNT}|year4) ad", _of_our_era),
    rule("(year_unit|an) big", _three_digits),
    rule("(num|num2|big) slash year4 slash other|year4 dash (big|year4)", _signed_number),
    rule("year4 slash year4", _school_year),
]
# Once decades, halves and centuries are read.
CENTURIES: list[Rule] = [
    rule("Decade (of|du|the|in)* Century", _decade_of_century),
    rule("Half (of|du|the|in)* (Century|Decade|Month|Quarter)", half_of(_is_second)),
]
