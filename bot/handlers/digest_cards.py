"""A subscription's card: what it says, and the keyboards under it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from babel.dates import get_day_names
from telegram import CallbackQuery, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot import names
from bot.digest_settings import HOURS, days_in_words
from bot.handlers.keyboards import Button, keyboard, page_of, shortened
from bot.messenger import PREFIX
from bot.render import Line
from bot.schedule import EVERY_DAY, WEEKDAYS
from bot.subscriptions import Subscription
from bot.telegram_text import messages
from bot.words import words
from corpus.topics import display_topic, topic_keys
from corpus.words import fold

CHOSEN = "✓ "


def main_keyboard(found: Subscription, language: str) -> InlineKeyboardMarkup:
    """Everything that can be set."""
    w = words(language)
    start = (
        (w.gettext("Pause"), "pause") if found.state == "active" else (w.gettext("Start"), "start")
    )
    rows = [
        [(w.gettext("Time"), "time"), (w.gettext("Days"), "days"), (w.gettext("City"), "zone")],
        [
            (w.gettext("Countries"), "places"),
            (w.gettext("People"), "people"),
            (w.gettext("Topics"), "topics"),
        ],
        [(w.gettext("Language"), "language"), (w.gettext("Languages of articles"), "sources")],
        [(w.gettext("Length"), "length"), (w.gettext("If nothing is new"), "quiet")],
        [(w.gettext("Muted stories"), "muted")] if found.muted else [],
        [start, (w.gettext("Show now"), "now"), (w.gettext("Delete"), "delete")],
    ]
    return keyboard([[_button(text, name, found) for text, name in row] for row in rows])


def times(found: Subscription) -> InlineKeyboardMarkup:
    """The hours of the day."""
    every = [_button(f"{hour:02}:00", "at", found, f"{hour:02}00") for hour in HOURS]
    return keyboard([every[:5], every[5:]])


def days(found: Subscription, language: str) -> InlineKeyboardMarkup:
    """Sets of days, and each day alone."""
    sets = [
        _button(days_in_words(some, language), "on", found, "".join(map(str, sorted(some))))
        for some in (EVERY_DAY, WEEKDAYS)
    ]
    every = get_day_names("abbreviated", locale=language)
    single = [_button(str(every[day]), "on", found, str(day)) for day in range(7)]
    return keyboard([sets, single[:4], single[4:]])


def topics(found: Subscription, language: str, page: int) -> InlineKeyboardMarkup:
    """All topics by their names, a page of them; those that are wanted are marked."""
    named = sorted(
        ((display_topic(key, language), key) for key in topic_keys()),
        key=lambda each: fold(each[0]),
    )
    buttons = [
        _button(_marked(name, key in found.topics), "topic", found, f"{key}:{page}")
        for name, key in named
    ]
    rows = page_of(
        buttons, page, lambda other: _data("topics", found, str(other)), columns=2, rows=7
    )
    return keyboard([*rows, [_back(found, language)]])


def sources(found: Subscription, codes: Sequence[str], language: str) -> InlineKeyboardMarkup:
    """The languages that articles are in."""
    buttons = [
        _button(
            _marked(names.language_name(code, language), code in found.languages),
            "source",
            found,
            code,
        )
        for code in codes
    ]
    rows = [buttons[start : start + 3] for start in range(0, len(buttons), 3)]
    return keyboard([*rows, [_back(found, language)]])


def muted(
    found: Subscription, stories: Sequence[tuple[str, str]], language: str, page: int
) -> InlineKeyboardMarkup:
    """The stories that are muted, (story, title): each is told of again at its button."""
    text = words(language).gettext("Unmute: %(title)s")
    buttons = [
        _button(text % {"title": shortened(title)}, "unmute", found, f"{mark_of(story)}:{page}")
        for story, title in stories
    ]
    rows = page_of(buttons, page, lambda other: _data("muted", found, str(other)))
    return keyboard([*rows, [_back(found, language)]])


def mark_of(story: str) -> str:
    """A story's name as short as a button needs it, which a story's own may not be."""
    return hashlib.sha256(story.encode()).hexdigest()[:16]


def html(lines: Sequence[str]) -> str:
    """A card's lines, the first of them in bold."""
    styled = [Line(line, "fact" if number else "event") for number, line in enumerate(lines)]
    return messages(styled)[0]


async def edit(
    query: CallbackQuery, lines: Sequence[str], buttons: InlineKeyboardMarkup | None = None
) -> None:
    """Change the card of a button; harmless where it is so already."""
    try:
        await query.edit_message_text(html(lines), parse_mode=ParseMode.HTML, reply_markup=buttons)
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise


def _back(found: Subscription, language: str) -> Button:
    return _button(words(language).gettext("Back"), "card", found)


def _button(text: str, action: str, found: Subscription, value: str = "") -> Button:
    return text, _data(action, found, value)


def _data(action: str, found: Subscription, value: str = "") -> str:
    return f"{PREFIX}{action}:{found.id}" + (f":{value}" if value else "")


def _marked(name: str, chosen: bool) -> str:
    return f"{CHOSEN}{name}" if chosen else name
