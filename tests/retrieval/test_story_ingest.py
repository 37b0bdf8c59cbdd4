"""Stories in the catalogue: kept from ingest to ingest, and across a way back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from corpus.tables import RevisionRow
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from tests.corpus.test_stories import OWN

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


class Desk:
    """An engine and a file of articles that grows."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        folder.mkdir()
        self._file = folder / "articles.jsonl"
        self._lines: dict[str, dict[str, str]] = {}
        self.engine = Engine(data_dir, folder, BUNDLED)

    def take(self, *lines: dict[str, str]) -> None:
        self._lines |= {line["id"]: line for line in lines}
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in self._lines.values())
        self._file.write_text(text, "utf-8")
        self.engine.ingest(None, now=NOW)

    def stories(self) -> dict[str, str | None]:
        return {article.id: article.story for article in self.engine.articles()}


@pytest.fixture
def desk(tmp_path: Path, new_data_dir: Callable[[], Path]) -> Iterator[Desk]:
    made = Desk(tmp_path / "articles", new_data_dir())
    yield made
    made.engine.close()


def twins(story: str) -> list[dict[str, str]]:
    lines = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]
    return [line for line in lines if line["story"] == story]


def test_a_later_twin_in_another_language_joins_its_story(desk: Desk) -> None:
    first, second, third = twins("quake-nepal")
    desk.take(first, *twins("quake-chile"))
    before = desk.stories()
    desk.take(second, third)
    after = desk.stories()
    assert {after[each["id"]] for each in (first, second, third)} == {before[first["id"]]}
    assert {key: after[key] for key in before} == before
    assert len(set(after.values())) == 2


def test_a_changed_article_stays_in_its_story_while_it_tells_of_it(desk: Desk) -> None:
    first, second, third = twins("quake-nepal")
    desk.take(first, second, third)
    story = desk.stories()[first["id"]]
    desk.take({**first, "text": first["text"] + " Helicopters were sent from Kathmandu."})
    assert desk.stories()[first["id"]] == story
    desk.take({**first, **{k: twins("gas")[1][k] for k in ("title", "text", "published")}})
    stories = desk.stories()
    assert stories[first["id"]] not in {stories[second["id"]], None}
    assert stories[second["id"]] == stories[third["id"]] == story


def test_a_way_back_brings_the_stories_back(desk: Desk) -> None:
    desk.take(*twins("quake-nepal"))
    before = desk.stories()
    desk.take(*twins("gas"))
    desk.engine.roll_back(1, now=NOW)
    assert desk.stories() == before


def test_articles_of_before_there_were_stories_are_put_into_some(desk: Desk) -> None:
    """By the next ingest, though nothing else changes."""
    desk.take(*twins("quake-nepal"), *twins("gas"))
    before = desk.stories()
    with desk.engine.catalogue.engine.begin() as connection:
        connection.execute(update(RevisionRow).values(story=None))
    desk.engine.ingest(None, now=NOW)
    assert desk.stories() == before


def test_a_date_without_a_year_meets_the_same_day_with_one(desk: Desk) -> None:
    """The user's articles often have no year at all."""
    first, second = twins("mekong-dam")
    desk.take(first)
    bare = {key: value for key, value in second.items() if key != "published"}
    desk.take(bare)
    assert len(set(desk.stories().values())) == 1
