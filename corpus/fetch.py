"""Fetch pages and feeds politely, and from nowhere that an outsider may not look.

Addresses come from articles, feeds and chats, so none is trusted: each is resolved here, and the
connection goes to the very address that was judged, at every redirect anew.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore

from corpus.errors import SourceError

USER_AGENT = "Attache/1.0 (press corpus; honours robots.txt)"
SECONDS = 30.0
"""For one address with all its redirects, however slowly it is sent."""

MOST_BYTES = 20_000_000
"""Of one page or file, once unpacked."""

_SILENCE = 10.0
_REDIRECTS = 5
_ROBOTS_BYTES = 500_000
_ROBOTS_KEPT = 3600.0
_CHUNK = 64_000
_MOVED = frozenset((301, 302, 303, 307, 308))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of an address: `url` the last one after redirects, `body` unpacked bytes, empty
    where nothing changed since `etag` or `modified`."""

    url: str
    changed: bool
    body: bytes
    content_type: str | None
    etag: str | None
    modified: str | None


class Fetcher:
    """Fetches over HTTP and HTTPS. Safe to use from several threads.

    `private` allows addresses of this machine and this network.
    """

    def __init__(
        self, *, private: bool = False, seconds: float = SECONDS, most_bytes: int = MOST_BYTES
    ) -> None:
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=_Guarded(private=private),
            max_keepalive_connections=0,
        )
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}

    def close(self) -> None:
        """Give the connections back."""
        self._pool.close()

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Fetch `url`, if it changed since an earlier `etag` or `modified`.

        Raises `SourceError` where it may not be fetched, cannot be, is too large or takes too long.
        """
        deadline = time.monotonic() + self._seconds
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(_REDIRECTS + 1):
            _judge_form(url)
            self._ask_robots(url, deadline)
            status, told, body = self._once(url, headers, deadline, self._most_bytes)
            if status in _MOVED and told.get("location"):
                url = urljoin(url, told["location"])
                continue
            if status == 304 and headers:
                return Fetched(url, False, b"", None, etag, modified)
            if status != 200:
                raise SourceError("%(url)s: the server answers %(status)d", url=url, status=status)
            return Fetched(
                url,
                True,
                body,
                told.get("content-type"),
                told.get("etag"),
                told.get("last-modified"),
            )
        raise SourceError("%(url)s: more than %(most)d redirects", url=url, most=_REDIRECTS)

    def _ask_robots(self, url: str, deadline: float) -> None:
        """Raise `SourceError` where the site asks not to be read there.

        As RFC 9309 has it: without the file all is allowed, and nothing while the site cannot say.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        kept = self._robots.get(origin)
        if kept is None or kept[0] < time.monotonic():
            rules = RobotFileParser()
            rules.parse(self._robots_of(origin, deadline))
            kept = self._robots[origin] = (time.monotonic() + _ROBOTS_KEPT, rules)
        if not kept[1].can_fetch(USER_AGENT, url):
            raise SourceError("%(url)s: the site’s robots.txt asks not to fetch it", url=url)

    def _robots_of(self, origin: str, deadline: float) -> list[str]:
        url = f"{origin}/robots.txt"
        for _ in range(_REDIRECTS + 1):
            status, told, body = self._once(url, {}, deadline, _ROBOTS_BYTES)
            if status in _MOVED and told.get("location"):
                url = urljoin(url, told["location"])
                continue
            if status >= 500:
                raise SourceError(
                    "%(url)s: the server answers %(status)d; trying again later",
                    url=url,
                    status=status,
                )
            return body.decode("utf-8", "replace").splitlines() if status == 200 else []
        return []

    def _once(
        self, url: str, headers: Mapping[str, str], deadline: float, most: int
    ) -> tuple[int, dict[str, str], bytes]:
        """One request: status, headers by small names, and the body of a 200."""
        _judge_form(url)
        sent: dict[str | bytes, str | bytes] = {
            "Host": urlsplit(url).netloc,
            "User-Agent": USER_AGENT,
            "Accept-Encoding": "gzip",
            "Accept": "*/*",
        }
        sent.update(headers)
        left = min(_SILENCE, _left(url, deadline))
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), left)
        try:
            with self._pool.stream(
                "GET", url, headers=sent, extensions={"timeout": timeouts}
            ) as response:
                told = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                if response.status != 200:
                    return response.status, told, b""
                body = _unpacked(url, response.iter_stream(), told, deadline, most)
                return response.status, told, body
        except _ForbiddenError:
            raise SourceError(
                "%(url)s: leads into a private network; ATTACHE_FETCH_PRIVATE=true allows that",
                url=url,
            ) from None
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise SourceError(
                "%(url)s: no answer within %(seconds)d seconds", url=url, seconds=_SILENCE
            ) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise SourceError(
                "%(url)s: cannot be reached (%(why)s)", url=url, why=error or type(error).__name__
            ) from error


class _ForbiddenError(Exception):
    """An address in a private network."""


def _judge_form(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError("%(url)s: not an http or https address", url=url[:200])
    if parts.username is not None or parts.password is not None:
        raise SourceError(
            "%(url)s: holds a user name or a password", url=f"{parts.scheme}://{parts.hostname}/…"
        )


def _left(url: str, deadline: float) -> float:
    """The seconds that are left. Raises `SourceError` where there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise SourceError("%(url)s: not done in time", url=url)
    return left


def _unpacked(
    url: str, chunks: Iterable[bytes], told: Mapping[str, str], deadline: float, most: int
) -> bytes:
    """The body, unpacked no further than allowed."""
    encoding = told.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise SourceError(
            "%(url)s: packed in a way that was not asked for (%(way)s)", url=url, way=encoding[:20]
        )
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    body = bytearray()
    for chunk in chunks:
        _left(url, deadline)
        rest = chunk
        while rest:
            if unpacker is None:
                body += rest
                rest = b""
            else:
                try:
                    body += unpacker.decompress(rest, _CHUNK)
                except zlib.error as error:
                    raise SourceError(
                        "%(url)s: damaged on the way (%(why)s)", url=url, why=error
                    ) from error
                rest = unpacker.unconsumed_tail
            if len(body) > most:
                raise SourceError("%(url)s: larger than %(most)s bytes", url=url, most=f"{most:,}")
    if unpacker is not None:
        body += unpacker.flush()  # what the last step had no room for
        if not unpacker.eof:
            raise SourceError("%(url)s: damaged on the way (cut off)", url=url)
    return bytes(body)


class _Guarded(httpcore.NetworkBackend):
    """Connects to addresses that everybody may reach, and to those it has judged alone."""

    def __init__(self, *, private: bool) -> None:
        self._private = private
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, judge every address, connect to the first that answers."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no such host: {host[:100]}") from error
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        for address in addresses:
            if not self._private and not is_public(ipaddress.ip_address(address.partition("%")[0])):
                raise _ForbiddenError
        failure: Exception = httpcore.ConnectError(f"no address: {host[:100]}")
        for address in addresses:
            try:
                return self._real.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                failure = error
        raise failure


def is_public(address: Address) -> bool:
    """Whether an address is one that everybody may reach, also where it wraps another one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast
