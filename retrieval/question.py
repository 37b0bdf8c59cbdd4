"""Understand a question: its language, and the conditions it sets on what may answer it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from corpus.article import Span
from corpus.clean import normalise
from corpus.conditions import Conditions, Period, Region
from corpus.countries import (
    PlaceMention,
    display_name,
    find_places_in_question,
    region_members,
)
from corpus.people import titles_in
from corpus.topics import topics_in
from corpus.words import fold
from retrieval.errors import QuestionError
from retrieval.outlets_asked import OutletMention, outlets_in
from retrieval.question_dates import asked_period, overlaps
from retrieval.words import (
    INTERFACE_LANGUAGES,
    has_function_words,
    idle_words,
    question_language,
)

MAX_QUESTION_CHARS = 2000

_POSSESSIVE = re.compile(r"['’]s?$")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LONG = 12
_LONG_OF_SEVERAL = 8
"""Names, topics and words from which a question with one outlet, or several, is compound."""

_GROUPS = {"five-eyes", "quad"}  # organisations by lower-case names

Inherited = Literal["countries", "period", "outlets", "topic", "article"]
"""What a question may take over from those before; see `retrieval.conversation`."""


Part = Literal["period", "places"]
"""A condition that a reader may want to drop."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    `conditions` hold for whatever is quoted; `preferred` countries are named in the question
    without being its actors and only rank. `topics` and `roles` (with their
    portfolio) are keys of the tables;
    `names` and `words` are what is left of the question that an answer should speak of.
    `lacking` are outlets asked for that the corpus does not have; `subject` is the question
    without the outlets in it. A `compound` question asks of several articles a part each, so that
    none can be expected to have all of its names, countries and dates; `reported` are days that it
    gives to single reports, by which passages only rank. `inherited` names what comes from the
    turns before, `carried` are the words among it as they were written. `asks_who` where nothing is
    asked of an article but who appears in it.
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
    lacking: tuple[str, ...] = ()
    subject: str = ""
    reported: tuple[Period, ...] = ()
    compound: bool = False
    inherited: tuple[Inherited, ...] = ()
    carried: tuple[str, ...] = ()
    asks_who: bool = False

    @property
    def asks_nothing_more(self) -> bool:
        """Whether the conditions are all that the question says."""
        return not (self.topics or self.roles or self.names or self.words)

    def with_all_countries_required(self) -> Query:
        """The query with every country and region that it names as a condition.

        A compound question has them in one part or the other.
        """
        if self.compound:
            return self
        conditions = replace(
            self.conditions,
            countries=self.named_countries,
            regions=(*self.conditions.regions, *self.preferred_regions),
        )
        return replace(self, conditions=conditions, preferred=(), preferred_regions=())

    def with_period_ranking(self) -> Query:
        """The query as passages are listed for it: the period of a compound question, which is that
        of one part or of an event long before the reports, only ranks.
        """
        if not self.compound:
            return self
        return replace(self, conditions=replace(self.conditions, period=None))

    def without(self, part: Part) -> Query:
        """The query without one of its conditions; what it says of it still ranks."""
        kept = self.conditions
        if part == "period":
            return replace(self, conditions=replace(kept, period=None, by_publication=False))
        return replace(
            self,
            conditions=replace(kept, countries=(), regions=()),
            preferred=self.named_countries,
            preferred_regions=(*kept.regions, *self.preferred_regions),
        )

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
    asked = outlets_in(text, outlets, _no_outlets(text, language, people))
    taken.extend(mention.span for mention in asked)
    period = asked_period(text, language, today, taken)
    places = [
        place
        for place in find_places_in_question(_blanked(text, taken), language)
        if not (place.form == "capital" and _in_a_name(text, place.span, language))
    ]
    taken.extend(place.span for place in places)
    roles = titles_in(text, language)
    topics = topics_in(text)
    taken.extend(title.span for title in roles)
    taken.extend(topic.span for topic in topics)
    known = _known_people(text, people, taken)
    names, content = _rest(text, language, taken)
    length = len(names) + len(known) + len(content) + len(topics)
    compound = bool(asked) and length >= (_LONG if len(asked) == 1 else _LONG_OF_SEVERAL)
    reported: tuple[Period, ...] = ()
    if compound and period and period.relative:
        period = None  # "in the next six months" is what a report says
    elif compound and period:
        reported = period.each
        if period.of_reports and max(len(asked), len(period.each)) > 1:
            period = None  # one report's day is not the others'
    actors = [place for place in places if place.role == "actor" and not compound]
    countries = _codes(actors, "country")
    return Query(
        text=text,
        language=language,
        conditions=Conditions(
            period=period.days if period else None,
            by_publication=period.of_publication if period else False,
            countries=countries,
            regions=tuple(Region(code, standing_for(code)) for code in _codes(actors, "region")),
            agencies=tuple(dict.fromkeys(name for mention in asked for name in mention.agencies)),
        ),
        preferred=tuple(code for code in _codes(places, "country") if code not in countries),
        preferred_regions=tuple(
            Region(code, standing_for(code))
            for code in _codes(places, "region")
            if code not in _codes(actors, "region")
        ),
        topics=tuple(dict.fromkeys(topic.key for topic in topics)),
        roles=tuple(dict.fromkeys((title.role, title.portfolio) for title in roles if title.role)),
        names=tuple(dict.fromkeys((*known, *names))),
        words=content,
        lacking=tuple(dict.fromkeys(mention.name for mention in asked if not mention.there)),
        subject=_without(text, asked),
        reported=reported,
        compound=compound,
    )


def _no_outlets(text: str, language: str, people: Mapping[str, str]) -> list[Span]:
    """Places, bearers of titles and people of the corpus, which no context makes outlets."""
    spans = [place.span for place in find_places_in_question(text, language)]
    for title in titles_in(text, language):
        spans.extend(span for span in (title.span, title.person_span) if span)
    _known_people(text, people, spans)
    return spans


def _without(text: str, asked: Sequence[OutletMention]) -> str:
    """The question without its outlets; as it is where nothing else is left."""
    for mention in asked:
        text = (
            text[: mention.span.start] + " " * len(mention.span.of(text)) + text[mention.span.end :]
        )
    return " ".join(text.split())


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


def standing_for(code: str) -> frozenset[str]:
    """The countries that can stand for a region. An organisation must be named itself."""
    return frozenset() if code.isupper() or code in _GROUPS else region_members(code)


def _codes(places: Sequence[PlaceMention], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.code for place in places if place.kind == kind))


def _known_people(text: str, people: Mapping[str, str], taken: list[Span]) -> list[str]:
    """People of the corpus whose whole name stands in the question, however it is typed."""
    words = list(re.finditer(r"[^\W_]+", text))
    found = []
    for length in (5, 4, 3, 2):
        for first in range(len(words) - length + 1):
            span = Span(words[first].start(), words[first + length - 1].end())
            name = people.get(" ".join(fold(span.of(text)).split()))
            if name and not overlaps(span.start, span.end, taken):
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
    end = 0
    for index, match in enumerate(_WORD.finditer(text)):
        word = match.group()
        if run and not _goes_on(run[-1], text[end : match.start()]):
            _close(run, names, content, at_start=index - len(run) == 0)
            run = []
        end = match.end()
        free = not overlaps(match.start(), match.end(), taken)
        parts = re.split(r"['’-]", word)
        # A capital tells a name from a word; "Da" in "Da Nang" is idle in Vietnamese alone.
        capital = word[0].isupper() and not shouting
        own = any(part and fold(part) not in idle_words(language) for part in parts)
        if free and capital and (run or own):
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


def _goes_on(word: str, between: str) -> bool:
    """Whether a name may go on over what stands between two words; not over "Goldie's"."""
    if between.strip(" .") == "" and "." in between:
        return len(word.rpartition(".")[2]) == 1  # "A.J. Dillon", "J. Dillon"
    return between in {" ", "-", " & ", "+"} and not word.endswith(("'s", "’s", "'", "’"))


def _close(run: list[str], names: list[str], content: list[str], *, at_start: bool) -> None:
    if not run:
        return
    if at_start and len(run) == 1:
        content.append(fold(_POSSESSIVE.sub("", run[0])))
    else:
        names.append(_POSSESSIVE.sub("", " ".join(run)))
