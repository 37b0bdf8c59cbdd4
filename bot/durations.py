"""How long something takes, as people say it."""

from __future__ import annotations

from bot.words import words

_MINUTE = 60
_MOST_MINUTES = 120


def about(seconds: float, language: str) -> str:
    """ "less than a minute", "about 12 minutes", "about 3 hours"."""
    w = words(language)
    minutes = round(seconds / _MINUTE)
    if seconds < _MINUTE:
        return w.gettext("less than a minute")
    if minutes <= _MOST_MINUTES:
        return w.ngettext("about %(n)d minute", "about %(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / _MINUTE)
    return w.ngettext("about %(n)d hour", "about %(n)d hours", hours) % {"n": hours}
