"""One word for many messages that are refused."""

from __future__ import annotations

import datetime as dt

PEACE = dt.timedelta(seconds=10)
"""Without a refusal; what is refused then is no longer the same flood."""


class Floods:
    """Who is flooding. For the event loop; after a restart nobody is."""

    def __init__(self) -> None:
        self._refused: dict[int, dt.datetime] = {}

    def begins(self, user_id: int, now: dt.datetime) -> bool:
        """Note that a message was refused; whether to say so: once, however long it goes on."""
        lately = {who: at for who, at in self._refused.items() if now - PEACE < at <= now}
        self._refused = {**lately, user_id: now}
        return user_id not in lately
