"""A web server on loopback that answers as it is told, lies included."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Headers = Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """A status, headers and a body, sent in `pieces` with `pause` seconds between them."""

    status: int = 200
    headers: Headers = field(default_factory=dict)
    body: bytes = b""
    pieces: int = 1
    pause: float = 0.0


@dataclass
class Site:
    """`pages` by path; `asked` has the paths and headers of all requests."""

    url: str
    pages: dict[str, Reply | Callable[[Headers], Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def site(host: str = "127.0.0.1") -> Iterator[Site]:
    """A server on a free port of a loopback address."""
    made = Site("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            made.asked.append((self.path, headers))
            page = made.pages.get(self.path, Reply(404))
            reply = page(headers) if callable(page) else page
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            size = max(1, -(-len(reply.body) // reply.pieces))
            for start in range(0, len(reply.body), size):
                try:
                    self.wfile.write(reply.body[start : start + size])
                    self.wfile.flush()
                except OSError:  # whoever asked has gone
                    return
                time.sleep(reply.pause)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    made.url = f"http://{host}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
