"""Dates named in Vietnamese, French and English text."""

from corpus.dates.find import find_dates
from corpus.dates.mention import DateMention

__all__ = ["DateMention", "find_dates"]
