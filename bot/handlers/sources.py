"""/sources: admins list, try, add and remove what the corpus is fed from."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.handlers.replies import admins_only, say, send, typing, user_language
from bot.reasons import reason
from bot.render import Line
from bot.source_lines import describe
from bot.sources import Trial
from bot.telegram_text import messages
from bot.words import words
from corpus.errors import CorpusError
from corpus.failure import Failure
from corpus.rights import UPLOAD, Right
from corpus.source_list import Source

_ACTS = {"list": 0, "add": 1, "test": 1, "remove": 1}
"""How many words follow each."""

_SWITCH = {"on": True, "off": False}
_log = structlog.stdlib.get_logger(__name__)


class SourcesCommand:
    """Does in chat what `attache sources` does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/sources, or one of: add ADDRESS, test ADDRESS, remove NUMBER, rights, rights ADDRESS
        whole|remote on|off. For admins only."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None or not await admins_only(update, self._desk):
            return
        language = user_language(user)
        w = words(language)
        act, *rest = context.args or ["list"]
        if not _makes_sense(act, rest):
            await say(
                update,
                w.gettext(
                    "Send /sources for the list, /sources test ADDRESS to try one, /sources add "
                    "ADDRESS to add it, /sources remove NUMBER to remove one."
                )
                + "\n"
                + w.gettext(
                    "Send /sources rights to see what may be done with the articles; /sources "
                    "rights ADDRESS whole off, or remote off, forbids sending them whole, or to a "
                    "language model elsewhere; on allows it. For ADDRESS, upload stands for the "
                    "documents sent here."
                ),
            )
            return
        try:
            async with typing(context.bot, message):
                lines = await self._done(act, rest, f"telegram:{user.id}", language)
        except (CorpusError, OSError) as error:
            _log.info("a source was not taken", act=act, error=type(error).__name__)
            await say(
                update,
                w.gettext("Nothing was changed: %(error)s.") % {"error": reason(error, language)},
            )
            return
        await send(context.bot, message, messages([Line(line, "fact") for line in lines]))

    async def _done(self, act: str, rest: list[str], who: str, language: str) -> list[str]:
        w = words(language)
        if act == "add":
            return [_told(await self._desk.sources.add(rest[0], who), language)]
        if act == "test":
            return _trial(await self._desk.sources.test(rest[0]), language)
        if act == "remove":
            number = int(rest[0]) if rest[0].isascii() and rest[0].isdigit() else 0
            source = await self._desk.sources.remove(number, who)
            text = w.gettext("%(address)s is no source any more; its articles stay.")
            return [text % {"address": source.address}]
        if act == "rights":
            if not rest:
                return [_right(each, language) for each in await self._desk.sources.rights()]
            *name, flag, switch = rest
            stated = await self._desk.sources.state_right(
                " ".join(name), flag, who, on=_SWITCH[switch]
            )
            return [_right(stated, language)]
        every = await self._desk.sources.all()
        if not every:
            return [w.gettext("There is no source yet. Send /sources add and an address.")]
        return [_told(source, language) for source in every]


def _told(source: Source, language: str) -> str:
    """ "3 · feed · https://… · every 60 minutes · 12 read"."""
    w = words(language)
    every = w.ngettext("every %(n)d minute", "every %(n)d minutes", source.minutes)
    parts = [str(source.id), source.kind, source.address, every % {"n": source.minutes}]
    parts.append(
        reason(source.result, language) if source.result else w.gettext("not looked at yet")
    )
    return " · ".join(parts)


def _makes_sense(act: str, rest: list[str]) -> bool:
    """Whether that is something to do. A name may have spaces, a right and a switch are last."""
    if act != "rights":
        return _ACTS.get(act) == len(rest)
    return not rest or (len(rest) > 2 and rest[-2] in ("whole", "remote") and rest[-1] in _SWITCH)


def _right(right: Right, language: str) -> str:
    """ "upload · whole articles to readers: no · text to a language model elsewhere: no"."""
    w = words(language)
    name = w.gettext("documents sent here (upload)") if right.source == UPLOAD else right.source
    said = {True: w.gettext("yes"), False: w.gettext("no")}
    text = w.gettext(
        "%(source)s · whole articles to readers: %(whole)s · text to a language model elsewhere: "
        "%(remote)s"
    )
    return text % {
        "source": name,
        "whole": said[right.send_whole],
        "remote": said[right.to_model],
    }


def _trial(trial: Trial, language: str) -> list[str]:
    listed = words(language).ngettext("%(n)d article", "%(n)d articles", trial.listed)
    lines = [f"{trial.kind}: {listed % {'n': trial.listed}}"]
    for found in trial.first:
        if isinstance(found, Failure):
            lines.append(f"{found.source}: {reason(found.error, language)}")
        else:
            lines.append(describe(found, language))
    return lines
