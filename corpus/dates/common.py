"""Rules that hold in every language, and the builders that language rules share.

A rule's builder returns a token whose kind is the unit it names (``Day``, ``Month``, ``Year``,
…) and whose value is a `Term`. Capitalised kinds are terms; lower-case kinds are words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from corpus.dates import spans
from corpus.dates import term as terms
from corpus.dates.mention import Grain, Open, Prefer
from corpus.dates.spans import Interval
from corpus.dates.term import Term
from corpus.dates.tokens import Build, Match, Rule, Token, rule

Made = tuple[str, Term] | None

KIND_OF: dict[Grain, str] = {
    "day": "Day",
    "weekend": "Weekend",
    "week": "Week",
    "month": "Month",
    "quarter": "Quarter",
    "season": "Season",
    "half-year": "Half",
    "year": "Year",
    "decade": "Decade",
    "century": "Century",
}
ANY = (
    "(Day|MonthDay|Weekend|Week|Month|Quarter|Season|Half|Year|Decade|Century|Span|Weekday|Part)"
)
WITHIN_YEAR = "(Day|MonthDay|Week|Month|Quarter|Season|Half|Span|Part)"
COUNT = "(num|num2|big)"
TERM_KINDS = {*KIND_OF.values(), "MonthDay", "Span", "Weekday", "Part", "DayNumber"}


def made(term: Term | None, kind: str | None = None) -> Made:
    if term is None or terms.is_dead(term):
        return None
    return kind or KIND_OF[term.grain], term


def month_day(month: int, day: int, year: int | None) -> Term | None:
    return terms.in_year_or_yearly("day", year, lambda y: spans.day(y, month, day))


def whole_month(month: int, year: int | None, count: int = 1) -> Term | None:
    if not 1 <= month <= 12:
        return None
    grain: Grain = {1: "month", 3: "quarter", 6: "half-year"}.get(count, "month")  # type: ignore[assignment]
    return terms.in_year_or_yearly(grain, year, lambda y: spans.months(y, month, count))


def quarter(number: int, year: int | None = None) -> Term | None:
    return whole_month(number * 3 - 2, year, 3) if 1 <= number <= 4 else None


def half(number: int, year: int | None = None) -> Term | None:
    return whole_month(number * 6 - 5, year, 6) if 1 <= number <= 2 else None


def whole_year(year: int) -> Term:
    return terms.fixed("year", spans.months(year, 1, 12))


def of_year(term: Term, year: Term) -> Term | None:
    """The yearly term in a year that is stated ("March 2021") or relative ("March last year")."""
    if term.yearly is None:
        return None
    if year.fixed is not None:
        interval = term.in_year(year.fixed[0].year)
        return None if interval is None else terms.fixed(term.grain, interval)

    def make(reference: dt.date) -> Interval | None:
        which = year.resolve(reference, "past")
        return None if which is None else term.in_year(which[0].year)

    return terms.relative(term.grain, make)


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
        if found is None or not supported(match, looks_like_fraction(a, b)):
            return None
        return made(month_day(found[1], found[0], None))

    return build


def looks_like_fraction(a: int, b: int) -> bool:
    return (a < b <= 10) or (a, b) == (24, 7) or a == 0


_SUPPORT = {
    "date", "on", "from", "to", "since", "after", "before", "until", "between", "lpar", "the",
    "daypart", "wday", "and", "line", "early", "mid", "late", "ord", "this", "Day", "Weekday",
    "slash", "dash", "year_unit", "at_most", "next", "last", "du", "au", "to", "colon",
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
        if match.before is not None and match.before.kind == "lpar" and (
            match.after is None or match.after.kind != "rpar"
        ):
            return None
        if second.start - first.end > 1 and not alone:
            return None
        found = _order(first.value, second.value, day_first)
        return None if found is None else made(month_day(found[1], found[0], None))

    return build


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
    if match.before is not None and match.before.kind in ("dash", "month", "slash"):
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


def _run(first: Term | None, last: Term | None) -> Made:
    if first is None or last is None:
        return None
    term = terms.joined(first, last)
    return None if term is None else made(term, "Span")


def run_before(match: Match) -> Made:
    """A day's number before a full day: "29-30/3", "ngày 29 và 30/3"."""
    number, day = match.get("num", "ord"), match.tokens[-1].value
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
    "quantity", "money", "day_unit", "week_unit", "month_unit", "year_unit", "num", "num2", "big",
    "month", "at", "dash_word", "other_number",
}  # fmt: skip


def bare_year(match: Match) -> Made:
    """Four digits that stand for a year: after a preposition, a name, or nothing."""
    value, before, after = match.tokens[0].value, match.before, match.after
    if before is not None and before.kind in ("money", "ratio", "num", "num2", "big"):
        return None
    if after is not None and after.kind in _NOT_AFTER_YEAR:
        return None
    gap = match.text[match.tokens[0].end : after.start] if after is not None else ""
    if after is not None and not gap and after.kind == "other":
        return None
    led = before is None or before.kind in _YEAR_LEADS
    if not 1900 <= value < 2100:
        lead = before is not None and before.kind in ("in", "since", "year_unit", "until", "before", "after", "between")
        if not lead and (before is None or before.kind not in ("and", "to", "dash")):
            return None
        if value < 1000 or value >= 2200 or (after is not None and after.kind == "other" and after.word.islower()):
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


# --- Units, parts and steps ----------------------------------------------------------------


def nth_of(kind: str, unit: Grain) -> Callable[[int, Term], Made]:
    """The n-th (or, below zero, n-th last) day, week, month, quarter, half of a period."""

    def build(number: int, whole: Term) -> Made:
        index = number - 1 if number > 0 else number

        def change(interval: Interval) -> Interval | None:
            found = spans.pieces(interval, unit)
            return found[index] if -len(found) <= index < len(found) else None

        return made(terms.mapped(whole, change, unit), kind)

    return build


def nth_weekday(number: int, weekday: int, whole: Term) -> Made:
    """ "the first Monday of May", "the last Friday in October"."""

    def change(interval: Interval) -> Interval | None:
        start, end = interval
        if number > 0:
            first = start + dt.timedelta(days=(weekday - start.weekday()) % 7 + 7 * (number - 1))
            return spans.days(first) if first < end else None
        last = end - dt.timedelta(days=(end.weekday() - weekday - 1) % 7 + 1 + 7 * (-number - 1))
        return spans.days(last) if last >= start else None

    return made(terms.mapped(whole, change, "day"))


def stretch_of(count: int, unit: Grain, whole: Term, from_end: bool) -> Made:
    """ "the first nine months of 2021", "the last two weeks of May"."""

    def change(interval: Interval) -> Interval | None:
        found = spans.pieces(interval, unit)
        if not 0 < count <= len(found):
            return None
        chosen = found[-count:] if from_end else found[:count]
        return chosen[0][0], chosen[-1][1]

    grain: Grain = unit
    if unit == "month" and count in (3, 6):
        grain = "quarter" if count == 3 else "half-year"
    term = terms.mapped(whole, change, grain)
    return made(term, "Span")


def weekday_in_week(weekday: int, week: Term) -> Made:
    return made(
        terms.mapped(
            week, lambda interval: spans.days(interval[0] + dt.timedelta(days=weekday)), "day"
        )
    )


def week_around(term: Term) -> Made:
    """ "the week of April 10th"."""
    return made(
        terms.mapped(term, lambda interval: spans.containing(interval[0], "week"), "week")
    )


def part_of(which: str, whole: Term) -> Made:
    grain: Grain = {"week": "day", "month": "day"}.get(whole.grain, "month")  # type: ignore[assignment]
    if whole.grain in ("decade", "century"):
        grain = "year"
    return made(terms.mapped(whole, lambda interval: spans.part(interval, which), grain), "Part")


def shifted(term: Term, unit: str, count: int) -> Made:
    """ "two weeks before 13 May 1999", "three days after Tuesday"."""
    return made(
        terms.mapped(
            term, lambda interval: spans.days(spans.add(interval[0], unit, count)), "day"
        )
    )


def ago(unit: str, count: int) -> Made:
    """ "three days ago" (below zero) or "in two months": one day."""
    if abs(count) > 3000:
        return None
    return made(
        terms.relative("day", lambda reference: spans.days(spans.add(reference, unit, count)))
    )


def rolling(unit: Grain, count: int, past: bool) -> Made:
    """ "the past three months": up to the reference, which they do not include."""
    if not 0 < count <= 3000:
        return None

    def make(reference: dt.date) -> Interval:
        if unit in ("quarter", "decade", "century", "half-year"):
            current = spans.containing(reference, unit)
            if past:
                return spans.add(current[0], unit, -count), current[0]
            return current[1], spans.add(current[1], unit, count)
        if past:
            return spans.add(reference, unit, -count), reference
        begin = reference + spans.ONE_DAY
        return begin, spans.add(begin, unit, count)

    return made(terms.relative(unit, make), "Span")


def decade(year: int) -> Term:
    return terms.fixed("decade", spans.months(year // 10 * 10, 1, 120))


def century(number: int) -> Term | None:
    if not 1 < number <= 30:
        return None
    return terms.fixed("century", spans.months(number * 100 - 100, 1, 1200))


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def season(name: str) -> Term:
    """Meteorological seasons: whole months, winter beginning in December."""
    return terms.yearly("season", lambda year: spans.months(year, SEASONS[name], 3))


def to_date(unit: Grain) -> Term:
    """ "year to date": from the unit's first day to the reference."""
    return terms.relative(
        unit, lambda reference: (spans.containing(reference, unit)[0], reference)
    )


# --- Runs and open periods -----------------------------------------------------------------


def run(match: Match) -> Made:
    first, last = (token for token in match.tokens if token.kind in TERM_KINDS or token.kind == "now")
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
        if "year" in (first.value.grain, last.value.grain) and first.value.grain != last.value.grain:
            return None
        if len(gap) > 3:
            return None
    joined = terms.joined(first.value, last.value)
    return None if joined is None else made(joined, "Span")


def opened(match: Match) -> Token | None:
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
    return Token(
        inner.kind, replace(term, open=kind), match.tokens[0].start, match.tokens[-1].end
    )


def opened_after(match: Match) -> Made:
    """ "2016 or later", "từ 2020 trở đi"."""
    inner = match.tokens[0]
    return inner.kind, replace(inner.value, open="since")


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


def year_rules() -> list[Rule]:
    """Years, and the periods of a year that are followed by theirs."""
    return [
        rule(f"{WITHIN_YEAR} comma? (of|in|the|year_unit)* (year4|Year)", attach_year),
        rule("(year4|Year) (dash|apos|of|the)* (Quarter|Half|Month|Season)", attach_year),
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
    ]


def directed(term: Term, past: bool) -> Made:
    """ "le 27 mars dernier", "tháng 7 tới": the nearest one on the side the words name."""
    if term.yearly is None:
        return None
    side: Prefer = "past" if past else "future"

    def make(reference: dt.date) -> Interval | None:
        return term.resolve(reference, side)

    found = terms.relative(term.grain, make)
    return made(replace(found, partial=True))


def any_year() -> Term:
    """A year that is not named, as in "đầu năm" or "fin d'année"."""
    return terms.yearly("year", lambda year: spans.months(year, 1, 12))
