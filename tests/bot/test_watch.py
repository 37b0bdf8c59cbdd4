"""While it serves, the bot takes in what is new at its sources and in its folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.sources import Sources
from bot.watch import WATCH, Watch
from corpus.fetch import Fetcher
from corpus.ingest import writing
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from tests.bot.test_sources import _feed, _page
from tests.corpus.lying_server import Reply, site

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


class House:
    """An engine over a folder, its watch, and a clock."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.now = NOW
        self.engine = Engine(data_dir, folder, BUNDLED)
        self.fetcher = Fetcher(private=True)
        self.sources = Sources(self.engine, self.fetcher)
        self.watch = Watch(self.engine, self.sources, lambda: self.now)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def ids(self) -> list[str]:
        return [article.id for article in self.engine.articles()]


@pytest.fixture
def house(tmp_path: Path, new_data_dir: Callable[[], Path]) -> Iterator[House]:
    made = House(tmp_path / "articles", new_data_dir())
    yield made
    made.fetcher.close()
    made.engine.close()


def test_files_are_taken_in_once_they_lie_still(house: House) -> None:
    house.watch.look()
    assert house.engine.catalogue.current() is None
    house.write("a.txt", "The minister of Norway met the ambassador of Ghana on 5 May 2021.")
    house.watch.look()
    assert house.ids() == []  # it may still be written to
    house.watch.look()
    assert house.ids() == ["a"]
    house.watch.look()
    (version,) = house.engine.versions()
    assert version.made_by == WATCH
    house.write("a.txt", "The minister of Norway met the ambassador of Togo on 6 May 2021.")
    house.watch.look()
    house.watch.look()
    assert "Togo" in house.engine.articles()[0].text


def test_many_removals_are_left_to_people(house: House) -> None:
    for number in range(5):
        house.write(f"{number}.txt", f"The minister of Norway spoke on {number + 1} May 2021.")
    house.watch.look()
    house.watch.look()
    for number in range(3):
        (house.folder / f"{number}.txt").unlink()
    house.watch.look()
    house.watch.look()
    assert len(house.ids()) == 5


def test_a_running_ingest_is_not_waited_for_and_nothing_is_missed(house: House) -> None:
    house.write("a.txt", "The minister of Norway met the ambassador of Ghana on 5 May 2021.")
    house.watch.look()
    with writing(house.engine.data_dir, wait=False, on_wait=print):
        house.watch.look()
        assert house.ids() == []
    house.watch.look()
    assert house.ids() == ["a"]


def test_sources_are_looked_at_when_their_time_has_come(house: House) -> None:
    with site() as web:
        web.pages["/fish"] = _page("Talks on fishing", "fishing")
        web.pages["/feed"] = _feed(web, ("/fish", "Fish", "1"))
        house.sources.add(f"{web.url}/feed", minutes=60, now=NOW)
        house.watch.look()
        assert len(house.ids()) == 1
        web.pages["/rail"] = _page("Talks on railways", "railways")
        web.pages["/feed"] = _feed(web, ("/fish", "Fish", "1"), ("/rail", "Rail", "2"), etag='"2"')
        house.watch.look()
        assert len(house.ids()) == 1
        house.now += dt.timedelta(minutes=61)
        house.watch.look()
        assert len(house.ids()) == 2


def test_what_fails_is_logged_and_stops_nothing(house: House) -> None:
    with site() as web:
        web.pages["/feed"] = _feed(web)
        house.sources.add(f"{web.url}/feed", now=NOW)
        web.pages["/feed"] = Reply(500)
        house.write("a.txt", "The minister of Norway met the ambassador of Ghana on 5 May 2021.")
        house.watch.look()
        house.watch.look()
        assert house.ids() == ["a"]
        (source,) = house.sources.list()
        assert source.failures == 1


def test_a_list_of_sources_that_cannot_be_read_stops_nothing(house: House) -> None:
    with house.engine.catalogue.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE source")
    house.write("a.txt", "The minister of Norway met the ambassador of Ghana on 5 May 2021.")
    house.watch.look()
    house.watch.look()
    assert house.ids() == ["a"]
