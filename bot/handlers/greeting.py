"""/start and /help: what the bot does, and examples to press."""

from __future__ import annotations

from collections.abc import Callable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.examples import Invitation
from bot.handlers.replies import typing, user_language
from bot.menu import admin_menu, menu
from bot.words import words


class Greeting:
    """Greets in the language of the person's Telegram."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def greet(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start: say what the bot does and offer the example questions as buttons."""
        await self._tell(update, context, _start)

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/help: the same, with every command."""
        await self._tell(update, context, _help)

    async def _tell(
        self,
        update: Update,
        context: ContextTypes.DEFAULT_TYPE,
        text: Callable[[Invitation, str, bool], str],
    ) -> None:
        user, message = update.effective_user, update.effective_message
        if user is None or message is None:
            return
        language = user_language(user)
        async with typing(context.bot, message):
            invitation = await self._desk.invitation(language)
            admin = await self._desk.is_admin(user.id)
        await message.reply_text(
            text(invitation, language, admin), reply_markup=_buttons(invitation)
        )


def _help(invitation: Invitation, language: str, admin: bool) -> str:
    lists = [menu(language), *([admin_menu(language)] if admin else [])]
    told = ("\n".join(f"/{each.command} – {each.description}" for each in one) for one in lists)
    return "\n\n".join([*_what_i_do(language), *told, *_examples(invitation, language)])


def _start(invitation: Invitation, language: str, admin: bool) -> str:
    paragraphs = [*_what_i_do(language), *_examples(invitation, language)]
    if admin:
        paragraphs.append(
            words(language).gettext(
                "For admins: /ingest shows what is new in the corpus folder and takes it in; "
                "/versions lists what /rollback can go back to; /review shows doubtful dates, /fix "
                "corrects an article, /hide takes it out of service; /audit tells who did what; "
                "/status tells what is served."
            )
        )
    return "\n\n".join(paragraphs)


def _what_i_do(language: str) -> list[str]:
    w = words(language)
    return [
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


def _examples(invitation: Invitation, language: str) -> list[str]:
    w = words(language)
    if not invitation.answered:
        return [w.gettext("There is nothing in the corpus yet to show as an example.")]
    examples = w.gettext("Press an example.")
    if invitation.refused:
        examples += " " + w.gettext("The last one is not in this corpus: it shows what I say then.")
    return [examples]


def _buttons(invitation: Invitation) -> InlineKeyboardMarkup | None:
    examples = [*invitation.answered, *([invitation.refused] if invitation.refused else [])]
    if not examples:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.question, callback_data=one.data)] for one in examples]
    )
