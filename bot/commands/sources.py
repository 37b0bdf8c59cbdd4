"""`attache sources`: feeds, sitemaps and pages that are looked at again and again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.base import (
    JsonFlag,
    app,
    fail,
    one_line_errors,
    opened_engine,
    print_json,
    read_settings,
)

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.sources import Sources
    from corpus.columns import Columns

WEB = ("http://", "https://")
UPLOAD = "upload"

sources_app = typer.Typer(
    name="sources",
    help="Feeds, sitemaps and pages that are looked at again and again.",
    no_args_is_help=True,
)
app.add_typer(sources_app)

Address = Annotated[str, typer.Argument(metavar="URL", help="Of a feed, a sitemap or a page.")]


@contextmanager
def opened_sources(settings: Settings) -> Iterator[Sources]:
    """The sources of these settings' corpus."""
    from bot.sources import Sources  # noqa: PLC0415
    from corpus.fetch import Fetcher  # noqa: PLC0415

    with opened_engine(settings) as engine:
        fetcher = Fetcher(private=settings.attache_fetch_private)
        try:
            yield Sources(engine, fetcher)
        finally:
            fetcher.close()


@sources_app.command("add")
def add(
    address: Address,
    outlet: Annotated[
        str | None, typer.Option("--outlet", help="Whose articles they are, where all are.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="ISO 639-1, where all are in one.")
    ] = None,
    every: Annotated[int, typer.Option("--every", help="Minutes between two looks.")] = 60,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="title=Headline,text=Body,…",
            help="For a table, or a folder of them: which columns give text, title, date, outlet, "
            "url, language and id. Kept for every ingest.",
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Add a source; the first look is at the next fetch. Or state the columns of tables."""
    with one_line_errors():
        settings = read_settings()
        if columns is not None:
            _state_columns(settings, address, columns, as_json=as_json)
            return
        if not address.lower().startswith(WEB) and Path(address).exists():
            fail(f"{address}: files are taken in by attache ingest; --columns states columns", 2)
        with opened_sources(settings) as sources:
            source = sources.add(
                address, outlet=outlet, language=language, minutes=every, now=settings.now()
            )
        if as_json:
            print_json(dataclasses.asdict(source))
        else:
            typer.echo(f"{source.id}  {source.kind}  {source.address}  every {source.minutes} min")


def _state_columns(settings: Settings, name: str, columns: str, *, as_json: bool) -> None:
    path = Path(name)
    if not path.exists():  # as failures name it: below the corpus folder
        path = settings.attache_corpus_dir / name
    with opened_sources(settings) as sources:
        stated = sources.state_columns(path, columns, now=settings.now())
    if as_json:
        print_json(dataclasses.asdict(stated))
    else:
        typer.echo(_told(stated))


def _told(stated: Columns) -> str:
    return f"{stated.source}  " + ", ".join(f"{f}={c}" for f, c in stated.columns.items())


@sources_app.command("columns")
def columns_(
    name: Annotated[
        str | None, typer.Argument(metavar="[FILE|FOLDER]", help="With --forget: whose.")
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Go by what the columns are called again.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """List the columns that were stated with attache sources add FILE --columns."""
    with one_line_errors():
        settings = read_settings()
        if forget and name is None:
            fail("say whose columns to forget", 2)
        with opened_sources(settings) as sources:
            if forget and name is not None:
                sources.forget_columns(_named(name), now=settings.now())
            every = sources.columns()
        for stated in every:
            if as_json:
                print_json(dataclasses.asdict(stated))
            else:
                typer.echo(_told(stated))


@sources_app.command("list")
def list_(as_json: JsonFlag = False) -> None:
    """List the sources and what came of the last look."""
    with one_line_errors(), opened_sources(read_settings()) as sources:
        for source in sources.list():
            if as_json:
                print_json(dataclasses.asdict(source))
            else:
                seen = f"{source.seen_at}: {source.result}" if source.seen_at else "not yet seen"
                typer.echo(f"{source.id}  {source.kind}  {source.address}  {seen}")


@sources_app.command("remove")
def remove(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As the list has it.")],
) -> None:
    """Look at a source no more. Its articles stay."""
    with one_line_errors():
        settings = read_settings()
        with opened_sources(settings) as sources:
            source = sources.remove(number, now=settings.now())
        typer.echo(f"{source.address} is no source any more; its articles stay.")


@sources_app.command("test")
def test(address: Address) -> None:
    """Say what is at an address, with its first articles, and keep nothing."""
    with one_line_errors():
        from bot.source_lines import describe  # noqa: PLC0415
        from corpus.failure import Failure  # noqa: PLC0415

        with opened_sources(read_settings()) as sources:
            trial = sources.test(address)
        typer.echo(f"{trial.kind}, {trial.listed} listed")
        for found in trial.first:
            if isinstance(found, Failure):
                typer.echo(f"  {found.source}: {found.error}")
            else:
                typer.echo(f"  {describe(found, 'en')}")


@sources_app.command("rights")
def rights(
    address: Annotated[
        str | None,
        typer.Argument(
            metavar="[ADDRESS|FILE|FOLDER|upload]",
            help="Whose articles; upload: documents sent to the bot; none: list what is stated.",
        ),
    ] = None,
    whole: Annotated[
        str | None,
        typer.Option("--whole", metavar="on|off", help="May readers be sent the whole article?"),
    ] = None,
    remote: Annotated[
        str | None,
        typer.Option(
            "--remote",
            metavar="on|off",
            help="May a language model that is not on this machine see its text?",
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Say what may be done with a source's articles. Both may, but for uploads."""
    with one_line_errors():
        settings = read_settings()
        whole_on, remote_on = _flag("--whole", whole), _flag("--remote", remote)
        says_nothing = whole_on is None and remote_on is None
        if address is None and not says_nothing:
            fail("say whose articles: an address, a file, a folder, or upload", 2)
        with opened_sources(settings) as sources:
            if address is None:
                found = list(sources.rights())
            elif says_nothing:
                found = [sources.right(_named(address))]
            else:
                found = [
                    sources.state_right(
                        _named(address), whole=whole_on, remote=remote_on, now=settings.now()
                    )
                ]
        for right in found:
            if as_json:
                print_json(dataclasses.asdict(right))
            else:
                typer.echo(
                    f"{right.source}  whole: {_on(right.send_whole)}  remote: {_on(right.to_model)}"
                )


def _flag(option: str, value: str | None) -> bool | None:
    if value not in (None, "on", "off"):
        fail(f"{option} {value}: give on or off", 2)
    return None if value is None else value == "on"


def _on(value: bool) -> str:
    return "on" if value else "off"


def _named(address: str) -> str:
    """A file as the shell completes it; else a name below the corpus folder, or an address."""
    path = Path(address)
    is_file = address != UPLOAD and path.exists()
    return str(path.absolute()) if is_file else address


@sources_app.command("fetch")
def fetch(
    due: Annotated[bool, typer.Option("--due", help="Only those whose time has come.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Look at the sources and take in what is new."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415
        from bot.progress import progress_bar  # noqa: PLC0415

        settings = read_settings()
        now = settings.now()
        with opened_sources(settings) as sources, progress_bar() as progress:
            chosen = [each for each in sources.list() if not due or each.is_due(now)]
            result = sources.fetch(chosen, now=now, progress=progress)
        if as_json:
            print_json(payload.fetch(result))
            return
        for source, look in result.looks:
            typer.echo(f"{source.id}  {source.address}  {look.result}")
        if result.report is not None:
            report = result.report
            typer.echo(
                f"Version {report.version}: {report.added} added, {report.changed} changed, "
                f"{len(report.failed)} failed."
            )
