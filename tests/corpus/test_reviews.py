"""Which articles a person should look at, and what was looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import audit, reviews
from corpus.analysis import analyse, content_hash
from corpus.article import Event, RawArticle, Span
from corpus.catalogue import Catalogue
from corpus.errors import SourceError

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
DATED = "The minister of Norway met the ambassador of Ghana in Oslo on 4 May 2021."
NO_YEAR = "The minister of Norway met the ambassador of Ghana in Oslo on 4 May."
NO_DATE = "The ministry of fisheries has a new building by the harbour."


class Shelf:
    """A catalogue that a test puts articles into."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def put(self, day: int = 0, **texts: str) -> None:
        """Publish articles, the changed ones in the place of what they were."""
        live = {known.article_id: known.revision for known in self.catalogue.live()}
        raws = {name: RawArticle(f"{name}.txt", text) for name, text in texts.items()}
        staged = self.catalogue.stage(
            [(analyse(raw, name), content_hash(raw), "folder") for name, raw in raws.items()]
        )
        retired = [live[name] for name in texts if name in live]
        now = NOW + dt.timedelta(days=day)
        self.catalogue.publish(staged, retired, "test", counts=(0, 0, 0), now=now)

    def waiting(self) -> list[tuple[str, tuple[str, ...]]]:
        doubts, total = reviews.waiting(self.catalogue, 100)
        assert total == len(doubts)
        return [(doubt.article.id, doubt.reasons) for doubt in doubts]

    def accept(self, name: str) -> None:
        reviews.accept_article(self.catalogue, name, made_by="console", now=NOW)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    catalogue = Catalogue.open(tmp_path)
    yield Shelf(catalogue)
    catalogue.close()


def test_only_what_is_doubtful_is_listed_the_oldest_first(shelf: Shelf) -> None:
    """By when it arrived here."""
    shelf.put(day=1, late=NO_YEAR)
    shelf.put(day=2, later=NO_DATE, sure=DATED)
    assert shelf.waiting() == [("late", ("year unknown",)), ("later", ("no date",))]


def test_what_was_accepted_is_not_shown_again_and_is_audited(shelf: Shelf) -> None:
    """Not even after another version of the corpus."""
    shelf.put(one=NO_YEAR, two=NO_DATE)
    shelf.accept("one")
    assert [name for name, _ in shelf.waiting()] == ["two"]
    shelf.put(three=DATED)
    assert [name for name, _ in shelf.waiting()] == ["two"]
    (entry,) = audit.latest(shelf.catalogue.engine, 5)
    assert (entry.who, entry.act, entry.details) == ("console", "review", {"article": "one"})


def test_it_is_shown_again_once_it_changed(shelf: Shelf) -> None:
    """What was looked at was another text; the same text again was looked at."""
    shelf.put(one=NO_YEAR)
    shelf.accept("one")
    shelf.put(one=f"{NO_YEAR} They spoke of ports.")
    assert [name for name, _ in shelf.waiting()] == ["one"]
    shelf.put(one=NO_YEAR)
    assert shelf.waiting() == []


def test_an_article_that_changed_meanwhile_is_not_accepted(shelf: Shelf) -> None:
    """Whoever presses a button has seen what it was."""
    shelf.put(one=NO_YEAR)
    ((doubt,), _) = reviews.waiting(shelf.catalogue, 1)
    shelf.put(one=NO_DATE)
    with pytest.raises(SourceError, match="changed or went"):
        reviews.accept(shelf.catalogue, doubt.revision, made_by="console", now=NOW)
    with pytest.raises(SourceError, match="there is no article “x”"):
        shelf.accept("x")


def test_they_come_a_few_at_a_time(shelf: Shelf) -> None:
    """With how many there are in all."""
    shelf.put(a=NO_DATE, b=NO_DATE, c=NO_DATE)
    doubts, total = reviews.waiting(shelf.catalogue, 2, skip=1)
    assert ([doubt.article.id for doubt in doubts], total) == (["b", "c"], 3)


def test_before_the_first_ingest_nothing_waits(shelf: Shelf) -> None:
    """There is no corpus yet."""
    assert reviews.waiting(shelf.catalogue, 5) == ([], 0)


def _event(day: str, basis: str | None, *, announced: bool = False) -> Event:
    return Event(day, day, "day", basis, "meeting", announced, Span(0, 1))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "reasons"),
    [
        (None, ("no date",)),
        (_event("--05-04", None), ("year unknown",)),
        (_event("2021-05-04", "stated"), ()),
        (_event("2021-05-04", "inferred"), ("year inferred",)),
        (_event("2021-05-04", "published"), ()),
        (_event("2020-12-04", "published"), ("long before",)),
        (_event("2020-12-04", "stated"), ()),
        (_event("2021-08-04", "stated"), ("after publication",)),
        (_event("2021-08-04", "inferred"), ("year inferred", "after publication")),
        (_event("2021-08-04", "stated", announced=True), ()),
        (_event("2021-08-04", "corrected"), ()),
    ],
)
def test_why_an_event_is_doubtful(event: Event | None, reasons: tuple[str, ...]) -> None:
    """Published on 6 May 2021. What an admin corrected is not asked about again."""
    assert reviews.reasons_of(event, dt.date(2021, 5, 6)) == reasons
