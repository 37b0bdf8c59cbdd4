"""English dates: the words and the rules."""

from __future__ import annotations

import datetime as dt

from corpus.dates import common as c
from corpus.dates import spans
from corpus.dates import term as terms
from corpus.dates.common import ANY, COUNT, Made
from corpus.dates.tokens import Match, Rule, lexicon, rule

_MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "april": 4, "apr": 4, "june": 6, "jun": 6,
    "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
    "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tue": 1, "tues": 1, "wednesday": 2, "thursday": 3,
    "thu": 3, "thurs": 3, "friday": 4, "fri": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_UNITS = {
    "day": "day_unit", "days": "day_unit", "week": "week_unit", "weeks": "week_unit",
    "month": "month_unit", "months": "month_unit", "quarter": "quarter_unit", "wk": "week_unit",
    "quarters": "quarter_unit", "qtr": "quarter_unit", "year": "year_unit", "years": "year_unit",
    "yr": "year_unit", "yrs": "year_unit", "decade": "decade_unit", "decades": "decade_unit",
    "century": "century_unit", "centuries": "century_unit", "weekend": "weekend_unit",
    "weekends": "weekend_unit", "fortnight": "fortnight_unit", "half": "half_unit",
    "semester": "half_unit",
}  # fmt: skip
UNIT = "(day_unit|week_unit|month_unit|quarter_unit|year_unit|decade_unit|fortnight_unit)"
UNIT_KINDS = (
    "day_unit", "week_unit", "month_unit", "quarter_unit", "year_unit", "decade_unit",
    "century_unit", "weekend_unit", "half_unit", "fortnight_unit",
)  # fmt: skip
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_ENTRIES: dict[str, dict[str, object] | list[str]] = {
    "month": dict(_MONTHS),
    "weak_month": {"may": 5, "march": 3, "mar": 3},
    "wday": dict(_WEEKDAYS),
    "weak_wday": {"sun": 6, "sat": 5, "wed": 2},
    "wnum": {word: value for value, word in enumerate(_NUMBERS, 1)},
    "wten": {word: value * 10 for value, word in enumerate(_TENS, 2)},
    "word_ord": {word: value for value, word in enumerate(_ORDINALS, 1)}
    | {"twentieth": 20, "thirtieth": 30},
    "whundred": {"hundred": 100},
    "wthousand": {"thousand": 1000},
    "vague": {"a couple of": 2, "couple of": 2, "couple": 2, "a few": 3, "few": 3, "several": 3},
    "a": ["a", "an"],
    "of": ["of"], "the": ["the"], "and": ["and"], "in": ["in", "during", "throughout", "around"],
    "on": ["on"], "at_most": ["by"], "apos_s": ["'s", "’s"],
    "from": ["from"], "to": ["to", "through", "thru", "till", "til"], "until": ["until", "up to"],
    "between": ["between"], "since": ["since", "starting", "starting on", "starting from",
    "beginning on", "beginning", "commencing", "as early as", "as of", "effective"],
    "after": ["after", "later than", "or later than", "following the", "greater than"],
    "before": ["before", "prior to", "no later than", "earlier than", "ahead of", "as late as"],
    "ago": ["ago", "back", "earlier"], "hence": ["hence", "from now", "from today", "later"],
    "within": ["within", "over"], "for": ["for"],
    "this": ["this", "current", "the current", "the same", "same", "that"],
    "next": ["next", "coming", "upcoming", "the following", "following", "this coming",
    "this upcoming"],
    "last": ["last", "past", "previous", "this past"],
    "after_next": ["after next"],
    "last_ord": ["final"],
    "start": ["beginning of", "start of", "the beginning of", "the start of", "opening of"],
    "early": ["early", "early in", "the early"],
    "mid": ["mid", "middle of", "the middle of"],
    "late": ["late", "late in", "end of", "the end of", "end", "close of"],
    "earlier": ["earlier", "earlier in"], "later": ["later in"],
    "quarter_name": ["q"], "half_name": ["h"],
    "today": ["today", "tonight", "this morning", "this afternoon", "this evening"],
    "yesterday": ["yesterday", "last night"], "tomorrow": ["tomorrow", "tmrw", "tomorrows"],
    "before_yesterday": ["day before yesterday", "the day before yesterday"],
    "after_tomorrow": ["day after tomorrow", "the day after tomorrow"],
    "now": ["now", "the present", "date", "current date"], "to_date": ["to date"],
    "same_period": ["the same period", "same period", "the corresponding period",
    "corresponding period", "the year-earlier period"],
    "season": {"spring": "spring", "summer": "summer", "autumn": "autumn", "winter": "winter"},
    "decade_s": ["s"],
    "nineties": {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60,
    "seventies": 70, "eighties": 80, "nineties": 90},
    "wdays": {f"{name}s": number for name, number in _WEEKDAYS.items() if len(name) > 5},
    "eo": {"eom": ("late", "month"), "eoy": ("late", "year"), "bom": ("early", "month"),
           "boy": ("start", "year")},
    "onwards": ["or later", "and later", "onwards", "onward", "and greater", "and beyond"],
    "clock": ["am", "pm", "a.m", "p.m", "oclock", "o'clock", "hrs", "hours", "hour"],
    "quantity": ["people", "percent", "per", "million", "billion", "cases", "respondents",
    "votes", "times", "men", "women", "troops", "dollars", "usd", "majority", "points", "doses",
    "tonnes", "km", "kg", "workers", "members", "companies", "students", "soldiers", "delegates"],
    "money": ["usd", "vnd", "eur"],
    "ratio": ["ratio", "score", "scored", "about", "nearly", "roughly", "almost", "won", "lost",
    "only", "phone", "tel", "version", "v"],
}  # fmt: skip
for _word, _kind in _UNITS.items():
    group = _ENTRIES.setdefault(_kind, {})
    assert isinstance(group, dict)  # noqa: S101 - the unit kinds are built here alone
    group[_word] = _kind
LEXICON = lexicon(_ENTRIES, accents_optional=False)


def unit_of(match: Match) -> str:
    """The unit a match names, as `spans` calls it."""
    kind = next(token.kind for token in match.tokens if token.kind in UNIT_KINDS)
    return "half-year" if kind == "half_unit" else kind.removesuffix("_unit")


def count_of(match: Match) -> int:
    """How many units; "a week" and "next week" are one."""
    count = match.get("num", "num2", "big", "vague")
    return 1 if count is None else int(count)


def _number(match: Match) -> tuple[str, int] | None:
    """A number in words, up to a year: "twenty-six", "two thousand and fifteen"."""
    total, current, ordinal = 0, 0, False
    groups: list[int] = []
    for token in match.tokens:
        if token.kind in ("dash", "and"):
            continue
        if token.kind == "whundred":
            current = (current or 1) * 100
        elif token.kind == "wthousand":
            total, current = (current or 1) * 1000, 0
        else:
            value = int(token.value)
            ordinal = token.kind == "word_ord"
            if current % 10 or (token.kind == "wten" and current % 100):
                # "nineteen ninety six": two numbers side by side.
                groups.append(current)
                current = 0
            elif value >= 10 and current % 100:
                groups.append(current)
                current = 0
            current += value
    number = total + current
    if groups:
        if len(groups) > 1 or total or not 10 <= groups[0] <= 21 or not 1 <= current <= 99:
            return None
        number = groups[0] * 100 + current
    if ordinal:
        return ("ord", number) if number <= 31 else None
    if 1 <= number <= 31:
        return "num", number
    if number < 100:
        return "num2", number
    return ("year4", number) if 1000 <= number < 3000 else ("big", number)


def _weak_month(match: Match) -> tuple[str, int] | None:
    """ "may" and "march" are months where the words around say so."""
    token, before, after = match.tokens[0], match.before, match.after
    led = before is not None and before.kind in (
        "in", "of", "since", "from", "until", "next", "last", "early", "mid", "late", "num", "ord",
        "between", "to", "at_most", "after", "before", "this", "dash", "slash", "wday", "Month",
        "year4", "month",
    )  # fmt: skip
    followed = after is not None and after.kind in ("year4", "ord", "num", "slash", "to")
    capital = token.word[:1].isupper()
    if token.word.lower() == "may":
        before_ok = before is None or before.kind not in ("other",)
        if led and before is not None and before.kind == "this":
            led = capital
        if led or (followed and (capital or before_ok)):
            return "month", token.value
        return ("month", token.value) if capital and before is not None and before.kind == "and" else None
    if led or followed or (capital and (before is None or before.kind != "other")):
        return "month", token.value
    alone = before is None and after is None
    return ("month", token.value) if alone or capital else None


def _weak_weekday(match: Match) -> tuple[str, int] | None:
    """ "sun" and "sat" are days before a date, after "on", or alone."""
    after, before = match.after, match.before
    near = after is None or after.kind in ("comma", "dot", "month", "Day", "ord", "num")
    led = before is None or before.kind in ("on", "next", "last", "this", "comma", "week_unit")
    dotted = after is not None and after.kind == "dot"
    dated = after is not None and after.kind in ("ord", "month", "Day")
    capital = match.tokens[0].word[:1].isupper()
    return ("wday", match.tokens[0].value) if near and (led or dotted or (capital and dated)) else None


def _decade(match: Match) -> Made:
    value = match.get("year4", "num2", "nineties")
    if match.has("decade_s") and match.tokens[-1].start - match.tokens[-2].end > 1:
        return None
    if value is None:
        return None
    return c.made(c.decade(value if value >= 1000 else 1900 + value)) if value % 10 == 0 else None


def _relative_unit(match: Match) -> Made:
    unit = unit_of(match)
    if match.has("last") and match.after is not None and match.after.kind == "of":
        return None  # "the last week of July"
    if match.has("day_unit"):
        return None
    offset = -1 if match.has("last") else 1 if match.has("next") else 0
    if match.has("after_next"):
        offset = 2
    if unit == "fortnight":
        return c.rolling("week", 2, offset < 0) if offset else None
    return c.made(terms.unit_term(unit, offset))  # type: ignore[arg-type]


def _rolling(match: Match) -> Made:
    if match.has("last") and match.after is not None and match.after.kind == "of":
        return None
    unit, count = unit_of(match), count_of(match)
    if unit == "fortnight":
        unit, count = "week", count * 2
    return c.rolling(unit, count, match.has("last", "ago"))  # type: ignore[arg-type]


def _ago(match: Match) -> Made:
    sign = -1 if match.has("ago") else 1
    return c.ago(unit_of(match), sign * count_of(match))


def _shift(match: Match) -> Made:
    anchor = match.tokens[-1].value
    return c.shifted(anchor, unit_of(match), (-1 if match.has("before") else 1) * count_of(match))


def _relative_weekday(match: Match) -> Made:
    number = match.get("wday")
    if match.has("after_next"):
        return c.made(
            terms.mapped(
                terms.weekday_beside(number, 1),
                lambda i: (i[0].fromordinal(i[0].toordinal() + 7), i[1].fromordinal(i[1].toordinal() + 7)),
                "day",
            )
        )
    if match.has("last"):
        if match.after is not None and match.after.kind in ("of", "in"):
            return None  # "the last Friday of October"
        return c.made(terms.weekday_beside(number, -1))
    if match.has("next"):
        return c.made(terms.weekday_beside(number, 1))
    return "Weekday", terms.weekday(number)


def _nth_weekday_from_now(match: Match) -> Made:
    """ "three Fridays from now", "2 Thursdays ago"."""
    number, count = match.get("wdays"), match.get("num")
    past = match.has("ago")
    week = terms.weekday_beside(number, -1 if past else 1)
    step = dt.timedelta(days=7 * (count - 1) * (-1 if past else 1))
    return c.made(terms.mapped(week, lambda i: (i[0] + step, i[1] + step), "day"))


def _earlier_or_later(match: Match) -> Made:
    """ "earlier this year": up to the reference; "later this month": from it on."""
    unit = unit_of(match)
    later = match.has("later", "hence")

    def make(reference: dt.date) -> c.Interval:
        start, end = spans.containing(reference, unit)
        return (reference, end) if later else (start, max(reference, start + spans.ONE_DAY))

    return c.made(terms.relative(unit, make), "Part")  # type: ignore[arg-type]


def _end_abbreviated(match: Match) -> Made:
    """ "EOM", "BOY"."""
    which, unit = match.get("eo")
    if which == "start":
        return c.stretch_of(3, "month", terms.unit_term(unit, 0), from_end=False)
    return c.part_of(which, terms.unit_term(unit, 0))


def _relative_month(match: Match) -> Made:
    """ "last March", "this August", "next June"."""
    month = match.get("month")
    term = c.whole_month(month, None)
    if term is None:
        return None
    if match.has("this"):
        return c.made(c.of_year(term, terms.unit_term("year", 0)))
    inner = term

    def pick(past: bool) -> Made:
        def make(reference: dt.date) -> tuple[dt.date, dt.date] | None:
            for offset in (0, 1):
                found = inner.in_year(reference.year + (-offset if past else offset))
                if found and (found[1] <= reference if past else found[0] > reference):
                    return found
            return None

        return c.made(terms.relative("month", make))

    return pick(match.has("last"))


def _quarter(match: Match) -> Made:
    number = match.get("ord", "num")
    if match.has("quarter_name") and match.tokens[0].end != match.tokens[-1].start:
        return None
    return c.made(c.quarter(number))


def _half(match: Match) -> Made:
    number = match.get("ord", "num")
    if match.has("half_name") and match.tokens[0].end != match.tokens[-1].start:
        return None
    return c.made(c.half(number))


def _glued_quarter(match: Match) -> Made:
    """ "18q4"."""
    year, _, number = match.tokens
    if number.end - year.start > 4:
        return None
    return c.made(c.quarter(number.value, 2000 + year.value))


def _nth(match: Match) -> Made:
    """ "the first week of October 2014", "the third last day of May"."""
    whole = match.tokens[-1].value
    number = match.get("ord")
    if match.has("last", "last_ord"):
        number = -(number or 1)
    if match.has("wday", "Weekday"):
        day = match.get("wday")
        return c.nth_weekday(number, day, whole)
    unit = unit_of(match)
    grain = "half-year" if unit == "half" else unit
    return c.nth_of(c.KIND_OF[grain], grain)(number, whole)  # type: ignore[index,arg-type]


def _stretch(match: Match) -> Made:
    return c.stretch_of(
        count_of(match), unit_of(match), match.tokens[-1].value, match.has("last")  # type: ignore[arg-type]
    )


def _part(match: Match) -> Made:
    whole: terms.Term = match.tokens[-1].value
    if match.has("start") and whole.grain == "year":
        # The beginning of a year is shorter than its early part.
        return c.stretch_of(3, "month", whole, from_end=False)
    return c.part_of(_which_part(match), whole)


def _which_part(match: Match) -> str:
    kind = next(token.kind for token in match.tokens if token.kind in _PARTS)
    return "early" if kind == "start" else kind


_PARTS = ("early", "start", "mid", "late")


def _bare_part(match: Match) -> Made:
    """ "the end of the month", "beginning of year": of the current one."""
    if match.tokens[0].word.lower() in ("early", "late", "end", "mid") and not match.has("the", "of"):
        return None
    whole = terms.unit_term(unit_of(match), 0)  # type: ignore[arg-type]
    if match.has("start") and match.has("year_unit"):
        return c.stretch_of(3, "month", whole, from_end=False)
    return c.part_of(_which_part(match), whole)


def _same(match: Match) -> tuple[str, object]:
    year = match.get("Year")
    return "Same", year if year is not None else terms.unit_term("year", -1)


def _dated_weekday(match: Match) -> Made:
    from dataclasses import replace  # noqa: PLC0415

    day = next(token for token in match.tokens if token.kind in ("Day", "MonthDay"))
    return "Day", replace(day.value, weekday=match.get("wday"))


def _weekday_number(match: Match) -> Made:
    after = match.after
    if not match.has("ord") and after is not None and after.kind in (
        "dash", "colon", "clock", "num", "other", "slash", "to", "and", "at", *UNIT_KINDS,
    ):  # fmt: skip
        return None
    return c.made(terms.day_of_month(match.get("num", "ord"), match.get("wday")))


def _day_number(match: Match) -> Made:
    """ "on the 18th": not before a noun ("the 18th congress")."""
    token, after = match.tokens[-1], match.after
    if token.kind != "ord" or token.value > 31:
        return None
    if not token.word[:1].isdigit() and not match.has("on"):
        return None
    if after is not None and after.kind not in (
        "dot", "stop", "comma", "line", "rpar", "at", "in", "and", "for", "to", "dash", "from",
    ):  # fmt: skip
        return None
    return c.made(terms.day_of_month(token.value), "DayNumber")


def _fixed_words(name: str, offset: int) -> Rule:
    return rule(name, lambda _: c.made(terms.unit_term("day", offset)))


def _weekday(match: Match) -> Made:
    return c.made(terms.weekday(match.tokens[0].value), "Weekday")


def _month(match: Match) -> Made:
    return c.made(c.whole_month(match.get("month"), None))


def _two_digit_year(match: Match) -> Made:
    """ "April of 87", "Oct '74", "14th April 15"."""
    value = match.tokens[-1].value
    ordinal = match.text[match.tokens[0].start :][:4].rstrip()[-2:] in ("st", "nd", "rd", "th")
    if not match.has("apos", "of") and match.tokens[-1].kind != "num2" and not ordinal:
        return None
    if match.after is not None and match.after.kind not in ("stop", "dot", "comma", "line", "rpar"):
        return None
    year = c.terms_year(value)
    return c.attach_year(
        Match([match.tokens[0], type(match.tokens[-1])("year4", year, 0, 0)], None, None, match.text)
    )


_WHOLE = "(Week|Month|Quarter|Season|Half|Year|Decade|Century|Span)"
_NUM = "(num|ord)"
RULES: list[Rule] = [
    rule(
        "(wnum|wten|whundred|wthousand) ((dash|and)? (wnum|wten|whundred|wthousand|word_ord))*"
        "|word_ord",
        _number,
    ),
    rule("weak_month", _weak_month),
    *c.numeric_rules(day_first=False),
    rule("wday dot", lambda m: ("wday", m.tokens[0].value) if len(m.tokens[0].word) < 6 else None),
    rule("month dot", lambda m: ("month", m.tokens[0].value) if len(m.tokens[0].word) < 5 else None),
    rule("weak_wday dot?", _weak_weekday),
    rule(f"from? the? {_NUM} (to|dash|until) the? {_NUM} of? the? month", c.written_run),
    rule(f"(between|on)? the? {_NUM} and the? {_NUM} of? month", c.written_run),
    rule(f"from? month the? {_NUM} (to|dash|until) the? {_NUM}", c.written_run),
    rule(f"the? {_NUM} day_unit? of? month", c.written_day),
    rule(f"month comma? the? {_NUM}", lambda m: _month_first(m)),
    rule("num dash num", c.dashed_day(day_first=False)),
    rule("the? (this|next|last) month", _relative_month),
    rule("month", _month),
    rule("num quarter_name num", _glued_quarter),
    rule("the? ord quarter_unit|quarter_name num", _quarter),
    rule("the? ord half_unit|half_name num", _half),
    rule("the? (year4|num2) apos? decade_s|the? nineties", _decade),
    rule("the? ord century_unit", lambda m: c.made(c.century(m.get("ord")))),
    rule("season", lambda m: c.made(c.season(m.tokens[0].value))),
    _fixed_words("today", 0),
    _fixed_words("yesterday", -1),
    _fixed_words("tomorrow", 1),
    _fixed_words("before_yesterday", -2),
    _fixed_words("after_tomorrow", 2),
    rule("(Month|Day) (apos|of)? (num|num2)", _two_digit_year),
    rule("the? year_unit to_date", lambda _: c.made(c.to_date("year"))),
    rule("(earlier|later|hence|ago) (in|this)? the? (week_unit|month_unit|year_unit)", _earlier_or_later),
    rule(f"(in|within)? the? (next|last) ({COUNT}|vague) {UNIT}", _rolling),
    rule(f"(in|within)? the? ({COUNT}|vague) (next|last) {UNIT}", _rolling),
    rule(f"within ({COUNT}|vague|a) {UNIT}", _rolling),
    rule(
        f"the? {UNIT} after_next"
        "|(this|next|last) (day_unit|week_unit|month_unit|quarter_unit|year_unit|decade_unit"
        "|century_unit|weekend_unit|fortnight_unit)",
        _relative_unit,
    ),
    *c.year_rules(),
    rule("the? weekend_unit", lambda m: _the_weekend(m)),
    rule("(this|next|last)? (wday|Weekday) (on|the|lpar|comma|dash)* (Day|MonthDay) rpar?", _dated_weekday),
    rule("(this|next|last) wday|wday after_next|the? (next|last) wday", _relative_weekday),
    rule("num wdays (ago|hence)", _nth_weekday_from_now),
    rule("the? eo", _end_abbreviated),
    rule("(Day|MonthDay) (comma|lpar)? wday", _dated_weekday),
    rule("wday (of|in|from)? the? Week", lambda m: c.weekday_in_week(m.get("wday"), m.get("Week"))),
    rule("Week on? wday", lambda m: c.weekday_in_week(m.get("wday"), m.get("Week"))),
    rule("Week (apos_s|apos decade_s) wday", lambda m: c.weekday_in_week(m.get("wday"), m.get("Week"))),
    rule(f"the? {_NUM} (day_unit)? (of|in)* the? Month", c.day_in_month),
    rule(f"from? {_NUM} (to|dash) {_NUM} (of|in)* Month", c.day_in_month),
    rule(
        "the? ord? (ord|last|last_ord)+ (day_unit|week_unit|month_unit|quarter_unit|weekend_unit|wday)"
        f" (of|in|from) the? {_WHOLE}",
        _nth,
    ),
    rule(
        "the? (ord|last) (wday|week_unit|day_unit) (of|in) the (month_unit|year_unit)",
        lambda m: _nth_of_current(m),
    ),
    rule(f"the? (ord|last) ({COUNT}|vague) {UNIT} of the? {_WHOLE}", _stretch),
    rule("wday (the? ord|num)", _weekday_number),
    rule("on? the ord|on ord", _day_number),
    rule("wday", _weekday),
    rule("the? week_unit (of|in|since) the? (Day|MonthDay|Span)", lambda m: c.week_around(m.tokens[-1].value)),
    rule("the? week_unit (of|in) the DayNumber|the? week_unit of DayNumber",
         lambda m: c.week_around(m.tokens[-1].value)),
    rule("week_unit num (of Year)?", lambda m: _week_number(m)),
    rule(f"the? (early|start|mid|late) dash? (the|in)? {_WHOLE}", _part),
    rule("(early|start|late) the? (week_unit|month_unit|year_unit)", _bare_part),
    rule(f"({COUNT}|vague|a) {UNIT} (before|after|from) the? {ANY}", _shift),
    rule(f"({COUNT}|vague|a) {UNIT} (ago|hence)", _ago),
    rule(f"in ({COUNT}|vague|a) {UNIT}", _ago),
    rule("same_period (of|in)? the? Year?", _same),
    rule(f"{_NUM} (dash|to|and|until) the? (Day|MonthDay)", c.run_before),
    rule(f"MonthDay (dash|to|until) the? {_NUM}", c.run_after),
    *c.closing_rules(),
]


def _month_first(match: Match) -> tuple[str, object] | None:
    after = match.after
    if match.has("comma") and not match.has("ord"):
        return None
    if after is not None and after.kind in ("quantity", "money"):
        return None
    found = c.written_day(match)
    return None if found is None else ("MonthDay", found[1])


def _the_weekend(match: Match) -> Made:
    return c.made(terms.unit_term("weekend", 0)) if match.has("the") else None


def _nth_of_current(match: Match) -> Made:
    unit = "month" if match.tokens[-1].kind == "month_unit" else "year"
    whole = terms.unit_term(unit, 0)  # type: ignore[arg-type]
    number = match.get("ord") or -1
    if match.has("wday"):
        return c.nth_weekday(number, match.get("wday"), whole)
    grain = "week" if match.has("week_unit") else "day"
    return c.nth_of(c.KIND_OF[grain], grain)(number, whole)  # type: ignore[index,arg-type]


def _week_number(match: Match) -> Made:
    """ISO week: "week 31", "week 3 of 2027"."""
    year = match.get("Year") or terms.unit_term("year", 0)
    return c.nth_of("Week", "week")(match.get("num"), year)
