"""Versions: listed, gone back to, and what an ingest would make of the folder beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.catalogue import KEPT_VERSIONS
from corpus.errors import SourceError
from retrieval.embedding import BUNDLED
from retrieval.engine import CONSOLE, Engine

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
QUESTION = "What did Norway and Ghana discuss in May 2021?"


class House:
    """A corpus folder and an engine."""

    def __init__(self, folder: Path, data_dir: Path) -> None:
        self.folder = folder
        self.engine = Engine(data_dir, folder, BUNDLED)

    def write(self, name: str, topic: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"The minister of Norway met the ambassador of Ghana on 4 May 2021. They discussed "
            f"{topic} at length.",
            "utf-8",
        )

    def ingest(self, *, confirm_removals: bool = False) -> int:
        return self.engine.ingest(None, now=NOW, confirm_removals=confirm_removals).version

    def said(self) -> list[str]:
        answer = self.engine.ask(QUESTION, today=NOW.date())
        return [source.article.text for source in answer.sources]


@pytest.fixture
def house(tmp_path: Path, new_data_dir: Callable[[], Path]) -> Iterator[House]:
    folder = tmp_path / "articles"
    folder.mkdir()
    made = House(folder, new_data_dir())
    yield made
    made.engine.close()


def test_an_earlier_version_answers_as_it_did(house: House) -> None:
    """Changed, removed and added since: all is as it was, under a new number."""
    house.write("a.txt", "fishing")
    house.write("b.txt", "shipping")
    first = house.ingest()
    articles, said = house.engine.articles(), house.said()
    house.write("a.txt", "railways")
    (house.folder / "b.txt").unlink()
    house.write("c.txt", "cocoa")
    house.ingest(confirm_removals=True)
    assert house.said() != said
    version = house.engine.roll_back(first, now=NOW, made_by="telegram:5")
    assert (version.added, version.changed, version.removed) == (1, 1, 1)
    assert (version.number, version.restores, version.made_by) == (3, first, "telegram:5")
    assert house.engine.articles() == articles
    assert house.said() == said
    assert house.engine.status()["index"] == "whole"


def test_one_can_go_back_and_forth(house: House) -> None:
    """Going back is a version too, and the ingest after it takes the folder as it is."""
    house.write("a.txt", "fishing")
    house.ingest()
    old = house.engine.articles()
    house.write("a.txt", "railways")
    second = house.ingest()
    new = house.engine.articles()
    house.engine.roll_back(1, now=NOW)
    assert house.engine.articles() == old
    house.engine.roll_back(second, now=NOW)
    assert house.engine.articles() == new
    house.engine.roll_back(3, now=NOW)
    assert house.engine.articles() == old
    house.ingest()
    assert house.engine.articles() == new


def test_nothing_is_embedded_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the indexes hold of kept versions is enough to serve them."""
    house.write("a.txt", "fishing")
    house.ingest()
    house.write("a.txt", "railways")
    house.ingest()

    def never(*_: object) -> None:
        pytest.fail("something was indexed")

    monkeypatch.setattr("retrieval.index.PassageIndex.add", never)
    house.engine.roll_back(1, now=NOW)


def test_ten_versions_are_kept_and_others_are_named_as_gone(house: House) -> None:
    """The list says which; the words of a version that is gone are forgotten."""
    for number in range(KEPT_VERSIONS + 2):
        house.write("a.txt", f"topic {number}")
        house.ingest()
    numbers = [version.number for version in house.engine.versions()]
    assert numbers == list(range(KEPT_VERSIONS + 2, 2, -1))
    with pytest.raises(SourceError, match="no version 2; kept are 3 to 12"):
        house.engine.roll_back(2, now=NOW)
    house.engine.roll_back(3, now=NOW)
    assert any("topic 2" in each for each in house.said())


def test_every_act_is_audited(house: House) -> None:
    """Who, what, and which versions."""
    house.write("a.txt", "fishing")
    house.ingest()
    house.engine.roll_back(1, now=NOW, made_by="telegram:5")
    acts = [(each.who, each.act, dict(each.details)) for each in house.engine.audit(10)]
    assert acts == [
        ("telegram:5", "rollback", {"version": 2, "restores": 1}),
        (CONSOLE, "ingest", {"version": 1, "added": 1, "changed": 0, "removed": 0}),
    ]


def test_a_moved_file_stays_the_same_article(house: House) -> None:
    """Neither removed nor added: no new version, and the article knows where it lies now."""
    house.write("a.txt", "fishing")
    first = house.ingest()
    (house.folder / "2021").mkdir()
    (house.folder / "a.txt").rename(house.folder / "2021" / "b.txt")
    report = house.engine.ingest(None, now=NOW)
    assert (report.added, report.removed, report.unchanged, report.moved) == (0, 0, 1, 1)
    assert report.version == first
    (article,) = house.engine.articles()
    assert (article.id, article.source) == ("a", "2021/b.txt")
    assert house.engine.ingest(None, now=NOW).moved == 0


def test_a_copy_is_another_article(house: House) -> None:
    """Only what is gone elsewhere was moved."""
    house.write("a.txt", "fishing")
    house.ingest()
    house.write("b.txt", "fishing")
    report = house.engine.ingest(None, now=NOW)
    assert (report.added, report.moved) == (1, 0)


def test_a_dry_run_says_what_an_ingest_does_and_does_nothing(house: House) -> None:
    """Titles by kind; the ingest after it has the same counts."""
    for name in "abcdef":
        house.write(f"{name}.txt", f"the subject {name}")
    house.ingest()
    house.write("a.txt", "railways")
    house.write("g.txt", "cocoa")
    house.write("h.txt", "cocoa")
    (house.folder / "b.txt").unlink()
    (house.folder / "c.txt").rename(house.folder / "z.txt")
    (house.folder / "bad.txt").write_bytes(b"\xff\xff\xff")
    found = house.engine.preview(None)
    assert house.engine.preview(None) == found
    assert [version.number for version in house.engine.versions()] == [1]
    report = house.engine.ingest(None, now=NOW)
    assert (len(found.new), len(found.changed), len(found.removed)) == (2, 1, 1)
    assert (report.added, report.changed, report.removed) == (2, 1, 1)
    assert (found.unchanged, found.moved) == (report.unchanged, report.moved) == (4, 1)
    assert found.failed == report.failed
    assert len(found.duplicates) == 1
    assert found.new[0].startswith("The minister of Norway")
    assert not found.suspicious
    assert house.engine.preview(None).is_empty


def test_a_dry_run_warns_of_many_removals(house: House) -> None:
    """As the ingest asks before them."""
    for name in "abc":
        house.write(f"{name}.txt", f"the subject {name}")
    house.ingest()
    (house.folder / "a.txt").unlink()
    assert house.engine.preview(None).suspicious
