"""Understand a question: its language, and the conditions it sets on what may answer it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from corpus.article import Span
from corpus.clean import normalise
from corpus.conditions import Conditions, Period, Region
from corpus.countries import (
    PlaceMention,
    display_name,
    find_places_in_question,
    region_members,
)
from corpus.dates import DateMention, find_dates
from corpus.outlets import lookup
from corpus.people import titles_in
from corpus.topics import topics_in
from corpus.words import fold
from retrieval.errors import QuestionError
from retrieval.words import (
    INTERFACE_LANGUAGES,
    has_function_words,
    idle_words,
    question_language,
)

MAX_QUESTION_CHARS = 2000

_POSSESSIVE = re.compile(r"['’]s?$")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_OF_PUBLICATION = re.compile(
    r"\b(?:publish(?:ed)?|reported|publie(?:s|e|es)?|paru(?:s|e|es)?"
    r"|dang(?: tai)?|dua tin|xuat ban)"
    r"(?: (?:in|on|during|since|between|en|le|au|depuis|entre|vao|trong|tu|ngay|hom)){0,2} $"
)
"""Words that ask for the publication, right before the period: "published in May"."""

_LEAP_YEAR = 2000  # has every day that some year has
_FARTHEST_AHEAD = dt.timedelta(days=366)
"""A press corpus has nothing from later; "the worst war in 50 years" names no period."""

_ACCORDING = r"(?:according to|reported by|published by|selon|d'apres|theo|bao)\s+"
_GROUPS = {"five-eyes", "quad"}  # organisations by lower-case names
_GRAINS = {"day", "week", "weekend", "month", "quarter", "season", "half-year", "year", "decade"}


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    `conditions` hold for whatever is quoted; `preferred` countries are named in the question
    without being its actors and only rank. `topics` and `roles` (with their
    portfolio) are keys of the tables;
    `names` and `words` are what is left of the question that an answer should speak of.
    """

    text: str
    language: str
    conditions: Conditions
    preferred: tuple[str, ...] = ()
    preferred_regions: tuple[Region, ...] = ()
    topics: tuple[str, ...] = ()
    roles: tuple[tuple[str, str | None], ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def asks_nothing_more(self) -> bool:
        """Whether the conditions are all that the question says."""
        return not (self.topics or self.roles or self.names or self.words)

    def with_all_countries_required(self) -> Query:
        """The query with every country and region that it names as a condition."""
        conditions = replace(
            self.conditions,
            countries=self.named_countries,
            regions=(*self.conditions.regions, *self.preferred_regions),
        )
        return replace(self, conditions=conditions, preferred=(), preferred_regions=())

    @property
    def named_countries(self) -> tuple[str, ...]:
        """All countries in the question, conditions first."""
        return self.conditions.countries + self.preferred


def understand(
    text: str,
    *,
    today: dt.date,
    outlets: Collection[str] = (),
    people: Mapping[str, str] = MappingProxyType({}),
) -> Query:
    """Read the conditions out of `text`.

    `outlets` are the names that the corpus has, `people` its people by their folded names, so
    that a name is known when it is typed without capitals and accents.

    Raises `QuestionError` where the question is empty or longer than `MAX_QUESTION_CHARS`.
    """
    text = " ".join(normalise(text).split())
    if len(text) > MAX_QUESTION_CHARS:
        raise QuestionError(
            f"the question has {len(text):,} characters; at most {MAX_QUESTION_CHARS:,} are taken",
            limit=MAX_QUESTION_CHARS,
        )
    if not any(character.isalnum() for character in text):
        raise QuestionError("there are no words in the question")
    language = _language(text)
    taken: list[Span] = []
    agencies = _agencies(text, outlets, taken)
    period = _period(text, language, today, taken)
    places = [
        place
        for place in find_places_in_question(_blanked(text, taken), language)
        if not (place.form == "capital" and _in_a_name(text, place.span, language))
    ]
    taken.extend(place.span for place in places)
    actors = [place for place in places if place.role == "actor"]
    countries = _codes(actors, "country")
    roles = titles_in(text, language)
    topics = topics_in(text)
    taken.extend(title.span for title in roles)
    taken.extend(topic.span for topic in topics)
    known = _known_people(text, people, taken)
    names, content = _rest(text, language, taken)
    return Query(
        text=text,
        language=language,
        conditions=Conditions(
            period=period.days if period else None,
            by_publication=period.of_publication if period else False,
            countries=countries,
            regions=tuple(Region(code, _standing_for(code)) for code in _codes(actors, "region")),
            agencies=agencies,
        ),
        preferred=tuple(code for code in _codes(places, "country") if code not in countries),
        preferred_regions=tuple(
            Region(code, _standing_for(code))
            for code in _codes(places, "region")
            if code not in _codes(actors, "region")
        ),
        topics=tuple(dict.fromkeys(topic.key for topic in topics)),
        roles=tuple(dict.fromkeys((title.role, title.portfolio) for title in roles if title.role)),
        names=tuple(dict.fromkeys((*known, *names))),
        words=content,
    )


def _blanked(text: str, taken: Sequence[Span]) -> str:
    """`text` with commas for what is understood already: "Anh tháng 4" is "Anh", set off."""
    for span in taken:
        text = text[: span.start] + "," * (span.end - span.start) + text[span.end :]
    return text


def _language(text: str) -> str:
    """The question's language; of bare names, the one that has most of them as its own."""
    guess = question_language(text)
    if has_function_words(text) or guess not in INTERFACE_LANGUAGES:
        return guess
    own = {
        language: sum(
            fold(place.surface) == fold(display_name(place.code, language))
            for place in find_places_in_question(text, language)
        )
        for language in INTERFACE_LANGUAGES
    }
    found = {
        language: len(find_places_in_question(text, language)) for language in INTERFACE_LANGUAGES
    }
    if not any(found.values()):
        return guess
    return max(INTERFACE_LANGUAGES, key=lambda language: (found[language], own[language]))


def _in_a_name(text: str, span: Span, language: str) -> bool:
    """Whether a city's word stands in a longer name ("USS Tripoli", "Paris Hilton")."""
    if not text[span.start].isupper():
        return False
    before = re.search(r"([A-Z]{2,}) $", text[: span.start])
    after = re.match(r" ([^\W_]+)", text[span.end :])
    if before is not None and not text.isupper():
        return True
    return (
        after is not None
        and after.group(1)[0].isupper()
        and fold(after.group(1)) not in idle_words(language)
    )


def _standing_for(code: str) -> frozenset[str]:
    """The countries that can stand for a region. An organisation must be named itself."""
    return frozenset() if code.isupper() or code in _GROUPS else region_members(code)


def _codes(places: Sequence[PlaceMention], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.code for place in places if place.kind == kind))


def _overlaps(start: int, end: int, taken: Sequence[Span]) -> bool:
    return any(start < span.end and span.start < end for span in taken)


@dataclass(frozen=True, slots=True)
class _AskedPeriod:
    days: Period
    of_publication: bool


def _period(text: str, language: str, today: dt.date, taken: list[Span]) -> _AskedPeriod | None:
    """The days that the question is about.

    Several dates ("in 2019 and 2021", "from 3 May") span from the first to the last.
    """
    known = language if language in {"en", "fr", "vi"} else None

    def usable(mention: DateMention) -> bool:
        return (
            mention.grain in _GRAINS
            and not _overlaps(mention.start_char, mention.end_char, taken)
            and (mention.start is None or mention.start - today <= _FARTHEST_AHEAD)
        )

    mentions = [mention for mention in find_dates(text, known, None) if usable(mention)]
    if any(mention.relative for mention in mentions) or not mentions:
        mentions = [m for m in find_dates(text, known, today) if m.start and usable(m)]
    if not mentions:
        return None
    before = fold(text[: mentions[0].start_char])
    of_publication = bool(_OF_PUBLICATION.search(before))
    taken.extend(Span(mention.start_char, mention.end_char) for mention in mentions)
    dated = [mention for mention in mentions if mention.start and mention.end]
    if not dated and any(mention.open for mention in mentions):
        # "since July" can only mean the last one.
        dated = [m for m in find_dates(text, known, today) if m.start and m.end and usable(m)]
    days = _spanned(dated, today) if dated else _any_year(mentions)
    return _AskedPeriod(days, of_publication) if days else None


def _spanned(dated: Sequence[DateMention], today: dt.date) -> Period:
    """From the first day of all to the last."""
    if len(dated) == 2 and dated[0].open in {"since", "after"}:
        until = {"until", "before"}
        first, last = _opened(dated[0], today), _opened(dated[1], today)
        return Period(first.start, last.end if dated[1].open in until else first.end)
    periods = [_opened(mention, today) for mention in dated]
    starts = [period.start for period in periods]
    ends = [period.end for period in periods]
    return Period(
        None if None in starts else min(start for start in starts if start),
        None if None in ends else max(end for end in ends if end),
    )


def _opened(mention: DateMention, today: dt.date) -> Period:
    assert mention.start is not None and mention.end is not None  # noqa: S101 - for the type checker
    day = dt.timedelta(days=1)
    start, end = mention.start, mention.end
    match mention.open:
        case "since":
            return Period(start.isoformat(), max(today, end - day).isoformat())
        case "after":
            return Period(end.isoformat(), max(today, end).isoformat())
        case "before":
            return Period(None, (start - day).isoformat())
        case "until":
            return Period(None, (end - day).isoformat())
        case _:
            return Period(start.isoformat(), (end - day).isoformat())


def _any_year(mentions: Sequence[DateMention]) -> Period | None:
    """Months or days without their year: that time of any year, for nothing says which."""
    first, last = mentions[0], mentions[-1]
    last_month = last.end_month or last.month
    if first.month is None or last_month is None:
        return None
    end = last.end_day or last.day or calendar.monthrange(_LEAP_YEAR, last_month)[1]
    return Period(f"--{first.month:02d}-{first.day or 1:02d}", f"--{last_month:02d}-{end:02d}")


def _agencies(text: str, outlets: Collection[str], taken: list[Span]) -> tuple[str, ...]:
    """Outlets that the question names: as the corpus or the table spells them, or after "theo"."""
    found: list[tuple[int, str]] = []
    spelt = {part.strip(): name for name in outlets for part in (name, name.split(" | ")[0])}
    for spelling in sorted((part for part in spelt if len(part) > 1), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(spelling)}(?!\w)", text):
            if not _overlaps(match.start(), match.end(), taken):
                found.append((match.start(), _agency(spelt[spelling])))
                taken.append(Span(match.start(), match.end()))
    folded = fold(text)
    for match in re.finditer(rf"\b{_ACCORDING}", folded):
        rest = text[match.end() :]
        words = list(re.finditer(r"[^\s,;?!]+", rest))[:4]
        for count in range(len(words), 0, -1):
            outlet = lookup(rest[: words[count - 1].end()].strip("'\"’‘“”."))
            start, end = match.end(), match.end() + words[count - 1].end()
            if outlet and not _overlaps(start, end, taken):
                found.append((start, outlet.agency))
                taken.append(Span(start, end))
                break
    return tuple(dict.fromkeys(agency for _, agency in sorted(found)))


def _agency(name: str) -> str:
    outlet = lookup(name)
    return outlet.agency if outlet else name


def _known_people(text: str, people: Mapping[str, str], taken: list[Span]) -> list[str]:
    """People of the corpus whose whole name stands in the question, however it is typed."""
    words = list(re.finditer(r"[^\W_]+", text))
    found = []
    for length in (5, 4, 3, 2):
        for first in range(len(words) - length + 1):
            span = Span(words[first].start(), words[first + length - 1].end())
            name = people.get(" ".join(fold(span.of(text)).split()))
            if name and not _overlaps(span.start, span.end, taken):
                found.append(name)
                taken.append(span)
    return found


def _rest(
    text: str, language: str, taken: Sequence[Span]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(names, content words) among the words that no condition or table has taken.

    A name is a run of capitalised words, or a word with a digit in it, away from the start of
    the question (where any word has a capital) or at least two words long.
    """
    names: list[str] = []
    content: list[str] = []
    run: list[str] = []
    shouting = text.isupper()
    for index, match in enumerate(_WORD.finditer(text)):
        word = match.group()
        free = not _overlaps(match.start(), match.end(), taken)
        parts = re.split(r"['’-]", word)
        # A capital tells a name from a word; "Da" in "Da Nang" is idle in Vietnamese alone.
        capital = word[0].isupper() and not shouting
        if free and capital and (run or fold(word) not in idle_words(language)):
            run.append(word)
            continue
        _close(run, names, content, at_start=index - len(run) == 0)
        run = []
        if free and any(part and fold(part) not in idle_words() for part in parts):
            if word[0].isalpha() and any(character.isdigit() for character in word):
                names.append(word)
            elif len(word) > 1:
                content.append(fold(word))
    _close(run, names, content, at_start=False)
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(content))


def _close(run: list[str], names: list[str], content: list[str], *, at_start: bool) -> None:
    if not run:
        return
    if at_start and len(run) == 1:
        content.append(fold(run[0]))
    else:
        names.append(_POSSESSIVE.sub("", " ".join(run)))
