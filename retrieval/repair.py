"""What a model leaves off a sentence and takes none to put back: years, and accents of names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from corpus.dates import find_dates
from corpus.words import words
from retrieval.glossary import written_day


def with_years(text: str, days: Sequence[str], language: str) -> str:
    """`text` with those of `days` (ISO) in full whose day and month stand there without a year."""
    dates = [dt.date.fromisoformat(day) for day in days]
    for mention in reversed(find_dates(text, language)):
        named = (mention.month, mention.day)
        day = next((date for date in dates if (date.month, date.day) == named), None)
        if day is not None and mention.end_day is None and mention.start is None:
            written = written_day(day, language)
            text = text[: mention.start_char] + written + text[mention.end_char :]
    return text


def with_accents(text: str, names: Iterable[str]) -> str:
    """`text` with `names`, of two words or more, written as they are here."""
    for name in names:
        if name.isascii() or name in text:
            continue
        wanted = [word.fold for word in words(name)]
        found = words(text)
        for start in range(len(found) - len(wanted) + 1):
            part = found[start : start + len(wanted)]
            if len(wanted) > 1 and [word.fold for word in part] == wanted:
                text = text[: part[0].start] + name + text[part[-1].end :]
                break
    return text
