"""Reads articles from files, and says what could not be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError, ReadError
from claimtrack.reading.failures import ReadFailure
from claimtrack.reading.files import FoundFile, check_size, check_text, decode, find_files, open_file
from claimtrack.reading.html import decode_page, parse_page
from claimtrack.reading.jsonl import parse_row, split_rows
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
    """Read articles from plain text, Markdown, HTML and JSON lines.

    Parameters
    ----------
    paths : str, os.PathLike or iterable of these
        Files (``.txt``, ``.md``, ``.markdown``, ``.html``, ``.htm``, ``.jsonl``, ``.ndjson``), folders, which are read with
        all folders in them, sorted by name, hidden files and other suffixes left out, or patterns such as
        ``"news/*.txt"``.
    max_bytes : int, at least 1, default 10_000_000
        The longest article: a file, or one line of a file of JSON lines.

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

    What is no article in English is a failure: see :func:`~claimtrack.reading.language.foreign_language`.
    """
    if isinstance(max_bytes, bool) or not isinstance(max_bytes, int) or max_bytes < 1:
        raise InvalidInputError(f"max_bytes must be an int >= 1; got {max_bytes!r}.")
    articles: dict[str, Article] = {}
    failures: list[ReadFailure] = []
    for found in find_files(paths):
        for item in [found] if isinstance(found, ReadFailure) else _read_file(found, max_bytes):
            if isinstance(item, ReadFailure):
                failures.append(item)
            else:
                articles.setdefault(item.id, item)
    return Articles(articles=tuple(articles.values()), failures=tuple(failures))


def _read_file(found: FoundFile, max_bytes: int) -> Iterator[Article | ReadFailure]:
    try:
        if found.path.suffix.lower() in (".jsonl", ".ndjson"):
            yield from _read_rows(found, max_bytes)
        else:
            yield _read_one(found, max_bytes)
    except ReadError as error:
        yield _failure(error)


def _failure(error: ReadError) -> ReadFailure:
    return ReadFailure(path=error.path, place=error.place, rule=error.rule)


def _read_rows(found: FoundFile, max_bytes: int) -> Iterator[Article | ReadFailure]:
    n_rows = 0
    for number, line in split_rows(open_file(found, max_bytes), max_bytes):
        if not line.strip() or line.strip() == b"\xef\xbb\xbf":
            continue
        n_rows += 1
        place = f"line {number}"
        try:
            check_size(found, place, len(line), max_bytes)
            row = parse_row(line, number, path=found.shown, file_name=found.name)
            article = _article(
                found, place, row.name, row.text, row.title, row.source, row.author, row.url, row.published
            )
            yield article if row.wire is None else attrs.evolve(article, wire=row.wire)
        except ReadError as error:
            yield _failure(error)
            if n_rows == 1 and b"\x00" in line:  # a binary file has no lines; one failure says so
                return
    if not n_rows:
        raise ReadError(found.shown, "", "file must hold at least one row; got only white space")


def _read_one(found: FoundFile, max_bytes: int) -> Article:
    data = bytearray()
    for chunk in open_file(found, max_bytes):
        data += chunk
        check_size(found, "", len(data), max_bytes)
    if found.path.suffix.lower() not in (".html", ".htm"):
        text = decode(bytes(data), found.shown, "")
        check_text(text, found.shown, "")
        return _article(found, "", found.name, text, None, None, None, None, None)
    page = parse_page(decode_page(bytes(data), found.shown), found.shown)
    check_text(page.text, found.shown, "")
    return _article(found, "", found.name, page.text, page.title, page.source, page.author, page.url, page.published)


def _article(
    found: FoundFile,
    place: str,
    name: str,
    text: str,
    title: str | None,
    source: str | None,
    author: str | None,
    url: str | None,
    published: str | None,
) -> Article:
    reason = foreign_language(text)
    if reason is not None:
        raise ReadError(found.shown, place, f"article must be in English; got {reason}")
    said = find_metadata(text, title=title)
    return Article(
        name=name,
        text=text,
        title=title or said.title,
        source=source or said.source,
        author=author or said.author,
        url=url or said.url,
        published=published or said.published,
    )
