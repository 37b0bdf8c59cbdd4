"""/ingest over Telegram."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable
from typing import Any

from corpus.ingest import Report, writing
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import PATIENCE, Person


async def test_admin_hears_what_an_ingest_did(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The start, then the counts; the second time there is nothing to do."""
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN)
    await admin.writes("/ingest")
    started, report = await admin.hears(2)
    assert started.text.startswith("Reading the corpus folder.")
    assert "Added: 5; changed: 0; removed: 0; unchanged: 0; failed: 0." in report.text
    await admin.writes("/ingest")
    _, report = await admin.hears(2)
    assert "Added: 0; changed: 0; removed: 0; unchanged: 5; failed: 0." in report.text


async def test_report_names_what_failed_and_passes_on_notices(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """An empty file is named; a folder that lost most of its articles loses none here."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    for path in sorted(engine.corpus_dir.iterdir())[1:]:
        path.unlink()
    (engine.corpus_dir / "<empty>.txt").write_text("", "utf-8")
    await serve(engine)
    admin = person(ADMIN)
    await admin.writes("/ingest")
    _, report = await admin.hears(2)
    assert "removed: 0; unchanged: 1; failed: 1." in report.text
    assert "– <empty>.txt: " in report.text
    assert "--confirm-removals" in report.text


async def test_others_are_refused(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Somebody who is served is not yet an admin."""
    await serve(engine)
    reply = await person(language="fr").asks("/ingest")
    assert reply.text == "Désolé, seul un administrateur peut le faire."


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
    await admin.writes("/ingest")
    await admin.hears()
    reply = await person().asks("What did Vietnam and the UK discuss in 2020?")
    assert not engine.go.is_set()
    engine.go.set()
    (report,) = await admin.hears()
    assert "16 April 2020" in reply.text
    assert "unchanged: 5" in report.text


async def test_stopping_the_bot_ends_a_running_ingest(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The admin hears that it did not finish."""
    engine = _held(make_engine)
    desk = await serve(engine)
    admin = person(ADMIN)
    await admin.writes("/ingest")
    await admin.hears()
    desk.stop()
    engine.go.set()
    (report,) = await admin.hears()
    assert report.text.startswith("The bot is stopping.")


async def test_busy_ingest_says_who_is_at_it(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Another process may be writing; the bot does not wait for it."""
    engine = make_engine()
    await serve(engine)
    admin = person(ADMIN)
    with writing(engine.data_dir, wait=False, on_wait=lambda _: None):
        await admin.writes("/ingest")
        _, report = await admin.hears(2)
    assert report.text.startswith("Another ingest is under way.")
    assert f"process {os.getpid()}, since {dt.datetime.now(dt.UTC):%Y}" in report.text


async def test_missing_corpus_folder_is_named(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """An admin can mend it."""
    engine = make_engine()
    engine.corpus_dir = engine.corpus_dir / "nowhere"
    await serve(engine)
    admin = person(ADMIN)
    await admin.writes("/ingest")
    _, report = await admin.hears(2)
    assert report.text.startswith("The ingest failed: ")
    assert "nowhere" in report.text
