"""Token vectors of passages by key, in SQLite: read for the few passages that are compared closely.

A passage has its tokens in two bits a dimension (`token_codes`), the character each begins at, and
its one vector in eight bits, by which the passages that a condition leaves are found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from corpus.catalogue import chunks
from retrieval import token_codes
from retrieval.embedding import Vectors
from retrieval.errors import usable
from retrieval.space import Tokens, unit

_LEVELS = 127
_ROWS = 10_000


class _Base(DeclarativeBase):
    """The store's tables."""


class _VectorRow(_Base):
    """A passage's one vector; apart from the tokens, so that many are read quickly."""

    __tablename__ = "vector"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - as SQLAlchemy wants it

    key: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(index=True)
    vector: Mapped[bytes]


class _TokensRow(_Base):
    """A passage's tokens."""

    __tablename__ = "tokens"

    key: Mapped[str] = mapped_column(primary_key=True)
    codes: Mapped[bytes]
    starts: Mapped[bytes]


# Made once: a statement takes longer to build than to run.
_TOKENS = select(_TokensRow.key, _TokensRow.codes, _TokensRow.starts).where(
    _TokensRow.key.in_(bindparam("keys", expanding=True))
)
_VECTORS = select(_VectorRow.key, _VectorRow.vector).where(
    _VectorRow.key.in_(bindparam("keys", expanding=True))
)


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """Some passages' tokens, one passage after the other.

    `codes` (n, bytes) are those of `token_codes`; `first` (passages + 1,) says where each
    passage's begin; `starts` (n,) at which character of its words each token begins.
    """

    keys: tuple[str, ...]
    codes: token_codes.Codes
    first: NDArray[np.int64]
    starts: NDArray[np.uint16]
    dimension: int

    def rows_of(self, key: str) -> slice | None:
        """Where the tokens of passage `key` stand; None where it is not among these."""
        if key not in self.keys:
            return None
        place = self.keys.index(key)
        return slice(int(self.first[place]), int(self.first[place + 1]))


class TokenStore:
    """A pool of token vectors by key, of one model; those of another are another file."""

    def __init__(self, folder: Path, fingerprint: str, dimension: int) -> None:
        self._folder = folder
        self._file = folder / f"{fingerprint}.sqlite3"
        self.dimension = dimension
        with self._usable():
            folder.mkdir(parents=True, exist_ok=True)
            self._engine = create_engine(f"sqlite:///{self._file}", connect_args={"timeout": 60})
            event.listen(self._engine, "connect", _prepare)
            _Base.metadata.create_all(self._engine)

    def _usable(self) -> AbstractContextManager[None]:
        return usable(self._folder, DatabaseError, OSError, ValueError)

    def close(self) -> None:
        """Give the files back."""
        self._engine.dispose()

    def present(self, keys: Collection[str]) -> set[str]:
        """Those of `keys` that are stored."""
        with self._usable(), self._engine.connect() as connection:
            return {
                key
                for chunk in chunks(keys)
                for key in connection.scalars(
                    select(_TokensRow.key).where(_TokensRow.key.in_(chunk))
                )
            }

    def add(self, tokens: Mapping[str, tuple[Tokens, str]]) -> None:
        """Store (tokens, language) by key, durable when this returns."""
        if not tokens:
            return
        lengths = [len(each.starts) for each, _ in tokens.values()]
        codes = token_codes.encode(np.concatenate([each.vectors for each, _ in tokens.values()]))
        coded = np.split(codes, np.cumsum(lengths)[:-1])
        with self._usable(), self._engine.begin() as connection:
            connection.execute(
                insert(_TokensRow).on_conflict_do_nothing(),
                [
                    {
                        "key": key,
                        "codes": part.tobytes(),
                        "starts": np.minimum(each.starts, 65535).astype("<u2").tobytes(),
                    }
                    for (key, (each, _)), part in zip(tokens.items(), coded, strict=True)
                ],
            )
            connection.execute(
                insert(_VectorRow).on_conflict_do_nothing(),
                [
                    {"key": key, "language": language, "vector": _packed(each.mean)}
                    for key, (each, language) in tokens.items()
                ],
            )

    def keep(self, keys: Iterable[str]) -> None:
        """Forget every key but these, and what was stored of other models."""
        wanted = set(keys)
        with self._usable():
            with self._engine.begin() as connection:
                gone = set(connection.scalars(select(_TokensRow.key))) - wanted
                for chunk in chunks(gone):
                    for table in (_TokensRow.__table__, _VectorRow.__table__):
                        connection.execute(
                            table.delete().where(table.c.key.in_(chunk))  # type: ignore[attr-defined]
                        )
            for other in self._folder.glob("*.sqlite3*"):
                if not other.name.startswith(self._file.name):
                    other.unlink()

    def get(self, keys: Sequence[str]) -> StoredTokens:
        """The tokens of `keys`, in their order; a key that is not stored is left out."""
        with self._usable(), self._engine.connect() as connection:
            found = {
                row.key: row
                for chunk in chunks(keys)
                for row in connection.execute(_TOKENS, {"keys": chunk})
            }
            rows = [found[key] for key in keys if key in found]
            width = -(-self.dimension // 4)
            codes = np.frombuffer(b"".join(row.codes for row in rows), np.uint8)
            lengths = [len(row.starts) // 2 for row in rows]
            return StoredTokens(
                tuple(row.key for row in rows),
                codes.reshape(-1, width),
                np.cumsum([0, *lengths]),
                np.frombuffer(b"".join(row.starts for row in rows), "<u2"),
                self.dimension,
            )

    def vectors(self, keys: Sequence[str]) -> Vectors:
        """The one vector of each of `keys`, all stored: float32 (n, dimension) of length 1."""
        with self._usable(), self._engine.connect() as connection:
            rows = {
                row.key: row.vector
                for chunk in chunks(keys)
                for row in connection.execute(_VECTORS, {"keys": chunk})
            }
        return _read([rows[key] for key in keys])

    def every(self) -> Iterator[tuple[list[str], list[str], NDArray[np.int8]]]:
        """Keys, languages and vectors (n, dimension), but for their lengths, some at a time."""
        query = select(_VectorRow.key, _VectorRow.language, _VectorRow.vector)
        with self._usable(), self._engine.connect() as connection:
            rows = connection.execution_options(yield_per=_ROWS).execute(query)
            for part in rows.partitions():
                packed = np.frombuffer(b"".join([row.vector for row in part]), np.int8)
                yield (
                    [row.key for row in part],
                    [row.language for row in part],
                    packed.reshape(len(part), -1),
                )

    def sample(self, language: str, count: int) -> list[str]:
        """The keys of some passages of `language`, the same ones while they are stored.

        Keys are hashes of words, so that the first ones are as good as any drawn at random.
        """
        query = (
            select(_VectorRow.key)
            .where(_VectorRow.language == language)
            .order_by(_VectorRow.key)
            .limit(count)
        )
        with self._usable(), self._engine.connect() as connection:
            return list(connection.scalars(query))


def _packed(vector: Vectors) -> bytes:
    """A vector in eight bits, by its largest coordinate; only its direction is kept."""
    largest = max(float(np.abs(vector).max()), 1e-12)
    return bytes(np.rint(vector * (_LEVELS / largest)).astype(np.int8))


def _read(packed: Sequence[bytes]) -> Vectors:
    whole = np.frombuffer(b"".join(packed), np.int8).reshape(len(packed), -1 if packed else 0)
    return unit(whole.astype(np.float32))


def _prepare(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
