"""Dates written in digits, and what tells them from fractions, scores and ratios."""

from __future__ import annotations

import re

from corpus.dates.builders import Made, made, month_day, whole_month
from corpus.dates.term import joined
from corpus.dates.tokens import Build, Match, Rule, rule

# --- Numeric forms -------------------------------------------------------------------------


def _order(a: int, b: int, day_first: bool) -> tuple[int, int] | None:
    """Day and month of ``a/b``; the other order where the first is no month."""
    day, month = (a, b) if day_first else (b, a)
    if not 1 <= month <= 12:
        day, month = month, day
    return (day, month) if 1 <= month <= 12 and 1 <= day <= 31 else None


def iso_day(match: Match) -> Made:
    year, month, day = match.tokens[0].value
    if not 1000 <= year <= 2999:
        return None
    return made(month_day(month, day, year) if 1 <= month <= 12 else month_day(day, month, year))


def numeric_day(day_first: bool) -> Build:
    def build(match: Match) -> Made:
        a, b, year, sign = match.tokens[0].value
        source = match.source
        if sign == "." and len(source.rsplit(".", 1)[1]) == 2 and match.before is not None:
            # "1.15.20" may be a version; two-digit years with dots need both parts padded.
            first, second, _ = source.split(".")
            if len(first) < 2 or len(second) < 2:
                return None
        if b > 31 and sign == "/" and 1 <= a <= 31:
            return None
        found = _order(a, b, day_first)
        return None if found is None else made(month_day(found[1], found[0], year))

    return build


def numeric_month(match: Match) -> Made:
    month, year = match.tokens[0].value
    return made(whole_month(month, year)) if 1000 <= year <= 2999 else None


def fraction_day(day_first: bool) -> Build:
    """``16/4``, unless it reads as a fraction, a ratio or "round the clock"."""

    def build(match: Match) -> Made:
        a, b = match.tokens[0].value
        found = _order(a, b, day_first)
        start = match.tokens[0].start
        if _SCORED.search(match.text, max(0, start - 40), start):
            return None
        if found is None or not supported(match, looks_like_fraction(a, b)):
            return None
        return made(month_day(found[1], found[0], None))

    return build


_SCORED = re.compile(
    r"\bsets?\b|t[ỷỉ] số|t[ỷỉ] lệ|\bscores?\b|\bratio\b|\brapport de\b", re.IGNORECASE
)


def looks_like_fraction(a: int, b: int) -> bool:
    return (a < b <= 10) or (a, b) == (24, 7) or a == 0


_SUPPORT = {
    "date", "on", "from", "to", "since", "after", "before", "until", "between", "lpar", "the",
    "daypart", "wday", "and", "line", "early", "mid", "late", "ord", "this", "Day", "Weekday",
    "slash", "dash", "year_unit", "at_most", "next", "last", "du", "au", "colon",
}  # fmt: skip


def supported(match: Match, needed: bool) -> bool:
    """True unless the neighbours speak against a date, or must speak for it and do not."""
    before, after = match.before, match.after
    if before is not None and before.kind in ("ratio", "money", "dot_number"):
        return False
    if after is not None and after.kind in ("quantity", "of", "slash"):
        return after.kind == "of" and before is not None and before.kind in ("date", "daypart")
    if after is not None and after.kind == "other" and after.word in ("%", "°"):
        return False
    if not needed:
        return True
    if match.tokens[0].value == (24, 7):
        return before is not None and before.kind in _SUPPORT
    return before is None or before.kind in _SUPPORT


def dashed_day(day_first: bool) -> Build:
    """``16-4``: only after words that lead to a date, or alone in the text; else it is a score."""

    def build(match: Match) -> Made:
        first, _, second = match.tokens
        led = match.before is not None and match.before.kind in (
            "date", "daypart", "lpar", "Weekday", "wday", "on", "the", "this",
        )  # fmt: skip
        alone = match.before is None and match.after is None
        if not (led or alone) or (match.after is not None and match.after.kind in _NOT_AFTER_DASH):
            return None
        if (
            match.before is not None
            and match.before.kind == "lpar"
            and (match.after is None or match.after.kind != "rpar")
        ):
            return None
        if second.start - first.end > 1 and not alone:
            return None
        found = _order(first.value, second.value, day_first)
        return None if found is None else made(month_day(found[1], found[0], None))

    return build


def dashed_pair(match: Match) -> Made:
    """``ngày 10 và 11-9``: two days that follow each other."""
    first, last, month = match.all("num")
    if last != first + 1 or not 1 <= month <= 12:
        return None
    start, end = month_day(month, first, None), month_day(month, last, None)
    term = None if start is None or end is None else joined(start, end)
    return None if term is None else made(term, "Span")


_NOT_AFTER_DASH = {"month", "month_unit", "clock", "slash", "frac", "abc", "Day", "dash", "of"}


def named_with_signs(match: Match) -> Made:
    """``31/Oct/1974``, ``Sep-23-2020``, ``dec/2018``: one month name, parts without spaces."""
    parts = match.tokens[::2]
    names = [part.value for part in parts if part.kind == "month"]
    if len(names) != 1 or match.tokens[-1].end - match.tokens[0].start != sum(
        token.end - token.start for token in match.tokens
    ):
        return None
    if match.before is not None and match.before.kind == "month":
        return None
    years = [part.value for part in parts if part.kind == "year4"]
    days = [part.value for part in parts if part.kind in ("num", "ord")]
    if len(parts) == 3 and not years:
        years = [terms_year(part.value) for part in parts if part.kind == "num2"]
    year = years[0] if years else None
    if len(days) == 1 and len(days) + len(years) + 1 == len(parts):
        return made(month_day(names[0], days[0], year))
    if years and len(parts) == 2:
        return made(whole_month(names[0], year))
    return None


def terms_year(value: int) -> int:
    return value + (2000 if value < 40 else 1900)


def dashed_month(match: Match) -> Made:
    """``2015-3`` and ``12-2015``, without spaces; not the start of a range of years."""
    first, sign, second = match.tokens
    if first.end != sign.start or sign.end != second.start:
        return None
    if match.after is not None and match.after.kind in ("dash", "month"):
        return None
    if match.before is not None and match.before.kind in (
        "dash", "month", "slash", "quarter_name", "half_name", "quarter_unit",
    ):  # fmt: skip
        return None
    year, month = match.get("year4"), match.get("num")
    return made(whole_month(month, year)) if 1900 <= year < 2100 else None


def compact_day(match: Match) -> Made:
    """``20161016``."""
    word = match.tokens[0].word
    if len(word) != 8 or not word.isdecimal() or not word.startswith(("19", "20")):
        return None
    if match.before is not None and match.before.kind == "money":
        return None
    return made(month_day(int(word[4:6]), int(word[6:]), int(word[:4])))


def abbreviated_month(match: Match, full_names: set[str]) -> tuple[str, int] | None:
    """ "Oct. 2019": the dot belongs to the word, unless it ends the sentence."""
    word, after = match.tokens[0].word.lower(), match.after
    if len(word) > 5 or word in full_names:
        return None
    if after is not None and after.kind not in (
        "num",
        "ord",
        "year4",
        "comma",
        "dash",
        "to",
        "stop",
    ):
        return None
    return "month", match.tokens[0].value


def spaced_day(match: Match) -> Made:
    """ "2016 10 16"."""
    year, month, day = (token.value for token in match.tokens)
    if match.after is not None and match.after.kind in ("num", "num2", "big"):
        return None
    if match.before is not None and match.before.kind in ("num", "num2", "big", "month", "Month"):
        return None
    return made(month_day(month, day, year)) if month <= 12 else None


def numeric_rules(day_first: bool) -> list[Rule]:
    """Dates written in digits, and month names between signs."""
    part = "(num|ord|num2|month|year4)"
    return [
        rule("ymd", iso_day),
        rule("abc", numeric_day(day_first)),
        rule("my", numeric_month),
        rule("frac", fraction_day(day_first)),
        rule("big", compact_day),
        rule(f"{part} (slash|dash) {part} (slash|dash) {part}", named_with_signs),
        rule("(num month|month num) (slash|dash) year4", named_with_signs),
        rule("(num|month) (slash|dash) (num|month|year4)", named_with_signs),
        rule("year4 dash num|num dash year4", dashed_month),
        rule("year4 num num", spaced_day),
        rule("num slash num", dashed_day(day_first)),
    ]
