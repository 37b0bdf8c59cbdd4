"""Read articles from the web: a page, or all that a feed or a sitemap lists."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from corpus.article import RawArticle
from corpus.errors import SourceError
from corpus.failure import Failure
from corpus.feeds import Item, Kind, feed_items, kind_of, sitemap_items
from corpus.fetch import Fetched, Fetcher

_DEPTH = 2  # sitemaps that sitemaps list


@dataclass(frozen=True, slots=True)
class Listing:
    """What an address holds: its kind, the items that it lists, or the page itself.

    `changed` is false where it is as it was at `etag` and `modified`, which tell of this time.
    """

    kind: Kind
    items: tuple[Item, ...]
    page: Fetched | None
    etag: str | None
    modified: str | None
    changed: bool = True


def listing(
    fetcher: Fetcher, url: str, *, etag: str | None = None, modified: str | None = None
) -> Listing:
    """Look at an address. Raises `SourceError` where it cannot be fetched or read."""
    fetched = fetcher.get(url, etag=etag, modified=modified)
    if not fetched.changed:
        return Listing("page", (), None, etag, modified, changed=False)
    kind = kind_of(fetched.body)
    items: list[Item] = []
    if kind == "feed":
        items = feed_items(fetched.body, fetched.url, fetched.content_type)
    elif kind == "sitemap":
        items = _mapped(fetcher, fetched, _DEPTH)
    page = fetched if kind == "page" else None
    return Listing(kind, tuple(items), page, fetched.etag, fetched.modified)


def _mapped(fetcher: Fetcher, fetched: Fetched, depth: int) -> list[Item]:
    items, maps = sitemap_items(fetched.body, fetched.url)
    if depth:
        for address in maps:
            items += _mapped(fetcher, fetcher.get(address), depth - 1)
    return items


def articles(
    fetcher: Fetcher,
    found: Listing,
    *,
    outlet: str | None = None,
    language: str | None = None,
    known: Collection[str] = (),
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Iterator[RawArticle | Failure]:
    """The articles of a listing, but for addresses that are `known`.

    What the list states of a page wins over what is read from it. A page that cannot be fetched or
    read comes as a `Failure` and stops no other.
    """
    if found.page is not None:
        yield from _read(Item(found.page.url), found.page, outlet, language)
        return
    wanted = [item for item in found.items if item.url not in known]
    for number, item in enumerate(wanted, start=1):
        try:
            fetched = fetcher.get(item.url)
        except SourceError as error:
            yield Failure(item.url, _without(item.url, error))
        else:
            yield from _read(item, fetched, outlet, language)
        progress(number, len(wanted))


def _read(
    item: Item, fetched: Fetched, outlet: str | None, language: str | None
) -> Iterator[RawArticle | Failure]:
    from corpus.pages import read_page  # noqa: PLC0415 - trafilatura takes a second to import

    try:
        raw = read_page(fetched.body, item.url, fetched.content_type)
    except SourceError as error:
        yield Failure(item.url, str(error))
        return
    yield replace(
        raw,
        id=article_id(item.url),
        url=item.url,
        title=item.title or raw.title,
        published=item.published or raw.published,
        outlet=outlet or raw.outlet,
        language=language or raw.language,
    )


def article_id(url: str) -> str:
    """The id of an article from the web: the site, and a name of the address."""
    digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{urlsplit(url).hostname or 'web'}-{digest}"


def _without(url: str, error: SourceError) -> str:
    """An error without the address, which stands beside it."""
    return str(error).removeprefix(f"{url}: ")
