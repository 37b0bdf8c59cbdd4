"""Take documents in together with what was corrected of them before.

A correction of an article that is not there yet becomes an override first, so that the ingest
derives the article corrected and no version has it otherwise. Who is killed in between finds the
override there and the documents still to be taken in: to do all of it again changes nothing more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus import audit
from corpus.ingest import Report, correct, ingest
from corpus.overrides import Correction, overrides, put, take_back
from corpus.sources import Given
from retrieval.engine import Engine


def take_in(
    engine: Engine,
    sources: Sequence[Given],
    corrections: Sequence[Correction],
    *,
    now: dt.datetime,
    made_by: str,
) -> Report:
    """Take `sources` in, corrected; each correction is noted as its maker's.

    Raises `BusyError` where another ingest is under way, as it does not wait; whatever it raises,
    an article that is not there then has none of the corrections.
    """
    catalogue, rows, at = engine.catalogue, engine.catalogue.engine, audit.at(now)
    with engine.locked(wait=False, on_wait=lambda _: None), engine.writing() as index:
        there = _there(engine, corrections)
        try:
            _set(engine, [each for each in corrections if each.article not in there], at)
            report = ingest(
                catalogue,
                index,
                corpus_dir=engine.corpus_dir,
                sources=sources,
                now=now,
                made_by=made_by,
            )
        except Exception:
            withdraw(engine, corrections, now=now)
            raise
        counts = {name: getattr(report, name) for name in ("added", "changed", "removed")}
        details = {"version": report.version, **counts}
        audit.note(rows, audit.Entry(at, made_by, "ingest", details))
        # Of an article that was there already, or was staged before it was corrected.
        _set(engine, [each for each in corrections if each.article in there], at)
        version = correct(catalogue, index, now=now, made_by=made_by)
        withdraw(engine, corrections, now=now)
        return replace(report, version=version.number) if version else report


def withdraw(engine: Engine, corrections: Sequence[Correction], *, now: dt.datetime) -> None:
    """Take back those of `corrections` that hold of articles which are not there, as where an
    ingest ended before it had taken them in."""
    there = _there(engine, corrections)
    rows = engine.catalogue.engine
    known = overrides(rows).values
    for each in corrections:
        if each.article in there or known.get(each.article, {}).get(each.field) != each.value:
            continue
        take_back(rows, each.article, each.field)
        details = {"article": each.article, "field": each.field, "value": None}
        audit.note(rows, audit.Entry(audit.at(now), each.made_by, "override", details))


def _there(engine: Engine, corrections: Sequence[Correction]) -> Collection[str]:
    """The articles of `corrections` that the version in service holds."""
    version = engine.catalogue.current()
    if version is None:
        return frozenset()
    ids = {each.article for each in corrections}
    return frozenset(article.id for article in engine.catalogue.held(version.number, ids))


def _set(engine: Engine, corrections: Sequence[Correction], at: str) -> None:
    """Make them overrides, with a note of each; what is so already is let be."""
    rows = engine.catalogue.engine
    known = overrides(rows).values
    for each in corrections:
        if known.get(each.article, {}).get(each.field) == each.value:
            continue
        put(rows, each.article, each.field, each.value, made_by=each.made_by, at=at)
        details = {"article": each.article, "field": each.field, "value": each.value}
        audit.note(rows, audit.Entry(at, each.made_by, "override", details))
