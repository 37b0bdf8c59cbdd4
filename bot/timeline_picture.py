"""A timeline as a picture that can be read on a phone, on a light or a dark screen."""

from __future__ import annotations

import io
import logging
import os
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PAPER, _INK, _SOFT, _LINE, _DOT = "#fbfaf6", "#212529", "#6c757d", "#c9c5b8", "#2a6f97"
_WIDTH = 4.5
_DPI = 240
_LINE_HEIGHT, _GAP, _TOP, _HEAD, _YEAR = 0.235, 0.17, 0.2, 0.3, 0.36
"""Inches, as the width is: letters come out as large as a phone's own."""

_TITLE = 36
_CHARACTERS = 46
_MOST_LINES = 3
_LEFT = 0.5
A_PICTURE = 6
"""Events in one picture: Telegram scales a longer one until nobody can read it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: its day, its headline, and how many outlets have it, each in words."""

    year: str
    day: str
    headline: str
    outlets: str


def draw(title: str, entries: Sequence[Entry], cache: Path) -> list[bytes]:
    """PNGs with up to `A_PICTURE` events each, one below the other; at least one event is wanted.

    Needs neither a display nor the network; `cache` takes the list of fonts. A headline that the
    font has no letters for is left out.
    """
    os.environ.setdefault("MPLCONFIGDIR", str(cache))
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    starts = range(0, len(entries), A_PICTURE)
    pages = [entries[start : start + A_PICTURE] for start in starts]
    heads = [title]
    if len(pages) > 1:
        heads = [f"{title} ({number}/{len(pages)})" for number in range(1, len(pages) + 1)]
    return [_page(head, page) for head, page in zip(heads, pages, strict=True)]


def _page(title: str, entries: Sequence[Entry]) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - half a second
    from matplotlib.figure import Figure  # noqa: PLC0415

    shown = [_lines(each) for each in entries]
    heads = [_plain(line) for line in textwrap.wrap(title, _TITLE)]
    opening = [place for place in range(len(entries)) if _opens(entries, place)]
    texts = sum(len(lines) * _LINE_HEIGHT + _GAP for lines in shown)
    height = _TOP + _HEAD * len(heads) + _YEAR * len(opening) + texts + _GAP
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor=_PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(height, 0)  # downwards, in inches
    axes.axis("off")

    def write(text: str, left: float, down: float, color: str, size: float, weight: str) -> None:
        axes.text(left, down, text, va="top", color=color, size=size, weight=weight)

    down = _TOP
    for line in heads:
        write(line, 0.22, down, _INK, 12.5, "bold")
        down += _HEAD
    for place, (entry, lines) in enumerate(zip(entries, shown, strict=True)):
        if place in opening:
            write(entry.year, 0.22, down + 0.06, _DOT, 12, "bold")
            down += _YEAR
        tall = len(lines) * _LINE_HEIGHT + _GAP
        axes.plot([0.3, 0.3], [down, down + tall], color=_LINE, linewidth=1.6, zorder=1)
        axes.scatter([0.3], [down + 0.09], s=34, color=_DOT, zorder=2, linewidths=0)
        for number, (line, color, weight) in enumerate(lines):
            write(line, _LEFT, down + number * _LINE_HEIGHT, color, 10, weight)
        down += tall
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _opens(entries: Sequence[Entry], place: int) -> bool:
    return place == 0 or entries[place - 1].year != entries[place].year


def _lines(entry: Entry) -> list[tuple[str, str, str]]:
    """Day, headline in a few lines, and outlets, each with its colour and weight."""
    headline = textwrap.wrap(
        entry.headline, _CHARACTERS, max_lines=_MOST_LINES, placeholder=" …", break_on_hyphens=False
    )
    outlets = textwrap.wrap(entry.outlets, _CHARACTERS, max_lines=1, placeholder=" …")
    shown = headline if _has_letters(entry.headline) else []
    return [
        *((_plain(line), _INK, "bold") for line in textwrap.wrap(entry.day, _CHARACTERS)),
        *((_plain(line), _INK, "normal") for line in shown),
        *((_plain(line), _SOFT, "normal") for line in outlets),
    ]


def _plain(line: str) -> str:
    return line.replace("$", r"\$")  # else the library reads formulas


def _has_letters(text: str) -> bool:
    """Whether the font that comes with the library can write it."""
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415

    known = get_font(findfont("DejaVu Sans")).get_charmap()
    return all(ord(character) in known for character in text if not character.isspace())
