"""Commands on the corpus: take articles in, list them, look back and go back."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.base import (
    JsonFlag,
    app,
    one_line_errors,
    opened_engine,
    print_json,
    read_settings,
)

if TYPE_CHECKING:
    from bot.settings import Settings
    from corpus.overrides import Field
    from corpus.sources import Given

ADDRESSES = ("http://", "https://")

TITLES = 10
"""Titles of each kind that a preview prints."""

AUDITED = 100
"""Entries of the audit log that are printed."""


@app.command()
def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Files, folders or http(s) addresses to add; none: the corpus folder.",
        ),
    ] = None,
    as_json: JsonFlag = False,
    confirm_removals: Annotated[
        bool, typer.Option("--confirm-removals", help="Remove articles even if many are gone.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
) -> None:
    """Take articles in; with no SOURCE, bring the catalogue in line with the corpus folder."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415
        from bot.progress import progress_bar  # noqa: PLC0415

        settings = read_settings()
        started = time.perf_counter()
        given = _given(settings, sources) if sources else None
        if dry_run:
            _preview(settings, given, as_json=as_json)
            return
        with opened_engine(settings) as engine, progress_bar() as progress:
            report = engine.ingest(
                given,
                now=settings.now(),
                confirm_removals=confirm_removals,
                on_wait=lambda text: typer.echo(f"attache: {text}", err=True),
                progress=progress,
            )
        seconds = time.perf_counter() - started
        if as_json:
            print_json(payload.report(report, seconds))
        else:
            typer.echo(
                f"Version {report.version}: {report.added} added, {report.changed} changed, "
                f"{report.removed} removed, {report.unchanged} unchanged, "
                f"{len(report.failed)} failed ({seconds:.1f} s)."
            )
        if not as_json:
            for failure in report.failed:
                typer.echo(f"attache: {failure.source}: {failure.error}", err=True)
            _tell_unread(report.quarantined)
        for notice in report.notices:
            typer.echo(f"attache: {notice}", err=True)
        if sources and report.failed and not (report.added + report.changed + report.unchanged):
            raise typer.Exit(2)  # nothing of what was given could be read


@app.command()
def articles(as_json: JsonFlag = False) -> None:
    """List the articles, one line each."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415
        from bot.source_lines import describe  # noqa: PLC0415

        with opened_engine(read_settings()) as engine:
            for article in engine.articles():
                if as_json:
                    print_json(payload.article(article))
                else:
                    places = " ".join((*article.countries, *article.regions))
                    typer.echo(f"{article.id}  {describe(article, 'en')}  {places}")


def _given(settings: Settings, sources: list[str]) -> list[Path | Given]:
    """Files as they are named, and what is at addresses."""
    given: list[Path | Given] = []
    addresses = [source for source in sources if source.lower().startswith(ADDRESSES)]
    if not addresses:
        return [Path(source) for source in sources]
    from bot.commands.sources import opened_sources  # noqa: PLC0415

    with opened_sources(settings) as web:
        for source in sources:
            given.append(web.read(source) if source in addresses else Path(source))
    return given


def _preview(settings: Settings, sources: list[Path | Given] | None, *, as_json: bool) -> None:
    from bot import payload  # noqa: PLC0415
    from bot.ingest_text import forecast_lines  # noqa: PLC0415

    with opened_engine(settings) as engine:
        found = engine.preview(sources)
    if as_json:
        print_json(payload.preview(found))
        return
    for name in ("new", "changed", "removed", "duplicates"):
        titles = getattr(found, name)
        typer.echo(f"{name}: {len(titles)}")
        for title in titles[:TITLES]:
            typer.echo(f"  {title}")
        if len(titles) > TITLES:
            typer.echo(f"  and {len(titles) - TITLES} more")
    typer.echo(f"unchanged: {found.unchanged} ({found.moved} of them moved)")
    if found.forecast is not None:
        for line in forecast_lines(found.forecast, "en"):
            typer.echo(line)
    typer.echo(f"failed: {len(found.failed)}")
    for failure in found.failed:
        typer.echo(f"attache: {failure.source}: {failure.error}", err=True)
    _tell_unread(found.quarantined)
    if found.suspicious:
        typer.echo("attache: so many removals need: attache ingest --confirm-removals", err=True)


def _tell_unread(count: int) -> None:
    if count:
        typer.echo(
            f"attache: {count} of the failed files were refused before and have not changed; they "
            "were not read again; see: attache quarantine",
            err=True,
        )


@app.command()
def quarantine(
    as_json: JsonFlag = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Let the next ingest read them all again.")
    ] = False,
) -> None:
    """List files that were refused, with the reason; they are read again once they change."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415
        from corpus import quarantine as kept  # noqa: PLC0415
        from retrieval.engine import CONSOLE  # noqa: PLC0415

        settings = read_settings()
        with opened_engine(settings) as engine:
            rows = engine.catalogue.engine
            if retry:
                number = kept.release(rows, made_by=CONSOLE, now=settings.now())
                typer.echo(f"The next ingest reads {number} of them again.", err=as_json)
            for each in kept.refused(rows):
                if as_json:
                    print_json(payload.refused(each))
                else:
                    typer.echo(f"{each.since}  {each.source}  {each.digest[:12]}  {each.error}")


@app.command()
def versions(as_json: JsonFlag = False) -> None:
    """List the versions of the corpus that can be gone back to, the newest first."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415

        with opened_engine(read_settings()) as engine:
            for version in engine.versions():
                if as_json:
                    print_json(payload.version(version))
                    continue
                back = f"; back to {version.restores}" if version.restores else ""
                typer.echo(
                    f"{version.number}  {version.published_at}  {version.added} added, "
                    f"{version.changed} changed, {version.removed} removed  "
                    f"{version.made_by or 'unknown'}{back}"
                )


@app.command()
def rollback(
    number: Annotated[int, typer.Argument(metavar="VERSION", help="As attache versions lists it.")],
    as_json: JsonFlag = False,
) -> None:
    """Serve an earlier version of the corpus again, under a new number."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415
        from bot.progress import progress_bar  # noqa: PLC0415

        settings = read_settings()
        with opened_engine(settings) as engine, progress_bar() as progress:
            version = engine.roll_back(
                number,
                now=settings.now(),
                on_wait=lambda text: typer.echo(f"attache: {text}", err=True),
                progress=progress,
            )
        if as_json:
            print_json(payload.version(version))
        else:
            typer.echo(
                f"Version {version.number} holds what version {number} held: {version.added} "
                f"added, {version.changed} changed, {version.removed} removed."
            )
            typer.echo("The next ingest brings it in line with the corpus folder again.")


@app.command()
def fix(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id.")],
    name: Annotated[
        str, typer.Argument(metavar="FIELD", help="event, countries, outlet or title.")
    ],
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="[VALUE]", help="Such as 2020-04-16, VN,GB or words; none: take it back."
        ),
    ] = None,
) -> None:
    """Correct what an article was taken to tell; it stays corrected at every ingest."""
    with one_line_errors():
        from corpus.overrides import known_field, parsed  # noqa: PLC0415

        _override(article, known_field(name), parsed(name, value) if value is not None else None)
        if value is None:
            typer.echo(f"{name} of {article} is what it tells itself after the next ingest.")
        else:
            typer.echo(f"{name} of {article} is corrected.")


@app.command()
def review(
    count: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many articles.")] = 10,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="ARTICLE", help="Its id: it is right as it is."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """List articles whose date is doubtful and that nobody has looked at, the oldest first."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415
        from bot.review_text import evidence_of, why  # noqa: PLC0415
        from bot.source_lines import describe  # noqa: PLC0415
        from corpus.reviews import accept_article, waiting  # noqa: PLC0415
        from retrieval.engine import CONSOLE  # noqa: PLC0415

        settings = read_settings()
        with opened_engine(settings) as engine:
            for article in accept or ():
                accept_article(engine.catalogue, article, made_by=CONSOLE, now=settings.now())
            doubts, total = waiting(engine.catalogue, count)
        for each in doubts:
            if as_json:
                print_json(payload.doubt(each))
                continue
            typer.echo(f"{each.article.id}  {describe(each.article, 'en')}")
            typer.echo(f"  {why(each.reasons, 'en')} {evidence_of(each.article)}".rstrip())
        if not as_json:
            typer.echo(f"{total} to look at. Right: attache review --accept ID; else: attache fix")


@app.command()
def hide(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id.")],
    back: Annotated[bool, typer.Option("--back", help="Put it into service again.")] = False,
) -> None:
    """Take an article out of service; it stays out at every ingest."""
    with one_line_errors():
        _override(article, "hidden", None if back else True)
        typer.echo(f"{article} is {'in service again' if back else 'out of service'}.")


def _override(article: str, name: Field, value: Any) -> None:
    from retrieval.upkeep import override  # noqa: PLC0415

    settings = read_settings()
    with opened_engine(settings) as engine:
        override(
            engine,
            article,
            name,
            value,
            now=settings.now(),
            on_wait=lambda text: typer.echo(f"attache: {text}", err=True),
        )


@app.command()
def audit(as_json: JsonFlag = False) -> None:
    """List what was done to the corpus, by whom and when, the newest first."""
    with one_line_errors(), opened_engine(read_settings()) as engine:
        for entry in engine.audit(AUDITED):
            if as_json:
                print_json(dataclasses.asdict(entry))
            else:
                details = " ".join(f"{name}={value}" for name, value in entry.details.items())
                typer.echo(f"{entry.at}  {entry.who}  {entry.act}  {details}")


@app.command()
def feedback(as_json: JsonFlag = False) -> None:
    """List what readers said of answers, the oldest first."""
    from bot import payload  # noqa: PLC0415
    from bot.feedback import FeedbackStore  # noqa: PLC0415

    with one_line_errors(), opened_engine(read_settings()) as engine:
        for each in FeedbackStore(engine.catalogue.engine).all():
            if as_json:
                print_json(payload.feedback(each))
            else:
                question = (each.content or {}).get("question", "")
                typer.echo(f"{each.at:%Y-%m-%d}  {each.reason}  {each.outcome or '-'}  {question}")
