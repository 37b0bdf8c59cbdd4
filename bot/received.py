"""What Telegram hands us, held against what an update is: one that is none stops no other."""

from __future__ import annotations

import json
from typing import Any

import structlog
from telegram import Update

_log = structlog.stdlib.get_logger(__name__)


def numbered(value: object) -> dict[str, Any] | None:
    """An object with the number that every update has; None for anything else."""
    if isinstance(value, dict) and type(value.get("update_id")) is int:
        return value
    return None


def readable(value: dict[str, Any]) -> dict[str, Any]:
    """The update, or its number alone where the library cannot read what is in it."""
    try:
        Update.de_json(value, None)
    except Exception as error:  # the library raises whatever its reading stumbles over
        _log.warning("an update cannot be read", error=type(error).__name__)
        return {"update_id": value["update_id"]}
    return value


def readable_reply(payload: bytes) -> bytes:
    """A reply to getUpdates in which every update can be read."""
    try:
        reply = json.loads(payload)
    except ValueError:
        return payload
    result = reply.get("result") if isinstance(reply, dict) else None
    if not isinstance(result, list):
        return payload
    reply["result"] = [readable(each) for each in map(numbered, result) if each is not None]
    return json.dumps(reply).encode()
