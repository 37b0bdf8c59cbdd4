"""Quotations to take into other chats."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.application import allowed_updates
from bot.store import People
from retrieval.answer import Answer
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import Call, Person, Telegram
from tests.markup import visible

QUESTION = "vietnam uk 2020"


@pytest.fixture
def own(make_engine: Callable[..., Engine]) -> Iterator[Engine]:
    """An engine whose people are this test's alone."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    yield engine


class _Held(Engine):
    """Looks for nothing until it is let go, and notes for what it did."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.let_go = threading.Event()
        self.asked: list[str] = []

    def quote(self, question: str, **options: Any) -> Answer:
        self.asked.append(question)
        assert self.let_go.wait(30)
        return super().quote(question, **options)


@pytest.fixture
def held(make_engine: Callable[..., Engine]) -> Iterator[_Held]:
    """An engine that is held."""
    engine = make_engine(_Held)
    engine.ingest(None, now=NOW)
    assert isinstance(engine, _Held)
    yield engine
    engine.let_go.set()


def _none(offered: Call) -> bool:
    """Whether nothing is offered, and Telegram does not keep that."""
    return not offered.json("results") and str(offered.fields["cache_time"]) == "0"


async def test_cited_sentences_are_offered(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Five at most, of dated events that meet the conditions; each message has the sentence in the
    source's own words, the date, the outlet and the title."""
    await serve(engine, inline=True)
    asker = person(1101)
    offered = await asker.offered(await asker.types(QUESTION))
    results = offered.json("results")
    assert 1 <= len(results) <= 5
    assert offered.fields["is_personal"] == "true"
    assert int(offered.fields["cache_time"]) > 0
    (article,) = [each for each in engine.articles() if each.outlet == "VOV5"]
    for result in results:
        assert result["title"].startswith("16 April 2020 (year inferred) · VOV5 · ")
        text = visible(result["input_message_content"]["message_text"])
        day, quote, source = text.split("\n")
        assert day == "16 April 2020 (year inferred)"
        assert quote.removeprefix("«\xa0").removesuffix("\xa0»\xa0[1]") in article.text
        assert source.startswith("[1] VOV5 (Vietnamese press), “")
        assert "Event: 16 April [2020: inferred from" in source
        assert result.get("url") == article.url
    assert len({each["id"] for each in results}) == len(results)


@pytest.mark.parametrize(
    "text", ["", " ", "?", "Brazil 1999", "Vietnam UK " + "2020 " * 40, "\U0001f600 <b>&"]
)
async def test_nothing_is_offered_where_nothing_is_found(
    text: str, engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Also while a question is only begun."""
    await serve(engine, inline=True)
    asker = person(1102)
    results = (await asker.offered(await asker.types(text))).json("results")
    assert results == [] or "Vietnam" in text


async def test_an_event_that_may_not_be_meant_is_not_offered(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Where the year is not stated, a period may not be met, and a sentence alone cannot say so."""
    await serve(engine, inline=True)
    asker = person(1103)
    for question in ("Vietnam 2020", "Vietnam Russia July 2021", "ASEAN 2019"):
        for result in (await asker.offered(await asker.types(question))).json("results"):
            assert "year not stated" not in result["title"]
            assert "date of the event not stated" not in result["title"]


async def test_who_is_not_allowed_is_offered_nothing(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Strangers, who may only ask, and who was removed, at once."""
    await serve(own, access="closed", inline=True)
    people = People(own.catalogue.engine)
    people.put(1105, "reader", NOW)
    people.put(1106, "member", NOW)
    stranger, reader, member, admin = person(1104), person(1105), person(1106), person(ADMIN)
    assert _none(await stranger.offered(await stranger.types(QUESTION)))
    assert _none(await reader.offered(await reader.types(QUESTION)))
    assert (await member.offered(await member.types(QUESTION))).json("results")
    await admin.asks("/users remove 1106")
    assert _none(await member.offered(await member.types(QUESTION)))
    await admin.asks("/users allow 1106")
    await admin.asks("/lockdown")
    assert _none(await member.offered(await member.types(QUESTION)))
    assert (await admin.offered(await admin.types(QUESTION))).json("results")


async def test_who_is_removed_meanwhile_is_offered_nothing(
    held: _Held, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Though it was found for them."""
    await serve(held, access="closed", inline=True)
    People(held.catalogue.engine).put(1107, "member", NOW)
    member = person(1107)
    query = await member.types(QUESTION)
    await telegram.until(lambda: telegram.answers("getMe"))
    await _asked(held, telegram, person(ADMIN), 1)
    await person(ADMIN).asks("/users remove 1107")
    held.let_go.set()
    assert _none(await member.offered(query))


async def test_of_a_flood_of_letters_the_last_is_looked_for(
    held: _Held, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """And the one that was under way; whoever else types has their turn meanwhile."""
    await serve(held, inline=True)
    typing, other = person(1108), person(1109)
    await typing.types("v")
    await _asked(held, telegram, person(ADMIN), 1)
    numbers = [await typing.types(QUESTION[:end]) for end in range(2, len(QUESTION) + 1)]
    theirs = await other.types("vietnam russia")
    await _asked(held, telegram, person(ADMIN), 2)
    assert held.asked == ["v", "vietnam russia"]
    held.let_go.set()
    await other.offered(theirs)
    assert (await typing.offered(numbers[-1])).json("results")
    assert held.asked == ["v", "vietnam russia", QUESTION]
    answered = {each.fields["inline_query_id"] for each in telegram.answers("answerInlineQuery")}
    assert not answered & set(numbers[:-1])


async def _asked(held: _Held, telegram: Telegram, admin: Person, count: int) -> None:
    """Once the engine is asked so often; the admin's commands, which need no search, go on."""
    while len(held.asked) < count:
        await admin.asks("/users")


async def test_it_is_off_unless_it_is_wanted(
    engine: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Telegram is not even asked for such questions."""
    assert set(allowed_updates(inline=True)) - set(allowed_updates(inline=False)) == {
        "inline_query"
    }
    await serve(engine)
    asker = person(1110)
    await asker.types(QUESTION)
    assert "16 April 2020" in (await asker.asks("What did Vietnam and the UK discuss?")).text
    assert telegram.answers("answerInlineQuery") == []
