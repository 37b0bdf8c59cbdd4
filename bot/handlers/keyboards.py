"""Keyboards under messages: rows of buttons, and long lists of them in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

Button = tuple[str, str]
"""What stands on a button, and the data that it sends."""

LONGEST = 40
"""Characters of a title on a button; a telephone shows about as many."""

BACK, ON = "‹", "›"
_DIGITS = 18
"""More make a number that no row of a database has."""


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup:
    """The buttons, row by row."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(text, callback_data=data) for text, data in row]
            for row in rows
            if row
        ]
    )


def page_of(
    buttons: Sequence[Button],
    number: int,
    turned: Callable[[int], str],
    *,
    columns: int = 1,
    rows: int = 8,
) -> list[list[Button]]:
    """The rows of page `number` (from 0; the nearest there is), with buttons to turn it where there
    are more: `turned` gives the data for another page."""
    size = columns * rows
    pages = max(1, -(-len(buttons) // size))
    number = min(max(number, 0), pages - 1)
    shown = buttons[number * size : (number + 1) * size]
    made = [list(shown[start : start + columns]) for start in range(0, len(shown), columns)]
    if pages > 1:
        before, after = (number - 1) % pages, (number + 1) % pages
        made.append(
            [
                (BACK, turned(before)),
                (f"{number + 1}/{pages}", turned(number)),
                (ON, turned(after)),
            ]
        )
    return made


def shortened(text: str, most: int = LONGEST) -> str:
    """`text` on one line, short enough for a button."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def number_in(data: str) -> int | None:
    """The number that a part of a button's data is; None for what no button of ours sends."""
    return int(data) if data.isascii() and data.isdigit() and len(data) <= _DIGITS else None
