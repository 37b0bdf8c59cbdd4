"""What the corpus covers as a picture: articles by month, by country, by language."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import names
from bot.words import words
from corpus.coverage import Coverage

_PAPER, _INK, _SOFT, _BAR = "#fbfaf6", "#212529", "#6c757d", "#2a6f97"
_MOST_COUNTRIES, _MOST_LANGUAGES = 12, 6
_BY_MONTH = 48
"""Months up to which each has a bar of its own; beyond, years have."""

_LABELS = 6


def draw(value: Coverage, language: str, cache: Path) -> bytes:
    """A PNG for a phone; needs no display and no network. `cache` takes the list of fonts."""
    os.environ.setdefault("MPLCONFIGDIR", str(cache))
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from matplotlib import rc_context  # noqa: PLC0415 - takes half a second
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    w = words(language)
    countries = [
        (names.place(code, language), number) for code, number in value.countries[:_MOST_COUNTRIES]
    ]
    languages = [
        (names.language_name(code, language), number)
        for code, number in value.languages[:_MOST_LANGUAGES]
    ]
    layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.12, hspace=0.04)
    heights = (6.0, 1.2 + len(countries) * 0.5, 1.2 + len(languages) * 0.5)
    with rc_context({"font.size": 11, "text.color": _INK, "axes.edgecolor": _SOFT}):
        figure = Figure(
            figsize=(6, 0.5 + sum(heights) * 0.56), dpi=180, layout=layout, facecolor=_PAPER
        )
        FigureCanvasAgg(figure)
        figure.suptitle(_title(value, language), x=0.03, ha="left", weight="bold", size=13)
        upper, middle, lower = figure.subplots(3, 1, height_ratios=heights)
        months = _filled(value.months)
        by_year = len(months) > _BY_MONTH
        bars = _years(months) if by_year else months
        _columns(upper, bars)
        upper.set_title(
            w.gettext("Articles by year") if by_year else w.gettext("Articles by month"),
            loc="left",
            size=11,
            color=_SOFT,
        )
        _rows(middle, countries, w.gettext("Countries spoken of most"))
        _rows(lower, languages, w.gettext("Languages"))
        file = io.BytesIO()
        figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _title(value: Coverage, language: str) -> str:
    text = words(language).ngettext("%(n)d article", "%(n)d articles", value.articles)
    return text % {"n": value.articles}


def _columns(axes: Any, bars: Sequence[tuple[str, int]]) -> None:
    axes.set_facecolor(_PAPER)
    axes.bar(range(len(bars)), [number for _, number in bars], color=_BAR, width=0.8)
    step = max(1, -(-len(bars) // _LABELS))
    places = range(0, len(bars), step)
    axes.set_xticks(list(places), [bars[place][0] for place in places], size=9)
    axes.tick_params(colors=_SOFT)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.spines[["top", "right"]].set_visible(False)


def _rows(axes: Any, rows: Sequence[tuple[str, int]], title: str) -> None:
    axes.set_facecolor(_PAPER)
    axes.set_title(title, loc="left", size=11, color=_SOFT)
    most = max((number for _, number in rows), default=1)
    for place, (_, number) in enumerate(reversed(rows)):
        axes.barh(place, number, color=_BAR, height=0.66)
        axes.text(number + most * 0.015, place, str(number), va="center", size=10)
    axes.set_yticks(range(len(rows)), [name for name, _ in reversed(rows)])
    axes.set_xlim(0, most * 1.12)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    axes.spines[:].set_visible(False)


def _filled(months: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The months with those between them that have no article."""
    if not months:
        return []
    counts = dict(months)
    year, month = (int(part) for part in months[0][0].split("-"))
    found = []
    while (name := f"{year:04}-{month:02}") <= months[-1][0]:
        found.append((name, counts.get(name, 0)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _years(months: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for name, number in months:
        counts[name[:4]] = counts.get(name[:4], 0) + number
    return list(counts.items())
