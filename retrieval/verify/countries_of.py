"""Whose minister somebody is: not of a country that the evidence ties to something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.countries import PlaceMention
from corpus.people import TitleMention
from retrieval.verify.acts import LANGUAGES
from retrieval.verify.grammar import before_articles
from retrieval.verify.offices import same_person, same_role
from retrieval.verify.problem import Problem
from retrieval.verify.small_words import small_words
from retrieval.verify.told import Told

_BESIDE = 4
"""Words from a title to the country that it is of: "ambassadeur extraordinaire du Ghana"."""

_FAR = 10
"""Words back to the country that "its" stands for."""


_POSTS = (
    "ambassador",
    "consul",
    "charge",
    "mission",
    "commissioner",
    "representative",
    "envoy",
    "attache",
)


def country_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The titles of a statement with a country that the evidence does not give them, but something
    or somebody else: who is asked, or another minister."""
    texts = (statement, *evidence)
    if any(each.language not in LANGUAGES for each in texts):
        return
    french = {each.language for each in texts} > {"fr"}
    for title in statement.titles:
        if title.country is None or not _is_beside(statement, title, title.country):
            continue
        theirs = set() if _is_posted(title) else _countries_of(title, evidence, french)
        if theirs and title.country not in theirs:
            yield Problem("title", title.span, "is of another country in the evidence")
            continue
        like = [
            (each, other)
            for each in evidence
            for other in each.titles
            if same_role(title.role, other.role, french)
        ]
        if not like or any(_may_be_of(told, other, title.country) for told, other in like):
            continue
        places = [(e, p) for e in evidence for p in e.places if p.code == title.country]
        if places and all(_is_tied(told, place, title, french) for told, place in places):
            yield Problem("title", title.span, "is not of that country in the evidence")


def _countries_of(title: TitleMention, evidence: Sequence[Told], french: bool) -> set[str]:
    """The countries that the evidence has beside this title of the same person."""
    return {
        other.country
        for each in evidence
        for other in each.titles
        if title.person
        and other.person
        and other.country
        and same_role(title.role, other.role, french)
        and same_person(title.person, other.person)
        and _is_beside(each, other, other.country)
    }


def _may_be_of(told: Told, title: TitleMention, country: str) -> bool:
    """Whether a title of the evidence is of a country, or of one that a small word stands for."""
    if title.country == country or _is_beside(told, title, country):
        return True
    first = told.word_at(title.span.start)
    before = {word.fold for word in told.words[max(0, first - _FAR) : first]}
    return bool(before & small_words("of_whom"))


def _is_beside(told: Told, title: TitleMention, country: str) -> bool:
    """Whether a country stands beside a title, and nothing is done between the two."""
    first, last = told.word_at(title.span.start), told.word_at(title.span.end) - 1
    for place in told.places:
        at = told.word_at(place.start)
        if place.code != country or place.form == "capital":
            continue
        low, high = (at, first) if at < first else (last, at)
        if high - low <= _BESIDE and not any(low < mark.first <= high for mark in told.marks):
            return True
    return False


def _is_tied(told: Told, place: PlaceMention, title: TitleMention, french: bool) -> bool:
    """Whether a country of the evidence is that of another title, or what is done is done to it."""
    if any(
        other.country == place.code
        and not same_role(title.role, other.role, french)
        and _is_beside(told, other, place.code)
        for other in told.titles
    ):
        return True
    before = before_articles(told, told.word_at(place.start) - 1)
    done = any(mark.group == "act" and mark.last == before for mark in told.marks)
    return done or (before >= 0 and told.words[before].fold in small_words("oblique"))


def where_problems(statement: Told, evidence: Sequence[Told]) -> Iterator[Problem]:
    """The countries in which a statement has something done, and of which the evidence has but
    somebody in office: whose minister she is does not say where she was."""
    if any(each.language not in LANGUAGES for each in (statement, *evidence)):
        return
    for place in statement.places:
        before = before_articles(statement, statement.word_at(place.start) - 1)
        if (
            place.kind != "country"
            or place.form == "capital"
            or before < 0
            or statement.words[before].fold not in small_words("within")
            or any(_is_posted(title) for title in statement.titles)
        ):
            continue
        there = [(e, p) for e in evidence for p in e.places if p.code == place.code]
        if there and all(_is_of_somebody(told, other) for told, other in there):
            yield Problem("place", place.span, "is whose minister it is in the evidence")


def _is_posted(title: TitleMention) -> bool:
    """Whether somebody holds an office in another country: an ambassador in it."""
    return any(post in (title.role or "") for post in _POSTS)


def _is_of_somebody(told: Told, place: PlaceMention) -> bool:
    """Whether a country stands beside a title, and is no place where something is done."""
    before = before_articles(told, told.word_at(place.start) - 1)
    if before >= 0 and told.words[before].fold in small_words("within"):
        return False
    return any(_is_beside(told, title, place.code) for title in told.titles)
