"""/digest: a chat's digests, set up by buttons, previewed, paused and dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from babel.dates import get_day_names
from telegram import (
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    Update,
)
from telegram.constants import ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes, filters

from bot.conversations import Place
from bot.desk import Desk
from bot.digest_settings import (
    HOURS,
    card,
    days_in_words,
    read_places,
    time_of,
)
from bot.handlers.replies import say, send, topic, typing, user_language
from bot.messenger import MORE, PREFIX
from bot.render import Line
from bot.schedule import EVERY_DAY, WEEKDAYS
from bot.subscriptions import LENGTHS, MOST_IN_A_CHAT, Subscription
from bot.telegram_text import messages
from bot.words import LANGUAGES, words
from bot.zones import zone_of

_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


class Digests(filters.MessageFilter):
    """Sets up a chat's digests. As a filter it is passed by what was asked to be typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked: dict[tuple[int, int], tuple[int, str]] = {}
        """By chat and message: the subscription and the field that is to be typed."""

    def filter(self, message: Message) -> bool:
        """Whether `message` replies to one in which something was asked for."""
        return self._key(message) in self._asked

    @staticmethod
    def _key(message: Message) -> tuple[int, int]:
        replied = message.reply_to_message
        return message.chat.id, replied.message_id if replied else 0

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/digest lists what there is, or begins the first; /digest now shows one at once."""
        message = update.effective_message
        if message is None or not await self._may(update, context):
            return
        language = user_language(update.effective_user)
        place = _place(message)
        every = await self._desk.subscriptions_of(place)
        if (context.args or [""])[0].lower() == "now":
            await self._now(context, message, every, language)
            return
        for each in every:
            await self._show(context, message, each, language)
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
        """A button of a card, or "More" under a digest."""
        query = update.callback_query
        if query is None or query.message is None or not query.data:
            return
        language = user_language(update.effective_user)
        if query.data.startswith(MORE):
            await query.answer()
            await self._more(query, context)
            return
        if not await self._may(update, context):
            return
        await query.answer()
        action, _, rest = query.data.removeprefix(PREFIX).partition(":")
        number, _, value = rest.partition(":")
        if action == "new":
            await self._begin(update, context, query.message, language)
            return
        found = await self._desk.subscription(int(number)) if number.isdigit() else None
        if found is None or found.place != _place(query.message):
            await _edit(query, [words(language).gettext("This digest is no longer there.")])
            return
        await self._act(query, context, found, action, value, language)

    async def typed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What was asked for: a city, or countries."""
        message = update.effective_message
        if message is None or not message.text or not await self._may(update, context):
            return
        language = user_language(update.effective_user)
        w = words(language)
        number, field = self._asked[self._key(message)]
        found = await self._desk.subscription(number)
        if found is None:
            await say(update, w.gettext("This digest is no longer there."))
            return
        if field == "zone":
            zone = zone_of(message.text)
            if zone is None:
                await say(
                    update, w.gettext("I do not know that city. Please reply with a larger one.")
                )
                return
            found = replace(found, zone=zone)
        else:
            places = read_places(message.text)
            if places is None:
                await say(
                    update,
                    w.gettext("I do not know one of these. Please reply with names of countries."),
                )
                return
            found = replace(found, places=places)
        del self._asked[self._key(message)]
        await self._keep(found)
        await self._show(context, message, found, language)

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
        place = _place(message)
        every = await self._desk.subscriptions_of(place)
        if user is None or len(every) >= MOST_IN_A_CHAT:
            text = words(language).gettext("A chat can have %(n)d digests.") % {"n": MOST_IN_A_CHAT}
            await context.bot.send_message(message.chat.id, text, message_thread_id=topic(message))
            return
        zone = every[-1].zone if every else "Etc/UTC"
        made = Subscription(place, user.id, language, zone)
        await self._show(context, message, await self._desk.keep_subscription(made), language)

    async def _act(
        self,
        query: CallbackQuery,
        context: ContextTypes.DEFAULT_TYPE,
        found: Subscription,
        action: str,
        value: str,
        language: str,
    ) -> None:
        w = words(language)
        match action:
            case "time":
                await _edit(query, card(found, language), _times(found))
                return
            case "days":
                await _edit(query, card(found, language), _days(found, language))
                return
            case "zone":
                await self._ask(
                    query,
                    context,
                    found,
                    "zone",
                    w.gettext("Which city's clock? Reply with its name."),
                )
                return
            case "places":
                text = w.gettext(
                    "Which countries? Reply with names; a dash joins a pair: Vietnam – UK, France. "
                    "Reply “all” for everything."
                )
                await self._ask(query, context, found, "places", text)
                return
            case "now":
                if isinstance(query.message, Message):
                    await self._now(context, query.message, [found], language)
                return
            case "delete":
                await self._desk.drop_subscription(found.id)
                await _edit(query, [w.gettext("Deleted.")])
                return
            case _:
                changed = _changed(found, action, value, self._desk.now())
        changed = await self._keep(changed)
        await _edit(query, card(changed, language), _buttons(changed, language))

    async def _keep(self, changed: Subscription) -> Subscription:
        """Keep a change; when it is due next is reckoned anew."""
        if changed.state == "active":
            changed = changed.started(self._desk.now())
        return await self._desk.keep_subscription(changed)

    async def _ask(
        self,
        query: CallbackQuery,
        context: ContextTypes.DEFAULT_TYPE,
        found: Subscription,
        field: str,
        text: str,
    ) -> None:
        assert query.message is not None  # noqa: S101 - `pressed` has looked
        asked = await context.bot.send_message(
            query.message.chat.id,
            text,
            message_thread_id=topic(query.message),
            reply_markup=ForceReply(selective=True),
        )
        self._asked[query.message.chat.id, asked.message_id] = (found.id, field)

    async def _show(
        self,
        context: ContextTypes.DEFAULT_TYPE,
        message: MaybeInaccessibleMessage,
        subscription: Subscription,
        language: str,
    ) -> None:
        await context.bot.send_message(
            message.chat.id,
            _html(card(subscription, language)),
            parse_mode=ParseMode.HTML,
            message_thread_id=topic(message),
            reply_markup=_buttons(subscription, language),
        )

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
                parts = await self._desk.preview_digest(each)
            await send(context.bot, message, parts)

    async def _more(self, query: CallbackQuery, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The rest of a digest, once: the button goes with it."""
        assert query.message is not None and query.data is not None  # noqa: S101
        number = query.data.removeprefix(MORE)
        parts = await self._desk.rest_of_digest(int(number)) if number.isdigit() else ()
        try:
            await query.edit_message_reply_markup(None)
        except BadRequest:
            return  # somebody else pressed it too
        await send(context.bot, query.message, parts)

    async def _may(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> bool:
        """Whether whoever sent `update` may set up digests here: in a group, its admins."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or user is None:
            return False
        if chat.type == ChatType.PRIVATE or await self._desk.is_admin(user.id):
            return True
        member = await context.bot.get_chat_member(chat.id, user.id)
        if member.status in _ADMINS:
            return True
        text = words(user_language(user)).gettext("Sorry, only an admin of this group can do that.")
        if update.callback_query is not None:
            await update.callback_query.answer(text, show_alert=True)
        else:
            await say(update, text)
        return False


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
        case "start":
            return found.started(now)
        case "pause":
            return replace(found, state="paused", due_at=None)
        case _:
            return found


def _next(values: Sequence[str], value: str) -> str:
    return values[(values.index(value) + 1) % len(values)]


def _buttons(found: Subscription, language: str) -> InlineKeyboardMarkup:
    w = words(language)
    start = (
        (w.gettext("Pause"), "pause") if found.state == "active" else (w.gettext("Start"), "start")
    )
    rows = [
        [(w.gettext("Time"), "time"), (w.gettext("Days"), "days"), (w.gettext("City"), "zone")],
        [(w.gettext("Countries"), "places"), (w.gettext("Language"), "language")],
        [(w.gettext("Length"), "length"), (w.gettext("If nothing is new"), "quiet")],
        [start, (w.gettext("Show now"), "now"), (w.gettext("Delete"), "delete")],
    ]
    return _keyboard([[(text, f"{name}:{found.id}") for text, name in row] for row in rows])


def _times(found: Subscription) -> InlineKeyboardMarkup:
    every = [(f"{hour:02}:00", f"at:{found.id}:{hour:02}00") for hour in HOURS]
    return _keyboard([every[:5], every[5:]])


def _days(found: Subscription, language: str) -> InlineKeyboardMarkup:
    sets = [
        (days_in_words(days, language), f"on:{found.id}:{''.join(map(str, sorted(days)))}")
        for days in (EVERY_DAY, WEEKDAYS)
    ]
    names = get_day_names("abbreviated", locale=language)
    single = [(str(names[day]), f"on:{found.id}:{day}") for day in range(7)]
    return _keyboard([sets, single[:4], single[4:]])


def _keyboard(rows: Sequence[Sequence[tuple[str, str]]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(text, callback_data=PREFIX + data) for text, data in row]
            for row in rows
        ]
    )


def _html(lines: Sequence[str]) -> str:
    styled = [Line(line, "fact" if number else "event") for number, line in enumerate(lines)]
    return messages(styled)[0]


async def _edit(
    query: CallbackQuery, lines: Sequence[str], buttons: InlineKeyboardMarkup | None = None
) -> None:
    try:
        await query.edit_message_text(_html(lines), parse_mode=ParseMode.HTML, reply_markup=buttons)
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise


def _place(message: MaybeInaccessibleMessage) -> Place:
    return Place(message.chat.id, topic(message) or 0)
