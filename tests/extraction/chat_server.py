"""A chat endpoint on this machine that answers as it is told to, and keeps what it was asked."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Call", "ChatServer", "claim", "completion", "serving"]


class Call(BaseHTTPRequestHandler):
    """One request; a test's function answers it."""

    server: ChatServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append({"path": self.path, "headers": dict(self.headers), **json.loads(body)})
        with contextlib.suppress(ConnectionError):  # a client that has heard enough hangs up
            self.server.respond(self)

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Write nothing."""


class ChatServer(ThreadingHTTPServer):
    """Answers with `respond`, which a test sets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.url = f"http://127.0.0.1:{self.server_port}/v1"
        self.asked: list[dict[str, Any]] = []
        self.respond: Callable[[Call], None] = lambda call: call.send(b"", 404)

    def writes(self, text: str | None, **choice: object) -> None:
        """Let the model write a text."""
        self.respond = lambda call: call.send(completion(text, **choice))

    def claims(self, *claims: dict[str, Any]) -> None:
        """Let the model propose claims."""
        self.writes(json.dumps({"claims": claims}))


def completion(text: str | None, **choice: object) -> bytes:
    """Write what an endpoint sends when the model has written a text."""
    message = {"role": "assistant", "content": text}
    return json.dumps({"choices": [{"message": message, "finish_reason": "stop", **choice}]}).encode()


def claim(sentence: int, *words: str, text: str, speaker: str | None = None, **fields: object) -> dict[str, Any]:
    """Write a proposed claim as a model would."""
    return {
        "sentence": sentence,
        "words": list(words),
        "text": text,
        "speaker": speaker,
        "standalone": True,
        **fields,
    }


@contextlib.contextmanager
def serving() -> Iterator[ChatServer]:
    server = ChatServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
