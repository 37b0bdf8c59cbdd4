"""The gate that every update passes first. Strangers learn their own id and nothing else."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog
from telegram import Chat, InlineQuery, Message, Update, User
from telegram.constants import ChatType, MessageEntityType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.desk import Desk
from bot.handlers.people import INVITATION, ask_admins
from bot.handlers.replies import chosen_language, say, user_language
from bot.preferences import Preference
from bot.words import known_language, words

_ASK = "/ask"
"""The command that we answer in groups even without our name behind it."""

_log = structlog.stdlib.get_logger(__name__)


class Gate:
    """Lets through the people who are served; takes the code of the first admin."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        """By chat: what is written first goes on first."""

    async def check(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Return for a person who is served; for anybody else raise `ApplicationHandlerStop`."""
        if update.inline_query is not None:
            await self._check_inline(update.inline_query)
            return
        user, chat, message = update.effective_user, update.effective_chat, update.effective_message
        if message is not None and message.migrate_to_chat_id is not None:
            return  # nobody says it: the group has another id from now on
        if update.my_chat_member is not None:
            return  # that we were let into a chat, or put out of it
        if user is None or chat is None or not _meant_for_us(update, message):
            raise ApplicationHandlerStop
        async with self._turns.setdefault(chat.id, asyncio.Lock()):
            served = await self._serves(update, user, chat)
        if not served:  # nobody else in the chat waits until a stranger has been told
            await self._refuse(update, context, user, chat)
            raise ApplicationHandlerStop

    async def _serves(self, update: Update, user: User, chat: Chat) -> bool:
        """Whether they are served, the code or the invitation that they may bring taken."""
        preference = await self._desk.people.preference(user.id)
        chosen_language.set(preference.language)
        language = user_language(user)
        code = _code(update.message) if chat.type == ChatType.PRIVATE else None
        if code is not None and self._desk.access.take(user.id, code):
            await self._desk.make_admin(user.id)
            _log.info("first admin made", user=user.id)
            await say(
                update,
                words(language).gettext(
                    "You are now the admin of this bot. Send /help to see what it does, "
                    "/ingest to read the corpus folder."
                ),
            )
            raise ApplicationHandlerStop
        if code is not None and code.startswith(INVITATION):
            token = code.removeprefix(INVITATION)
            if await self._desk.people.take_invitation(user.id, token):
                _log.info("an invitation was taken", user=user.id)
                return True
        if await self._desk.is_served(user.id, chat.id):
            await self._see(user, preference)
            return True
        return False

    async def _refuse(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, user: User, chat: Chat
    ) -> None:
        """Tell a stranger so, and the admins once a day; a flood is not worth as many words."""
        if await self._desk.allowances.admit(user.id) is not None:
            return
        w = words(user_language(user))
        if await self._desk.people.is_locked():
            text = w.gettext("This bot is closed for the moment.")
        else:
            text = w.gettext("This bot serves invited people only. Your Telegram id: %(id)d")
            text %= {"id": user.id}
            if (_code(update.message) or "").startswith(INVITATION):
                used = w.gettext(
                    "That invitation was used, or is too old. An admin can make another."
                )
                text = f"{used}\n\n{text}"
            if chat.type == ChatType.PRIVATE and await self._desk.people.asks(user.id):
                await self._see(user, await self._desk.people.preference(user.id))
                if not await ask_admins(context.bot, self._desk, user):
                    # No admin yet, or none that can be reached: the next message asks again.
                    await self._desk.people.unasked(user.id)
        if update.callback_query is not None:
            await update.callback_query.answer(text, show_alert=True)
        else:
            await say(update, text)

    async def _check_inline(self, query: InlineQuery) -> None:
        """The same for a question in another chat: who may not take quotations there gets none."""
        user = query.from_user.id
        if self._desk.inline and await self._desk.people.may_quote(user):
            chosen_language.set((await self._desk.people.preference(user)).language)
            return
        with suppress(TelegramError):  # it may be too old
            await query.answer([], cache_time=0, is_personal=True)
        raise ApplicationHandlerStop

    async def _see(self, user: User, known: Preference) -> None:
        """Keep the language of their Telegram, for what we tell them unasked."""
        language = known_language(user.language_code)
        if language != known.telegram:
            await self._desk.people.prefer(user.id, replace(known, telegram=language))


def _meant_for_us(update: Update, message: Message | None) -> bool:
    """Whether to react at all: in groups to commands, to our own buttons, and to what replies to us
    or mentions us."""
    if update.callback_query is not None:
        return True
    if message is None:
        return False
    if message.chat.type == ChatType.PRIVATE:
        return True
    us = f"@{message.get_bot().username}".lower()
    for entity, text in message.parse_entities().items():
        if entity.type == MessageEntityType.BOT_COMMAND and entity.offset == 0:
            command = text.lower()
            return us in command or command == _ASK
        if entity.type == MessageEntityType.MENTION and text.lower() == us:
            return True
    return _replies_to_us(message)


def _replies_to_us(message: Message) -> bool:
    """Whether a text replies to a message that we wrote."""
    reply = message.reply_to_message
    if message.text is None or reply is None or reply.from_user is None:
        return False
    # Whatever is written in a topic "replies" to the topic's beginning.
    return reply.from_user.id == message.get_bot().id and reply.forum_topic_created is None


def _code(message: Message | None) -> str | None:
    """X of a "/start X"."""
    command, _, rest = ((message.text if message else None) or "").partition(" ")
    return rest.strip() if command == "/start" and rest.strip() else None
