"""/ingest over Telegram."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot.handlers.ingest import APPLY, CANCEL, CONFIRM, DETAILS, KEEP
from bot.ingest_text import FIRST
from corpus.ingest import Report, writing
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import PATIENCE, Person, Telegram


async def test_admin_sees_what_would_change_applies_it_and_reads_the_account(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Counts and first titles; one message that ends with what was done; then nothing to do."""
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN)
    preview = await admin.asks("/ingest")
    assert "New: 5; changed: 0; removed: 0; duplicates: 0; unchanged: 0; failed: 0." in preview.text
    assert preview.text.count("– ") == FIRST
    assert "… and 2 more." in preview.text
    assert "Time needed: less than a minute." in preview.text
    assert "Years of the events: 0 stated, 0 by the day of publication, 4 inferred, 1 unknown." in (
        preview.text
    )
    assert [button["callback_data"] for button in preview.buttons] == [APPLY, DETAILS, CANCEL]
    assert not engine.versions()
    await admin.presses(DETAILS, under=preview)
    details = await admin.sees(preview, "– ")
    assert details.text.count("– ") == 5
    await admin.presses(APPLY, under=preview)
    report = await admin.sees(preview, "Corpus version 1.")
    assert "Added: 5; changed: 0; removed: 0; unchanged: 0; failed: 0." in report.text
    assert not report.buttons
    assert [version.made_by for version in engine.versions()] == [f"telegram:{ADMIN}"]
    nothing = await admin.asks("/ingest")
    report = await admin.sees(nothing, "Corpus version 1.")
    assert "Added: 0; changed: 0; removed: 0; unchanged: 5; failed: 0." in report.text


async def test_details_longer_than_a_message_go_on_in_another(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """No title that was promised is lost."""
    engine = make_engine()
    for number in range(25):
        title = f"Title {number} " + "of some length " * 15
        text = f"---\ntitle: {title}\n---\nA minister of Norway spoke in Oslo on day {number}."
        (engine.corpus_dir / f"{number}.md").write_text(text)
    await serve(engine)
    admin = person(ADMIN)
    preview = await admin.asks("/ingest")
    await admin.presses(DETAILS, under=preview)
    first = await admin.sees(preview, "Title 0 ")
    rest = await admin.hears()
    shown = first.text + "".join(call.text for call in rest)
    assert all(f"Title {number} " in shown for number in range(25))


async def test_cancelled_nothing_changes(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The message says so and has no buttons any more."""
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN, "fr")
    preview = await admin.asks("/ingest")
    await admin.presses(CANCEL, under=preview)
    said = await admin.sees(preview, "Rien n’a été modifié.")
    assert not said.buttons
    assert not engine.versions()


async def test_many_removals_are_asked_for_once_more(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """They can be kept, or removed; what failed is named."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    for path in sorted(engine.corpus_dir.iterdir())[1:]:
        path.unlink()
    (engine.corpus_dir / "<empty>.txt").write_text("", "utf-8")
    await serve(engine)
    admin = person(ADMIN)
    preview = await admin.asks("/ingest")
    assert "removed: 4; duplicates: 0; unchanged: 1; failed: 1." in preview.text
    await admin.presses(APPLY, under=preview)
    question = await admin.sees(preview, "4 articles are gone from the folder")
    assert [button["callback_data"] for button in question.buttons] == [CONFIRM, KEEP, CANCEL]
    await admin.presses(KEEP, under=preview)
    report = await admin.sees(preview, "Corpus version 1.")
    assert "removed: 0; unchanged: 1; failed: 1." in report.text
    assert "– <empty>.txt: " in report.text
    again = await admin.asks("/ingest")
    await admin.presses(CONFIRM, under=again)
    report = await admin.sees(again, "Corpus version 2.")
    assert "removed: 4; unchanged: 1; failed: 1." in report.text
    assert len(engine.articles()) == 1


async def test_going_back_to_an_earlier_version(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Listed with who made it; gone back to; the answers with it; audited."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    for path in sorted(engine.corpus_dir.iterdir())[1:]:
        path.unlink()
    engine.ingest(None, now=NOW, confirm_removals=True)
    await serve(engine)
    admin = person(ADMIN)
    listed = await admin.asks("/versions")
    assert "Version 2, 1 June 2024, 00:00 UTC. Added: 0; changed: 0; removed: 4." in listed.text
    assert "By: console." in listed.text
    back = await admin.asks("/rollback 1")
    assert "Version 3" in back.text
    assert "Added: 4; changed: 0; removed: 0." in back.text
    assert "It brought back version 1." in back.text
    assert len(engine.articles()) == 5
    reply = await person().asks("What did Vietnam and the UK discuss in 2020?")
    assert "16 April 2020" in reply.text
    trail = await admin.asks("/audit")
    assert f"telegram:{ADMIN} · rollback version=3 restores=1" in trail.text


@pytest.mark.parametrize("text", ["/rollback", "/rollback two", "/rollback 1 2", "/rollback ٣"])
async def test_a_rollback_without_a_number_is_explained(
    engine: Engine, serve: Any, person: Callable[..., Person], text: str
) -> None:
    """What to send is said."""
    await serve(engine)
    assert (await person(ADMIN).asks(text)).text.startswith("Which version?")


async def test_a_version_that_is_not_kept_is_named(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """With those that are."""
    await serve(engine)
    reply = await person(ADMIN).asks("/rollback 99")
    assert reply.text == "Nothing was changed: there is no version 99; kept are 1 to 1."


@pytest.mark.parametrize(
    "command",
    [
        "/ingest",
        "/versions",
        "/rollback 1",
        "/fix a title b",
        "/hide a",
        "/show a",
        "/audit",
        "/review",
    ],
)
async def test_others_are_refused(
    engine: Engine, serve: Any, person: Callable[..., Person], command: str
) -> None:
    """Somebody who is served is not yet an admin."""
    await serve(engine)
    reply = await person(language="fr").asks(command)
    assert reply.text == "Désolé, seul un administrateur peut le faire."


async def test_others_cannot_press_the_buttons(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """In a group everybody sees them."""
    engine = make_engine()
    await serve(engine)
    preview = await person(ADMIN).asks("/ingest")
    await person(6).presses(APPLY, under=preview)
    await telegram.alerts("only an admin")
    assert not engine.versions()


class _Held(Engine):
    """An engine whose ingest waits at its first step until it is let go."""

    reached: threading.Event
    go: threading.Event

    def ingest(self, *args: Any, **options: Any) -> Report:
        progress = options.pop("progress")

        def hold(*step: Any) -> None:
            self.reached.set()
            self.go.wait(PATIENCE)
            progress(*step)

        return super().ingest(*args, progress=hold, **options)


def _held(make_engine: Callable[..., Engine]) -> _Held:
    make_engine().ingest(None, now=NOW)
    engine = make_engine(_Held)
    assert isinstance(engine, _Held)
    engine.reached, engine.go = threading.Event(), threading.Event()
    return engine


async def test_questions_are_answered_during_an_ingest(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The ingest is held in the middle until the answer is there."""
    engine = _held(make_engine)
    await serve(engine)
    admin = person(ADMIN)
    message = await admin.asks("/ingest")
    reply = await person().asks("What did Vietnam and the UK discuss in 2020?")
    assert not engine.go.is_set()
    engine.go.set()
    report = await admin.sees(message, "Corpus version 1.")
    assert "16 April 2020" in reply.text
    assert "unchanged: 5" in report.text


async def test_stopping_the_bot_ends_a_running_ingest(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The admin hears that it did not finish."""
    engine = _held(make_engine)
    desk = await serve(engine)
    admin = person(ADMIN)
    message = await admin.asks("/ingest")
    await asyncio.to_thread(engine.reached.wait, PATIENCE)
    desk.stop()
    engine.go.set()
    await admin.sees(message, "The bot is stopping.")


async def test_busy_ingest_says_who_is_at_it(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Another process may be writing; the bot does not wait for it."""
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN)
    with writing(engine.data_dir, wait=False, on_wait=lambda _: None):
        preview = await admin.asks("/ingest")
        await admin.presses(APPLY, under=preview)
        report = await admin.sees(preview, "Another ingest is under way.")
    assert f"process {os.getpid()}, since {dt.datetime.now(dt.UTC):%Y}" in report.text


async def test_missing_corpus_folder_is_named(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """An admin can mend it."""
    engine = make_engine()
    engine.corpus_dir = engine.corpus_dir / "nowhere"
    await serve(engine)
    admin = person(ADMIN)
    report = await admin.asks("/ingest")
    assert report.text.startswith("The ingest failed: ")
    assert "nowhere" in report.text
