"""Example questions out of the present corpus: two that it answers, one that it must refuse.

A button carries its question as two countries, a year and a language, and nothing else: that
works after a restart, and whoever forges one has only asked another question.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bot import names
from bot.words import LANGUAGES, words
from corpus.catalogue import in_version
from corpus.tables import PlaceRow, RevisionRow
from retrieval.engine import Engine
from retrieval.errors import RetrievalError

ANSWERED = 2
_TRIES = 12  # questions put to the engine until enough examples are found
_FOCUSED = 3  # an article on more countries than this is hardly about two of them
_ELSEWHERE = ("BR", "ZA", "CL", "EG", "KE", "NO", "MX")
_YEARS_BACK = 10
_DATA = re.compile(rf"q:([A-Z]{{2}}):([A-Z]{{2}}):(\d{{4}}):({'|'.join(LANGUAGES)})")


@dataclass(frozen=True, slots=True)
class Example:
    """What two countries discussed in a year, asked in one language."""

    first: str
    second: str
    year: int
    language: str

    @property
    def question(self) -> str:
        """The question in words."""
        return words(self.language).gettext(
            "%(first)s – %(second)s, %(year)s: what was discussed?"
        ) % {
            "first": names.place(self.first, self.language),
            "second": names.place(self.second, self.language),
            "year": self.year,
        }

    @property
    def data(self) -> str:
        """For a button: 18 bytes of the 64 that Telegram allows."""
        return f"q:{self.first}:{self.second}:{self.year:04}:{self.language}"

    @classmethod
    def from_data(cls, data: str) -> Example | None:
        """The example that a pressed button names, or None for anything else."""
        match = _DATA.fullmatch(data)
        if match is None:
            return None
        first, second, year, language = match.groups()
        return cls(first, second, int(year), language)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Examples to show a newcomer; empty where there is no corpus yet."""

    answered: tuple[Example, ...] = ()
    refused: Example | None = None


class Examples:
    """Chooses examples, the same ones for the same corpus version. Safe to use from threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._chosen: dict[tuple[int, str], Invitation] = {}
        self._lock = threading.Lock()

    def choose(self, language: str, *, today: dt.date) -> Invitation:
        """Every example was put to the engine: it answers the first two and refuses the last."""
        version = self._engine.catalogue.current()
        if version is None:
            return Invitation()
        with self._lock:
            key = (version.number, language)
            if key not in self._chosen:
                try:
                    invitation = self._invitation(version.number, language, today)
                except RetrievalError:  # the corpus fits another model: there is nothing to show
                    return Invitation()
                self._chosen = {k: v for k, v in self._chosen.items() if k[0] == key[0]}
                self._chosen[key] = invitation
            return self._chosen[key]

    def _invitation(self, version: int, language: str, today: dt.date) -> Invitation:
        held = self._held(version)
        answered: list[Example] = []
        for first, second, year in _varied(held):
            example = Example(first, second, year, language)
            if not self._refuses(example, today):
                answered.append(example)
            if len(answered) == ANSWERED:
                break
        refused = None
        if answered:
            wanted = _absent(held, answered[0])
            refused = next((one for one in wanted if self._refuses(one, today)), None)
        return Invitation(tuple(answered), refused)

    def _refuses(self, example: Example, today: dt.date) -> bool:
        return self._engine.quote(example.question, today=today).refusal is not None

    def _held(self, version: int) -> list[tuple[str, str, int]]:
        """(country, country, year) of dated events, the most telling first."""
        first, second, place = aliased(PlaceRow), aliased(PlaceRow), aliased(PlaceRow)
        countries = (
            select(func.count())
            .where(place.revision_id == RevisionRow.id, place.kind == "country")
            .scalar_subquery()
        )
        query = (
            select(first.code, second.code, func.substr(RevisionRow.event_start, 1, 4), countries)
            .join(first, first.revision_id == RevisionRow.id)
            .join(second, second.revision_id == RevisionRow.id)
            .where(
                in_version(version),
                RevisionRow.event_start.is_not(None),
                ~RevisionRow.event_start.startswith("--"),
                (first.kind == "country") & (first.rank == 0),
                (second.kind == "country") & (second.rank == 1),
            )
        )
        weight: dict[tuple[str, str, int], tuple[bool, int]] = {}
        named: dict[frozenset[str], tuple[str, str]] = {}
        with self._engine.catalogue.engine.connect() as connection:
            for one, other, year, count in connection.execute(query.order_by(RevisionRow.id)):
                pair = named.setdefault(frozenset((one, other)), (one, other))
                key = (*pair, int(year))
                focused, number = weight.get(key, (False, 0))
                weight[key] = (focused or count <= _FOCUSED, number + 1)
        return sorted(
            weight, key=lambda key: (not weight[key][0], -weight[key][1], -key[2], key[:2])
        )


def _varied(held: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """At most `_TRIES`, the best first, then those that share neither years with it."""
    if not held:
        return []
    best, *others = held[:_TRIES]
    return [best, *sorted(others, key=lambda key: key[2] == best[2])]


def _absent(held: list[tuple[str, str, int]], like: Example) -> Iterator[Example]:
    """Questions like `like` that the catalogue has no event for, likely refusals first."""
    pairs = {frozenset(key[:2]) for key in held}
    known = {(frozenset(key[:2]), key[2]) for key in held}
    oldest = min(key[2] for key in held)
    for year in range(oldest - 1, max(oldest - _YEARS_BACK, 1) - 1, -1):
        if (frozenset((like.first, like.second)), year) not in known:
            yield Example(like.first, like.second, year, like.language)
    for country in _ELSEWHERE:
        if frozenset((like.first, country)) not in pairs and country != like.first:
            yield Example(like.first, country, like.year, like.language)
