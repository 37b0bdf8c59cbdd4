"""Feeds, sitemaps and pages, from a server that may lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.sources import Sources
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.fetch import Fetcher
from retrieval.embedding import BUNDLED
from retrieval.engine import Engine
from tests.corpus.lying_server import Headers, Reply, Site, site

NOW = dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
XML = {"Content-Type": "application/xml"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


def _page(title: str, topic: str) -> Reply:
    text = (
        f"The minister of Norway met the ambassador of Ghana in Oslo. They discussed {topic} at "
        "length, and agreed to meet again before the end of the summer in Accra."
    )
    html = f"<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    return Reply(headers=HTML, body=f"{html}<p>{text}</p></article></body></html>".encode())


def _feed(web: Site, *items: tuple[str, str, str], etag: str = '"1"') -> Reply:
    body = "".join(
        f"<item><title>{title}</title><link>{web.url}{path}</link><guid>{guid}</guid>"
        "<pubDate>Mon, 10 May 2021 10:00:00 GMT</pubDate></item>"
        for path, title, guid in items
    )
    xml = f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{body}</channel></rss>'
    return Reply(headers={**XML, "ETag": etag}, body=xml.encode())


@pytest.fixture
def web() -> Iterator[Site]:
    """A site with two articles and a feed of them."""
    with site() as made:
        made.pages["/fish"] = _page("Talks on fishing", "fishing")
        made.pages["/rail"] = _page("Talks on railways", "railways")
        made.pages["/feed"] = _feed(made, ("/fish", "Fish", "1"), ("/rail", "Rail", "2"))
        yield made


@pytest.fixture
def engine(tmp_path: Path, new_data_dir: Callable[[], Path]) -> Iterator[Engine]:
    """An engine without articles."""
    (tmp_path / "articles").mkdir()
    made = Engine(new_data_dir(), tmp_path / "articles", BUNDLED)
    yield made
    made.close()


@pytest.fixture
def sources(engine: Engine) -> Iterator[Sources]:
    """Its sources, which may lie on this machine."""
    fetcher = Fetcher(private=True, seconds=5.0)
    yield Sources(engine, fetcher)
    fetcher.close()


def _fetch(sources: Sources) -> list[str]:
    return [look.result for _, look in sources.fetch(sources.list(), now=NOW).looks]


def test_a_feed_is_taken_in_and_only_what_is_new_is_fetched_again(
    web: Site, sources: Sources, engine: Engine
) -> None:
    """Title, outlet and day of publication are the feed's; identity is the address."""
    added = sources.add(f"{web.url}/feed", outlet="Oslo Post", now=NOW)
    assert added.kind == "feed"
    assert _fetch(sources) == ["2 read"]
    assert {(a.title, a.outlet, a.published) for a in engine.articles()} == {
        ("Fish", "Oslo Post", dt.date(2021, 5, 10)),
        ("Rail", "Oslo Post", dt.date(2021, 5, 10)),
    }
    web.pages["/port"] = _page("Talks on ports", "ports")
    web.pages["/feed"] = _feed(
        web, ("/fish", "Fish", "new-guid"), ("/port", "Port", "3"), etag='"2"'
    )
    web.asked.clear()
    assert _fetch(sources) == ["1 read"]
    assert [path for path, _ in web.asked] == ["/feed", "/port"]
    assert len(engine.articles()) == 3


def test_an_unchanged_feed_is_asked_for_with_its_marks(web: Site, sources: Sources) -> None:
    """The server says 304, and nothing else is fetched."""
    feed = web.pages["/feed"]
    assert isinstance(feed, Reply)

    def conditional(sent: Headers) -> Reply:
        return Reply(304) if sent.get("if-none-match") == '"1"' else feed

    web.pages["/feed"] = conditional
    sources.add(f"{web.url}/feed", now=NOW)
    assert _fetch(sources) == ["2 read"]
    assert _fetch(sources) == ["nothing new"]


def test_a_failing_source_stops_no_other_and_is_asked_less_often(
    web: Site, sources: Sources, engine: Engine
) -> None:
    """The failure is told; the wait doubles, up to a day, and ends with the first success."""
    feed = web.pages["/feed"]
    web.pages["/bad"] = feed
    bad = sources.add(f"{web.url}/bad", now=NOW)
    web.pages["/bad"] = Reply(500)
    sources.add(f"{web.url}/feed", now=NOW)
    results = _fetch(sources)
    assert "answers 500" in results[0]
    assert results[1] == "2 read"
    waits = []
    for _ in range(8):
        known = sources.list()[0]
        waits.append(dt.datetime.fromisoformat(known.due_at or "") - NOW)
        sources.fetch([known], now=NOW)
    assert waits[:3] == [dt.timedelta(hours=hours) for hours in (2, 4, 8)]
    assert waits[-1] == dt.timedelta(days=1)
    assert not sources.list()[0].is_due(NOW)
    web.pages["/bad"] = feed
    sources.fetch([sources.list()[0]], now=NOW)
    assert (sources.list()[0].failures, sources.list()[0].id) == (0, bad.id)
    assert len(engine.articles()) == 2


def test_a_page_that_cannot_be_read_is_named_and_asked_for_again(
    web: Site, sources: Sources, engine: Engine
) -> None:
    """The others are taken in; once it is mended it comes too."""
    web.pages["/rail"] = Reply(404)
    sources.add(f"{web.url}/feed", now=NOW)
    (result,) = _fetch(sources)
    assert result == f"1 read, 1 failed: {web.url}/rail: the server answers 404"
    web.pages["/rail"] = _page("Talks on railways", "railways")
    assert _fetch(sources) == ["1 read"]
    assert len(engine.articles()) == 2


def test_a_sitemap_of_sitemaps_lists_pages(web: Site, sources: Sources, engine: Engine) -> None:
    """Pages with the day that news sitemaps state, none for the day of a change."""
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    web.pages["/maps.xml"] = Reply(
        headers=XML,
        body=f'<sitemapindex xmlns="{space}"><sitemap><loc>{web.url}/map.xml</loc></sitemap>'
        "</sitemapindex>".encode(),
    )
    web.pages["/map.xml"] = Reply(
        headers=XML,
        body=f'<urlset xmlns="{space}" xmlns:n="{news}"><url><loc>{web.url}/fish</loc><n:news>'
        "<n:publication_date>2021-05-10T08:00:00Z</n:publication_date></n:news></url>"
        f"<url><loc>{web.url}/rail</loc><lastmod>2024-01-01</lastmod></url></urlset>".encode(),
    )
    assert sources.add(f"{web.url}/maps.xml", now=NOW).kind == "sitemap"
    assert _fetch(sources) == ["2 read"]
    published = {a.title: a.published for a in engine.articles()}
    assert published == {"Talks on fishing": dt.date(2021, 5, 10), "Talks on railways": None}


def test_a_changed_page_is_a_changed_article(web: Site, sources: Sources, engine: Engine) -> None:
    """A source may be one page."""
    assert sources.add(f"{web.url}/fish", now=NOW).kind == "page"
    _fetch(sources)
    web.pages["/fish"] = _page("Talks on fishing", "cod")
    result = sources.fetch(sources.list(), now=NOW)
    assert result.report is not None
    assert (result.report.added, result.report.changed) == (0, 1)
    assert "cod" in engine.articles()[0].text


def test_a_trial_keeps_nothing(web: Site, sources: Sources, engine: Engine) -> None:
    """It shows the first articles, and what failed of them."""
    web.pages["/rail"] = Reply(500)
    trial = sources.test(f"{web.url}/feed")
    assert (trial.kind, trial.listed) == ("feed", 2)
    first, second = trial.first
    assert not isinstance(first, Failure)
    assert set(first.countries) == {"NO", "GH"}
    assert isinstance(second, Failure)
    assert not sources.list()
    assert not engine.articles()


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel><item><title>A & B",
        b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>",
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        b"<!ENTITY c '&b;&b;&b;&b;'>]><rss version='2.0'><channel><title>&c;</title></channel>"
        b"</rss>",
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<urlset><url><loc>&x;</loc></url></urlset>",
        b"<urlset><url><loc>",
    ],
)
def test_a_broken_or_hostile_list_does_no_harm(
    web: Site, sources: Sources, engine: Engine, body: bytes
) -> None:
    """What can be read is; nothing is expanded or fetched from this machine's files."""
    web.pages["/x"] = Reply(headers=XML, body=body)
    try:
        sources.add(f"{web.url}/x", now=NOW)
    except SourceError as error:
        assert "can be read" in str(error)
    else:
        sources.fetch(sources.list(), now=NOW)
    assert not engine.articles()
    assert {path for path, _ in web.asked} <= {"/robots.txt", "/x"}


def test_the_bytes_decide_on_the_encoding_before_the_server_does(
    web: Site, sources: Sources, engine: Engine
) -> None:
    """UTF-8 is taken as that though Latin-1 is declared; Latin-1 where it is declared and is."""
    page = _page("Norvège", "pêche")
    web.pages["/a"] = Reply(
        headers={"Content-Type": "text/html; charset=iso-8859-1"}, body=page.body
    )
    latin = page.body.decode().encode("latin-1")
    web.pages["/b"] = Reply(headers={"Content-Type": "text/html; charset=iso-8859-1"}, body=latin)
    web.pages["/c"] = Reply(headers=HTML, body=latin)
    for path in "abc":
        sources.add(f"{web.url}/{path}", now=NOW)
    results = _fetch(sources)
    assert results[:2] == ["1 read", "1 read"]
    assert "declares the encoding utf-8 and is not in it" in results[2]
    assert {article.title for article in engine.articles()} == {"Norvège"}


def test_a_source_is_added_once_and_not_too_often(web: Site, sources: Sources) -> None:
    """And must be there."""
    sources.add(f"{web.url}/feed", now=NOW)
    with pytest.raises(SourceError, match="is a source already"):
        sources.add(f"{web.url}/feed", now=NOW)
    with pytest.raises(SourceError, match="too often"):
        sources.add(f"{web.url}/fish", minutes=1, now=NOW)
    with pytest.raises(SourceError, match="404"):
        sources.add(f"{web.url}/nowhere", now=NOW)


def test_removed_its_articles_stay(web: Site, sources: Sources, engine: Engine) -> None:
    """And who did it is known."""
    added = sources.add(f"{web.url}/feed", now=NOW)
    _fetch(sources)
    sources.remove(added.id, now=NOW)
    assert not sources.list()
    assert len(engine.articles()) == 2
    assert [entry.act for entry in engine.audit(9)] == ["remove source", "ingest", "add source"]
    with pytest.raises(SourceError, match="no source 1"):
        sources.remove(added.id, now=NOW)
