"""Who is let in: requests, invitations, /users, /lockdown, and groups."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

import structlog
from telegram import (
    Bot,
    ChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
    User,
)
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot import dates
from bot.desk import Desk
from bot.handlers.replies import admins_only, say, send, user_language
from bot.render import Line
from bot.store import Role, Someone
from bot.telegram_text import messages
from bot.words import words

PREFIX = "people:"
INVITATION = "inv_"
"""How the word behind /start begins in an invitation's link."""

_DATA = re.compile(r"people:(member|removed):(\d{1,18})")
_ROLES: dict[str, Role] = {
    "allow": "member",
    "readonly": "reader",
    "admin": "admin",
    "remove": "removed",
}
_GONE = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
_log = structlog.stdlib.get_logger(__name__)


async def ask_admins(bot: Bot, desk: Desk, user: User) -> bool:
    """Tell all admins that somebody wants to be served, with buttons; whether one of them heard."""
    heard = False
    for admin, language in (await desk.admins_speak()).items():
        w = words(language)
        text = w.gettext("%(name)s (%(id)d) wrote to this bot and is not served.") % {
            "name": _name(user),
            "id": user.id,
        }
        choices = ((w.gettext("Allow"), "member"), (w.gettext("Deny"), "removed"))
        row = [
            InlineKeyboardButton(label, callback_data=f"{PREFIX}{role}:{user.id}")
            for label, role in choices
        ]
        with suppress(TelegramError):  # one who never wrote to us cannot be reached
            await bot.send_message(admin, text, reply_markup=InlineKeyboardMarkup([row]))
            heard = True
    return heard


class PeopleHandlers:
    """Lets people in and out, as admins say."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def invite(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/invite: a link that lets one person in."""
        user = update.effective_user
        if user is None or not await admins_only(update, self._desk):
            return
        w = words(user_language(user))
        chat = update.effective_chat
        if chat is not None and chat.type != ChatType.PRIVATE:
            await say(update, w.gettext("Please ask for that in our private chat."))
            return
        token = await self._desk.people.invite(user.id)
        link = f"https://t.me/{context.bot.username}?start={INVITATION}{token}"
        text = w.gettext("This link lets one person in, once, within seven days:")
        await say(update, f"{text}\n{link}")

    async def users(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/users: who is served; /users allow|remove|readonly|admin ID."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None or not await admins_only(update, self._desk):
            return
        language = user_language(user)
        w = words(language)
        act, number, *_ = [*(context.args or []), "", ""]
        if not act:
            lines = [Line(line, "fact") for line in await self._listed(language)]
            await send(context.bot, message, messages(lines))
        elif act not in _ROLES or not re.fullmatch(r"-?\d{1,18}", number):
            await say(
                update,
                w.gettext(
                    "Send /users to see who is served, and /users allow, remove, readonly or "
                    "admin with an id to change it."
                ),
            )
        elif number.startswith("-"):
            await self._group(update, context.bot, int(number), act, user.id)
        else:
            await self._put(update, context.bot, int(number), _ROLES[act], user.id)

    async def lockdown(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/lockdown: nobody but admins is served; /lockdown off ends it."""
        user = update.effective_user
        if user is None or not await admins_only(update, self._desk):
            return
        w = words(user_language(user))
        on = (context.args or [""])[0].lower() != "off"
        await self._desk.people.lock(user.id, on=on)
        if on:
            await say(update, w.gettext("Nobody but admins is served. /lockdown off ends it."))
        else:
            await say(update, w.gettext("Everybody is served again who was before."))

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Allow or Deny under a request."""
        query, user = update.callback_query, update.effective_user
        match = _DATA.fullmatch((query.data if query else None) or "")
        if query is None or user is None or match is None:
            return
        w = words(user_language(user))
        if not await self._desk.is_admin(user.id):
            await query.answer(w.gettext("Sorry, only an admin can do that."), show_alert=True)
            return
        number = int(match[2])
        if match[1] == "member":
            await self._desk.people.put(number, "member", user.id)
            with suppress(TelegramError):
                spoken = words(await self._desk.people.speaks(number))
                text = spoken.gettext("You are served now. Send /help to see what I do.")
                await context.bot.send_message(number, text)
            told = w.gettext("They are served now.")
        else:
            await self._desk.people.put(number, "removed", user.id)
            told = w.gettext("They are not served.")
        await query.answer(told)
        with suppress(BadRequest):
            await query.edit_message_reply_markup(None)

    async def membership(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """We were let into a group, or put out of it. Who is no admin does not let us in."""
        change = update.my_chat_member
        if change is None or change.chat.type == ChatType.PRIVATE:
            return
        if not _is_in(change.new_chat_member):
            await self._desk.people.drop_group(change.chat.id)
            return
        if _is_in(change.old_chat_member):
            return  # another right, the same group
        adder = change.from_user
        if await self._desk.is_admin(adder.id):
            title = change.chat.title or str(change.chat.id)
            await self._desk.people.put_group(change.chat.id, title, adder.id)
            text = words(user_language(adder)).gettext(
                "I answer whoever is in this group: send /ask and your question, mention me, or "
                "reply to me."
            )
            with suppress(TelegramError):
                await context.bot.send_message(change.chat.id, text)
            return
        if self._desk.access.mode == "open":
            return
        w = words(user_language(adder))
        with suppress(TelegramError):
            text = w.gettext("I answer in groups that an admin of mine adds me to. Goodbye.")
            await context.bot.send_message(change.chat.id, text)
        with suppress(TelegramError):
            await context.bot.leave_chat(change.chat.id)

    async def _put(self, update: Update, bot: Bot, number: int, role: Role, by: int) -> None:
        w = words(user_language(update.effective_user))
        if not await self._desk.people.put(number, role, by):
            await say(update, w.gettext("An admin of the settings is changed there."))
            return
        if role != "removed":
            await say(update, w.gettext("Done."))
            return
        titles = await self._groups_with(bot, number)
        text = w.gettext("They are not served any more, in no group either.")
        if titles:
            text += " " + w.gettext("They are still in: %(groups)s.") % {
                "groups": ", ".join(titles)
            }
        await say(update, text)

    async def _group(self, update: Update, bot: Bot, number: int, act: str, by: int) -> None:
        """Serve a group, or leave it."""
        w = words(user_language(update.effective_user))
        if act == "allow":
            try:
                chat = await bot.get_chat(number)
            except TelegramError:
                await say(update, w.gettext("I am not in that group."))
                return
            await self._desk.people.put_group(number, chat.title or str(number), by)
        else:
            await self._desk.people.drop_group(number)
            with suppress(TelegramError):
                await bot.leave_chat(number)
        await say(update, w.gettext("Done."))

    async def _groups_with(self, bot: Bot, user: int) -> list[str]:
        """The titles of the groups served that a person is in."""
        _, groups = await self._desk.people.everybody()
        found = []
        for group in groups:
            with suppress(TelegramError):
                member = await bot.get_chat_member(group.id, user)
                if member.status not in _GONE:
                    found.append(group.title)
        return found

    async def _listed(self, language: str) -> list[str]:
        w = words(language)
        people, groups = await self._desk.people.everybody()
        lines = [_line(each, language) for each in people]
        fixed = [
            number for number in await self._desk.admins() if self._desk.access.is_fixed(number)
        ]
        lines[:0] = [
            w.gettext("%(id)d: admin by the settings") % {"id": number} for number in fixed
        ]
        lines.extend(
            w.gettext("%(id)d: group “%(title)s”") % {"id": each.id, "title": each.title}
            for each in groups
        )
        return lines or [w.gettext("Nobody is served but by the settings.")]


def _line(value: Someone, language: str) -> str:
    w = words(language)
    role = {
        "admin": w.gettext("admin"),
        "member": w.gettext("served"),
        "reader": w.gettext("may only ask"),
        "removed": w.gettext("not served"),
    }[value.role]
    name = f" {value.name}" if value.name else ""
    since = dates.day(dt.datetime.fromisoformat(value.since).date(), language)
    return f"{value.id}{name}: {role} ({since})"


def _name(user: User) -> str:
    return f"{user.full_name} @{user.username}" if user.username else user.full_name


def _is_in(member: ChatMember) -> bool:
    if member.status == ChatMemberStatus.RESTRICTED:
        return bool(getattr(member, "is_member", False))
    return member.status not in _GONE
