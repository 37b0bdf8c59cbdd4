"""What is known of a text from elsewhere: its doubtful words, its dates, its places."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.countries import PlaceMention
from corpus.dates import DateMention
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def settled(told: Told, codes: frozenset[str]) -> Told:
    """`told` with those of its doubtful words read as places that stand for one of `codes`."""
    meant = [place for place in told.doubtful if place.code in codes]
    if not meant:
        return told
    places = sorted((*told.places, *meant), key=lambda place: place.start)
    return replace(
        told, places=tuple(places), codes=told.codes | {place.code for place in meant}, doubtful=()
    )


def settled_by(statement: Told, evidence: Sequence[Told]) -> list[Told]:
    """`evidence` with those of its doubtful words settled that the statement, or a text of the
    evidence, names as places without doubt."""
    named = frozenset().union(statement.codes, *(each.codes for each in evidence))
    return [settled(each, named) for each in evidence]


def opened_by(statement: Told, evidence: Sequence[Told]) -> Told:
    """`statement` with the doubtful word that it begins with settled, where the evidence has a
    place that it can mean: "Mỹ bác bỏ đề xuất"."""
    named = frozenset().union(*(each.codes for each in evidence))
    first = [place for place in statement.doubtful if opens(statement, place)]
    return settled(statement, named & {place.code for place in first}) if first else statement


def opens(told: Told, place: PlaceMention) -> bool:
    """Whether a doubtful word stands first, where every word has a capital: "Áo sẽ nâng cao"."""
    first, second = (*told.words[:2], None, None)[:2]
    if first is None or first.start != place.start:
        return False
    return second is None or second.fold not in small_words("behind_he")


def with_known(told: Told, dates: Sequence[str], places: Sequence[str]) -> Told:
    """`told` with what is known of it from elsewhere: ISO dates, and codes of places."""
    if not dates and not places:
        return told
    known = tuple(date for text in dates if (date := _iso_date(text)) is not None)
    told = settled(told, frozenset(places))
    return replace(told, known_dates=known, codes=told.codes.union(places))


def _iso_date(text: str) -> DateMention | None:
    """A date written YYYY-MM-DD, YYYY-MM or YYYY; None for anything else."""
    match = _ISO_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        start = dt.date(year or 0, month or 1, day or 1)
        if day:
            end = start + dt.timedelta(days=1)
        elif month:
            end = dt.date(start.year + month // 12, month % 12 + 1, 1)
        else:
            end = dt.date(start.year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
    return DateMention(
        text=text,
        start_char=0,
        end_char=0,
        start=start,
        end=end,
        grain="day" if day else "month" if month else "year",
        partial=False,
    )
