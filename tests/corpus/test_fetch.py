"""Fetching: polite, bounded, and never into a private network."""

from __future__ import annotations

import gzip
import ipaddress
from collections.abc import Iterator

import pytest

from corpus import fetch
from corpus.errors import SourceError
from corpus.fetch import USER_AGENT, Fetcher, is_public
from tests.corpus.lying_server import Headers, Reply, Site, site


@pytest.fixture
def web() -> Iterator[Site]:
    """A site on loopback."""
    with site() as made:
        yield made


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """One that may fetch from this machine, and is soon impatient."""
    made = Fetcher(private=True, seconds=2.0, most_bytes=100_000)
    yield made
    made.close()


def test_a_page_comes_as_it_is(web: Site, fetcher: Fetcher) -> None:
    """Bytes, kind and marks; we say who asks."""
    headers = {"Content-Type": "text/html; charset=x", "ETag": '"1"', "Last-Modified": "then"}
    web.pages["/a"] = Reply(headers=headers, body="Việt Nam".encode())
    page = fetcher.get(f"{web.url}/a")
    assert (page.body.decode(), page.content_type) == ("Việt Nam", "text/html; charset=x")
    assert (page.etag, page.modified, page.changed) == ('"1"', "then", True)
    assert [path for path, _ in web.asked] == ["/robots.txt", "/a"]
    assert all(sent["user-agent"] == USER_AGENT for _, sent in web.asked)


def test_what_did_not_change_is_not_sent_again(web: Site, fetcher: Fetcher) -> None:
    """A 304 to the marks of the last time."""

    def page(sent: Headers) -> Reply:
        return Reply(304) if sent.get("if-none-match") == '"1"' else Reply(headers={"ETag": '"1"'})

    web.pages["/feed"] = page
    first = fetcher.get(f"{web.url}/feed")
    again = fetcher.get(f"{web.url}/feed", etag=first.etag, modified=first.modified)
    assert (first.changed, again.changed, again.etag) == (True, False, '"1"')


def test_robots_txt_is_honoured_and_asked_for_once(web: Site, fetcher: Fetcher) -> None:
    """Also at the end of a redirect."""
    web.pages["/robots.txt"] = Reply(body=b"User-agent: *\nDisallow: /private\n")
    web.pages["/open"] = Reply(body=b"x")
    web.pages["/door"] = Reply(302, {"Location": "/private/a"})
    assert fetcher.get(f"{web.url}/open").body == b"x"
    for path in ("/private/a", "/door"):
        with pytest.raises(SourceError, match="robots"):
            fetcher.get(web.url + path)
    paths = [path for path, _ in web.asked]
    assert paths.count("/robots.txt") == 1
    assert "/private/a" not in paths


def test_a_site_that_cannot_say_is_left_alone(web: Site, fetcher: Fetcher) -> None:
    """A robots.txt that fails forbids for now; one that is not there allows."""
    web.pages["/robots.txt"] = Reply(503)
    web.pages["/a"] = Reply(body=b"x")
    with pytest.raises(SourceError, match="503"):
        fetcher.get(f"{web.url}/a")
    del web.pages["/robots.txt"]
    assert fetcher.get(f"{web.url}/a").body == b"x"


def test_redirects_are_followed_a_few_times(web: Site, fetcher: Fetcher) -> None:
    """To the end, or not for ever."""
    web.pages["/old"] = Reply(301, {"Location": "/new"})
    web.pages["/new"] = Reply(body=b"x")
    web.pages["/loop"] = Reply(302, {"Location": "/loop"})
    assert fetcher.get(f"{web.url}/old").url == f"{web.url}/new"
    with pytest.raises(SourceError, match="redirects"):
        fetcher.get(f"{web.url}/loop")


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2/", "http://169.254.169.254/latest", "http://[::1]/"]
)
def test_no_redirect_leads_into_a_private_network(
    web: Site, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is taken for a public one; where it sends us is judged on its own."""
    home = ipaddress.ip_address("127.0.0.1")
    monkeypatch.setattr(fetch, "is_public", lambda address: address == home or is_public(address))
    web.pages["/a"] = Reply(302, {"Location": target})
    guarded = Fetcher(seconds=2.0)
    with pytest.raises(SourceError, match="private network"):
        guarded.get(f"{web.url}/a")
    guarded.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1"])
def test_this_machine_is_private(web: Site, host: str) -> None:
    """By address, by name, and as a number; nothing is asked."""
    guarded = Fetcher()
    with pytest.raises(SourceError, match="ATTACHE_FETCH_PRIVATE"):
        guarded.get(web.url.replace("127.0.0.1", host))
    guarded.close()
    assert not web.asked


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing binds to it
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    """In both versions, and where one wraps the other."""
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/", "http://", "//x/y", "x"]
)
def test_other_addresses_are_refused(fetcher: Fetcher, url: str) -> None:
    """Only the web is read."""
    with pytest.raises(SourceError, match="not an http or https address"):
        fetcher.get(url)


def test_a_password_is_neither_sent_nor_repeated(web: Site, fetcher: Fetcher) -> None:
    """An address with one is refused."""
    with pytest.raises(SourceError) as caught:
        fetcher.get(web.url.replace("http://", "http://me:secret@"))
    assert "secret" not in str(caught.value)
    assert not web.asked


@pytest.mark.parametrize("packed", [False, True])
def test_what_is_too_large_is_stopped(web: Site, fetcher: Fetcher, packed: bool) -> None:
    """Also a few bytes that unpack to many."""
    body = b"0" * 5_000_000
    headers = {"Content-Encoding": "gzip"} if packed else {}
    web.pages["/big"] = Reply(headers=headers, body=gzip.compress(body) if packed else body)
    with pytest.raises(SourceError, match="larger than 100,000 bytes"):
        fetcher.get(f"{web.url}/big")


def test_what_was_packed_is_unpacked(web: Site, fetcher: Fetcher) -> None:
    """Gzip, which we ask for, and nothing else."""
    web.pages["/a"] = Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"x" * 999))
    long = "".join(map(str, range(18_000))).encode()  # of more than one step, and hardly packed
    web.pages["/long"] = Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(long))
    web.pages["/even"] = Reply(
        headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"x" * 99_999)
    )
    web.pages["/cut"] = Reply(headers={"Content-Encoding": "gzip"}, body=gzip.compress(long)[:-900])
    assert fetcher.get(f"{web.url}/long").body == long
    assert fetcher.get(f"{web.url}/even").body == b"x" * 99_999
    with pytest.raises(SourceError, match="cut off"):
        fetcher.get(f"{web.url}/cut")
    web.pages["/b"] = Reply(headers={"Content-Encoding": "br"}, body=b"x")
    web.pages["/c"] = Reply(headers={"Content-Encoding": "gzip"}, body=b"no gzip at all")
    assert fetcher.get(f"{web.url}/a").body == b"x" * 999
    with pytest.raises(SourceError, match="not asked for"):
        fetcher.get(f"{web.url}/b")
    with pytest.raises(SourceError, match="damaged"):
        fetcher.get(f"{web.url}/c")


def test_who_dawdles_is_left(web: Site) -> None:
    """A server that sends a byte now and then does not hold us for ever."""
    web.pages["/slow"] = Reply(body=b"0" * 50, pieces=50, pause=0.05)
    hasty = Fetcher(private=True, seconds=0.5)
    with pytest.raises(SourceError, match="in time"):
        hasty.get(f"{web.url}/slow")
    hasty.close()


def test_errors_are_told(web: Site, fetcher: Fetcher) -> None:
    """The status; that nobody is there."""
    with pytest.raises(SourceError, match="answers 404"):
        fetcher.get(f"{web.url}/nowhere")
    with pytest.raises(SourceError, match="cannot be reached"):
        fetcher.get("http://127.0.0.1:9/")
