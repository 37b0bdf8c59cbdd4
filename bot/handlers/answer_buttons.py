"""The buttons under an answer: its sources, a wider search, what it is worth."""

from __future__ import annotations

from collections.abc import Iterator

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.handlers import evidence, feedback
from bot.words import words
from retrieval.answer import Answer

A_ROW = 6
WIDER = "wide:"


def answer_buttons(number: int, answer: Answer) -> InlineKeyboardMarkup:
    """A button for each source of the answer that is kept as `number`, for a wider search where it
    found nothing, then what it is worth."""
    sources = [
        InlineKeyboardButton(f"[{each.n}]", callback_data=evidence.opens(number, each.n))
        for each in answer.sources
    ]
    rows = [sources[start : start + A_ROW] for start in range(0, len(sources), A_ROW)]
    marks = [
        InlineKeyboardButton("👍", callback_data=feedback.likes(number)),
        InlineKeyboardButton("👎", callback_data=feedback.dislikes(number)),
    ]
    rows.extend([button] for button in _wider(number, answer))
    return InlineKeyboardMarkup([*rows, marks])


def _wider(number: int, answer: Answer) -> Iterator[InlineKeyboardButton]:
    """To search without one of the conditions; what is taken over from before stays."""
    query = answer.query
    w = words(query.language)
    if answer.refusal is None or query.inherited:
        return
    if query.conditions.period:
        yield InlineKeyboardButton(
            w.gettext("Search all years"), callback_data=f"{WIDER}{number}:period"
        )
    if query.named_countries or query.conditions.regions:
        yield InlineKeyboardButton(
            w.gettext("Search all countries"), callback_data=f"{WIDER}{number}:places"
        )
