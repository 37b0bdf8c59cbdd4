"""Vietnamese dates: the words and the rules.

Accents tell words apart ("năm" year, "Nam" south), so they count wherever a text has them;
`TYPED_LEXICON` reads text typed without any.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.dates import builders, common, eras, numeric, parts, spans, vi_ambiguous, vi_rare
from corpus.dates import term as terms
from corpus.dates.builders import ANY, COUNT, Made
from corpus.dates.tokens import Match, Rule, rule
from corpus.dates.vi_words import UNIT, UNIT_KINDS


def _unit(match: Match) -> str:
    return next(UNIT_KINDS[token.kind] for token in match.tokens if token.kind in UNIT_KINDS)


def _count(match: Match) -> int:
    count = match.get("num", "num2", "big", "vague")
    return 5 if count is None else int(count)


def _month(match: Match) -> Made:
    """ "tháng 7", "tháng Tư", "tháng năm"; "tháng" before a count of something is none."""
    number = match.get("num")
    if match.has("four"):
        number = 4
    if match.has("year_unit"):
        if match.after is not None and match.after.kind in ("num", "num2"):
            return None
        if match.before is not None and match.before.kind in ("num", "num2"):
            return None
        number = 5
    if match.has("after"):
        if match.after is None or match.after.kind not in ("year4", "year_unit"):
            return None
        number = 6
    if match.has("from"):
        if match.after is not None and match.after.kind in ("num", "date", "month_unit"):
            return None
        number = 4
    if (
        match.after is not None
        and match.after.kind == "quantity"
        and match.tokens[-1].word.isalpha()
    ):
        return None
    return builders.made(builders.whole_month(number, None))


def _months_of_one_year(match: Match) -> Made:
    """ "tháng 3-4/2021", "tháng 3 và 4/2021"."""
    first = match.get("num")
    last, year = match.get("my")
    start, end = builders.whole_month(first, year), builders.whole_month(last, year)
    if start is None or end is None:
        return None
    term = terms.joined(start, end)
    return None if term is None else builders.made(term, "Span")


def _quarter(match: Match) -> Made:
    pair = match.get("my")
    if pair is not None:
        return builders.made(builders.quarter(pair[0], pair[1]))
    return builders.made(builders.quarter(match.get("num", "roman"), match.get("year4")))


def _day(match: Match) -> Made:
    numbers = match.all("num", "num2")
    month = 4 if match.has("four") else numbers[-1]
    pair = match.get("my")
    if pair is not None:
        return builders.made(builders.month_day(pair[0], numbers[0], pair[1]))
    if not match.has("four") and len(numbers) < 2:
        month = 5
    return builders.made(builders.month_day(month, numbers[0], None)) if 1 <= month <= 12 else None


def _run_of_days(match: Match) -> Made:
    first, last = match.all("num")[:2]
    pair = match.get("my")
    month, year = pair if pair is not None else (match.all("num")[2], None)
    if not 1 <= month <= 12 or (match.before is not None and match.before.kind == "month_unit"):
        return None
    start, end = builders.month_day(month, first, year), builders.month_day(month, last, year)
    if start is None or end is None:
        return None
    if match.has("and") and last != first + 1:
        return None
    term = terms.joined(start, end)
    return None if term is None else builders.made(term, "Span")


def _stretch(match: Match) -> Made:
    """ "6 tháng đầu năm", "9 tháng năm 2021", "3 tháng cuối năm nay"."""
    whole = match.get("Year") or parts.any_year()
    return parts.stretch_of(_count(match), _unit(match), whole, match.has("late"))  # type: ignore[arg-type]


def _bare_stretch(match: Match) -> Made:
    if match.after is None or match.after.kind not in ("year4", "Year"):
        return None
    return _stretch(match)


def _half(match: Match) -> Made:
    number = 1 if match.has("half_early") else 2
    year = match.get("Year")
    term = builders.half(number)
    if year is not None and term is not None:
        term = builders.of_year(term, year)
    return builders.made(term)


def _half_month(match: Match) -> Made:
    late = match.has("half_late")

    def change(interval: spans.Interval) -> spans.Interval:
        middle = interval[0].replace(day=16)
        return (middle, interval[1]) if late else (interval[0], middle)

    return builders.made(terms.mapped(match.get("Month"), change, "day"), "Span")


def _relative_unit(match: Match) -> Made:
    unit = _unit(match)
    if unit == "day":
        return None
    if match.before is not None and match.before.word.lower() in ("những", "các", "nhiều", "nửa"):
        return None  # "trong những tháng tới"
    counted = match.before is not None and match.before.kind in ("num", "num2", "big", "vague")
    if counted and not match.has("this", "now"):
        return None  # "10 năm qua"
    if match.has("last", "before"):
        offset = -1
    elif match.has("next", "after", "toi"):
        offset = 1
    else:
        offset = 0
    if match.has("toi", "after", "before") and match.after is not None and match.after.kind in (
        "num", "date", "month_unit", "year_unit", "year4", "frac", "my", "abc",
    ):  # fmt: skip
        return None
    return builders.made(terms.unit_term(unit, offset))  # type: ignore[arg-type]


def _rolling(match: Match) -> Made:
    return parts.rolling(_unit(match), _count(match), match.has("last", "recently"))  # type: ignore[arg-type]


def _day_of_relative_month(match: Match) -> Made:
    """ "ngày 30 tháng trước": a day of last month, not thirty months ago."""
    offset = -1 if match.has("last", "before") else 0 if match.has("this", "now") else 1
    month = terms.unit_term("month", offset)
    number = match.get("num")
    return builders.made(terms.mapped(month, lambda i: spans.days(i[0].replace(day=number)), "day"))


def _dotted_day(match: Match) -> Made:
    """ "ngày 8.11": the dot some newspapers write."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", match.tokens[-1].word)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return builders.made(builders.month_day(int(found[2]), int(found[1]), None))


def _ago(match: Match) -> Made:
    past = match.has("ago", "before", "ago_after")
    return parts.ago(_unit(match), -_count(match) if past else _count(match))


def _shift(match: Match) -> Made:
    sign = -1 if match.has("before") else 1
    return parts.shifted(match.tokens[-1].value, _unit(match), sign * _count(match))


def _direction(match: Match) -> Made:
    inner, after = match.tokens[0], match.after
    if match.has("toi") and after is not None and after.kind in (
        "num", "date", "Day", "Month", "Year", "Span", "daypart",
    ):  # fmt: skip
        return None
    if inner.kind == "Weekday":
        return builders.made(
            terms.weekday_beside(inner.value.weekday, -1 if match.has("last") else 1)
        )
    return parts.directed(inner.value, match.has("last"))


def _is_age(match: Match) -> bool:
    return match.after is not None and match.after.word.lower() in ("tuổi", "năm", "nước")


def _decade(match: Match) -> Made:
    value = match.get("year4", "num2", "num")
    if match.has("num") and (value not in (20, 30) or _is_age(match)):
        return None
    if value % 10:
        return builders.made(builders.whole_year(value)) if value > 1000 else None
    return builders.made(parts.decade(value if value >= 1000 else 1900 + value))


def _part(match: Match) -> Made:
    which = next(token.kind for token in match.tokens if token.kind in ("early", "mid", "late"))
    return parts.part_of(which, match.tokens[-1].value)


def _part_of_current(match: Match) -> Made:
    which = next(token.kind for token in match.tokens if token.kind in ("early", "mid", "late"))
    if match.has("year_unit"):
        return parts.part_of(which, parts.any_year())
    unit = "month" if match.has("month_unit") else "week"
    return parts.part_of(which, terms.unit_term(unit, 0))  # type: ignore[arg-type]


_MANY = ("những", "các")  # "những tháng cuối năm 2020"


def _nth(match: Match) -> Made:
    """ "tuần đầu tiên của tháng 3", "tuần thứ hai của tháng 5", "ngày cuối cùng của năm 2020"."""
    number = match.get("ordinal", "wday_word", "wday_digit")
    if match.has("wday_word", "wday_digit"):
        number += 2
    if match.has("first", "early"):
        number = 1
    if match.has("final", "late"):
        number = -1
    if number in (1, -1) and match.before is not None and match.before.word.lower() in _MANY:
        return parts.part_of("early" if number > 0 else "late", match.tokens[-1].value)
    unit = _unit(match)
    return parts.nth_of(builders.KIND_OF[unit], unit)(number, match.tokens[-1].value)  # type: ignore[index,arg-type]


def _day_number(match: Match) -> Made:
    after, before = match.after, match.before
    if after is not None and (
        after.kind in ("num", "slash", "month_unit", "quantity", "to", "dash", "big", "my", "toi")
        or (after.kind == "other" and after.word in ("%",))
    ):
        return None
    if before is not None and before.kind in ("num", "num2"):
        return None
    return builders.made(terms.day_of_month(match.get("num")), "DayNumber")


def _dated_weekday(match: Match) -> Made:
    day = next(token for token in match.tokens if token.kind in ("Day", "Span"))
    if day.kind == "Span":
        return None
    return "Day", replace(day.value, weekday=match.get("wday"))


def _absorbed(match: Match) -> Made:
    """ "ngày 16/4": the word belongs to the date."""
    inner = match.tokens[-1]
    return inner.kind, inner.value


def _same(match: Match) -> tuple[str, object]:
    year = match.get("Year")
    return "Same", year if year is not None else terms.unit_term("year", -1)


def _opened_until(match: Match) -> object:
    term = match.tokens[-1].value
    if term.open is not None:
        return None
    return match.tokens[-1].kind, replace(term, open="until")


def _year_to_date(match: Match) -> Made:
    """ "từ đầu năm": of the current one, unless a year follows."""
    if match.after is not None and match.after.kind in ("year4", "Year", "num2"):
        return None
    return builders.made(parts.to_date("year"))


def _fixed_words(name: str, offset: int) -> Rule:
    return rule(name, lambda _: builders.made(terms.unit_term("day", offset)))


def _later_year(match: Match) -> Made:
    """ "6 tháng đầu năm"; the relative year after it ("năm nay") is read here too."""
    return _stretch(match)


def _year_word(match: Match) -> Made:
    return common.stated_year(match) if 1000 <= match.get("year4") < 2300 else None


def _run(match: Match) -> Made:
    inner = [token for token in match.tokens if token.kind in builders.TERM_KINDS]
    if match.has("dash") and match.text[inner[0].end : inner[1].start].strip(" ") not in "-–—−":
        return None
    joined = terms.joined(inner[0].value, inner[1].value)
    return None if joined is None else builders.made(joined, "Span")


_TO = "(to|toi|dash)"
_WHOLE = "(Week|Month|Quarter|Season|Half|Year|Decade|Century|Span)"
_LATER = "(this|now|last|next|toi|before|after)"
RULES: list[Rule] = [
    rule("(wnum? wtens|wten) (wnum|wlast|four|year_unit)?", vi_ambiguous.tens),
    rule("wnum", vi_ambiguous.number),
    *eras.FIRST,
    *vi_rare.LUNAR,
    *vi_rare.SEVERAL,
    rule("quarter_unit (my|(num|roman) (slash|dash)? year4|num|roman)", _quarter),
    rule("month_unit num (dash|and|to) month_unit? my", _months_of_one_year),
    rule(
        "month_unit (num dash year4)",
        lambda m: builders.made(builders.whole_month(m.get("num"), m.get("year4"))),
    ),
    rule("(from|date)* num (dash|and|to|toi) date? num month_unit (num|my)", _run_of_days),
    rule("date? num month_unit (num|four|my)", _day),
    *numeric.numeric_rules(day_first=True),
    rule("wday_word|wday_digit", vi_ambiguous.weekday_word),
    rule("date num month_unit year_unit", _day),
    rule("date num and num dash num", numeric.dashed_pair),
    rule("num dash num", numeric.dashed_day(day_first=True)),
    rule(f"year_unit {_LATER}", _relative_unit),
    rule(
        f"({COUNT}|year_unit) (month_unit|quarter_unit|week_unit)"
        " (early|late) (of? (year_unit|Year))",
        _later_year,
    ),
    rule(f"{COUNT} month_unit year_unit", _bare_stretch),
    rule("month_unit Month", _absorbed),
    rule("month_unit (num|four|year_unit|after|from)", _month),
    *vi_rare.LUNAR_DATES,
    rule("(years|decade_unit|these_years) (year4|num2|num)", _decade),
    rule("century_unit (roman|num)", lambda m: builders.made(parts.century(m.get("roman", "num")))),
    rule("season", lambda m: builders.made(parts.season(m.tokens[0].value))),
    rule("today big", _dotted_day),
    _fixed_words("today", 0),
    _fixed_words("yesterday", -1),
    _fixed_words("tomorrow", 1),
    _fixed_words("before_yesterday", -2),
    _fixed_words("after_tomorrow", 2),
    *vi_rare.RELATIVE,
    rule(f"(in|within)? ({COUNT}|vague) {UNIT} (last|next|toi)", _rolling),
    rule(f"({COUNT}|vague) {UNIT} (before|after) (Day|MonthDay|Month)", _shift),
    rule(f"date num of? month_unit {_LATER}", _day_of_relative_month),
    rule(f"({COUNT}|vague) {UNIT} recently", _rolling),
    rule("(from|since)? early year_unit (onwards|to_now)", _year_to_date),
    rule("(from|since) early year_unit", _year_to_date),
    rule(f"ago ({COUNT}|vague|year_unit) {UNIT}", _ago),
    rule(f"({COUNT}|vague|year_unit) {UNIT} (before|ago_after)", _ago),
    rule(f"({COUNT}|vague) {UNIT} (after|next|more)", _ago),
    rule(
        "(week_unit|month_unit|quarter_unit|year_unit|weekend_unit|decade_unit|century_unit)"
        f" {_LATER}",
        _relative_unit,
    ),
    rule("(half_early|half_late) (of? (year_unit|Year))", _half),
    rule("(half_early|half_late) Month", _half_month),
    rule("(date|daypart) big", _dotted_day),
    rule("date (Day|Span)", _absorbed),
    rule("year_unit dash? year4", _year_word),
    *common.year_rules(),
    rule("(Month|Day|Quarter) comma? year_unit? Year", common.attach_year),
    *vi_rare.PARTS,
    rule("wday (comma|lpar)* date? Day rpar?", _dated_weekday),
    *vi_rare.WEEKDAYS,
    rule("wday of? Week", lambda m: parts.weekday_in_week(m.get("wday"), m.get("Week"))),
    rule("date num of? Month", common.day_in_month),
    rule(
        "(date|week_unit|month_unit|quarter_unit)"
        " (first|final|early|late|ordinal|wday_word|wday_digit)"
        f" (of|in)? {_WHOLE}",
        _nth,
    ),
    rule("wday", lambda m: builders.made(terms.weekday(m.get("wday")), "Weekday")),
    rule("(early|mid|late) (of|in)* (Month|Quarter|Season|Year|Decade|Century|Week)", _part),
    rule("(early|mid|late) (year_unit|month_unit)", _part_of_current),
    rule("(Day|Month|Span|Weekday) (last|next|toi)", _direction),
    rule("same_period (of|in)? Year?", _same),
    rule("(from|date)* num comma num (and|comma) date? (Day|MonthDay)", common.run_list),
    rule("(from|date)* num (dash|to|toi|and) date? (Day|MonthDay)", common.run_before),
    *vi_rare.DAYS,
    rule("date num", _day_number),
    rule(f"(from|mid)? {ANY} {_TO} (date|daypart)? {ANY}", _run),
    rule(f"mid {ANY} and {ANY}", _run),
    *vi_rare.TO_NOW,
    rule(f"(since|after|before|from) (in|date|daypart)* {ANY}", common.opened),
    rule(f"{ANY} onwards", common.opened_after),
    rule(f"(to|toi) (in|date|daypart)* {ANY}", _opened_until),  # type: ignore[arg-type]
]
