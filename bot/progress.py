"""Show how far a long step is: a bar on a terminal, a line a stage elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, TaskID


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A function to call with (stage, done, of how many); it draws on standard error."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield show


def _lines() -> Callable[[str, int, int], None]:
    seen: dict[str, int] = {}

    def show(stage: str, done: int, total: int) -> None:
        """One line for each tenth of the way."""
        tenth = 10 * done // total if total else 0
        if seen.get(stage) != tenth:
            seen[stage] = tenth
            sys.stderr.write(f"{stage} {done}/{total}\n" if total else f"{stage}\n")

    return show
