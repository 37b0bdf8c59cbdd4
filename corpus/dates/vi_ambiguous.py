"""Vietnamese numbers in words, and "thứ tư": Wednesday or the fourth."""

from __future__ import annotations

from corpus.dates.tokens import Match


def number(match: Match) -> tuple[str, int]:
    """ "mười hai", "hai mươi lăm", "ba"."""
    total = 0
    for token in match.tokens:
        total = total * 10 if token.kind == "wtens" else total + int(token.value or 0)
    return ("num", total) if 1 <= total <= 31 else ("num2", total)


def tens(match: Match) -> tuple[str, int]:
    """ "mười hai" 12, "hai mươi" 20, "mười năm" is ten years, not 15."""
    total = 0
    for token in match.tokens:
        if token.kind == "wtens":
            total = (total or 1) * 10
        elif token.kind == "four":
            total += 4
        elif token.kind != "year_unit":
            total += int(token.value)
    return ("num", total) if 1 <= total <= 31 else ("num2", total)


def weekday_word(match: Match) -> tuple[str, int] | None:
    """ "Thứ Tư" is Wednesday, "lần thứ tư" the fourth time: capitals and neighbours tell."""
    token, before, after = match.tokens[0], match.before, match.after
    if before is not None and before.kind == "times":
        return None
    led = before is None or before.kind in (
        "daypart", "date", "in", "from", "to", "after", "before", "lpar", "line", "comma", "and",
    )  # fmt: skip
    near = ("date", "week_unit", "this", "last", "next", "toi", "frac", "abc", "lpar", "Day")
    followed = after is not None and (after.kind in near or (after.kind == "comma"))
    capital = token.kind == "wday_word" and token.word.split()[-1][:1].isupper()
    strong = before is not None and before.kind in ("daypart", "date")
    if token.kind == "wday_digit" or not capital:
        dated = after is not None and after.kind in near
        if strong or dated or (led and after is None and before is None):
            return "wday", token.value
        return None
    if capital and (led or followed or token.word[:1].isupper()):
        return "wday", token.value
    return None
