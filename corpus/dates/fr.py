"""French dates: the words and the rules. Accents are optional."""

from __future__ import annotations

from dataclasses import replace

from corpus.dates import common as c
from corpus.dates import term as terms
from corpus.dates.common import ANY, COUNT, Made
from corpus.dates.tokens import Match, Rule, lexicon, rule

_MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "février": 2, "févr": 2, "fév": 2, "mars": 3, "avril": 4,
    "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "août": 8, "septembre": 9, "sept": 9,
    "sep": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "décembre": 12, "déc": 12,
}  # fmt: skip
_WEEKDAYS = {
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
}  # fmt: skip
_SHORT_WEEKDAYS = {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6}
_NUMBERS = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
).split()
_ORDINALS = (
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième "
    "onzième douzième treizième quatorzième quinzième"
).split()
_ROMAN = {"xviii": 18, "xix": 19, "xx": 20, "xxi": 21}
UNIT_KINDS = {
    "day_unit": "day", "week_unit": "week", "month_unit": "month", "quarter_unit": "quarter",
    "year_unit": "year", "half_unit": "half-year", "weekend_unit": "weekend",
    "decade_unit": "decade", "century_unit": "century", "an": "year",
}  # fmt: skip
UNIT = f"({'|'.join(UNIT_KINDS)})"

_ENTRIES: dict[str, dict[str, object] | list[str]] = {
    "month": dict(_MONTHS),
    "wday": dict(_WEEKDAYS),
    "short_wday": dict(_SHORT_WEEKDAYS),
    "wnum": {word: value for value, word in enumerate(_NUMBERS, 1)} | {"une": 1},
    "wten": {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50,
             "soixante": 60},
    "whundred": {"cent": 100, "cents": 100}, "wthousand": {"mille": 1000},
    "word_ord": {word: value for value, word in enumerate(_ORDINALS, 1)}
    | {"première": 1, "second": 2, "seconde": 2, "vingtième": 20},
    "roman": {word: value for word, value in _ROMAN.items()},
    "firsts": ["premiers", "premières"],
    "the": ["le", "la", "les", "l'"], "of": ["de", "d'", "des", "en date du"], "du": ["du"],
    "au": ["au", "aux"], "to": ["à", "jusqu'au", "jusqu'à", "jusqu'en"], "and": ["et"],
    "in": ["en", "au cours de", "au cours du", "au cours des", "courant", "durant", "pendant"],
    "at": ["vers"], "dans": ["dans", "d'ici"], "between": ["entre"],
    "since": ["depuis", "depuis le", "à partir de", "à partir du", "à compter du",
              "à compter de", "dès", "dès le"],
    "after": ["après", "après le", "postérieur à"], "before": ["avant", "avant le"],
    "until": ["jusque"], "commencing": ["commençant", "débutant"],
    "this": ["ce", "cet", "cette", "ces"], "ci": ["ci"],
    "next": ["prochain", "prochaine", "prochains", "prochaines", "à venir", "suivant", "suivante",
             "qui vient"],
    "last": ["dernier", "dernière", "derniers", "dernières", "passé", "passée", "précédent",
             "précédente", "écoulé", "écoulée", "précédents", "précédentes"],
    "current": ["en cours"],
    "early": ["début", "début du", "le début", "le début du", "début de", "le début de", "tout début",
              "tout début de", "commencement de"],
    "mid": ["mi", "la mi", "mi -", "milieu", "milieu du", "le milieu de", "le milieu du", "milieu de"],
    "late": ["fin", "en fin de", "en fin d'", "la fin de", "la fin du", "fin de", "fin du", "fin d'",
             "la fin"],
    "ago": ["il y a", "il ya", "voici", "voilà", "il y a environ", "il y a à peu près",
            "il y a près de", "il y a presque"],
    "onwards": ["ou plus tard", "et plus tard", "et au-delà"],
    "today": ["aujourd'hui", "ce jour", "ce matin", "ce soir", "cet après-midi", "cette nuit"],
    "yesterday": ["hier"], "tomorrow": ["demain"], "before_yesterday": ["avant-hier"],
    "after_tomorrow": ["après-demain"], "now": ["maintenant"],
    "vague": {"quelques": 3},
    "same_period": ["la même période", "même période", "la période correspondante"],
    "season": {"printemps": "spring", "automne": "autumn", "hiver": "winter"},
    "summer": {"été": "summer"},
    "day_unit": ["jour", "jours", "journée"], "week_unit": ["semaine", "semaines"],
    "month_unit": ["mois"], "quarter_unit": ["trimestre", "trimestres"],
    "year_unit": ["année", "années"], "an": ["an", "ans"],
    "half_unit": ["semestre", "semestres", "moitié"],
    "fortnight_unit": ["quinzaine"],
    "weekend_unit": ["week-end", "weekend", "fin de semaine"],
    "decade_unit": ["décennie", "décennies"], "century_unit": ["siècle", "siècles"],
    "quarter_name": ["t", "q"], "half_name": ["s", "h"],
    "decade_s": ["s "],
    "clock": ["h", "heures", "heure", "am", "pm"],
    "quantity": ["personnes", "millions", "milliards", "cas", "euros", "dollars", "fois", "voix",
                 "membres", "participants", "pays", "hommes", "femmes", "délégués", "soldats",
                 "pour cent", "habitants", "entreprises", "tonnes", "doses", "km", "kg"],
    "ratio": ["score", "ratio", "rapport de", "environ", "près de", "tél", "n", "numéro", "phase",
              "version", "victoire", "plus de", "moins de"],
}  # fmt: skip
LEXICON = lexicon(_ENTRIES, accents_optional=True)


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


def _ordinal_tens(match: Match) -> tuple[str, int] | None:
    number = match.tokens[0].value + match.tokens[-1].value
    return ("ord", number) if number <= 31 else None


def _written(match: Match) -> Made:
    after = match.after
    if match.has("ord") and match.get("ord") > 1 and not match.has("day_unit"):
        return None
    del after
    return c.written_day(match)


def _quarter(match: Match) -> Made:
    if match.has("quarter_name") and match.tokens[0].end != match.tokens[-1].start:
        return None
    return c.made(c.quarter(match.get("ord", "num")))


def _half(match: Match) -> Made:
    if match.has("half_name") and match.tokens[0].end != match.tokens[-1].start:
        return None
    return c.made(c.half(match.get("ord", "num")))


def _relative_unit(match: Match) -> Made:
    if match.has("last") and match.after is not None and match.after.kind in ("of", "du"):
        return None  # "la dernière semaine de juillet"
    if match.has("day_unit") and not match.has("this"):
        return None
    offset = -1 if match.has("last") else 1 if match.has("next") else 0
    return c.made(terms.unit_term(_unit(match), offset))  # type: ignore[arg-type]


def _rolling(match: Match) -> Made:
    if match.after is not None and match.after.kind in ("of", "du"):
        return None  # "les trois derniers mois de 2021"
    side = next(token.word for token in match.tokens if token.kind in ("last", "next"))
    if _count(match) > 1 and not side.lower().endswith(("s", "venir")):
        return None  # "du 4 au 23 mois prochain"
    return c.rolling(_unit(match), _count(match), match.has("last"))  # type: ignore[arg-type]


def _relative_weekday(match: Match) -> Made:
    number = match.get("wday")
    if match.has("this"):
        return c.made(replace(terms.weekday(number), weekday=number), "Weekday")
    return c.made(terms.weekday_beside(number, -1 if match.has("last") else 1))


def _this_month(match: Match) -> Made:
    term = c.whole_month(match.get("month"), None)
    return None if term is None else c.made(c.of_year(term, terms.unit_term("year", 0)))


def _decade(match: Match) -> Made:
    value = match.get("year4", "num2")
    return c.made(c.decade(value if value >= 1000 else 1900 + value)) if value % 10 == 0 else None


def _stretch(match: Match) -> Made:
    """ "les neuf premiers mois de 2021"; without a year, of any year."""
    whole = match.get("Year") or c.any_year()
    return c.stretch_of(_count(match), _unit(match), whole, match.has("last"))  # type: ignore[arg-type]


def _fortnight(match: Match) -> Made:
    """ "la première quinzaine de mars": its first fifteen days, or the rest."""
    month, second = match.get("Month"), match.get("ord") != 1

    def change(interval: c.Interval) -> c.Interval:
        middle = interval[0].replace(day=16)
        return (middle, interval[1]) if second else (interval[0], middle)

    return c.made(terms.mapped(month, change, "day"), "Span")


def _part(match: Match) -> Made:
    which = next(token.kind for token in match.tokens if token.kind in ("early", "mid", "late"))
    return c.part_of(which, match.tokens[-1].value)


def _part_of_year(match: Match) -> Made:
    which = next(token.kind for token in match.tokens if token.kind in ("early", "mid", "late"))
    if match.has("month_unit"):
        return c.part_of(which, terms.unit_term("month", 0))
    if match.has("week_unit"):
        return c.part_of(which, terms.unit_term("week", 0))
    return c.part_of(which, c.any_year())


def _nth(match: Match) -> Made:
    whole = match.tokens[-1].value
    number = -1 if match.has("last") else match.get("ord")
    if match.has("wday"):
        return c.nth_weekday(number, match.get("wday"), whole)
    unit = _unit(match)
    return c.nth_of(c.KIND_OF[unit], unit)(number, whole)  # type: ignore[index,arg-type]


def _weekday_number(match: Match) -> Made:
    after = match.after
    if after is not None and after.kind in (
        "dash", "colon", "clock", "num", "other", "slash", "to", "and", "quantity", "percent",
    ):  # fmt: skip
        return None
    return c.made(terms.day_of_month(match.get("num", "ord"), match.get("wday")))


def _day_number(match: Match) -> Made:
    """ "le 23": only where a clause ends or goes on with a small word."""
    after, before = match.after, match.before
    if match.tokens[0].word.lower() != "le" or match.tokens[-1].kind == "ord":
        return None
    if after is not None and after.kind not in ("dot", "stop", "comma", "line", "rpar", "in", "at"):
        return None
    if before is not None and before.kind in ("quantity", "num"):
        return None
    return c.made(terms.day_of_month(match.get("num")), "DayNumber")


def _shift(match: Match) -> Made:
    sign = -1 if match.has("before") else 1
    return c.shifted(match.tokens[-1].value, _unit(match), sign * _count(match))


def _ago(match: Match) -> Made:
    return c.ago(_unit(match), (-1 if match.has("ago") else 1) * _count(match))


def _same(match: Match) -> tuple[str, object]:
    year = match.get("Year")
    return "Same", year if year is not None else terms.unit_term("year", -1)


def _dated_weekday(match: Match) -> Made:
    day = next(token for token in match.tokens if token.kind == "Day")
    return "Day", replace(day.value, weekday=match.get("wday", "short_wday"))


def _direction(match: Match) -> Made:
    return c.directed(match.tokens[0].value, match.has("last"))


def _week_number(match: Match) -> Made:
    year = match.get("Year") or terms.unit_term("year", 0)
    return c.nth_of("Week", "week")(match.get("num"), year)


def _two_digit_year(match: Match) -> Made:
    year = c.whole_year(c.terms_year(match.tokens[-1].value))
    return c.made(c.of_year(match.tokens[0].value, year))


def _fixed_words(name: str, offset: int) -> Rule:
    return rule(name, lambda _: c.made(terms.unit_term("day", offset)))


_NUM = "(num|ord)"
_WHOLE = "(Week|Month|Quarter|Season|Half|Year|Decade|Century|Span)"
_OF = "(of|du|the|in)*"
RULES: list[Rule] = [
    rule("wten (dash|and)* word_ord", _ordinal_tens),
    rule("word_ord", lambda m: ("ord", m.tokens[0].value)),
    rule(
        "(wnum|wten|whundred|wthousand) ((dash|and|dash and dash)? (wten|whundred|wthousand|wnum))*",
        _number,
    ),
    *c.numeric_rules(day_first=True),
    rule("month dot", lambda m: ("month", m.tokens[0].value) if len(m.tokens[0].word) < 6 else None),
    rule("short_wday dot (num|Day)", lambda m: _short_weekday(m)),
    rule("num (slash month)|num num (year4|num2)", lambda m: _spaced_digits(m)),
    rule(f"(du|of)? the? {_NUM} (au|to|dash) the? {_NUM} of? month", c.written_run),
    rule(f"(between|the)* {_NUM} and the? {_NUM} of? month", c.written_run),
    rule(f"{_NUM} day_unit? (of|du month_unit of)? month", _written),
    rule("month num", lambda m: _month_first(m)),
    rule("num dash num", c.dashed_day(day_first=True)),
    rule("(this month_unit? of?) month ci?", _this_month),
    rule("(month_unit of)? month", lambda m: c.made(c.whole_month(m.get("month"), None))),
    rule("the? ord quarter_unit|quarter_name num|quarter_unit num", _quarter),
    rule("the? ord half_unit|half_name num", _half),
    rule("the? year_unit (year4|num2)", lambda m: _named_decade(m)),
    rule("the? decade_unit (of the year_unit)? (year4|num2)", _decade),
    rule("the? (year4|num2) half_name", lambda m: _glued_decade(m)),
    rule("the? (ord|roman other?) century_unit", lambda m: c.made(c.century(m.get("ord", "roman")))),
    rule("season", lambda m: c.made(c.season(m.tokens[0].value))),
    rule("(this|the) summer", lambda m: _summer(m)),
    rule("summer", lambda m: _summer(m)),
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
    rule("Month num2", _two_digit_year),
    rule(f"the? {COUNT} (firsts|last) (month_unit|week_unit|day_unit|quarter_unit) (of|du|in)? the? (Year|year_unit)?",
         lambda m: _stretch_guard(m)),
    rule("(an|year_unit) of? year4", c.stated_year),
    *c.year_rules(),
    rule("(this|the)? wday (last|next)|(the|this)? (last|next) wday|this wday", _relative_weekday),
    rule("(wday|Weekday) (the|comma|lpar)* Day rpar?", _dated_weekday),
    rule("wday (of|du) the? Week", lambda m: c.weekday_in_week(m.get("wday"), m.get("Week"))),
    rule("Week dash? wday", lambda m: c.weekday_in_week(m.get("wday"), m.get("Week"))),
    rule(f"the? {_NUM} {_OF} Month", c.day_in_month),
    rule(f"(of|du)? {_NUM} (au|to|dash) {_NUM} {_OF} Month", c.day_in_month),
    rule(f"the? ord fortnight_unit {_OF} Month", _fortnight),
    rule(f"the? (ord|last) {UNIT} {_OF} {_WHOLE}|the? (ord|last) wday {_OF} {_WHOLE}", _nth),
    rule(f"the? Quarter {_OF} year_unit", lambda m: ("Quarter", m.get("Quarter"))),
    rule("wday num", _weekday_number),
    rule("the num", _day_number),
    rule("wday", lambda m: c.made(terms.weekday(m.get("wday")), "Weekday")),
    rule("the? week_unit (du|of the|of|commencing the?) (Day|Span|DayNumber)",
         lambda m: c.week_around(m.tokens[-1].value)),
    rule("week_unit num (of Year)?", _week_number),
    rule(f"(early|mid|late) dash? (of|du|the)* {_WHOLE}", _part),
    rule(f"(early|late|mid) {_OF} (year_unit|month_unit|week_unit)", _part_of_year),
    rule(f"(Day|Month|Span) (last|next)", _direction),
    rule(f"({COUNT}|vague) {UNIT} (before|after) the? {ANY}", _shift),
    rule(f"ago (environ)? ({COUNT}|vague) {UNIT}", _ago),
    rule(f"dans ({COUNT}|vague) {UNIT}", _ago),
    rule(f"same_period {_OF} Year?", _same),
    rule(f"(du|of|the)? {_NUM} (dash|to|au|and) the? Day", c.run_before),
    rule(f"(du|of|between)? the? {ANY} (au|to|dash) the? {ANY}", c.run),
    rule(f"(du|of|between)? the? {ANY} (au|to|and) now", c.run),
    *c.closing_rules(),
]


def _stretch_guard(match: Match) -> Made:
    """ "les trois derniers mois" without a year counts back from today, not from December."""
    if match.has("last") and not match.has("Year", "year_unit"):
        return None
    return _stretch(match)


def _named_decade(match: Match) -> Made:
    """ "les années 1990" is a decade, "l'année 1990" a year."""
    word = next(token.word for token in match.tokens if token.kind == "year_unit")
    if word.lower().endswith("s"):
        return _decade(match)
    return c.stated_year(match) if match.has("year4") else None


def _glued_decade(match: Match) -> Made:
    """ "1990s", borrowed from English."""
    number, letter = match.tokens[-2:]
    if number.end != letter.start or letter.word.lower() != "s":
        return None
    return _decade(match)


def _summer(match: Match) -> Made:
    """ "été" is also "been": a season after an article or before a year."""
    before, after = match.before, match.after
    led = match.has("this", "the") or (before is not None and before.kind in ("in", "early", "mid", "late"))
    dated = after is not None and after.kind == "year4"
    accent = match.tokens[-1].word.lower() == "été"
    return c.made(c.season("summer")) if accent and (led or dated) else None


def _month_first(match: Match) -> Made:
    after = match.after
    if after is not None and after.kind not in ("stop", "dot", "line", "this", "comma"):
        return None
    return c.written_day(match)


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
    if month > 12 or match.before is not None and match.before.kind in ("num", "num2", "big"):
        return None
    if match.after is not None and match.after.kind in ("num", "num2", "big", "quantity"):
        return None
    if match.has("num2") and len(match.tokens[1].word) < 1:
        return None
    return c.made(c.month_day(month, day, year if year > 100 else c.terms_year(year)))
