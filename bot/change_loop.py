"""Look after every new version for answers that it puts in doubt; ask admins, then tell readers."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.change_text import asking, note
from bot.changes import Change, Changes, by_place
from bot.telegram_text import messages
from bot.words import words

PREFIX = "change:"
EVERY = 15.0
"""Seconds between two looks; one that finds no new version costs a query."""

_log = structlog.stdlib.get_logger(__name__)


class ChangeLoop:
    """Asks and tells for one bot. `admins` gives the ids and languages of all of them, `serves`
    whether somebody is still served."""

    def __init__(
        self,
        changes: Changes,
        bot: Bot,
        admins: Callable[[], Awaitable[dict[int, str]]],
        serves: Callable[[int], Awaitable[bool]],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._serves = serves
        self._changes = changes
        self._bot = bot
        self._admins = admins
        self._now = now

    async def run(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Look again and again until `stop` is set."""
        while not stop.is_set():
            try:
                await self.run_once()
            except Exception as error:
                _log.error("changes could not be looked after", error=type(error).__name__)
            try:
                await asyncio.wait_for(stop.wait(), every)
            except TimeoutError:
                continue

    async def run_once(self) -> None:
        """Find what changed, ask about it, tell what is to be told."""
        await asyncio.to_thread(self._changes.look, self._now())
        for version in await asyncio.to_thread(self._changes.versions_found):
            found = await asyncio.to_thread(self._changes.in_state, "found", version)
            await self._ask(found, version)
        approved = await asyncio.to_thread(self._changes.in_state, "approved")
        for changes in by_place(approved).values():
            await self._tell(changes)

    async def _ask(self, found: list[Change], version: int) -> None:
        """Ask every admin that can be reached; where none can, it is asked again later."""
        reached = False
        admins = await self._admins() if found else {}
        for admin, language in admins.items():
            try:
                await self._bot.send_message(
                    admin,
                    messages(asking(found, language))[0],
                    parse_mode=ParseMode.HTML,
                    reply_markup=_buttons(version, language),
                )
                reached = True
            except TelegramError as error:
                _log.info("an admin could not be asked", error=type(error).__name__)
        if reached or not found:
            await asyncio.to_thread(self._changes.asked, found)

    async def _tell(self, changes: list[Change]) -> None:
        """One note to a chat. A process killed right behind it tells twice rather than never."""
        answer = changes[0].answer
        if answer.place.chat > 0 and not await self._serves(answer.place.chat):
            await asyncio.to_thread(self._changes.dropped, changes)
            return
        reply = None
        if answer.message_ids:
            reply = ReplyParameters(answer.message_ids[0], allow_sending_without_reply=True)
        try:
            await self._bot.send_message(
                answer.place.chat,
                messages(note(changes, answer.language))[0],
                parse_mode=ParseMode.HTML,
                message_thread_id=answer.place.thread or None,
                reply_parameters=reply,
            )
        except ChatMigrated as error:
            await asyncio.to_thread(self._changes.moved, answer.place.chat, error.new_chat_id)
            return  # the next look tells it there
        except (Forbidden, BadRequest) as error:
            _log.info("a chat takes no correction", error=type(error).__name__)
            await asyncio.to_thread(self._changes.dropped, changes)
            return
        await asyncio.to_thread(self._changes.told, changes)


def _buttons(version: int, language: str) -> InlineKeyboardMarkup:
    w = words(language)
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(w.gettext("Tell them"), callback_data=f"{PREFIX}y:{version}"),
                InlineKeyboardButton(w.gettext("Leave it"), callback_data=f"{PREFIX}n:{version}"),
            ]
        ]
    )
