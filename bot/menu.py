"""The commands that Telegram shows in its menu."""

from __future__ import annotations

from telegram import BotCommand

from bot.words import words


def menu(language: str) -> list[BotCommand]:
    """For everybody."""
    w = words(language)
    return [
        BotCommand("help", w.gettext("What I do, with examples")),
        BotCommand("digest", w.gettext("A digest every morning, or when you like")),
        BotCommand("timeline", w.gettext("What happened between countries, in order")),
        BotCommand("coverage", w.gettext("What the corpus has, by month and country")),
        BotCommand("export", w.gettext("The last answer as a Word document")),
        BotCommand("private", w.gettext("Ask without a language model, and keep nothing")),
        BotCommand("reset", w.gettext("Forget our conversation")),
        BotCommand("language", w.gettext("In which language I speak to you")),
        BotCommand("reads", w.gettext("Languages of articles that come first")),
        BotCommand("privacy", w.gettext("What is kept, and what goes where")),
        BotCommand("mydata", w.gettext("All that is kept of you")),
        BotCommand("forgetme", w.gettext("Erase all that is kept of you")),
    ]


def admin_menu(language: str) -> list[BotCommand]:
    """For admins, beside those for everybody."""
    w = words(language)
    return [
        BotCommand("ingest", w.gettext("Read the corpus folder again")),
        BotCommand("sources", w.gettext("What the corpus is fed from")),
        BotCommand("review", w.gettext("Articles whose date is doubtful")),
        BotCommand("versions", w.gettext("Versions of the corpus to go back to")),
        BotCommand("fix", w.gettext("Correct an article")),
        BotCommand("hide", w.gettext("Take an article out of service")),
        BotCommand("audit", w.gettext("Who did what")),
        BotCommand("feedback", w.gettext("What readers found wrong")),
        BotCommand("users", w.gettext("Who is served")),
        BotCommand("invite", w.gettext("A link that lets one person in")),
        BotCommand("lockdown", w.gettext("Serve nobody but admins")),
        BotCommand("status", w.gettext("What is served, and where texts go")),
    ]
