"""Asks an OpenAI-compatible chat endpoint, and takes nothing from it but one text."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from claimtrack.errors import InvalidInputError, ModelError
from claimtrack.reading.failures import one_line

if TYPE_CHECKING:
    import http.client
    import socket

__all__ = ["ChatEndpoint"]

_TRIES = 4
_LONGEST_WAIT = 60.0
"""Seconds. A server that wants more is not waited for."""
_LONGEST_TIMEOUT = 86_400
"""Seconds; a day."""
_LARGEST_ANSWER = 4_000_000
"""Bytes; more than any model writes about one article."""
_SHOWN = 200
"""Characters of a server's own words in an error."""


class ChatEndpoint:
    """One address that answers chat requests.

    Parameters
    ----------
    url : str
        What the service calls its base URL, such as ``"http://localhost:8000/v1"``; ``/chat/completions`` is added. It must
        be ``https``, but for the machine itself.
    api_key : str or None
        Sent as a bearer token, and shown nowhere.
    timeout_seconds : float, greater than 0, at most a day
        For one try, once it is connected, to the last byte of the answer; and for each step before: every address that the
        host's name stands for, and the TLS handshake. How long the look-up of the name takes is up to the system.

    Raises
    ------
    InvalidInputError
        If a value is wrong.

    Notes
    -----
    Redirects are not followed and proxies not used: what is sent goes to this host or nowhere.
    """

    def __init__(self, url: str, *, api_key: str | None, timeout_seconds: float) -> None:
        try:
            parts = urllib.parse.urlsplit(url)
            host, port = parts.hostname or "", parts.port
            host.encode("idna")  # as the resolver will
        except (AttributeError, TypeError, ValueError) as error:
            raise InvalidInputError(f"url must be the address of a service; {error}.") from None
        if parts.username is not None or parts.password is not None:
            raise InvalidInputError("url must hold no user name and no password.\nHint: give a key as api_key.")
        unfit = parts.query or parts.fragment or not _is_word(url)
        if unfit or parts.scheme not in {"http", "https"} or not host:
            raise InvalidInputError("url must be like https://host/v1, without query and fragment.")
        if parts.scheme == "http" and not _is_this_machine(host):
            raise InvalidInputError(
                f"url must be https, or lead to this machine; got {url!r}.\nHint: over http everybody on the way reads along."
            )
        if not isinstance(timeout_seconds, int | float) or not 0 < timeout_seconds <= _LONGEST_TIMEOUT:
            raise InvalidInputError(f"timeout_seconds must be in (0, {_LONGEST_TIMEOUT:,}]; got {timeout_seconds!r}.")
        if api_key is not None and not (isinstance(api_key, str) and _is_word(api_key)):
            raise InvalidInputError("api_key must be printable ASCII without spaces; it is not shown here.")
        self._secure = parts.scheme == "https"
        self._host, self._port = host, port
        self._path = parts.path.rstrip("/") + "/chat/completions"
        self._api_key = api_key
        self._timeout_seconds = float(timeout_seconds)

    def __repr__(self) -> str:
        return f"<ChatEndpoint: {self._host}{self._path}>"

    def ask(self, request: Mapping[str, object]) -> str:
        """Send one request, and give the text of the first choice.

        Parameters
        ----------
        request : mapping
            The body, plain JSON values.

        Raises
        ------
        ModelError
            If there is no answer in time, or not one that it must be. After status 429 or 500 and above it is asked again,
            three times at most, after 1, 2 and 4 seconds or what ``Retry-After`` says; more than a minute is not waited for.
        """
        body = json.dumps(request).encode("ascii")
        for attempt in range(_TRIES):
            status, retry_after, answer = self._post(body)
            if status == 200:
                return self._text(answer)
            wait = _seconds(retry_after, otherwise=2.0**attempt)
            busy = status == 429 or status >= 500
            if not busy or wait > _LONGEST_WAIT or attempt + 1 == _TRIES:
                break
            time.sleep(wait)
        asked = f" and a wait of {wait:.0f} seconds" if busy and wait > _LONGEST_WAIT else ""
        hint = "\nHint: redirects are not followed; give the final address." if 300 <= status < 400 else ""
        raise self._error(f"must answer with status 200; got {status}{asked}: {self._shown(answer)}{hint}")

    def _post(self, body: bytes) -> tuple[int, str | None, bytes]:
        """Send the body once; give status, ``Retry-After`` and what was answered."""
        import http.client

        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._api_key is not None:
            headers["Authorization"] = f"Bearer {self._api_key}"
        try:
            with contextlib.closing(kind(self._host, self._port, timeout=self._timeout_seconds)) as connection:
                connection.connect()
                with _shut_after(self._timeout_seconds, connection.sock):
                    connection.request("POST", self._path, body, headers)
                    response = connection.getresponse()
                    return response.status, response.getheader("Retry-After"), self._all(response)
        except TimeoutError:
            raise self._error(f"must answer within {self._timeout_seconds:g} seconds; it did not.") from None
        except (OSError, http.client.HTTPException) as error:
            raise self._error(f"must answer; {type(error).__name__}: {self._shown(str(error).encode())}") from error

    def _all(self, response: http.client.HTTPResponse) -> bytes:
        answer = bytearray()
        while piece := response.read1(65_536):
            answer += piece
            if len(answer) > _LARGEST_ANSWER:
                raise self._error(f"must answer with at most {_LARGEST_ANSWER:,} bytes; it sent more.")
        return bytes(answer)

    def _text(self, answer: bytes) -> str:
        """Give the text of a chat completion."""
        try:
            read = json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise self._error(f"must answer in JSON; {type(error).__name__} in {self._shown(answer)}") from None
        try:
            choice = read["choices"][0]
            text, reason = choice["message"]["content"], choice.get("finish_reason")
        except (AttributeError, IndexError, KeyError, TypeError):
            raise self._error(
                f"must answer with a text at $.choices[0].message.content; got {self._shown(answer)}"
            ) from None
        if reason == "length":
            raise self._error(
                "must finish its answer; it was cut off ($.choices[0].finish_reason is 'length').\n"
                "Hint: let it write more tokens (max_tokens in settings), or give it a larger context."
            )
        if not isinstance(text, str):
            raise self._error(f"must answer with a text at $.choices[0].message.content; got {self._shown(answer)}")
        return text

    def _error(self, rule: str) -> ModelError:
        return ModelError(f"the language model at {self._host} {rule}")

    def _shown(self, answer: bytes) -> str:
        """Quote the start of an answer in one line, without the key should the server repeat it."""
        text = answer.decode("utf-8", "replace")
        if self._api_key is not None:
            text = text.replace(self._api_key, "[key]")
        return repr(one_line(text[:_SHOWN])) + ("…" if len(text) > _SHOWN else "")


@contextlib.contextmanager
def _shut_after(seconds: float, connected: socket.socket) -> Iterator[None]:
    """Shut a socket once the time is over, whatever waits for it; raise a TimeoutError then, whatever came of it."""
    import socket

    is_late = threading.Event()

    def shut() -> None:
        is_late.set()
        with contextlib.suppress(OSError):  # the server was quicker
            socket.socket.shutdown(connected, socket.SHUT_RDWR)  # of TLS too no more than this: it waits for nobody

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if is_late.is_set():
            raise TimeoutError


def _is_word(text: str) -> bool:
    """Tell whether a text is fit for a header or an address: ASCII letters, figures and marks."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _seconds(retry_after: str | None, *, otherwise: float) -> float:
    """Read a ``Retry-After``: seconds, or the time of day until which to wait."""
    if retry_after is None:
        return otherwise
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    import datetime
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return otherwise
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.UTC)
    return max(0.0, (until - datetime.datetime.now(datetime.UTC)).total_seconds())
