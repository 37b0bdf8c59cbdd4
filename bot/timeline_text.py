"""A timeline as a list: each event with its day, its headline and its sources."""

from __future__ import annotations

from itertools import groupby

from bot import dates
from bot.render import Line, understood
from bot.source_lines import describe, short_title
from bot.timeline_picture import Entry
from bot.words import words
from retrieval.timeline import Happening, Timeline

MOST = 30
"""Events that are shown, the latest."""


def timeline_lines(value: Timeline, language: str) -> list[Line]:
    """What was understood, the events by year, then the source of each."""
    w = words(language)
    shown = value.happenings[-MOST:]
    count = len(value.happenings)
    head = w.ngettext("%(n)d dated event", "%(n)d dated events", count) % {"n": count}
    found = {"understood": title(value, language), "found": head}
    lines = [Line(w.gettext("%(understood)s: %(found)s.") % found, "heading")]
    if count > len(shown):
        text = w.gettext("The latest %(n)d are shown; name a period for others.")
        lines.append(Line(text % {"n": len(shown)}, "note"))
    numbered = list(enumerate(shown, start=1))
    for year, happenings in groupby(numbered, lambda each: each[1].event.start[:4]):
        lines.append(Line(year, "event", gap=True))
        lines.extend(Line(_entry(number, each, language), "fact") for number, each in happenings)
    if value.undated:
        text = w.ngettext(
            "%(n)d more article gives no day with its year.",
            "%(n)d more articles give no day with its year.",
            value.undated,
        )
        lines.append(Line(text % {"n": value.undated}, "note", gap=True))
    lines.extend(
        Line(f"[{number}] {describe(each.article, language)}", "source", gap=number == 1)
        for number, each in numbered
    )
    return lines


def title(value: Timeline, language: str) -> str:
    """What was understood: "Vietnam – United Kingdom, 2020"."""
    return understood(value.query, language)


def entries(value: Timeline, language: str) -> list[Entry]:
    """The events that are shown, as the picture has them."""
    return [
        Entry(
            each.event.start[:4],
            day(each, language),
            short_title(each.article),
            " · ".join(each.outlets[:3]),
        )
        for each in value.happenings[-MOST:]
    ]


def _entry(number: int, value: Happening, language: str) -> str:
    """ "16 April 2020 – “Title” [1] (3 outlets, 2 independent)"."""
    w = words(language)
    text = f"{day(value, language)} – {short_title(value.article)} [{number}]"
    if len(value.outlets) > 1:
        outlets = w.ngettext("%(n)d outlet", "%(n)d outlets", len(value.outlets))
        independent = w.ngettext("%(n)d independent", "%(n)d independent", value.origins)
        text += f" ({outlets % {'n': len(value.outlets)}}, {independent % {'n': value.origins}})"
    return text


def day(value: Happening, language: str) -> str:
    """The day of an event, and whether it was only announced or its year inferred."""
    w = words(language)
    text = dates.event_day(value.event, language)
    if value.event.announced:
        return w.gettext("announced for %(day)s") % {"day": text}
    if value.event.year_basis == "inferred":
        return w.gettext("%(day)s (year inferred)") % {"day": text}
    return text
