"""Pictures of every kind of message the bot sends, for the README and for looking at.

    python -m benchmarks.pictures [--only NAME]

The real bot answers over HTTP, on the articles that come with the program; what it sent is shown as
Telegram shows it, on a phone, in English, French and Vietnamese. Needs Chromium
(apt install chromium). The pictures are written to docs/pictures.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.chat_page import Chat, page, photograph
from bot.words import words
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW, corpus_folder, running
from tests.emulator import Call, Person, Telegram, telegram_server

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
READER, STRANGER = 811, 821
QUESTIONS = {
    "en": "What did Vietnam and the UK discuss in 2020?",
    "fr": "De quoi le Vietnam et le Royaume-Uni ont-ils parlé en 2020 ?",
    "vi": "Việt Nam và Anh đã trao đổi gì năm 2020?",
}
UNANSWERED = {
    "en": "What did Vietnam and the UK discuss in 2021?",
    "fr": "De quoi le Vietnam et le Royaume-Uni ont-ils parlé en 2021 ?",
    "vi": "Việt Nam và Anh đã trao đổi gì năm 2021?",
}
DARK = {"vi"}
"""Whose phone is set to dark."""


class Scene:
    """One chat with the bot, in one language."""

    def __init__(self, telegram: Telegram, language: str, who: int) -> None:
        self._telegram = telegram
        self.language = language
        self.person = Person(telegram, who, language)
        self.chat = Chat()
        self._from = len(telegram.calls)

    def w(self, text: str) -> str:
        """An interface word in the scene's language."""
        return words(self.language).gettext(text)

    async def write(self, text: str, until: str = "sendMessage") -> None:
        """Send a text, and wait for what it brings."""
        self.chat.wrote(text)
        await self.person.writes(text)
        await self.wait(until)

    async def tap(self, key: str, until: str = "sendMessage") -> None:
        """Press the last button that begins so, and wait for what it brings."""
        number = self.chat.last_with(key)
        message = next(call for call in self._telegram.calls if call.message_id == number)
        await self.person.presses(await self.person.finds(key, message), under=message)
        await self.wait(until)

    async def wait(self, method: str) -> None:
        """Until the bot has done that in this chat, and everything before it."""

        def done() -> bool:
            begun = self._telegram.begun(self.person.chat)
            return not begun and any(call.method == method for call in self._new())

        await self._telegram.until(done)
        self.chat.did(self._new())
        self._from = len(self._telegram.calls)

    def _new(self) -> list[Call]:
        answers = {"answerCallbackQuery"}
        return [
            call
            for call in self._telegram.calls[self._from :]
            if call.chat == self.person.chat or call.method in answers
        ]


async def answer(scene: Scene) -> None:
    """A question, its quoted answer and the buttons under it."""
    await scene.write(QUESTIONS[scene.language])


async def refusal(scene: Scene) -> None:
    """A question that the corpus does not answer, with the wider searches."""
    await scene.write(UNANSWERED[scene.language])


async def evidence(scene: Scene) -> None:
    """The cited sentence in its paragraph."""
    await scene.write(QUESTIONS[scene.language])
    del scene.chat.bubbles[:]
    scene.chat.wrote("[1]")
    message = scene.person.telegram.sent(scene.person.chat)[-1]
    await scene.person.taps("[1]", under=message)
    await scene.wait("sendMessage")


async def complaint(scene: Scene) -> None:
    """👎, with the reasons to choose from."""
    await scene.write(QUESTIONS[scene.language])
    message = scene.person.telegram.sent(scene.person.chat)[-1]
    await scene.person.taps("👎", under=message)
    del scene.chat.bubbles[:]
    scene.chat.wrote("👎")
    await scene.wait("sendMessage")


async def timeline(scene: Scene) -> None:
    """What is dated between two countries."""
    await scene.write("/timeline Vietnam UK", until="sendPhoto")
    await scene.wait("sendMessage")


async def coverage(scene: Scene) -> None:
    """What the corpus has."""
    await scene.write("/coverage", until="sendPhoto")
    await scene.wait("sendMessage")


async def digest(scene: Scene) -> None:
    """A digest being set up, and its first message."""
    await scene.write("/digest")


async def digest_now(scene: Scene) -> None:
    """A digest."""
    await scene.write("/digest now")


async def export(scene: Scene) -> None:
    """The answer as a document, and the settings that are one's own."""
    await scene.write(QUESTIONS[scene.language])
    del scene.chat.bubbles[:]
    await scene.write("/export", until="sendDocument")
    await scene.write("/privacy")
    await scene.write("/reads")


async def greeting(scene: Scene) -> None:
    """What somebody new reads first."""
    await scene.write("/start")


async def stranger(scene: Scene) -> None:
    """Who is not served learns their id."""
    await scene.write("/start")


async def admin(scene: Scene) -> None:
    """What an admin sees: the request, and the state of things."""
    await scene.write("/users")
    await scene.write("/status")
    await scene.write("/versions")
    await scene.write("/sources")


SCENES: dict[str, tuple[int, Callable[[Scene], Awaitable[None]]]] = {
    "greeting": (READER, greeting),
    "answer": (READER, answer),
    "refusal": (READER, refusal),
    "evidence": (READER, evidence),
    "complaint": (READER, complaint),
    "timeline": (READER, timeline),
    "coverage": (READER, coverage),
    "digest-card": (READER, digest),
    "digest": (READER, digest_now),
    "own": (READER, export),
    "stranger": (STRANGER, stranger),
    "admin": (ADMIN, admin),
}


async def make(only: str | None) -> None:
    """Make the pictures, those of scene `only` alone where it is given."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(Path(folder) / "data", corpus_folder(Path(folder) / "articles"), "bundled")
        engine.ingest(None, now=NOW)
        try:
            for name, (who, play) in SCENES.items():
                for language in QUESTIONS:
                    if only in (None, name):
                        await _one(engine, name, language, who, play)
        finally:
            engine.close()


async def _one(
    engine: Engine,
    name: str,
    language: str,
    who: int,
    play: Callable[[Scene], Awaitable[None]],
) -> None:
    async with telegram_server() as telegram, running(telegram, engine, access="closed") as desk:
        if who == READER:
            who += list(QUESTIONS).index(language)  # what one person sets up is not another's
            await desk.people.put(who, "member", ADMIN)
        scene = Scene(telegram, language, who)
        await play(scene)
    target = FOLDER / f"{name}-{language}.png"
    await asyncio.to_thread(photograph, page(scene.chat.bubbles, dark=language in DARK), target)
    print(target.name, flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", choices=SCENES)
    # The library's last words when polling ends say nothing of the pictures.
    logging.getLogger("telegram.ext.Updater").setLevel(logging.CRITICAL)
    asyncio.run(make(parser.parse_args().only))


if __name__ == "__main__":
    main()
