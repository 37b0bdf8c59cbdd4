"""/sources: admins list, try, add and remove what the corpus is fed from."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.handlers.replies import admins_only, say, send, typing, user_language
from bot.render import Line
from bot.source_lines import describe
from bot.sources import Trial
from bot.telegram_text import messages
from bot.words import words
from corpus.errors import CorpusError
from corpus.failure import Failure
from corpus.source_list import Source

_ACTS = {"add", "test", "remove"}
_log = structlog.stdlib.get_logger(__name__)


class SourcesCommand:
    """Does in chat what `attache sources` does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/sources, or one of: add ADDRESS, test ADDRESS, remove NUMBER. For admins only."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None or not await admins_only(update, self._desk):
            return
        language = user_language(user)
        w = words(language)
        act, *rest = context.args or ["list"]
        if act != "list" and (act not in _ACTS or len(rest) != 1):
            await say(
                update,
                w.gettext(
                    "Send /sources for the list, /sources test ADDRESS to try one, /sources add "
                    "ADDRESS to add it, /sources remove NUMBER to remove one."
                ),
            )
            return
        try:
            async with typing(context.bot, message):
                lines = await self._done(act, rest, f"telegram:{user.id}", language)
        except (CorpusError, OSError) as error:
            _log.info("a source was not taken", act=act, error=type(error).__name__)
            await say(update, w.gettext("Nothing was changed: %(error)s.") % {"error": error})
            return
        await send(context.bot, message, messages([Line(line, "fact") for line in lines]))

    async def _done(self, act: str, rest: list[str], who: str, language: str) -> list[str]:
        w = words(language)
        if act == "add":
            return [_told(await self._desk.add_source(rest[0], who), language)]
        if act == "test":
            return _trial(await self._desk.test_source(rest[0]), language)
        if act == "remove":
            number = int(rest[0]) if rest[0].isascii() and rest[0].isdigit() else 0
            source = await self._desk.remove_source(number, who)
            text = w.gettext("%(address)s is no source any more; its articles stay.")
            return [text % {"address": source.address}]
        every = await self._desk.sources()
        if not every:
            return [w.gettext("There is no source yet. Send /sources add and an address.")]
        return [_told(source, language) for source in every]


def _told(source: Source, language: str) -> str:
    """ "3 · feed · https://… · every 60 minutes · 12 read"."""
    w = words(language)
    every = w.ngettext("every %(n)d minute", "every %(n)d minutes", source.minutes)
    parts = [str(source.id), source.kind, source.address, every % {"n": source.minutes}]
    parts.append(source.result or w.gettext("not looked at yet"))
    return " · ".join(parts)


def _trial(trial: Trial, language: str) -> list[str]:
    listed = words(language).ngettext("%(n)d article", "%(n)d articles", trial.listed)
    lines = [f"{trial.kind}: {listed % {'n': trial.listed}}"]
    for found in trial.first:
        if isinstance(found, Failure):
            lines.append(f"{found.source}: {found.error}")
        else:
            lines.append(describe(found, language))
    return lines
