"""Floods and shares, over Telegram."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from bot.allowance import Allowances
from bot.limits import Limits
from retrieval.answer import Answer, Written
from retrieval.engine import Engine
from retrieval.llm import LanguageModel
from retrieval.question import MAX_QUESTION_CHARS
from tests.e2e.running import ADMIN, NOW, running
from tests.emulator import Person, Telegram
from tests.retrieval.scripted import Listening

QUESTION = "What did Vietnam and the UK discuss in 2020?"
CARE = (
    "The Deputy Minister asked the United Kingdom to provide medical care and support for "
    "Vietnamese citizens living and working there during the epidemic."
)
USED_UP = "Your share of the language model for today is used up."
TOO_MANY = "That was a lot at once."


class _Noting(Engine):
    """Notes what it is asked."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked: list[str] = []

    def stream(self, question: str, **options: Any) -> Iterator[Written | Answer]:
        self.asked.append(question)
        return super().stream(question, **options)


@pytest.fixture
def noting(make_engine: Callable[..., Engine]) -> _Noting:
    """An engine that notes what it is asked."""
    engine = make_engine(_Noting)
    engine.ingest(None, now=NOW)
    assert isinstance(engine, _Noting)
    return engine


def _forwarded(person: Person, text: str) -> dict[str, Any]:
    origin = {"type": "hidden_user", "date": 1_600_000_000, "sender_user_name": "Somebody"}
    return {"message": person.message(text=text, forward_origin=origin)}


async def test_of_a_flood_so_many_are_answered_and_the_rest_get_one_word(
    noting: _Noting, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """It says when it ends, and then it does."""
    clock = [NOW]
    asker = person(1001)
    for _ in range(20):
        await asker.writes(QUESTION)
    limits = Limits(questions_per_minute=3)
    async with running(telegram, noting, limits=limits, now=lambda: clock[0]):
        told = [each.text for each in await asker.hears(4)]
    assert len(noting.asked) == 3
    assert len(telegram.sent(asker.chat)) == 4
    refused = [text for text in told if TOO_MANY in text]
    assert refused == ["That was a lot at once. Please go on in 60 seconds."]
    async with running(telegram, noting, limits=limits, now=lambda: clock[0]):
        await person(1002).asks(QUESTION)
        clock[0] += dt.timedelta(seconds=60)
        assert "16 April 2020" in (await asker.asks(QUESTION)).text


async def test_buttons_edits_and_commands_are_questions_too(
    noting: _Noting, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """The button of one that is refused says why."""
    await serve(noting, limits=Limits(questions_per_minute=1))
    asker = person(1003, "fr")
    await asker.asks(f"/private {QUESTION}")
    await asker.presses("q:VN:GB:2020:en")
    await telegram.alerts("Cela fait beaucoup à la fois. Reprenez dans 60 secondes")
    for text in ("/timeline Vietnam UK", "/help", "/frobnicate", QUESTION):
        await asker.writes(text)
    await asker.edits(1, QUESTION)
    await asker.presses("q:VN:GB:2020:en")
    await telegram.until(lambda: len(telegram.answers("answerCallbackQuery")) == 2)
    assert telegram.answers("answerCallbackQuery")[1].text == ""
    assert len(telegram.sent(asker.chat)) == 1
    assert noting.asked == []


@pytest.mark.parametrize("limits", [Limits(), Limits(questions_per_minute=100)])
async def test_long_and_forwarded_texts_cost_nothing(
    limits: Limits, noting: _Noting, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """No search, and one word for all of them, whether there are limits or not."""
    spammer, other = person(1004), person(1005)
    for _ in range(10):
        await spammer.writes("Vietnam " * (MAX_QUESTION_CHARS // 4))
        await telegram.send(_forwarded(spammer, QUESTION))
        await telegram.send({"message": spammer.message(photo=[])})
    async with running(telegram, noting, limits=limits):
        assert "16 April 2020" in (await other.asks(QUESTION)).text
        await spammer.hears()
    assert len(telegram.sent(spammer.chat)) == 1
    assert noting.asked == [QUESTION]


async def test_a_forwarded_message_is_no_question(
    noting: _Noting, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """What is wrong with it is said in the person's language; their own words are."""
    await serve(noting)
    asker = person(1006, "vi")
    await telegram.send(_forwarded(asker, QUESTION))
    (told,) = await asker.hears()
    assert "tin nhắn chuyển tiếp" in told.text
    assert "16 April 2020" in (await asker.asks(QUESTION)).text


async def test_admins_have_no_limits(
    noting: _Noting, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(noting, limits=Limits(questions_per_minute=1))
    admin = person(ADMIN)
    for _ in range(3):
        assert "16 April 2020" in (await admin.asks(QUESTION)).text


async def test_beyond_their_tokens_people_get_quotations_until_midnight(
    make_engine: Callable[..., Engine], telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Whoever has used theirs up is told so, also after a restart; nobody else is the poorer."""
    clock = [NOW + dt.timedelta(hours=14)]
    chat = Listening(words=CARE)
    model = LanguageModel.of(chat)
    options: dict[str, Any] = {
        "model": model,
        "limits": Limits(tokens_per_day=1),
        "now": lambda: clock[0],
    }
    asker, other, admin = person(1007), person(1008), person(ADMIN)
    engine = make_engine(partial(Engine, model=model))
    engine.ingest(None, now=NOW)
    async with running(telegram, engine, **options):
        assert CARE in (await asker.asks(QUESTION)).text
    asked = len(chat.heard)
    async with running(telegram, make_engine(partial(Engine, model=model)), **options):
        quoted = await asker.asks(QUESTION)
        assert f"{USED_UP} For about 10 hours more, until midnight UTC" in quoted.text
        assert "16 April 2020" in quoted.text
        assert CARE not in quoted.text
        await asker.taps("[1]", under=quoted)
        await asker.hears()
        refused = await asker.asks("What did Vietnam and Brazil discuss in 1999?")
        assert USED_UP not in refused.text
        assert len(chat.heard) == asked
        for anybody in (other, admin, admin):
            assert CARE in (await anybody.asks(QUESTION)).text
        clock[0] += dt.timedelta(hours=10)
        assert CARE in (await asker.asks(QUESTION)).text


async def test_translations_are_counted_and_stop_with_the_rest(
    make_engine: Callable[..., Engine],
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
) -> None:
    """The original is shown all the same."""
    chat = Listening(words="")
    model = LanguageModel.of(chat)
    engine = make_engine(partial(Engine, model=model))
    engine.ingest(None, now=NOW)
    desk = await serve(engine, model=model, limits=Limits(tokens_per_day=1))
    asker = person(1009)
    answer = await asker.asks(QUESTION)  # what it says is empty, which costs nothing
    assert await desk.allowances.used_up(1009) is None
    chat.words = CARE
    await asker.taps("[1]", under=answer)
    (shown,) = await asker.hears()
    while await desk.allowances.used_up(1009) is None:
        await asker.asks("What did Vietnam and Brazil discuss in 1999?")
    asked = len(chat.heard)
    await asker.taps("[1]", under=answer)
    (again,) = await asker.hears()
    assert again.text == shown.text
    await asker.asks("What did Vietnam and Brazil discuss in 1999?")
    assert len(chat.heard) == asked


async def test_status_and_mydata_know_of_it(
    noting: _Noting, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(noting, limits=Limits(5, 2000))
    asker = person(1010)
    before = Allowances(noting.catalogue.engine, Limits())
    before.spend(1010, 42, NOW)
    before.save()
    await asker.asks(QUESTION)
    status = (await person(ADMIN, "fr").asks("/status")).text.splitlines()[-1]
    assert status == (
        "Limites\u00a0: 5 questions et commandes par minute et par personne · 2000 jetons du "
        "modèle de langue par jour et par personne. Jetons de tous aujourd’hui\u00a0: 42."
    )
    await asker.writes("/mydata")
    (kept,) = json.loads(await asker.receives("mydata.json"))["allowance"]
    assert kept["tokens"] == 42
    assert len(kept["asked_at"]) == 2


async def test_a_flood_of_a_stranger_is_left_unanswered_in_the_end(
    noting: _Noting, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Whoever is served does not wait for it."""
    stranger, admin = person(1011), person(ADMIN)
    for _ in range(20):
        await stranger.writes("let me in")
    async with running(telegram, noting, access="closed", limits=Limits(questions_per_minute=3)):
        await stranger.hears(3)
        await admin.hears()  # that somebody wrote
        assert "16 April 2020" in (await admin.asks(QUESTION)).text
    assert len(telegram.sent(stranger.chat)) == 3
    assert len(noting.asked) == 1
