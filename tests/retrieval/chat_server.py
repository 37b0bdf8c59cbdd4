"""A server on this machine that speaks as OpenAI's, and misbehaves on demand."""

from __future__ import annotations

import contextlib
import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Act = Callable[["Handler"], None]


class ChatServer(ThreadingHTTPServer):
    """Answers each request with the next of `acts`, the last one again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.acts: deque[Act] = deque()
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str] = []
        self.gone = threading.Event()
        self.seen = threading.Event()
        self.taking = threading.Lock()

    @property
    def url(self) -> str:
        """Its address, as `OPENAI_BASE_URL` takes it."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def does(self, *acts: Act) -> None:
        """What the next requests meet with."""
        self.acts.extend(acts)

    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: ChatServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Note what was asked, then act."""
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        with self.server.taking:
            self.server.paths.append(self.path)
            self.server.keys.append(self.headers.get("Authorization", ""))
            with contextlib.suppress(ValueError):
                self.server.bodies.append(json.loads(body))
            acts = self.server.acts
            act = acts.popleft() if len(acts) > 1 else acts[0]
        self.server.seen.set()
        act(self)

    do_GET = do_POST  # noqa: N815 - the names of http.server

    def sends(self, body: bytes, status: int = 200, **headers: str) -> None:
        """A whole response."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""


@contextlib.contextmanager
def chat_server() -> Iterator[ChatServer]:
    """Serves until the block ends."""
    with ChatServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.gone.set()
            server.shutdown()
            thread.join()


def says(text: str | None, finish: str = "stop") -> Act:
    """A reply of these words."""
    reply = {
        "id": "r",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }
    return lambda handler: handler.sends(json.dumps(reply).encode())


def fails(status: int, message: str = "no", **headers: str) -> Act:
    """An error as OpenAI's server words it."""
    error = json.dumps({"error": {"message": message, "type": "x", "code": None}}).encode()
    return lambda handler: handler.sends(error, status, **headers)


def sends(body: bytes) -> Act:
    """Whatever bytes, as a success."""
    return lambda handler: handler.sends(body)


def keeps_silent(handler: Handler) -> None:
    """Not a byte until the test is over."""
    handler.server.gone.wait()
    handler.close_connection = True


def drips(handler: Handler) -> None:
    """A byte now and then, for ever: no single wait is long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.server.gone.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()
    handler.close_connection = True


def hangs_up(handler: Handler) -> None:
    """In the middle of a response."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"id": "r", ')
    handler.close_connection = True
