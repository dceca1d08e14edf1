"""The one way out of the machine: what it sends where, what it takes, and how it fails."""

from __future__ import annotations

import email.utils
import re
import socket
import time
from collections.abc import Iterator

import pytest
from chat_server import Call, ChatServer, serving

from claimtrack.errors import InvalidInputError, ModelError
from claimtrack.extraction.chat_endpoint import ChatEndpoint

KEY = "sk-test-0123"


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as server:
        yield server


def ask(server: ChatServer, *, api_key: str | None = KEY, timeout_seconds: float = 20.0) -> str:
    return ChatEndpoint(server.url, api_key=api_key, timeout_seconds=timeout_seconds).ask({"model": "m"})


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were waited between tries, without waiting."""
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


# -- what is sent ------------------------------------------------------------------------------------------------------


def test_the_request_goes_to_the_path_of_chat_completions_with_the_key_as_a_bearer_token(server: ChatServer) -> None:
    server.writes("hello")

    assert ask(server) == "hello"
    [asked] = server.asked
    assert (asked["path"], asked["model"]) == ("/v1/chat/completions", "m")
    assert asked["headers"]["Authorization"] == f"Bearer {KEY}"


def test_without_a_key_no_authorization_is_sent(server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not that of the environment either, which may be meant for another service."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.writes("hello")

    ask(server, api_key=None)

    assert "Authorization" not in server.asked[0]["headers"]


def test_a_proxy_of_the_environment_is_not_used(server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.writes("hello")

    assert ask(server) == "hello"


@pytest.mark.parametrize(
    "url",
    ["http://localhost:1/v1", "http://127.0.0.9/v1", "http://[::1]:1", "https://models.example/v1/"],
)
def test_https_and_this_machine_are_allowed(url: str) -> None:
    assert KEY not in repr(ChatEndpoint(url, api_key=KEY, timeout_seconds=1.0))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://models.example/v1", "must be https, or lead to this machine"),
        ("http://localhost.models.example/v1", "must be https, or lead to this machine"),
        ("http://10.0.0.1/v1", "must be https, or lead to this machine"),
        ("ftp://localhost/v1", "must be like https://host/v1"),
        ("https:///v1", "must be like https://host/v1"),
        ("https://models.example/v1?x=1", "must be like https://host/v1"),
        ("https://models.example/v1\r\nX: y", "must be like https://host/v1"),
        ("models.example/v1", "must be like https://host/v1"),
        ("", "must be like https://host/v1"),
        ("https://models.example:99999/v1", "must be the address of a service"),
        ("https://[models.example/v1", "must be the address of a service"),
        (5, "must be the address of a service"),
        (b"https://models.example/v1", "must be the address of a service"),
        ("https://models..example/v1", "must be the address of a service"),
        (f"https://me:{KEY}@models.example/v1", "no user name and no password"),
    ],
)
def test_other_addresses_are_refused(url: str, message: str) -> None:
    with pytest.raises(InvalidInputError, match=re.escape(message)) as caught:
        ChatEndpoint(url, api_key=None, timeout_seconds=1.0)

    assert KEY not in str(caught.value)


@pytest.mark.parametrize("key", ["", f"{KEY}\n", f"{KEY} x", f"{KEY}é", 5])
def test_a_key_that_is_no_header_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(InvalidInputError, match="printable ASCII") as caught:
        ChatEndpoint("https://models.example/v1", api_key=key, timeout_seconds=1.0)

    assert KEY not in str(caught.value)


@pytest.mark.parametrize("seconds", [0, -1.0, float("nan"), float("inf"), "5", None])
def test_a_timeout_that_is_none_is_refused(seconds: float) -> None:
    with pytest.raises(InvalidInputError, match=re.escape(f"got {seconds!r}")):
        ChatEndpoint("https://models.example/v1", api_key=None, timeout_seconds=seconds)


# -- failures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 401, 404, 204])
def test_a_status_that_no_waiting_mends_is_an_error_at_once(
    server: ChatServer, waits: list[float], status: int
) -> None:
    server.respond = lambda call: call.send(b"" if status == 204 else b"no such\x1b[31m model", status)

    with pytest.raises(ModelError, match=rf"127\.0\.0\.1 must answer with status 200; got {status}") as caught:
        ask(server)

    assert len(server.asked) == 1
    assert waits == []
    assert "\x1b" not in str(caught.value)


def test_a_key_that_the_server_repeats_is_not_shown(server: ChatServer) -> None:
    server.respond = lambda call: call.send(f"wrong key {KEY}".encode(), 401)

    with pytest.raises(ModelError, match=r"wrong key \[key\]") as caught:
        ask(server)

    assert KEY not in str(caught.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_three_times_more_and_then_it_is_an_error(
    server: ChatServer, waits: list[float], status: int
) -> None:
    server.respond = lambda call: call.send(b"busy", status)

    with pytest.raises(ModelError, match=f"got {status}: 'busy'"):
        ask(server)

    assert len(server.asked) == 4
    assert waits == [1.0, 2.0, 4.0]


def test_a_server_that_was_busy_once_is_answered_for(server: ChatServer, waits: list[float]) -> None:
    def respond(call: Call) -> None:
        server.writes("hello")
        call.send(b"", 429, Retry_After="7")

    server.respond = respond

    assert ask(server) == "hello"
    assert waits == [7.0]


def test_a_time_of_day_to_wait_for_is_understood(server: ChatServer, waits: list[float]) -> None:
    server.respond = lambda call: call.send(b"", 503, Retry_After=email.utils.formatdate(0, usegmt=True))

    with pytest.raises(ModelError, match="got 503"):
        ask(server)

    assert waits == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    "retry_after",
    [
        "soon",
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2031 00:00:00 +99999999999999999999",
    ],
)
def test_a_retry_after_that_means_nothing_is_as_none(server: ChatServer, waits: list[float], retry_after: str) -> None:
    server.respond = lambda call: call.send(b"", 503, Retry_After=retry_after)

    with pytest.raises(ModelError, match="got 503"):
        ask(server)

    assert waits == [1.0, 2.0, 4.0]


def test_a_server_that_wants_an_hour_is_not_waited_for(server: ChatServer, waits: list[float]) -> None:
    server.respond = lambda call: call.send(b"", 429, Retry_After="3600")

    with pytest.raises(ModelError, match="got 429 and a wait of 3600 seconds"):
        ask(server)

    assert waits == []


def test_a_redirect_is_not_followed(server: ChatServer) -> None:
    """The text of the article and the key are for the host that was named."""
    with serving() as other:
        other.writes("hello")
        server.respond = lambda call: call.send(b"", 307, Location=f"{other.url}/chat/completions")

        with pytest.raises(ModelError, match=r"got 307.*\nHint: redirects are not followed"):
            ask(server)

        assert other.asked == []


def test_a_server_that_is_silent_is_given_up_in_time(server: ChatServer) -> None:
    server.respond = lambda call: time.sleep(1.0)

    with pytest.raises(ModelError, match=r"must answer within 0\.2 seconds"):
        ask(server, timeout_seconds=0.2)


def test_a_server_that_drips_is_given_up_in_time(server: ChatServer) -> None:
    """Each byte comes in time; the answer never does."""

    def respond(call: Call) -> None:
        call.send(b"")
        for _ in range(40):
            time.sleep(0.05)
            call.wfile.write(b" ")

    server.respond = respond

    with pytest.raises(ModelError, match=r"must answer within 0\.3 seconds"):
        ask(server, timeout_seconds=0.3)


@pytest.mark.parametrize(
    "begun",
    [
        b"HTTP/1.1 200 OK\r\nX-Rain: ",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 ",
    ],
    ids=["header", "size of a chunk", "body", "status"],
)
def test_a_server_that_never_ends_a_line_is_given_up_in_time(server: ChatServer, begun: bytes) -> None:
    """A line is read whole or not at all: nothing but the socket can be asked whether it is late."""

    def respond(call: Call) -> None:
        call.wfile.write(begun)
        for _ in range(40):
            time.sleep(0.05)
            call.wfile.write(b"2")

    server.respond = respond

    with pytest.raises(ModelError, match=r"must answer within 0\.3 seconds"):
        ask(server, timeout_seconds=0.3)


def test_a_body_without_end_is_not_read_to_its_end(server: ChatServer) -> None:
    sent = 0

    def respond(call: Call) -> None:
        nonlocal sent
        call.send(b"")
        while sent < 200_000_000:
            call.wfile.write(b" " * 1_000_000)
            sent += 1_000_000

    server.respond = respond

    with pytest.raises(ModelError, match="at most 4,000,000 bytes; it sent more"):
        ask(server)

    assert sent < 200_000_000


def test_a_server_that_is_not_there_is_an_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"

        with pytest.raises(ModelError, match="must answer; ConnectionRefusedError"):
            ChatEndpoint(url, api_key=None, timeout_seconds=5.0).ask({})


def test_a_server_that_speaks_no_http_is_an_error(server: ChatServer) -> None:
    def respond(call: Call) -> None:
        call.wfile.write(b"\x00\x01 what?\r\n\r\n")

    server.respond = respond

    with pytest.raises(ModelError, match="must answer; BadStatusLine"):
        ask(server)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff\xfe\xff", b"[" * 100_000, b"1" * 5_000])
def test_an_answer_that_is_not_json_is_an_error(server: ChatServer, body: bytes) -> None:
    server.respond = lambda call: call.send(body)

    with pytest.raises(ModelError, match=r"must answer (in JSON|with a text)"):
        ask(server)


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": {}}',
        b'{"choices": [7]}',
        b'{"choices": [{"message": "hello"}]}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": ["hello"]}}]}',
        b'{"error": {"message": "overloaded"}}',
    ],
)
def test_json_of_another_form_is_an_error_that_names_the_place(server: ChatServer, body: bytes) -> None:
    server.respond = lambda call: call.send(body)

    with pytest.raises(ModelError, match=re.escape("with a text at $.choices[0].message.content; got")):
        ask(server)


def test_an_answer_that_was_cut_off_is_an_error(server: ChatServer) -> None:
    """Half of the claims would pass for all."""
    server.writes('{"claims": []}', finish_reason="length")

    with pytest.raises(ModelError, match=r"must finish its answer.*\nHint:.*max_tokens"):
        ask(server)
