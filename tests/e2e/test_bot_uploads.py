"""Documents that admins send to the bot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retrieval.engine import Engine
from tests.e2e.running import ADMIN
from tests.emulator import Call, Person, Telegram

TEXT = (
    "Talks on fishing in Accra\n\nThe minister of Norway met the ambassador of Ghana in Accra on 5 "
    "May 2021. They agreed to open a fisheries hotline before the end of the summer."
)


async def sends(person: Person, telegram: Telegram, name: str, content: bytes) -> None:
    """Send a document of that name."""
    key = f"file-{len(telegram.assets)}"
    telegram.assets[key] = {"data": content}
    size = len(content)
    document = {"file_id": key, "file_unique_id": key, "file_name": name, "file_size": size}
    await telegram.send({"message": person.message(document=document)})


def button(call: Call, text: str) -> str:
    return next(each["callback_data"] for each in call.buttons if each["text"] == text)


async def test_a_document_is_shown_and_taken_in_at_a_button(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """What was understood comes first; nothing is kept of what lay on our disk."""
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN)
    await sends(admin, telegram, "talks.txt", TEXT.encode())
    (shown,) = await admin.hears()
    assert "Event: 5 May 2021." in shown.text
    assert "English · Ghana · Norway" in shown.text or "English · Norway · Ghana" in shown.text
    assert engine.articles() == []
    await admin.presses(button(shown, "Take it in"), under=shown)
    await admin.sees(shown, "Added: 1;")
    (article,) = engine.articles()
    assert article.source == "uploads/talks.txt"
    assert "fisheries hotline" in article.text
    assert not list((engine.data_dir / "uploads").iterdir())
    answer = await admin.asks("What did Norway and Ghana agree in 2021?")
    assert "The minister of Norway met the ambassador of Ghana" in answer.text


async def test_a_document_may_be_dropped_or_be_none_that_is_read(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN)
    await sends(admin, telegram, "../../etc/talks.txt", TEXT.encode())
    (shown,) = await admin.hears()
    await admin.presses(button(shown, "Drop it"), under=shown)
    await admin.sees(shown, "Nothing was changed.")
    await admin.presses(button(shown, "Take it in"), under=shown)
    await admin.sees(shown, "no longer waits")
    for name, content in (("photo.jpg", b"x"), ("bad.pdf", b"no pdf"), ("empty.txt", b"")):
        await sends(admin, telegram, name, content)
        (told,) = await admin.hears()
        assert told.text.startswith("Nothing was changed: ")
        assert name in told.text
        assert "/" not in told.text.removeprefix("Nothing was changed: ").split(":")[0]
    assert engine.articles() == []


@pytest.mark.parametrize("of", ["message", "button"])
async def test_others_documents_are_not_read(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram, of: str
) -> None:
    await serve(engine)
    reader = person()
    if of == "message":
        await sends(reader, telegram, "talks.txt", TEXT.encode())
        assert "text only" in (await reader.hears())[0].text
    else:
        await reader.presses("upload:take:abc")
        call = await telegram.until(
            lambda: next((c for c in telegram.calls if c.method == "answerCallbackQuery"), None)
        )
        assert "only an admin" in call.fields["text"]
