"""Telegram's HTML as Telegram reads it: the text that is shown, and its entities.

After https://core.telegram.org/bots/api#html-style: which tags there are, what must be escaped, and
which entities may stand in which others. Stricter than Telegram with a link that is no address,
which it drops without a word; as silent as it about a style around nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from telegram.constants import MessageEntityType, MessageLimit

_KINDS = {
    "b": MessageEntityType.BOLD,
    "i": MessageEntityType.ITALIC,
    "code": MessageEntityType.CODE,
    "blockquote": MessageEntityType.BLOCKQUOTE,
    "blockquote expandable": MessageEntityType.EXPANDABLE_BLOCKQUOTE,
    "a": MessageEntityType.TEXT_LINK,
}
"""What the bot writes; any other tag is a mistake of ours."""

_TOKEN = re.compile(
    r"""<(?P<close>/)?(?P<tag>[a-z]+(?:[ ]expandable)?)(?:[ ]href="(?P<url>[^"<>]*)")?>"""
    r"|(?P<escape>&(?:lt|gt|amp|quot|\#\d+|\#x[0-9a-fA-F]+);)|(?P<text>[^<>&]+)|(?P<fault>.)",
    re.VERBOSE | re.DOTALL,
)
_QUOTES = {MessageEntityType.BLOCKQUOTE, MessageEntityType.EXPANDABLE_BLOCKQUOTE}


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A run of the text; `offset` and `length` in UTF-16 units."""

    offset: int
    length: int
    type: str
    url: str | None = None


def units(text: str) -> int:
    """The length in UTF-16 units. Raises `ValueError` for halves of surrogate pairs."""
    return len(text.encode("utf-16-le")) // 2


def parse(html: str) -> tuple[str, list[Entity]]:
    """The text of a message's HTML and its entities; `ValueError` where Telegram refuses it."""
    text = ""
    within: list[tuple[str, int, str | None]] = []
    found: list[Entity] = []
    for token in _TOKEN.finditer(html):
        if token["fault"]:
            raise _unreadable(f"bare {token['fault']!r} at {token.start()}")
        if token["text"] or token["escape"]:
            text += token["text"] or unescape(token["escape"])
        elif not token["close"]:
            if token["tag"] not in _KINDS or (token["tag"] == "a") != (token["url"] is not None):
                raise _unreadable(f"tag {token[0]}")
            within.append((token["tag"], units(text), token["url"]))
        else:
            if not within or within[-1][0].partition(" ")[0] != token["tag"]:
                raise _unreadable(f"end of {token['tag']}")
            tag, offset, url = within.pop()
            address = unescape(url) if url is not None else None
            entity = Entity(offset, units(text) - offset, _KINDS[tag], address)
            if entity.length and words_of(text, entity).strip():
                found.append(entity)
    if within:
        raise _unreadable(f"no end of {within}")
    return text, sorted(found)


def check(text: str, entities: Sequence[Entity]) -> None:
    """Hold a message that is about to be shown against Telegram's rules; `ValueError` says which it
    breaks."""
    if not text.strip():
        raise ValueError("message text is empty")
    if units(text) > MessageLimit.MAX_TEXT_LENGTH:
        raise ValueError("message is too long")
    if len(entities) > MessageLimit.MESSAGE_ENTITIES:
        raise ValueError("too many entities")
    for entity in entities:
        words_of(text, entity)
        if entity.url is not None and not entity.url.startswith(("https://", "http://", "tg://")):
            raise ValueError(f"no address in {entity}")
    for outer in entities:
        for inner in entities:
            if inner is not outer and _overlap(inner, outer):
                _check_nesting(inner, outer)


def visible(html: str) -> str:
    """The text that Telegram shows of a message's HTML; `ValueError` where Telegram refuses it."""
    text, entities = parse(html)
    check(text, entities)
    return text


def words_of(text: str, entity: Entity) -> str:
    """The words of an entity. Raises `ValueError` where it is outside or cuts a character."""
    end = entity.offset + entity.length
    if entity.offset < 0 or entity.length <= 0 or end > units(text):
        raise ValueError(f"{entity} is outside the text")
    return text.encode("utf-16-le")[2 * entity.offset : 2 * end].decode("utf-16-le")


def _overlap(one: Entity, other: Entity) -> bool:
    return (
        one.offset < other.offset + other.length and other.offset < one.offset + one.length
    )  # neither begins behind the other


def _check_nesting(inner: Entity, outer: Entity) -> None:
    kinds = {inner.type, outer.type}
    if len(kinds) == 1 or kinds <= _QUOTES:
        raise ValueError(f"{inner.type} within its like")
    if MessageEntityType.CODE in kinds and not kinds & _QUOTES:
        raise ValueError(f"{inner.type} across {outer.type}")
    first, second = sorted((inner, outer), key=lambda each: (each.offset, -each.length))
    if second.offset + second.length > first.offset + first.length:
        raise ValueError(f"{second} crosses the end of {first}")


def _unreadable(reason: str) -> ValueError:
    return ValueError(f"can't parse entities: {reason}")
