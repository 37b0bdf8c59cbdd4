"""The admin's decision whether readers hear of what changed under their answers."""

from __future__ import annotations

import re
from contextlib import suppress

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.handlers.replies import user_language
from bot.words import words

_DATA = re.compile(r"change:([yn]):(\d{1,18})")


class ChangeButtons:
    """Tell them, or leave it. The first admin who presses decides."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def pressed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """One of the two buttons under what admins were asked."""
        query, user = update.callback_query, update.effective_user
        match = _DATA.fullmatch((query.data if query else None) or "")
        if query is None or user is None:
            return
        w = words(user_language(user))
        if not await self._desk.is_admin(user.id):
            text = w.gettext("Sorry, only an admin can do that.")
            await query.answer(text, show_alert=True)
            return
        decided = match is not None and await self._desk.decide_change(
            int(match[2]), tell=match[1] == "y", decided_by=f"telegram:{user.id}"
        )
        if not decided:
            text = w.gettext("That has been decided already.")
        elif match is not None and match[1] == "y":
            text = w.gettext("They will be told.")
        else:
            text = w.gettext("Nobody will be told.")
        await query.answer(text)
        with suppress(BadRequest):
            await query.edit_message_reply_markup(None)
