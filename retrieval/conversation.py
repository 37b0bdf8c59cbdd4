"""What a question takes over from the turns before it.

A turn is what was understood and cited, without the person's words but those that an answer must
speak of. `retrieval.ellipsis` says what a question leaves open; here it is filled in:

- a fragment ("and with Russia?", "in 2021?", "on trade?") replaces what it names and keeps the
  rest. A new country takes the place of the partner; the one that stays is the one that the turns
  have most in common, else the first named. A lone country is replaced, unless the new one comes
  "with" it;
- who points back ("they", "the two countries") means the countries, organisations and persons
  before, in the period before if no other is named; the subject is the question's own;
- a question about the event itself ("who took part?") is held to the articles cited before.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from corpus.conditions import Conditions, Period, Region
from corpus.topics import display_topic
from corpus.words import fold, words
from retrieval.answer import Answer
from retrieval.ellipsis import Ellipsis, ellipsis_of
from retrieval.follow_up_words import languages
from retrieval.question import Inherited, Query, standing_for

FRESH = dt.timedelta(minutes=30)
"""How long a turn can be followed."""

KEPT = 20
"""Turns that are kept of a conversation."""

_SHORT = 6
"""Words up to which the language of an unaccented question is too uncertain to rely on."""

Read = Callable[[str], Query]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a later question may take over. `words` are as written; `articles` were cited.

    `at` is the instant of the question, with its zone.
    """

    at: dt.datetime
    language: str
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    period: Period | None = None
    by_publication: bool = False
    agencies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    roles: tuple[tuple[str, str | None], ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: Query, articles: Sequence[str], at: dt.datetime) -> Turn:
        """The turn of `query`, answered from `articles` (ids; none for a refusal)."""
        regions = (*query.conditions.regions, *query.preferred_regions)
        return cls(
            at=at,
            language=query.language,
            countries=query.named_countries,
            regions=tuple(region.code for region in regions),
            period=query.conditions.period,
            by_publication=query.conditions.by_publication,
            agencies=query.conditions.agencies,
            topics=query.topics,
            roles=query.roles,
            # What a compound question names in all its parts fits no other question.
            names=() if query.compound else query.names,
            words=() if query.compound else (*query.carried, *_as_written(query)),
            articles=tuple(articles),
        )

    @classmethod
    def after(cls, answer: Answer, at: dt.datetime) -> Turn:
        """The turn that ends with `answer`."""
        return cls.of(answer.query, [source.article.id for source in answer.sources], at)

    @property
    def carries_nothing(self) -> bool:
        """Whether nothing in it is worth going on from, as after a refused "thank you"."""
        places = self.countries or self.regions
        return not (places or self.period or self.agencies or self.topics or self.names) and (
            not self.articles
        )

    def to_json(self) -> str:
        """As text for a store."""
        return _TURN.dump_json(self, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, text: str) -> Turn | None:
        """A stored turn; None for what is none, or was stored by another version."""
        try:
            return _TURN.validate_json(text)
        except ValidationError:
            return None


_TURN = TypeAdapter(Turn)


def fresh(turns: Sequence[Turn], now: dt.datetime) -> list[Turn]:
    """Those of `turns` that can be followed at `now`; a clock set back makes none older."""
    return [turn for turn in turns if abs(now - turn.at) <= FRESH]


def follow_up(query: Query, previous: Sequence[Turn], *, read: Read) -> Query:
    """`query` with what it leaves open taken from `previous`, the latest last.

    The query itself where it is whole or there is nothing to take. `read` understands a text as
    `query` was understood. Who may follow whom, and for how long, is the caller's to decide.
    """
    turns = [turn for turn in previous if not turn.carries_nothing]
    if not turns:
        return query
    for language in _languages(query, turns[-1]):
        ellipsis = ellipsis_of(query, language, read)
        if ellipsis is not None:
            shown = language if any(map(str.isalpha, query.text)) else turns[-1].language
            return _filled(ellipsis, replace(ellipsis.own, language=shown), turns)
    return query


def _languages(query: Query, last: Turn) -> list[str]:
    """The languages to read it in. So few words without accents may be of any."""
    known = languages()
    likely = [query.language]
    if query.text.isascii() and len(query.text.split()) <= _SHORT:
        likely += [last.language, *known]
    return [language for language in dict.fromkeys(likely) if language in known]


def _filled(ellipsis: Ellipsis, own: Query, turns: Sequence[Turn]) -> Query:
    match ellipsis.kind:
        case "fragment":
            return _fragment(own, ellipsis, turns)
        case "back":
            return _pointing_back(own, ellipsis, turns[-1])
        case _:
            return _about_the_event(own, ellipsis, turns[-1])


def _fragment(own: Query, ellipsis: Ellipsis, turns: Sequence[Turn]) -> Query:
    last = turns[-1]
    subject = bool(own.topics or own.roles or own.words)
    conditions = _joined(own, last, _places(own, turns, partner=ellipsis.partner), ellipsis.years)
    names = own.names or last.names
    query = replace(
        own,
        conditions=conditions,
        preferred=(),
        preferred_regions=(),
        topics=own.topics if subject else last.topics,
        roles=own.roles if subject else last.roles,
        names=names,
        words=own.words if subject else _folded(last.words),
        carried=() if subject else last.words,
    )
    if not (conditions or names or query.topics):
        query = _held(query, last)
    return _described(own, query, last, ellipsis.core)


def _pointing_back(own: Query, ellipsis: Ellipsis, last: Turn) -> Query:
    countries = tuple(dict.fromkeys((*last.countries, *own.named_countries)))
    regions = (*last.regions, *(region.code for region in _regions(own)))
    query = replace(
        own,
        conditions=_joined(own, last, (countries, tuple(dict.fromkeys(regions)))),
        preferred=(),
        preferred_regions=(),
        names=tuple(dict.fromkeys((*last.names, *own.names))) if ellipsis.person else own.names,
    )
    known = last.countries or last.regions or (last.names and ellipsis.person)
    if ellipsis.thing or not known:
        query = _held(query, last)
    return _described(own, query, last, own.text)


def _about_the_event(own: Query, ellipsis: Ellipsis, last: Turn) -> Query:
    query = replace(
        own,
        conditions=_joined(own, last, (last.countries, last.regions)),
        names=last.names if ellipsis.person else (),
        topics=(),
        roles=(),
        words=(),  # "took part" stands in no article that says who did
        asks_who=ellipsis.who,
    )
    if last.articles:
        query = _held(query, last)
    else:  # nothing was found before; what was sought is sought again
        query = replace(
            query,
            topics=last.topics,
            roles=last.roles,
            names=last.names,
            words=_folded(last.words),
            carried=last.words,
        )
    return _described(own, query, last, own.text)


def _held(query: Query, last: Turn) -> Query:
    return replace(query, conditions=replace(query.conditions, articles=last.articles))


def _places(
    own: Query, turns: Sequence[Turn], *, partner: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(countries, regions) of a fragment: its own in the place of those before."""
    last = turns[-1]
    countries, regions = own.named_countries, tuple(region.code for region in _regions(own))
    named, parties = {*countries, *regions}, (*last.countries, *last.regions)
    if named <= set(parties):
        return last.countries, last.regions
    if not partner and (len(named) > 1 or len(parties) < 2):
        return countries, regions
    before = turns[:-1]
    common = [sum(party in (*t.countries, *t.regions) for t in before) for party in parties]
    stays = parties[common.index(max(common))] if parties else None
    if stays in last.countries:
        return tuple(dict.fromkeys((str(stays), *countries))), regions
    return countries, tuple(dict.fromkeys((*([stays] if stays else []), *regions)))


def _regions(query: Query) -> tuple[Region, ...]:
    return (*query.conditions.regions, *query.preferred_regions)


def _joined(
    own: Query, last: Turn, places: tuple[tuple[str, ...], tuple[str, ...]], years: int = 0
) -> Conditions:
    """The conditions of `own` in these countries and regions, else those before."""
    period, by_publication = own.conditions.period, own.conditions.by_publication
    if years and last.period is not None:
        period, by_publication = _moved(last.period, years), last.by_publication
    elif period is None:
        period, by_publication = last.period, last.by_publication
    elif period.any_year:
        period = _in_the_year_of(period, last.period)
    return Conditions(
        period=period,
        by_publication=by_publication,
        countries=places[0],
        regions=tuple(Region(code, standing_for(code)) for code in places[1]),
        agencies=own.conditions.agencies or last.agencies,
    )


def _in_the_year_of(period: Period, before: Period | None) -> Period:
    """A day or month without a year in the year before it, where that is one year."""
    start, end = (before.start, before.end) if before else (None, None)
    if not start or not end or start.startswith("--") or start[:4] != end[:4]:
        return period
    if not period.start or not period.end or period.start > period.end:
        return period  # over New Year
    year = int(start[:4])
    return Period(_day(year, period.start), _day(year, period.end))


def _moved(period: Period, years: int) -> Period:
    """The same days in other years; days of any year stay."""

    def moved(day: str | None) -> str | None:
        if day is None or day.startswith("--"):
            return day
        return _day(min(max(int(day[:4]) + years, dt.MINYEAR), dt.MAXYEAR), f"-{day[4:]}")

    return Period(moved(period.start), moved(period.end))


def _day(year: int, day: str) -> str:
    """``--MM-DD`` in a year, the last day of the month where it has no such day."""
    month, number = int(day[2:4]), int(day[5:7])
    return dt.date(year, month, min(number, calendar.monthrange(year, month)[1])).isoformat()


def _described(own: Query, query: Query, last: Turn, core: str) -> Query:
    """`query` with the words to search by, and what of it comes from before."""
    topic = [
        *(display_topic(key, query.language) for key in query.topics if key not in own.topics),
        *(name for name in query.names if name not in own.names),
        *query.carried,
    ]
    return replace(
        query,
        subject=" ".join([*topic, core]),
        inherited=_inherited(own, query, last, topic=bool(topic)),
    )


def _inherited(own: Query, query: Query, last: Turn, *, topic: bool) -> tuple[Inherited, ...]:
    mine = {*own.named_countries, *(region.code for region in _regions(own))}
    there = {*query.named_countries, *(region.code for region in _regions(query))}
    period, agencies = query.conditions.period, query.conditions.agencies
    taken: list[tuple[Inherited, bool]] = [
        ("countries", not there <= mine),
        ("period", period is not None and period != own.conditions.period),
        ("outlets", bool(agencies) and agencies != own.conditions.agencies),
        ("topic", topic or (query.roles != own.roles and bool(query.roles))),
        ("article", bool(query.conditions.articles) and bool(last.articles)),
    ]
    return tuple(name for name, is_taken in taken if is_taken)


def _folded(written: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for word in written))


def _as_written(query: Query) -> tuple[str, ...]:
    """The words of the question that an answer must speak of, with their accents."""
    carried = set(_folded(query.carried))
    written = (word.text for word in words(query.text) if word.fold in query.words)
    return tuple(dict.fromkeys(word for word in written if fold(word) not in carried))
