"""Errors of the corpus package.

CorpusError
├── SourceError      a file, folder or line that cannot be read as an article
├── CatalogueError   the catalogue is missing, damaged or of another version
└── BusyError        another process is writing; the message says which
"""


class CorpusError(Exception):
    """Base of all errors this package raises; the message is fit to show to a person."""


class SourceError(CorpusError):
    """A source that cannot be read: which, why, and what to do."""


class CatalogueError(CorpusError):
    """The catalogue cannot be used: why, and what to do."""


class BusyError(CorpusError):
    """Another process holds the lock for writing."""
