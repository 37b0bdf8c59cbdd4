"""Who is let in and out, over Telegram."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.handlers.ingest import APPLY
from bot.menu import admin_menu
from bot.store import People
from retrieval.engine import Engine
from tests.e2e.running import ADMIN, NOW
from tests.emulator import Person, Telegram

QUESTION = "What did Vietnam and the UK discuss in 2020?"
REFUSED = "This bot serves invited people only."
GROUP = -100900


@pytest.fixture
def own(make_engine: Callable[..., Engine]) -> Iterator[Engine]:
    """An engine whose people are this test's alone."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    yield engine


async def test_a_request_is_answered_by_a_button_and_told_once_a_day(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """However often the stranger writes."""
    clock = [NOW]
    await serve(own, access="closed", now=lambda: clock[0])
    stranger, admin = person(11), person(ADMIN)
    for _ in range(3):
        assert REFUSED in (await stranger.asks("hello")).text
    (request,) = await admin.hears()
    assert "P (11) wrote to this bot" in request.text
    clock[0] += dt.timedelta(days=1, minutes=1)
    await stranger.asks("hello again")
    await admin.hears()
    assert len(telegram.sent(ADMIN)) == 2
    await admin.taps("Allow", under=request)
    await telegram.alerts("They are served now.")
    (welcome,) = await stranger.hears()
    assert "You are served now." in welcome.text
    assert "16 April 2020" in (await stranger.asks(QUESTION)).text


async def test_a_request_that_no_admin_heard_of_is_made_again(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Whoever wrote before there was an admin need not wait for another day."""
    desk = await serve(own, access="closed", admins=())
    stranger, admin = person(10), person(9)
    assert REFUSED in (await stranger.asks("hello")).text
    await admin.asks(f"/start {desk.access.code}")
    assert REFUSED in (await stranger.asks("hello")).text
    _, request = await telegram.until(lambda: len(s := telegram.sent(9)) > 1 and s)
    assert "P (10) wrote to this bot" in request.text
    assert REFUSED in (await stranger.asks("hello")).text
    assert len(telegram.sent(9)) == 2


async def test_who_is_denied_is_asked_about_no_more(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    clock = [NOW]
    await serve(own, access="closed", now=lambda: clock[0])
    stranger, admin = person(12), person(ADMIN)
    await stranger.asks("hello")
    (request,) = await admin.hears()
    await admin.taps("Deny", under=request)
    await telegram.alerts("They are not served.")
    clock[0] += dt.timedelta(days=2)
    assert REFUSED in (await stranger.asks("hello")).text
    assert len(telegram.sent(ADMIN)) == 1


async def test_an_invitation_lets_one_person_in_until_it_expires(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    clock = [NOW]
    await serve(own, access="closed", now=lambda: clock[0])
    admin, first, second, late = person(ADMIN), person(13), person(14), person(15)
    links = [(await admin.asks("/invite")).text for _ in range(2)]
    tokens = [re.search(r"start=(\S+)", link)[1] for link in links]  # type: ignore[index]
    await first.asks(f"/start {tokens[0]}")
    assert "16 April 2020" in (await first.asks(QUESTION)).text
    used = await second.asks(f"/start {tokens[0]}")
    assert REFUSED in used.text
    assert used.text.startswith("That invitation was used, or is too old.")
    clock[0] += dt.timedelta(days=8)
    assert REFUSED in (await late.asks(f"/start {tokens[1]}")).text
    assert "only an admin" in (await first.asks("/invite")).text


async def test_who_is_removed_is_served_nowhere(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Neither in private nor in a group that is served; the admin hears where they still are, and
    no link lets them in again."""
    desk = await serve(own, access="closed")
    admin = person(ADMIN)
    await admin.lets_in(GROUP, "Desk")
    member = person(16, group=GROUP)
    assert "I answer whoever is in this group" in (await member.hears())[0].text
    assert "16 April 2020" in (await member.asks(f"/ask {QUESTION}")).text
    link = (await admin.asks("/invite")).text
    token = re.search(r"start=(\S+)", link)[1]  # type: ignore[index]
    told = await admin.asks("/users remove 16")
    assert "not served any more" in told.text
    assert "They are still in: Desk." in told.text
    assert REFUSED in (await member.asks(f"/ask {QUESTION}")).text
    assert REFUSED in (await person(16).asks(f"/start {token}")).text
    assert not await desk.is_served(16, GROUP)
    assert "Done." in (await admin.asks("/users allow 16")).text
    assert "16 April 2020" in (await member.asks(f"/ask {QUESTION}")).text


async def test_admins_change_without_a_restart(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Those of the settings are changed there."""
    await serve(own, access="closed")
    admin, second = person(ADMIN), person(17)
    await admin.asks("/users admin 17")
    assert "17: admin" in (await second.asks("/users")).text
    assert "changed there" in (await second.asks(f"/users remove {ADMIN}")).text
    await admin.asks("/users remove 17")
    assert REFUSED in (await second.asks("/users")).text
    assert "Send /users" in (await admin.asks("/users remove everybody")).text


async def test_lockdown_serves_admins_alone(
    own: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Open access included, until it ends."""
    await serve(own, access="open")
    admin, reader = person(ADMIN), person(18)
    await admin.asks("/lockdown")
    assert (await reader.asks(QUESTION)).text == "This bot is closed for the moment."
    assert "16 April 2020" in (await admin.asks(QUESTION)).text
    await admin.asks("/lockdown off")
    assert "16 April 2020" in (await reader.asks(QUESTION)).text


async def test_the_bot_leaves_a_group_that_no_admin_added_it_to(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    await serve(own, access="closed")
    await person(19).lets_in(GROUP - 1, "Strangers")
    await telegram.until(lambda: [call for call in telegram.calls if call.method == "leaveChat"])
    (word,) = telegram.sent(GROUP - 1)
    assert "an admin of mine adds me" in word.text


async def test_a_group_is_listed_and_left_when_an_admin_says_so(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """A stranger in it is served there and nowhere else."""
    await serve(own, access="closed")
    admin = person(ADMIN)
    await admin.lets_in(GROUP - 2, "Desk two")
    member = person(20, group=GROUP - 2)
    await member.hears()
    assert "16 April 2020" in (await member.asks(f"/ask {QUESTION}")).text
    assert REFUSED in (await person(20).asks(QUESTION)).text
    await admin.hears()  # the request
    assert f"{GROUP - 2}: group “Desk two”" in (await admin.asks("/users")).text
    await admin.asks(f"/users remove {GROUP - 2}")
    assert any(call.method == "leaveChat" for call in telegram.calls)
    assert REFUSED in (await member.asks(f"/ask {QUESTION}")).text


async def test_who_may_only_ask_sets_up_no_digest(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Asking and exporting go on; a forged button of a digest changes nothing."""
    await serve(own, access="closed")
    admin, reader = person(ADMIN), person(21)
    await admin.asks("/users readonly 21")
    assert "16 April 2020" in (await reader.asks(QUESTION)).text
    assert "Digests are set up by others." in (await reader.asks("/digest")).text
    await reader.presses("digest:start:1")
    await telegram.alerts("Digests are set up by others.")


async def test_who_may_only_ask_has_no_admin_commands(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """None of those in the admins' menu nor beside it, none of their buttons, no documents."""
    await serve(own, access="closed")
    admin, reader = person(ADMIN), person(22)
    await admin.asks("/users readonly 22")
    for name in [*(each.command for each in admin_menu("en")), "rollback 1", "show x"]:
        assert "only an admin" in (await reader.asks(f"/{name}")).text, name
    await reader.presses(APPLY)
    await telegram.alerts("only an admin")
    await reader.presses("people:member:23")
    await telegram.until(lambda: len(telegram.answers("answerCallbackQuery")) == 2)
    assert "only an admin" in telegram.answers("answerCallbackQuery")[1].text
    assert {each.id for each in People(own.catalogue.engine).all()} == {22}


async def test_who_is_removed_loses_the_buttons_at_once(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    """Of answers and of examples, in private and in a group."""
    await serve(own, access="closed")
    admin = person(ADMIN)
    await admin.lets_in(GROUP - 3, "Desk three")
    member, alone = person(24, group=GROUP - 3), person(24)
    await member.hears()
    await admin.asks("/users allow 24")
    answers = [await member.asks(f"/ask {QUESTION}"), await alone.asks(QUESTION)]
    await admin.asks("/users remove 24")
    for number, (asker, answer) in enumerate(zip((member, alone), answers, strict=True), start=1):
        await asker.taps("[1]", under=answer)
        await telegram.until(
            lambda n=number: len(telegram.answers("answerCallbackQuery")) == n  # type: ignore[misc]
        )
        told = telegram.answers("answerCallbackQuery")[-1]
        assert told.text == "This bot serves invited people only. Your Telegram id: 24"
    await alone.presses("q:VN:GB:2020:en")
    await telegram.until(lambda: len(telegram.answers("answerCallbackQuery")) == 3)
    assert len(telegram.sent(24)) == 1
    assert len(telegram.sent(GROUP - 3)) == 2


async def test_removal_names_the_groups_they_are_in_and_no_others(
    own: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    await serve(own, access="closed")
    admin = person(ADMIN)
    for number, title in enumerate(("North", "South", "West")):
        await admin.lets_in(GROUP - 10 - number, title)
        await person(25, group=GROUP - 10 - number).hears()
    telegram.gone[GROUP - 11] = {25}
    told = await admin.asks("/users remove 25")
    assert told.text.endswith("They are still in: North, West.")
    telegram.gone |= {GROUP - 10: {26}, GROUP - 11: {26}, GROUP - 12: {26}}
    assert "still in" not in (await admin.asks("/users remove 26")).text
