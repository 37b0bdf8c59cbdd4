"""Questions that follow on, in Telegram."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversations import TurnRow
from retrieval.answer import Answer, Written
from retrieval.conversation import Turn
from retrieval.engine import Engine
from tests.e2e.running import NOW, running
from tests.emulator import Person, Telegram

FIRST = "What did Vietnam and the UK discuss in 2020?"
GROUP = -100300


@pytest.mark.parametrize(
    ("first", "then", "understood", "found"),
    [
        (
            FIRST,
            "and in 2023?",
            "Following on: Vietnam – United Kingdom, 2023.",
            "29–30 March 2023",
        ),
        (
            "De quoi le Vietnam et le Royaume-Uni ont-ils parlé en 2020 ?",
            "et en 2023 ?",
            "Dans la suite de la conversation\u00a0: Vietnam – Royaume-Uni, 2023.",
            "29–30 mars 2023",
        ),
        (
            "Việt Nam và Anh đã trao đổi gì năm 2020?",
            "và năm 2023?",
            "Tiếp nối câu hỏi trước: Việt Nam – Vương quốc Anh, 2023.",
            "2023",
        ),
        (
            FIRST,
            "who took part?",
            "Following on: Vietnam – United Kingdom, 2020, in the article cited before.",
            "Nigel Adams",
        ),
        (
            "What did Vietnam and the UK discuss?",
            "và với Nga?",
            "Tiếp nối câu hỏi trước: Việt Nam – Nga.",
            "Karasin",
        ),
    ],
)
async def test_follow_up_says_what_it_takes_over(
    first: str,
    then: str,
    understood: str,
    found: str,
    engine: Engine,
    serve: Any,
    person: Callable[..., Person],
) -> None:
    """Above the answer, in the language of the follow-up."""
    await serve(engine)
    asker = person(201)
    await asker.asks("/reset")
    await asker.asks(first)
    reply = await asker.asks(then)
    assert reply.text.startswith(understood)
    assert found in reply.text


async def test_whole_question_takes_nothing_over(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """It is answered as if it were the first."""
    await serve(engine)
    asker = person(202)
    await asker.asks(FIRST)
    reply = await asker.asks("What did Russia promise about vaccines?")
    assert reply.text.startswith("Russia: ")


async def test_refusal_can_be_followed(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """What it did not find is asked for elsewhere, and said again if that fails too."""
    await serve(engine)
    asker = person(203)
    await asker.asks("What did Vietnam and the UK discuss in 1987?")
    reply = await asker.asks("and in 1988?")
    assert reply.text.startswith("Following on: Vietnam – United Kingdom, 1988.\n")
    assert "Not in this corpus." in reply.text
    assert "16 April 2020" in (await asker.asks("and in 2020?")).text


async def test_conversation_survives_a_restart(
    engine: Engine, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Another process goes on where the first one stopped."""
    asker = person(204)
    async with running(telegram, engine):
        await asker.asks(FIRST)
    async with running(telegram, engine):
        assert "29–30 March 2023" in (await asker.asks("and in 2023?")).text


async def test_inheritance_ends_after_half_an_hour(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """29 minutes are little, 31 too much."""
    clock = [NOW]
    await serve(engine, now=lambda: clock[0])
    asker = person(205)
    await asker.asks(FIRST)
    clock[0] += dt.timedelta(minutes=29)
    assert "Following on" in (await asker.asks("and in 2023?")).text
    clock[0] += dt.timedelta(minutes=31)
    assert "Following on" not in (await asker.asks("and in 2020?")).text


async def test_reset_forgets_the_conversation(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """And says so in the person's language."""
    await serve(engine)
    asker = person(206, "vi")
    await asker.asks(FIRST)
    assert (await asker.asks("/reset")).text.startswith("Đã quên.")
    assert "Following on" not in (await asker.asks("and in 2023?")).text


async def test_reply_in_private_follows_the_answer_it_replies_to(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Not the latest one."""
    await serve(engine)
    asker = person(207)
    first = await asker.asks(FIRST)
    await asker.asks("What did Russia promise about vaccines?")
    reply = await asker.asks("and in 2023?", to=first)
    assert reply.text.startswith("Following on: Vietnam – United Kingdom, 2023.")


async def test_two_people_do_not_share_a_conversation(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Each chat has its own."""
    await serve(engine)
    await person(208).asks(FIRST)
    assert "Following on" not in (await person(209).asks("and in 2023?")).text


async def test_group_reply_follows_the_answer_it_replies_to(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram
) -> None:
    """Anybody's reply to the bot's answer is a question; what is said beside it is not."""
    await serve(engine)
    member, other = person(210, group=GROUP), person(211, group=GROUP)
    help_text = await member.asks("/help@attache_test_bot")
    answer = await member.asks(FIRST, to=help_text)
    assert "16 April 2020" in answer.text
    await member.writes("and in 2023?")
    await other.writes("/reset")
    await other.writes("and in 2023? @attache_test_bot", to=answer)
    await member.hears(0)
    reply = (await telegram.until(lambda: telegram.sent(GROUP)[2:]))[0]
    assert reply.text.startswith("Following on: Vietnam – United Kingdom, 2023.")
    assert len(telegram.sent(GROUP)) == 3


async def test_whole_question_in_a_reply_stands_alone(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """In a group, too."""
    await serve(engine)
    member = person(212, group=GROUP - 1)
    answer = await member.asks(FIRST, to=await member.asks("/help@attache_test_bot"))
    reply = await member.asks("What did Russia promise about vaccines?", to=answer)
    assert reply.text.startswith("Russia: ")


async def test_follow_up_sent_before_the_answer_waits_for_it(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Two questions at once are answered one after the other, the second knowing the first."""
    await serve(engine)
    asker = person(213)
    await asker.writes(FIRST)
    await asker.writes("and in 2023?")
    first, second = await asker.hears(2)
    assert "16 April 2020" in first.text
    assert second.text.startswith("Following on: Vietnam – United Kingdom, 2023.")


async def test_message_delivered_twice_is_answered_alike(
    engine: Engine, serve: Any, person: Callable[..., Person], telegram: Telegram
) -> None:
    """A lone country is not replaced by itself, nor counted as a turn of its own."""
    await serve(engine)
    asker = person(214)
    await asker.asks("What did Russia promise about vaccines?")
    message = asker.message(text="and with Vietnam?")
    await telegram.send({"message": message})
    await telegram.send({"message": message})
    once, again = await asker.hears(2)
    assert once.text == again.text
    assert once.text.startswith("Following on: Russia – Vietnam, vaccines")


class _Failing(Engine):
    """Fails for questions on Laos."""

    def stream(
        self, question: str, *, today: dt.date, previous: Sequence[Turn] = (), **more: Any
    ) -> Iterator[Written | Answer]:
        if "Laos" in question:
            raise RuntimeError("no luck")
        return super().stream(question, today=today, previous=previous, **more)


async def test_answer_that_fails_does_not_break_the_thread(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The next question goes on from the last one answered."""
    engine = make_engine(_Failing)
    engine.ingest(None, now=NOW)
    await serve(engine)
    asker = person(215)
    await asker.asks(FIRST)
    assert "did not work" in (await asker.asks("and with Laos?")).text
    assert "29–30 March 2023" in (await asker.asks("and in 2023?")).text


async def test_conversation_that_cannot_be_kept_costs_no_answer(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """The database refuses: every question stands alone, and is answered."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    await serve(engine)
    with Session(engine.catalogue.engine) as session, session.begin():
        session.connection().exec_driver_sql("DROP TABLE conversation_turn")
    asker = person(216)
    assert "16 April 2020" in (await asker.asks(FIRST)).text
    assert "Following on" not in (await asker.asks("and in 2023?")).text


async def test_words_of_a_question_are_not_stored(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """But for those that a follow-up takes over."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    await serve(engine)
    asker = person(217)
    await asker.asks("Please tell me what Vietnam and the UK discussed on trade in 2020")
    await asker.asks("thank you")  # by now the first turn is kept, and this one is none
    with Session(engine.catalogue.engine) as session:
        (row,) = session.scalars(select(TurnRow)).all()
    assert "trade" in row.turn
    assert "tell" not in row.turn
