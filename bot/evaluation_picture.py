"""An evaluation as a picture: the shares as bars, and how long each answer took."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from bot.evaluation import Evaluation
from bot.evaluation_report import shares

_GOOD, _WRONG, _REST, _INK, _SOFT = "#2a6f97", "#c8553d", "#e9ecef", "#212529", "#6c757d"
_MISTAKES = {"wrongly refused", "wrongly answered"}
_BINS = 24


def draw(value: Evaluation, file: Path, cache: Path) -> None:
    """Write a PNG; needs neither a display nor the network. `cache` takes the list of fonts."""
    os.environ.setdefault("MPLCONFIGDIR", str(cache))
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from matplotlib import rc_context  # noqa: PLC0415 - takes half a second
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.12)
    with rc_context({"font.size": 10, "text.color": _INK, "axes.edgecolor": _SOFT}):
        figure = Figure(figsize=(9, 5.4), dpi=150, layout=layout, facecolor="white")
        FigureCanvasAgg(figure)
        upper, lower = figure.subplots(2, 1, height_ratios=(5, 3))
        figure.suptitle(
            f"{len(value.answerable)} questions with expected articles, "
            f"{len(value.unanswerable)} to be refused",
            x=0.017,
            ha="left",
            weight="bold",
        )

        rows = shares(value)[::-1]
        for place, (what, share, count) in enumerate(rows):
            mistake = what in _MISTAKES
            upper.barh(place, 1.0, color=_REST, height=0.62)
            upper.barh(place, share or 0.0, color=_WRONG if mistake else _GOOD, height=0.62)
            told = "–" if share is None else f"{share:.0%}"
            upper.text(1.115, place, told, va="center", ha="right", weight="bold")
            upper.text(1.135, place, count if share is not None else "none asked", va="center")
        upper.set_yticks(range(len(rows)), [what for what, _, _ in rows])
        upper.set_xlim(0, 1.27)
        upper.set_xticks([])
        upper.tick_params(axis="y", length=0)
        upper.spines[:].set_visible(False)

        lower.hist([item.seconds for item in value.outcomes], bins=_BINS, color=_GOOD)
        for name, seconds, align in (("median", value.median, "right"), ("p95", value.p95, "left")):
            lower.axvline(seconds, color=_WRONG, linewidth=1.2)
            label = f" {name} {seconds:.2f} s "
            lower.text(seconds, 1.02, label, transform=lower.get_xaxis_transform(), ha=align)
        lower.set_xlabel("seconds from question to answer", color=_SOFT)
        lower.set_ylabel("questions", color=_SOFT)
        lower.yaxis.get_major_locator().set_params(integer=True)
        lower.set_xlim(left=0)
        lower.tick_params(colors=_SOFT)
        lower.spines[["top", "right"]].set_visible(False)
        figure.savefig(file, metadata={"Software": None})
