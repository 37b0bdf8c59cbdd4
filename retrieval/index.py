"""All search indexes of a data folder, as ingest fills them and search reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from threadpoolctl import threadpool_limits

from corpus.split import PassageWords
from retrieval.background import Background
from retrieval.closeness import Closeness
from retrieval.embedding import Vectors
from retrieval.lexical import LexicalIndex
from retrieval.space import Space
from retrieval.token_store import TokenStore
from retrieval.vectors import VectorIndex


class PassageIndex:
    """Pools of passages by key (`corpus.ingest.Indexer`).

    The pools know nothing of versions: the catalogue says which keys a version has, so a
    half-written ingest is invisible and a version is never half of two.
    """

    def __init__(self, data_dir: Path, space: Space) -> None:
        # Products this small gain nothing from a second core, and wait for it when it is busy.
        threadpool_limits(1, user_api="blas")
        self.space = space
        self.vectors = VectorIndex(data_dir / "chroma", space.fingerprint)
        self.tokens = TokenStore(data_dir / "tokens", space.fingerprint, space.dimension)
        self.lexical = LexicalIndex(data_dir / "words")
        self.background = Background(space, self.tokens)
        self.closeness = Closeness(space)

    @property
    def fingerprint(self) -> str:
        """Names the embedding model; vectors of another are never mixed in."""
        return self.space.fingerprint

    def missing(self, keys: Iterable[str]) -> set[str]:
        """Those of `keys` that are not whole in every index."""
        asked = list(keys)
        whole = set(asked)
        for pool in (self.tokens, self.vectors, self.lexical):
            whole &= pool.present(asked)
        return set(asked) - whole

    def add(self, words: Mapping[str, PassageWords]) -> None:
        """Index words by key; durable when this returns."""
        if not words:
            return
        passages = list(words.values())
        read = self.space.passages(
            [each.text for each in passages], [each.language for each in passages]
        )
        tokens = {
            key: (of_passage, passage.language)
            for (key, passage), of_passage in zip(words.items(), read, strict=True)
        }
        self.tokens.add(tokens)
        self.vectors.add({key: (each.mean, language) for key, (each, language) in tokens.items()})
        self.lexical.add(words)

    def meanings(self, keys: Iterable[str]) -> dict[str, Vectors]:
        """The vectors (dimension,) of passages, freed of their language, by key."""
        return self.vectors.of(list(keys))

    def keep(self, keys: set[str]) -> None:
        """Forget everything but `keys`."""
        self.tokens.keep(keys)
        self.vectors.keep(keys)
        self.lexical.keep(keys)
        self.background = Background(self.space, self.tokens)

    def reload(self) -> None:
        """See what another process has published."""
        self.vectors.reload()
        self.lexical.reload()
        self.background = Background(self.space, self.tokens)

    def close(self) -> None:
        """Give the files back."""
        self.vectors.close()
        self.tokens.close()
