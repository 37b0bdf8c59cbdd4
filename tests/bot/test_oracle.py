"""The oracle of the tests over Telegram finds what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
import telegram

from tests.emulator import TOKEN, telegram_server
from tests.markup import Entity, check, parse
from tests.oracle import OracleError, check_request, check_result, check_update

CHAT = {"id": 5, "type": "private", "first_name": "P"}
USER = {"id": 5, "is_bot": False, "first_name": "P"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "from": USER, "text": "x"}
BUTTON = {"text": "a", "callback_data": "b"}


@pytest.mark.parametrize(
    ("method", "fields", "wrong"),
    [
        ("sendMessages", {}, "no such method"),
        ("sendMessage", {"chat_id": "5"}, "text"),
        ("sendMessage", {"chat_id": "5", "text": "x", "colour": "red"}, "colour"),
        ("sendMessage", {"chat_id": "5", "text": " "}, "empty"),
        ("sendMessage", {"chat_id": "5", "text": "x" * 4097}, "too long"),
        (
            "sendMessage",
            {
                "chat_id": "5",
                "text": "x",
                "reply_markup": json.dumps({"inline_keyboard": [[BUTTON | {"color": "red"}]]}),
            },
            "color",
        ),
        ("sendMessageDraft", {"chat_id": "5", "draft_id": "one", "text": "x"}, "draft_id"),
        ("leaveChat", {}, "chat_id"),
        (
            "sendMessage",
            {
                "chat_id": "5",
                "text": "\N{GRINNING FACE}",
                "entities": json.dumps([{"type": "bold", "offset": 1, "length": 1}]),
            },
            "utf-16",
        ),
        (
            "answerInlineQuery",
            {
                "inline_query_id": "1",
                "results": json.dumps(
                    [
                        {
                            "type": "article",
                            "id": "1",
                            "title": "t",
                            "input_message_content": {"message_text": "<u>", "parse_mode": "HTML"},
                        }
                    ]
                ),
            },
            "tag <u>",
        ),
    ],
)
def test_a_request_that_telegram_would_not_take_is_found(
    method: str, fields: dict[str, Any], wrong: str
) -> None:
    """Fields that are missing, misspelled or of another kind, wherever they stand."""
    with pytest.raises(OracleError, match=wrong):
        check_request(method, fields, {})


def test_what_telegram_takes_passes() -> None:
    """As python-telegram-bot writes it: a form, its values as JSON."""
    markup = json.dumps({"inline_keyboard": [[BUTTON]]})
    fields = {
        "chat_id": "5",
        "text": "<b>a</b> <blockquote>b <code>c.com</code></blockquote> \N{GRINNING FACE}<i>d</i>",
        "parse_mode": "HTML",
        "reply_markup": markup,
        "reply_parameters": json.dumps({"message_id": 1, "allow_sending_without_reply": True}),
    }
    check_request("sendMessage", fields, {})
    check_request("sendDocument", {"chat_id": "5", "document": "attach://x"}, {"x": b""})
    check_result("sendMessage", MESSAGE)


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ("<u>a</u>", "tag"),
        ("<b>a", "no end"),
        ("<b><i>a</b></i>", "end of b"),
        ("a < b", "bare '<'"),
        ("a & b", "bare '&'"),
        ("a &nbsp; b", "bare '&'"),
        ("<b>a <code>b</code></b>", "across"),
        ("<code>a <code>b</code></code>", "within its like"),
        ("<blockquote>a <blockquote expandable>b</blockquote></blockquote>", "within its like"),
        ('<a href="javascript:x">a</a>', "no address"),
        ("<b>a</b>" * 101, "too many"),
    ],
)
def test_markup_that_telegram_would_not_show_is_found(html: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        check(*parse(html))


def test_entities_count_in_utf16() -> None:
    """A smile takes two units."""
    text, entities = parse("\N{GRINNING FACE}<b>a\N{GRINNING FACE}</b>")
    assert entities == [Entity(2, 3, "bold")]
    with pytest.raises(ValueError, match="outside"):
        check(text, [Entity(2, 4, "bold")])


@pytest.mark.parametrize(
    ("update", "wrong"),
    [
        ({"message": MESSAGE | {"message_thread": 5}}, "message_thread"),
        ({"message": {key: MESSAGE[key] for key in ("message_id", "chat")}}, "date"),
        ({"edited_message": MESSAGE | {"chat": CHAT | {"kind": "x"}}}, "kind"),
        ({"my_chat_member": {"chat": CHAT, "from": USER, "date": 1}}, "old_chat_member"),
        ({"inline_query": {"id": "1", "from": USER, "query": "x"}}, "offset"),
    ],
)
def test_an_update_that_telegram_would_not_send_is_found(
    update: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(OracleError, match=wrong):
        check_update({"update_id": 1, **update})


async def test_a_fault_fails_the_test_that_made_it() -> None:
    """Also where the bot takes the refusal without a word."""
    with pytest.raises(AssertionError, match="bare '<'"):
        async with telegram_server() as server:
            bot = telegram.Bot(TOKEN, f"{server.url}/bot")
            async with bot:
                with pytest.raises(telegram.error.BadRequest, match="bare '<'"):
                    await bot.send_message(5, "a < b", parse_mode="HTML")
