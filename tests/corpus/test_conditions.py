"""Which articles meet a period, countries and outlets, by the facts of a published version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect

import corpus
from corpus.article import Article, Event, Span
from corpus.catalogue import Catalogue
from corpus.conditions import Conditions, Period, Region, resolve, told_in
from corpus.errors import CatalogueError
from corpus.facts import Facts, read_facts

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)


def _article(
    name: str,
    *,
    event: tuple[str, str, str] | None = None,
    published: str | None = None,
    countries: tuple[str, ...] = (),
    regions: tuple[str, ...] = (),
    outlet: str | None = None,
    dated: tuple[tuple[int, str, str], ...] = (),
) -> Article:
    return Article(
        id=name,
        source=f"{name}.txt",
        text="What happened is told here.",
        title=None,
        outlet=outlet,
        agency=None,
        outlet_country=None,
        url=None,
        published=dt.date.fromisoformat(published) if published else None,
        language="en",
        event=Event(event[0], event[1], event[2], None, "other", False, Span(0, 4))  # type: ignore[arg-type]
        if event
        else None,
        countries=countries,
        regions=regions,
        sentences=(Span(0, 27),),
        sentence_dates=dated,
    )


ARTICLES = (
    _article("spring", event=("2020-03-10", "2020-03-12", "day"), countries=("VN", "FR")),
    _article("year", event=("2020-01-01", "2020-12-31", "year"), countries=("VN",), outlet="Post"),
    _article("no-year", event=("--03-20", "--03-20", "day-unknown-year"), countries=("LA",)),
    _article("new-year", event=("--12-30", "--01-02", "day-unknown-year"), regions=("asean",)),
    _article("later", event=("2022-07-01", "2022-07-01", "day"), outlet="Times"),
    _article(
        "inside",
        event=("2021-05-05", "2021-05-05", "day"),
        dated=((0, "2020-03-01", "2020-03-31"),),
    ),
    _article("reported", published="2020-04-03"),
    _article("too-late", published="2020-06-01"),
    _article("bare"),
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    catalogue = Catalogue.open(tmp_path_factory.mktemp("catalogue"))
    staged = catalogue.stage([(article, article.id, "folder") for article in ARTICLES])
    version = catalogue.publish(staged, [], "model", counts=(len(staged), 0, 0), now=NOW)
    with catalogue.engine.connect() as connection:
        yield read_facts(connection, version.number)
    catalogue.close()


def _standing(facts: Facts, conditions: Conditions) -> dict[str, str]:
    matches = resolve(facts, conditions)
    rows = facts.rows(matches.revisions).tolist()
    assert matches.certain == sum(matches.at(row).standing == "met" for row in rows)
    return {matches.at(row).article_id: matches.at(row).standing for row in rows}


@pytest.mark.parametrize(
    ("period", "met", "unknown"),
    [
        (
            Period("2020-03-01", "2020-03-31"),
            {"spring", "inside"},
            {"year", "no-year", "reported", "bare"},
        ),
        (Period("2020-01-01", "2020-12-31"), {"spring", "year", "inside"}, None),
        (Period("2022-01-01", None), {"later"}, {"no-year", "new-year", "bare"}),
        (Period("--03-15", "--03-31"), {"no-year"}, {"reported", "too-late", "bare", "year"}),
        (Period("--12-31", "--01-01"), {"new-year"}, {"reported", "too-late", "bare", "year"}),
        (Period("2021-01-02", "2021-01-31"), set(), {"new-year", "bare"}),
    ],
)
def test_periods(facts: Facts, period: Period, met: set[str], unknown: set[str] | None) -> None:
    """An event meets, a coarser or undated one may; a report follows within a week."""
    standing = _standing(facts, Conditions(period=period))
    assert {name for name, each in standing.items() if each == "met"} == met
    if unknown is not None:
        assert {name for name, each in standing.items() if each == "unknown"} == unknown


def test_only_the_dated_sentence_may_be_quoted(facts: Facts) -> None:
    """Where the event lies elsewhere."""
    matches = resolve(facts, Conditions(period=Period("2020-03-01", "2020-03-31")))
    found = {m.article_id: m for m in map(matches.at, facts.rows(matches.revisions).tolist())}
    assert found["inside"].sentences == frozenset({0})
    assert found["spring"].sentences is None


def test_days_of_publication(facts: Facts) -> None:
    """Events do not count; an article without its day may have appeared then."""
    standing = _standing(facts, Conditions(Period("2020-04-01", "2020-04-30"), by_publication=True))
    assert standing.pop("reported") == "met"
    assert "too-late" not in standing
    assert set(standing.values()) == {"unknown"}


def test_places_and_outlets(facts: Facts) -> None:
    """All countries, a region or a member of it, one of the outlets."""
    assert set(_standing(facts, Conditions(countries=("VN",)))) == {"spring", "year"}
    assert set(_standing(facts, Conditions(countries=("VN", "FR")))) == {"spring"}
    asean = Region("asean", frozenset({"LA", "VN"}))
    assert set(_standing(facts, Conditions(regions=(asean,)))) == {
        "spring", "year", "no-year", "new-year",
    }  # fmt: skip
    assert set(_standing(facts, Conditions(countries=("VN",), regions=(asean,)))) == set()
    assert set(_standing(facts, Conditions(agencies=("Post", "Times")))) == {"year", "later"}
    assert _standing(facts, Conditions(countries=("XX",))) == {}


def test_the_nearest_to_a_period(facts: Facts) -> None:
    """By days between; what is of no known year comes last."""
    matches = resolve(facts, Conditions())
    nearest = matches.nearest_to(Period("2022-06-01", "2022-06-29"), 3)
    assert nearest == ["later", "inside", "year"]
    assert matches.nearest_to(Period("2022-06-01", "2022-06-29"), 20)[-1] == "too-late"
    assert matches.nearest_to(None, 2) == ["bare", "inside"]


def test_what_is_told_in_a_period(facts: Facts) -> None:
    """By publication or by event."""
    rows = told_in(facts, Period("2020-04-01", "2020-06-30")).nonzero()[0].tolist()
    told = {facts.articles[row] for row in rows}
    assert {"reported", "too-late", "year"} <= told
    assert "later" not in told


def test_the_extent_counts_events_of_a_known_year(facts: Facts) -> None:
    """From the first day to the last."""
    assert (facts.extent.articles, facts.extent.first, facts.extent.last) == (
        len(ARTICLES), "2020-01-01", "2022-07-01",
    )  # fmt: skip


def test_an_older_catalogue_is_brought_to_the_present_schema(tmp_path: Path) -> None:
    """Its articles stay, and what was not noted then is found when they are read."""
    url = f"sqlite:///{tmp_path / 'catalogue.sqlite3'}"
    config = Config()
    config.set_main_option("script_location", str(Path(corpus.__file__).parent / "migrations"))
    engine = create_engine(url)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO revision (article_id, source, origin, content_hash, language, text,"
            " people, sentences, since)"
            " VALUES ('old', 'old.txt', 'folder', 'h', 'en', 'Laos won.', '[]', '[]', 1)"
        )
        connection.commit()
    catalogue = Catalogue.open(tmp_path)
    assert {column["name"] for column in inspect(catalogue.engine).get_columns("revision")} >= {
        "mentions"
    }
    (old,) = catalogue.articles(1)
    assert (old.id, old.mentions) == ("old", (("LA", 0),))
    catalogue.close()
    engine.dispose()


def test_the_catalogue_of_a_newer_program_is_named(tmp_path: Path) -> None:
    """The schema is one that this program has not heard of."""
    Catalogue.open(tmp_path).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(CatalogueError, match="newer"):
        Catalogue.open(tmp_path)
