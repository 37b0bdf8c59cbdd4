"""The bot's routing table: which update goes to which handler, and in which order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    LinkPreviewOptions,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.change_loop import PREFIX as CHANGE
from bot.desk import Desk
from bot.handlers import other
from bot.handlers.answer_buttons import WIDER
from bot.handlers.changes import ChangeButtons
from bot.handlers.corrections import Corrections
from bot.handlers.coverage import CoverageCommand
from bot.handlers.digests import Digests
from bot.handlers.errors import apologise
from bot.handlers.evidence import PREFIX as EVIDENCE
from bot.handlers.evidence import EvidenceButtons
from bot.handlers.export import Export
from bot.handlers.feedback import PREFIX as FEEDBACK
from bot.handlers.feedback import FeedbackHandlers
from bot.handlers.gate import Gate
from bot.handlers.greeting import Greeting
from bot.handlers.ingest import PREFIX, Ingest
from bot.handlers.people import PREFIX as PEOPLE
from bot.handlers.people import PeopleHandlers
from bot.handlers.personal import PREFIX as PERSONAL
from bot.handlers.personal import PersonalHandlers
from bot.handlers.questions import Questions
from bot.handlers.review import PREFIX as REVIEW
from bot.handlers.review import Review
from bot.handlers.sources import SourcesCommand
from bot.handlers.status import Status
from bot.handlers.timeline import TimelineCommand
from bot.handlers.uploads import PREFIX as UPLOAD
from bot.handlers.uploads import UploadHandlers
from bot.handlers.versions import Versions
from bot.menu import admin_menu, menu
from bot.messenger import PREFIX as DIGEST
from bot.words import DEFAULT, LANGUAGES

App = Application[Any, Any, Any, Any, Any, Any]
ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
]
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
    versions, corrections, digests = Versions(desk), Corrections(desk), Digests(desk)
    private = filters.ChatType.PRIVATE
    new = filters.UpdateType.MESSAGE
    # Everything passes the gate, which stops strangers; then the first handler that fits.
    app.add_handler(TypeHandler(Update, Gate(desk).check), group=-1)
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
    app.add_handler(CommandHandler("export", Export(desk).run, new))
    app.add_handler(CommandHandler("timeline", TimelineCommand(desk).run, new))
    app.add_handler(CommandHandler("coverage", CoverageCommand(desk).run, new))
    app.add_handler(CommandHandler("ask", questions.asked, new))
    app.add_handler(CommandHandler("reset", questions.reset, new))
    app.add_handler(CommandHandler("status", Status(desk).tell, new))
    # Not by the library's patterns: what has no data fits every one of them.
    uploads, feedback, people = UploadHandlers(desk), FeedbackHandlers(desk), PeopleHandlers(desk)
    personal, review = PersonalHandlers(desk), Review(desk)
    app.add_handler(CommandHandler("review", review.run, new))
    app.add_handler(CommandHandler("language", personal.language, new))
    app.add_handler(CommandHandler("reads", personal.reads, new))
    app.add_handler(CommandHandler("mydata", personal.mydata, new))
    app.add_handler(CommandHandler("forgetme", personal.forgetme, new))
    app.add_handler(CommandHandler("privacy", personal.privacy, new))
    app.add_handler(CommandHandler("private", questions.in_private, new))
    app.add_handler(CommandHandler("invite", people.invite, new))
    app.add_handler(CommandHandler("users", people.users, new))
    app.add_handler(CommandHandler("lockdown", people.lockdown, new))
    app.add_handler(ChatMemberHandler(people.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(CommandHandler("feedback", feedback.list, new))
    buttons = {
        PREFIX: ingest.pressed,
        DIGEST: digests.pressed,
        UPLOAD: uploads.pressed,
        EVIDENCE: EvidenceButtons(desk).pressed,
        CHANGE: ChangeButtons(desk).pressed,
        FEEDBACK: feedback.pressed,
        WIDER: questions.widened,
        PEOPLE: people.pressed,
        PERSONAL: personal.pressed,
        REVIEW: review.pressed,
    }
    app.add_handler(CallbackQueryHandler(_by_prefix(buttons, questions.pressed)))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, digests.migrated))
    app.add_handler(MessageHandler(filters.TEXT & digests & new, digests.typed))
    edited = filters.UpdateType.EDITED_MESSAGE
    app.add_handler(MessageHandler(filters.TEXT & edited, questions.edited))
    app.add_handler(MessageHandler(private & filters.Document.ALL & new, uploads.received))
    app.add_handler(MessageHandler(private & filters.COMMAND, other.unknown_command))
    app.add_handler(MessageHandler(private & filters.TEXT, questions.typed))
    # Of what is said in a group the gate lets through what is said to us.
    said = filters.ChatType.GROUPS & filters.TEXT & ~filters.COMMAND
    app.add_handler(MessageHandler(said & new, questions.typed))
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


async def announce_commands(app: App, admins: Sequence[int] = ()) -> None:
    """Give Telegram the menus in every interface language; admins have more in theirs."""
    for language in LANGUAGES:
        code = None if language == DEFAULT else language
        for_all, for_admins = menu(language), admin_menu(language)
        scopes: list[tuple[list[BotCommand], BotCommandScope]] = [
            (for_all, BotCommandScopeDefault()),
            *(([*for_all, *for_admins], BotCommandScopeChat(admin)) for admin in admins),
        ]
        for commands, scope in scopes:
            try:
                await app.bot.set_my_commands(commands, scope=scope, language_code=code)
            except TelegramError as error:  # the menu is a convenience
                _log.warning("a command menu was not set", error=type(error).__name__)
