"""/digest: a chat's digests, set up by buttons, previewed, paused and dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    Update,
)
from telegram.ext import ContextTypes

from bot.desk import Desk
from bot.digest_settings import card, time_of
from bot.handlers import digest_cards
from bot.handlers.digest_cards import edit, main_keyboard, mark_of
from bot.handlers.digest_replies import TYPED, DigestReplies, show_card
from bot.handlers.digest_rights import may_set_up, place_of
from bot.handlers.keyboards import number_in
from bot.handlers.replies import send, topic, typing, user_language
from bot.messenger import PREFIX
from bot.render import Line
from bot.subscriptions import LENGTHS, MOST_IN_A_CHAT, Subscription
from bot.telegram_text import messages
from bot.words import LANGUAGES, words
from corpus.topics import topic_keys

_CODES = (2, 3)
"""Letters of a language's code."""


class Digests:
    """Sets up a chat's digests."""

    def __init__(self, desk: Desk, replies: DigestReplies) -> None:
        self._desk = desk
        self._replies = replies

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/digest lists what there is, or begins the first; /digest now shows one at once."""
        message = update.effective_message
        if message is None or not await may_set_up(self._desk, update, context):
            return
        language = user_language(update.effective_user)
        place = place_of(message)
        every = await self._desk.digests.of(place)
        if (context.args or [""])[0].lower() == "now":
            await self._now(context, message, every, language)
            return
        for each in every:
            await show_card(context, message, each, language)
        if not every:
            await self._begin(update, context, message, language)
            return
        button = InlineKeyboardButton(
            words(language).gettext("One more digest"), callback_data=f"{PREFIX}new"
        )
        await context.bot.send_message(
            message.chat.id,
            words(language).gettext("Digests of this chat: %(n)d.") % {"n": len(every)},
            message_thread_id=topic(message),
            reply_markup=InlineKeyboardMarkup([[button]]),
        )

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button of a card."""
        query = update.callback_query
        if query is None or query.message is None or not query.data:
            return
        language = user_language(update.effective_user)
        if not await may_set_up(self._desk, update, context):
            return
        await query.answer()
        action, _, rest = query.data.removeprefix(PREFIX).partition(":")
        number, _, value = rest.partition(":")
        if action == "new":
            await self._begin(update, context, query.message, language)
            return
        known = number_in(number)
        found = await self._desk.digests.get(known) if known is not None else None
        if found is None or found.place != place_of(query.message):
            await edit(query, [words(language).gettext("This digest is no longer there.")])
            return
        await self._act(query, context, found, action, value, language)

    async def migrated(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A group became a supergroup: its digests go where it went."""
        message = update.effective_message
        if message is not None and message.migrate_to_chat_id is not None:
            await self._desk.chat_moved(message.chat.id, message.migrate_to_chat_id)

    async def _begin(
        self,
        update: Update,
        context: ContextTypes.DEFAULT_TYPE,
        message: MaybeInaccessibleMessage,
        language: str,
    ) -> None:
        user = update.effective_user
        place = place_of(message)
        every = await self._desk.digests.of(place)
        if user is None or len(every) >= MOST_IN_A_CHAT:
            text = words(language).gettext("A chat can have %(n)d digests.") % {"n": MOST_IN_A_CHAT}
            await context.bot.send_message(message.chat.id, text, message_thread_id=topic(message))
            return
        zone = every[-1].zone if every else "Etc/UTC"
        made = Subscription(place, user.id, language, zone)
        kept = await self._desk.digests.keep(made)
        await show_card(context, message, kept, language)

    async def _act(
        self,
        query: CallbackQuery,
        context: ContextTypes.DEFAULT_TYPE,
        found: Subscription,
        action: str,
        value: str,
        language: str,
    ) -> None:
        assert query.message is not None  # noqa: S101 - `pressed` has looked
        if action in TYPED:
            await self._replies.ask(context, query.message, found, action, language)
        elif action == "now":
            if isinstance(query.message, Message):
                await self._now(context, query.message, [found], language)
        elif action == "delete":
            await self._desk.digests.drop(found.id)
            await edit(query, [words(language).gettext("Deleted.")])
        else:
            if action == "unmute":
                await self._unmute(found, value.partition(":")[0])
            now = self._desk.now()
            changed = await self._desk.digests.change(
                found.id, lambda before: _changed(before, action, value, now)
            )
            if changed is None:
                await edit(query, [words(language).gettext("This digest is no longer there.")])
                return
            buttons = await self._keyboard(changed, action, value, language)
            await edit(query, card(changed, language), buttons)

    async def _keyboard(
        self, found: Subscription, action: str, value: str, language: str
    ) -> InlineKeyboardMarkup:
        """What stands under the card after a button: the choices it opened, or all that there is
        to set."""
        match action:
            case "time":
                return digest_cards.times(found)
            case "days":
                return digest_cards.days(found, language)
            case "topics" | "topic":
                page = number_in(value.rpartition(":")[2])
                return digest_cards.topics(found, language, page or 0)
            case "sources" | "source":
                codes = await self._desk.corpus.languages()
                return digest_cards.sources(
                    found, [*codes, *sorted(found.languages - set(codes))], language
                )
            case "muted" | "unmute":
                page = number_in(value.rpartition(":")[2])
                stories = await self._desk.digests.muted(found.id)
                if stories:
                    return digest_cards.muted(found, stories, language, page or 0)
        return main_keyboard(found, language)

    async def _unmute(self, found: Subscription, mark: str) -> None:
        for story, _ in await self._desk.digests.muted(found.id):
            if mark_of(story) == mark:
                await self._desk.digests.unmute(found.id, story)

    async def _now(
        self,
        context: ContextTypes.DEFAULT_TYPE,
        message: MaybeInaccessibleMessage,
        every: Sequence[Subscription],
        language: str,
    ) -> None:
        if not every:
            text = words(language).gettext("There is no digest yet. Send /digest to set one up.")
            await send(context.bot, message, messages([Line(text, "fact")]))
        for each in every:
            async with typing(context.bot, message):
                parts = await self._desk.digests.preview(each)
            await send(context.bot, message, parts)


def _changed(found: Subscription, action: str, value: str, now: dt.datetime) -> Subscription:
    match action:
        case "at":
            return replace(found, time=time_of(value))
        case "on":
            return replace(found, days=frozenset(int(day) for day in value))
        case "language":
            return replace(found, language=_next(LANGUAGES, found.language))
        case "length":
            return replace(found, length=_next(tuple(LENGTHS), found.length))
        case "quiet":
            return replace(found, tells_nothing_new=not found.tells_nothing_new)
        case "topic":
            key = value.partition(":")[0]
            known = key in topic_keys()
            return replace(found, topics=found.topics ^ {key}) if known else found
        case "source":
            known = value.isascii() and value.isalpha() and len(value) in _CODES
            return replace(found, languages=found.languages ^ {value}) if known else found
        case "start":
            return found.started(now)
        case "pause":
            return replace(found, state="paused", due_at=None)
        case _:
            return found


def _next(values: Sequence[str], value: str) -> str:
    return values[(values.index(value) + 1) % len(values)]
