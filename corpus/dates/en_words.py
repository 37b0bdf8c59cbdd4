"""The English words that dates are made of."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.dates.tokens import lexicon

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
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

_ENTRIES: dict[str, Mapping[str, object] | list[str]] = {
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
    "on": ["on"], "at_most": ["by", "<="], "apos_s": ["'s", "’s"],
    "from": ["from"], "to": ["to", "through", "thru", "till", "til"], "until": ["until", "up to"],
    "between": ["between"], "since": ["since", "starting", "starting on", "starting from",
    "beginning on", "beginning", "commencing", "as early as", "effective from", ">="],
    "after": ["after", "later than", "or later than", "following the", "greater than"],
    "before": ["before", "prior to", "no later than", "earlier than", "ahead of", "as late as"],
    "ago": ["ago", "back", "earlier"], "hence": ["hence", "from now", "from today", "later"],
    "within": ["within", "over"], "for": ["for"],
    "this": ["this", "current", "the current", "the same", "same", "that"],
    "next": ["next", "coming", "upcoming", "the following", "following", "this coming",
    "this upcoming"],
    "last": ["last", "past", "previous", "this past"],
    "after_next": ["after next"], "closest": ["closest", "nearest"],
    "last_ord": ["final"],
    "start": ["beginning of", "start of", "the beginning of", "the start of", "opening of"],
    "early": ["early", "early in", "the early"],
    "mid": ["mid", "middle of", "the middle of"],
    "late": ["late", "late in", "end of", "the end of", "end", "close of"],
    "earlier": ["earlier", "earlier in"], "later": ["later in"],
    "quarter_name": ["q"], "half_name": ["h"],
    "today": ["today", "at this time", "tonight", "this morning", "this afternoon", "this evening"],
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
    "onwards": ["or later", "and later", "onwards", "onward", "and greater", "and beyond",
    "and afterwards", "and up"],
    "or": ["or"],
    "bc": ["bc", "bce", "b.c.", "b.c", "before christ"], "ad": ["ad", "a.d.", "a.d"],
    "next_day": ["the next day", "the following day"], "day_after": ["the day after"],
    "day_before": ["the day before"], "eve": ["the previous day"],
    "business_unit": ["business days", "business day", "working days", "working day"],
    "working_week": ["workweek", "working week", "work week"],
    "commencing": ["w / c", "week commencing", "week beginning"],
    "clock": ["am", "pm", "a.m", "p.m", "oclock", "o'clock", "hrs", "hours", "hour"],
    "quantity": ["people", "percent", "per", "million", "billion", "millions", "billions",
    "thousands", "hundreds", "trillion", "cases", "respondents",
    "votes", "times", "men", "women", "troops", "dollars", "usd", "majority", "points", "doses",
    "tonnes", "km", "kg", "workers", "members", "companies", "students", "soldiers", "delegates"],
    "money": ["usd", "vnd", "eur"],
    "ratio": ["ratio", "score", "scored", "about", "nearly", "roughly", "almost", "won", "lost",
    "only", "phone", "tel", "version", "v"],
}  # fmt: skip
_UNITS["calendar year"] = "year_unit"
for _kind in UNIT_KINDS:
    _ENTRIES[_kind] = [word for word, kind in _UNITS.items() if kind == _kind]
LEXICON = lexicon(_ENTRIES, accents_optional=False)
