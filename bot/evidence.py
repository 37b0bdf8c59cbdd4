"""What an answer's source says, looked up in the version that was cited, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.answers import Cited, ShownAnswer
from corpus.article import Article
from corpus.catalogue import Catalogue

Standing = Literal["same", "changed", "gone"]
"""Of cited words in the version in service: still there; no longer in their article; their article
is no longer in service."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage that an answer cites: number `place` of `count` of source `number`.

    `article` is as it was cited, or as near to that as is still kept; None where it is gone.
    """

    answer: ShownAnswer
    number: int
    place: int
    count: int
    cited: Cited
    article: Article | None
    standing: Standing


def evidence(
    catalogue: Catalogue, answer: ShownAnswer, number: int, place: int = 0
) -> Evidence | None:
    """What source `number` of an answer says there; None where it cites nothing like that."""
    citations = answer.citations(number)
    if not 0 <= place < len(citations):
        return None
    cited = citations[place]
    version = catalogue.current()
    served = _article(catalogue, version.number, cited.article) if version else None
    then = next(iter(catalogue.held(answer.version, [cited.article])), None)
    article = next((each for each in (then, served) if each and where(each, cited)), then or served)
    return Evidence(answer, number, place, len(citations), cited, article, standing(served, cited))


def standing(served: Article | None, cited: Cited) -> Standing:
    """How cited words stand in `served`, their article as it is in service."""
    if served is None:
        return "gone"
    return "same" if where(served, cited) is not None else "changed"


def where(article: Article, cited: Cited) -> tuple[int, int] | None:
    """Where the cited words stand in a text, which may have moved them."""
    if article.text[cited.start : cited.end] == cited.quote:
        return cited.start, cited.end
    start = article.text.find(cited.quote)
    return (start, start + len(cited.quote)) if start >= 0 else None


def _article(catalogue: Catalogue, version: int, article: str) -> Article | None:
    return next(iter(catalogue.articles(version, [article])), None)
