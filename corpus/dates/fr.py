"""French dates: the words and the rules. Accents are optional."""

from __future__ import annotations

from dataclasses import replace

from corpus.dates import builders, common, eras, fr_rare, numeric, parts, spans
from corpus.dates import term as terms
from corpus.dates.builders import ANY, COUNT, Made
from corpus.dates.fr_words import UNIT, UNIT_KINDS
from corpus.dates.tokens import Match, Rule, rule


def _unit(match: Match) -> str:
    return next(UNIT_KINDS[token.kind] for token in match.tokens if token.kind in UNIT_KINDS)


def _count(match: Match) -> int:
    count = match.get("num", "num2", "big", "vague")
    return 1 if count is None else int(count)


def _number(match: Match) -> tuple[str, int] | None:
    """A number in words, up to a year: "vingt et un", "deux mille vingt"."""
    total, current = 0, 0
    for token in match.tokens:
        if token.kind in ("dash", "and"):
            continue
        if token.kind == "wthousand":
            total, current = (current or 1) * 1000, 0
        elif token.kind == "whundred":
            current = (current or 1) * 100
        elif token.kind == "wten" and token.value == 20 and current % 100 == 4:
            current += 76
        elif current % 10 and current % 100 < 17 and current % 100 != 0:
            return None
        else:
            current += int(token.value)
    number = total + current
    if 1 <= number <= 31:
        return "num", number
    if number < 100:
        return "num2", number
    return ("year4", number) if 1000 <= number < 3000 else ("big", number)


def _september(match: Match) -> tuple[str, int] | None:
    """ "sept" is seven, and September between a day and a year."""
    token, before, after = match.tokens[0], match.before, match.after
    if token.word.lower() != "sept":
        return None
    dated = after is not None and after.kind == "year4"
    counted = before is not None and before.kind in ("num", "ord", "of")
    return ("month", 9) if dated or (counted and before is not None and before.word) else None


def _ordinal_tens(match: Match) -> tuple[str, int] | None:
    number = match.tokens[0].value + match.tokens[-1].value
    return ("ord", number) if number <= 31 else None


def _written(match: Match) -> Made:
    after = match.after
    if match.has("ord") and match.get("ord") > 1 and not match.has("day_unit"):
        return None
    del after
    return common.written_day(match)


def _quarter(match: Match) -> Made:
    if match.has("quarter_name") and match.tokens[0].end != match.tokens[-1].start:
        return None
    return builders.made(builders.quarter(match.get("ord", "num")))


def _half(match: Match) -> Made:
    if match.has("half_name") and match.tokens[0].end != match.tokens[-1].start:
        return None
    return builders.made(builders.half(match.get("ord", "num")))


def _relative_unit(match: Match) -> Made:
    if match.has("last") and match.after is not None and match.after.kind in ("of", "du", "year4"):
        return None  # "la dernière semaine de juillet"
    side = next((t.word.lower() for t in match.tokens if t.kind in ("last", "next")), "")
    if side.endswith("s") or match.text[match.tokens[-1].end :][:3].lower() == "-là":
        return None  # "ces dernières semaines", "cette année-là"
    if match.has("day_unit") and not match.has("this"):
        return None
    offset = -1 if match.has("last") else 1 if match.has("next") else 0
    return builders.made(terms.unit_term(_unit(match), offset))  # type: ignore[arg-type]


def _rolling(match: Match) -> Made:
    if match.after is not None and match.after.kind in ("of", "du"):
        return None  # "les trois derniers mois de 2021"
    side = next(token.word for token in match.tokens if token.kind in ("last", "next"))
    if _count(match) > 1 and not side.lower().endswith(("s", "venir")):
        return None  # "du 4 au 23 mois prochain"
    return parts.rolling(_unit(match), _count(match), match.has("last"))  # type: ignore[arg-type]


def _relative_weekday(match: Match) -> Made:
    number = match.get("wday")
    if match.has("last") and match.after is not None and match.after.kind in ("of", "du"):
        return None  # "le dernier vendredi d'octobre"
    if match.has("this"):
        return builders.made(replace(terms.weekday(number), weekday=number), "Weekday")
    return builders.made(terms.weekday_beside(number, -1 if match.has("last") else 1))


def _this_month(match: Match) -> Made:
    term = builders.whole_month(match.get("month"), None)
    return (
        None if term is None else builders.made(builders.of_year(term, terms.unit_term("year", 0)))
    )


def _decade(match: Match) -> Made:
    value = match.get("year4", "num2", "num")
    if match.has("num") and value not in (20, 30):
        return None
    return (
        builders.made(parts.decade(value if value >= 1000 else 1900 + value))
        if value % 10 == 0
        else None
    )


def _stretch(match: Match) -> Made:
    """ "les neuf premiers mois de 2021"; without a year, of any year."""
    whole = match.get("Year") or parts.any_year()
    if match.has("year4"):
        whole = builders.whole_year(match.get("year4"))
    return parts.stretch_of(_count(match), _unit(match), whole, match.has("last"))  # type: ignore[arg-type]


def _fortnight(match: Match) -> Made:
    """ "la première quinzaine de mars": its first fifteen days, or the rest."""
    month, second = match.get("Month"), match.get("ord") != 1

    def change(interval: spans.Interval) -> spans.Interval:
        middle = interval[0].replace(day=16)
        return (middle, interval[1]) if second else (interval[0], middle)

    return builders.made(terms.mapped(month, change, "day"), "Span")


def _part(match: Match) -> Made:
    which = next(token.kind for token in match.tokens if token.kind in ("early", "mid", "late"))
    return parts.part_of(which, match.tokens[-1].value)


def _part_of_year(match: Match) -> Made:
    which = next(token.kind for token in match.tokens if token.kind in ("early", "mid", "late"))
    if match.has("month_unit"):
        return parts.part_of(which, terms.unit_term("month", 0))
    if match.has("week_unit"):
        return parts.part_of(which, terms.unit_term("week", 0))
    return parts.part_of(which, parts.any_year())


def _nth(match: Match) -> Made:
    whole = match.tokens[-1].value
    number = -1 if match.has("last") else match.get("ord")
    if match.has("wday"):
        return parts.nth_weekday(number, match.get("wday"), whole)
    unit = _unit(match)
    return parts.nth_of(builders.KIND_OF[unit], unit)(number, whole)  # type: ignore[index,arg-type]


def _weekday_number(match: Match) -> Made:
    after = match.after
    if after is not None and after.kind in (
        "dash", "colon", "clock", "num", "other", "slash", "to", "and", "quantity", "percent",
    ):  # fmt: skip
        return None
    return builders.made(terms.day_of_month(match.get("num", "ord"), match.get("wday")))


def _day_number(match: Match) -> Made:
    """ "le 23": only where a clause ends or goes on with a small word."""
    after, before = match.after, match.before
    if match.tokens[0].word.lower() != "le" or match.tokens[-1].kind == "ord":
        return None
    if after is not None and after.kind not in ("dot", "stop", "comma", "line", "rpar", "in", "at"):
        return None
    if before is not None and before.kind in ("quantity", "num"):
        return None
    return builders.made(terms.day_of_month(match.get("num")), "DayNumber")


def _shift(match: Match) -> Made:
    sign = -1 if match.has("before") else 1
    return parts.shifted(match.tokens[-1].value, _unit(match), sign * _count(match))


def _ago(match: Match) -> Made:
    return parts.ago(_unit(match), (-1 if match.has("ago") else 1) * _count(match))


def _same(match: Match) -> tuple[str, object]:
    year = match.get("Year")
    return "Same", year if year is not None else terms.unit_term("year", -1)


def _dated_weekday(match: Match) -> Made:
    day = next(token for token in match.tokens if token.kind == "Day")
    return "Day", replace(day.value, weekday=match.get("wday", "short_wday"))


def _by(match: Match) -> Made:
    """ "d'ici fin 2021", "jusqu'en 2025"."""
    inner = match.tokens[-1]
    if inner.value.open is not None:
        return None
    return inner.kind, replace(inner.value, open="until")


def _direction(match: Match) -> Made:
    return parts.directed(match.tokens[0].value, match.has("last"))


def _week_number(match: Match) -> Made:
    year = match.get("Year") or terms.unit_term("year", 0)
    return parts.nth_of("Week", "week")(match.get("num"), year)


def _two_digit_year(match: Match) -> Made:
    year = builders.whole_year(numeric.terms_year(match.tokens[-1].value))
    return builders.made(builders.of_year(match.tokens[0].value, year))


def _fixed_words(name: str, offset: int) -> Rule:
    return rule(name, lambda _: builders.made(terms.unit_term("day", offset)))


def _stretch_guard(match: Match) -> Made:
    """ "les trois derniers mois" without a year counts back from today, not from December."""
    named = match.has("Year", "year4", "year_unit")
    if not named and (match.has("last") or match.tokens[-1].kind in ("of", "du", "in", "the")):
        return None
    return _stretch(match)


def _named_decade(match: Match) -> Made:
    """ "les années 1990" is a decade, "l'année 1990" a year."""
    word = next(token.word for token in match.tokens if token.kind == "year_unit")
    if word.lower().endswith("s"):
        return _decade(match)
    return common.stated_year(match) if match.has("year4") else None


def _glued_decade(match: Match) -> Made:
    """ "1990s", borrowed from English."""
    number, letter = match.tokens[-2:]
    if number.end != letter.start or letter.word.lower() != "s":
        return None
    return _decade(match)


def _summer(match: Match) -> Made:
    """ "été" is also "been": a season after an article or before a year."""
    before, after = match.before, match.after
    led = match.has("this", "the") or (
        before is not None and before.kind in ("in", "early", "mid", "late")
    )
    dated = after is not None and after.kind == "year4"
    accent = match.tokens[-1].word.lower() == "été"
    return builders.made(parts.season("summer")) if accent and (led or dated) else None


def _month_first(match: Match) -> Made:
    after = match.after
    if after is not None and after.kind not in ("stop", "dot", "line", "this", "comma"):
        return None
    return common.written_day(match)


def _short_weekday(match: Match) -> tuple[str, object] | None:
    last = match.tokens[-1]
    if last.kind == "Day":
        return "Day", replace(last.value, weekday=match.get("short_wday"))
    return "num", last.value


def _spaced_digits(match: Match) -> Made:
    """ "18 08 1978"."""
    if len(match.tokens) != 3 or match.has("slash"):
        return None
    day, month, year = (token.value for token in match.tokens)
    if month > 12 or (match.before is not None and match.before.kind in ("num", "num2", "big")):
        return None
    if match.after is not None and match.after.kind in ("num", "num2", "big", "quantity"):
        return None
    if match.has("num2") and len(match.tokens[1].word) < 1:
        return None
    return builders.made(
        builders.month_day(month, day, year if year > 100 else numeric.terms_year(year))
    )


_NUM = "(num|ord)"
_WHOLE = "(Week|Month|Quarter|Season|Half|Year|Decade|Century|Span)"
_OF = "(of|du|the|in)*"
RULES: list[Rule] = [
    rule("wnum", _september),
    rule("wten (dash|and)* word_ord", _ordinal_tens),
    rule("word_ord", lambda m: ("ord", m.tokens[0].value)),
    rule(
        "(wnum|wten|whundred|wthousand)"
        " ((dash|and|dash and dash)? (wten|whundred|wthousand|wnum))*",
        _number,
    ),
    *eras.FIRST,
    *numeric.numeric_rules(day_first=True),
    rule(
        "month dot",
        lambda m: numeric.abbreviated_month(m, {"mars", "avril", "mai", "juin", "août", "aout"}),
    ),
    rule("short_wday dot (num|Day)", _short_weekday),
    rule("num (slash month)|num num (year4|num2)", _spaced_digits),
    rule(
        f"(du|of)? the? wday? {_NUM} (au|to|dash) the? wday? {_NUM} of? month", common.written_run
    ),
    rule(f"the? {_NUM} comma {_NUM} and {_NUM} of? month", common.written_list),
    rule(f"(between|the)* {_NUM} and the? {_NUM} of? month", common.written_run),
    rule(f"{_NUM} day_unit? (of|du month_unit of)? month", _written),
    rule("month num", _month_first),
    rule("num dash num", numeric.dashed_day(day_first=True)),
    rule("(this month_unit? of?) month ci?", _this_month),
    rule(
        "(month_unit of)? month",
        lambda m: builders.made(builders.whole_month(m.get("month"), None)),
    ),
    rule("the? ord quarter_unit|quarter_name num|quarter_unit num", _quarter),
    rule("the? ord half_unit|half_name num", _half),
    rule("the? year_unit (year4|num2|num)", _named_decade),
    rule("the? decade_unit (of the year_unit)? (year4|num2)", _decade),
    rule("the? (year4|num2) half_name", _glued_decade),
    rule(
        "the? (ord|roman other?) century_unit",
        lambda m: builders.made(parts.century(m.get("ord", "roman"))),
    ),
    rule("season", lambda m: builders.made(parts.season(m.tokens[0].value))),
    rule("(this|the) summer", _summer),
    rule("summer", _summer),
    _fixed_words("today", 0),
    _fixed_words("yesterday", -1),
    _fixed_words("tomorrow", 1),
    _fixed_words("before_yesterday", -2),
    _fixed_words("after_tomorrow", 2),
    rule(
        f"(dans|in|of)? (the|this)? ({COUNT}|vague) (last|next) {UNIT}"
        f"|(dans|in|of)? (the|this)? ({COUNT}|vague) {UNIT} (last|next)",
        _rolling,
    ),
    rule(f"this {UNIT} (dash? ci)?|the? {UNIT} current", _relative_unit),
    rule(f"(the|du|au)? {UNIT} (last|next)|(the|du|au)? (last|next) {UNIT}", _relative_unit),
    *fr_rare.RELATIVE,
    rule("Month num2", _two_digit_year),
    rule(
        f"the? {COUNT} (firsts|last) (month_unit|week_unit|day_unit|quarter_unit)"
        " (of|du|in)? the? (Year|year4|year_unit)?",
        _stretch_guard,
    ),
    rule("(an|year_unit) of? year4", common.stated_year),
    *common.year_rules(),
    *fr_rare.BESIDE,
    rule("(this|the)? wday (last|next)|(the|this)? (last|next) wday|this wday", _relative_weekday),
    rule("(wday|Weekday) (the|comma|lpar)* Day rpar?", _dated_weekday),
    rule("wday (of|du) the? Week", lambda m: parts.weekday_in_week(m.get("wday"), m.get("Week"))),
    rule("Week dash? wday", lambda m: parts.weekday_in_week(m.get("wday"), m.get("Week"))),
    rule(f"the? {_NUM} {_OF} Month", common.day_in_month),
    rule(f"(of|du)? {_NUM} (au|to|dash) {_NUM} {_OF} Month", common.day_in_month),
    rule(f"the? (ord|last) fortnight_unit {_OF} Month", _fortnight),
    rule(f"the? (ord|last) {UNIT} {_OF} {_WHOLE}|the? (ord|last) wday {_OF} {_WHOLE}", _nth),
    rule(f"the? Quarter {_OF} year_unit", lambda m: ("Quarter", m.get("Quarter"))),
    rule("wday num", _weekday_number),
    rule("the num", _day_number),
    rule("wday", lambda m: builders.made(terms.weekday(m.get("wday")), "Weekday")),
    rule(
        "the? week_unit (du|of the|of|commencing the?) (Day|Span|DayNumber)",
        lambda m: parts.week_around(m.tokens[-1].value),
    ),
    rule("week_unit num (of Year)?", _week_number),
    rule(f"(early|mid|late) dash? (of|du|the)* {_WHOLE}", _part),
    rule(f"(early|late|mid) {_OF} (year_unit|month_unit|week_unit)", _part_of_year),
    rule("(Day|Month|Span|Season) (last|next)", _direction),
    rule(f"({COUNT}|vague) {UNIT} (before|after) the? {ANY}", _shift),
    rule(f"ago (environ)? ({COUNT}|vague) {UNIT}", _ago),
    rule(f"(dans|by) ({COUNT}|vague) {UNIT}", _ago),
    rule(f"same_period {_OF} Year?", _same),
    rule(f"(du|of|the)? {_NUM} (dash|to|au|and) the? Day", common.run_before),
    rule(f"(du|of|between)? the? {ANY} (au|to|dash|until) the? {ANY}", common.run),
    rule(f"(du|of|between)? the? {ANY} (au|to|and) now", common.run),
    rule(f"(by|until) (the|of|au|du|to)* {ANY}", _by),
    *common.closing_rules(),
]
