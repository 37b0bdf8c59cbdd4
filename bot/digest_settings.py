"""A subscription in words and as choices: what its card says, and what is typed into it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from babel.dates import format_time, get_day_names

from bot import dates, names
from bot.schedule import EVERY_DAY, WEEKDAYS
from bot.subscriptions import Subscription
from bot.words import LANGUAGES, words
from bot.zones import city_of
from corpus.countries import find_places
from corpus.gazetteer import country_codes
from corpus.subjects import Name
from corpus.topics import display_topic
from corpus.words import fold

HOURS = (5, 6, 7, 8, 9, 12, 16, 17, 18, 20)
MOST_PEOPLE = 20
_LONGEST_NAME = 80
_ALL = {"all", "everything", "everybody", "tout", "tous", "tat ca", "moi nguoi", "*"}
_BETWEEN = re.compile(r"[,;\n]+")


def card(subscription: Subscription, language: str) -> list[str]:
    """What a subscription is, line by line."""
    w = words(language)
    state = {
        "draft": w.gettext("Not started yet."),
        "active": "",
        "paused": w.gettext("Paused."),
        "blocked": w.gettext("Paused: messages could not be delivered."),
    }[subscription.state]
    if subscription.state == "active" and subscription.due_at is not None:
        state = w.gettext("Next: %(when)s.") % {"when": _when(subscription, language)}
    time = format_time(subscription.time, "HH:mm", locale=language)
    return [
        f"{days_in_words(subscription.days, language)}, {time} "
        f"({city_of(subscription.zone, language)})",
        w.gettext("About: %(places)s") % {"places": places_in_words(subscription.places, language)},
        *_narrowed(subscription, language),
        w.gettext("Told in: %(language)s")
        % {"language": names.language_name(subscription.language, language)},
        w.gettext("Length: %(length)s")
        % {"length": length_in_words(subscription.length, language)},
        w.gettext("If there is nothing new: a line")
        if subscription.tells_nothing_new
        else w.gettext("If there is nothing new: no message"),
        *([state] if state else []),
    ]


def _narrowed(subscription: Subscription, language: str) -> list[str]:
    """The conditions that most digests do not have, and the stories left out."""
    w = words(language)
    lines = []
    if subscription.people:
        named = ", ".join(subscription.people)
        lines.append(w.gettext("People: %(names)s") % {"names": named})
    if subscription.topics:
        topics = ", ".join(sorted(display_topic(key, language) for key in subscription.topics))
        lines.append(w.gettext("Topics: %(topics)s") % {"topics": topics})
    if subscription.languages:
        told = ", ".join(
            sorted(names.language_name(code, language) for code in subscription.languages)
        )
        lines.append(w.gettext("Articles in: %(languages)s") % {"languages": told})
    if subscription.muted:
        number = len(subscription.muted)
        text = w.ngettext("%(n)d story is muted", "%(n)d stories are muted", number)
        lines.append(text % {"n": number})
    return lines


def _when(subscription: Subscription, language: str) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    assert subscription.due_at is not None  # noqa: S101 - only called with one
    at = subscription.due_at.astimezone(ZoneInfo(subscription.zone))
    return f"{dates.day(at.date(), language)}, {format_time(at.time(), 'HH:mm', locale=language)}"


def days_in_words(days: frozenset[int], language: str) -> str:
    w = words(language)
    if days == EVERY_DAY:
        return w.gettext("Every day")
    if days == WEEKDAYS:
        return w.gettext("Monday to Friday")
    every = get_day_names("wide", locale=language)
    return ", ".join(str(every[day]) for day in sorted(days))


def places_in_words(places: Sequence[frozenset[str]], language: str) -> str:
    """ "Vietnam – United Kingdom, France"."""
    if not places:
        return words(language).gettext("everything")
    return ", ".join(
        " – ".join(names.place(code, language) for code in sorted(each)) for each in places
    )


def length_in_words(length: str, language: str) -> str:
    w = words(language)
    return {
        "short": w.gettext("a headline and a sentence"),
        "usual": w.gettext("two or three sentences"),
        "long": w.gettext("about 150 words"),
    }[length]


def read_places(typed: str) -> tuple[frozenset[str], ...] | None:
    """The countries, regions and pairs of them that were typed; None where one is unknown.

    Commas part them; what stands between two commas belongs together: "Vietnam – UK, France".
    """
    if fold(typed).strip() in _ALL:
        return ()
    found = []
    for part in _BETWEEN.split(typed):
        if not part.strip():
            continue
        best = max((_codes(part, language) for language in LANGUAGES), key=len)
        if not best:
            return None
        found.append(best)
    return tuple(found) or None


def _codes(part: str, language: str) -> frozenset[str]:
    known = {code for code in re.findall(r"\b[A-Z]{2}\b", part) if code in country_codes()}
    return frozenset({place.code for place in find_places(part, language)} | known)


def read_people(typed: str) -> tuple[str, ...] | None:
    """The names that were typed, parted by commas; none for everybody, None where one is no name
    or they are too many."""
    if fold(typed).strip() in _ALL:
        return ()
    found = [" ".join(part.split()) for part in _BETWEEN.split(typed) if part.strip()]
    if any(len(name) > _LONGEST_NAME or not Name.of(name).parts for name in found):
        return None
    found = list({Name.of(name): name for name in found}.values())
    return tuple(found) if 0 < len(found) <= MOST_PEOPLE else None


def time_of(given: str) -> dt.time:
    """A time of the day from a button, "0730"."""
    return dt.time(int(given[:2]), int(given[2:]))
