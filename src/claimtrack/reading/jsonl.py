"""Articles from JSON lines: one object for each article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from claimtrack.errors import ReadError
from claimtrack.reading.dates import iso_day
from claimtrack.reading.failures import one_line
from claimtrack.reading.files import check_text, decode

__all__ = ["Row", "check_row", "parse_json", "parse_row", "split_rows"]

_JSON_TYPES = {
    dict: "object",
    list: "array",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


@attrs.frozen(kw_only=True)
class Row:
    """The fields of one row, checked; None where the row has none, null or an empty string.

    Parameters
    ----------
    name : str
        The row's ``id``, or what it goes by without one: "<file name>:<line>".
    text : str
    title, source, author, url : str or None
    published : str or None
        ISO date; of a timestamp the day as it is written, not moved to another time zone.
    wire : str or None
        The news agency, from the row's ``wire`` or else ``agency``; ``"wire"`` where that is true. Other values than a
        string or true say nothing.
    """

    name: str
    text: str
    title: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    wire: str | None = None


def split_rows(chunks: Iterable[bytes], max_bytes: int) -> Iterator[tuple[int, bytes]]:
    """Split a stream of bytes at its line feeds.

    Yields
    ------
    (line number from 1, bytes of the line without its line feed)
        A line of more than `max_bytes` bytes is cut to ``max_bytes + 1``, which is enough to see that it is too long.
    """
    number = 1
    rest = bytearray()
    for chunk in chunks:
        *lines, last = chunk.split(b"\n")
        for line in lines:
            rest += line
            yield number, bytes(rest[: max_bytes + 1])
            rest.clear()
            number += 1
        rest += last
        del rest[max_bytes + 1 :]
    if rest:
        yield number, bytes(rest)


def parse_row(line: bytes, number: int, *, path: str, file_name: str) -> Row:
    """Read one line.

    Fields with other names than those of an article are left alone. A key that stands twice has its last value.

    Raises
    ------
    ReadError
        If the line is no JSON object, ``text`` is missing, or a field is not of its type. Names the line and the field.
    """
    place = f"line {number}"
    row = parse_json(line, path, place, "row must be a JSON object")
    if not isinstance(row, dict):
        raise ReadError(path, place, f"row must be a JSON object; got {_json_type(row)}")
    return check_row(row, path, place, name=f"{file_name}:{number}")


def parse_json(data: bytes, path: str, place: str, rule: str) -> object:
    """Decode and parse JSON.

    Raises
    ------
    ReadError
        If it is none: `rule`, and what there is instead.
    """
    text = decode(data, path, place).removeprefix("\ufeff")
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ReadError(path, place, f"{rule}; got one nested too deep") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise ReadError(path, place, f"{rule}; got invalid JSON ({error.msg} at {where})") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise ReadError(path, place, f"{rule}; got {str(error).splitlines()[0]!r}") from error


def check_row(row: dict[str, Any], path: str, place: str, *, name: str) -> Row:
    """Check the fields of an article that some format gives as strings.

    Parameters
    ----------
    row : dict
        Fields with other names than those of an article are left alone.
    path, place : str
        For the error.
    name : str
        What the article goes by if the row has no ``id``.

    Raises
    ------
    ReadError
        If ``text`` is missing, or a field is not of its type. Names the field.
    """
    content = _string(row, "text", path, place)
    if content is None:
        raise ReadError(path, place, "field 'text' must be a string with words in it; got none")
    check_text(content, path, f"{place}, field 'text'")
    return Row(
        name=_row_id(row, path, place) or name,
        text=content,
        title=_string(row, "title", path, place),
        source=_string(row, "source", path, place),
        author=_string(row, "author", path, place),
        url=_string(row, "url", path, place),
        published=_date(row, path, place),
        wire=_wire(row, path, place),
    )


def _json_type(value: object) -> str:
    return _JSON_TYPES.get(type(value), type(value).__name__)


def _string(row: dict[str, Any], field: str, path: str, place: str) -> str | None:
    value = row.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ReadError(path, place, f"field {field!r} must be a string; got {_json_type(value)}")
    if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise ReadError(path, place, f"field {field!r} must be Unicode without lone surrogates; got one")
    return value if value.strip() else None


def _wire(row: dict[str, Any], path: str, place: str) -> str | None:
    for field in ("wire", "agency"):
        if row.get(field) is True:
            return "wire"
        if isinstance(row.get(field), str) and (name := _string(row, field, path, place)):
            return name
    return None


def _row_id(row: dict[str, Any], path: str, place: str) -> str | None:
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise ReadError(path, place, f"field 'id' must be a string or a whole number; got {_json_type(value)}")
    return _string(row, "id", path, place)


def _date(row: dict[str, Any], path: str, place: str) -> str | None:
    value = _string(row, "published", path, place)
    if value is None:
        return None
    day = iso_day(value.strip())
    if day is None:
        got = one_line(repr(value[:60]))
        raise ReadError(
            path, place, f"field 'published' must be an ISO date or timestamp such as 2018-09-10; got {got}"
        )
    return day
