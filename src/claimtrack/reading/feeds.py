"""Articles from RSS and Atom feeds, by feedparser; nothing is fetched."""

from __future__ import annotations

import datetime
import email.utils
import html
import io
import re
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXException

from claimtrack.errors import ReadError
from claimtrack.reading.dates import iso_day
from claimtrack.reading.failures import ReadFailure
from claimtrack.reading.html import decode_page, parse_page
from claimtrack.reading.jsonl import Row, check_row

__all__ = ["feed_rows"]

_ELEMENT = re.compile(r"<\w")
_TAG = re.compile(r"<[^<>]*>")
_NAMED_ADDRESS = re.compile(r"\S+@\S+\s+\((?P<name>[^()]+)\)")


def feed_rows(data: bytes, path: str, file_name: str) -> Iterator[tuple[str, Row] | ReadFailure]:
    """Read the entries of a feed.

    Parameters
    ----------
    data : bytes
        RSS or Atom of any version that feedparser knows, decoded as a page is: by its mark, what it declares, or UTF-8.
    path, file_name : str
        For failures, and for the names of entries without an id: "<file name>:<number>".

    Yields
    ------
    (place, Row) or ReadFailure
        In the order of the feed; the place is "entry 3". The text is that of the entry's content, or of its summary where
        the content has none, HTML as :func:`~claimtrack.reading.html.parse_page` reads it. The outlet is the ``source`` that
        the entry names, else the feed's title. The day is the one that is written, of publication or else of the last
        change; a date in another form than that of RSS (RFC 5322) or Atom (ISO 8601) leaves the entry undated.

    Raises
    ------
    ReadError
        If it can't be decoded, is no feed, is one at which feedparser fails, holds no entry, or declares entities, which no
        feed needs and by which a small file can become a large one.

    Notes
    -----
    Of a feed that is no well-formed XML, what feedparser can tell apart is read, and a failure says so.
    """
    feed = _parsed(decode_page(data, path), path)
    broken = feed.get("bozo_exception")
    if not feed.get("version") and not feed["entries"]:
        raise ReadError(path, "", "file must be an RSS or Atom feed; got something else")
    if isinstance(broken, SAXException):
        rule = f"feed must be well-formed XML; got {broken.getMessage()!r} (what could be told apart is read)"
        yield ReadFailure(path=path, place=_line(broken), rule=rule)
    if not feed["entries"]:
        raise ReadError(path, "", "feed must hold at least one entry; got none")
    for number, entry in enumerate(feed["entries"], start=1):
        place = f"entry {number}"
        try:
            fields = _fields(entry, _title(feed["feed"]), path, place)
            yield place, check_row(fields, path, place, name=f"{file_name}:{number}")
        except ReadError as error:
            yield ReadFailure.of(error)


def _parsed(text: str, path: str) -> Any:  # noqa: ANN401 - feedparser is untyped
    """Parse a feed that declares no entities."""
    element = _ELEMENT.search(text)
    prolog = text[: element.start() if element else None]
    # A comment or a literal can hide from us where the prolog ends; but after an element only a DOCTYPE declares entities.
    if "<!ENTITY" in prolog or "<!ENTITY" in text.partition("<!DOCTYPE")[2]:
        raise ReadError(path, "", "feed must declare no entities; got <!ENTITY")
    import feedparser

    try:
        return feedparser.parse(
            io.BytesIO(text.encode()),  # of bytes alone it would take the name of a file or an address
            response_headers={"content-type": "application/xml; charset=utf-8"},  # whatever the feed declares
        )
    except (AssertionError, AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError) as error:
        raise ReadError(
            path, "", f"feed must be one that can be parsed; got {type(error).__name__}: {error}"
        ) from error


def _line(error: SAXException) -> str:
    line = getattr(error, "getLineNumber", lambda: None)()
    return f"line {line}" if line else ""


def _fields(entry: Any, outlet: str | None, path: str, place: str) -> dict[str, Any]:  # noqa: ANN401
    author = entry.get("author")
    named = _NAMED_ADDRESS.fullmatch(author) if isinstance(author, str) else None
    return {
        "id": entry.get("id"),
        "title": _title(entry),
        "text": _text(entry, path, place),
        "source": _title(entry.get("source") or {}) or outlet,
        "author": named["name"] if named else author,
        "url": entry.get("link"),
        "published": _day(entry),
    }


def _title(titled: Any) -> str | None:  # noqa: ANN401
    """Give the title of a feed, an entry or a source as plain text."""
    detail = titled.get("title_detail") or {"value": titled.get("title") or "", "type": "text/plain"}
    is_plain = detail["type"] == "text/plain"
    title: str = detail["value"] if is_plain else html.unescape(_TAG.sub("", detail["value"]))
    return title.strip() or None


def _text(entry: Any, path: str, place: str) -> str | None:  # noqa: ANN401
    """Give the text of the first of an entry's contents and its summary that has one; each is plain text or HTML."""
    failure: ReadError | None = None
    for detail in [*entry.get("content", []), entry.get("summary_detail")]:
        value: str = detail["value"] if detail else ""
        if not value.strip():
            continue
        if detail["type"] == "text/plain":
            return value
        try:
            return parse_page(f"<html><body><article>{value}</article></body></html>", path, place).text.strip()
        except ReadError as error:
            failure = error
    if failure is not None:
        raise failure
    return None


def _day(entry: Any) -> str | None:  # noqa: ANN401
    """Give the day as it is written, not moved to another time zone; None where it is in a form of neither RSS nor Atom."""
    written = (entry.get("published" if "published" in entry else "updated") or "").strip()
    try:
        parts = email.utils.parsedate(written)
        return datetime.date(*parts[:3]).isoformat() if parts else iso_day(written)
    except (ValueError, OverflowError):
        return None
