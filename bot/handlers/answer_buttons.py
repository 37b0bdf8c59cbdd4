"""The buttons under an answer."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.handlers import evidence, feedback
from retrieval.answer import Answer

A_ROW = 6


def answer_buttons(number: int, answer: Answer) -> InlineKeyboardMarkup:
    """A button for each source of the answer that is kept as `number`, then what it is worth."""
    sources = [
        InlineKeyboardButton(f"[{each.n}]", callback_data=evidence.opens(number, each.n))
        for each in answer.sources
    ]
    rows = [sources[start : start + A_ROW] for start in range(0, len(sources), A_ROW)]
    marks = [
        InlineKeyboardButton("👍", callback_data=feedback.likes(number)),
        InlineKeyboardButton("👎", callback_data=feedback.dislikes(number)),
    ]
    return InlineKeyboardMarkup([*rows, marks])
