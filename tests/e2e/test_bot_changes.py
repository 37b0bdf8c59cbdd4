"""Readers hear of what changed under their answers, once an admin has looked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from telegram import Bot

from bot.answers import Answers
from bot.change_loop import ChangeLoop
from bot.conversations import Place
from bot.desk import Desk
from retrieval.engine import Engine
from retrieval.upkeep import override
from tests.e2e.running import ADMIN, NOW
from tests.emulator import TOKEN, Call, Person, Telegram

QUESTION = "What did Vietnam and the UK discuss in 2020?"
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def changing(make_engine: Callable[..., Engine]) -> Iterator[Engine]:
    """An engine that a test may change, with the sample articles in it."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    yield engine


async def _look(telegram: Telegram, desk: Desk) -> None:
    async with Bot(TOKEN, f"{telegram.url}/bot") as bot:
        await ChangeLoop(desk.changes, bot, desk.admins_speak, desk.is_served, desk.now).run_once()


def _cited(answer: Call) -> str:
    """The first words that an answer quotes."""
    return answer.html.partition("«\xa0")[2].partition("\xa0»")[0]


def _rewrite(engine: Engine, old: str, new: str) -> None:
    for path in engine.corpus_dir.glob("*.txt"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new), "utf-8")
    assert engine.ingest(None, now=LATER).changed == 1


async def test_readers_hear_once_of_a_sentence_that_changed(
    changing: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """In the language of their answer, and only those whose answer cites it."""
    desk = await serve(changing)
    reader, other, admin = person(701), person(702), person(ADMIN)
    answer = await reader.asks(QUESTION)
    await other.asks("Que s'est-il passé au Brésil en 1999 ?")
    await _look(telegram, desk)
    quote = _cited(answer)
    _rewrite(changing, quote[10:40], "…")
    await _look(telegram, desk)
    (asked,) = await admin.hears()
    assert "What 1 answer cites has changed" in asked.text
    assert len(telegram.sent(701)) == 1
    await admin.taps("Tell them", under=asked)
    await telegram.alerts("They will be told.")
    await _look(telegram, desk)
    await _look(telegram, desk)
    told = telegram.sent(701)[1]
    assert "A correction to what I told you" in told.text
    assert QUESTION in told.text
    assert quote[:40] in told.text
    assert told.json("reply_parameters")["message_id"] == answer.message_id
    assert len(telegram.sent(701)) == 2
    assert len(telegram.sent(702)) == 1


async def test_nobody_hears_of_what_an_admin_leaves(
    changing: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """The second admin's press finds it decided."""
    desk = await serve(changing, admins=(ADMIN, ADMIN + 1))
    reader, admin, second = person(703), person(ADMIN), person(ADMIN + 1)
    answer = await reader.asks(QUESTION)
    await _look(telegram, desk)
    _rewrite(changing, _cited(answer)[10:40], "…")
    await _look(telegram, desk)
    (asked,), (again,) = await admin.hears(), await second.hears()
    await admin.taps("Leave it", under=asked)
    await telegram.alerts("Nobody will be told.")
    await second.taps("Tell them", under=again)
    await telegram.alerts("decided already")
    await _look(telegram, desk)
    assert len(telegram.sent(703)) == 1


async def test_what_holds_again_by_then_is_not_told(
    changing: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """The admin has gone back to the version before, then pressed the button all the same."""
    desk = await serve(changing)
    reader, admin = person(704), person(ADMIN)
    before = changing.catalogue.current()
    assert before is not None
    answer = await reader.asks(QUESTION)
    await _look(telegram, desk)
    _rewrite(changing, _cited(answer)[10:40], "…")
    await _look(telegram, desk)
    (asked,) = await admin.hears()
    changing.roll_back(before.number, now=LATER)
    await admin.taps("Tell them", under=asked)
    await telegram.alerts("They will be told.")
    await _look(telegram, desk)
    assert len(telegram.sent(704)) == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("hidden", True, "this article is no longer in service"),
        (
            "event",
            {"start": "2020-04-17", "end": "2020-04-17", "precision": "day"},
            "the date of its event is now 17 April 2020",
        ),
    ],
)
async def test_a_hidden_article_and_another_date_are_told_too(
    field: Any,
    value: Any,
    told: str,
    changing: Engine,
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
) -> None:
    desk = await serve(changing)
    reader, admin = person(705), person(ADMIN)
    await reader.asks(QUESTION)
    kept = Answers(changing.catalogue.engine).last(Place(705))
    assert kept is not None
    article = kept.content["statements"][0]["citations"][0]["article"]
    await _look(telegram, desk)
    override(changing, article, field, value, now=LATER)
    await _look(telegram, desk)
    (asked,) = await admin.hears()
    assert told in asked.text
    await admin.taps("Tell them", under=asked)
    await telegram.alerts("They will be told.")
    await _look(telegram, desk)
    assert told in telegram.sent(705)[-1].text


async def test_only_admins_decide(
    changing: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    desk = await serve(changing)
    reader, admin = person(706), person(ADMIN)
    answer = await reader.asks(QUESTION)
    await _look(telegram, desk)
    _rewrite(changing, _cited(answer)[10:40], "…")
    await _look(telegram, desk)
    (asked,) = await admin.hears()
    await reader.taps("Tell them", under=asked)
    await telegram.alerts("only an admin")
    await _look(telegram, desk)
    assert len(telegram.sent(706)) == 1


async def test_who_was_removed_is_told_nothing(
    changing: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Though the answer was theirs."""
    desk = await serve(changing)
    reader, admin = person(707), person(ADMIN)
    answer = await reader.asks(QUESTION)
    await _look(telegram, desk)
    await desk.people.put(707, "removed", ADMIN)
    _rewrite(changing, _cited(answer)[10:40], "…")
    await _look(telegram, desk)
    (asked,) = await admin.hears()
    await admin.taps("Tell them", under=asked)
    await telegram.alerts("They will be told.")
    await _look(telegram, desk)
    assert len(telegram.sent(707)) == 1
