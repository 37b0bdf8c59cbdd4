"""What a text tells, as far as tables can read it: places, titles, dates, numbers, names, acts."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.article import Span
from corpus.countries import PlaceMention, find_places
from corpus.dates import DateMention, find_dates
from corpus.language import detect_language, likelihoods
from corpus.people import TitleMention, titles_in
from corpus.titles import Office as TableOffice
from corpus.titles import may_begin, office_at, role_words, titles_language
from corpus.words import Word, fold, words
from retrieval.verify.acts import LANGUAGES, Mark, find_marks
from retrieval.verify.agencies import Agency, find_agencies
from retrieval.verify.bodies import Body, families, find_bodies
from retrieval.verify.calendar import Weekday, find_month_days, find_weekdays
from retrieval.verify.doubtful import by_own_code, find_doubtful, is_money, is_no_date
from retrieval.verify.fields import NO_FIELDS, Fields, fields_of
from retrieval.verify.groups import Group, find_groups
from retrieval.verify.ministries import Ministry, find_ministries
from retrieval.verify.modifiers import is_aide, modifiers_of, one_title
from retrieval.verify.names import Name, find_names
from retrieval.verify.present import Present, present
from retrieval.verify.quantities import Quantity, find_quantities
from retrieval.verify.shared import find_shared
from retrieval.verify.taken import Taken
from retrieval.words import question_language

_SHORT, _LONG = 40, 200
_SURELY, _PERHAPS = 0.8, 1 / 3
"""Likelihood from which a sentence is in a language; share of it at which it may be in another."""

_SMALL_WORD = re.compile(r"\b[a-z]+\b")


@dataclass(frozen=True, slots=True)
class Office:
    """A role with its field, by their keys in titles.yaml, and where it stands.

    `modifiers` make it another office ("former"); `role` and `portfolio` are those without them.
    `fields` are all that it has, and the words of one that is not in the table.
    """

    role: str | None
    portfolio: str | None
    start: int
    modifiers: frozenset[str] = frozenset()
    fields: Fields = NO_FIELDS


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A text and what it tells. Spans and words count in `text`.

    `doubtful` are words that may be a place or something else ("Anh" is a country and "he"),
    `shared` those of several countries ("Congolese");
    `offices` all titles, whoever bears them; `codes` the places and organisations with what they
    belong to; `known_dates` dates that the text is known to speak of; `starts` where its words
    begin. Compared as objects, since they are kept and looked up by what they are read from.
    """

    text: str
    plain: str
    language: str
    words: tuple[Word, ...]
    places: tuple[PlaceMention, ...]
    doubtful: tuple[PlaceMention, ...]
    shared: tuple[PlaceMention, ...]
    bodies: tuple[Body, ...]
    ministries: tuple[Ministry, ...]
    agencies: tuple[Agency, ...]
    titles: tuple[TitleMention, ...]
    offices: tuple[Office, ...]
    dates: tuple[DateMention, ...]
    weekdays: tuple[Weekday, ...]
    quantities: tuple[Quantity, ...]
    names: tuple[Name, ...]
    groups: tuple[Group, ...]
    marks: tuple[Mark, ...]
    present: Present
    starts: tuple[int, ...]
    codes: frozenset[str]
    known_dates: tuple[DateMention, ...] = ()

    def word_at(self, place: int) -> int:
        """The number of the first word that begins at a place in the text or behind it."""
        return bisect_left(self.starts, place)

    def words_in(self, span: Span) -> range:
        """The numbers of the words that begin in a part of the text."""
        return range(self.word_at(span.start), self.word_at(span.end))

    def fold_before(self, place: int) -> str:
        """The folded word before a place in the text; "" at the start."""
        number = self.word_at(place)
        return self.words[number - 1].fold if number else ""


@lru_cache(maxsize=1024)
def read(text: str, language: str | None = None) -> Told:
    """What `text` tells; remembered, since evidence is held against many statements.

    `language` (ISO 639-1) where the caller knows it.
    """
    language = language or language_of(text)
    found = tuple(words(text))
    bodies = find_bodies(text)
    named = Taken(len(text), (body.span for body in bodies))
    found_places = [each for each in find_places(text, language) if not named.has(each.start)]
    money = [place for place in found_places if is_money(text, place, language)]
    places = [by_own_code(place) for place in found_places if place not in money]
    titles = titles_in(text, language)
    titled = Taken(len(text), (title.span for title in titles))
    ministries = [
        each for each in find_ministries(text, language) if not titled.has(each.span.start)
    ]
    dates = find_dates(text, language if language in LANGUAGES else None)
    dates = [date for date in dates if not is_no_date(text, language, date)]
    if language not in LANGUAGES:
        dates = [*find_month_days(text, language), *dates]
    weekdays = find_weekdays(text, language)
    dated = Taken(len(text), (Span(date.start_char, date.end_char) for date in dates))
    dated.add(day.span for day in weekdays)
    quantities = find_quantities(text, language, dated)
    taken = dated.with_more(place.span for place in places)
    taken.add(place.span for place in money)
    taken.add(body.span for body in bodies)
    agencies = [
        each
        for each in find_agencies(text, language)
        if not (named.meets(each.span) or taken.has(each.span.start))
    ]
    taken.add(title.span for title in titles)
    taken.add(ministry.span for ministry in ministries)
    taken.add(quantity.span for quantity in quantities)
    shared = tuple(find_shared(found, taken))
    taken.add(place.span for place in shared)
    but_groups = taken.with_more([])
    groups = [each for each in find_groups(text, language) if not taken.has(each.span.start)]
    taken.add(group.span for group in groups)
    names = find_names(text, language, taken.with_more(agency.span for agency in agencies))
    for each in (taken, but_groups):
        each.add(name.span for name in names)
    marks = [
        mark
        for mark in find_marks(text, language)
        # An exporter is no act of exporting, and yet no importer.
        if not _named(mark, but_groups if mark.key in _TRADE else taken, text)
    ]
    marks = [
        mark
        for mark in marks
        if not _only_from_then(mark, text, dates) and not _rules_out(mark, taken, text)
    ]
    return Told(
        text=text,
        plain=plain(text),
        language=language,
        words=found,
        places=tuple(places),
        doubtful=tuple(find_doubtful(found, taken, language)),
        shared=shared,
        bodies=tuple(bodies),
        ministries=tuple(ministries),
        agencies=tuple(agencies),
        titles=tuple(titles),
        offices=_offices(text, language, titles),
        dates=tuple(dates),
        weekdays=tuple(weekdays),
        quantities=tuple(quantities),
        names=tuple(names),
        groups=tuple(groups),
        marks=tuple(marks),
        present=present(text),
        starts=tuple(word.start for word in found),
        codes=with_families(places, bodies),
    )


def with_families(places: Sequence[PlaceMention], bodies: Sequence[Body]) -> frozenset[str]:
    """The countries, regions and organisations named, and what these belong to."""
    named = {place.code for place in places} | {body.key for body in bodies}
    return frozenset(named.union(*(families().get(key, ()) for key in named)))


def _offices(text: str, language: str, titles: Sequence[TitleMention]) -> tuple[Office, ...]:
    """All offices named, whoever bears them, in the plural too ("foreign ministers")."""
    listed = titles_language(language)
    found = words(text)
    numbers = {word.start: number for number, word in enumerate(found)}
    told = [_titled(text, found, numbers[each.span.start], each, listed) for each in titles]
    forms = [text]
    singular = _singular(text, listed)
    # Most sentences name no office in any form, and reading them thrice takes its time.
    if any(may_begin(word, listed) for word in words(singular)):
        forms.append(singular)
        if listed == "en":  # "the governor" is one, though nobody stands beside it
            forms.append(_SMALL_WORD.sub(lambda match: match.group().capitalize(), singular))
    seen: set[int] = set()  # "Chambre des communes" is not looked at as "commune"
    for form in dict.fromkeys(forms):
        starts = {office.start for office in told}
        found = words(form)
        written = text if form == text else singular  # which words have a capital of their own
        own = words(written)
        free = 0
        for number, word in enumerate(found):
            if number < free or not may_begin(word, listed):
                continue
            office = office_at(form, found, number, listed)
            if office is not None:
                one = _office(written, own, office, listed)
                start = one.start if written is text else _before_singular(text, one.start, listed)
                if number not in seen and (written is text or start not in starts):
                    told.append(replace(one, start=start))
                seen.add(number)
                free = office.last + 1
    return tuple(dict.fromkeys(told))


def _titled(
    text: str, found: Sequence[Word], number: int, title: TitleMention, language: str
) -> Office:
    """The office of a title, as it is in the country and the body it is told with."""
    office = office_at(text, list(found), number, language)
    if office is None:
        return Office(title.role, title.portfolio, title.span.start)
    told = _office(text, found, office, language)
    if title.role is None and (told.modifiers or office.role is None):
        return told
    role, modifiers = one_title(title.role, told.modifiers)
    return Office(role, title.portfolio, title.span.start, modifiers, told.fields)


def _office(text: str, found: Sequence[Word], office: TableOffice, language: str) -> Office:
    """An office of titles.yaml with what its modifiers make of it."""
    modifiers = modifiers_of(text, found, office.first, office.last, language)
    role, portfolio = office.unchanged
    if is_aide(found, office.first, language):
        role, portfolio = None, None
    role, modifiers = one_title(role, modifiers)
    fields = fields_of(text, found, office, language)
    return Office(role, portfolio, found[office.first].start, modifiers, fields)


def _plurals(text: str, language: str) -> list[int]:
    """Where the plurals of words of French and English titles end in an s."""
    known = role_words(language)
    return [
        word.end - 1
        for word in words(text)
        if word.fold.endswith("s") and word.fold not in known and word.fold[:-1] in known
    ]


def _singular(text: str, language: str) -> str:
    """`text` with the plurals of French and English titles in the singular."""
    plurals = frozenset(_plurals(text, language))
    return "".join(character for place, character in enumerate(text) if place not in plurals)


def _before_singular(text: str, place: int, language: str) -> int:
    """Where a place of the text in the singular is in `text`."""
    for plural in _plurals(text, language):
        if plural <= place:
            place += 1
    return place


_TRADE = ("import", "export")


def _named(mark: Mark, taken: Taken, text: str) -> bool:
    """Whether the words of a mark are somebody's name or title, a date, or the month of May."""
    behind = text[mark.span.end : mark.span.end + 3]
    words_of = mark.span.of(text)
    if words_of.lower() == "no" and re.match(r"\.?\s*\d", behind):
        return True  # "No. 7"
    return taken.has(mark.span.start) or words_of == "May"


_AND = re.compile(r"(?:,|\b(?:and|et))\s*$", re.IGNORECASE)
_NOT = frozenset(("not", "non", "pas"))
_ARTICLES = 8
"""Characters of articles between "not" and who it is not."""


def _rules_out(mark: Mark, taken: Taken, text: str) -> bool:
    """Whether a negation says who or what is not meant: "the army, not the police, fired"."""
    if mark.span.of(text).lower() not in _NOT or not _AND.search(text[: mark.span.start]):
        return False
    behind = range(mark.span.end + 1, min(mark.span.end + _ARTICLES, len(text)))
    return any(taken.has(place) for place in behind)


_UNTIL = re.compile(r"(?:until|till|before)\b", re.IGNORECASE)
_UNTIL_FAR = 50
"""Characters between a negation and the date until which it holds."""


def _only_from_then(mark: Mark, text: str, dates: Sequence[DateMention]) -> bool:
    """Whether a negation says when, and not that something was not done: "did not open until
    March 2014", in French "n'a ouvert qu'en mars 2014"."""
    if mark.group != "not":
        return False
    return any(
        0 < date.start_char - mark.span.end < _UNTIL_FAR
        and (_UNTIL.match(date.text) or _UNTIL.search(text[mark.span.end : date.start_char]))
        and not any(sign in text[mark.span.end : date.start_char] for sign in ",;.:")
        for date in dates
    )


def language_of(text: str, likely: Collection[str] = ()) -> str:
    """The language of a sentence; of a short one by its letters and its small words, or one of the
    `likely` languages, such as those of what it is held against, if it looks more like that."""
    if len(text) >= _SHORT:
        guess = detect_language(text)
        if guess in LANGUAGES or len(text) > _LONG:
            return guess
        found = likelihoods(text)
        # English with many names looks Dutch: its small words tell.
        ours = question_language(text)
        sure = found.get(guess, 0.0)
        return ours if sure < _SURELY and found.get(ours, 0.0) > _PERHAPS * sure else guess
    guess = question_language(text)
    if not likely or guess in likely:
        return guess
    found = likelihoods(text)
    return max((guess, *sorted(likely)), key=lambda language: found.get(language, 0.0))


def plain(text: str) -> str:
    """`text` folded, with single spaces."""
    return re.sub(r"\s+", " ", fold(text)).strip()


def comparable(text: str, language: str) -> str:
    """`text` as the patterns of a language are written: folded, but for Vietnamese, where accents
    tell words apart."""
    return composed(text) if language == "vi" else plain(text)


def composed(text: str) -> str:
    """`text` in small letters, each with its accents as one character: as long as `text` where
    that is composed already."""
    return unicodedata.normalize("NFC", text).lower()
