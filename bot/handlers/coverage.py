"""/coverage: how many articles there are, by month, country and language."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot import dates, names
from bot.desk import Desk
from bot.handlers.replies import say, send, send_pictures, typing, user_language
from bot.render import Line
from bot.telegram_text import messages
from bot.words import words
from corpus.coverage import Coverage

MOST = 12


class CoverageCommand:
    """Counts what is there, so that people know what to ask for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A picture, and the same in words."""
        message = update.effective_message
        if message is None:
            return
        language = user_language(update.effective_user)
        found = await self._desk.corpus.coverage()
        if found is None or not found.articles:
            await say(update, words(language).gettext("The corpus is empty."))
            return
        async with typing(context.bot, message):
            picture = await self._desk.corpus.coverage_picture(found, language)
            await send_pictures(context.bot, message, [picture])
            lines = [Line(line, "fact") for line in _lines(found, language)]
            await send(context.bot, message, messages(lines))


def _lines(value: Coverage, language: str) -> list[str]:
    w = words(language)
    count = w.ngettext("%(n)d article", "%(n)d articles", value.articles) % {"n": value.articles}
    lines = [count]
    if value.months:
        first, last = value.months[0][0], value.months[-1][0]
        lines.append(
            w.gettext("From %(first)s to %(last)s.")
            % {"first": dates.month(first, language), "last": dates.month(last, language)}
        )
    if value.undated:
        text = w.ngettext("%(n)d without a date.", "%(n)d without a date.", value.undated)
        lines.append(text % {"n": value.undated})
    listed = (
        [(names.language_name(code, language), number) for code, number in value.languages],
        [(names.place(code, language), number) for code, number in value.countries[:MOST]],
    )
    lines.extend(", ".join(f"{name} {number}" for name, number in each) for each in listed if each)
    return lines
