"""/versions, /rollback and /audit: admins look back at the corpus, and go back."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.ext import ContextTypes

from bot import dates
from bot.complaints import complaint
from bot.desk import Desk
from bot.handlers.replies import admins_only, say, send, user_language
from bot.reasons import reason
from bot.render import Line
from bot.telegram_text import messages
from bot.words import words
from corpus.catalogue import Version
from corpus.errors import BusyError, CorpusError
from retrieval.errors import RetrievalError

AUDITED = 20
"""Entries of the audit log that are shown."""

_log = structlog.stdlib.get_logger(__name__)


class Versions:
    """Lists what can be gone back to, goes back, and tells who did what."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def list(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/versions: number, time, counts and who made each."""
        message = update.effective_message
        if message is None or not await admins_only(update, self._desk):
            return
        language = user_language(update.effective_user)
        versions = await self._desk.corpus.versions()
        if not versions:
            text = words(language).gettext("There is no version of the corpus yet.")
            await say(update, text)
            return
        lines = [Line(_told(version, language), "fact") for version in versions]
        await send(context.bot, message, messages(lines))

    async def roll_back(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/rollback N: serve version N again."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None or not await admins_only(update, self._desk):
            return
        language = user_language(user)
        w = words(language)
        wanted = (context.args or [""])[0]
        if not (wanted.isascii() and wanted.isdigit() and len(context.args or []) == 1):
            await say(update, w.gettext("Which version? Send /rollback and a number of /versions."))
            return
        try:
            version = await self._desk.corpus.roll_back(int(wanted), f"telegram:{user.id}")
        except BusyError as error:
            await say(update, f"{complaint(error, language)}\n{reason(error, language)}")
            return
        except (CorpusError, RetrievalError, OSError) as error:
            _log.warning("rollback failed", error=type(error).__name__)
            await say(
                update,
                w.gettext("Nothing was changed: %(error)s.") % {"error": reason(error, language)},
            )
            return
        lines = [
            _told(version, language),
            w.gettext("The next /ingest brings it in line with the corpus folder again."),
        ]
        await send(context.bot, message, messages([Line(line, "fact") for line in lines]))

    async def audit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/audit: the last acts on the corpus."""
        message = update.effective_message
        if message is None or not await admins_only(update, self._desk):
            return
        language = user_language(update.effective_user)
        entries = await self._desk.corpus.audit(AUDITED)
        if not entries:
            await say(update, words(language).gettext("Nothing was done to the corpus yet."))
            return
        lines = [
            f"{dates.moment(entry.at, language)} · {entry.who} · {entry.act} "
            + " ".join(f"{name}={value}" for name, value in entry.details.items())
            for entry in entries
        ]
        await send(context.bot, message, messages([Line(line, "fact") for line in lines]))


def _told(version: Version, language: str) -> str:
    """A version in one line."""
    w = words(language)
    line = w.gettext(
        "Version %(number)d, %(time)s. Added: %(added)d; changed: %(changed)d; removed: "
        "%(removed)d. By: %(who)s."
    ) % {
        "number": version.number,
        "time": dates.moment(version.published_at, language),
        "added": version.added,
        "changed": version.changed,
        "removed": version.removed,
        "who": version.made_by or w.gettext("unknown"),
    }
    if version.restores:
        line += " " + w.gettext("It brought back version %(number)d.") % {
            "number": version.restores
        }
    return line
