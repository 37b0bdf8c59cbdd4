"""The values an answer is made of. Words that people read are the interface's to choose."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus.article import Article, Event, Person
from corpus.facts import Extent
from retrieval.question import Query

Failed = Literal[
    "corpus", "period", "countries", "outlets", "conditions", "names", "together", "subject"
]
"""Why there is no answer: an empty corpus; no article in that period, about those countries, from
those outlets; none that meets all of these at once; the names asked for are not in what meets
them, or not together in one article; or it does not speak of what is asked."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Verbatim words: ``quote == article.text[start:end]``; `source` numbers the source list."""

    source: int
    article: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quoted sentence. `in_period` where a date of its own is what meets the period."""

    citation: Citation
    in_period: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence that a language model wrote and its citations support, with the check's score."""

    text: str
    citations: tuple[Citation, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Failing:
    """A sentence that was written on these citations and is not shown: its score, and why."""

    citations: tuple[Citation, ...]
    score: float
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """What came of asking a language model, which is at `host`.

    `failure` says in a word or two why it stopped answering, where it did.
    """

    model: str
    host: str
    prompt_version: str
    written: tuple[Written, ...] = ()
    failing: tuple[Failing, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader who does not know the language should see of the quoted sentences.

    Each fact stands with the citation of the sentence that it rests on.
    """

    event: Event | None
    dated: tuple[Citation, ...]
    kind: tuple[str, Citation] | None
    places: tuple[tuple[str, Citation], ...]
    people: tuple[tuple[Person, Citation], ...]
    topics: tuple[tuple[str, Citation], ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The sentences that all the facts rest on, each once, in source order."""
        found = {
            (citation.source, citation.start): citation
            for citation in (
                *self.dated,
                *([self.kind[1]] if self.kind else ()),
                *(citation for _, citation in self.places),
                *(citation for _, citation in self.people),
                *(citation for _, citation in self.topics),
            )
        }
        return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True, slots=True)
class EventGroup:
    """One event with its quotations. `certain` is False where the period may not be met."""

    card: Card
    quotations: tuple[Quotation, ...]
    certain: bool

    @property
    def in_period(self) -> bool:
        """Whether it is the event that meets the conditions, not a date within a sentence."""
        return self.certain and not any(quotation.in_period for quotation in self.quotations)


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered entry of the source list."""

    n: int
    article: Article


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, and the articles nearest to the question."""

    failed: Failed
    nearest: tuple[Article, ...]
    missing_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a refusal: exactly one of `groups` and `refusal` holds something.

    `matching` counts the articles that meet the conditions, quoted or not. `writing` is there where
    a language model was asked.
    """

    query: Query
    version: int
    extent: Extent
    groups: tuple[EventGroup, ...] = ()
    sources: tuple[Source, ...] = ()
    matching: int = 0
    refusal: Refusal | None = None
    writing: Writing | None = None

    def told(self, group: EventGroup) -> Iterator[Written | Quotation]:
        """What is shown of an event, in order: what was written, and quotations of the rest."""
        shown: list[Written] = []
        for quotation in group.quotations:
            of_it = [each for each in self._written() if quotation.citation in each.citations]
            if not of_it:
                yield quotation
            for each in of_it:
                if each not in shown:
                    shown.append(each)
                    yield each

    def failing(self, quotation: Quotation) -> Failing | None:
        """What was written on a quotation and is not shown."""
        tried = self.writing.failing if self.writing else ()
        return next((each for each in tried if quotation.citation in each.citations), None)

    def _written(self) -> tuple[Written, ...]:
        return self.writing.written if self.writing else ()

    def with_first(self, languages: Collection[str]) -> Answer:
        """The answer with what is told in one of `languages` first within each event."""
        spoken = {source.n: source.article.language for source in self.sources}
        groups = tuple(
            replace(
                group,
                quotations=tuple(
                    sorted(
                        group.quotations,
                        key=lambda each: spoken[each.citation.source] not in languages,
                    )
                ),
            )
            for group in self.groups
        )
        return replace(self, groups=groups)

    @property
    def languages(self) -> dict[str, int]:
        """The number of sources by language, most first."""
        counts: dict[str, int] = {}
        for source in self.sources:
            counts[source.article.language] = counts.get(source.article.language, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def one_side(self) -> str | None:
        """The country whose press is the only source; None for several, or an unknown one."""
        sides = {source.article.outlet_country for source in self.sources}
        return sides.pop() if len(sides) == 1 else None

    def quotations(self) -> Iterator[Quotation]:
        """All quotations in the order shown."""
        for group in self.groups:
            yield from group.quotations
