"""Durations counted from a day: "2 years and 3 months ago", "for 10 days from 18 December"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from corpus.dates import spans
from corpus.dates import term as terms
from corpus.dates.builders import COUNT, Made, made
from corpus.dates.spans import Interval
from corpus.dates.term import Term
from corpus.dates.tokens import Build, Match, Rule, Token, rule

Units = Mapping[str, str]
_COUNTS = ("num", "num2", "big", "vague")


def _steps(tokens: list[Token], units: Units) -> list[tuple[str, int]]:
    """Units with their counts, in order; empty where a count is none."""
    found: list[tuple[str, int]] = []
    count: int | None = None
    for token in tokens:
        if token.kind in _COUNTS:
            count = int(token.value)
        elif token.kind == "a":
            count = 1
        elif token.kind in units and count is not None:
            found.append((units[token.kind], count))
            count = None
    return found if all(0 < count <= 3000 for _, count in found) else []


def _added(date: dt.date, steps: list[tuple[str, int]], sign: int) -> dt.date:
    for unit, count in steps:
        date = spans.add(date, unit, sign * count)
    return date


def compound(units: Units, past: tuple[str, ...]) -> Build:
    """ "2 years and 3 months ago", "1 month 21 days later"."""

    def build(match: Match) -> Made:
        steps = _steps(match.tokens, units)
        if not steps or (match.before is not None and match.before.kind in ("last", "next")):
            return None
        sign = -1 if match.has(*past) else 1
        return made(terms.relative("day", lambda day: spans.days(_added(day, steps, sign))))

    return build


def lasting(units: Units) -> Build:
    """ "for 10 days from 18 December": so long, from that day on."""

    def build(match: Match) -> Made:
        steps = _steps(match.tokens, units)
        anchor: Term = match.get("Day", "MonthDay", "now")
        if match.has("now"):
            anchor = terms.unit_term("day", 0)
        if len(steps) != 1 or anchor.open not in (None, "since"):
            return None

        def change(interval: Interval) -> Interval:
            return interval[0], _added(interval[0], steps, 1)

        return made(terms.mapped(replace(anchor, open=None), change, "day"), "Span")

    return build


def since(units: Units) -> Build:
    """ "depuis trois ans": from that day on."""

    def build(match: Match) -> Made:
        steps = _steps(match.tokens, units)
        if not steps:
            return None
        term = terms.relative("day", lambda day: spans.days(_added(day, steps, -1)))
        return made(replace(term, open="since"), "Day")

    return build


def compound_rules(units: Units, unit: str, joint: str, before: str, after: str) -> list[Rule]:
    """Two or three units counted from the reference, with the words before or after them."""
    one = f"({COUNT}|vague|a) {unit}"
    run = f"{one} ({joint})? {one} (({joint})? {one})?"
    past = ("ago", "before", "ago_after", "earlier")
    patterns = [f"({before}) {run}"] if before else []
    patterns += [f"{run} ({after})"] if after else []
    return [rule(pattern, compound(units, past)) for pattern in patterns]


def _working(day: dt.date) -> bool:
    return day.weekday() < 5


def working_days(past: tuple[str, ...]) -> Build:
    """ "the next 4 business days": as many days from Monday to Friday, without today."""

    def build(match: Match) -> Made:
        count, step = match.get(*_COUNTS), -1 if match.has(*past) else 1
        if not 0 < count <= 300:
            return None

        def make(reference: dt.date) -> Interval:
            days: list[dt.date] = []
            day = reference
            while len(days) < count:
                day += dt.timedelta(days=step)
                if _working(day):
                    days.append(day)
            return min(days), max(days) + spans.ONE_DAY

        return made(terms.relative("day", make), "Span")

    return build
