"""What people may decide on themselves: /language, /reads, /mydata, /forgetme, /privacy."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot import names
from bot.desk import Desk
from bot.handlers.replies import say, user_language
from bot.words import LANGUAGES, words

PREFIX = "me:"
READ = ("vi", "fr", "en", "zh", "ru", "es", "de", "ja", "ko")
"""Languages of articles that are offered."""

_OWN_NAMES = {"en": "English", "fr": "Français", "vi": "Tiếng Việt"}


class PersonalHandlers:
    """Keeps what people choose, and shows or erases what is kept of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def language(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/language: in which language I speak to whoever asks."""
        w = words(user_language(update.effective_user))
        rows = [
            [InlineKeyboardButton(_OWN_NAMES[code], callback_data=f"{PREFIX}language:{code}")]
            for code in LANGUAGES
        ]
        rows.append(
            [InlineKeyboardButton(w.gettext("As my Telegram"), callback_data=f"{PREFIX}language:-")]
        )
        if update.effective_message is not None:
            await update.effective_message.reply_text(
                w.gettext(
                    "In which language shall I speak to you? Questions are answered in theirs."
                ),
                reply_markup=InlineKeyboardMarkup(rows),
            )

    async def reads(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/reads: the languages whose articles come first."""
        user = update.effective_user
        if user is None or update.effective_message is None:
            return
        language = user_language(user)
        preference = await self._desk.people.preference(user.id)
        await update.effective_message.reply_text(
            words(language).gettext(
                "Which languages do you read? What is told in these comes first; none chosen: "
                "all alike."
            ),
            reply_markup=_reading(preference.reads, language),
        )

    async def mydata(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/mydata: all that is kept of whoever asks, as a file, to them alone."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or not await self._in_private(update):
            return
        kept = await self._desk.people.everything(user.id)
        content = json.dumps(kept, ensure_ascii=False, indent=1, default=str).encode()
        await context.bot.send_document(chat.id, InputFile(content, filename="mydata.json"))

    async def forgetme(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/forgetme: asks once more, then erases."""
        if update.effective_message is None or not await self._in_private(update):
            return
        w = words(user_language(update.effective_user))
        row = [
            InlineKeyboardButton(w.gettext("Erase everything"), callback_data=f"{PREFIX}erase"),
            InlineKeyboardButton(w.gettext("Cancel"), callback_data=f"{PREFIX}keep"),
        ]
        await update.effective_message.reply_text(
            w.gettext(
                "I would erase your questions and answers, digests, settings and your access; an "
                "admin would have to let you in again. That it was done stays in the audit log."
            ),
            reply_markup=InlineKeyboardMarkup([row]),
        )

    async def privacy(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/privacy: what is kept and for how long, and what goes where."""
        w = words(user_language(update.effective_user))
        lines = [
            w.gettext(
                "Telegram carries what you write to me; chats with bots are not encrypted end to "
                "end."
            ),
            w.gettext(
                "I keep your questions with their answers for %(days)d days, so that their "
                "sources can be looked at and corrections reach you, and what a follow-up takes "
                "over for half an hour. /private answers and keeps nothing."
            )
            % {"days": self._desk.keep_days},
            w.gettext(
                "So that nobody takes too much, I keep for a day when you last wrote to me and how "
                "many tokens of the language model your questions took."
            ),
            self._model(user_language(update.effective_user)),
            w.gettext(
                "A complaint (👎) is shared with the admins, with its question. /mydata gives all "
                "that is kept of you, /forgetme erases it."
            ),
        ]
        await say(update, "\n\n".join(lines))

    async def pressed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A button under one of these."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None or query.message is None:
            return
        language = user_language(user)
        act, _sign, value = (query.data or "").removeprefix(PREFIX).partition(":")
        people = self._desk.people
        preference = await people.preference(user.id)
        await query.answer()
        with suppress(BadRequest):
            if act == "language" and (value in LANGUAGES or value == "-"):
                chosen = None if value == "-" else value
                await people.prefer(user.id, replace(preference, language=chosen))
                shown = chosen or language
                await query.edit_message_text(words(shown).gettext("As you like."))
            elif act == "reads" and value in READ:
                reads = preference.reads ^ {value}
                await people.prefer(user.id, replace(preference, reads=reads))
                await query.edit_message_reply_markup(_reading(reads, language))
            elif act == "erase" and query.message.chat.type == ChatType.PRIVATE:
                await people.erase(user.id)
                await query.edit_message_text(words(language).gettext("Everything is erased."))
            elif act == "keep":
                text = words(language).gettext("Nothing was changed.")
                await query.edit_message_text(text)

    async def _in_private(self, update: Update) -> bool:
        chat = update.effective_chat
        if chat is not None and chat.type == ChatType.PRIVATE:
            return True
        w = words(user_language(update.effective_user))
        await say(update, w.gettext("Please ask for that in our private chat."))
        return False

    def _model(self, language: str) -> str:
        w = words(language)
        place = self._desk.model_place
        if place is None:
            return w.gettext("No language model is used: nothing is sent anywhere else.")
        host, sends = place
        what = {
            "question": w.gettext("your question and the sentences found for it"),
            "evidence": w.gettext("the sentences found for your question, not its words"),
            "nothing": w.gettext("nothing"),
        }[sends]
        return w.gettext("The language model is at %(host)s; it is sent: %(what)s.") % {
            "host": host,
            "what": what,
        }


def _reading(reads: frozenset[str], language: str) -> InlineKeyboardMarkup:
    buttons = [
        InlineKeyboardButton(
            f"{'✓ ' if code in reads else ''}{names.language_name(code, language)}",
            callback_data=f"{PREFIX}reads:{code}",
        )
        for code in READ
    ]
    return InlineKeyboardMarkup([buttons[n : n + 3] for n in range(0, len(buttons), 3)])
