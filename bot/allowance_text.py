"""What a person is told when they have asked for more than their share."""

from __future__ import annotations

import datetime as dt
import math

from bot.durations import about
from bot.render import Line
from bot.words import known_language, words
from retrieval.answer import Answer


def too_fast(waits: dt.timedelta, language: str) -> str:
    """That it was a lot at once, and when the next question is taken."""
    seconds = max(1, math.ceil(waits.total_seconds()))
    return words(language).ngettext(
        "That was a lot at once. Please go on in %(n)d second.",
        "That was a lot at once. Please go on in %(n)d seconds.",
        seconds,
    ) % {"n": seconds}


def used_up(waits: dt.timedelta | None, answer: Answer) -> list[Line]:
    """Above an answer that is only quoted because the day's tokens are used up: until when."""
    if waits is None or answer.refusal is not None:
        return []
    language = known_language(answer.query.language)
    text = words(language).gettext(
        "Your share of the language model for today is used up. For %(time)s more, until midnight "
        "UTC, I quote the sources without it."
    )
    return [Line(text % {"time": about(waits.total_seconds(), language)}, "note")]
