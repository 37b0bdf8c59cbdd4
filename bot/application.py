"""The bot's routing table: which update goes to which handler, and in which order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import structlog
from telegram import BotCommand, LinkPreviewOptions, Update
from telegram.error import TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.desk import Desk
from bot.handlers import digest_replies, other, upload_corrections
from bot.handlers.asking import Asking
from bot.handlers.corrections import Corrections
from bot.handlers.digest_messages import DigestMessages
from bot.handlers.digest_replies import DigestReplies
from bot.handlers.digests import Digests
from bot.handlers.errors import apologise
from bot.handlers.gate import Gate
from bot.handlers.greeting import Greeting
from bot.handlers.ingest import PREFIX, Ingest
from bot.handlers.questions import Questions
from bot.handlers.sources import SourcesCommand
from bot.handlers.status import Status
from bot.handlers.upload_corrections import PREFIX as UPLOAD
from bot.handlers.upload_corrections import UploadCorrections
from bot.handlers.uploads import UploadHandlers
from bot.handlers.versions import Versions
from bot.messenger import MORE, MUTE
from bot.messenger import PREFIX as DIGEST
from bot.words import DEFAULT, LANGUAGES, words

App = Application[Any, Any, Any, Any, Any, Any]
ALLOWED_UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
AT_ONCE = 256
A_SECOND = 28
"""Requests; Telegram takes 30 messages a second from a bot."""

_REFUSED = (401, 404)  # what the Bot API answers to an unknown token

_log = structlog.stdlib.get_logger(__name__)


class PollingRequest(HTTPXRequest):
    """Fetches updates, and notices that the token is no longer accepted: polling ends then."""

    def __init__(self) -> None:
        super().__init__(connection_pool_size=1)
        self.refused = asyncio.Event()

    async def do_request(self, *args: object, **kwargs: object) -> tuple[int, bytes]:
        """Pass the request on."""
        status, payload = await super().do_request(*args, **kwargs)  # type: ignore[arg-type]
        if status in _REFUSED:
            self.refused.set()
        return status, payload


def build(token: str, api_url: str, desk: Desk, polling: PollingRequest | None = None) -> App:
    """The bot, ready to be initialised and started."""
    app = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .get_updates_request(polling or PollingRequest())
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .rate_limiter(
            # One at a time: the library's own thirty a second may all go at once, twice over.
            AIORateLimiter(overall_max_rate=1, overall_time_period=1 / A_SECOND, max_retries=3)
        )
        .concurrent_updates(AT_ONCE)
        .build()
    )
    greeting, questions, ingest = Greeting(desk), Questions(desk), Ingest(desk)
    versions, corrections = Versions(desk), Corrections(desk)
    private = filters.ChatType.PRIVATE
    new = filters.UpdateType.MESSAGE
    asking = Asking(desk)
    set_up, corrected = DigestReplies(desk, asking), UploadCorrections(desk, asking)
    asking.hand_to(digest_replies.KIND, set_up.typed)
    asking.hand_to(upload_corrections.KIND, corrected.typed)
    digests = Digests(desk, set_up)
    # Everything passes the gate, which stops strangers; what was asked for goes to who asked; the
    # rest to the first handler that fits.
    app.add_handler(TypeHandler(Update, Gate(desk).check), group=-2)
    answers = filters.REPLY & filters.TEXT & ~filters.COMMAND & new
    app.add_handler(MessageHandler(answers, asking.typed), group=-1)
    app.add_handler(CommandHandler(("start", "help"), greeting.greet, new))
    app.add_handler(CommandHandler("ingest", ingest.run, new))
    app.add_handler(CommandHandler("versions", versions.list, new))
    app.add_handler(CommandHandler("rollback", versions.roll_back, new))
    app.add_handler(CommandHandler("fix", corrections.fix, new))
    app.add_handler(CommandHandler("hide", corrections.hide, new))
    app.add_handler(CommandHandler("show", corrections.show, new))
    app.add_handler(CommandHandler("audit", versions.audit, new))
    app.add_handler(CommandHandler("sources", SourcesCommand(desk).run, new))
    app.add_handler(CommandHandler("digest", digests.command, new))
    app.add_handler(CommandHandler("reset", questions.reset, new))
    app.add_handler(CommandHandler("status", Status(desk).tell, new))
    # Not by the library's patterns: what has no data fits every one of them.
    uploads = UploadHandlers(desk, corrected)
    sent = DigestMessages(desk)
    # The longer of two prefixes stands before the other.
    buttons = {
        MORE: sent.more,
        MUTE: sent.mute,
        PREFIX: ingest.pressed,
        DIGEST: digests.pressed,
        UPLOAD: uploads.pressed,
    }
    app.add_handler(CallbackQueryHandler(_by_prefix(buttons, questions.pressed)))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, digests.migrated))
    app.add_handler(MessageHandler(private & filters.UpdateType.EDITED_MESSAGE, other.edited))
    app.add_handler(MessageHandler(private & filters.Document.ALL & new, uploads.received))
    app.add_handler(MessageHandler(private & filters.COMMAND, other.unknown_command))
    app.add_handler(MessageHandler(private & filters.TEXT, questions.typed))
    # Of what is said in a group the gate lets through replies to us alone.
    to_us = filters.ChatType.GROUPS & filters.REPLY & filters.TEXT & ~filters.COMMAND
    app.add_handler(MessageHandler(to_us & new, questions.typed))
    app.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, other.no_text))
    app.add_error_handler(apologise)
    return app


Pressed = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


def _by_prefix(handlers: Mapping[str, Pressed], otherwise: Pressed) -> Pressed:
    """What handles a button: by how its data begins."""

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        data = (query.data if query else None) or ""
        chosen = (each for prefix, each in handlers.items() if data.startswith(prefix))
        await next(chosen, otherwise)(update, context)

    return pressed


async def announce_commands(app: App) -> None:
    """Give Telegram the menu of commands in every interface language."""
    for language in LANGUAGES:
        w = words(language)
        menu = [
            BotCommand("help", w.gettext("What I do, with examples")),
            BotCommand("digest", w.gettext("A digest every morning, or when you like")),
            BotCommand("reset", w.gettext("Forget our conversation")),
            BotCommand("ingest", w.gettext("Read the corpus folder again (admins)")),
            BotCommand("sources", w.gettext("What the corpus is fed from (admins)")),
            BotCommand("versions", w.gettext("Versions of the corpus to go back to (admins)")),
            BotCommand("status", w.gettext("What is served, and where texts go (admins)")),
        ]
        try:
            await app.bot.set_my_commands(
                menu, language_code=None if language == DEFAULT else language
            )
        except TelegramError as error:  # the menu is a convenience
            _log.warning("the command menu was not set", error=type(error).__name__)
            return
