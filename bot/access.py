"""Who is served: closed by default, and a one-time code that makes the first admin."""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from collections import Counter
from collections.abc import Collection
from typing import Literal

from bot.store import People

TRIES_EACH = 5
TRIES_IN_ALL = 100
_CODE_BYTES = 12  # 96 bits: guessing is hopeless, and the code still fits a /start link


class Access:
    """The rules of access. A restart makes a new code, as long as there is no admin.

    The methods read or write the database: call them outside the event loop.
    """

    def __init__(
        self, mode: Literal["closed", "open"], admin_ids: Collection[int], people: People
    ) -> None:
        self.mode = mode
        self._admin_ids = frozenset(admin_ids)
        self._people = people
        self._wrong: Counter[int] = Counter()
        self.code: str | None = None
        if not self._admin_ids and not people.any_admin():
            self.code = secrets.token_urlsafe(_CODE_BYTES)

    def is_admin(self, user_id: int) -> bool:
        """Whether this person may change the corpus."""
        return user_id in self._admin_ids or self._people.role_of(user_id) == "admin"

    def admins(self) -> list[int]:
        """The ids of all admins."""
        return sorted(self._admin_ids | set(self._people.with_role("admin")))

    def is_served(self, user_id: int, chat_id: int | None = None) -> bool:
        """Whether this person's questions are answered, in that chat where it is given.

        Who was removed is served nowhere, whatever group they are in. While nobody but admins is
        served, nobody else is.
        """
        if user_id in self._admin_ids:
            return True
        role = self._people.role_of(user_id)
        if role == "admin":
            return True
        if role == "removed" or self._people.is_locked():
            return False
        if role is not None or self.mode == "open":
            return True
        return chat_id is not None and chat_id < 0 and self._people.has_group(chat_id)

    def may_set_up(self, user_id: int) -> bool:
        """Whether this person may do more than ask."""
        return self.is_admin(user_id) or self._people.role_of(user_id) != "reader"

    def may_quote(self, user_id: int) -> bool:
        """Whether this person may take quotations into other chats."""
        return self.is_served(user_id) and self.may_set_up(user_id)

    def is_fixed(self, user_id: int) -> bool:
        """Whether this person is an admin by the settings, which only a restart changes."""
        return user_id in self._admin_ids

    def take(self, user_id: int, attempt: str) -> bool:
        """Whether `attempt` is the code; if so it is used up, and `make_admin` should follow.

        Compares in constant time. After `TRIES_EACH` wrong codes from one person, or
        `TRIES_IN_ALL` from everybody, only a restart gives a new chance.
        """
        if self.code is None:
            return False
        if self._wrong[user_id] >= TRIES_EACH or self._wrong.total() >= TRIES_IN_ALL:
            return False
        if hmac.compare_digest(attempt.encode("utf-8", "surrogatepass"), self.code.encode("ascii")):
            self.code = None
            return True
        self._wrong[user_id] += 1
        return False

    def take_invitation(self, user_id: int, token: str, now: dt.datetime) -> bool:
        """Whether `token` is an invitation; if so it is used up, and its sender is a member.

        Who was removed is not let in again by a link.
        """
        if self._people.role_of(user_id) is not None or user_id in self._admin_ids:
            return False
        if self._people.take_invitation(token, now) is None:
            return False
        self._people.put(user_id, "member", now)
        return True

    def make_admin(self, user_id: int, now: dt.datetime) -> None:
        """Store this person as an admin."""
        self._people.put(user_id, "admin", now)
