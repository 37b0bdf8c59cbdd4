"""/sources over Telegram: what the corpus is fed from, for admins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corpus.fetch import Fetcher
from corpus.rights import kept_from_models
from retrieval.engine import Engine
from tests.bot.test_sources import _feed, _page
from tests.corpus.lying_server import site
from tests.e2e.running import ADMIN, NOW
from tests.emulator import Person


async def test_a_feed_is_tried_added_looked_at_and_removed(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    engine = make_engine()
    with site() as web:
        web.pages["/fish"] = _page("Talks on fishing", "fishing")
        web.pages["/feed"] = _feed(web, ("/fish", "Fish", "1"))
        desk = await serve(engine, fetcher=Fetcher(private=True))
        admin = person(ADMIN)
        assert "There is no source yet." in (await admin.asks("/sources")).text
        tried = await admin.asks(f"/sources test {web.url}/feed")
        assert tried.text.startswith("feed: 1 article")
        assert "Fish" in tried.text
        added = await admin.asks(f"/sources add {web.url}/feed")
        assert added.text.startswith("1 · feed · ")
        assert added.text.endswith("every 60 minutes · not looked at yet")
        desk.sources.watch().look()
        assert [article.title for article in engine.articles()] == ["Fish"]
        assert (await admin.asks("/sources")).text.endswith("1 read")
        removed = await admin.asks("/sources remove 1")
        assert removed.text.endswith("is no source any more; its articles stay.")
        trail = await admin.asks("/audit")
        assert f"telegram:{ADMIN} · add source" in trail.text


async def test_what_is_no_source_changes_nothing(
    engine: Engine, serve: Any, person: Callable[..., Person]
) -> None:
    """Neither addresses of this network nor what makes no sense; and nobody else may."""
    await serve(engine)
    admin = person(ADMIN)
    for text in ("/sources add", "/sources sing la", "/sources add a b"):
        assert (await admin.asks(text)).text.startswith("Send /sources for the list")
    for text in ("/sources add http://127.0.0.1:1/feed", "/sources remove 9", "/sources remove x"):
        assert (await admin.asks(text)).text.startswith("Nothing was changed: ")
    assert "only an admin" in (await person().asks("/sources")).text


async def test_admins_say_what_may_be_done_with_a_source(
    make_engine: Callable[..., Engine], serve: Any, person: Callable[..., Person]
) -> None:
    """Listed, changed and audited; what no article came from changes nothing."""
    engine = make_engine()
    engine.ingest(None, now=NOW)
    await serve(engine)
    admin = person(ADMIN)
    listed = await admin.asks("/sources rights")
    assert listed.text == (
        "documents sent here (upload) · whole articles to readers: no · text to a language model "
        "elsewhere: no"
    )
    name = engine.articles()[0].source
    changed = await admin.asks(f"/sources rights {name} remote off")
    assert changed.text == (
        f"{name} · whole articles to readers: yes · text to a language model elsewhere: no"
    )
    article = engine.articles()[0]
    assert kept_from_models(engine.catalogue.engine, [article]) == {article.id}
    assert f"telegram:{ADMIN} · rights source={name}" in (await admin.asks("/audit")).text
    for text in (
        "/sources rights nowhere whole off",
        "/sources rights https://example.org whole on",
    ):
        assert (await admin.asks(text)).text.startswith("Nothing was changed: ")
    for text in ("/sources rights upload", "/sources rights upload whole maybe"):
        assert (await admin.asks(text)).text.startswith("Send /sources for the list")
