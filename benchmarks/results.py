"""`benchmarks/RESULTS.md`: each benchmark replaces its own section, between two marks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = "# Results\n\nWritten by the benchmarks themselves; see `make help`.\n"


def circumstances() -> str:
    """What a reader must know of the run: the code, the machine and how busy it was."""
    commit = _git("describe", "--always")
    if _git("status", "--porcelain", "--untracked-files=no", "..", f":!{RESULTS.name}"):
        commit += "-dirty"  # by more than a table that was written before
    load = os.getloadavg()[1]
    return (
        f"Commit {commit or 'unknown'}; {os.cpu_count()} cores, load {load:.1f} over the last "
        "five minutes."
    )


def _git(*arguments: str) -> str:
    run = subprocess.run(  # noqa: S603 - our own arguments
        ["git", *arguments],  # noqa: S607 - whatever git there is
        cwd=RESULTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.strip()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its columns in line for whoever reads the plain text."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]

    def line(row: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([line(cells[0]) + " |", rule, *(line(row) + " |" for row in cells[1:])])


def write_section(name: str, text: str, path: Path = RESULTS) -> None:
    """Put `text` between the marks of section `name`; a section that is not there comes last."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    section = f"{begin}\n{text.strip()}\n{end}"
    old = path.read_text("utf-8") if path.exists() else _HEAD
    before, found, rest = old.partition(begin)
    if found:
        _, closed, after = rest.partition(end)
        if not closed:
            raise ValueError(f"{path}: {begin} is not closed by {end}")
        new = before + section + after
    else:
        new = f"{old.rstrip()}\n\n{section}\n"
    path.write_text(new, "utf-8")
