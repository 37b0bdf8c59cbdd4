"""The buttons under an answer: each source's own words, on tap."""

from __future__ import annotations

import re
from contextlib import suppress

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.complaints import complaint
from bot.desk import Desk
from bot.evidence import Evidence
from bot.evidence_text import evidence_text, whole_article
from bot.handlers.replies import topic, typing, user_language
from bot.reasons import reason
from bot.words import words
from corpus.errors import BusyError, CorpusError
from retrieval.errors import RetrievalError

PREFIX = "ev:"
_DATA = re.compile(r"ev:(\d{1,18}):(\d{1,3}):(\d{1,3})(?::([opwhHc]))?")
"""Answer, source, passage, act: o opens, p pages, w whole article, h hides (H for sure), c says
how to correct."""


def opens(number: int, source: int) -> str:
    """The data of the button that shows source `source` of answer `number`."""
    return f"{PREFIX}{number}:{source}:0:o"


class EvidenceButtons:
    """Shows what stands behind an answer. What a button carries is looked up, never trusted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button under an answer, or under a source's words."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None or query.message is None:
            return
        language = user_language(user)
        match = _DATA.fullmatch(query.data or "")
        found = None
        if match is not None:
            number, source, place = (int(part) for part in match.groups()[:3])
            answer = await self._desk.answers.get(number, query.message.chat.id)
            found = await self._desk.answers.evidence(answer, source, place) if answer else None
        if match is None or found is None:
            text = words(language).gettext("This answer is no longer kept. Please ask again.")
            await query.answer(text, show_alert=True)
            return
        act = match[4] or "o"
        if act in "hHc":
            await self._corrected(query, found, act, user.id, language)
            return
        if act == "w" and not await self._desk.answers.may_send_whole(found):
            text = words(language).gettext("Articles of this source may not be sent whole.")
            await query.answer(text, show_alert=True)
            return
        await query.answer()
        if act == "w":
            await self._whole(query, context, found)
            return
        await self._shown(query, context, found, user.id, in_place=act == "p")

    async def _shown(
        self,
        query: CallbackQuery,
        context: ContextTypes.DEFAULT_TYPE,
        found: Evidence,
        user: int,
        *,
        in_place: bool,
    ) -> None:
        """Show it below, or in the place of what the button stands under; the translation follows
        when it is there."""
        message = query.message
        assert message is not None  # noqa: S101 - `pressed` has looked
        buttons = _buttons(found, admin=await self._desk.is_admin(user))
        text = evidence_text(found)
        if in_place:
            number = message.message_id
            with suppress(BadRequest):  # the same again, or gone
                await query.edit_message_text(text, parse_mode=ParseMode.HTML, reply_markup=buttons)
        else:
            sent = await context.bot.send_message(
                message.chat.id,
                text,
                parse_mode=ParseMode.HTML,
                message_thread_id=topic(message),
                reply_markup=buttons,
            )
            number = sent.message_id
        translation = await self._desk.answers.translation(found, user)
        if translation is not None:
            with suppress(TelegramError):  # it has been paged on, or deleted
                await context.bot.edit_message_text(
                    evidence_text(found, translation),
                    message.chat.id,
                    number,
                    parse_mode=ParseMode.HTML,
                    reply_markup=buttons,
                )

    async def _whole(
        self, query: CallbackQuery, context: ContextTypes.DEFAULT_TYPE, found: Evidence
    ) -> None:
        message = query.message
        assert message is not None  # noqa: S101 - `pressed` has looked
        if found.article is None:
            return
        content, name = whole_article(found.article, found.answer.language)
        async with typing(context.bot, message):
            await context.bot.send_document(
                message.chat.id,
                InputFile(content, filename=name),
                message_thread_id=topic(message),
            )

    async def _corrected(
        self, query: CallbackQuery, found: Evidence, act: str, user: int, language: str
    ) -> None:
        """What admins may do with the article that is cited."""
        w = words(language)
        if not await self._desk.is_admin(user):
            await query.answer(w.gettext("Sorry, only an admin can do that."), show_alert=True)
            return
        article = found.cited.article
        if act == "c":
            await query.answer()
            text = w.gettext("Copy one, and write what is right:")
            examples = ("event 2020-04-16", "countries VN,GB", "outlet …", "title …")
            lines = [text, *(f"<code>/fix {article} {each}</code>" for each in examples)]
            await query.get_bot().send_message(
                query.message.chat.id,  # type: ignore[union-attr] # `pressed` has looked
                "\n".join(lines),
                parse_mode=ParseMode.HTML,
                message_thread_id=topic(query.message),  # type: ignore[arg-type]
            )
            return
        if act == "h":
            await query.answer()
            sure = [
                InlineKeyboardButton(w.gettext("Hide it"), callback_data=_data(found, "H")),
                InlineKeyboardButton(w.gettext("Cancel"), callback_data=_data(found, "p")),
            ]
            with suppress(BadRequest):
                await query.edit_message_reply_markup(InlineKeyboardMarkup([sure]))
            return
        try:
            await self._desk.corpus.override(article, "hidden", True, f"telegram:{user}")
        except BusyError as error:
            await query.answer(complaint(error, language)[:200], show_alert=True)
            return
        except (CorpusError, RetrievalError, OSError) as error:
            text = w.gettext("Nothing was changed: %(error)s.") % {"error": reason(error, language)}
            await query.answer(text[:200], show_alert=True)
            return
        await query.answer(w.gettext("It is out of service."))
        again = await self._desk.answers.evidence(found.answer, found.number, found.place)
        if again is not None:
            with suppress(BadRequest):
                await query.edit_message_text(
                    evidence_text(again),
                    parse_mode=ParseMode.HTML,
                    reply_markup=_buttons(again, admin=True),
                )


def _data(found: Evidence, act: str, place: int | None = None) -> str:
    at = found.place if place is None else place
    return f"{PREFIX}{found.answer.id}:{found.number}:{at}:{act}"


def _buttons(found: Evidence, *, admin: bool) -> InlineKeyboardMarkup:
    """Other passages of the source, the article, and what an admin may do."""
    w = words(found.answer.language)
    rows = []
    if found.count > 1:
        rows.append(
            [
                InlineKeyboardButton("‹", callback_data=_data(found, "p", _turn(found, -1))),
                InlineKeyboardButton(
                    f"{found.place + 1}/{found.count}", callback_data=_data(found, "p")
                ),
                InlineKeyboardButton("›", callback_data=_data(found, "p", _turn(found, 1))),
            ]
        )
    if found.article is not None:
        whole = w.gettext("Whole article")
        rows.append([InlineKeyboardButton(whole, callback_data=_data(found, "w"))])
    if admin and found.standing != "gone":
        rows.append(
            [
                InlineKeyboardButton(w.gettext("Correct …"), callback_data=_data(found, "c")),
                InlineKeyboardButton(w.gettext("Hide …"), callback_data=_data(found, "h")),
            ]
        )
    return InlineKeyboardMarkup(rows)


def _turn(found: Evidence, by: int) -> int:
    return (found.place + by) % found.count
