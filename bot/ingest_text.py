"""What an admin reads of an ingest: what it would do, how far it is, and what it did."""

from __future__ import annotations

from collections.abc import Sequence

from bot.durations import about
from bot.reasons import reason
from bot.words import words
from corpus.failure import Failure
from corpus.forecast import Forecast
from corpus.ingest import Report
from corpus.preview import Preview

FIRST, ALL = 3, 30
"""Titles of each kind that are shown at first, and with the details."""


def preview_lines(preview: Preview, language: str, *, details: bool = False) -> list[str]:
    """What would change: counts, then titles by kind, then what cannot be read."""
    w = words(language)
    lines = [
        w.gettext(
            "This would change the corpus. New: %(new)d; changed: %(changed)d; removed: "
            "%(removed)d; duplicates: %(duplicates)d; unchanged: %(unchanged)d; failed: %(failed)d."
        )
        % {
            "new": len(preview.new),
            "changed": len(preview.changed),
            "removed": len(preview.removed),
            "duplicates": len(preview.duplicates),
            "unchanged": preview.unchanged,
            "failed": len(preview.failed),
        }
    ]
    if preview.forecast is not None:
        lines += forecast_lines(preview.forecast, language)
    most = ALL if details else FIRST
    for heading, titles in (
        (w.gettext("New:"), preview.new),
        (w.gettext("Changed:"), preview.changed),
        (w.gettext("Removed:"), preview.removed),
        (w.gettext("Word for word another article:"), preview.duplicates),
    ):
        if titles:
            lines.append(heading)
            lines += _some([f"– {title}" for title in titles], most, language)
    lines += failure_lines(preview.failed, language, most)
    if preview.quarantined:
        lines.append(unread_line(preview.quarantined, language))
    return lines


def forecast_lines(forecast: Forecast, language: str) -> list[str]:
    """How long it would take, and what the years of the events would rest on."""
    w = words(language)
    lines = []
    if forecast.seconds is not None:
        text = w.gettext("Time needed: %(time)s.")
        lines.append(text % {"time": about(forecast.seconds, language)})
    years = w.gettext(
        "Years of the events: %(stated)d stated, %(published)d by the day of publication, "
        "%(inferred)d inferred, %(unknown)d unknown."
    ) % dict(forecast.years)
    if forecast.sampled < forecast.articles:
        text = w.gettext("Estimated from %(some)d of %(all)d articles.")
        years += " " + text % {"some": forecast.sampled, "all": forecast.articles}
    return [*lines, years]


def removal_lines(preview: Preview, language: str) -> list[str]:
    """The question that is asked before much is removed."""
    w = words(language)
    count = len(preview.removed)
    return [
        w.ngettext(
            "%(n)d article is gone from the folder, over a fifth of what came from it. Is that "
            "meant?",
            "%(n)d articles are gone from the folder, over a fifth of what came from it. Is that "
            "meant?",
            count,
        )
        % {"n": count}
    ]


def progress_line(stage: str, done: int, total: int, language: str) -> str:
    """How far an ingest is."""
    w = words(language)
    line = (
        w.gettext("Reading: %(done)d of %(total)d files.")
        if stage == "reading"
        else w.gettext("Indexing: %(done)d of %(total)d passages.")
    )
    return line % {"done": done, "total": total}


def report_lines(report: Report, language: str) -> list[str]:
    """What an ingest did, what failed, and what a person should read."""
    w = words(language)
    lines = [
        w.gettext(
            "Corpus version %(version)d. Added: %(added)d; changed: %(changed)d; "
            "removed: %(removed)d; unchanged: %(unchanged)d; failed: %(failed)d."
        )
        % {
            "version": report.version,
            "added": report.added,
            "changed": report.changed,
            "removed": report.removed,
            "unchanged": report.unchanged,
            "failed": len(report.failed),
        }
    ]
    lines += failure_lines(report.failed, language, FIRST)
    if report.quarantined:
        lines.append(unread_line(report.quarantined, language))
    lines.extend(reason(notice, language) for notice in report.notices)
    return lines


def failure_lines(failed: Sequence[Failure], language: str, most: int) -> list[str]:
    """What could not be read, and why."""
    return _some(
        [f"– {failure.source}: {reason(failure.error, language)}" for failure in failed],
        most,
        language,
    )


def unread_line(count: int, language: str) -> str:
    """How many files were not read again, since they were refused and have not changed."""
    w = words(language)
    return w.ngettext(
        "%(n)d file was refused before and has not changed; it was not read again.",
        "%(n)d files were refused before and have not changed; they were not read again.",
        count,
    ) % {"n": count}


def quarantine_line(count: int, language: str) -> str:
    """How much of the corpus folder and of other files is not taken in."""
    w = words(language)
    return w.ngettext(
        "%(n)d refused file or article; attache quarantine lists it with the reason.",
        "%(n)d refused files or articles; attache quarantine lists them with the reasons.",
        count,
    ) % {"n": count}


def _some(lines: list[str], most: int, language: str) -> list[str]:
    """The first lines, and how many more there are."""
    more = len(lines) - most
    if more <= 0:
        return lines
    w = words(language)
    return [
        *lines[:most],
        w.ngettext("… and %(n)d more.", "… and %(n)d more.", more) % {"n": more},
    ]
