"""Which outlet an article is from: its dateline, signature or address, by a table users extend."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from urllib.parse import urlsplit

import yaml

HEAD_CHARS = 700
"""How far into an article a dateline may stand (title, lead and menu remains come before)."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """One row of `corpus/data/outlets.yaml`."""

    name: str
    country: str
    agency: str
    signs: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    word: bool = False


@functools.cache
def outlets() -> tuple[Outlet, ...]:
    """All known outlets."""
    rows = yaml.safe_load((resources.files("corpus") / "data/outlets.yaml").read_text("utf-8"))
    return tuple(
        Outlet(
            row["name"],
            row["country"],
            row["agency"],
            tuple(row.get("signs", ())),
            tuple(row.get("domains", ())),
            row.get("word", False),
        )
        for row in rows
    )


@functools.cache
def _by_sign() -> dict[str, Outlet]:
    table: dict[str, Outlet] = {}
    for outlet in outlets():
        for sign in (outlet.name, *outlet.signs):
            table.setdefault(sign.casefold(), outlet)
    return table


@functools.cache
def _by_domain() -> dict[str, Outlet]:
    table: dict[str, Outlet] = {}
    for outlet in outlets():
        for domain in outlet.domains:
            table.setdefault(domain, outlet)
    return table


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    signs = sorted(
        {s for o in outlets() if not o.word for s in (o.name, *o.signs)}, key=len, reverse=True
    )
    sign = "(" + "|".join(re.escape(s) for s in signs) + ")"
    # "(VOV5) -" or "Hanoi (VNA) –" opens an article; "(TTXVN/Vietnam+)", "-VNA" or
    # "Theo VnExpress" stands alone at its end. Case counts: "map" and "aps" are words.
    # A reporter's line may name it too: "Diplomatic correspondent, BBC News".
    dateline = re.compile(
        rf"\(\s*{sign}\s*\)\s*[-–—:]|^{sign}\s*[-–—]\s|^[^\n.,:]{{3,60}}, {sign}$", re.MULTILINE
    )
    signature = re.compile(
        rf"(?:[-–—/.]\s*|^|\(\s*)(?:(?:Theo|Nguồn|Source|Selon)\s*:?\s*)?{sign}"
        rf"(?:/[\w.+]{{2,12}})?\s*\)?[\s./]*\Z"
    )
    return dateline, signature


def lookup(name: str) -> Outlet | None:
    """The known outlet of that name or spelling, in any case."""
    return _by_sign().get(name.strip().casefold())


def byline_length(sentence: str) -> int:
    """How many characters at the start of `sentence` only name the outlet: "(VOV5) - "."""
    match = _patterns()[0].match(sentence)
    if not match:
        return 0
    return len(sentence) - len(sentence[match.end() :].lstrip(" -–—:"))


def signature_at_end(text: str) -> Outlet | None:
    """The outlet that signs the last line of `text`, if one does."""
    last = text.rstrip()[-120:].rsplit("\n", 1)[-1]
    match = _patterns()[1].search(last)
    return lookup(match.group(1)) if match else None


def find_outlet(text: str, url: str | None = None) -> Outlet | None:
    """The outlet of an article: by its address, else its dateline, else its signature."""
    if url:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        labels = host.split(".")
        for first in range(len(labels) - 1):
            outlet = _by_domain().get(".".join(labels[first:]))
            if outlet:
                return outlet
    match = _patterns()[0].search(text[:HEAD_CHARS])
    if match:
        return lookup(next(sign for sign in match.groups() if sign))
    return signature_at_end(text)
