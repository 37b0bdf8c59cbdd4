"""/digest over Telegram: set up by buttons, previewed, and received."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from telegram.ext import ExtBot

from bot.desk import Desk
from bot.messenger import TelegramMessenger
from retrieval.engine import Engine
from tests.corpus.test_stories import OWN
from tests.e2e.running import ADMIN, NOW, running, unpaced
from tests.emulator import TOKEN, Call, Person, Telegram
from tests.markup import visible

DAY = dt.timedelta(days=1)
LINES = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]


class Clock:
    """Now, until a test says otherwise."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


def take(
    engine: Engine,
    at: dt.datetime,
    *stories: str,
    published: str | None = None,
    but: str | tuple[str, ...] = (),
) -> None:
    """Take the articles of stories in and no others, as of `published` where given; all but those
    whose id ends so."""
    for sample in engine.corpus_dir.glob("*.txt"):
        sample.unlink()
    wanted = [line for line in LINES if line["story"] in stories and not line["id"].endswith(but)]
    if published:
        wanted = [{**line, "published": published} for line in wanted]
    file = engine.corpus_dir / "news.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in wanted), "utf-8")
    engine.ingest(None, now=at)


@asynccontextmanager
async def delivering(telegram: Telegram) -> AsyncIterator[Callable[[Desk], Any]]:
    """Delivers what is due, once."""
    bot = ExtBot(TOKEN, base_url=f"{telegram.url}/bot", rate_limiter=unpaced())
    async with bot:
        yield lambda desk: desk.digests.loop(TelegramMessenger(bot)).run_once()


def button(card: Call, text: str) -> str:
    return next(each["callback_data"] for each in card.buttons if each["text"] == text)


async def set_up(reader: Person) -> Call:
    """The card of a first digest."""
    card = await reader.asks("/digest")
    assert "Not started yet." in card.text
    return card


async def test_a_digest_is_set_up_and_received(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """Time, city, countries by buttons and replies; then it comes when it is due, and once."""
    engine, clock = make_engine(), Clock()
    take(engine, NOW - DAY / 2, "dakar-visit", "quake-nepal", published="2024-05-31")
    desk = await serve(engine, now=clock)
    reader = person()
    card = await set_up(reader)
    await reader.presses(button(card, "City"), under=card)
    asked = (await reader.hears())[0]
    await reader.writes("Atlantis", to=asked)
    assert "do not know that city" in (await reader.hears())[0].text
    await reader.writes("Hà Nội", to=asked)
    assert "07:00 (Ho Chi Minh City)" in (await reader.hears())[0].text
    await reader.presses(button(card, "Countries"), under=card)
    asked = (await reader.hears())[0]
    await reader.writes("Senegal – France", to=asked)
    card = (await reader.hears())[0]
    assert "About: France – Senegal" in card.text
    await reader.presses(button(card, "Time"), under=card)
    times = await reader.sees(card, "07:00")
    await reader.presses(button(times, "08:00"), under=card)
    await reader.sees(card, "08:00 (Ho Chi Minh City)")
    await reader.presses(button(card, "Start"), under=card)
    await reader.sees(card, "Next: 1 June 2024, 08:00.")
    async with delivering(telegram) as deliver:
        await deliver(desk)
        clock.now = NOW + dt.timedelta(hours=2)
        await deliver(desk)
        await deliver(desk)
        (heading,) = await reader.hears()
        assert heading.text == "Digest · Saturday 1 June 2024"
        (digest,) = telegram.edits(heading)
        assert "France – Senegal" in digest.text
        assert "26 works of art" in digest.text
        assert "4 outlets" in digest.text
        assert "Nepal" not in digest.text
        clock.now += DAY
        await deliver(desk)
        (heading,) = await reader.hears()
        assert telegram.edits(heading)[0].text.endswith("Nothing new.")


async def test_a_digest_is_narrowed_to_people_topics_and_languages(
    make_engine: Callable[..., Engine], person: Callable[..., Person], telegram: Telegram
) -> None:
    """By a reply that comes after a restart, and by buttons that are pressed on and off."""
    engine, clock, reader = make_engine(), Clock(), person(language="fr")
    take(engine, NOW - DAY / 2, "dakar-visit", "dakar-debt", "quake-nepal", published="2024-05-31")
    async with running(telegram, engine, now=clock):
        card = await reader.asks("/digest")
        await reader.taps("Personnes", under=card)
        (asked,) = await reader.hears()
    async with running(telegram, engine, now=clock):
        again = await reader.asks("12", to=asked)
        assert "noms de personnes" in again.text
        assert again.json("reply_markup")["force_reply"] is True
        card = await reader.asks("VASSEUR Laurent, Claire Aubertin", to=again)
        assert "Personnes\u00a0: VASSEUR Laurent, Claire Aubertin" in card.text
    async with running(telegram, engine, now=clock):
        # It was answered, and is a question like any other now.
        assert "Personnes" not in (await reader.asks("Nobody", to=asked)).text
        await reader.taps("Thèmes", "agriculture", under=card)
        await reader.sees(card, "Thèmes\u00a0: agriculture")
        await reader.taps("✓ agriculture", under=card)
        await reader.finds("agriculture", under=card)
        for page in ("2/6", "3/6"):
            await reader.taps("›", under=card)
            await reader.finds(page, under=card)
        await reader.taps("finances", under=card)
        await reader.finds("✓ finances", under=card)
        await reader.taps("Retour", "Langues des articles", "anglais", under=card)
        await reader.finds("✓ anglais", under=card)
        await reader.taps("vietnamien", under=card)
        await reader.sees(card, "Articles en\u00a0: anglais, vietnamien")
        await reader.taps("✓ vietnamien", under=card)
        await reader.finds("vietnamien", under=card)
        await reader.taps("Retour", "Montrer", under=card)
        digest = (await reader.hears())[0]
        assert "dette" in digest.text.lower() or "debt" in digest.text
        assert "26" not in digest.text
        assert "128" not in digest.text


async def test_what_a_button_sends_is_not_believed(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """No topic or language is set that is none, and nothing of another chat's digest."""
    desk = await serve(make_engine())
    reader, other = person(), person(8)
    card = await set_up(reader)
    number = button(card, "Start").rsplit(":", 1)[1]
    for data in (f"topic:{number}:weather:0", f"source:{number}:../x", f"topics:{number}:99"):
        await reader.presses(f"digest:{data}", under=card)
    await other.presses(f"digest:topic:{number}:trade:0")
    await reader.presses(button(card, "Start"), under=card)
    await reader.sees(card, "Next:")
    found = await desk.digests.get(int(number))
    assert (found.topics, found.languages) == (frozenset(), frozenset())


async def test_a_digest_is_shown_at_once_paused_and_deleted(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    engine, clock = make_engine(), Clock()
    take(engine, NOW - DAY / 2, "quake-nepal", published="2024-05-31")
    desk = await serve(engine, now=clock)
    reader = person(language="fr")
    card = await reader.asks("/digest")
    await reader.presses(button(card, "Montrer"), under=card)
    assert "Népal : au moins 128 morts dans un séisme" in (await reader.hears())[0].text
    assert "128 morts" in (await reader.asks("/digest now")).text
    await reader.presses(button(card, "Démarrer"), under=card)
    await reader.sees(card, "Prochain")
    await reader.presses(f"digest:pause:{button(card, 'Démarrer').rsplit(':', 1)[1]}", under=card)
    await reader.sees(card, "En pause")
    clock.now += 2 * DAY
    async with delivering(telegram) as deliver:
        await deliver(desk)
    await reader.presses(button(card, "Supprimer"), under=card)
    await reader.sees(card, "Supprimé")
    assert "aucun digest" in (await reader.asks("/digest now")).text


async def test_a_long_digest_has_its_rest_behind_a_button(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    engine, clock = make_engine(), Clock()
    stories = sorted({line["story"] for line in LINES})
    take(engine, NOW - DAY / 2, *stories, published="2024-05-31")
    desk = await serve(engine, now=clock)
    reader = person()
    card = await set_up(reader)
    await reader.presses(button(card, "Start"), under=card)
    await reader.sees(card, "Next:")
    clock.now += DAY
    async with delivering(telegram) as deliver:
        await deliver(desk)
    shown = await reader.hears(3)
    last = telegram.edits(shown[-1])[0]
    more = button(last, "More")
    await reader.presses(more, under=shown[-1])
    rest = (await reader.hears())[0]
    texts = [telegram.edits(each)[0].text for each in shown] + [rest.text]
    assert all(telegram.edits(each) for each in shown)
    assert len(set(texts)) == 4


async def test_the_sources_of_a_story_are_shown_by_buttons(
    make_engine: Callable[..., Engine], person: Callable[..., Person], telegram: Telegram
) -> None:
    """Under a digest from before a restart: its stories, the sources of one, its words."""
    engine, clock, reader = make_engine(), Clock(), person()
    take(engine, NOW - DAY / 2, "dakar-visit", "quake-nepal", published="2024-05-31")
    async with running(telegram, engine, now=clock) as desk, delivering(telegram) as deliver:
        card = await set_up(reader)
        await reader.presses(button(card, "Start"), under=card)
        await reader.sees(card, "Next:")
        clock.now += DAY
        await deliver(desk)
        (digest,) = await reader.hears()
    async with running(telegram, engine, now=clock):
        await reader.taps("Sources …", under=digest)
        await reader.finds("1. ", under=digest)
        story = telegram.keyboards(digest)[-1].buttons[0]["text"]
        await reader.taps(story, "[1]", under=digest)
        await reader.taps("[1]", under=digest)
        (shown,) = await reader.hears()
        assert shown.text.startswith("[1] ")
        quote = shown.html.partition("<b>")[2].partition("</b>")[0]
        assert quote in telegram.edits(digest)[0].html


async def test_a_story_is_muted_and_unmuted_by_buttons(
    make_engine: Callable[..., Engine], person: Callable[..., Person], telegram: Telegram
) -> None:
    """Under a digest from before a restart; it comes no more, though it goes on, until it is
    taken back in the card."""
    engine, clock, reader = make_engine(), Clock(), person()
    stories = ("dakar-visit", "quake-nepal")
    take(engine, NOW - DAY / 2, *stories, published="2024-05-31", but=("vi-3", "t-fr-1"))
    async with running(telegram, engine, now=clock) as desk, delivering(telegram) as deliver:
        card = await set_up(reader)
        await reader.presses(button(card, "Start"), under=card)
        await reader.sees(card, "Next:")
        clock.now += DAY
        await deliver(desk)
        (digest,) = await reader.hears()
    async with running(telegram, engine, now=clock) as desk, delivering(telegram) as deliver:
        await reader.taps("Mute …", under=digest)
        await reader.finds("1. ", under=digest)
        listed = telegram.keyboards(digest)[-1].buttons
        assert [each["text"][:3] for each in listed] == ["1. ", "2. ", "Bac"]
        story = next(each["text"] for each in listed if "artworks" in each["text"])
        await reader.taps(story, f"Muted: {story} – undo", story, under=digest)
        await reader.taps(f"Muted: {story} – undo", under=digest)
        await reader.taps(story, under=digest)
        await reader.finds("Muted: ", under=digest)
        await reader.taps("Back", "Mute …", under=digest)
        await reader.finds("Muted: ", under=digest)
        told = [each.fields.get("text") for each in telegram.calls if "Callback" in each.method]
        assert "You will hear no more of “France to return 26 artworks to Senegal”." in told
        assert "You will hear of “France to return 26 artworks to Senegal” again." in told
        take(engine, clock.now + DAY / 2, *stories, published="2024-05-31", but="t-fr-1")
        clock.now += DAY
        await deliver(desk)
        (nothing,) = await reader.hears()
        assert telegram.edits(nothing)[0].text.endswith("Nothing new.")
        assert not telegram.edits(nothing)[0].buttons
        card = await reader.asks("/digest")
        await reader.hears()
        assert "1 story is muted" in card.text
        await reader.taps("Muted stories", "Unmute: France to return", under=card)
        await reader.finds("Pause", under=card)
        assert "muted" not in telegram.edits(card)[-1].text
        take(engine, clock.now + DAY / 2, *stories, published="2024-05-31")
        clock.now += DAY
        await deliver(desk)
        (again,) = await reader.hears()
        text = telegram.edits(again)[0].text
        assert "26 objets d'art" in text
        assert "continuing" in text


async def test_buttons_under_a_digest_serve_its_chat_and_those_who_may(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """In a group its admins; nothing of a digest is shown or muted from another chat."""
    engine, clock = make_engine(), Clock()
    take(engine, NOW - DAY / 2, *sorted({line["story"] for line in LINES}), published="2024-05-31")
    desk = await serve(engine, now=clock)
    telegram.group_admins = {6}
    admin, member, stranger = person(6, group=-100_5), person(5, group=-100_5), person(8)
    await admin.writes("/digest@attache_test_bot")
    (card,) = await admin.hears()
    await admin.presses(button(card, "Start"), under=card)
    await admin.sees(card, "Next:")
    clock.now += DAY
    async with delivering(telegram) as deliver:
        await deliver(desk)
    sent = await admin.hears(3)
    mute = await admin.finds("Mute …", under=sent[-1])
    more = await admin.finds("More", under=sent[-1])
    delivery = int(more.rsplit(":", 1)[1])

    async def refused(who: Person, data: str, words: str) -> None:
        before = len(telegram.calls)
        await who.presses(data, under=sent[-1] if who.group else None)
        await telegram.until(
            lambda: [c for c in telegram.calls[before:] if words in str(c.fields.get("text"))]
        )

    for data in (mute, more, f"digest:mute:put:{delivery}:0", f"digest:mute:list:{delivery}:0"):
        await refused(stranger, data, "no longer there")
    for data in ("digest:mute:put:999:0", f"digest:mute:put:{delivery}:999", "digest:mute:put:"):
        await refused(admin, data, "no longer there")
    await refused(member, f"digest:mute:put:{delivery}:0", "only an admin of this group")
    found = await desk.digests.delivery(delivery)
    assert found.subscription.muted == frozenset()
    assert not found.rest_asked
    assert len(found.told) > len(found.parts)
    for told in found.told:
        assert " ".join(told.headline.split()) in visible(found.parts[told.message])
    # The rest comes once, and its stories can be muted, too.
    await member.presses(more, under=sent[-1])
    await member.presses(more, under=sent[-1])
    rest = (await admin.hears(len(found.rest)))[-1]
    left = {each["text"] for each in telegram.keyboards(sent[-1])[-1].buttons}
    assert left == {"Sources …", "Mute …"}
    await admin.taps("Mute …", "1. ", under=rest)
    await admin.finds("Muted: 1. ", under=rest)
    found = await desk.digests.delivery(delivery)
    (muted,) = found.subscription.muted
    assert muted == found.told_in(len(found.parts) - 1)[0].story
    assert len(telegram.sent(-100_5)) == 1 + 3 + len(found.rest)


async def test_in_a_group_its_admins_set_it_up(
    make_engine: Callable[..., Engine],
    serve: Any,
    person: Callable[..., Person],
    telegram: Telegram,
) -> None:
    """And the bot's own admins; nobody else."""
    await serve(make_engine())
    telegram.group_admins = {6}
    member = person(group=-100_5)
    await member.writes("/digest@attache_test_bot")
    assert "only an admin" in (await member.hears())[0].text
    admin = person(ADMIN, group=-100_5)
    await admin.writes("/digest@attache_test_bot")
    heard = await admin.hears(2)
    assert "Not started yet." in heard[-1].text
    groups_own = person(6, group=-100_5)
    await groups_own.writes("/digest@attache_test_bot")
    assert "Digests of this chat: 1." in (await groups_own.hears(4))[-1].text
