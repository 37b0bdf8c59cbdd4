"""Errors of the corpus package.

CorpusError
├── SourceError      a file, folder or line that cannot be read as an article
├── CatalogueError   the catalogue is missing, damaged or of another version
└── BusyError        another process is writing; the message says which
"""

from __future__ import annotations

from corpus.sentences import sentence


class ToldError(Exception):
    """An error with a message that is fit to show to a person.

    It is a sentence as `corpus.sentences` has them, `told`; `see` is the command of the console
    that helps on, which the error as a string names behind it.
    """

    def __init__(self, message: str, *, see: str | None = None, **values: object) -> None:
        self.told = sentence(message, **values)
        super().__init__(f"{self.told}; see: {see}" if see else self.told)


class CorpusError(ToldError):
    """Base of all errors this package raises."""


class SourceError(CorpusError):
    """A source that cannot be read: which, why, and what to do."""


class CatalogueError(CorpusError):
    """The catalogue cannot be used: why, and what to do."""


class BusyError(CorpusError):
    """Another process holds the lock for writing."""
