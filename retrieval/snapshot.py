"""One version of the corpus as a question sees it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from corpus.article import Article
from corpus.catalogue import Catalogue
from corpus.facts import Facts
from retrieval.index import PassageIndex
from retrieval.passage_vectors import PassageVectors


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue at `version`, and the indexes, which know the passages of other versions too.

    `connection` is one question's own.
    """

    connection: Connection
    catalogue: Catalogue
    version: int
    facts: Facts
    vectors: PassageVectors
    index: PassageIndex

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        """The articles of the version by id."""
        return {article.id: article for article in self.catalogue.articles(self.version, ids)}
