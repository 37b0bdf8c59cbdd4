"""What may be done with the articles of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.uploads import FOLDER
from corpus import audit, rights, source_list
from corpus.analysis import analyse, content_hash
from corpus.article import Article, RawArticle
from corpus.catalogue import Catalogue
from corpus.errors import SourceError

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
FEED = "https://example.org/feed.xml"
CLOSED = "https://example.com/feed.xml"


def _article(source: str) -> Article:
    text = "The minister of Norway met the ambassador of Ghana in Oslo."
    return analyse(RawArticle(source, text), source)


FILE, SHEET, ROW, UPLOAD, PAGE, OTHER = (
    _article(source)
    for source in (
        "press/a.txt",
        "press/inner/b.csv",
        "press/inner/b.csv#2",
        "uploads/note.pdf",
        "https://example.org/1",
        "https://example.com/2",
    )
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue of articles from everywhere."""
    made = Catalogue.open(tmp_path)
    items = [
        (article, content_hash(RawArticle(article.source, article.text)), "folder")
        for article in (FILE, SHEET, ROW, UPLOAD, PAGE, OTHER)
    ]
    made.publish(made.stage(items), [], "test", counts=(len(items), 0, 0), now=NOW)
    rights.note_addresses(made.engine, {PAGE.id: FEED})
    source_list.add(made.engine, "feed", CLOSED, added_by="console")
    yield made
    made.close()


def _state(catalogue: Catalogue, source: str, **flags: bool) -> rights.Right:
    return rights.state(catalogue.engine, source, **flags, set_by="console", now=NOW)


def _whole(catalogue: Catalogue, *articles: Article) -> list[bool]:
    return [rights.may_send_whole(catalogue.engine, article) for article in articles]


def test_all_may_be_done_but_for_uploads(catalogue: Catalogue) -> None:
    """Who sends a document to a chat has not said that it may go further."""
    assert _whole(catalogue, FILE, ROW, PAGE, OTHER, UPLOAD) == [True, True, True, True, False]
    every = [FILE, SHEET, ROW, UPLOAD, PAGE, OTHER]
    assert rights.kept_from_models(catalogue.engine, every) == {UPLOAD.id}
    assert FOLDER == rights.UPLOADS


def test_uploads_can_be_allowed(catalogue: Catalogue) -> None:
    """One flag at a time; or one document alone."""
    _state(catalogue, "upload", whole=True)
    assert _whole(catalogue, UPLOAD) == [True]
    assert rights.kept_from_models(catalogue.engine, [UPLOAD]) == {UPLOAD.id}
    _state(catalogue, "upload", whole=False, remote=True)
    assert _whole(catalogue, UPLOAD) == [False]
    assert rights.kept_from_models(catalogue.engine, [UPLOAD]) == frozenset()
    _state(catalogue, "uploads/note.pdf", whole=True)
    assert _whole(catalogue, UPLOAD) == [True]


def test_a_folder_counts_for_what_is_in_it_and_the_innermost_most(catalogue: Catalogue) -> None:
    """A file for its rows, too; a name that only begins alike is another."""
    _state(catalogue, "press", whole=False)
    assert _whole(catalogue, FILE, SHEET, ROW, PAGE) == [False, False, False, True]
    _state(catalogue, "press/inner/b.csv", whole=True)
    assert _whole(catalogue, FILE, SHEET, ROW) == [False, True, True]
    with pytest.raises(SourceError, match="no article came from there"):
        _state(catalogue, "pre", whole=False)


def test_an_address_counts_for_what_was_taken_from_it(catalogue: Catalogue) -> None:
    """Where it was not kept, what the site's sources forbid is forbidden."""
    _state(catalogue, FEED, remote=False)
    _state(catalogue, CLOSED, whole=False)
    kept = rights.kept_from_models(catalogue.engine, [PAGE, OTHER, FILE])
    assert kept == {PAGE.id}
    assert _whole(catalogue, PAGE, OTHER) == [True, False]


def test_the_first_address_of_an_article_counts(catalogue: Catalogue) -> None:
    """Another source that lists it later does not loosen what was stated."""
    _state(catalogue, FEED, remote=False)
    rights.note_addresses(catalogue.engine, {PAGE.id: CLOSED})
    assert rights.kept_from_models(catalogue.engine, [PAGE]) == {PAGE.id}


def test_what_was_stated_is_listed_and_audited(catalogue: Catalogue) -> None:
    """Uploads first, as they usually are; then by name."""
    _state(catalogue, "press", whole=False)
    uploads, press = rights.stated(catalogue.engine)
    assert (uploads.source, uploads.send_whole, uploads.to_model) == ("upload", False, False)
    assert (press.source, press.send_whole, press.to_model) == ("press", False, True)
    (entry,) = audit.latest(catalogue.engine, 5)
    assert (entry.who, entry.act) == ("console", "rights")
    assert entry.details == {"source": "press", "whole": False, "remote": True}
