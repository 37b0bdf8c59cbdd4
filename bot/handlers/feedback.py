"""👍 and 👎 under answers, and what admins make of them."""

from __future__ import annotations

import re
from contextlib import suppress

import structlog
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.answers import ShownAnswer
from bot.desk import Desk
from bot.feedback import REASONS, Outcome, Reason
from bot.feedback_text import complaint_lines, counts_line, outcome_text, reason_text
from bot.handlers.replies import admins_only, say, topic, user_language
from bot.render import Line
from bot.telegram_text import messages
from bot.words import words

PREFIX = "fb:"
A_TIME = 5
"""Complaints that /feedback shows at once."""

_GIVEN = re.compile(r"fb:(\d{1,18}):(up|down|cancel|" + "|".join(REASONS) + ")")
_DECIDED = re.compile(r"fb:is:(\d{1,18}):(mended|as-it-is)")
_log = structlog.stdlib.get_logger(__name__)


def likes(number: int) -> str:
    """The data of 👍 under answer `number`."""
    return f"{PREFIX}{number}:up"


def dislikes(number: int) -> str:
    """The data of 👎 under answer `number`."""
    return f"{PREFIX}{number}:down"


class FeedbackHandlers:
    """Takes what people say of answers, and tells them what came of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button under an answer, under the question what was wrong, or under a complaint."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None or query.message is None or not query.data:
            return
        language = user_language(user)
        w = words(language)
        decided = _DECIDED.fullmatch(query.data)
        if decided is not None:
            await self._decide(query, context, int(decided[1]), decided[2], user.id, language)  # type: ignore[arg-type]
            return
        given = _GIVEN.fullmatch(query.data)
        answer = None
        if given is not None:
            answer = await self._desk.answers.get(int(given[1]), query.message.chat.id)
        if given is None or answer is None:
            text = w.gettext("This answer is no longer kept. Please ask again.")
            await query.answer(text, show_alert=True)
            return
        act = given[2]
        if act == "up":
            await self._desk.feedback.give(answer, user.id, "good")
            await query.answer(w.gettext("Thank you."))
        elif act == "down":
            await query.answer()
            await self._ask(query, answer, language)
        elif act == "cancel":
            await query.answer()
            with suppress(BadRequest):
                await query.edit_message_text(w.gettext("Nothing was sent."))
        else:
            await self._desk.feedback.give(answer, user.id, _reason(act))
            await query.answer()
            text = w.gettext(
                "Thank you. An admin will look at it, and you will hear what came of it."
            )
            with suppress(BadRequest):
                await query.edit_message_text(text)

    async def list(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/feedback: admins see what readers found wrong, a few at a time."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None or not await admins_only(update, self._desk):
            return
        language = user_language(user)
        w = words(language)
        counts, complaints = await self._desk.feedback.first(A_TIME)
        await say(update, counts_line(counts, language))
        for each in complaints:
            buttons = [
                InlineKeyboardButton(label, callback_data=f"{PREFIX}is:{each.id}:{outcome}")
                for label, outcome in (
                    (w.gettext("It was corrected"), "mended"),
                    (w.gettext("It stays as it is"), "as-it-is"),
                )
            ]
            await context.bot.send_message(
                message.chat.id,
                messages(complaint_lines(each, language))[0],
                parse_mode=ParseMode.HTML,
                message_thread_id=topic(message),
                reply_markup=InlineKeyboardMarkup([buttons]),
            )

    async def _ask(self, query: CallbackQuery, answer: ShownAnswer, language: str) -> None:
        """What was wrong: said before is that the question is shared."""
        w = words(language)
        message = query.message
        assert message is not None  # noqa: S101 - `pressed` has looked
        rows = [
            [
                InlineKeyboardButton(
                    reason_text(reason, language), callback_data=f"{PREFIX}{answer.id}:{reason}"
                )
            ]
            for reason in REASONS
            if reason != "good"
        ]
        cancel = InlineKeyboardButton(
            w.gettext("Cancel"), callback_data=f"{PREFIX}{answer.id}:cancel"
        )
        await query.get_bot().send_message(
            message.chat.id,
            w.gettext(
                "What was wrong? The question and the answer will be shared with the admins of "
                "this bot."
            ),
            message_thread_id=topic(message),
            reply_markup=InlineKeyboardMarkup([*rows, [cancel]]),
        )

    async def _decide(
        self,
        query: CallbackQuery,
        context: ContextTypes.DEFAULT_TYPE,
        number: int,
        outcome: Outcome,
        user: int,
        language: str,
    ) -> None:
        w = words(language)
        if not await self._desk.is_admin(user):
            await query.answer(w.gettext("Sorry, only an admin can do that."), show_alert=True)
            return
        found = await self._desk.feedback.decide(number, outcome, f"telegram:{user}")
        with suppress(BadRequest):
            await query.edit_message_reply_markup(None)
        if found is None:
            await query.answer(w.gettext("That has been decided already."))
            return
        content = found.content or {}
        text = outcome_text(outcome, str(content.get("question", "")), str(content["language"]))
        try:
            await context.bot.send_message(
                found.place.chat,
                messages([Line(text, "fact")])[0],
                parse_mode=ParseMode.HTML,
                message_thread_id=found.place.thread or None,
            )
            await query.answer(w.gettext("The reader has been told."))
        except TelegramError as error:
            _log.info("a reader could not be told", error=type(error).__name__)
            await query.answer(w.gettext("Kept; the reader could not be reached."))


def _reason(text: str) -> Reason:
    return next(reason for reason in REASONS if reason == text)
