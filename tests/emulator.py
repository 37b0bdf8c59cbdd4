"""A Bot API server on loopback: the contract emulator, and what it lacks of Telegram.

Added here: a bot name, one accepted token, forced replies, members of groups, edited messages,
inline queries, link preview options, and an oracle that has read the same documentation: what it
does not take fails the test, in either direction (see `tests.oracle`).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import lo_bot_api_emulator  # type: ignore[import-untyped]
import lo_bot_api_emulator.updates  # type: ignore[import-untyped]
from aiohttp import web

from tests import chats, oracle
from tests.markup import parse

TOKEN = "4242:AAtest-token_of-the-emulator"  # noqa: S105 - accepted by the emulator only
BOT_ID = 7  # as the emulator has it
_US = {"id": BOT_ID, "is_bot": True, "first_name": "B"}
PATIENCE = 30.0
"""Seconds after which a test gives up; none waits that long when all is well."""

for _method in ("sendMessage", "editMessageText"):
    _known = lo_bot_api_emulator.CONTRACT["methods"][_method]["parameters"]
    if "link_preview_options" not in _known:
        _known.append("link_preview_options")
for _method in ("sendMessage", "sendChatAction", "sendDocument", "sendPhoto", "sendMediaGroup"):
    lo_bot_api_emulator.CONTRACT["methods"][_method]["parameters"].append("message_thread_id")
lo_bot_api_emulator.updates.KINDS.update(("edited_message", "my_chat_member"))
_ANSWERED_LATER = {"getUpdates", "getWebhookInfo", "setWebhook", "deleteWebhook"}
_UPDATES = itertools.count(1)  # of all servers: a bot that is served by two takes each number once
_BEGUN = re.compile(r"(^|[^\n]\n)…$")  # how the bot begins a message before it is whole
MEMBER, DRAFT = "getChatMember", "sendMessageDraft"


@dataclass(frozen=True)
class Call:
    """One accepted request of the bot. `text` is what is shown, `html` what was sent.

    `message_id` is that of the message it made; `files` are names and contents.
    """

    method: str
    fields: dict[str, Any]
    text: str = ""
    message_id: int = 0
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def html(self) -> str:
        return str(self.fields.get("text", ""))

    @property
    def chat(self) -> int:
        return int(self.fields.get("chat_id", 0))

    def json(self, name: str) -> Any:
        value = self.fields.get(name)
        return json.loads(value) if isinstance(value, str) else value

    @property
    def buttons(self) -> list[dict[str, str]]:
        rows = (self.json("reply_markup") or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


class Telegram(lo_bot_api_emulator.LoBotApiEmulator):  # type: ignore[misc] # it has no types
    """The server; `calls` is what the bot did, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.url = ""
        self.accepted = TOKEN
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self._changed = asyncio.Condition()
        self._message_id = 1000
        self.group_admins: set[int] = set()
        self.takes_drafts = True
        self.groups: dict[int, str] = {}
        self.gone: dict[int, set[int]] = {}
        """By group, who has left it."""

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        """What is answered. A request that Telegram would refuse for its form is a fault."""
        try:
            oracle.check_request(method, fields, uploads)
            result = self._answered(method, fields, uploads)
            if method not in _ANSWERED_LATER:
                oracle.check_result(method, result)
        except (oracle.OracleError, LookupError, TypeError, ValueError) as error:
            self.faults.append(f"{method}: {error}")
            raise lo_bot_api_emulator.ApiRefusal(f"Bad Request: {error}") from None
        return result

    def _answered(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        shown = str(fields.get("text", ""))
        if fields.get("parse_mode") == "HTML":
            shown, _ = parse(shown)
        if method == MEMBER:
            user = int(fields["user_id"])
            left = user in self.gone.get(int(fields["chat_id"]), set())
            admin = user in self.group_admins
            return chats.member(user, "left" if left else "administrator" if admin else "member")
        if method in {"getChat", "leaveChat"}:
            chat = int(fields["chat_id"])
            if chat not in self.groups:
                raise lo_bot_api_emulator.ApiRefusal("Bad Request: chat not found")
            self.calls.append(Call(method, dict(fields)))
            if method == "leaveChat":
                del self.groups[chat]
                return True
            return chats.group(chat, self.groups[chat])
        if method == DRAFT:
            if not self.takes_drafts or int(fields["chat_id"]) < 0 or not int(fields["draft_id"]):
                raise lo_bot_api_emulator.ApiRefusal("Bad Request: drafts are not available")
            self.calls.append(Call(method, dict(fields), shown))
            return True
        accepted = dict(fields)
        if json.loads(str(fields.get("reply_markup", "{}"))).get("force_reply") is True:
            del accepted["reply_markup"]
        try:
            result = super().validate(method, accepted, uploads)
        except lo_bot_api_emulator.ApiRefusal as error:
            self.faults.append(f"{method}: {error.description}")
            raise
        if method == "getMe":
            result["username"] = "attache_test_bot"
            del result["capabilities"]  # which Telegram does not tell
        made = 0
        if method == "sendMessage":
            made = result["message_id"] = self.next_message_id()
        if method != "getUpdates":
            files = tuple((each["filename"], each["data"]) for each in uploads.values())
            self.calls.append(Call(method, dict(fields), shown, made, files))
        return result

    async def handle(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.accepted:
            body = {"ok": False, "error_code": 401, "description": "Unauthorized"}
            return web.json_response(body, status=401)
        response: web.Response = await super().handle(request)
        async with self._changed:
            self._changed.notify_all()
        return response

    async def until(self, condition: Callable[[], Any]) -> Any:
        """The first true value of `condition`, looked at after every request."""
        async with asyncio.timeout(PATIENCE), self._changed:
            while not (value := condition()):
                await self._changed.wait()
            return value

    def sent(self, chat: int) -> list[Call]:
        """The messages sent to a chat: those that were only begun as what they then became."""
        made = (call for call in self.calls if call.method == "sendMessage" and call.chat == chat)
        became = (self._became(call) for call in made)
        return [call for call in became if call is not None]

    def begun(self, chat: int) -> list[Call]:
        """The messages of a chat that were begun and became nothing."""
        made = (call for call in self.calls if call.method == "sendMessage" and call.chat == chat)
        return [call for call in made if self._became(call) is None]

    def _became(self, message: Call) -> Call | None:
        """A message as it was when it was whole; None as long as it is not."""
        if not _BEGUN.search(message.html):
            return message
        edits = self._all_edits(message)
        if not edits:
            return None
        return replace(
            message,
            fields={**message.fields, **edits[0].fields},
            text=edits[0].text,
        )

    def answers(self, method: str) -> list[Call]:
        """What was answered with that method, in order."""
        return [call for call in self.calls if call.method == method]

    async def alerts(self, text: str) -> Call:
        """The first answer to a pressed button that says so."""

        def alert() -> Call | None:
            calls = self.answers("answerCallbackQuery")
            return next((each for each in calls if text in each.text), None)

        found: Call = await self.until(alert)
        return found

    def edits(self, message: Call) -> list[Call]:
        """What a message was changed to once it was whole, in order."""
        edits = self._all_edits(message)
        sent = next((call for call in self.calls if call.message_id == message.message_id), message)
        return edits[1:] if _BEGUN.search(sent.html) else edits

    def _all_edits(self, message: Call) -> list[Call]:
        return [
            call
            for call in self.calls
            if call.method == "editMessageText"
            and call.chat == message.chat
            and int(call.fields["message_id"]) == message.message_id
        ]

    def keyboards(self, message: Call) -> list[Call]:
        """What stood under a message, in order: when it was made, and after each edit of it."""
        made = [
            call
            for call in self.calls
            if call.message_id == message.message_id or self._edits(call, message)
        ]
        return [call for call in made if call.fields.get("reply_markup") is not None]

    def _edits(self, call: Call, message: Call) -> bool:
        return (
            call.method in {"editMessageText", "editMessageReplyMarkup"}
            and call.chat == message.chat
            and int(call.fields["message_id"]) == message.message_id
        )

    async def send(self, update: dict[str, Any]) -> None:
        """Let the bot fetch `update`."""
        update = {"update_id": next(_UPDATES), **update}
        oracle.check_update(update)
        await self.enqueue_update(update, token=TOKEN)

    def next_message_id(self) -> int:
        self._message_id += 1
        return self._message_id


@dataclass
class Person:
    """Somebody in a private chat with the bot, or in a group where `group` is given."""

    telegram: Telegram
    id: int
    language: str = "en"
    group: int | None = None
    _heard: int = field(default=0, init=False)

    @property
    def chat(self) -> int:
        return self.group or self.id

    def message(self, **content: Any) -> dict[str, Any]:
        kind = "supergroup" if self.group else "private"
        return {
            "message_id": self.telegram.next_message_id(),
            "date": 1_700_000_000,
            "chat": {"id": self.chat, "type": kind, "title": "G", "first_name": "P"},
            "from": self._user(),
            **content,
        }

    def _user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": "P",
            "language_code": self.language,
        }

    async def writes(self, text: str, *, to: Call | None = None, topic: int | None = None) -> int:
        """Send a text, as a reply `to` a message of the bot's where given, in a forum's `topic`
        where given; returns its id."""
        content: dict[str, Any] = {"text": text}
        if topic is not None:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if to is not None:
            replied = {**self.message(text=to.text), "message_id": to.message_id, "from": _US}
            content["reply_to_message"] = replied
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if "@" in text and not text.startswith("/"):
            start = text.index("@")
            length = len(text[start:].split(maxsplit=1)[0])
            content["entities"] = [{"type": "mention", "offset": start, "length": length}]
        message = self.message(**content)
        await self.telegram.send({"message": message})
        return int(message["message_id"])

    async def edits(self, message: int, text: str) -> None:
        """Change what they wrote before."""
        content = {**self.message(text=text, edit_date=1_700_000_001), "message_id": message}
        await self.telegram.send({"edited_message": content})

    async def presses(self, data: str, *, under: Call | None = None) -> None:
        """Press a button under a message of the bot, `under` that one where given."""
        message = {**self.message(text="buttons"), "from": _US}
        if under is not None:
            message["message_id"] = under.message_id
        query = {
            "id": str(self.telegram.next_message_id()),
            "from": self._user(),
            "chat_instance": "1",
            "data": data,
            "message": message,
        }
        await self.telegram.send({"callback_query": query})

    async def types(self, text: str) -> str:
        """Type "@bot text" in some chat; the id of the inline query."""
        number = str(self.telegram.next_message_id())
        query = {"id": number, "from": self._user(), "query": text, "offset": ""}
        await self.telegram.send({"inline_query": query})
        return number

    async def offered(self, query: str) -> Call:
        """What is offered for an inline query."""

        def answer() -> Call | None:
            calls = self.telegram.answers("answerInlineQuery")
            return next((each for each in calls if each.fields["inline_query_id"] == query), None)

        found: Call = await self.telegram.until(answer)
        return found

    async def lets_in(self, group: int, title: str, *, out: bool = False) -> None:
        """Add the bot to a group, or put it `out` of it."""
        self.telegram.groups[group] = title
        statuses = ["left", "member"]
        old, new = reversed(statuses) if out else statuses
        change = {
            "chat": {"id": group, "type": "supergroup", "title": title},
            "from": self._user(),
            "date": 1_700_000_000,
            "old_chat_member": {"status": old, "user": _US},
            "new_chat_member": {"status": new, "user": _US},
        }
        await self.telegram.send({"my_chat_member": change})

    async def hears(self, count: int = 1) -> list[Call]:
        """The next `count` messages in the chat."""
        start, end = self._heard, self._heard + count
        await self.telegram.until(lambda: len(self.telegram.sent(self.chat)) >= end)
        self._heard = end
        return self.telegram.sent(self.chat)[start:end]

    async def receives(self, name: str) -> str:
        """The text of the first file of that kind of name that the bot sends to the chat."""

        def file() -> bytes | None:
            return next(
                (
                    content
                    for call in self.telegram.calls
                    if call.method == "sendDocument" and call.chat == self.chat
                    for given, content in call.files
                    if given.endswith(name)
                ),
                None,
            )

        found: bytes = await self.telegram.until(file)
        return found.decode("utf-8-sig")

    async def sees(self, message: Call, text: str) -> Call:
        """The first edit of a message of the bot that shows `text`."""

        def edit() -> Call | None:
            return next((each for each in self.telegram.edits(message) if text in each.text), None)

        found: Call = await self.telegram.until(edit)
        return found

    async def finds(self, button: str, under: Call) -> str:
        """The data of the button that begins so, once the keyboard under a message has it."""

        def data() -> str | None:
            boards = self.telegram.keyboards(under)
            found = boards[-1].buttons if boards else []
            return next((b["callback_data"] for b in found if b["text"].startswith(button)), None)

        return str(await self.telegram.until(data))

    async def taps(self, *buttons: str, under: Call) -> None:
        """Press buttons one after the other, each as soon as it stands under the message."""
        for button in buttons:
            await self.presses(await self.finds(button, under), under=under)

    async def asks(self, text: str, *, to: Call | None = None) -> Call:
        """Write, and wait for one message."""
        await self.writes(text, to=to)
        return (await self.hears())[0]


@asynccontextmanager
async def telegram_server() -> AsyncIterator[Telegram]:
    """The server on a free port of the loopback interface; what the oracle finds wrong fails."""
    telegram = Telegram()
    runner = web.AppRunner(telegram.app(), access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    telegram.url = f"http://127.0.0.1:{port}"
    try:
        yield telegram
    finally:
        await runner.cleanup()
    assert not telegram.faults, "\n".join(telegram.faults)
