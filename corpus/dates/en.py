"""English dates: the words and the rules."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from corpus.dates import builders, common, en_ambiguous, en_rare, eras, numeric, parts, spans
from corpus.dates import term as terms
from corpus.dates.builders import ANY, COUNT, Made
from corpus.dates.en_words import UNIT, UNIT_KINDS
from corpus.dates.mention import Grain
from corpus.dates.tokens import Match, Rule, rule


def unit_of(match: Match) -> str:
    """The unit a match names, as `spans` calls it."""
    kind = next(token.kind for token in match.tokens if token.kind in UNIT_KINDS)
    return "half-year" if kind == "half_unit" else kind.removesuffix("_unit")


def count_of(match: Match) -> int:
    """How many units; "a week" and "next week" are one."""
    count = match.get("num", "num2", "big", "vague")
    return 1 if count is None else int(count)


_OF_ANOTHER = re.compile(r" of (?:the|this|that|last|next|his|her|its|their|our|an?)\b(?! year)")
_AGED = re.compile(r"\b(?:his|her|their|my|your|our|whose) (?:early |mid[- ]|late )?$")


def _decade(match: Match) -> Made:
    value = match.get("year4", "num2", "nineties", "num")
    if match.has("decade_s") and match.tokens[-1].start - match.tokens[-2].end > 1:
        return None
    if match.has("num") and (value not in (20, 30) or match.tokens[0].kind == "num"):
        return None  # "in his early 20s"
    if match.has("nineties") and _AGED.search(match.text, 0, match.tokens[0].start):
        return None  # "in her late forties"
    if value is None or value % 10:
        return None
    return builders.made(parts.decade(value if value >= 1000 else 1900 + value))


def _relative_unit(match: Match) -> Made:
    unit = unit_of(match)
    if match.has("last") and match.after is not None and match.after.kind == "of":
        return None  # "the last week of July"
    if match.has("day_unit") or match.tokens[-1].word.lower() in ("weeks", "months", "years"):
        return None
    offset = -1 if match.has("last") else 1 if match.has("next") else 0
    if match.has("after_next"):
        offset = 2
    if unit == "fortnight":
        return parts.rolling("week", 2, offset < 0) if offset else None
    return builders.made(terms.unit_term(unit, offset))  # type: ignore[arg-type]


def _rolling(match: Match) -> Made:
    if match.has("last") and match.after is not None and match.after.kind == "of":
        return None
    unit, count = unit_of(match), count_of(match)
    word = match.tokens[-1].word.lower()
    if match.tokens[-2].kind in ("next", "last") and count > 1 and not word.endswith("s"):
        return None  # "the 3 next week"
    if unit == "fortnight":
        unit, count = "week", count * 2
    return parts.rolling(unit, count, match.has("last", "ago"))  # type: ignore[arg-type]


def _ago(match: Match) -> Made:
    sign = -1 if match.has("ago") else 1
    return parts.ago(unit_of(match), sign * count_of(match))


def _shift(match: Match) -> Made:
    anchor = match.tokens[-1].value
    return parts.shifted(
        anchor, unit_of(match), (-1 if match.has("before") else 1) * count_of(match)
    )


def _relative_weekday(match: Match) -> Made:
    number = match.get("wday")
    if match.has("after_next"):
        return builders.made(
            terms.mapped(
                terms.weekday_beside(number, 1),
                lambda i: (
                    i[0].fromordinal(i[0].toordinal() + 7),
                    i[1].fromordinal(i[1].toordinal() + 7),
                ),
                "day",
            )
        )
    if match.has("last"):
        if match.after is not None and match.after.kind in ("of", "in"):
            return None  # "the last Friday of October"
        return builders.made(terms.weekday_beside(number, -1))
    if match.has("next"):
        return builders.made(terms.weekday_beside(number, 1))
    return "Weekday", terms.weekday(number)


def _nth_weekday_from_now(match: Match) -> Made:
    """ "three Fridays from now", "2 Thursdays ago"."""
    number, count = match.get("wdays"), match.get("num")
    past = match.has("ago")
    week = terms.weekday_beside(number, -1 if past else 1)
    step = dt.timedelta(days=7 * (count - 1) * (-1 if past else 1))
    return builders.made(terms.mapped(week, lambda i: (i[0] + step, i[1] + step), "day"))


def _earlier_or_later(match: Match) -> Made:
    """ "earlier this year": up to the reference; "later this month": from it on."""
    unit = unit_of(match)
    later = match.has("later", "hence")

    def make(reference: dt.date) -> spans.Interval:
        start, end = spans.containing(reference, unit)
        return (reference, end) if later else (start, max(reference, start + spans.ONE_DAY))

    return builders.made(terms.relative(unit, make), "Part")  # type: ignore[arg-type]


def _end_abbreviated(match: Match) -> Made:
    """ "EOM", "BOY"."""
    which, unit = match.get("eo")
    if which == "start":
        return parts.stretch_of(3, "month", terms.unit_term(unit, 0), from_end=False)
    return parts.part_of(which, terms.unit_term(unit, 0))


def _relative_month(match: Match) -> Made:
    """ "last March", "this August", "next June"."""
    month = match.get("month")
    term = builders.whole_month(month, None)
    if term is None:
        return None
    if match.has("this"):
        return builders.made(builders.of_year(term, terms.unit_term("year", 0)))
    inner = term

    def pick(past: bool) -> Made:
        def make(reference: dt.date) -> tuple[dt.date, dt.date] | None:
            for offset in (0, 1):
                found = inner.in_year(reference.year + (-offset if past else offset))
                if found and (found[1] <= reference if past else found[0] > reference):
                    return found
            return None

        return builders.made(terms.relative("month", make))

    return pick(match.has("last"))


def _quarter(match: Match) -> Made:
    number = match.get("ord", "num")
    if match.has("quarter_name") and match.tokens[0].end != match.tokens[-1].start:
        return None
    return builders.made(builders.quarter(number))


def _half(match: Match) -> Made:
    number = match.get("ord", "num")
    if match.has("half_name") and match.tokens[0].end != match.tokens[-1].start:
        return None
    return builders.made(builders.half(number))


def _glued_quarter(match: Match) -> Made:
    """ "18q4"."""
    year, _, number = match.tokens
    if number.end - year.start > 4:
        return None
    return builders.made(builders.quarter(number.value, 2000 + year.value))


def _nth(match: Match) -> Made:
    """ "the first week of October 2014", "the third last day of May"."""
    whole = match.tokens[-1].value
    number = match.get("ord")
    if match.has("last", "last_ord"):
        number = -(number or 1)
    if match.has("wday", "Weekday"):
        day = match.get("wday")
        return parts.nth_weekday(number, day, whole)
    unit = unit_of(match)
    grain = "half-year" if unit == "half" else unit
    return parts.nth_of(builders.KIND_OF[grain], grain)(number, whole)  # type: ignore[index,arg-type]


def _stretch(match: Match) -> Made:
    unit: Grain = unit_of(match)  # type: ignore[assignment]
    return parts.stretch_of(count_of(match), unit, match.tokens[-1].value, match.has("last"))


def _part(match: Match) -> Made:
    whole: terms.Term = match.tokens[-1].value
    if match.has("in") and any(token.word.lower() == "end" for token in match.tokens):
        return None  # "the talks end in March"
    if match.has("start") and whole.grain == "year":
        # The beginning of a year is shorter than its early part.
        return parts.stretch_of(3, "month", whole, from_end=False)
    return parts.part_of(_which_part(match), whole)


def _which_part(match: Match) -> str:
    kind = next(token.kind for token in match.tokens if token.kind in _PARTS)
    return "early" if kind == "start" else kind


_PARTS = ("early", "start", "mid", "late")


def _bare_part(match: Match) -> Made:
    """ "the end of the month", "beginning of year": of the current one."""
    if match.tokens[0].word.lower() in ("early", "late", "end", "mid") and not match.has(
        "the", "of"
    ):
        return None
    whole = terms.unit_term(unit_of(match), 0)  # type: ignore[arg-type]
    if match.has("start") and match.has("year_unit"):
        return parts.stretch_of(3, "month", whole, from_end=False)
    return parts.part_of(_which_part(match), whole)


def _same(match: Match) -> tuple[str, object]:
    year = match.get("Year")
    return "Same", year if year is not None else terms.unit_term("year", -1)


def _dated_weekday(match: Match) -> Made:
    day = next(token for token in match.tokens if token.kind in ("Day", "MonthDay"))
    return "Day", replace(day.value, weekday=match.get("wday"))


def _fixed_words(name: str, offset: int) -> Rule:
    return rule(name, lambda _: builders.made(terms.unit_term("day", offset)))


def _weekday(match: Match) -> Made:
    return builders.made(terms.weekday(match.tokens[0].value), "Weekday")


def _month(match: Match) -> Made:
    return builders.made(builders.whole_month(match.get("month"), None))


def _two_digit_year(match: Match) -> Made:
    """ "April of 87", "Oct '74", "14th April 15"."""
    value = match.tokens[-1].value
    ordinal = match.text[match.tokens[0].start :][:4].rstrip()[-2:] in ("st", "nd", "rd", "th")
    if not match.has("apos", "of") and match.tokens[-1].kind != "num2" and not ordinal:
        return None
    if match.after is not None and match.after.kind not in ("stop", "dot", "comma", "line", "rpar"):
        return None
    year = numeric.terms_year(value)
    return common.attach_year(
        Match(
            [match.tokens[0], type(match.tokens[-1])("year4", year, 0, 0)], None, None, match.text
        )
    )


def _month_first(match: Match) -> tuple[str, object] | None:
    after = match.after
    if match.has("comma") and not match.has("ord"):
        return None
    if after is not None and after.kind in ("quantity", "money"):
        return None
    found = common.written_day(match)
    return None if found is None else ("MonthDay", found[1])


def _the_weekend(match: Match) -> Made:
    return builders.made(terms.unit_term("weekend", 0)) if match.has("the") else None


def _nth_of_current(match: Match) -> Made:
    unit = "month" if match.tokens[-1].kind == "month_unit" else "year"
    whole = terms.unit_term(unit, 0)  # type: ignore[arg-type]
    number = match.get("ord") or -1
    if match.has("wday"):
        return parts.nth_weekday(number, match.get("wday"), whole)
    grain = "week" if match.has("week_unit") else "day"
    return parts.nth_of(builders.KIND_OF[grain], grain)(number, whole)  # type: ignore[index,arg-type]


def _week_number(match: Match) -> Made:
    """ISO week: "week 31", "week 3 of 2027"; "week 13 of the season" is no week of the year."""
    if not match.has("year4", "Year") and _OF_ANOTHER.match(match.text, match.tokens[-1].end):
        return None
    year = match.get("Year") or terms.unit_term("year", 0)
    return parts.nth_of("Week", "week")(match.get("num"), year)


_WHOLE = "(Week|Month|Quarter|Season|Half|Year|Decade|Century|Span)"
_NUM = "(num|ord)"
RULES: list[Rule] = [
    rule(
        "(wnum|wten|whundred|wthousand) ((dash|and)? (wnum|wten|whundred|wthousand|word_ord))*"
        "|word_ord",
        en_ambiguous.number,
    ),
    *eras.FIRST,
    rule("weak_month", en_ambiguous.weak_month),
    *numeric.numeric_rules(day_first=False),
    rule("wday dot", lambda m: ("wday", m.tokens[0].value) if len(m.tokens[0].word) < 6 else None),
    rule("month dot", lambda m: numeric.abbreviated_month(m, {"may", "june", "july", "mar"})),
    rule("weak_wday dot?", en_ambiguous.weak_weekday),
    rule(f"from? the? {_NUM} (to|dash|until) the? {_NUM} of? the? month", common.written_run),
    rule(f"(between|on)? the? {_NUM} and the? {_NUM} of? month", common.written_run),
    rule(f"from? month the? {_NUM} (to|dash|until) the? {_NUM}", common.written_run),
    rule(f"month {_NUM} (comma {_NUM})? comma? and {_NUM}", common.written_list),
    rule(f"the? {_NUM} day_unit? of? month", common.written_day),
    rule(f"month comma? the? {_NUM}", _month_first),
    rule("num dash num", numeric.dashed_day(day_first=False)),
    rule("the? (this|next|last) month", _relative_month),
    rule("month", _month),
    rule("num quarter_name num", _glued_quarter),
    rule("the? ord quarter_unit|quarter_name num", _quarter),
    rule("the? ord half_unit|half_name num", _half),
    rule("the? apos? (year4|num2|num) apos? decade_s|the? nineties", _decade),
    rule("the? ord century_unit", lambda m: builders.made(parts.century(m.get("ord")))),
    rule("season", lambda m: builders.made(parts.season(m.tokens[0].value))),
    _fixed_words("today", 0),
    _fixed_words("yesterday", -1),
    _fixed_words("tomorrow", 1),
    _fixed_words("before_yesterday", -2),
    _fixed_words("after_tomorrow", 2),
    *en_rare.BESIDE,
    rule("(Month|Day) (apos|of)? (num|num2)", _two_digit_year),
    rule("the? year_unit to_date", lambda _: builders.made(parts.to_date("year"))),
    rule(
        "(earlier|later|hence|ago) (in|this)? the? (week_unit|month_unit|year_unit)",
        _earlier_or_later,
    ),
    rule(f"(in|within)? the? (next|last) ({COUNT}|vague) {UNIT}", _rolling),
    rule(f"(in|within)? the? ({COUNT}|vague) (next|last) {UNIT}", _rolling),
    rule(f"within ({COUNT}|vague|a) {UNIT}", _rolling),
    rule(
        f"the? {UNIT} after_next"
        "|(this|next|last) (day_unit|week_unit|month_unit|quarter_unit|year_unit|decade_unit"
        "|century_unit|weekend_unit|fortnight_unit)",
        _relative_unit,
    ),
    *common.year_rules(),
    rule("the? weekend_unit", _the_weekend),
    *en_rare.SINGLE,
    *en_rare.DAYS,
    rule(
        "(this|next|last)? (wday|Weekday) (on|the|lpar|comma|dash)* (Day|MonthDay) rpar?",
        _dated_weekday,
    ),
    rule("(this|next|last) wday|wday after_next|the? (next|last) wday", _relative_weekday),
    rule("num wdays (ago|hence)", _nth_weekday_from_now),
    rule("the? eo", _end_abbreviated),
    rule("(Day|MonthDay) (comma|lpar)? wday", _dated_weekday),
    rule(
        "wday (of|in|from)? the? Week",
        lambda m: parts.weekday_in_week(m.get("wday"), m.get("Week")),
    ),
    rule("Week on? wday", lambda m: parts.weekday_in_week(m.get("wday"), m.get("Week"))),
    rule(
        "Week (apos_s|apos decade_s) wday",
        lambda m: parts.weekday_in_week(m.get("wday"), m.get("Week")),
    ),
    rule(f"the? {_NUM} (day_unit)? (of|in)* the? Month", common.day_in_month),
    rule(f"from? {_NUM} (to|dash) {_NUM} (of|in)* Month", common.day_in_month),
    rule(
        "the? (ord|last|last_ord) (last|last_ord)?"
        " (day_unit|week_unit|month_unit|quarter_unit|weekend_unit|wday)"
        f" (of|in|from) the? {_WHOLE}",
        _nth,
    ),
    rule(
        "the? (ord|last) (wday|week_unit|day_unit) (of|in) the (month_unit|year_unit)",
        _nth_of_current,
    ),
    rule(f"the? (ord|last) ({COUNT}|vague) {UNIT} of the? {_WHOLE}", _stretch),
    rule("wday (the? ord|num)", en_ambiguous.weekday_number),
    rule("on? the ord|on ord", en_ambiguous.day_number),
    rule("wday", _weekday),
    rule(
        "the? week_unit (of|in|since) the? (Day|MonthDay|Span)",
        lambda m: parts.week_around(m.tokens[-1].value),
    ),
    rule(
        "the? week_unit (of|in) the DayNumber|the? week_unit of DayNumber",
        lambda m: parts.week_around(m.tokens[-1].value),
    ),
    rule("week_unit num (of Year)?", _week_number),
    rule(f"the? (early|start|mid|late) dash? (the|in)? {_WHOLE}", _part),
    rule("(early|start|late) the? (week_unit|month_unit|year_unit)", _bare_part),
    rule(f"({COUNT}|vague|a) {UNIT} (before|after|from) the? {ANY}", _shift),
    rule(f"({COUNT}|vague|a) {UNIT} (ago|hence)", _ago),
    rule(f"in ({COUNT}|vague|a) {UNIT}", _ago),
    rule("same_period (of|in)? the? Year?", _same),
    rule(f"{_NUM} (dash|to|and|until) the? (Day|MonthDay)", common.run_before),
    rule(f"MonthDay (dash|to|until) the? {_NUM}", common.run_after),
    *common.closing_rules(),
    *en_rare.CLOSING,
]
