"""Articles from web pages, by trafilatura (Barbaresi 2021)."""

from __future__ import annotations

import codecs
import datetime
import logging
import re

import attrs

from claimtrack.errors import ReadError
from claimtrack.reading.files import decode

__all__ = ["Page", "decode_page", "parse_page"]

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_WEB_NAMES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "utf8": "utf-8",
}
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext", "readability")


@attrs.frozen(kw_only=True)
class Page:
    """What trafilatura found on a page; None where the page does not say.

    Parameters
    ----------
    text : str
        The article's paragraphs, one a line.
    title, source, author, url : str or None
    published : str or None
        ISO date.
    """

    text: str
    title: str | None
    source: str | None
    author: str | None
    url: str | None
    published: str | None


def decode_page(data: bytes, path: str) -> str:
    """Decode a page as its byte order mark or its own declaration says, else as UTF-8.

    The names "iso-8859-1" and "ascii" mean Windows-1252, as in every browser (WHATWG Encoding Standard).

    Raises
    ------
    ReadError
        As :func:`~claimtrack.reading.files.decode`.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, path, "", encoding="utf-16")
    match = None if data.startswith(codecs.BOM_UTF8) else _CHARSET.search(data[:2048])
    name = "utf-8" if match is None else (match[1] or match[2]).decode("ascii", "replace").lower()
    name = _WEB_NAMES.get(name, name)
    try:
        known = codecs.lookup(name)
        is_text = bool(getattr(known, "_is_text_encoding", True)) and known.name not in (
            "utf-16",
            "utf-32",
            "utf-7",
            "idna",
            "punycode",
        )
    except LookupError:
        is_text = False
    return decode(data, path, "", encoding=known.name if is_text else "utf-8")


def parse_page(source: str, path: str, place: str = "") -> Page:
    """Extract the article of a page.

    Parameters
    ----------
    source : str
        The HTML.
    path, place : str
        For the error.

    Raises
    ------
    ReadError
        If trafilatura finds no article in it.
    """
    import trafilatura
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    for name in _LOGGERS:  # a page without text is reported as a failure, not on standard error
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        document = trafilatura.bare_extraction(
            source,
            with_metadata=True,
            include_comments=False,
            # A date that the page states, the first of several; never one guessed from numbers in its text.
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2100-01-01"},
        )
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError, LxmlError) as error:
        raise ReadError(
            path, place, f"HTML must be a page that can be parsed; got {type(error).__name__}: {error}"
        ) from error
    text = None if document is None or isinstance(document, dict) else document.text
    if document is None or isinstance(document, dict) or not text or not text.strip():
        raise ReadError(path, place, "HTML must hold the text of an article; got a page in which none was found")
    return Page(
        text=text,
        title=_field(document.title),
        source=_field(document.sitename),
        author=_field(document.author),
        url=_field(document.url),
        published=_iso(document.date),
    )


def _field(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _iso(value: object) -> str | None:
    try:
        return datetime.date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
