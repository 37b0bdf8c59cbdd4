"""/review over Telegram: doubtful dates, a few at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.handlers.review import SHOWN
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import Person, Telegram


def _fill(engine: Engine, count: int) -> None:
    """Articles with a day and no year, in the place of the samples."""
    for path in engine.corpus_dir.iterdir():
        path.unlink()
    for number in range(count):
        (engine.corpus_dir / f"a{number}.txt").write_text(
            f"The minister of Norway met the ambassador of Ghana in Oslo on {number + 1} May. They "
            f"discussed subject number {number} at length."
        )
    engine.ingest(None, now=NOW)


async def test_doubtful_articles_are_looked_at_one_by_one(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The oldest first, with the words; what is pressed goes and the next one comes."""
    engine = make_engine()
    _fill(engine, SHOWN + 2)
    await serve(engine)
    admin = person(ADMIN)
    shown = await admin.asks("/review")
    assert f"{SHOWN + 2} articles whose dates are doubtful." in shown.text
    assert "The year is not stated." in shown.text
    assert "1 May" in shown.text
    assert "/fix ID event 2020-04-16" in shown.text
    assert [button["text"] for button in shown.buttons][:2] == ["✓ 1", "✓ 2"]
    await admin.presses(shown.buttons[0]["callback_data"], under=shown)
    after = await admin.sees(shown, f"{SHOWN + 1} articles whose dates are doubtful.")
    assert "a0" not in after.text.split()
    assert f"a{SHOWN}" in after.text.split()
    await admin.presses(after.buttons[-1]["callback_data"], under=shown)
    others = await admin.sees(shown, f"a{SHOWN + 1}")
    assert "a1" not in others.text.split()
    assert f"telegram:{ADMIN} · review article=a0" in (await admin.asks("/audit")).text


async def test_where_nothing_is_doubtful_it_says_so(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """In the admin's language, and without buttons."""
    engine = make_engine()
    _fill(engine, 0)
    await serve(engine)
    said = await person(ADMIN, "fr").asks("/review")
    assert said.text == "Aucun article n’attend d’être vérifié."
    assert not said.buttons


async def test_others_neither_see_nor_press(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """A reader is no admin."""
    engine = make_engine()
    _fill(engine, 1)
    await serve(engine)
    assert "only an admin" in (await person().asks("/review")).text
    shown = await person(ADMIN).asks("/review")
    await person(6).presses(shown.buttons[0]["callback_data"], under=shown)
    await telegram.alerts("only an admin")
    assert "1 article whose date is doubtful." in (await person(ADMIN).asks("/review")).text


async def test_an_article_that_changed_meanwhile_is_shown_as_it_is_now(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """The button of what it was notes nothing."""
    engine = make_engine()
    _fill(engine, 1)
    await serve(engine)
    admin = person(ADMIN)
    shown = await admin.asks("/review")
    (engine.corpus_dir / "a0.txt").write_text("The minister of Norway spoke in Oslo on 9 June.")
    engine.ingest(None, now=NOW)
    await admin.presses(shown.buttons[0]["callback_data"], under=shown)
    after = await admin.sees(shown, "9 June")
    assert "1 article whose date is doubtful." in after.text
    assert any("changed meanwhile" in call.text for call in telegram.calls)
