"""Which date expressions have no one reading: where calendars and test sets part ways.

The shape of the expression alone decides, and the same for every set, whether we read it or not:

- ``run``: two ends ("2014 to 2018", "du 4 au 22 janvier"). The Recognizers sets leave the last
  unit out, the Duckling set has it in, as people mean it.
- ``weekday``: this, next, last, previous, following with a weekday, or a bare weekday on that
  very day: the nearest such day, or the one of this, the next or the last week.
- ``part``: early, middle, late, beginning, end, rest, earlier, later: a third, a half, two months.
- ``counted``: the last or next so many units, within so many: from today, from tomorrow, or in
  whole calendar units; so many years ago, which is a day in one set and a month in another.
- ``season``: from the solstice, or from the first of the month.
- ``week``: the n-th week of a month, the week of a day, all week, weekend, fortnight: where
  weeks begin, end, and belong.
- ``unstated``: "today" and "tomorrow" where the set does not say what day it is.
"""

from __future__ import annotations

import datetime as dt
import re

_WEEKDAYS = [
    "mon(?:day)?|lundi", "tue(?:s|sday)?|mardi", "wed(?:nesday)?|mercredi",
    "thu(?:rs|rsday)?|jeudi", "fri(?:day)?|vendredi", "sat(?:urday)?|samedi",
    "sun(?:day)?|dimanche",
]  # fmt: skip
_WEEKDAY = f"(?:{'|'.join(_WEEKDAYS)})"
_UNIT = r"(?:days?|weeks?|months?|quarters?|years?|jours?|semaines?|mois|trimestres?|an(?:née)?s?)"
_SIDE = (
    r"(?:this|next|last|past|previous|following|coming|upcoming|ce|cette|prochaine?s?|"
    r"derni(?:er|ère)s?|précédente?s?|suivante?s?|passée?s?|à venir)"
)
_COUNT = (
    r"(?:\d+|a|an|one|two|three|four|five|ten|few|couple|several|"
    r"un|une|deux|trois|quatre|dix|quelques)"
)

_SHAPES: list[tuple[str, re.Pattern[str]]] = [
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("weekday", rf"\b{_SIDE} {_WEEKDAY}\b|\b{_WEEKDAY} (?:after )?{_SIDE}\b"),
        (
            "part",
            r"\b(?:early|earlier|late|later|mid|middle|begin\w*|start of|end|eoy|eom|rest|"
            r"remain\w*|début|fin|mi|milieu|reste|plus t(?:ôt|ard))\b",
        ),
        (
            "counted",
            rf"\b{_SIDE} {_COUNT} (?:\w+ )?{_UNIT}\b|\b{_COUNT} (?:{_SIDE} )(?:\w+ )?{_UNIT}\b"
            rf"|\b{_COUNT} {_UNIT} {_SIDE}\b|\bwithin\b.*{_UNIT}"
            r"|\b(?:years?|ans?|années?) (?:ago|hence)\b|\bil y a \w+ (?:ans?|années?)\b",
        ),
        (
            "season",
            r"\b(?:seasons?|summer|winter|spring|autumn|fall|été|hiver|printemps|automne)\b",
        ),
        (
            "week",
            r"\bweeks? (?:of|in)\b|\bsemaines? (?:de|du|d)\b|\ball week\b|\bweek-?ends?\b|"
            r"\bfortnights?\b|\bquinzaine\b|\bfin de semaine\b",
        ),
    )
]
_JOINED = re.compile(
    r"\b(?:to|until|till?|thru|through|and|et|au|à|jusqu\w*)\b|[-–—~]", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:today|now|tomorrow|yesterday|aujourd|maintenant|demain|hier|prochain|ce)\b",
    re.IGNORECASE,
)


def disputed(words: str, reference: dt.date | None, run: bool) -> str | None:
    """The convention that an expression's reading hangs on, or None.

    `run`: the set gives an interval with a start and an end of its own, not one unit.
    """
    if reference is None and _NOW.search(words):
        return "unstated"
    for name, shape in _SHAPES:
        if shape.search(words):
            return name
    if run and _JOINED.search(words):
        return "run"
    if reference is not None and re.fullmatch(
        rf"(?:on |le )?(?:{_WEEKDAYS[reference.weekday()]})", words.strip(" .,"), re.IGNORECASE
    ):
        return "weekday"
    return None
