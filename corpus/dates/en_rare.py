"""Rarer English turns: "the closest Monday to 5 October", "March after next"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from corpus.dates import builders, durations, eras, parts, spans
from corpus.dates import term as terms
from corpus.dates.builders import ANY, COUNT, Made
from corpus.dates.en_words import UNIT, UNIT_KINDS
from corpus.dates.spans import Interval
from corpus.dates.term import Term
from corpus.dates.tokens import Match, Rule, Token, rule

UNITS = {kind: kind.removesuffix("_unit") for kind in UNIT_KINDS if kind != "half_unit"}


def _closest_weekday(match: Match) -> Made:
    """The n-th closest such weekday to a day, on either side of it."""
    number, rank = match.get("wday"), match.get("ord") or 1

    def change(interval: Interval) -> Interval | None:
        after = (number - interval[0].weekday()) % 7
        gaps = sorted((after + 7 * week for week in range(-3, 4)), key=abs)
        if not 1 <= rank <= len(gaps):
            return None
        return spans.days(interval[0] + dt.timedelta(days=gaps[rank - 1]))

    return builders.made(terms.mapped(match.tokens[-1].value, change, "day"))


def _month_in_years(match: Match) -> Made:
    """ "March in two years", "March after next": the month in a later year."""
    month: Term = match.tokens[0].value
    if month.yearly is None:
        return None
    count = match.get("num") or 1

    def make(reference: dt.date) -> Interval | None:
        if match.has("after_next"):
            first = month.resolve(reference, "future")
            return None if first is None else month.in_year(first[0].year + 1)
        return month.in_year(reference.year + count)

    return builders.made(terms.relative("month", make))


def _through(match: Match) -> Made:
    """ "through 2014": up to its end."""
    inner = match.tokens[-1]
    if match.tokens[0].word.lower() not in ("through", "thru", "till", "til"):
        return None
    if inner.value.open is not None:
        return None
    return inner.kind, replace(inner.value, open="until")


_CLAUSE_ENDS = ("dot", "stop", "comma", "line", "rpar")


def _beside(match: Match) -> Made:
    """ "the next day", and "the day before" where the clause ends: beside the reference."""
    after = match.after
    if match.has("day_before", "day_after"):
        if after is not None and after.kind not in _CLAUSE_ENDS:
            return None
    elif after is not None and after.kind in ("of", "to"):
        return None
    step = -1 if match.has("day_before", "eve") else 1
    return builders.made(terms.unit_term("day", step))


def _beside_day(match: Match) -> Made:
    """ "the day after 5 May"."""
    step = dt.timedelta(days=-1 if match.has("day_before") else 1)
    return builders.made(
        terms.mapped(match.tokens[-1].value, lambda i: spans.days(i[0] + step), "day")
    )


def _working_week(match: Match) -> Made:
    """ "next workweek": from Monday to Friday."""
    week = terms.unit_term("week", -1 if match.has("last") else 1 if match.has("next") else 0)
    return builders.made(terms.mapped(week, lambda i: spans.days(i[0], 5), "week"))


def _counted_weekday(match: Match) -> Made:
    """ "Monday two weeks from now": the Monday of that week."""
    count = (match.get("num", "num2", "vague") or 1) * (-1 if match.has("ago") else 1)
    return parts.weekday_in_week(match.get("wday"), terms.unit_term("week", count))


def _week_from(match: Match) -> Made:
    """ "week commencing 4 May"."""
    return parts.week_around(match.tokens[-1].value)


def _from_today(match: Match) -> Made:
    """ "for 3 days from today": today is the first of them."""
    now = Token("now", None, match.tokens[-1].start, match.tokens[-1].end)
    if not match.tokens[-1].word.lower().startswith("from"):
        return None
    inner = Match([*match.tokens[:-1], now], match.before, match.after, match.text)
    return durations.lasting(UNITS)(inner)  # type: ignore[return-value]


_ONE = f"({COUNT}|vague|a)"
BESIDE: list[Rule] = [
    rule("eve|next_day|day_before|day_after", _beside),
    rule("the? (this|next|last) working_week", _working_week),
    rule(f"for {_ONE} {UNIT} comma? hence", _from_today),
    rule(
        f"(in|within)? the? (next|last) {COUNT} business_unit",
        durations.working_days(("last",)),
    ),
    rule(f"wday comma? {_ONE} week_unit (ago|hence)", _counted_weekday),
    *durations.compound_rules(UNITS, UNIT, "and|comma", "", "ago|hence"),
]
DAYS: list[Rule] = [
    rule("(day_before|day_after) (the|on)* (Day|MonthDay)", _beside_day),
    rule("the? commencing (the|on)* (Day|MonthDay)", _week_from),
    rule(
        f"for {_ONE} {UNIT} comma? (from|since) (the|on)* (Day|MonthDay)"
        f"|(in|within)? {_ONE} {UNIT} comma? since (the|on)* (Day|MonthDay)"
        f"|(from|since)? the? (Day|MonthDay) for {_ONE} {UNIT}",
        durations.lasting(UNITS),
    ),
    *eras.CENTURIES,
]
SINGLE: list[Rule] = [
    rule("the? ord? closest wday to the? (Day|MonthDay)", _closest_weekday),
    rule(f"Month (after_next|in ({COUNT}|a) year_unit)", _month_in_years),
]
CLOSING: list[Rule] = [rule(f"to the? {ANY}", _through)]
