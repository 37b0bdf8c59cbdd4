"""How large the corpus is, and from when to when, in the reader's words."""

from __future__ import annotations

import datetime as dt

from bot import dates
from bot.words import words
from corpus.facts import Extent


def corpus_scope(extent: Extent, language: str) -> str:
    """A sentence on the number of articles and the days of their events."""
    w = words(language)
    size = w.ngettext("%(n)d article", "%(n)d articles", extent.articles) % {"n": extent.articles}
    if extent.first and extent.last:
        return w.gettext(
            "The corpus has %(articles)s, with events dated from %(first)s to %(last)s."
        ) % {
            "articles": size,
            "first": _bound(extent.first, language),
            "last": _bound(extent.last, language),
        }
    return w.gettext("The corpus has %(articles)s, none with a dated event.") % {"articles": size}


def _bound(value: str, language: str) -> str:
    return dates.day(dt.date.fromisoformat(value), language)
