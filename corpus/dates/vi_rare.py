"""Vietnamese days of the lunar calendar, which have no fixed day in ours, and rarer turns."""

from __future__ import annotations

from typing import cast

from corpus.dates import builders, common, durations, eras, parts, spans
from corpus.dates import term as terms
from corpus.dates.builders import ANY, COUNT, Made
from corpus.dates.mention import Grain
from corpus.dates.tokens import Match, Rule, Token, rule
from corpus.dates.vi_words import UNIT, UNIT_KINDS


def _named_month(match: Match) -> Made:
    """ "27 tháng Giêng năm 1973": with a year of ours, the month is January too."""
    month, year = match.get("lunar_month"), match.get("year4")
    day = match.get("num")
    if match.tokens[0].word.lower().startswith(("mùng", "mồng")):
        return eras.no_date(match)  # type: ignore[return-value]
    if day is not None:
        return builders.made(builders.month_day(month, day, year))
    return builders.made(builders.whole_month(month, year))


def _first_of(match: Match) -> Made:
    """ "10 ngày đầu tháng 3", "hai tuần cuối của quý 2"."""
    name = next(UNIT_KINDS[token.kind] for token in match.tokens if token.kind in UNIT_KINDS)
    unit = cast(Grain, name)
    count = match.get("num", "num2", "big")
    return parts.stretch_of(count, unit, match.tokens[-1].value, match.has("late", "final"))


def _first_quarter(match: Match) -> Made:
    """ "quý đầu năm 2022", "quý cuối năm"."""
    year = match.get("Year") or (
        builders.whole_year(match.get("year4")) if match.has("year4") else None
    )
    term = builders.quarter(1 if match.has("early") else 4)
    if term is not None and year is not None:
        term = builders.of_year(term, year)
    return builders.made(term)


def _days_with_comma(match: Match) -> Made:
    """ "20, 21/5/2021": two days that follow each other."""
    number, day = match.get("num"), match.tokens[-1].value
    sample = day.example() if day.relative is None else None
    if sample is None or sample[0].day != number + 1:
        return None
    if match.before is not None and match.before.kind in ("month_unit", "quantity", "ratio", "num"):
        return None

    def change(interval: spans.Interval) -> spans.Interval:
        return interval[0].replace(day=number), interval[1]

    return builders.made(terms.mapped(day, change, "day"), "Span")


def _counted_weekday(match: Match) -> Made:
    """ "thứ Hai hai tuần trước": the Monday of the week two weeks ago."""
    day = match.tokens[-1]
    term = day.value
    if term.relative is None or "tuần" not in day.word.lower():
        return None
    week = terms.mapped(term, lambda i: spans.containing(i[0], "week"), "week")
    return parts.weekday_in_week(match.get("wday"), week)


def _weekday_of_this_week(match: Match) -> Made:
    """ "Chủ nhật này"."""
    return parts.weekday_in_week(match.get("wday"), terms.unit_term("week", 0))


def _weekday_number(match: Match) -> Made:
    """ "thứ Sáu ngày 13": the nearest such day that is a Friday."""
    after = match.after
    if after is not None and after.kind in ("num", "slash", "dash", "to", "and", "comma", "big"):
        return None
    return builders.made(terms.day_of_month(match.get("num"), match.get("wday")))


def _nth_weekday(match: Match) -> Made:
    """ "thứ Hai đầu tiên của tháng 9"."""
    number = -1 if match.has("final") else 1
    return parts.nth_weekday(number, match.get("wday"), match.tokens[-1].value)


def _to_now(match: Match) -> Made:
    """ "từ năm 2015 đến nay": up to the reference; without one, open since then."""
    words = [token for token in match.tokens if token.kind in builders.TERM_KINDS]
    if words[0].value.open is not None:
        return None
    last = match.tokens[-1]
    words.append(Token("now", None, last.start, last.end, last.word))
    return common.run(Match(words, match.before, match.after, match.text))


def _from_now(match: Match) -> Made:
    """ "từ nay đến cuối năm"."""
    return common.run(Match([match.tokens[1], match.tokens[-1]], None, match.after, match.text))


_ENDS = {"year_unit", "year4", "dot", "stop", "comma", "line", "rpar"}


def _run_of(first: terms.Term | None, last: terms.Term | None) -> Made:
    if first is None or last is None:
        return None
    term = terms.joined(first, last)
    return None if term is None else builders.made(term, "Span")


def _several_months(match: Match) -> Made:
    """ "tháng 6, 7 và 8/2021", "tháng 6 và 7 năm 2021": months that follow one another."""
    numbers, pair = match.all("num"), match.get("my")
    if (
        match.has("and")
        and len([token for token in match.tokens if token.kind == "month_unit"]) > 1
    ):
        return None  # two months, each named
    if pair is not None:
        numbers.append(pair[0])
    elif match.after is not None and match.after.kind not in _ENDS:
        return None
    if numbers != sorted(set(numbers)) or numbers[-1] > 12:
        return None
    if match.has("and", "comma") and numbers[-1] - numbers[0] != len(numbers) - 1:
        return None
    year = None if pair is None else pair[1]
    first, last = (builders.whole_month(number, year) for number in (numbers[0], numbers[-1]))
    return _run_of(first, last)


def _several_quarters(match: Match) -> Made:
    """ "quý I và II/2021", "quý 3-4"."""
    numbers, pair, year = match.all("num", "roman"), match.get("my"), match.get("year4")
    if pair is not None:
        numbers, year = [*numbers, pair[0]], pair[1]
    if not 1 <= numbers[0] < numbers[-1] <= 4:
        return None
    if year is None and match.after is not None and match.after.kind not in _ENDS:
        return None
    return _run_of(builders.quarter(numbers[0], year), builders.quarter(numbers[-1], year))


_LUNAR_DAY = "(date|daypart|in)* num? month_unit lunar_month"
# Before months and days are read.
LUNAR: list[Rule] = [
    rule("date? num? month_unit lunar_month year_unit? year4", _named_month),
    rule(f"{_LUNAR_DAY}|full_moon month_unit (num|four|year_unit|lunar_month)", eras.no_date),
    rule("date? num (of|in)? new_year|full_moon date? (num|frac)", eras.no_date),
]
# After them.
LUNAR_DATES: list[Rule] = [
    rule("date? (Day|Month|MonthDay) lpar? lunar", eras.no_date),
]
RELATIVE: list[Rule] = [
    rule(
        "year_before_last",
        lambda _: builders.made(terms.unit_term("year", -2)),
    ),
    rule(
        "next_day",
        lambda _: builders.made(terms.unit_term("day", 1)),
    ),
    rule(
        "eve",
        lambda _: builders.made(terms.unit_term("day", -1)),
    ),
    rule(
        f"(in|within)? {COUNT} business_unit (last|next|toi)",
        durations.working_days(("last",)),
    ),
    *durations.compound_rules(UNIT_KINDS, UNIT, "and|comma", "ago", "before|ago_after|more"),
    rule(f"(after|in) ({COUNT}|vague) {UNIT} more", durations.compound(UNIT_KINDS, ("ago",))),
    rule(
        f"(in|within|for)? {COUNT} {UNIT} comma? since (date|in)* (Day|MonthDay)",
        durations.lasting(UNIT_KINDS),
    ),
]
PARTS: list[Rule] = [
    rule("quarter_unit (early|late) (year_unit|Year|year_unit? year4)", _first_quarter),
    rule(
        f"{COUNT} (date|week_unit|month_unit|quarter_unit) (early|first|late|final) (of|in)*"
        " (Month|Quarter|Season|Half|Year|Decade|Century)",
        _first_of,
    ),
    rule(
        "(half_early|half_late) of? (Quarter|Decade|Century|Year)",
        eras.half_of(lambda match: match.has("half_late")),
    ),
    *eras.CENTURIES,
    rule("wday of? Day", _counted_weekday),
]
SEVERAL: list[Rule] = [
    rule("month_unit num (comma num)* (dash|and|to|comma) month_unit? (num|my)", _several_months),
    rule(
        "quarter_unit (num|roman) (dash|and|to|comma) quarter_unit?"
        " (my|(num|roman) (slash year4)?)",
        _several_quarters,
    ),
]
WEEKDAYS: list[Rule] = [
    rule("wday this", _weekday_of_this_week),
    rule("wday comma? date num", _weekday_number),
    rule("wday (first|final|ordinal) (of|in)* (Month|Quarter|Season|Year)", _nth_weekday),
]
TO_NOW: list[Rule] = [
    rule(f"(from|since)? (in|date|daypart)* {ANY} to_now", _to_now),
    rule(f"from now (to|toi) (in|date|daypart)* {ANY}", _from_now),
]
DAYS: list[Rule] = [
    rule("(from|date)* num comma date? (Day|MonthDay)", _days_with_comma),
]
