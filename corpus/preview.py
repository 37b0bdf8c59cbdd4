"""What an ingest would do, without doing it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.failure import Failure
from corpus.forecast import Forecast, Measure, Sample
from corpus.pace import remembered
from corpus.plan import Plan
from corpus.sources import Given

_SHOWN = 80
"""Characters of a text that stand for a title that it does not have."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Titles of the articles that would be new, changed and removed; of the `duplicates`, word for
    word another article of the same run, too. `quarantined` of the failed files were refused before
    and have not changed. `suspicious`: so many would be removed that an ingest asks first.
    `forecast`: how long it would take, where there is anything to take in.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    unchanged: int = 0
    moved: int = 0
    failed: tuple[Failure, ...] = ()
    quarantined: int = 0
    suspicious: bool = False
    forecast: Forecast | None = field(default=None, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether an ingest would leave the articles as they are."""
        return not (self.new or self.changed or self.removed)


def preview(
    catalogue: Catalogue,
    corpus_dir: Path,
    sources: Iterable[Path | Given] | None,
    measure: Measure | None = None,
) -> Preview:
    """What `corpus.ingest.ingest` would do with the same arguments. Raises as it does.

    `measure` is asked how long indexing takes where no ingest has told yet.
    """
    started = time.perf_counter()
    sample = Sample()
    plan = Plan.begin(catalogue, corpus_dir, sources)
    titles: dict[str, list[str]] = {"new": [], "changed": [], "moved": [], "unchanged": []}
    doubled = []
    for document in plan.documents:
        for raw in plan.read(document):
            decision = plan.decide(raw, document)
            if decision is None:
                continue
            title = raw.title or _first_words(raw.text)
            titles[decision.standing].append(title)
            if decision.standing in ("new", "changed"):
                sample.offer(raw, decision.article_id)
            if decision.article_id in plan.doubled:
                doubled.append(title)
    reading = time.perf_counter() - started
    gone = plan.gone()
    names = catalogue.titles([known.revision for known in gone])
    result = Preview(
        new=tuple(titles["new"]),
        changed=tuple(titles["changed"]),
        removed=tuple(names[known.revision] or known.article_id for known in gone),
        duplicates=tuple(doubled),
        unchanged=len(titles["unchanged"]) + len(titles["moved"]),
        moved=len(titles["moved"]),
        failed=tuple(plan.failures),
        quarantined=len(plan.unread),
        forecast=sample.forecast(
            reading,
            remembered(catalogue.engine),
            lambda keys: {key for key, *_ in catalogue.passages_with(keys)},
            measure,
        ),
    )
    return replace(result, suspicious=plan.is_suspicious(gone))


def _first_words(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"
