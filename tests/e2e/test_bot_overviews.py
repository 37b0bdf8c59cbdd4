"""/timeline and /coverage, in Telegram."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from bot.timeline_picture import A_PICTURE, Entry, draw
from retrieval.engine import Engine
from tests.emulator import Person, Telegram


def _pictures(telegram: Telegram, chat: int) -> list[bytes]:
    return [
        content
        for call in telegram.calls
        if call.method in {"sendPhoto", "sendMediaGroup"} and call.chat == chat
        for _, content in call.files
    ]


@pytest.mark.parametrize(
    ("language", "asked", "head", "day"),
    [
        ("en", "Vietnam UK", "Vietnam – United Kingdom: ", "16 April 2020 (year inferred) – “"),
        (
            "fr",
            "Vietnam Royaume-Uni",
            "Vietnam – Royaume-Uni",
            "16 avril 2020 (année déduite) – “",
        ),
        (
            "vi",
            "Việt Nam Anh",
            "Việt Nam – Vương quốc Anh: ",
            "16 tháng 4 năm 2020 (năm được suy ra) – “",
        ),
    ],
)
async def test_timeline_is_a_picture_and_a_list_with_sources(
    language: str,
    asked: str,
    head: str,
    day: str,
    engine: Engine,
    serve: Any,
    telegram: Telegram,
    person: Callable[..., Person],
) -> None:
    """In the language of the person's Telegram, whatever the names are typed in."""
    await serve(engine)
    asker = person(801, language)
    listed = await asker.asks(f"/timeline {asked}")
    assert listed.text.startswith(head)
    assert day in listed.text
    assert "\n[1] " in listed.text
    (picture,) = _pictures(telegram, 801)
    assert Image.open(io.BytesIO(picture)).width == 1080


async def test_timeline_keeps_to_a_period(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(engine)
    listed = await person(802).asks("/timeline Vietnam UK 2020")
    assert "16 April 2020" in listed.text
    assert "2023" not in listed.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/timeline", "Send /timeline and countries"),
        ("/timeline fishing", "I know no country, region, outlet or period in “fishing”."),
        ("/timeline Chile Peru 1990", "Nothing dated in this corpus meets that."),
    ],
)
async def test_timeline_says_what_it_needs(
    asked: str, told: str, engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    await serve(engine)
    assert told in (await person(803).asks(asked)).text


async def test_coverage_is_a_picture_and_the_same_in_words(
    engine: Engine, serve: Any, telegram: Telegram, person: Callable[..., Person]
) -> None:
    await serve(engine)
    told = await person(804, "fr").asks("/coverage")
    version = engine.catalogue.current()
    assert version is not None
    count = len(engine.catalogue.articles(version.number))
    assert told.text.startswith(f"{count} articles")
    assert "vietnamien" in told.text
    assert len(_pictures(telegram, 804)) == 1


def test_thirty_events_fit_into_pictures_that_a_phone_can_show(tmp_path: Any) -> None:
    """Telegram scales a picture by its longer side; none is much longer than a screen."""
    entries = [
        Entry(str(2020 + n // 4), f"{n + 1} May", "Tăng cường hợp tác " * 12, "VNA · AFP")
        for n in range(30)
    ]
    pictures = draw("Việt Nam – Anh", entries, tmp_path)
    assert len(pictures) == -(-30 // A_PICTURE)
    for each in pictures:
        width, height = Image.open(io.BytesIO(each)).size
        assert height <= 2.2 * width
