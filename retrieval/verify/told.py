"""What a text tells, as far as tables can read it: places, titles, dates, numbers, names, acts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.article import Span
from corpus.countries import PlaceMention, find_places
from corpus.dates import DateMention, find_dates
from corpus.gazetteer import base
from corpus.language import detect_language
from corpus.people import TitleMention, titles_in
from corpus.titles import may_begin, office_at, titles_language
from corpus.words import Word, fold, words
from retrieval.verify.acts import Mark, find_marks
from retrieval.verify.bodies import Body, families, find_bodies
from retrieval.verify.calendar import Weekday, find_month_days, find_weekdays
from retrieval.verify.groups import Group, find_groups
from retrieval.verify.names import Name, find_names
from retrieval.verify.present import Present, present
from retrieval.verify.quantities import Quantity, find_quantities
from retrieval.verify.small_words import small_words
from retrieval.words import question_language

_SHORT = 40
_BESIDE = 10
_DATED = ("vi", "fr", "en")
_PLURAL = re.compile(r"(?<=[a-zà-ÿ]{4})s(?=[\s,.;:])")
_SMALL_WORD = re.compile(r"\b[a-z]+\b")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A text and what it tells. Spans and words count in `text`.

    `doubtful` are words that may be a place or something else ("Anh" is a country and "he");
    `known` are codes of places and `known_dates` dates that the text is known to speak of.
    `offices` are the titles as (role, field), those in the plural too. Compared as objects, since
    they are kept and looked up by what they are read from.
    """

    text: str
    plain: str
    language: str
    words: tuple[Word, ...]
    places: tuple[PlaceMention, ...]
    doubtful: tuple[PlaceMention, ...]
    bodies: tuple[Body, ...]
    titles: tuple[TitleMention, ...]
    offices: frozenset[tuple[str | None, str | None]]
    dates: tuple[DateMention, ...]
    weekdays: tuple[Weekday, ...]
    quantities: tuple[Quantity, ...]
    names: tuple[Name, ...]
    groups: tuple[Group, ...]
    marks: tuple[Mark, ...]
    present: Present
    codes: frozenset[str]
    known_dates: tuple[DateMention, ...] = ()


@lru_cache(maxsize=1024)
def read(text: str, language: str | None = None) -> Told:
    """What `text` tells; remembered, since evidence is held against many statements.

    `language` (ISO 639-1) where the caller knows it.
    """
    language = language or language_of(text)
    found = tuple(words(text))
    bodies = find_bodies(text)
    known = [body.span for body in bodies]
    places = [
        _by_own_code(place)
        for place in find_places(text, language)
        if not within(place.start, known) and not _is_money(text, place)
    ]
    titles = titles_in(text, language)
    dates = find_dates(text, language if language in _DATED else None)
    if language == "vi":
        dates = [date for date in dates if not _is_ordinal(text, date)]
    if language not in _DATED:
        dates = [*find_month_days(text, language), *dates]
    weekdays = find_weekdays(text, language)
    dated = [Span(date.start_char, date.end_char) for date in dates]
    dated += [day.span for day in weekdays]
    quantities = find_quantities(text, language, dated)
    taken = [*dated, *known, *(place.span for place in places), *(title.span for title in titles)]
    taken += [quantity.span for quantity in quantities]
    groups = [each for each in find_groups(text, language) if not within(each.span.start, taken)]
    taken += [group.span for group in groups]
    names = find_names(text, language, taken)
    taken += [name.span for name in names]
    return Told(
        text=text,
        plain=plain(text),
        language=language,
        words=found,
        places=tuple(places),
        doubtful=tuple(_doubtful(text, found, taken)) if language == "vi" else (),
        bodies=tuple(bodies),
        titles=tuple(titles),
        offices=_offices(text, language, titles),
        dates=tuple(dates),
        weekdays=tuple(weekdays),
        quantities=tuple(quantities),
        names=tuple(names),
        groups=tuple(groups),
        marks=tuple(mark for mark in find_marks(text, language) if not _named(mark, taken, text)),
        present=present(text),
        codes=_with_families(places, bodies),
    )


_MONEY = re.compile(
    r"(?:bảng|đô la|đô-la|đôla|yên|franc|phrăng|rúp|won|dollars?|livres?|francs?|pesos?|riyals?"
    r"|dinars?|couronnes?|roupies?|nhân dân tệ)\s*$",
    re.IGNORECASE,
)


def _is_ordinal(text: str, date: DateMention) -> bool:
    """Whether "thứ năm" is the fifth and not Thursday, which "vào", "sáng", "hôm" stand before."""
    if not re.fullmatch(r"thứ (?:hai|ba|tư|năm|sáu|bảy)", date.text):
        return False
    before = text[: date.start_char].split()
    return bool(before) and fold(before[-1]) not in small_words("before_weekday")


def _is_money(text: str, place: PlaceMention) -> bool:
    """Whether a country is named by its currency: "US$", "bảng Anh", "dollars canadiens"."""
    after = text[place.end : place.end + 12].lower()
    return (
        after.startswith(("$", "€", "£", " dollar", " pound", " franc", " peso", " rupee"))
        or _MONEY.search(text[max(0, place.start - 14) : place.start]) is not None
    )


def _by_own_code(place: PlaceMention) -> PlaceMention:
    """The African Union and Australia share a code in `corpus.countries`."""
    if place.kind == "region" and place.code == "AU":
        return replace(place, code="african-union")
    return place


def _with_families(places: Sequence[PlaceMention], bodies: Sequence[Body]) -> frozenset[str]:
    """The countries, regions and organisations named, and what these belong to."""
    named = {place.code for place in places} | {body.key for body in bodies}
    return frozenset(named.union(*(families().get(key, ()) for key in named)))


def settled(told: Told, codes: frozenset[str]) -> Told:
    """`told` with those of its doubtful words read as places that stand for one of `codes`."""
    meant = [place for place in told.doubtful if place.code in codes]
    if not meant:
        return told
    places = sorted((*told.places, *meant), key=lambda place: place.start)
    return replace(
        told, places=tuple(places), codes=told.codes | {place.code for place in meant}, doubtful=()
    )


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


def _doubtful(text: str, found: Sequence[Word], taken: Sequence[Span]) -> list[PlaceMention]:
    """Capitalised Vietnamese syllables that may be a country, and are no part of a name."""
    doubtful = []
    for number, word in enumerate(found):
        if not word.capital or within(word.start, taken) or _in_name(found, number):
            continue
        for name in base().get(word.fold, ()):
            alone = len(name.folds) == 1 and name.marks == (word.marks,)
            if alone and name.doubtful and name.kind == "country":
                span = Span(word.start, word.end)
                doubtful.append(PlaceMention(name.code, "country", span, span.of(text)))
                break
    return doubtful


def _in_name(found: Sequence[Word], number: int) -> bool:
    """Whether a capitalised word stands before or behind: "Tô Anh Dũng"."""
    beside = (*found[max(0, number - 1) : number], *found[number + 1 : number + 2])
    return any(
        other.capital and abs(other.start - found[number].start) < _BESIDE for other in beside
    )


def _offices(
    text: str, language: str, titles: Sequence[TitleMention]
) -> frozenset[tuple[str | None, str | None]]:
    """All offices named, whoever bears them, in the plural too ("foreign ministers")."""
    told = {(title.role, title.portfolio) for title in titles}
    listed = titles_language(language)
    forms = [text, _singular(text)]
    if listed == "en":  # "the governor" is one, though nobody stands beside it
        forms.append(_SMALL_WORD.sub(lambda match: match.group().capitalize(), forms[1]))
    for form in dict.fromkeys(forms):
        found = words(form)
        for number, word in enumerate(found):
            if may_begin(word, listed) and (office := office_at(form, found, number, listed)):
                told.add((office.role, office.portfolio))
    return frozenset(told)


def _singular(text: str) -> str:
    """`text` with the plurals of French and English titles in the singular."""
    return _PLURAL.sub("", text)


def _named(mark: Mark, taken: Sequence[Span], text: str) -> bool:
    """Whether the words of a mark are somebody's name or title, a date, or the month of May."""
    return within(mark.span.start, taken) or mark.span.of(text) == "May"


def within(start: int, spans: Sequence[Span]) -> bool:
    """Whether a place in the text lies in one of `spans`."""
    return any(span.start <= start < span.end for span in spans)


def language_of(text: str) -> str:
    """The language of a sentence; of a short one by its letters and its small words."""
    return question_language(text) if len(text) < _SHORT else detect_language(text)


def plain(text: str) -> str:
    """`text` folded, with single spaces."""
    return re.sub(r"\s+", " ", fold(text)).strip()
