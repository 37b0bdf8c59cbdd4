"""Single cited sentences to take into another chat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.render import Line, event_label, quotation_line
from bot.source_lines import describe
from bot.telegram_text import messages
from bot.words import known_language
from corpus.article import Article
from retrieval.answer import Answer, Quotation

MOST = 5


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One sentence with its source.

    `heading` and `quote` are for the list to choose from, `html` is the message, `url` the
    article's address where it has one.
    """

    heading: str
    quote: str
    html: str
    url: str | None


def excerpts(answer: Answer, most: int = MOST) -> list[Excerpt]:
    """The sentences of the dated events that surely meet the question, one of each article first.

    What does not fit into one message is left out.
    """
    language = known_language(answer.query.language)
    articles = {source.article.id: source.article for source in answer.sources}
    found: list[Excerpt] = []
    for quotation in _one_of_each_first(answer):
        excerpt = _excerpt(quotation, articles[quotation.citation.article], language)
        if excerpt is not None:
            found.append(excerpt)
        if len(found) == most:
            break
    return found


def _one_of_each_first(answer: Answer) -> Iterator[Quotation]:
    """The quotations of certain events, and of each article the first before any second."""
    groups = [group for group in answer.groups if group.certain and group.card.event is not None]
    rest: list[Quotation] = []
    seen: set[str] = set()
    for quotation in (quotation for group in groups for quotation in group.quotations):
        if quotation.citation.article in seen:
            rest.append(quotation)
            continue
        seen.add(quotation.citation.article)
        yield quotation
    yield from rest


def _excerpt(quotation: Quotation, article: Article, language: str) -> Excerpt | None:
    day = event_label(article.event, language)
    alone = replace(quotation, citation=replace(quotation.citation, source=1))
    parts = messages(
        [
            Line(day, "event"),
            quotation_line(alone, language),
            Line(f"[1] {describe(article, language)}", "source"),
        ]
    )
    if article.event is None or len(parts) != 1:
        return None
    heading = " · ".join(part for part in (day, article.outlet, article.title) if part)
    return Excerpt(heading, quotation.citation.quote, parts[0], article.url)
