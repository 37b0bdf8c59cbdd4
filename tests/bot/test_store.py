"""What is kept of people holds when several write at once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.store import ASKED_EVERY, People
from corpus.catalogue import Catalogue

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


def test_admins_hear_of_a_stranger_once_a_day_however_many_messages_come_at_once(
    tmp_path: Path,
) -> None:
    catalogue = Catalogue.open(tmp_path)
    people = People(catalogue.engine)
    with ThreadPoolExecutor(8) as pool:
        for now in (NOW, NOW + ASKED_EVERY):
            assert sum(pool.map(lambda _, now=now: people.asks(5, now), range(40))) == 1
    catalogue.close()
