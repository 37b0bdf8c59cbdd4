"""/start and /help: what the bot does, and examples to press."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.examples import Invitation
from bot.handlers.replies import typing, user_language
from bot.words import words


class Greeting:
    """Greets in the language of the person's Telegram."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def greet(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what the bot does and offer the example questions as buttons."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None:
            return
        language = user_language(user)
        async with typing(context.bot, message):
            invitation = await self._desk.invitation(language)
            admin = await self._desk.is_admin(user.id)
        await message.reply_text(
            _text(invitation, language, admin=admin), reply_markup=_buttons(invitation)
        )


def _text(invitation: Invitation, language: str, *, admin: bool) -> str:
    w = words(language)
    paragraphs = [
        w.gettext(
            "I answer questions from a corpus of press articles: which countries met, when, and "
            "what was said. Every sentence comes with its source, in the source's own words."
        ),
        w.gettext(
            "Write in Vietnamese, French or English. Name countries, a period or an outlet, and "
            "I keep to them. Within half an hour you may go on briefly, as with “and in 2021?”; a "
            "whole question stands alone. /reset makes me forget."
        ),
        w.gettext(
            "/digest sends what is new each day, at the hour and on the countries you choose."
        ),
    ]
    if invitation.answered:
        examples = w.gettext("Press an example.")
        if invitation.refused:
            examples += " " + w.gettext(
                "The last one is not in this corpus: it shows what I say then."
            )
        paragraphs.append(examples)
    else:
        paragraphs.append(w.gettext("There is nothing in the corpus yet to show as an example."))
    if admin:
        paragraphs.append(
            w.gettext(
                "For admins: /ingest shows what is new in the corpus folder and takes it in; "
                "/versions lists what /rollback can go back to; /review shows doubtful dates, /fix "
                "corrects an article, /hide takes it out of service; /audit tells who did what; "
                "/status tells what is served."
            )
        )
    return "\n\n".join(paragraphs)


def _buttons(invitation: Invitation) -> InlineKeyboardMarkup | None:
    examples = [*invitation.answered, *([invitation.refused] if invitation.refused else [])]
    if not examples:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.question, callback_data=one.data)] for one in examples]
    )
