"""Reads articles from files, and says what could not be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError, ReadError
from claimtrack.reading.claim_review import claim_rows
from claimtrack.reading.failures import ReadFailure
from claimtrack.reading.feeds import feed_rows
from claimtrack.reading.files import FoundFile, check_size, check_text, decode, find_files, open_file
from claimtrack.reading.html import decode_page, parse_page
from claimtrack.reading.jsonl import Row, parse_row, split_rows
from claimtrack.reading.language import foreign_language
from claimtrack.reading.metadata import find_metadata
from claimtrack.records import Article

__all__ = ["Articles", "read"]


@attrs.frozen(kw_only=True, repr=False)
class Articles(Sequence[Article]):
    """Articles in the order in which they were found, and what could not be read.

    Parameters
    ----------
    articles : tuple of Article
        No two with one id.
    failures : tuple of ReadFailure
        What was left out, in the order in which it was found.
    """

    articles: tuple[Article, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(Article), v.instance_of(tuple))
    )
    failures: tuple[ReadFailure, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(ReadFailure), v.instance_of(tuple))
    )

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Article, ...]: ...
    def __getitem__(self, index: int | slice) -> Article | tuple[Article, ...]:
        return self.articles[index]

    def __len__(self) -> int:
        return len(self.articles)

    def __repr__(self) -> str:
        return f"<Articles: {len(self.articles)} read, {len(self.failures)} failed>"


def read(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, max_bytes: int = 10_000_000) -> Articles:
    """Read articles from plain text, Markdown, HTML, JSON lines, feeds and ClaimReview files.

    Parameters
    ----------
    paths : str, os.PathLike or iterable of these
        Files (``.txt``, ``.md``, ``.markdown``, ``.html``, ``.htm``, ``.jsonl``, ``.ndjson``; feeds: ``.rss``, ``.atom``,
        ``.xml``; ClaimReview of schema.org: ``.jsonld``, ``.json``), folders, which are read with all folders in them,
        sorted by name, or patterns such as ``"news/*.txt"``. In a folder hidden files and other suffixes are left out, and
        ``.xml`` and ``.json`` files in which no feed begins and no claim is named.
    max_bytes : int, at least 1, default 10_000_000
        The longest file; in a file of JSON lines the longest line.

    Returns
    -------
    Articles
        In the order of the paths, in a folder by name, in a file by line. An article that is found twice (the same id)
        is there once, as it was found first. Whatever could not be read is in ``failures``, one for each item, and never
        stops the rest.

    Raises
    ------
    TypeError
        If a path is no str or os.PathLike of str.
    InvalidInputError
        If `max_bytes` is no int of at least 1.

    Notes
    -----
    The text of an article is what stands in the file, unchanged: byte order mark and line ends stay. For HTML it is
    what trafilatura extracts, one paragraph a line. Title, day, outlet and byline that a file does not state as fields
    are taken from the text where it says them in a line of their own; an article without a date stays undated.

    Of a feed each entry is an article, of a ClaimReview file each claim: see :func:`~claimtrack.reading.feeds.feed_rows` and
    :func:`~claimtrack.reading.claim_review.claim_rows`. Nothing is ever fetched.

    What is no article in English is a failure: see :func:`~claimtrack.reading.language.foreign_language`.
    """
    if isinstance(max_bytes, bool) or not isinstance(max_bytes, int) or max_bytes < 1:
        raise InvalidInputError(f"max_bytes must be an int >= 1; got {max_bytes!r}.")
    articles: dict[str, Article] = {}
    failures: list[ReadFailure] = []
    for found in find_files(paths, max_bytes):
        for item in [found] if isinstance(found, ReadFailure) else _read_file(found, max_bytes):
            if isinstance(item, ReadFailure):
                failures.append(item)
            else:
                articles.setdefault(item.id, item)
    return Articles(articles=tuple(articles.values()), failures=tuple(failures))


def _read_file(found: FoundFile, max_bytes: int) -> Iterator[Article | ReadFailure]:
    try:
        for item in _rows(found, max_bytes):
            yield item if isinstance(item, ReadFailure) else _article(found, *item)
    except ReadError as error:
        yield ReadFailure.of(error)


def _rows(found: FoundFile, max_bytes: int) -> Iterator[tuple[str, Row] | ReadFailure]:
    """Give what a file holds, each with its place in the file.

    Raises
    ------
    ReadError
        If there is nothing more to be read from it.
    """
    suffix = found.path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        yield from _jsonl_rows(found, max_bytes)
        return
    data = bytearray()
    for chunk in open_file(found, max_bytes):
        data += chunk
        check_size(found, "", len(data), max_bytes)
    match suffix:
        case ".json" | ".jsonld":
            yield from claim_rows(bytes(data), found.shown, found.name)
        case ".atom" | ".rss" | ".xml":
            yield from feed_rows(bytes(data), found.shown, found.name)
        case ".html" | ".htm":
            page = parse_page(decode_page(bytes(data), found.shown), found.shown)
            check_text(page.text, found.shown, "")
            yield "", Row(name=found.name, **attrs.asdict(page))
        case _:
            text = decode(bytes(data), found.shown, "")
            check_text(text, found.shown, "")
            yield "", Row(name=found.name, text=text)


def _jsonl_rows(found: FoundFile, max_bytes: int) -> Iterator[tuple[str, Row] | ReadFailure]:
    n_rows = 0
    for number, line in split_rows(open_file(found, max_bytes), max_bytes):
        if not line.strip() or line.strip() == b"\xef\xbb\xbf":
            continue
        n_rows += 1
        place = f"line {number}"
        try:
            check_size(found, place, len(line), max_bytes)
            yield place, parse_row(line, number, path=found.shown, file_name=found.name)
        except ReadError as error:
            yield ReadFailure.of(error)
            if n_rows == 1 and b"\x00" in line:  # a binary file has no lines; one failure says so
                return
    if not n_rows:
        raise ReadError(found.shown, "", "file must hold at least one row; got only white space")


def _article(found: FoundFile, place: str, row: Row) -> Article | ReadFailure:
    reason = foreign_language(row.text)
    if reason is not None:
        return ReadFailure(path=found.shown, place=place, rule=f"article must be in English; got {reason}")
    said = find_metadata(row.text, title=row.title)
    return Article(
        name=row.name,
        text=row.text,
        title=row.title or said.title,
        source=row.source or said.source,
        author=row.author or said.author,
        url=row.url or said.url,
        published=row.published or said.published,
        wire=row.wire,
    )
