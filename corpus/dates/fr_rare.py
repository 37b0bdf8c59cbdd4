"""Rarer French turns: "la veille", "deux jours plus tard", "depuis trois ans"."""

from __future__ import annotations

import datetime as dt
from typing import cast

from corpus.dates import builders, durations, eras, parts, spans
from corpus.dates import term as terms
from corpus.dates.builders import COUNT, Made
from corpus.dates.fr_words import UNIT, UNIT_KINDS
from corpus.dates.mention import Grain
from corpus.dates.tokens import Build, Match, Rule, rule

_PRONOUNS = {"il", "elle", "ils", "elles", "on", "nous", "je", "j"}
_BESIDE = {"eve": -1, "next_day": 1, "second_eve": -2, "second_day": 2}
_CLAUSE_ENDS = {"dot", "stop", "comma", "line", "rpar"}


def _beside(offset: int) -> Build:
    """ "la veille", "le lendemain": of the reference, unless they name what they are beside."""

    def build(match: Match) -> Made:
        after = match.after
        if after is not None and after.kind in ("of", "du", "apos"):
            return None
        plain = after is not None and after.kind == "other"
        if plain and match.has("eve") and after.word.lower() not in _PRONOUNS:  # type: ignore[union-attr]
            return None  # "la veille stratégique"
        return builders.made(terms.unit_term("day", offset))

    return build


def _beside_day(match: Match) -> Made:
    """ "la veille du 4 mai", "au lendemain du 14 juillet"."""
    day = match.tokens[-1].value
    step = next(dt.timedelta(days=_BESIDE[t.kind]) for t in match.tokens if t.kind in _BESIDE)
    return builders.made(terms.mapped(day, lambda i: spans.days(i[0] + step), "day"))


def _narrated(match: Match) -> Made:
    """ "deux jours plus tard", and "trois jours avant" where the clause ends."""
    bare = match.has("before", "after")
    if bare and match.after is not None and match.after.kind not in _CLAUSE_ENDS:
        return None
    return durations.compound(UNIT_KINDS, ("plus_early", "before"))(match)  # type: ignore[return-value]


def _day_of_current_month(match: Match) -> Made:
    """ "le 5 du mois"."""
    number = match.get("num")
    month = terms.unit_term("month", 0)
    return builders.made(terms.mapped(month, lambda i: spans.days(i[0].replace(day=number)), "day"))


def _first_of_month(match: Match) -> Made:
    """ "le 1er": the other ordinals are no days in French."""
    if match.tokens[0].word.lower() != "le" or match.tokens[-1].word.lower() != "1er":
        return None
    if match.after is not None and match.after.kind not in (*_CLAUSE_ENDS, "in", "at"):
        return None
    return builders.made(terms.day_of_month(1), "DayNumber")


def _first_of(match: Match) -> Made:
    """ "les deux premières semaines de mai 2021"."""
    unit = next(UNIT_KINDS[token.kind] for token in match.tokens if token.kind in UNIT_KINDS)
    count, whole = match.get("num", "num2", "big"), match.tokens[-1].value
    return parts.stretch_of(count, cast(Grain, unit), whole, match.has("last"))


def _counted_weekday(match: Match) -> Made:
    """ "lundi dans deux semaines": the Monday of that week."""
    sign = -1 if match.has("ago") else 1
    count = match.get("num", "num2", "vague")
    return parts.weekday_in_week(match.get("wday"), terms.unit_term("week", sign * count))


RELATIVE: list[Rule] = [
    *(
        rule(f"(the|au) {kind}" if kind == "eve" else f"(the|au)? {kind}", _beside(offset))
        for kind, offset in _BESIDE.items()
    ),
    *durations.compound_rules(UNIT_KINDS, UNIT, "and|comma", "ago|dans", "plus_early|plus_late"),
    rule(f"({COUNT}|vague) {UNIT} (plus_early|plus_late|before|after)", _narrated),
    rule(f"since ({COUNT}|vague) {UNIT}", durations.since(UNIT_KINDS)),
    rule(f"wday (ago|dans) ({COUNT}|vague) week_unit", _counted_weekday),
    rule(
        f"(dans|in)? (the|this)* {COUNT} (last|next) business_unit"
        f"|(dans|in)? (the|this)* {COUNT} business_unit (last|next)|dans {COUNT} business_unit",
        durations.working_days(("last",)),
    ),
    rule("the num du month_unit", _day_of_current_month),
    rule("the ord", _first_of_month),
    rule(
        f"(in|dans)? {COUNT} {UNIT} comma? since (the|du|au)? (Day|MonthDay)",
        durations.lasting(UNIT_KINDS),
    ),
]
# Once days have their years.
BESIDE: list[Rule] = [
    rule(
        f"the? {COUNT} (firsts|last) (month_unit|week_unit|day_unit|quarter_unit)"
        " (of|du|the|in)* (Month|Quarter|Season|Half|Year|Decade|Century)",
        _first_of,
    ),
    rule(f"(the|au)? ({'|'.join(_BESIDE)}) (of|du|the)* Day", _beside_day),
    *eras.CENTURIES,
]
