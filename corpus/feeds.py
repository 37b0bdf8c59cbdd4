"""What a feed or a sitemap lists: addresses of articles, with what it states about each."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin

import feedparser
from lxml import etree

from corpus.errors import SourceError

Kind = Literal["feed", "sitemap", "page"]

MOST_ITEMS = 1000
"""Items of one feed or sitemap; what is older comes when somebody asks for it."""

_HEAD = 2000


@dataclass(frozen=True, slots=True)
class Item:
    """One listed address: the title and the day of publication where the list states them."""

    url: str
    title: str | None = None
    published: dt.date | None = None


def kind_of(body: bytes) -> Kind:
    """What was fetched, by how it begins."""
    head = body[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"<urlset" in head or b"<sitemapindex" in head:
        return "sitemap"
    if b"<html" not in head and any(tag in head for tag in (b"<rss", b"<feed", b"<rdf:rdf")):
        return "feed"
    return "page"


def feed_items(body: bytes, url: str, content_type: str | None = None) -> list[Item]:
    """The items of an RSS or Atom feed fetched from `url`, each address once.

    Raises `SourceError` for what is no feed.
    """
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    found = feedparser.parse(io.BytesIO(body), response_headers=headers)
    if not found.get("version"):
        raise SourceError("%(url)s: not a feed that can be read", url=url)
    items: dict[str, Item] = {}
    for entry in found.entries[:MOST_ITEMS]:
        link = str(entry.get("link") or "").strip()
        if link:
            title = " ".join(str(entry.get("title") or "").split()) or None
            address = urljoin(url, link)
            items.setdefault(address, Item(address, title, _day(entry)))
    return list(items.values())


def _day(entry: Any) -> dt.date | None:
    """The day of publication. When it was changed says nothing of when it came out."""
    parsed = entry.get("published_parsed")
    try:
        return dt.date(*parsed[:3]) if parsed else None
    except (TypeError, ValueError):
        return None


def sitemap_items(body: bytes, url: str) -> tuple[list[Item], list[str]]:
    """The pages of a sitemap, and the sitemaps that it lists. Raises `SourceError` for no sitemap.

    `lastmod` is when a page was changed, and no day of publication; news sitemaps state one.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(
            "%(url)s: not a sitemap that can be read (%(why)s)", url=url, why=error
        ) from error
    items: dict[str, Item] = {}
    maps: list[str] = []
    for element in root[:MOST_ITEMS]:
        told = dict(_fields(element))
        location = told.get("loc", "").strip()
        if not location:
            continue
        address = urljoin(url, location)
        if _name(element) == "sitemap":
            maps.append(address)
        else:
            day = _iso_day(told.get("publication_date", ""))
            items.setdefault(address, Item(address, told.get("title") or None, day))
    return list(items.values()), maps


def _fields(element: Any) -> Iterator[tuple[str, str]]:
    for child in element.iter():
        if child.text and isinstance(child.tag, str):
            yield _name(child), " ".join(child.text.split())


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _iso_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
