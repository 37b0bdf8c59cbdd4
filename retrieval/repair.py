"""What a model leaves off a sentence and takes none to put back: years, and accents of names.

Only where it is sure what belongs there: a wrong year or name is worse than one left off.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from babel.dates import get_day_names

from corpus.dates import DateMention, find_dates
from corpus.vietnamese_names import SURNAMES
from corpus.words import Word, words
from retrieval.tables import table

_JOINED = r"(?:and|et|và|to|au|đến|tới|until|till|or|ou|hoặc|[-–—,/&])"
_GOES_ON = re.compile(
    rf"\s*(?:{_JOINED}\s*)?(?:(?:the|le|du|ngày)\s+)?\d|\s+(?:and|to|until|till|or)\s+[A-Z]"
)
_WENT_ON = re.compile(rf"\d\W*(?:\w+\s+)?{_JOINED}\s*(?:(?:the|le|les|du|ngày)\s+)?$")
"""A range or a list of days, whose other ends may be of other years."""

_NAMED = re.compile(r"\w\s+du\s+$|(?<!\w)(?:of|the|this|that)\s+$|['’]s\s+$", re.IGNORECASE)
"""A day that says which: "attentats du 11 septembre", "the September 11 attacks"."""

_BEHIND_YEAR = re.compile(r"(?<!\d)\d{4},?\s+(?:\w+\s+){0,2}$")
_BEFORE_YEAR = re.compile(r"\W+(?:\w+\W+){0,2}(?:19|20)\d\d(?!\d)")
_NUMERIC = re.compile(r"\d([/.-])\d{1,2}(?=\)?$)")
_MONTH_FIRST = re.compile(r"[^\W\d]\.?\s+\d{1,2}(?:st|nd|rd|th)?$")
_WORDS_BEFORE = 4


def with_years(text: str, days: Sequence[str], language: str) -> str:
    """`text` with the year behind each day and month that are those of one of `days` (ISO)."""
    dates = [dt.date.fromisoformat(day) for day in dict.fromkeys(days)]
    for mention in reversed(find_dates(text, language)):
        named = (mention.month, mention.day)
        meant = [date for date in dates if (date.month, date.day) == named]
        if len(meant) != 1 or mention.end_day is not None or mention.start is not None:
            continue
        if _may_be_another(text, mention, language) or _on_another(meant[0], mention, language):
            continue
        dated = _with_year(text, mention, meant[0], language)
        # Read again, lest what is written now is no date, or another.
        if any(found.start == meant[0] for found in find_dates(dated, language)):
            text = dated
    return text


def _with_year(text: str, mention: DateMention, day: dt.date, language: str) -> str:
    """`text` with the year of `day` behind `mention`, written as the mention is."""
    if numeric := _NUMERIC.search(mention.text):
        end, year = mention.start_char + numeric.end(), f"{numeric[1]}{day.year}"
    else:
        written = mention.text.rstrip(")")
        end, year = mention.start_char + len(written), f" {day.year}"
        if language == "vi":
            year = f" năm {day.year}"
        elif language == "en" and _MONTH_FIRST.search(written):
            year = f", {day.year}"
    return text[:end] + year + text[end:]


def _may_be_another(text: str, mention: DateMention, language: str) -> bool:
    """Whether a day and month may be of another year than the event's."""
    before, behind = text[: mention.start_char], text[mention.end_char :]
    if _GOES_ON.match(behind) or _WENT_ON.search(before):
        return True
    if _BEHIND_YEAR.search(before) or _BEFORE_YEAR.match(behind) or _NAMED.search(before):
        return True
    if language == "en" and _NUMERIC.search(mention.text) and max(_numbers(mention.text)) <= 12:
        return True  # "9/11" is of September, or of November
    last = " ".join(word.text.lower() for word in words(before)[-_WORDS_BEFORE:])
    if _says(last, "any") or (language == "vi" and _says(last, "vi")):
        return True
    following = re.match(r"\s+([^\W\d_]+)", behind) if language == "en" else None
    if following is None:
        return False
    return following[1][0].isupper() or _says(following[1].lower(), "en")


def _on_another(day: dt.date, mention: DateMention, language: str) -> bool:
    """Whether `mention` names a weekday that `day` is not."""
    weekdays = get_day_names("wide", locale=language)
    return any(
        name.lower() in mention.text.lower()
        for number, name in weekdays.items()
        if number != day.weekday()
    )


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _says(text: str, which: str) -> bool:
    return (
        re.search(rf"(?<!\w)(?:{'|'.join(table('remembered_days')[which])})(?!\w)", text)
        is not None
    )


def with_accents(text: str, names: Iterable[str]) -> str:
    """`text` with `names`, of two words or more, written as they are here."""
    spelled: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in names:
        if not name.isascii():
            folds = tuple(word.fold for word in words(name))
            spelled[folds].add(unicodedata.normalize("NFC", name))
    for folds, spellings in spelled.items():
        if len(folds) < 2 or len(spellings) > 1:
            continue  # "Hung" may be "Hùng" or "Hưng"
        (name,) = spellings
        found = words(text)
        for start in reversed(range(len(found) - len(folds) + 1)):
            part = found[start : start + len(folds)]
            if tuple(word.fold for word in part) == folds and _is_bare_name(
                text, found, start, part
            ):
                text = text[: part[0].start] + name + text[part[-1].end :]
    return text


def _is_bare_name(text: str, found: Sequence[Word], start: int, part: Sequence[Word]) -> bool:
    """Whether `part`, from `start` on in the words `found`, is a whole name without accents."""
    if not all(word.capital and word.text.isascii() for word in part):
        return False
    if any(text[one.end : other.start] != " " for one, other in pairwise(part)):
        return False
    if re.match(r"[ -][^\W\d_]", behind := text[part[-1].end :]) and behind[1].isupper():
        return False  # "Le Ha Thanh" is not "Lê Hà"
    before = found[start - 1] if start else None
    if text[: part[0].start].endswith("-"):
        return False
    return (
        before is None
        or not before.capital
        or text[before.end : part[0].start] != " "
        or before.fold not in SURNAMES
    )
