"""One version of the corpus as a question sees it."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from corpus.article import Article
from corpus.catalogue import Catalogue
from corpus.facts import Facts, read_facts
from corpus.lookup import people_names
from retrieval.index import PassageIndex
from retrieval.passage_vectors import PassageVectors, read_vectors
from retrieval.token_store import TokenStore


class Known:
    """What questions to a version need again and again, in memory."""

    def __init__(self, version: int, facts: Facts, people: Mapping[str, str]) -> None:
        self.version = version
        self.facts = facts
        self.people = people
        self._vectors: PassageVectors | None = None
        self._lock = threading.Lock()

    @classmethod
    def read(cls, connection: Connection, version: int) -> Known:
        """What the catalogue knows of `version`."""
        return cls(version, read_facts(connection, version), people_names(connection, version))

    def vectors(self, store: TokenStore) -> PassageVectors:
        """The vectors of its passages, read when a question with conditions first needs them."""
        with self._lock:
            if self._vectors is None:
                self._vectors = read_vectors(store, self.facts.passages)
            return self._vectors


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue at a version, and the indexes, which know passages of other versions too.

    `connection` is one question's own.
    """

    connection: Connection
    catalogue: Catalogue
    index: PassageIndex
    known: Known

    @property
    def version(self) -> int:
        return self.known.version

    @property
    def facts(self) -> Facts:
        return self.known.facts

    @property
    def vectors(self) -> PassageVectors:
        return self.known.vectors(self.index.tokens)

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        """The articles of the version by id."""
        return {article.id: article for article in self.catalogue.articles(self.version, ids)}
