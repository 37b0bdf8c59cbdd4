"""The buttons under a digest that was sent: its sources, the rest of it, stories to mute."""

from __future__ import annotations

import contextlib

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    ReplyParameters,
    Update,
)
from telegram.constants import CallbackQueryLimit, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.deliveries import MOST_MESSAGES, Delivery, Told
from bot.desk import Desk
from bot.handlers.digest_rights import may_set_up
from bot.handlers.evidence import opens
from bot.handlers.keyboards import Button, keyboard, number_in, shortened
from bot.handlers.replies import topic, user_language
from bot.messenger import MORE, MUTE, SOURCES, digest_keyboard
from bot.words import words

A_ROW = 6


class DigestMessages:
    """What can be done with a digest that stands in a chat.

    The data of a button is only looked up: a digest has to be one of the chat it is pressed in.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def more(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The rest of a digest, once: the button goes with it."""
        query = update.callback_query
        if query is None or query.message is None or not query.data:
            return
        delivery = await self._delivery(query, query.data.removeprefix(MORE))
        if delivery is None:
            await _gone(update)
            return
        await query.answer()
        mine = await self._desk.digests.ask_for_rest(delivery.id)
        delivery = await self._desk.digests.delivery(delivery.id) or delivery
        await _show(query, digest_keyboard(delivery, MOST_MESSAGES - 1))
        if mine:
            await self._send_rest(context.bot, query, query.message, delivery)

    async def _send_rest(
        self, bot: Bot, query: CallbackQuery, to: MaybeInaccessibleMessage, delivery: Delivery
    ) -> None:
        for number, part in enumerate(delivery.rest, MOST_MESSAGES):
            first = number == MOST_MESSAGES
            try:
                await bot.send_message(
                    to.chat.id,
                    part,
                    parse_mode=ParseMode.HTML,
                    message_thread_id=topic(to) or delivery.place.thread or None,
                    reply_parameters=ReplyParameters(
                        to.message_id, allow_sending_without_reply=True
                    )
                    if first
                    else None,
                    reply_markup=digest_keyboard(delivery, number),
                )
            except TelegramError:
                if first:  # nothing of it was seen: the button comes back
                    await self._desk.digests.give_rest_back(delivery.id)
                    again = await self._desk.digests.delivery(delivery.id) or delivery
                    with contextlib.suppress(TelegramError):
                        await _show(query, digest_keyboard(again, MOST_MESSAGES - 1))
                raise

    async def sources(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """List the stories of a message, then the sources of one of them."""
        query = update.callback_query
        if query is None or query.message is None or not query.data:
            return
        act, _sign, rest = query.data.removeprefix(SOURCES).partition(":")
        number, _sign, value = rest.partition(":")
        delivery, chosen = await self._delivery(query, number), number_in(value)
        if delivery is None or chosen is None:
            await _gone(update)
            return
        if act == "list":
            await query.answer()
            await _show(query, _told_with_sources(delivery, chosen))
            return
        told = next((each for each in delivery.told if each.number == chosen), None)
        kept = told.answer if told else None
        answer = await self._desk.answers.get(kept, delivery.place.chat) if kept else None
        if told is None or answer is None:
            await _gone(update)
            return
        await query.answer()
        numbers = [(f"[{each['n']}]", opens(answer.id, each["n"])) for each in answer.sources]
        rows = [numbers[start : start + A_ROW] for start in range(0, len(numbers), A_ROW)]
        head = (shortened(told.headline), f"{SOURCES}list:{delivery.id}:{told.message}")
        await _show(query, keyboard([[head], *rows, [_back(delivery, told.message)]]))

    async def mute(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """List the stories of a message, mute one of them, or take that back."""
        query = update.callback_query
        if query is None or query.message is None or not query.data:
            return
        act, _, rest = query.data.removeprefix(MUTE).partition(":")
        number, _, value = rest.partition(":")
        delivery, chosen = await self._delivery(query, number), number_in(value)
        if delivery is None or chosen is None:
            await _gone(update)
            return
        if not await may_set_up(self._desk, update, context):
            return
        if act in ("list", "back"):
            await query.answer()
            listed = _list(delivery, chosen) if act == "list" else None
            await _show(query, listed or digest_keyboard(delivery, chosen))
            return
        told = next((each for each in delivery.told if each.number == chosen), None)
        if told is None:
            await _gone(update)
            return
        await self._set(query, delivery, told, user_language(update.effective_user), act == "put")

    async def _set(
        self, query: CallbackQuery, delivery: Delivery, told: Told, language: str, muted: bool
    ) -> None:
        w = words(language)
        subscription = delivery.subscription.id
        if muted:
            await self._desk.digests.mute(subscription, told.story, told.headline)
            text = w.gettext("You will hear no more of “%(title)s”.")
        else:
            await self._desk.digests.unmute(subscription, told.story)
            text = w.gettext("You will hear of “%(title)s” again.")
        # Said in full where it is short: a long title gives way, and not the sentence.
        most = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH - len(text)
        await query.answer(text % {"title": shortened(told.headline, most)})
        after = await self._desk.digests.delivery(delivery.id) or delivery
        await _show(query, _muted(after, told) if muted else _list(after, told.message))

    async def _delivery(self, query: CallbackQuery, number: str) -> Delivery | None:
        known = number_in(number)
        found = await self._desk.digests.delivery(known) if known is not None else None
        here = query.message.chat.id if query.message else None
        return found if found is not None and found.place.chat == here else None


def _told_with_sources(delivery: Delivery, message: int) -> InlineKeyboardMarkup:
    """The stories of a message, each a button to its sources."""
    rows = [
        [(f"{place}. {shortened(each.headline)}", f"{SOURCES}of:{delivery.id}:{each.number}")]
        for place, each in enumerate(delivery.told_in(message), start=1)
        if each.answer is not None
    ]
    return keyboard([*rows, [_back(delivery, message)]])


def _list(delivery: Delivery, message: int) -> InlineKeyboardMarkup | None:
    """The stories of a message, each a button that mutes it, or takes that back."""
    told = delivery.told_in(message)
    if not told:
        return None
    rows = [[_story(delivery, each, place)] for place, each in enumerate(told, start=1)]
    return keyboard([*rows, [_back(delivery, message)]])


def _muted(delivery: Delivery, told: Told) -> InlineKeyboardMarkup:
    """That a story is muted, and the way back."""
    place = delivery.told_in(told.message).index(told) + 1
    return keyboard([[_story(delivery, told, place)], [_back(delivery, told.message)]])


def _story(delivery: Delivery, told: Told, place: int) -> Button:
    title = f"{place}. {shortened(told.headline)}"
    if told.story not in delivery.subscription.muted:
        return title, f"{MUTE}put:{delivery.id}:{told.number}"
    w = words(delivery.subscription.language)
    text = w.gettext("Muted: %(title)s – undo") % {"title": title}
    return text, f"{MUTE}undo:{delivery.id}:{told.number}"


def _back(delivery: Delivery, message: int) -> Button:
    text = words(delivery.subscription.language).gettext("Back")
    return text, f"{MUTE}back:{delivery.id}:{message}"


async def _gone(update: Update) -> None:
    if update.callback_query is not None:
        w = words(user_language(update.effective_user))
        text = w.gettext("This digest is no longer there.")
        await update.callback_query.answer(text, show_alert=True)


async def _show(query: CallbackQuery, buttons: InlineKeyboardMarkup | None) -> None:
    """Change the buttons; harmless where they are so already."""
    try:
        await query.edit_message_reply_markup(buttons)
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise
