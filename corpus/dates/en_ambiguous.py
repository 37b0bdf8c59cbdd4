"""English words that are dates only in some company: numbers, "may", "sun", "the 18th"."""

from __future__ import annotations

from corpus.dates import builders
from corpus.dates import term as terms
from corpus.dates.builders import Made
from corpus.dates.en_words import UNIT_KINDS
from corpus.dates.tokens import Match


def number(match: Match) -> tuple[str, int] | None:
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


def weak_month(match: Match) -> tuple[str, int] | None:
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
        return (
            ("month", token.value)
            if capital and before is not None and before.kind == "and"
            else None
        )
    if not led and after is not None and _goes_on(match, capital):
        return None
    if led or followed or (capital and (before is None or before.kind != "other")):
        return "month", token.value
    alone = before is None and after is None
    return ("month", token.value) if alone or capital else None


_OF_MARCHING = {"for", "against", "on", "with", "through", "towards", "toward", "across"}


def _goes_on(match: Match, capital: bool) -> bool:
    """ "March for peace", "they march to the square": people walk."""
    after = match.after
    if after is None or after.word.lower() in _OF_MARCHING:
        return after is not None
    following = match.text[after.end : after.end + 2].strip()[:1]
    return after.kind == "to" and not (capital and (following.isupper() or following.isdigit()))


def weak_weekday(match: Match) -> tuple[str, int] | None:
    """ "sun" and "sat" are days before a date, after "on", or alone."""
    after, before = match.after, match.before
    near = after is None or after.kind in ("comma", "dot", "month", "Day", "ord", "num")
    led = before is None or before.kind in ("on", "next", "last", "this", "comma", "week_unit")
    dotted = after is not None and after.kind == "dot"
    dated = after is not None and after.kind in ("ord", "month", "Day")
    capital = match.tokens[0].word[:1].isupper()
    return (
        ("wday", match.tokens[0].value) if near and (led or dotted or (capital and dated)) else None
    )


def weekday_number(match: Match) -> Made:
    after = match.after
    if not match.has("ord") and after is not None and after.kind in (
        "dash", "colon", "clock", "num", "other", "slash", "to", "and", "at", *UNIT_KINDS,
    ):  # fmt: skip
        return None
    return builders.made(terms.day_of_month(match.get("num", "ord"), match.get("wday")))


def day_number(match: Match) -> Made:
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
    return builders.made(terms.day_of_month(token.value), "DayNumber")
