"""What was corrected of a document before it was taken in holds, whenever the process dies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.article import RawArticle
from corpus.catalogue import Catalogue
from corpus.errors import BusyError, SourceError
from corpus.overrides import Correction, overrides, parsed
from corpus.sources import Given
from retrieval.corrected import take_in, withdraw
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
TEXT = (
    "The minister of Norway met the ambassador of Ghana on 4 May 2021. They discussed fishing at "
    "length in Oslo, where both had come."
)
GIVEN = Given("uploads/a.txt", "a", (RawArticle("uploads/a.txt", TEXT, id="a"),))
EVENT = Correction("a", "event", parsed("event", "2021-05-06"), "telegram:5")
TITLE = Correction("a", "title", "Fish", "telegram:6")


class KilledError(BaseException):
    """The process ends here; nothing behind it happens."""


@pytest.fixture
def engine(tmp_path: Path, new_data_dir: Callable[[], Path]) -> Iterator[Engine]:
    """Nothing taken in yet."""
    folder = tmp_path / "articles"
    folder.mkdir()
    made = Engine(new_data_dir(), folder, BUNDLED)
    yield made
    made.close()


def take(engine: Engine, *corrections: Correction) -> int:
    return take_in(engine, [GIVEN], corrections, now=NOW, made_by="telegram:5").version


def told(engine: Engine) -> tuple[str | None, str | None]:
    """The title and the event of the one article."""
    (article,) = engine.articles()
    return article.title, article.event.start if article.event else None


def audited(engine: Engine) -> list[tuple[str, object]]:
    every = engine.audit(20)
    return [(each.who, each.details["value"]) for each in every if each.act == "override"]


def test_it_is_corrected_in_the_first_version_that_has_it(engine: Engine) -> None:
    """And audited as whose correction it was."""
    assert take(engine, EVENT, TITLE) == 1
    assert told(engine) == ("Fish", "2021-05-06")
    assert audited(engine) == [("telegram:6", "Fish"), ("telegram:5", EVENT.value)]
    assert engine.ingest(None, now=NOW).version == 1
    assert told(engine) == ("Fish", "2021-05-06")


def test_an_article_that_is_there_already_is_corrected_too(engine: Engine) -> None:
    take(engine)
    assert told(engine)[1] == "2021-05-04"
    take(engine, EVENT)
    assert told(engine)[1] == "2021-05-06"
    assert take(engine, EVENT) == 2
    assert len(audited(engine)) == 1


@pytest.mark.parametrize("at", ["stage", "publish"])
def test_killed_within_it_is_taken_in_corrected_later(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Also with a correction that came after the death, of what was staged before it."""
    with monkeypatch.context() as patch:

        def dies(*_: object, **__: object) -> None:
            raise KilledError

        patch.setattr(Catalogue, at, dies)
        with pytest.raises(KilledError):
            take(engine, EVENT)
    assert engine.articles() == []
    take(engine, EVENT, TITLE)
    assert told(engine) == ("Fish", "2021-05-06")


def test_killed_within_and_dropped_then_nothing_is_left(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def dies(*_: object, **__: object) -> None:
            raise KilledError

        patch.setattr(Catalogue, "publish", dies)
        with pytest.raises(KilledError):
            take(engine, EVENT)
    assert overrides(engine.catalogue.engine).values
    withdraw(engine, [EVENT], now=NOW)
    assert not overrides(engine.catalogue.engine).values
    assert audited(engine) == [("telegram:5", None), ("telegram:5", EVENT.value)]


def test_what_cannot_be_taken_in_leaves_no_correction(engine: Engine, tmp_path: Path) -> None:
    """It fails, another ingest is under way, or the article is none."""
    with (
        engine.locked(wait=True, on_wait=lambda _: None),
        pytest.raises(BusyError),
    ):
        take(engine, EVENT)
    with pytest.raises(SourceError):
        take_in(
            engine,
            [tmp_path / "missing.txt"],  # type: ignore[list-item]
            [EVENT],
            now=NOW,
            made_by="telegram:5",
        )
    empty = Given("uploads/a.txt", "a", (RawArticle("uploads/a.txt", " ", id="a"),))
    report = take_in(engine, [empty], [EVENT], now=NOW, made_by="telegram:5")
    assert report.failed
    assert not overrides(engine.catalogue.engine).values
