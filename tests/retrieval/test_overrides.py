"""Corrections, and articles taken out of service: they hold whatever happens to the corpus."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.overrides import known_field, parsed
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from retrieval.upkeep import override

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
TEXT = (
    "The minister of Norway met the ambassador of Ghana on 4 May. They discussed fishing at "
    "length in Oslo, where both had come."
)


@pytest.fixture
def engine(tmp_path: Path, new_data_dir: Callable[[], Path]) -> Iterator[Engine]:
    """Two articles without a year."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(TEXT.replace("fishing", "railways"))
    made = Engine(new_data_dir(), folder, BUNDLED)
    made.ingest(None, now=NOW)
    yield made
    made.close()


def _fix(engine: Engine, name: str, value: str) -> int:
    field = known_field(name)
    return override(engine, "a", field, parsed(name, value), now=NOW, made_by="telegram:5").number


def _sources(engine: Engine, question: str) -> set[str]:
    return {source.article.id for source in engine.ask(question, today=NOW.date()).sources}


def _event(engine: Engine) -> tuple[str, str, str | None]:
    (article,) = (each for each in engine.articles() if each.id == "a")
    assert article.event is not None
    return article.event.start, article.event.precision, article.event.year_basis


def test_a_corrected_date_meets_its_period_and_says_that_it_is(engine: Engine) -> None:
    """Before it, no year was known."""
    question = "What did Norway and Ghana discuss in May 2021?"
    before = engine.ask(question, today=NOW.date())
    assert not before.matching
    _fix(engine, "event", "2021-05-04")
    assert _event(engine) == ("2021-05-04", "day", "corrected")
    assert engine.ask(question, today=NOW.date()).matching == 1
    assert "a" in _sources(engine, question)


def test_a_correction_survives_ingest_change_and_rollback(engine: Engine) -> None:
    """Unchanged, changed, gone back before it: it holds."""
    _fix(engine, "event", "2021-05")
    _fix(engine, "outlet", "Reuters")
    _fix(engine, "countries", "NO, gh")
    engine.ingest(None, now=NOW)
    assert _event(engine)[0] == "2021-05-01"
    (engine.corpus_dir / "a.txt").write_text(TEXT + " A statement is to follow soon.")
    assert engine.ingest(None, now=NOW).changed == 1
    engine.roll_back(1, now=NOW)
    (article,) = (each for each in engine.articles() if each.id == "a")
    assert "statement" not in article.text
    assert _event(engine) == ("2021-05-01", "month", "corrected")
    assert (article.outlet, article.countries) == ("Reuters", ("NO", "GH"))
    assert article.agency is not None


def test_another_title_is_found_by(engine: Engine) -> None:
    """The title is part of what passages are found by; the indexes stay whole."""
    _fix(engine, "title", "Talks on the cod quota")
    (article,) = (each for each in engine.articles() if each.id == "a")
    assert article.title == "Talks on the cod quota"
    assert engine.status()["index"] == "whole"
    found = engine.search("cod quota", k=2, today=NOW.date()).found
    assert found[0].passage.article_id == "a"


def test_a_correction_taken_back_is_derived_again(engine: Engine) -> None:
    """At the next ingest that reads the article."""
    _fix(engine, "event", "2021-05-04")
    override(engine, "a", "event", None, now=NOW)
    engine.ingest(None, now=NOW)
    assert _event(engine) == ("--05-04", "day-unknown-year", None)
    with pytest.raises(SourceError, match="was not corrected"):
        override(engine, "a", "event", None, now=NOW)


def test_a_hidden_article_is_nowhere_until_it_is_shown(engine: Engine) -> None:
    """Neither listed nor quoted, also after its file changed and after a rollback."""
    question = "What did Norway and Ghana discuss?"
    assert _sources(engine, question) == {"a", "b"}
    override(engine, "a", "hidden", True, now=NOW)
    assert _sources(engine, question) == {"b"}
    assert [article.id for article in engine.articles()] == ["b"]
    (engine.corpus_dir / "a.txt").write_text(TEXT + " A statement is to follow soon.")
    engine.ingest(None, now=NOW)
    assert _sources(engine, question) == {"b"}
    engine.roll_back(1, now=NOW)
    assert _sources(engine, question) == {"b"}
    override(engine, "a", "hidden", None, now=NOW)
    assert _sources(engine, question) == {"a", "b"}
    assert engine.status()["index"] == "whole"


def test_it_is_known_who_corrected_what(engine: Engine) -> None:
    """In the list of versions and in the audit log."""
    number = _fix(engine, "outlet", "VNA")
    (version, *_) = engine.versions()
    assert (version.number, version.changed, version.made_by) == (number, 1, "telegram:5")
    (entry, *_) = engine.audit(1)
    assert (entry.who, entry.act) == ("telegram:5", "override")
    assert dict(entry.details) == {"article": "a", "field": "outlet", "value": "VNA"}


def test_an_unknown_article_is_named(engine: Engine) -> None:
    """Nothing is kept."""
    with pytest.raises(SourceError, match="no article “zz”"):
        override(engine, "zz", "hidden", True, now=NOW)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("event", "2020", {"start": "2020-01-01", "end": "2020-12-31", "precision": "year"}),
        ("event", "2020-02", {"start": "2020-02-01", "end": "2020-02-29", "precision": "month"}),
        (
            "event",
            "2020-04-16/2020-04-18",
            {"start": "2020-04-16", "end": "2020-04-18", "precision": "day"},
        ),
        ("countries", "vn gb", ["VN", "GB"]),
        ("title", "  Two   words ", "Two words"),
    ],
)
def test_what_admins_write_is_understood(name: str, text: str, value: object) -> None:
    """Dates as ISO has them, codes in any case."""
    assert parsed(name, text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("event", "16 April 2020"),
        ("event", "2020-13"),
        ("event", "2021/2020"),
        ("event", ""),
        ("countries", "Vietnam"),
        ("countries", "QQ"),
        ("countries", ""),
        ("title", " "),
        ("text", "x"),
        ("hidden", "x"),
    ],
)
def test_what_is_no_value_is_refused(name: str, text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(SourceError):
        parsed(name, text)
