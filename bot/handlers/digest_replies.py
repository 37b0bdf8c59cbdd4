"""What is typed into a subscription: its city, its countries, its people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram import MaybeInaccessibleMessage, Message, Update
from telegram.constants import ParseMode
from telegram.ext import ContextTypes

from bot.awaited import Awaited
from bot.desk import Desk
from bot.digest_settings import MOST_PEOPLE, card, read_people, read_places
from bot.handlers.asking import Asking
from bot.handlers.digest_cards import html, main_keyboard
from bot.handlers.digest_rights import may_set_up, place_of
from bot.handlers.replies import say, topic, user_language
from bot.subscriptions import Subscription
from bot.words import words
from bot.zones import zone_of

KIND = "digest"
TYPED = ("zone", "places", "people")
"""The fields of a subscription that are typed."""


class DigestReplies:
    """Asks for what buttons cannot hold, and takes it."""

    def __init__(self, desk: Desk, asking: Asking) -> None:
        self._desk = desk
        self._asking = asking

    async def ask(
        self,
        context: ContextTypes.DEFAULT_TYPE,
        message: MaybeInaccessibleMessage,
        found: Subscription,
        field: str,
        language: str,
    ) -> None:
        """Ask for one of the fields in `TYPED`."""
        w = words(language)
        text = {
            "zone": w.gettext("Which city's clock? Reply with its name."),
            "places": w.gettext(
                "Which countries? Reply with names; a dash joins a pair: Vietnam – UK, France. "
                "Reply “all” for everything."
            ),
            "people": w.gettext(
                "News of whom? Reply with names, parted by commas: Emmanuel Macron, Tô Lâm. Reply "
                "“all” for everybody."
            ),
        }[field]
        awaited = Awaited(KIND, str(found.id), field)
        await self._asking.ask(context.bot, message, text, awaited)

    async def typed(
        self,
        update: Update,
        context: ContextTypes.DEFAULT_TYPE,
        message: Message,
        awaited: Awaited,
    ) -> str | None:
        """Take what was typed, and show the card; else what is wrong with it."""
        if not await may_set_up(self._desk, update, context):
            return None
        language = user_language(update.effective_user)
        w = words(language)
        found = await self._desk.digests.get(int(awaited.subject))
        if found is None or found.place != place_of(message):
            await self._desk.answered(message.chat.id, awaited)
            await say(update, w.gettext("This digest is no longer there."))
            return None
        change, wrong = _read(awaited.field, message.text or "", language)
        if change is None:
            return wrong
        kept = await self._desk.digests.change(found.id, lambda before: replace(before, **change))
        if kept is None:
            return None
        await self._desk.answered(message.chat.id, awaited)
        await show_card(context, message, kept, language)
        return None


def _read(field: str, typed: str, language: str) -> tuple[dict[str, Any] | None, str]:
    """What was typed as the subscription has it, if it can be; and what to say where not."""
    w = words(language)
    match field:
        case "zone":
            value: Any = zone_of(typed)
            wrong = w.gettext("I do not know that city. Please reply with a larger one.")
        case "places":
            value = read_places(typed)
            wrong = w.gettext("I do not know one of these. Please reply with names of countries.")
        case _:
            value = read_people(typed)
            text = w.gettext("Please reply with names of people, %(n)d at most.")
            wrong = text % {"n": MOST_PEOPLE}
    return (None if value is None else {field: value}), wrong


async def show_card(
    context: ContextTypes.DEFAULT_TYPE,
    message: MaybeInaccessibleMessage,
    subscription: Subscription,
    language: str,
) -> None:
    """Send a subscription's card to where `message` stands."""
    await context.bot.send_message(
        message.chat.id,
        html(card(subscription, language)),
        parse_mode=ParseMode.HTML,
        message_thread_id=topic(message),
        reply_markup=main_keyboard(subscription, language),
    )
