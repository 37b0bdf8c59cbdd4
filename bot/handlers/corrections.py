"""/fix and /hide: admins correct what an article was taken to tell, or take it out of service."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.desk import Desk
from bot.handlers.replies import admins_only, say, user_language
from bot.reasons import reason
from bot.words import words
from corpus.errors import BusyError, CorpusError
from corpus.overrides import Field, known_field, parsed
from retrieval.errors import RetrievalError


class Corrections:
    """Sets what admins say about articles."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def fix(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/fix ID FIELD VALUE: correct a field; without a value, take that back."""
        if not await admins_only(update, self._desk):
            return
        language = user_language(update.effective_user)
        w = words(language)
        article, name, *value = [*(context.args or []), "", ""]
        if not article or not name:
            await say(
                update,
                w.gettext(
                    "Send /fix, an article’s id, then event, countries, outlet or title, and what "
                    "is right: /fix a1 event 2020-04-16, /fix a1 countries VN,GB. Without it, the "
                    "correction is taken back."
                ),
            )
            return
        text = " ".join(value).strip()
        try:
            field = known_field(name)
            set_to = parsed(name, text) if text else None
        except CorpusError as error:
            await say(
                update,
                w.gettext("Nothing was changed: %(error)s.") % {"error": reason(error, language)},
            )
            return
        await self._set(update, article, field, set_to)

    async def hide(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/hide ID: take an article out of service."""
        await self._hidden(update, context, True)

    async def show(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/show ID: put it into service again."""
        await self._hidden(update, context, None)

    async def _hidden(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, value: bool | None
    ) -> None:
        if not await admins_only(update, self._desk):
            return
        if len(context.args or []) != 1:
            w = words(user_language(update.effective_user))
            await say(update, w.gettext("Send /hide or /show and an article’s id."))
            return
        (article,) = context.args or [""]
        await self._set(update, article, "hidden", value)

    async def _set(self, update: Update, article: str, field: Field, value: Any) -> None:
        user = update.effective_user
        if user is None:
            return
        language = user_language(user)
        w = words(language)
        try:
            version = await self._desk.corpus.override(article, field, value, f"telegram:{user.id}")
        except BusyError as error:
            await say(update, f"{complaint(error, language)}\n{reason(error, language)}")
        except (CorpusError, RetrievalError, OSError) as error:
            await say(
                update,
                w.gettext("Nothing was changed: %(error)s.") % {"error": reason(error, language)},
            )
        else:
            await say(
                update,
                w.gettext("Done. Corpus version %(version)d.") % {"version": version.number},
            )
