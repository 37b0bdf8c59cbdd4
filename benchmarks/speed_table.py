"""The figures of the speed benchmark as rows of one table, each with its bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

HEAD = ("measure", "passages", "ours", "plain", "ours : plain (min–max)", "bar")
KINDS = {"open": "no condition", "narrow": "two countries in a year", "broad": "since a year"}

BARS = {
    "ingest": "≥ 1.6 ×",
    "ingest: share of the analysis": "≤ 10%",
    "unchanged again: share of the first": "≤ 1%",
    "attache --help": "≤ 0.5 s",
    "cold start, 5 articles": "≤ 5 s",
    "cold start, 100,000 passages": "≤ 7 s",
    **{f"answer, {words}: growth": "≤ 1.5 ×" for words in KINDS.values()},
}
"""What a measure must reach, by its name in the table: ratios (×) against the plain pipeline."""

LARGE = 100_000
LARGE_BARS = {
    "answer, no condition: median": "≤ 1 ×",
    "answer, two countries in a year: median": "≤ 1 ×",
    "answer, since a year: median": "≤ 2 ×",
    **{f"answer, {words}: p95 / median": "≤ 2.5" for words in KINDS.values()},
    "peak memory while answering": "≤ 1200 MB",
}
"""The same for measures that only the largest size has to reach."""

Measured = dict[str, Any]
"""What a size gave: lists of what `benchmarks.sides` printed, one for each round."""

Row = tuple[str, ...]


def rows(sizes: dict[int, Measured], cold: dict[str, dict[str, list[float]]]) -> list[Row]:
    """All rows: size by size, then growth, then cold starts."""
    found: list[Row] = []
    for size, measured in sizes.items():
        found += _ingest(size, measured)
        for kind in KINDS:
            found += _answers(size, kind, measured)
        found += _load(size, measured)
    found += _growth(sizes)
    for name, sides in cold.items():
        found.append(_row(name, "", sides["ours"], sides.get("plain", []), "{:.2f} s"))
    return found


def _ingest(size: int, measured: Measured) -> list[Row]:
    ours, plain = measured["ingest ours"], measured["ingest plain"]
    mixed = ", mixed vectors" if measured["mixed"] else ""

    def rate(runs: Sequence[Measured]) -> list[float]:
        return [run["passages"] / run["seconds"] for run in runs]

    whole = float(np.median([run["seconds"] for run in ours]))
    analysis = [run["seconds"] / whole for run in measured["analyse ours"]]
    again = [run["again"] / run["seconds"] for run in ours]
    found = [
        _row(f"ingest{mixed}", size, rate(ours), rate(plain), "{:.1f} /s"),
        _row(f"ingest{mixed}: share of the analysis", size, analysis, [], "{:.1%}"),
    ]
    if measured["again"]:
        found.append(_row("unchanged again: share of the first", size, again, [], "{:.1%}"))
    for name, key in (("peak memory of ingest", "peak"), ("on disk", "disk")):
        found.append(_row(name, size, [r[key] for r in ours], [r[key] for r in plain], "{:.0f} MB"))
    return found


def _answers(size: int, kind: str, measured: Measured) -> list[Row]:
    ours, plain = _asked(measured, "ours", kind), _asked(measured, "plain", kind)

    def every(function: Callable[[Sequence[float]], float], runs: list[list[float]]) -> list[float]:
        return [1000 * function(run) for run in runs]

    name = f"answer, {KINDS[kind]}"
    spread = [_p95(run) / float(np.median(run)) for run in ours]
    spread_plain = [_p95(run) / float(np.median(run)) for run in plain]
    answered = [run["answered"][kind] for run in measured["ask ours"]]
    return [
        _row(f"{name}: median", size, every(_median, ours), every(_median, plain), "{:.0f} ms"),
        _row(f"{name}: p95", size, every(_p95, ours), every(_p95, plain), "{:.0f} ms"),
        _row(f"{name}: p95 / median", size, spread, spread_plain, "{:.2f}"),
        _row(f"{name}: not refused", size, answered, [], "{:.0%}"),
    ]


def _load(size: int, measured: Measured) -> list[Row]:
    ours, plain = measured["ask ours"], measured["ask plain"]

    def waits(runs: Sequence[Measured]) -> list[float]:
        return [_p95(run["waits"]) for run in runs]

    return [
        _row(
            "peak memory while answering",
            size,
            [run["peak"] for run in ours],
            [run["peak"] for run in plain],
            "{:.0f} MB",
        ),
        _row(
            "50 at once: answers",
            size,
            [run["per_second"] for run in ours],
            [run["per_second"] for run in plain],
            "{:.1f} /s",
        ),
        _row(
            "50 at once: failed",
            size,
            [run["failed"] for run in ours],
            [],
            "{:.0f}",
        ),
        _row("50 at once: p95", size, waits(ours), waits(plain), "{:.2f} s"),
    ]


def _growth(sizes: dict[int, Measured]) -> list[Row]:
    """How much longer an answer takes at each size than at the one before."""
    found = []
    for small, large in zip(sizes, list(sizes)[1:], strict=False):
        for kind, words in KINDS.items():
            ours, plain = (
                [
                    _median(_pooled(sizes[large], side, kind))
                    / _median(_pooled(sizes[small], side, kind))
                ]
                for side in ("ours", "plain")
            )
            name = f"answer, {words}: growth"
            found.append(_row(name, f"{small} → {large}", ours, plain, "{:.2f} ×"))
    return found


def _asked(measured: Measured, side: str, kind: str) -> list[list[float]]:
    return [run["seconds"][kind] for run in measured[f"ask {side}"]]


def _pooled(measured: Measured, side: str, kind: str) -> list[float]:
    return [second for run in _asked(measured, side, kind) for second in run]


def _median(values: Sequence[float]) -> float:
    return float(np.median(values))


def _p95(values: Sequence[float]) -> float:
    return float(np.quantile(values, 0.95))


def _row(
    name: str, size: int | str, ours: Sequence[float], plain: Sequence[float], form: str
) -> Row:
    """Medians over the rounds; the ratio is taken round by round, with its spread."""
    ratio = ""
    if plain:
        ratios = [a / b for a, b in zip(ours, plain, strict=True)]
        ratio = f"{_median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    return (
        name,
        f"{size:,}" if isinstance(size, int) else size,
        form.format(_median(ours)),
        form.format(_median(plain)) if plain else "",
        ratio,
        BARS.get(name, LARGE_BARS.get(name, "") if size == LARGE else ""),
    )
