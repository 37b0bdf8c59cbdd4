"""A walk through every command, in three languages: as somebody new, as an admin, in a group and in
a topic. What each command does in depth is tested beside its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from telegram.ext import CommandHandler

from bot import application
from bot.menu import admin_menu, menu
from bot.words import LANGUAGES, words
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import TOKEN, Call, Person, Telegram

GROUP, TOPIC = -100_888, 17
NEW, MEMBER = 801, 802
BOT = "@attache_test_bot"
QUESTIONS = {
    "en": "What did Vietnam and the UK discuss in 2020?",
    "fr": "De quoi le Vietnam et le Royaume-Uni ont-ils parlé en 2020 ?",
    "vi": "Việt Nam và Anh đã trao đổi gì năm 2020?",
}
DAYS = {"en": "16 April 2020", "fr": "16 avril 2020", "vi": "16 tháng 4 năm 2020"}

ONLY_ADMINS = "Sorry, only an admin can do that."
IN_PRIVATE = "Please ask for that in our private chat."


@dataclass(frozen=True)
class Step:
    """What is sent, and what the reply says, in the catalogue's English; a `method` of Telegram
    where the reply is a file or a picture."""

    text: str
    says: str = ""
    method: str = "sendMessage"


OWN = [
    Step("/start", "I answer questions from a corpus of press articles:"),
    Step("/help", "What happened between countries, in order"),
    Step("/ask", "Send /ask and your question."),
    Step("/ask QUESTION", "DAY"),
    Step("/private", "Send /private and your question."),
    Step("/private QUESTION", "DAY"),
    Step("/export", method="sendDocument"),
    Step("/timeline", "Send /timeline and countries, with a period if you like:"),
    Step("/timeline Vietnam UK", method="sendPhoto"),
    Step("/coverage", method="sendPhoto"),
    Step("/digest", "Not started yet."),
    Step("/digest now", "Digest"),
    Step("/language", "In which language shall I speak to you?"),
    Step("/reads", "Which languages do you read?"),
    Step("/privacy", "Telegram carries what you write to me;"),
    Step("/mydata", method="sendDocument"),
    Step("/reset", "Forgotten. Your next question starts afresh."),
    Step("/forgetme", "I would erase your questions and answers,"),
]
PRIVATE_ONLY = {"/mydata", "/forgetme"}
"""What is between one person and the bot."""

FOR_ADMINS = [
    Step("/status", "Language model: none. Answers quote the sources."),
    Step("/versions", "Version %(number)d, %(time)s. Added:"),
    Step("/rollback", "Which version? Send /rollback and a number of /versions."),
    Step("/rollback 1", "The next /ingest brings it in line with the corpus folder again."),
    Step("/fix", "Send /fix, an article’s id, then event, countries, outlet or title,"),
    Step("/hide", "Send /hide or /show and an article’s id."),
    Step("/hide ARTICLE", "Done. Corpus version %(version)d."),
    Step("/show", "Send /hide or /show and an article’s id."),
    Step("/show ARTICLE", "Done. Corpus version %(version)d."),
    Step("/fix ARTICLE event 2020-04-16", "Done. Corpus version %(version)d."),
    # Behind all that write: it goes on when it has answered, and others must wait then.
    Step("/ingest", "Reading the corpus folder."),
    Step("/audit", "rollback"),
    Step("/sources", "There is no source yet. Send /sources add and an address."),
    Step("/sources add nonsense", "Nothing was changed: %(error)s."),
    Step("/review", "Press a number where that article is right as it is."),
    Step("/feedback", "Nobody has said anything about an answer yet."),
    Step("/users", "%(id)d: admin by the settings"),
    Step("/users allow 803", "Done."),
    Step("/invite", "This link lets one person in, once, within seven days:"),
    Step("/lockdown", "Nobody but admins is served. /lockdown off ends it."),
    Step("/lockdown off", "Everybody is served again who was before."),
]


@pytest.fixture
def corpus(make_engine: Callable[..., Engine]) -> Iterator[Engine]:
    engine = make_engine()
    engine.ingest(None, now=NOW)
    yield engine


class Walk:
    """Somebody who sends commands and looks at what comes back."""

    def __init__(self, telegram: Telegram, who: Person, topic: int | None = None) -> None:
        self._telegram, self._who, self._topic = telegram, who, topic
        self._seen = 0
        self.article = ""

    async def takes(self, step: Step) -> Call:
        """Send what the step says, wait for its reply, and hold it against the step."""
        language = self._who.language
        text = step.text.replace("QUESTION", QUESTIONS[language]).replace("ARTICLE", self.article)
        if self._who.group:
            command, space, rest = text.partition(" ")
            text = f"{command}{BOT}{space}{rest}"
        self._seen = len(self._answers(step.method))
        await self._who.writes(text, topic=self._topic)
        wanted = DAYS[language] if step.says == "DAY" else told(step.says, language)

        def came() -> list[Call]:
            return self._answers(step.method)[self._seen :]

        def reply() -> Call | None:
            return next((call for call in came() if wanted in call.text), None)

        try:
            found: Call = await self._telegram.until(reply)
        except TimeoutError:
            pytest.fail(f"{step.text}: no {wanted!r} in {[call.text for call in came()]}")
        topic = None if self._topic is None else str(self._topic)
        assert all(call.fields.get("message_thread_id") == topic for call in came())
        return found

    def _answers(self, method: str) -> list[Call]:
        if method == "sendMessage":
            return self._telegram.sent(self._who.chat)
        return [call for call in self._telegram.answers(method) if call.chat == self._who.chat]


def told(message: str, language: str) -> str:
    """The longest piece without a gap of the catalogue's entry that begins with `message`."""
    if not message:
        return ""
    w = words(language)
    known = [each for each in ENTRIES if each.startswith(message)]
    if not known:
        return message  # no interface word: an id, a name of an act
    pieces = re.split(r"%\(\w+\)[sd]", w.gettext(known[0]))
    whole = re.split(r"%\(\w+\)[sd]", known[0])
    place = max(range(len(whole)), key=lambda number: len(whole[number]))
    return max(pieces, key=len).strip() if len(pieces) != len(whole) else pieces[place].strip()


def _entries() -> list[str]:
    catalogue: dict[Any, str] = getattr(words("fr"), "_catalog")  # noqa: B009 - it has no other way
    return [key for key in catalogue if isinstance(key, str) and key]


ENTRIES = _entries()


def _commands(telegram: Telegram, desk: Any) -> set[str]:
    app = application.build(TOKEN, telegram.url, desk)
    every = [each for group in app.handlers.values() for each in group]
    return {name for each in every if isinstance(each, CommandHandler) for name in each.commands}


async def test_the_walk_leaves_no_command_out(
    engine: Engine, serve: Any, telegram: Telegram
) -> None:
    walked = {step.text.split()[0].removeprefix("/") for step in [*OWN, *FOR_ADMINS]}
    assert walked == _commands(telegram, await serve(engine))
    listed = {each.command for each in [*menu("en"), *admin_menu("en")]}
    assert listed | {"start", "ask", "rollback", "show"} == walked


@pytest.mark.parametrize("language", LANGUAGES)
async def test_as_somebody_new(
    language: str, corpus: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Refused, let in by an admin, served, and erased at the end."""
    await serve(corpus, access="closed")
    admin, new = person(ADMIN, language), person(NEW, language)
    walk = Walk(telegram, new)
    await admin.asks("/status")  # so that the bot knows the language of the admin
    refused = await walk.takes(Step("/start", "This bot serves invited people only."))
    assert str(NEW) in refused.text
    (asked,) = await admin.hears()
    await admin.taps(words(language).gettext("Allow"), under=asked)
    let_in = words(language).gettext("You are served now. Send /help to see what I do.")
    assert [each.text for each in await new.hears(2)][-1] == let_in
    for step in OWN:
        reply = await walk.takes(step)
    for name in {step.text.split()[0] for step in FOR_ADMINS}:
        await walk.takes(Step(name, ONLY_ADMINS))
    await new.taps(words(language).gettext("Erase everything"), under=reply)
    await new.sees(reply, words(language).gettext("Everything is erased."))
    await walk.takes(Step("/help", "This bot serves invited people only."))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_as_an_admin(
    language: str, corpus: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    await serve(corpus, access="closed")
    walk = Walk(telegram, person(ADMIN, language))
    walk.article = corpus.articles()[0].id
    for step in FOR_ADMINS:
        await walk.takes(step)
    helped = await walk.takes(Step("/help", "What readers found wrong"))
    for each in [*menu(language), *admin_menu(language)]:
        assert f"/{each.command} – {each.description}" in helped.text


@pytest.mark.parametrize("topic", [None, TOPIC])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_a_group(
    language: str,
    topic: int | None,
    corpus: Engine,
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
) -> None:
    """One that an admin added the bot to. In a topic everything is said there."""
    await serve(corpus, access="closed")
    admin = person(ADMIN, language)
    await admin.lets_in(GROUP, "Desk")
    await telegram.until(lambda: telegram.sent(GROUP))
    telegram.group_admins.add(MEMBER)  # who may set up the group's digests
    walk = Walk(telegram, person(MEMBER, language, GROUP), topic)
    for step in OWN:
        alone = step.text in PRIVATE_ONLY
        await walk.takes(Step(step.text, IN_PRIVATE) if alone else step)
    for name in {step.text.split()[0] for step in FOR_ADMINS}:
        await walk.takes(Step(name, ONLY_ADMINS))
