"""Errors of the retrieval package.

RetrievalError
├── EmbeddingError   the embedding model cannot be loaded
├── StaleIndexError  the corpus was indexed with another model, or not at all
└── QuestionError    the question cannot be taken as it stands (empty, too long)
"""


class RetrievalError(Exception):
    """Base of all errors this package raises; the message is fit to show to a person."""


class EmbeddingError(RetrievalError):
    """The embedding model cannot be loaded: which, why, and what to do."""


class StaleIndexError(RetrievalError):
    """There is no index that fits the present settings: why, and what to do."""


class QuestionError(RetrievalError):
    """A question that cannot be taken: empty, or longer than `limit` characters."""

    def __init__(self, message: str, *, limit: int | None = None) -> None:
        super().__init__(message)
        self.limit = limit
