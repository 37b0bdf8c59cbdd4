"""Errors of the retrieval package.

RetrievalError
├── EmbeddingError   the embedding model cannot be loaded
├── StaleIndexError  the corpus was indexed with another model, or not at all
├── DamagedIndexError  an index folder cannot be used; it can be made anew
├── LanguageModelError  the language model gives no reply, now or ever
├── ModelSettingError  the settings of the language model contradict each other or mean nothing
└── QuestionError    the question cannot be taken as it stands (empty, too long)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import ToldError


class RetrievalError(Exception):
    """Base of all errors this package raises; the message is fit to show to a person."""


class EmbeddingError(RetrievalError):
    """The embedding model cannot be loaded: which, why, and what to do."""


class StaleIndexError(ToldError, RetrievalError):
    """There is no index that fits the present settings: why, and what to do."""


class LanguageModelError(RetrievalError):
    """The language model gave no reply: what happened, which model, where, and what to do.

    Never holds a word of what was sent or received, nor a key. `outcome` says in a word or two how
    it ended, for logs.
    """

    def __init__(self, message: str, *, outcome: str = "not ready") -> None:
        super().__init__(message)
        self.outcome = outcome


class ModelSettingError(RetrievalError):
    """A setting of the language model that cannot be followed: which, why, and what to change."""


class DamagedIndexError(ToldError, RetrievalError):
    """An index folder cannot be used: which, why, and how to make it anew."""


@contextmanager
def usable(folder: Path, *kinds: type[Exception]) -> Iterator[None]:
    """Turn a library's errors of these `kinds` into a `DamagedIndexError` about `folder`."""
    try:
        yield
    except kinds as error:
        first: BaseException = error
        while first.__context__ is not None:  # what came first says most
            first = first.__context__
        reason = str(first).splitlines()[0] if str(first) else type(first).__name__
        raise DamagedIndexError(
            "%(folder)s: this index cannot be used (%(why)s)",
            folder=folder,
            why=reason,
            see="attache repair",
        ) from error


class QuestionError(RetrievalError):
    """A question that cannot be taken: empty, or longer than `limit` characters."""

    def __init__(self, message: str, *, limit: int | None = None) -> None:
        super().__init__(message)
        self.limit = limit
