"""Correct a document that waits: choose an article of it, a field, and reply with what is right."""

from __future__ import annotations

import contextlib
from typing import cast

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.awaited import Awaited
from bot.desk import Desk
from bot.handlers.asking import Asking
from bot.handlers.keyboards import Button, keyboard, number_in, page_of, shortened
from bot.handlers.replies import admins_only, say, user_language
from bot.reasons import reason
from bot.telegram_text import messages
from bot.upload_text import FIELDS, field_name, name_of, question, understood
from bot.uploads import Upload
from bot.words import words
from corpus.errors import CorpusError
from corpus.overrides import Correction, Field, parsed

PREFIX = "upload:"
KIND = "upload"


def upload_buttons(token: str, language: str) -> InlineKeyboardMarkup:
    """The buttons under the preview of a document."""
    w = words(language)
    first = [
        (w.gettext("Take it in"), f"{PREFIX}take:{token}"),
        (w.gettext("Drop it"), f"{PREFIX}drop:{token}"),
    ]
    return keyboard([first, [(w.gettext("Correct a field"), f"{PREFIX}fix:{token}")]])


class UploadCorrections:
    """The steps from the button to the corrected preview."""

    def __init__(self, desk: Desk, asking: Asking) -> None:
        self._desk = desk
        self._asking = asking

    async def pressed(
        self,
        query: CallbackQuery,
        context: ContextTypes.DEFAULT_TYPE,
        act: str,
        token: str,
        value: str,
        language: str,
    ) -> None:
        """A button of one of the steps. Raises `SourceError` where the document is gone."""
        upload = await self._desk.uploads.get(token)
        if act == "back":
            await _show(query, upload_buttons(token, language))
            return
        number, _, field = value.partition(":")
        if act == "fix" and len(upload.articles) > 1:
            await _show(query, _articles(upload, number_in(number) or 0, language))
            return
        place = number_in(number) or 0
        article = upload.articles[place] if place < len(upload.articles) else None
        if article is None:
            return
        if act != "ask":
            await _show(query, _fields(upload, place, language))
        elif field in FIELDS and query.message is not None:
            awaited = Awaited(KIND, token, f"{field}:{article.id}", query.message.message_id)
            text = question(article, field, language)
            await self._asking.ask(context.bot, query.message, text, awaited)

    async def typed(
        self,
        update: Update,
        context: ContextTypes.DEFAULT_TYPE,
        message: Message,
        awaited: Awaited,
    ) -> str | None:
        """The right value of a field: kept with the document, and the preview shows it."""
        user = update.effective_user
        if user is None or not await admins_only(update, self._desk):
            return None
        language = user_language(user)
        w = words(language)
        field, _, article = awaited.field.partition(":")
        token, text = awaited.subject, message.text or ""
        try:
            value = parsed(field, text)
        except CorpusError as error:
            return w.gettext("Nothing was changed: %(error)s. Please reply again.") % {
                "error": reason(error, language)
            }
        try:
            correction = Correction(article, cast(Field, field), value, f"telegram:{user.id}")
            upload = await self._desk.uploads.correct(token, correction)
        except CorpusError as error:
            await self._desk.answered(message.chat.id, awaited)
            await say(
                update,
                w.gettext("Nothing was changed: %(error)s.") % {"error": reason(error, language)},
            )
            return None
        await self._desk.answered(message.chat.id, awaited)
        if awaited.shown_in is not None:
            with contextlib.suppress(BadRequest):  # it says so already, or somebody deleted it
                await context.bot.edit_message_text(
                    messages(understood(upload, language))[0],
                    message.chat.id,
                    awaited.shown_in,
                    parse_mode=ParseMode.HTML,
                    reply_markup=upload_buttons(token, language),
                )
        await say(update, w.gettext("Noted: so it will be when the document is taken in."))
        return None


def _articles(upload: Upload, page: int, language: str) -> InlineKeyboardMarkup:
    buttons = [
        (f"{number + 1}. {shortened(name_of(article))}", f"{PREFIX}of:{upload.token}:{number}")
        for number, article in enumerate(upload.articles)
    ]
    rows = page_of(buttons, page, lambda other: f"{PREFIX}fix:{upload.token}:{other}")
    return keyboard([*rows, [_back(upload.token, language)]])


def _fields(upload: Upload, place: int, language: str) -> InlineKeyboardMarkup:
    buttons = [
        (_capital(field_name(field, language)), f"{PREFIX}ask:{upload.token}:{place}:{field}")
        for field in FIELDS
    ]
    return keyboard([buttons[:2], buttons[2:], [_back(upload.token, language)]])


def _back(token: str, language: str) -> Button:
    return words(language).gettext("Back"), f"{PREFIX}back:{token}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


async def _show(query: CallbackQuery, buttons: InlineKeyboardMarkup) -> None:
    try:
        await query.edit_message_reply_markup(buttons)
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise
