"""A second opinion on the Bot API: aiogram's types, which know nothing of python-telegram-bot's.

Both libraries are written from Telegram's documentation, by different people. What both read, field
by field, with nothing left over, is likely to be what Telegram means.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

import telegram
from aiogram import methods
from aiogram.types import Message
from aiogram.types import Update as SecondUpdate
from aiogram.utils.text_decorations import html_decoration
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.markup import Entity, check, parse

_METHODS: dict[str, type[methods.TelegramMethod[Any]]] = {
    each.__api_method__: each
    for _, each in inspect.getmembers(methods, inspect.isclass)
    if issubclass(each, methods.TelegramMethod) and each is not methods.TelegramMethod
}
_TEXTS = {"text": "entities", "caption": "caption_entities", "message_text": "entities"}
"""Fields that people read, and those that hold their entities."""


class OracleError(Exception):
    """What went over the wire is not what Telegram takes or gives."""


def check_request(method: str, fields: Mapping[str, Any], files: Mapping[str, Any]) -> None:
    """Hold a request's form against aiogram's type of the method. Raises `OracleError`."""
    kind = _METHODS.get(method)
    if kind is None:
        raise OracleError(f"{method}: no such method")
    values: dict[str, Any] = {name: f"attach://{name}" for name in files}
    values |= {name: _decoded(kind, name, value) for name, value in fields.items()}
    # An attachment that is named by another field is that field's value, not one of its own.
    named = json.dumps(list(fields.values()))
    for name in files:
        if f"attach://{name}" in named:
            del values[name]
    _read(method, kind, values)
    for each in _objects(values):
        for name, entities in _TEXTS.items():
            if isinstance(each.get(name), str):
                _check_text(f"{method}.{name}", each[name], each, entities)


def check_result(method: str, result: Any) -> None:
    """Hold what is answered to a request against aiogram's type of it. Raises `OracleError`."""
    _read(f"result of {method}", _METHODS[method].__returning__, result)


def check_update(update: dict[str, Any]) -> None:
    """Hold an update against both libraries' types. Raises `OracleError`."""
    _read("update", SecondUpdate, update)
    try:
        parsed = telegram.Update.de_json(update, None)
    except (KeyError, TypeError, ValueError) as error:
        raise OracleError(f"update: {type(error).__name__}: {error}") from error
    unknown = sorted(_unknown_to_first(parsed))
    if unknown:
        raise OracleError(f"update: unknown to python-telegram-bot: {', '.join(unknown)}")


def _check_text(where: str, text: str, beside: Mapping[str, Any], entities: str) -> None:
    """What is shown, with its entities, by the rules and as aiogram reads it."""
    try:
        if beside.get("parse_mode") == "HTML":
            text, found = parse(text)
        else:
            given = beside.get(entities) or []
            found = [Entity(each["offset"], each["length"], each["type"]) for each in given]
        check(text, found)
    except ValueError as error:
        raise OracleError(f"{where}: {error}") from error
    wire = [
        {"type": each.type, "offset": each.offset, "length": each.length}
        | ({"url": each.url} if each.url else {})
        for each in sorted(found, key=lambda each: (each.offset, -each.length))
    ]
    message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
    second = Message.model_validate({**message, "text": text, "entities": wire})
    again = html_decoration.unparse(text, second.entities)
    if parse(again) != (text, found):
        raise OracleError(f"{where}: aiogram reads other entities: {again!r}")


def _read(where: str, kind: Any, value: Any) -> None:
    try:
        parsed = _adapter(kind).validate_python(value)
    except ValidationError as error:
        raise OracleError(f"{where}: {error}") from error
    unknown = sorted(set(_unknown_to_second(parsed)))
    if unknown:
        raise OracleError(f"{where}: unknown to aiogram: {', '.join(unknown)}")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _decoded(kind: type[BaseModel], name: str, value: Any) -> Any:
    """A form's field as the value that it is: JSON where that has parts and may be no text."""
    field = kind.model_fields.get(name)
    if field is None or not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    if str in {field.annotation, *get_args(field.annotation)}:
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise OracleError(f"{name}: no JSON") from error


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _objects(each)


def _unknown_to_second(value: Any) -> Iterator[str]:
    """Fields that aiogram has no name for, in whatever was parsed."""
    if isinstance(value, BaseModel):
        yield from (f"{type(value).__name__}.{name}" for name in value.model_extra or ())
        for name in type(value).model_fields:
            yield from _unknown_to_second(getattr(value, name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _unknown_to_second(each)


def _unknown_to_first(value: Any) -> Iterator[str]:
    """The same of python-telegram-bot."""
    if isinstance(value, telegram.TelegramObject):
        yield from (f"{type(value).__name__}.{name}" for name in value.api_kwargs)
        for each in value.to_dict(recursive=False).values():
            yield from _unknown_to_first(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _unknown_to_first(each)
