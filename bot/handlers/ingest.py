"""/ingest: admins bring the catalogue in line with the corpus folder."""

from __future__ import annotations

import structlog
from telegram import Update
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.desk import Desk, IngestStoppedError
from bot.handlers.replies import say, send, user_language
from bot.render import Line
from bot.telegram_text import messages
from bot.words import words
from corpus.errors import BusyError, CorpusError
from corpus.ingest import Report
from retrieval.errors import RetrievalError

SHOWN_FAILURES = 5

_log = structlog.stdlib.get_logger(__name__)


class Ingest:
    """Runs an ingest and reports it, while questions go on being answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Start, then report counts, failures and notices. For admins only."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None:
            return
        language = user_language(user)
        w = words(language)
        if not await self._desk.is_admin(user.id):
            await say(update, w.gettext("Sorry, only an admin can do that."))
            return
        await say(
            update,
            w.gettext("Reading the corpus folder. Questions are answered meanwhile."),
        )
        try:
            lines = _report(await self._desk.ingest(), language)
        except IngestStoppedError:
            lines = [
                w.gettext("The bot is stopping. Send /ingest again later; nothing done is lost.")
            ]
        except BusyError as error:
            # Who holds the lock is for admins to know, in the words of the log.
            lines = [complaint(error, language), str(error)]
        except (CorpusError, RetrievalError, OSError) as error:
            _log.exception("ingest failed")
            lines = [w.gettext("The ingest failed: %(error)s") % {"error": error}]
        await send(context.bot, message, messages([Line(line, "fact") for line in lines]))


def _report(report: Report, language: str) -> list[str]:
    w = words(language)
    counts = {
        "version": report.version,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "failed": len(report.failed),
    }
    lines = [
        w.gettext(
            "Corpus version %(version)d. Added: %(added)d; changed: %(changed)d; "
            "removed: %(removed)d; unchanged: %(unchanged)d; failed: %(failed)d."
        )
        % counts
    ]
    lines.extend(
        f"– {failure.source}: {failure.error}" for failure in report.failed[:SHOWN_FAILURES]
    )
    more = len(report.failed) - SHOWN_FAILURES
    if more > 0:
        lines.append(w.ngettext("… and %(n)d more.", "… and %(n)d more.", more) % {"n": more})
    lines.extend(report.notices)
    return lines
