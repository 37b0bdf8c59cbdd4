"""Instants as the database keeps them: text in UTC that sorts as they do."""

from __future__ import annotations

import datetime as dt


def written(instant: dt.datetime) -> str:
    """To the second."""
    return instant.astimezone(dt.UTC).isoformat(timespec="seconds")


def written_exactly(instant: dt.datetime) -> str:
    """To the microsecond."""
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")


def read_instant(text: str) -> dt.datetime:
    """The instant that was written."""
    return dt.datetime.fromisoformat(text)
