"""Rules that hold in every language, and the builders that language rules share.

A rule's builder returns a token whose kind is the unit it names (``Day``, ``Month``, ``Year``,
…) and whose value is a `Term`. Capitalised kinds are terms; lower-case kinds are words.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.dates import spans
from corpus.dates import term as terms
from corpus.dates.builders import (
    ANY,
    TERM_KINDS,
    WITHIN_YEAR,
    Made,
    made,
    month_day,
    of_year,
    whole_year,
)
from corpus.dates.mention import Open
from corpus.dates.spans import Interval
from corpus.dates.term import Term
from corpus.dates.tokens import Match, Rule, rule

# --- Written days --------------------------------------------------------------------------


def written_day(match: Match) -> Made:
    """A day's number and a month's name, in either order, with or without a year."""
    if match.before is not None and match.before.kind == "money":
        return None
    day = match.get("num", "ord")
    return made(month_day(match.get("month"), day, None))


def written_run(match: Match) -> Made:
    """ "3 to 5 May", "May 3-5", "les 2 et 3 mars": days of one month."""
    first, last = match.all("num", "ord")[:2]
    month = match.get("month")
    opening, closing = month, month
    if first > last:
        # "April 27th to the third" ends in May, "from the 27th to the 3rd of April" began in March.
        month_first = next(t.kind for t in match.tokens if t.kind in ("num", "ord", "month"))
        if month_first == "month":
            closing = month % 12 + 1
        else:
            opening = (month - 2) % 12 + 1
    return _run(month_day(opening, first, None), month_day(closing, last, None))


def written_list(match: Match) -> Made:
    """ "4, 5 et 6 mai", "May 4, 5 and 6": days of one month that follow one another."""
    days, month = match.all("num", "ord"), match.get("month")
    if days != list(range(days[0], days[-1] + 1)):
        return None
    counts = match.after is not None and match.after.kind not in _AFTER_DAYS
    if counts and match.tokens[0].kind == "month":
        return None  # "October 29 and 30 people"
    return _run(month_day(month, days[0], None), month_day(month, days[-1], None))


_AFTER_DAYS = {"stop", "dot", "comma", "line", "rpar", "in", "at", "to", "dash", "year4"}


def _run(first: Term | None, last: Term | None) -> Made:
    if first is None or last is None:
        return None
    term = terms.joined(first, last)
    return None if term is None else made(term, "Span")


def run_before(match: Match) -> Made:
    """A day's number before a full day: "29-30/3", "ngày 29 và 30/3"."""
    number, day = match.get("num", "ord"), match.tokens[-1].value
    if match.before is not None and match.before.kind == "month_unit":
        return None  # "28 tháng 2 đến ngày 3 tháng 3"
    sample = day.example() if day.relative is None else None
    if sample is not None:
        last = sample[0].day
        if match.has("and") and number != last - 1:
            return None
        if number == last or (number > last and not number > 15 > last):
            return None

    def change(interval: Interval) -> Interval:
        start = interval[0]
        if number > start.day:
            start = spans.add_months(start.replace(day=1), -1)
        return start.replace(day=number), interval[1]

    return made(terms.mapped(day, change, "day"), "Span")


def run_list(match: Match) -> Made:
    """ "ngày 1, 2 và 3/3": days that follow one another."""
    numbers, day = match.all("num", "ord"), match.tokens[-1].value
    sample = day.example() if day.relative is None else None
    if sample is None or [*numbers, sample[0].day] != list(range(numbers[0], sample[0].day + 1)):
        return None

    def change(interval: Interval) -> Interval:
        return interval[0].replace(day=numbers[0]), interval[1]

    return made(terms.mapped(day, change, "day"), "Span")


def run_after(match: Match) -> Made:
    """A month and day before a day's number: "April 27th to the third"."""
    number, day = match.all("num", "ord")[-1], match.tokens[0].value

    def change(interval: Interval) -> Interval:
        last = interval[0]
        if number <= last.day:
            last = spans.add_months(last.replace(day=1), 1)
        return interval[0], last.replace(day=number) + spans.ONE_DAY

    return made(terms.mapped(day, change, "day"), "Span")


def day_in_month(match: Match) -> Made:
    """ "the 20th of next month", "21 this month": a day's number with a relative month."""
    numbers, month = match.all("num", "ord"), match.get("Month")
    if month.yearly is not None:
        return None

    def change(interval: Interval) -> Interval:
        first, last = numbers[0], numbers[-1]
        return interval[0].replace(day=first), interval[0].replace(day=last) + spans.ONE_DAY

    if numbers[0] > numbers[-1]:
        return None
    return made(terms.mapped(month, change, "day"), "Day" if len(numbers) == 1 else "Span")


# --- Years ---------------------------------------------------------------------------------


def attach_year(match: Match) -> Made:
    """A period of the year followed or preceded by its year."""
    inner, year = None, None
    for token in match.tokens:
        if token.kind == "year4":
            year = whole_year(token.value)
        elif token.kind == "Year":
            year = token.value
        elif token.kind in TERM_KINDS:
            inner = token
    if inner is None or year is None or inner.value.yearly is None:
        return None
    if year.yearly is not None:
        return None
    term = of_year(inner.value, year)
    return made(term, "Day" if inner.kind == "MonthDay" else inner.kind)


def stated_year(match: Match) -> Made:
    """ "năm 2020", "the year 2008"."""
    return made(whole_year(match.get("year4")))


_YEAR_LEADS = {
    "in", "of", "since", "from", "to", "until", "before", "after", "between", "early", "mid",
    "late", "and", "year_unit", "lpar", "dash", "Month", "on", "Year", "same", "slash", "the",
    "at_most", "comma",
}  # fmt: skip
_NOT_AFTER_YEAR = {
    "quantity", "money", "day_unit", "week_unit", "month_unit", "year_unit", "an", "num", "num2",
    "big", "month", "at", "dash_word", "other_number",
}  # fmt: skip


# "555-2020" is a number, "2019-2020" are years.
_IN_NUMBER = re.compile(r"(?<![\d(])(?:\d{3}|\d{5,})-$")


def bare_year(match: Match) -> Made:
    """Four digits that stand for a year: after a preposition, a name, or nothing."""
    value, before, after = match.tokens[0].value, match.before, match.after
    if before is not None and before.kind in ("money", "ratio", "num", "num2", "big"):
        named = before.start > 0 and match.text[before.start - 1].isupper()
        if not named or not 1900 <= value < 2100:
            return None  # but "G7 2019" is a year
    if after is not None and after.kind in _NOT_AFTER_YEAR:
        return None
    gap = match.text[match.tokens[0].end : after.start] if after is not None else ""
    if after is not None and not gap and after.kind == "other":
        return None
    if (
        before is not None
        and before.kind == "dash"
        and _IN_NUMBER.search(match.text, max(0, before.start - 5), before.end)
    ):
        return None
    led = before is None or before.kind in _YEAR_LEADS
    if not 1900 <= value < 2100:
        lead = before is not None and before.kind in (
            "in",
            "since",
            "year_unit",
            "until",
            "before",
            "after",
            "between",
        )
        if not lead and (before is None or before.kind not in ("and", "to", "dash")):
            return None
        if (
            value < 1000
            or value >= 2200
            or (after is not None and after.kind == "other" and after.word.islower())
        ):
            return None
        return made(whole_year(value))
    plain_after = (
        after is not None
        and after.kind in ("other", "name_word")
        and after.word[:1].islower()
        and bool(gap)
    )
    named = before is not None and before.word[:1].isupper()
    if plain_after and not (led and before is not None) and not (named and value >= 1990):
        return None
    if before is not None and before.kind == "comma" and plain_after and value == 2000:
        return None
    return made(whole_year(value))


# --- Runs and open periods -----------------------------------------------------------------


def run(match: Match) -> Made:
    first, last = (
        token for token in match.tokens if token.kind in TERM_KINDS or token.kind == "now"
    )
    if match.has("now"):
        # "between May 2019 and now"
        today = terms.unit_term("day", 0)
        ends = [today if token.kind == "now" else token.value for token in (first, last)]
        term = terms.joined(*ends)
        return None if term is None else made(term, "Span")
    if match.has("and") and not match.has("between"):
        return None
    if match.has("dash") and not match.has("from", "between"):
        gap = match.text[first.end : last.start]
        if (
            "year" in (first.value.grain, last.value.grain)
            and first.value.grain != last.value.grain
        ):
            return None
        if len(gap) > 3:
            return None
    joined = terms.joined(first.value, last.value)
    return None if joined is None else made(joined, "Span")


def opened(match: Match) -> Made:
    """ "since 2020": the period of the date itself, marked as open to one side."""
    inner = next(token for token in reversed(match.tokens) if token.kind in TERM_KINDS)
    which = next(
        token
        for token in match.tokens
        if token.kind in ("since", "after", "before", "until", "from", "at_most")
    )
    term: Term = inner.value
    if term.open is not None or (which.kind == "from" and inner.kind == "Span"):
        return None
    kind: Open = {"from": "since", "at_most": "until"}.get(which.kind, which.kind)  # type: ignore[assignment]
    return inner.kind, replace(term, open=kind)


def opened_after(match: Match) -> Made:
    """ "2016 or later", "từ 2020 trở đi"."""
    inner = match.tokens[0]
    if inner.value.open is not None:
        return None
    return inner.kind, replace(inner.value, open="since")


def year_rules() -> list[Rule]:
    """Years, and the periods of a year that are followed by theirs."""
    return [
        rule(f"{WITHIN_YEAR} comma? (of|in|the|year_unit)* (year4|Year)", attach_year),
        rule("(year4|Year) (dash|apos|of|the)* (Quarter|Half|Month|Season)", attach_year),
        rule("(Quarter|Half) dash year4", attach_year),
        rule("year_unit of? year4", stated_year),
        rule("year4", bare_year),
    ]


def closing_rules() -> list[Rule]:
    """Runs between two dates, and open periods, once all single dates are read."""
    sign = "(to|dash|until)"
    return [
        rule(f"(from|between)? the? {ANY} {sign} (the|on|date)? {ANY}", run),
        rule(f"between the? {ANY} and (the|date)? {ANY}", run),
        rule(f"(from|between)? the? {ANY} {sign} now", run),
        rule(f"between (the? {ANY} and now|now and the? {ANY})", run),
        rule(f"(since|after|before|until|at_most) (the|in|on|date|of)* {ANY}", opened),
        rule(f"{ANY} (and|or)? onwards", opened_after),
        rule(f"{ANY} (and|or) after", opened_after),
    ]
