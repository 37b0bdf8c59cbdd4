"""The digest on the console."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.base import (
    JsonFlag,
    app,
    fail,
    one_line_errors,
    print_json,
    read_settings,
    writing_engine,
)

if TYPE_CHECKING:
    from retrieval.digest import Digest, Wanted
    from retrieval.engine import Engine

FEWEST_WORDS, MOST_WORDS = 20, 400
_CODE = re.compile(r"[a-z]{2,3}")


@app.command()
def digest(
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="First day (ISO); none: what arrived in 24 hours."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Last day, included; none: today.")
    ] = None,
    countries: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GB,VN",
            help="Countries that a story must all be about (ISO codes); again: or these.",
        ),
    ] = None,
    people: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME,NAME", help="People of whom a story must name one; again: or."),
    ] = None,
    topics: Annotated[
        list[str] | None,
        typer.Option(metavar="trade,climate", help="Topics of which a story must be on one."),
    ] = None,
    languages: Annotated[
        list[str] | None,
        typer.Option(
            metavar="vi,fr",
            help="Languages of articles (ISO codes) of which a story must have one.",
        ),
    ] = None,
    language: Annotated[
        str, typer.Option(metavar="en|fr|vi", help="The language to tell it in.")
    ] = "en",
    most_words: Annotated[
        int | None,
        typer.Option(
            "--words", min=FEWEST_WORDS, max=MOST_WORDS, help="So many words on each story."
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Tell the stories of some days, each sentence with its citation."""
    with one_line_errors():
        from bot import payload  # noqa: PLC0415
        from bot.digest_text import digest_lines  # noqa: PLC0415
        from bot.render import plain  # noqa: PLC0415
        from bot.words import LANGUAGES, words  # noqa: PLC0415

        if language not in LANGUAGES:
            fail(f"--language {language}: give one of {', '.join(LANGUAGES)}", code=2)
        settings = read_settings()
        first, last = _day(since, "--since"), _day(until, "--until") or settings.now().date()
        if first and first > last:
            fail(f"--since {first} is after --until {last}", code=2)
        wanted = _wanted(countries or (), people or (), topics or (), languages or ())
        with writing_engine(settings, as_json=as_json) as engine:
            value = _made(
                engine,
                first,
                last,
                settings.now(),
                language=language,
                wanted=wanted,
                words=most_words,
            )
        if as_json:
            print_json(payload.digest(value, first, last))
            return
        nothing = words(language).gettext("Nothing new in this time.")
        typer.echo(plain(digest_lines(value)) or nothing)


def _made(
    engine: Engine,
    first: dt.date | None,
    last: dt.date,
    now: dt.datetime,
    language: str,
    wanted: Wanted,
    words: int | None,
) -> Digest:
    from dataclasses import replace  # noqa: PLC0415

    from retrieval.digest import USUAL, Digest, Length  # noqa: PLC0415

    newsroom = engine.newsroom()
    if newsroom is None:
        return Digest(language)
    length = Length(words) if words else USUAL
    if first is None:
        value = newsroom.since(
            now - dt.timedelta(days=1),
            now,
            language=language,
            told={},
            wanted=wanted,
            length=length,
        )
    else:
        value = newsroom.of_days(first, last, language=language, wanted=wanted, length=length)
    return replace(value, stories=tuple(engine.written(each) for each in value.stories))


def _wanted(
    countries: Sequence[str], people: Sequence[str], topics: Sequence[str], languages: Sequence[str]
) -> Wanted:
    from retrieval.digest import Wanted  # noqa: PLC0415

    return Wanted(
        tuple(_codes(each) for each in countries),
        _languages(languages),
        people=_names(people),
        topics=_topics(topics),
    )


def _day(given: str | None, option: str) -> dt.date | None:
    if given is None:
        return None
    day = None
    with contextlib.suppress(ValueError):
        day = dt.date.fromisoformat(given)
    if day is None:
        fail(f"{option} {given}: give a day as 2024-03-31", code=2)
    return day


def _codes(given: str) -> frozenset[str]:
    from corpus.gazetteer import country_codes  # noqa: PLC0415

    codes = frozenset(code.strip().upper() for code in given.split(",") if code.strip())
    unknown = sorted(codes - set(country_codes()))
    if unknown or not codes:
        fail(f"--countries {given}: give ISO codes such as GB,VN", code=2)
    return codes


def _names(given: Sequence[str]) -> tuple[str, ...]:
    from corpus.subjects import Name  # noqa: PLC0415

    names = _listed(given)
    if any(not Name.of(name).parts for name in names) or (given and not names):
        fail(f"--people {', '.join(given)}: give names such as “Emmanuel Macron,Tô Lâm”", code=2)
    return names


def _topics(given: Sequence[str]) -> frozenset[str]:
    keys = frozenset(key.lower() for key in _listed(given))
    if not given:
        return keys
    from corpus.topics import topic_keys  # noqa: PLC0415

    if not keys or not keys <= set(topic_keys()):
        every = ", ".join(sorted(topic_keys()))
        fail(f"--topics {', '.join(given)}: give some of {every}", code=2)
    return keys


def _languages(given: Sequence[str]) -> frozenset[str]:
    codes = frozenset(code.lower() for code in _listed(given))
    if (given and not codes) or any(not _CODE.fullmatch(code) for code in codes):
        fail(f"--languages {', '.join(given)}: give ISO codes such as vi,fr", code=2)
    return codes


def _listed(given: Sequence[str]) -> tuple[str, ...]:
    """What stands between the commas of an option, given once or again."""
    return tuple(part.strip() for each in given for part in each.split(",") if part.strip())
