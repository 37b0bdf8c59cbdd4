"""/status: admins see what is served, and where texts go."""

from __future__ import annotations

import datetime as dt
from typing import Any

from telegram import Update
from telegram.ext import ContextTypes

from bot import dates
from bot.desk import Desk
from bot.handlers.replies import admins_only, send, user_language
from bot.ingest_text import quarantine_line
from bot.render import Line
from bot.scope import corpus_scope
from bot.telegram_text import messages
from bot.words import words
from corpus.facts import Extent


class Status:
    """Tells versions, counts, models and the health of the index."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def tell(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer in short lines. For admins only."""
        user, message = update.effective_user, update.effective_message
        if user is None or message is None or not await admins_only(update, self._desk):
            return
        language = user_language(user)
        status = await self._desk.status()
        lines = [*_corpus(status, language), *_models(status, language)]
        lines.append(_digests(status, language))
        lines.extend(_limits(status, language))
        if refused := status["quarantined"]:
            lines.append(quarantine_line(refused, language))
        await send(context.bot, message, messages([Line(line, "fact") for line in lines]))


def _corpus(status: dict[str, Any], language: str) -> list[str]:
    w = words(language)
    if status["version"] is None:
        return [w.gettext("There is no corpus to answer from yet. An admin can send /ingest.")]
    passages = status["passages"]
    whole = status["index"] == "whole"
    return [
        w.gettext("Corpus version %(version)d, of %(day)s.")
        % {
            "version": status["version"],
            "day": dates.day(dt.datetime.fromisoformat(status["published_at"]).date(), language),
        },
        corpus_scope(
            Extent(status["articles"], status["first_event"], status["last_event"]), language
        ),
        w.ngettext("%(n)d passage", "%(n)d passages", passages) % {"n": passages}
        + "; "
        + (
            w.gettext("the search index is whole.")
            if whole
            else w.gettext("the search index is not whole. Please send /ingest.")
        ),
    ]


def _digests(status: dict[str, Any], language: str) -> str:
    w = words(language)
    number = status["subscriptions"]
    subscribed = w.ngettext("%(n)d digest subscription", "%(n)d digest subscriptions", number)
    told = w.gettext("in the last day %(sent)d sent, %(failed)d failed; %(due)d due, %(late)d late")
    return f"{subscribed % {'n': number}}; {told % status['digests']}."


def _limits(status: dict[str, Any], language: str) -> list[str]:
    w = words(language)
    limits = []
    if asked := status["questions_per_minute"]:
        limits.append(
            w.ngettext(
                "%(n)d question or command a minute for each person",
                "%(n)d questions and commands a minute for each person",
                asked,
            )
            % {"n": asked}
        )
    if tokens := status["tokens_per_day"]:
        limits.append(
            w.ngettext(
                "%(n)d token of the language model a day for each person",
                "%(n)d tokens of the language model a day for each person",
                tokens,
            )
            % {"n": tokens}
        )
    if not limits:
        return []
    text = w.gettext("Limits: %(limits)s. Tokens of all today: %(n)d.")
    return [text % {"limits": " · ".join(limits), "n": status["tokens_today"]}]


def _models(status: dict[str, Any], language: str) -> list[str]:
    w = words(language)
    lines = [w.gettext("Embedding model: %(model)s.") % {"model": status["embedding_model"]}]
    model = status["llm_model"]
    if model is None:
        return [*lines, w.gettext("Language model: none. Answers quote the sources.")]
    if status["llm_sends"] == "nothing":
        lines.append(w.gettext("Language model: %(model)s, on this machine.") % {"model": model})
        lines.append(w.gettext("Nothing leaves this machine."))
        return lines
    lines.append(
        w.gettext("Language model: %(model)s, at %(host)s.")
        % {"model": model, "host": status["llm_host"]}
    )
    lines.append(
        w.gettext("Sent there: sentences of the sources, and the words of the questions.")
        if status["llm_sends"] == "question"
        else w.gettext("Sent there: sentences of the sources; never the words of a question.")
    )
    return lines
