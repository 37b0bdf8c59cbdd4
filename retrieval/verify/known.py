"""What is known of a text from elsewhere: its doubtful words, its dates, its places."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.countries import PlaceMention
from corpus.dates import DateMention
from retrieval.verify.shared import rivals
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def settled(told: Told, codes: frozenset[str]) -> Told:
    """`told` with those of its doubtful words read as places that stand for one of `codes`."""
    return _with_places(
        told, [place for place in (*told.doubtful, *told.shared) if place.code in codes]
    )


def _with_places(told: Told, meant: Sequence[PlaceMention]) -> Told:
    if not meant:
        return told
    places = sorted((*told.places, *meant), key=lambda place: place.start)
    read = {place.start for place in meant}
    return replace(
        told,
        places=tuple(places),
        codes=told.codes | {place.code for place in meant},
        doubtful=(),
        shared=tuple(place for place in told.shared if place.start not in read),
    )


def settled_by(statement: Told, evidence: Sequence[Told]) -> list[Told]:
    """`evidence` with those of its doubtful words settled that the statement, or a text of the
    evidence, names as places without doubt. What the evidence names tells more: beside Kinshasa,
    nobody Congolese is of the other Congo."""
    told = frozenset().union(*(each.codes for each in evidence))
    asked = statement.codes.union(place.code for place in statement.shared)
    return [settled(each, told | (asked - rivals(told))) for each in evidence]


def opened_by(statement: Told, evidence: Sequence[Told]) -> Told:
    """`statement` with those of its doubtful words settled for which the evidence has a place that
    they can mean: the one that it begins with ("Mỹ bác bỏ đề xuất"), and what countries share."""
    told = frozenset().union(*(each.codes for each in evidence))
    first = [place for place in statement.doubtful if opens(statement, place)]
    return _with_places(
        statement, [place for place in (*first, *statement.shared) if place.code in told]
    )


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
