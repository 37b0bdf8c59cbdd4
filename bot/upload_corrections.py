"""What was corrected of a document that waits: a file beside it, which goes when it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from corpus.overrides import Correction

NAME = "corrections"
"""No document has this name: those that are read have a suffix."""


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """The corrections of the document in `folder`, the earliest first."""
    try:
        kept = json.loads((folder / NAME).read_text("utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(Correction(**fields) for fields in kept)


def add_correction(folder: Path, correction: Correction) -> None:
    """Keep one, in the place of an earlier one of the same field."""
    others = (
        each
        for each in read_corrections(folder)
        if (each.article, each.field) != (correction.article, correction.field)
    )
    _write(folder, [*others, correction])


def _write(folder: Path, corrections: Iterable[Correction]) -> None:
    # Written beside and put in place: whoever is killed here leaves what was kept before.
    beside = folder.with_name(f"{folder.name}.{NAME}")
    beside.write_text(json.dumps([asdict(each) for each in corrections]), "utf-8")
    beside.replace(folder / NAME)
