"""How long an ingest would take, and what the years of its events would rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from corpus import pace
from corpus.analysis import analyse
from corpus.article import RawArticle
from corpus.catalogue import Catalogue
from corpus.forecast import MEASURED, SAMPLE, Forecast
from corpus.pace import ARTICLE, PASSAGE, Stopwatch
from corpus.preview import preview
from corpus.split import PassageWords
from corpus.tables import PaceRow

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
MET = "The minister of Norway met the ambassador of Ghana in Oslo"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.open(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    return made


def _forecast(catalogue: Catalogue, folder: Path, seconds: float | None = None) -> Forecast:
    measured: list[int] = []

    def measure(words: Mapping[str, PassageWords]) -> float:
        measured.append(len(words))
        assert len(words) <= MEASURED
        return seconds or 0.0

    found = preview(catalogue, folder, None, None if seconds is None else measure).forecast
    assert found is not None
    return found


def _remember(catalogue: Catalogue, **seconds: float) -> None:
    from sqlalchemy.orm import Session  # noqa: PLC0415

    names = {"passage": PASSAGE, "article": ARTICLE}
    with Session(catalogue.engine) as session, session.begin():
        for name, value in seconds.items():
            session.merge(PaceRow(name=names[name], seconds=value, at="2026-01-15T00:00:00+00:00"))


def test_a_few_articles_are_all_looked_at(catalogue: Catalogue, folder: Path) -> None:
    """Then the years are counted, not estimated."""
    (folder / "a.txt").write_text(f"{MET} on 4 May 2021.")
    (folder / "b.txt").write_text(f"{MET} on 4 May.")
    (folder / "c.txt").write_text("The ministry of fisheries has a new building.")
    (folder / "d.md").write_text(f"---\npublished: 2021-05-05\n---\n{MET} on 4 May.")
    found = _forecast(catalogue, folder)
    assert (found.articles, found.sampled) == (4, 4)
    assert found.years == {"stated": 1, "published": 1, "inferred": 0, "unknown": 2}
    assert found.seconds is None


def test_many_articles_are_estimated_from_some(catalogue: Catalogue, folder: Path) -> None:
    """The shares are those of the sample, in whole numbers that add up; and always the same."""
    for number in range(90):
        year = " 2021" if number % 3 else ""
        (folder / f"{number}.txt").write_text(f"{MET} on {number % 28 + 1} May{year}. No {number}.")
    found = _forecast(catalogue, folder)
    assert (found.articles, found.sampled) == (90, SAMPLE)
    assert sum(found.years.values()) == 90
    assert 40 <= found.years["stated"] <= 80
    assert _forecast(catalogue, folder).years == found.years


def test_the_time_is_what_was_remembered_of_passages_and_articles(
    catalogue: Catalogue, folder: Path
) -> None:
    """Ninety short articles have a passage each."""
    for number in range(90):
        (folder / f"{number}.txt").write_text(f"{MET} on 4 May 2021. Number {number}.")
    _remember(catalogue, passage=10.0, article=5.0)
    seconds = _forecast(catalogue, folder, seconds=1000.0).seconds
    assert seconds is not None
    assert 90 * 15 <= seconds <= 90 * 15 + 60


def test_where_nothing_is_remembered_indexing_is_measured(
    catalogue: Catalogue, folder: Path
) -> None:
    """Of a few passages, by whoever asks."""
    for number in range(30):
        (folder / f"{number}.txt").write_text(f"{MET} on 4 May 2021. Number {number}.")
    seconds = _forecast(catalogue, folder, seconds=100.0).seconds
    assert seconds is not None
    assert 3000 <= seconds <= 3060


def test_passages_that_are_indexed_already_take_no_time(catalogue: Catalogue, folder: Path) -> None:
    """Of an article that changed, only what is new in it."""
    texts = [f"{MET} on 4 May 2021. Number {number}." for number in range(30)]
    raws = [RawArticle(f"old{number}.txt", text) for number, text in enumerate(texts)]
    staged = catalogue.stage([(analyse(raw, raw.source), "", "added") for raw in raws])
    catalogue.publish(staged, [], "test", counts=(30, 0, 0), now=NOW)
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text)
    _remember(catalogue, passage=100.0, article=1.0)
    seconds = _forecast(catalogue, folder).seconds
    assert seconds is not None
    assert 30 <= seconds <= 90


def test_nothing_new_has_no_forecast(catalogue: Catalogue, folder: Path) -> None:
    """Nor what cannot be read."""
    (folder / "a.txt").write_bytes(b"")
    assert preview(catalogue, folder, None).forecast is None


def test_an_ingest_remembers_its_pace_where_it_did_enough(catalogue: Catalogue) -> None:
    """A few articles wait for what is loaded first, and tell nothing."""
    few = Stopwatch()
    with few.indexes(3), few.derives():
        pass
    few.remember(catalogue.engine, NOW)
    assert pace.remembered(catalogue.engine) == {}
    many = Stopwatch()
    for _ in range(30):
        with many.derives():
            pass
    with many.indexes(60):
        pass
    many.remember(catalogue.engine, NOW)
    known = pace.remembered(catalogue.engine)
    assert set(known) == {PASSAGE, ARTICLE}
    assert known[PASSAGE] == pytest.approx(many.indexing / 60)
