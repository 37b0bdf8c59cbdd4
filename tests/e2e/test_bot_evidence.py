"""The buttons under an answer: each source's own words, in Telegram."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from corpus import rights
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW, running
from tests.emulator import Person, Telegram

QUESTION = "What did Vietnam and the UK discuss in 2020?"


async def test_a_source_shows_its_words_in_their_paragraph(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """The sentence stands out, in the original; whoever else it is shown to sees the same."""
    await serve(engine)
    asker = person(601)
    answer = await asker.asks(QUESTION)
    assert [each["text"] for each in answer.buttons][:1] == ["[1]"]
    await asker.taps("[1]", under=answer)
    (shown,) = await asker.hears()
    assert shown.text.startswith("[1] ")
    assert "16 April" in shown.text
    quote = shown.html.partition("<b>")[2].partition("</b>")[0]
    assert quote in answer.html
    paragraph = shown.text.partition("\n")[2]
    assert len(paragraph) >= len(quote)


async def test_several_passages_of_a_source_are_paged_in_place(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(engine)
    asker = person(602)
    answer = await asker.asks(QUESTION)
    await asker.taps("[1]", under=answer)
    (shown,) = await asker.hears()
    assert any(each["text"].startswith("1/") for each in shown.buttons)
    await asker.taps("›", under=shown)
    second = await asker.sees(shown, "")
    assert second.text != shown.text
    assert any(each["text"].startswith("2/") for each in second.buttons)
    await asker.taps("‹", under=shown)
    await asker.sees(shown, shown.text)


async def test_the_whole_article_comes_as_a_document(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(engine)
    asker = person(603)
    answer = await asker.asks(QUESTION)
    await asker.taps("[1]", under=answer)
    (shown,) = await asker.hears()
    await asker.taps("Whole article", under=shown)
    text = await asker.receives(".txt")
    quote = shown.html.partition("<b>")[2].partition("</b>")[0]
    assert quote in text


async def test_an_article_that_may_not_be_sent_whole_is_not(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """The button says so; the cited words are shown all the same."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    for article in engine.articles():
        rights.state(
            engine.catalogue.engine, article.source, whole=False, set_by="console", now=NOW
        )
    await serve(engine)
    asker = person(605)
    answer = await asker.asks(QUESTION)
    await asker.taps("[1]", under=answer)
    (shown,) = await asker.hears()
    await asker.taps("Whole article", under=shown)
    await telegram.alerts("may not be sent whole")
    assert not any(call.method == "sendDocument" for call in telegram.calls)


async def test_buttons_work_after_a_restart(
    make_engine: Callable[..., Engine], telegram: Telegram, person: Callable[..., Person]
) -> None:
    engine = make_engine()
    engine.ingest(None, now=NOW)
    asker = person(604)
    async with running(telegram, engine):
        answer = await asker.asks(QUESTION)
    async with running(telegram, make_engine()):
        await asker.taps("[1]", under=answer)
        (shown,) = await asker.hears()
    assert "16 April" in shown.text


@pytest.mark.parametrize("data", ["ev:999999:1:0:o", "ev:1:1:0:o", "ev:x", "ev:1:1:77:p"])
async def test_a_forged_button_shows_nothing(
    data: str,
    engine: Engine,
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
) -> None:
    """Another chat's answer is not to be had by guessing its number."""
    await serve(engine)
    await person(605).asks(QUESTION)
    other = person(606)
    await other.presses(data)
    await telegram.alerts("no longer kept")
    assert not telegram.sent(606)


async def test_an_admin_hides_an_article_from_its_evidence(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """It is asked again first; the answer's words can still be looked at, with what became of
    them."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    await serve(engine)
    admin = person(ADMIN)
    answer = await admin.asks(QUESTION)
    await admin.taps("[1]", under=answer)
    (shown,) = await admin.hears()
    await admin.taps("Hide", under=shown)
    await admin.taps("Hide it", under=shown)
    hidden = await admin.sees(shown, "no longer in service")
    assert shown.text.splitlines()[1] in hidden.text
    refused = await admin.asks(QUESTION)
    assert "16 April 2020" not in refused.text.partition("Nearest")[0]


async def test_only_admins_are_offered_to_hide_and_can(
    engine: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    await serve(engine)
    asker = person(607)
    answer = await asker.asks(QUESTION)
    await asker.taps("[1]", under=answer)
    (shown,) = await asker.hears()
    assert not any("Hide" in each["text"] for each in shown.buttons)
    await asker.presses(f"{(await asker.finds('[1]', answer))[:-1]}H", under=shown)
    await telegram.alerts("only an admin")
    version = engine.catalogue.current()
    assert version is not None and not engine.catalogue.hidden()


async def test_what_changed_since_is_said(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The words are those that were cited, though the article says something else by now."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    await serve(engine)
    asker = person(608)
    answer = await asker.asks(QUESTION)
    await asker.taps("[1]", under=answer)
    (shown,) = await asker.hears()
    quote = shown.html.partition("<b>")[2].partition("</b>")[0]
    for path in engine.corpus_dir.glob("*.txt"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(quote[20:60], "…"), "utf-8")
    report = engine.ingest(None, now=NOW + dt.timedelta(hours=1))
    assert report.changed
    await asker.taps("[1]", under=answer)
    (again,) = await asker.hears()
    assert quote in again.html
    assert "has changed since" in again.text
