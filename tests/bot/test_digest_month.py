"""A month of digests on three continents, over the change of clocks, with an article a day."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.conversations import Place
from bot.deliveries import Deliveries, Delivery
from bot.delivery_loop import DeliveryLoop
from bot.digest_post import compose
from bot.subscriptions import Subscription, Subscriptions
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine

BEGIN = dt.datetime(2026, 10, 14, 20, tzinfo=dt.UTC)
"""Clocks are set back on 25 October in Europe and on 1 November in America."""

DAYS = 31
ZONES = {1: "Europe/Paris", 2: "Asia/Ho_Chi_Minh", 3: "America/New_York"}
NEWS = {
    "Accra": "drought empties wells",
    "Lomé": "opera names a tenor",
    "Bamako": "tram line derails",
    "Dakar": "stadium is sold out",
    "Rabat": "museum finds a mask",
    "Tunis": "refinery halts pumps",
    "Cairo": "airport loses radar",
    "Khartoum": "mint strikes coins",
    "Kampala": "zoo feeds a rhino",
    "Nairobi": "observatory sees a comet",
    "Lusaka": "dam spills water",
    "Harare": "cathedral casts bells",
    "Maputo": "hospital heals burns",
    "Windhoek": "bakers raise bread prices",
    "Gaborone": "shipyard launches a tug",
    "Maseru": "library lends maps",
    "Luanda": "cinema bans popcorn",
    "Libreville": "vineyard fears frost",
    "Yaoundé": "aquarium frees turtles",
    "Niamey": "brewery recalls beer",
    "Ouagadougou": "quarry buries a truck",
    "Conakry": "market burns down",
    "Freetown": "lighthouse goes dark",
    "Monrovia": "theatre mourns a clown",
    "Abidjan": "parliament votes on tax",
    "Banjul": "students leave lectures",
    "Praia": "prisoners dig a tunnel",
    "Moroni": "ferry hits a reef",
    "Djibouti": "bridge sways in wind",
    "Asmara": "garden grows orchids",
    "Kigali": "choir wins gold",
}


class Readers:
    """When each chat got which digest, by the clock of the test."""

    def __init__(self) -> None:
        self.now = BEGIN
        self.got: dict[int, list[tuple[dt.datetime, str]]] = defaultdict(list)
        self._placed: dict[int, dt.datetime] = {}

    async def place(self, _: Delivery, __: int) -> int:
        number = len(self._placed) + 1
        self._placed[number] = self.now
        return number

    async def fill(self, delivery: Delivery, number: int) -> None:
        text = delivery.first_parts[number]
        self.got[delivery.place.chat].append((self._placed[delivery.message_ids[number]], text))


def line(day: int) -> str:
    """The article of a day, about a place and a matter that no other one is about."""
    at = BEGIN + dt.timedelta(days=day)
    town, news = list(NEWS.items())[day]
    return json.dumps(
        {
            "id": f"day-{day}",
            "title": f"{town}: {news}",
            "outlet": "Coast Telegraph",
            "published": at.date().isoformat(),
            "text": f"In {town} on {at:%d %B %Y} the {news}, people in {town} say.",
        }
    )


def test_everybody_gets_one_a_day_at_their_own_hour_and_every_story_once(
    tmp_path: Path, new_data_dir: Callable[[], Path]
) -> None:
    """Also on the days that have 25 hours."""
    folder = tmp_path / "articles"
    folder.mkdir()
    engine = Engine(new_data_dir(), folder, BUNDLED)
    engine.ingest(None, now=BEGIN)
    subscriptions = Subscriptions(engine.catalogue.engine)
    for chat, zone in ZONES.items():
        made = Subscription(Place(chat), 1, "en", zone)
        subscriptions.put(replace(made, time=dt.time(7, 30)).started(BEGIN))
    readers = Readers()
    loop = DeliveryLoop(
        Deliveries(engine.catalogue.engine),
        subscriptions,
        lambda *asked: compose(engine, *asked),
        readers,
        lambda: readers.now,
    )
    for day in range(DAYS):
        readers.now = BEGIN + dt.timedelta(days=day)
        (folder / f"{day}.jsonl").write_text(line(day), "utf-8")
        engine.ingest(None, now=readers.now)
        for _ in range(48):
            readers.now += dt.timedelta(minutes=30)
            asyncio.run(loop.run_once())
    engine.close()
    for chat, zone in ZONES.items():
        local = [at.astimezone(ZoneInfo(zone)) for at, _ in readers.got[chat]]
        assert {at.time() for at in local} == {dt.time(7, 30)}
        first = local[0].date()
        days = [first + dt.timedelta(days=number) for number in range(DAYS)]
        assert [at.date() for at in local] == days
        texts = [text for _, text in readers.got[chat]]
        told = [[town for town in NEWS if f"{town}: " in text] for text in texts]
        assert told == [[town] for town in NEWS]
