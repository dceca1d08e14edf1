"""Check claims for another program, over HTTP and JSON, with the standard library alone.

    python check_service.py desk.db --port 8080
    curl -d '{"claim": "The ferry will sail on Monday."}' -H 'Content-Type: application/json' localhost:8080/check

The store is opened for reading: any number of these services may run on it, while one other program adds articles. One
process answers one request after the other; for more, start more of them behind your web server, which is also the place
for encryption and for who may ask.

`main` and `CheckService` take the parts of the tracker as arguments. Without any, the trained models are loaded.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import claimtrack as ct

MAX_BYTES = 8_192
MAX_CHARACTERS = 1_000


class RefusedError(Exception):
    """A request that is not answered: the status, and why."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class CheckService:
    """A WSGI application: POST /check with {"claim": "..."} gives what the kept sources say of it."""

    def __init__(self, store: Path, **parts: Any) -> None:
        self.store = store
        self.parts = parts or trained_parts()
        self.tracker: ct.Tracker | None = None
        self.written: list[tuple[int, int]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status = HTTPStatus.OK
        try:
            answer = ct.to_json(self.fresh().check(claim_of(environ)))
        except RefusedError as refusal:
            status, answer = refusal.status, {"error": str(refusal)}
        except ct.StoreError as error:
            status, answer = HTTPStatus.SERVICE_UNAVAILABLE, {"error": str(error)}
        body = json.dumps(answer).encode("ascii")
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def fresh(self) -> ct.Tracker:
        """Open the store, and open it again when a writer has changed its files: a reader sees what was there."""
        files = [self.store, self.store.with_name(self.store.name + "-wal")]
        states = [file.stat() for file in files if file.exists()]
        written = [(state.st_mtime_ns, state.st_size) for state in states if state.st_size]  # empty: made by reading
        if self.tracker is None or written != self.written:
            if self.tracker is not None:
                self.tracker.close()
            self.tracker = ct.Tracker.open(self.store, read_only=True, **self.parts)
            self.written = written
        return self.tracker


def claim_of(environ: dict[str, Any]) -> str:
    """Read the claim of a request, or refuse it; nothing of it is read before its size is known."""
    if environ["PATH_INFO"] != "/check":
        raise RefusedError(HTTPStatus.NOT_FOUND, "the path must be /check.")
    if environ["REQUEST_METHOD"] != "POST":
        raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, "the method must be POST.")
    length = environ.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit()):
        raise RefusedError(HTTPStatus.LENGTH_REQUIRED, "the request must say its length in bytes.")
    if len(length) > 9 or int(length) > MAX_BYTES:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the request must hold at most {MAX_BYTES} bytes.")
    try:
        asked = json.loads(environ["wsgi.input"].read(int(length)))
    except TimeoutError:
        raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, "the request must arrive in time.") from None
    except (ValueError, RecursionError):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the request must be JSON.") from None
    claim = asked.get("claim") if isinstance(asked, dict) else None
    if not isinstance(claim, str) or not claim.strip() or len(claim) > MAX_CHARACTERS:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"claim must be a text of 1 to {MAX_CHARACTERS} characters.")
    return claim


def trained_parts() -> dict[str, Any]:
    """Load the trained models once, for every time that the store is opened."""
    from claimtrack.embedding import SentenceTransformerEmbedder
    from claimtrack.relations import CascadeCrossEncoder

    return {"embedder": SentenceTransformerEmbedder(), "relation_model": CascadeCrossEncoder()}


class Handler(WSGIRequestHandler):
    """Hang up on a client that is silent for ten seconds."""

    timeout = 10


def main(arguments: Sequence[str] | None = None, **parts: Any) -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description="Check claims against a store, over HTTP on this machine.")
    parser.add_argument("store", type=Path)
    parser.add_argument("--port", type=int, default=8080, help="0 takes a free one")
    given = parser.parse_args(arguments)
    service = CheckService(given.store, **parts)
    service.fresh()  # what is wrong with the store is said now, not to the first who asks
    with make_server("127.0.0.1", given.port, service, handler_class=Handler) as server:
        print(f"http://127.0.0.1:{server.server_port}/check", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
