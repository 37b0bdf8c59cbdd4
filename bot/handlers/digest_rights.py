"""Who may set up the digests of a chat, and which place a message stands in."""

from __future__ import annotations

from telegram import MaybeInaccessibleMessage, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ContextTypes

from bot.conversations import Place
from bot.desk import Desk
from bot.handlers.replies import say, topic, user_language
from bot.words import words

_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def may_set_up(desk: Desk, update: Update, context: ContextTypes.DEFAULT_TYPE) -> bool:
    """Whether whoever sent `update` may: in a group its admins, nowhere who may only ask; a refusal
    where not."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None:
        return False
    w = words(user_language(user))
    if not await desk.people.may_set_up(user.id):
        text = w.gettext(
            "You may ask here, look at sources and export. Digests are set up by others."
        )
    elif chat.type == ChatType.PRIVATE or await desk.is_admin(user.id):
        return True
    else:
        member = await context.bot.get_chat_member(chat.id, user.id)
        if member.status in _ADMINS:
            return True
        text = w.gettext("Sorry, only an admin of this group can do that.")
    if update.callback_query is not None:
        await update.callback_query.answer(text, show_alert=True)
    else:
        await say(update, text)
    return False


def place_of(message: MaybeInaccessibleMessage) -> Place:
    """The chat, and the topic of a forum."""
    return Place(message.chat.id, topic(message) or 0)
