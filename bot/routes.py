"""The bot's routing table: which update goes to which handler, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.change_loop import PREFIX as CHANGE
from bot.desk import Desk
from bot.handlers import digest_replies, other, upload_corrections
from bot.handlers.admission import Admission, Handle
from bot.handlers.answer_buttons import WIDER
from bot.handlers.asking import Asking
from bot.handlers.changes import ChangeButtons
from bot.handlers.corrections import Corrections
from bot.handlers.coverage import CoverageCommand
from bot.handlers.digest_messages import DigestMessages
from bot.handlers.digest_replies import DigestReplies
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
from bot.handlers.inline import Inline
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
from bot.handlers.upload_corrections import PREFIX as UPLOAD
from bot.handlers.upload_corrections import UploadCorrections
from bot.handlers.uploads import UploadHandlers
from bot.handlers.versions import Versions
from bot.messenger import MORE, MUTE, SOURCES
from bot.messenger import PREFIX as DIGEST


def add(app: Application[Any, Any, Any, Any, Any, Any], desk: Desk) -> None:
    """Tell `app` where each kind of update goes."""
    questions, people, personal = Questions(desk), PeopleHandlers(desk), PersonalHandlers(desk)
    ingest, versions, corrections = Ingest(desk), Versions(desk), Corrections(desk)
    feedback, sent, asking = FeedbackHandlers(desk), DigestMessages(desk), Asking(desk)
    set_up, corrected = DigestReplies(desk, asking), UploadCorrections(desk, asking)
    asking.hand_to(digest_replies.KIND, set_up.typed)
    asking.hand_to(upload_corrections.KIND, corrected.typed)
    digests, uploads = Digests(desk, set_up), UploadHandlers(desk, corrected)
    greeting, review = Greeting(desk), Review(desk)
    admission = Admission(desk)
    commands: dict[str, Handle] = {
        "start": greeting.greet,
        "help": greeting.help,
        "ask": questions.asked,
        "private": questions.in_private,
        "reset": questions.reset,
        "export": Export(desk).run,
        "timeline": TimelineCommand(desk).run,
        "coverage": CoverageCommand(desk).run,
        "digest": digests.command,
        "language": personal.language,
        "reads": personal.reads,
        "mydata": personal.mydata,
        "forgetme": personal.forgetme,
        "privacy": personal.privacy,
        # for admins
        "ingest": ingest.run,
        "versions": versions.list,
        "rollback": versions.roll_back,
        "fix": corrections.fix,
        "hide": corrections.hide,
        "show": corrections.show,
        "audit": versions.audit,
        "sources": SourcesCommand(desk).run,
        "review": review.run,
        "feedback": feedback.list,
        "users": people.users,
        "invite": people.invite,
        "lockdown": people.lockdown,
        "status": Status(desk).tell,
    }
    # The longer of two prefixes stands before the other.
    buttons: dict[str, Handle] = {
        MORE: sent.more,
        MUTE: sent.mute,
        SOURCES: sent.sources,
        PREFIX: ingest.pressed,
        DIGEST: digests.pressed,
        UPLOAD: uploads.pressed,
        EVIDENCE: EvidenceButtons(desk).pressed,
        CHANGE: ChangeButtons(desk).pressed,
        FEEDBACK: feedback.pressed,
        WIDER: admission.before(questions.widened),
        PEOPLE: people.pressed,
        PERSONAL: personal.pressed,
        REVIEW: review.pressed,
    }
    private, new = filters.ChatType.PRIVATE, filters.UpdateType.MESSAGE
    edited = filters.UpdateType.EDITED_MESSAGE
    # Of what is said in a group the gate lets through what is said to us.
    said = filters.TEXT & ~filters.COMMAND & new & (private | filters.ChatType.GROUPS)
    command = filters.COMMAND & (private | filters.ChatType.GROUPS)
    replies = filters.REPLY & filters.TEXT & ~filters.COMMAND & new
    # Everything passes the gate, which stops strangers; what was asked for goes to who asked; the
    # rest to the first handler that fits.
    app.add_handler(TypeHandler(Update, Gate(desk).check), group=-2)
    app.add_handler(MessageHandler(replies, asking.typed), group=-1)
    for name, handle in commands.items():
        app.add_handler(CommandHandler(name, admission.before(handle), new))
    # Not by the library's patterns: what has no data fits every one of them.
    app.add_handler(CallbackQueryHandler(_by_prefix(buttons, admission.before(questions.pressed))))
    if desk.inline:
        app.add_handler(InlineQueryHandler(Inline(desk).asked))
    app.add_handler(ChatMemberHandler(people.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, digests.migrated))
    app.add_handler(MessageHandler(filters.TEXT & edited, admission.before(questions.edited)))
    app.add_handler(MessageHandler(private & filters.Document.ALL & new, uploads.received))
    app.add_handler(MessageHandler(command & new, admission.before(other.unknown_command)))
    app.add_handler(MessageHandler(said, admission.before(questions.typed)))
    app.add_handler(
        MessageHandler(private & ~filters.StatusUpdate.ALL, admission.once(other.no_text))
    )
    app.add_error_handler(partial(apologise, desk.metrics))


def _by_prefix(handlers: Mapping[str, Handle], otherwise: Handle) -> Handle:
    """What handles a button: by how its data begins."""

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        data = (query.data if query else None) or ""
        chosen = (each for prefix, each in handlers.items() if data.startswith(prefix))
        await next(chosen, otherwise)(update, context)

    return pressed
