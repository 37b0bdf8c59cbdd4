"""What a subscription's digest says, as messages: the stories, or that there is nothing new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot import dates, payload
from bot.deliveries import Composed
from bot.digest_text import digest_lines, headline, headline_line
from bot.render import Line
from bot.source_lines import describe
from bot.subscriptions import LENGTHS, Subscription
from bot.telegram_text import messages
from bot.words import words
from corpus.source_list import sources
from retrieval.digest import Digest, StoryNews
from retrieval.engine import Engine


def compose(
    engine: Engine,
    subscription: Subscription,
    begin: dt.datetime,
    end: dt.datetime,
    told: Mapping[str, dt.datetime],
) -> Composed:
    """The digest of what arrived between two instants, given when each story was last told."""
    language = subscription.language
    room = engine.newsroom()
    digest = Digest(language)
    if room is not None:
        digest = room.since(
            begin,
            end,
            language=language,
            told=told,
            wanted=subscription.wanted,
            length=LENGTHS[subscription.length],
        )
        digest = replace(digest, stories=tuple(engine.written(each) for each in digest.stories))
    lines = list(digest_lines(digest))
    if not digest.stories:
        if not subscription.tells_nothing_new:
            return Composed((), ())
        lines.insert(0, Line(_nothing_new(engine, language), "fact"))
    parts = messages([Line(heading(subscription, end), "heading"), *lines])
    stories = tuple(each.story for each in digest.stories)
    contents = tuple(_content(each, language) for each in digest.stories)
    return Composed(tuple(parts), stories, _headlines(parts, digest.stories), contents)


def _content(story: StoryNews, language: str) -> dict[str, Any]:
    """What is kept of a story, so that its sources can be looked at later."""
    content = payload.told(story, language)
    for source, entry in zip(story.answer.sources, content["sources"], strict=True):
        entry["line"] = describe(source.article, language)
    return content


def _headlines(parts: Sequence[str], stories: Sequence[StoryNews]) -> tuple[tuple[int, str], ...]:
    """In which of the messages each story begins, and its headline."""
    found = []
    part = start = 0
    for story in stories:
        # As it is set within a message; stories stand there in this order.
        shown = next(iter(messages([headline_line(story)])), "")
        for number in range(part, len(parts)):
            at = parts[number].find(shown, start if number == part else 0)
            if at >= 0:
                part, start = number, at + len(shown)
                break
        found.append((part, headline(story)))
    return tuple(found)


def heading(subscription: Subscription, at: dt.datetime) -> str:
    """ "Digest · Monday 30 November 2026", of the day it is where the subscription is read."""
    language = subscription.language
    day = at.astimezone(ZoneInfo(subscription.zone)).date()
    name = words(language).gettext("Digest")
    return f"{name} · {dates.weekday(day, language)}"


def _nothing_new(engine: Engine, language: str) -> str:
    """One line, with the health of the sources: silence may mean that they fail."""
    w = words(language)
    every = sources(engine.catalogue.engine)
    failing = [source for source in every if source.failures]
    if not every:
        return w.gettext("Nothing new.")
    if failing:
        return w.ngettext(
            "Nothing new; %(failing)d of %(n)d source is failing.",
            "Nothing new; %(failing)d of %(n)d sources are failing.",
            len(every),
        ) % {"failing": len(failing), "n": len(every)}
    return w.ngettext(
        "Nothing new; %(n)d source was looked at and is well.",
        "Nothing new; %(n)d sources were looked at and are well.",
        len(every),
    ) % {"n": len(every)}
