"""Who is served, for callers on the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from bot.access import Access
from bot.allowance_desk import AllowanceDesk
from bot.personal import erase, everything
from bot.preferences import Preference, Preferences
from bot.store import Group, People, Role, Someone
from bot.subscriptions import Subscriptions
from corpus import audit

INVITED_FOR = dt.timedelta(days=7)


class PeopleDesk:
    """Lets people and groups in and out; every act is audited."""

    def __init__(
        self,
        engine: Engine,
        access: Access,
        now: Callable[[], dt.datetime],
        allowances: AllowanceDesk,
    ) -> None:
        self._allowances = allowances
        self._engine = engine
        self._access = access
        self._now = now
        self._people = People(engine)
        self._subscriptions = Subscriptions(engine)
        self._preferences = Preferences(engine)

    async def everybody(self) -> tuple[list[Someone], list[Group]]:
        """Everybody that is known, and the groups that are served."""
        return await asyncio.to_thread(lambda: (self._people.all(), self._people.groups()))

    async def put(self, user_id: int, role: Role, by: int, name: str | None = None) -> bool:
        """Give somebody a role; False for an admin by the settings, which only those change.

        Who is removed has their digests paused at once.
        """

        def put() -> bool:
            if self._access.is_fixed(user_id):
                return False
            self._people.put(user_id, role, self._now(), name)
            if role == "removed":
                self._subscriptions.blocked(user_id)
            self._note(by, "access", {"user": user_id, "role": role})
            return True

        return await asyncio.to_thread(put)

    async def invite(self, by: int) -> str:
        """The token of a new invitation."""

        def invite() -> str:
            token = self._people.invite(by, self._now(), INVITED_FOR)
            self._note(by, "invite", {})
            return token

        return await asyncio.to_thread(invite)

    async def take_invitation(self, user_id: int, token: str) -> bool:
        """See `Access.take_invitation`."""
        return await asyncio.to_thread(self._access.take_invitation, user_id, token, self._now())

    async def asks(self, user_id: int) -> bool:
        """Whether admins should hear that somebody unknown wrote: once a day."""

        def asks() -> bool:
            unknown = self._people.role_of(user_id) is None
            return unknown and self._people.asks(user_id, self._now())

        return await asyncio.to_thread(asks)

    async def unasked(self, user_id: int) -> None:
        """See `People.unasked`."""
        await asyncio.to_thread(self._people.unasked, user_id)

    async def put_group(self, chat_id: int, title: str, by: int) -> None:
        """Serve a group."""

        def put() -> None:
            self._people.put_group(chat_id, title, by, self._now())
            self._note(by, "access", {"group": chat_id, "role": "member"})

        await asyncio.to_thread(put)

    async def drop_group(self, chat_id: int) -> bool:
        """Serve a group no longer, and pause its digests; whether it was served."""

        def drop() -> bool:
            self._subscriptions.blocked(chat_id)
            return self._people.drop_group(chat_id)

        return await asyncio.to_thread(drop)

    async def moved(self, chat_id: int, new: int) -> None:
        """See `People.moved`."""
        await asyncio.to_thread(self._people.moved, chat_id, new)

    async def lock(self, by: int, *, on: bool) -> None:
        """Serve nobody but admins, or everybody again."""

        def lock() -> None:
            if on:
                self._people.lock(by, self._now())
            else:
                self._people.unlock()
            self._note(by, "lockdown", {"on": on})

        await asyncio.to_thread(lock)

    async def may_set_up(self, user_id: int) -> bool:
        """See `Access.may_set_up`."""
        return await asyncio.to_thread(self._access.may_set_up, user_id)

    async def may_quote(self, user_id: int) -> bool:
        """See `Access.may_quote`."""
        return await asyncio.to_thread(self._access.may_quote, user_id)

    async def preference(self, user_id: int) -> Preference:
        """See `Preferences.of`."""
        return await asyncio.to_thread(self._preferences.of, user_id)

    async def prefer(self, user_id: int, value: Preference) -> None:
        """See `Preferences.put`."""
        await asyncio.to_thread(self._preferences.put, user_id, value)

    async def speaks(self, user_id: int) -> str:
        """The language of the interface to write to somebody in, unasked."""
        return (await self.preference(user_id)).speaks

    async def everything(self, user_id: int) -> dict[str, list[dict[str, Any]]]:
        """See `bot.personal.everything`."""

        def found() -> dict[str, list[dict[str, Any]]]:
            self._allowances.save()
            return everything(self._engine, user_id)

        return await asyncio.to_thread(found)

    async def erase(self, user_id: int) -> None:
        """See `bot.personal.erase`; that it was done is all that stays."""

        def erased() -> None:
            self._allowances.forget(user_id)
            erase(self._engine, user_id)
            self._note(user_id, "forgetme", {})

        await asyncio.to_thread(erased)

    async def is_locked(self) -> bool:
        """See `People.is_locked`."""
        return await asyncio.to_thread(self._people.is_locked)

    def _note(self, by: int, act: str, details: dict[str, Any]) -> None:
        entry = audit.Entry(audit.at(self._now()), f"telegram:{by}", act, details)
        audit.note(self._engine, entry)
