"""Finds the files to read, and turns their bytes into text."""

from __future__ import annotations

import codecs
import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from claimtrack.errors import ReadError
from claimtrack.reading.failures import ReadFailure

__all__ = ["SUFFIXES", "FoundFile", "check_size", "check_text", "decode", "find_files", "open_file", "shown"]

SUFFIXES = (
    ".atom",
    ".html",
    ".htm",
    ".json",
    ".jsonl",
    ".jsonld",
    ".markdown",
    ".md",
    ".ndjson",
    ".rss",
    ".txt",
    ".xml",
)
_SIGNS = {  # of files whose suffix alone does not say that they are for us
    ".json": re.compile(rb'"(?:[^"]{0,40}[/:#])?Claim(?:Review)?"'),
    ".xml": re.compile(rb"<(?:[\w.-]{1,40}:)?(?:rss|feed|RDF)\b"),
}
_LONGEST_SIGN = 64  # bytes
_GLOB = re.compile(r"[*?\[]")
_HIGHEST_CONTROL_SHARE = 0.05
_CONTROLS = bytes(b for b in range(1, 32) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


@attrs.frozen(kw_only=True)
class FoundFile:
    """A file to read.

    Parameters
    ----------
    path : Path
    shown : str
        The path as the caller will recognise it.
    """

    path: Path
    shown: str

    @property
    def name(self) -> str:
        """The file's own name, printable."""
        return shown(self.path.name)


def shown(path: str) -> str:
    """Make a path a text that can be encoded: bytes of a name that are no UTF-8 are written as escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def find_files(paths: object, max_bytes: int) -> Iterator[FoundFile | ReadFailure]:
    """Find the files that paths name.

    Parameters
    ----------
    paths : str, os.PathLike or iterable of these
        A file is taken whatever it is called, and must then have a known suffix; a folder is walked, by name, and files
        without a known suffix, hidden ones, and ``.json`` and ``.xml`` files without a sign of a claim or a feed are left
        out; a name with ``*``, ``?`` or ``[`` that is no file is a pattern, and what it matches is taken as if it had been
        named.
    max_bytes : int
        How much of a file is searched for such a sign; a longer file is not read anyhow.

    Yields
    ------
    FoundFile or ReadFailure
        In the order of the paths, in a folder by name, a file before it is named a second time only.

    Raises
    ------
    TypeError
        If a path is no str or os.PathLike of str.
    """
    seen: set[tuple[str, str]] = set()
    for path in _as_paths(paths):
        for item in _find(path, max_bytes):
            if isinstance(item, FoundFile):
                key = (os.path.realpath(item.path), item.path.suffix.lower())
                if key in seen:
                    continue
                seen.add(key)
            yield item


def _as_paths(paths: object) -> list[str]:
    if isinstance(paths, str | os.PathLike):
        return [_as_path(paths)]
    if isinstance(paths, bytes) or not isinstance(paths, Iterable):
        raise TypeError(f"paths must be a str, an os.PathLike or an iterable of these; got {type(paths).__name__}.")
    return [_as_path(path) for path in paths]


def _as_path(path: object) -> str:
    name = os.fspath(path) if isinstance(path, str | os.PathLike) else path
    if not isinstance(name, str):
        raise TypeError(f"each path must be a str or an os.PathLike of str; got {type(name).__name__}.")
    return name


def _find(name: str, max_bytes: int) -> Iterator[FoundFile | ReadFailure]:
    if not name or "\x00" in name:
        yield ReadFailure(path=shown(name), place="", rule=f"path must be a name without NUL characters; got {name!r}")
    elif os.path.lexists(name) or not _GLOB.search(name):
        yield from _find_named(name, max_bytes)
    else:
        try:
            matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        except (OSError, re.error, RecursionError) as error:
            yield ReadFailure(path=shown(name), place="", rule=f"pattern must be one that can be matched; got {error}")
            return
        if "**" in name:  # the folders' files are among the matches already
            matches = [match for match in matches if not Path(match).is_dir()]
        if not matches:
            yield ReadFailure(path=shown(name), place="", rule="pattern must match at least one file; got no match")
        for match in matches:
            yield from _find_named(match, max_bytes)


def _find_named(name: str, max_bytes: int) -> Iterator[FoundFile | ReadFailure]:
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield ReadFailure(path=shown(name), place="", rule=_unreadable(error))
        return
    if stat.S_ISDIR(mode):
        yield from _find_in_folder(path, name, max_bytes)
    elif path.suffix.lower() not in SUFFIXES:
        got = repr(path.suffix) if path.suffix else "none"
        yield ReadFailure(path=shown(name), place="", rule=f"suffix must be one of {', '.join(SUFFIXES)}; got {got}")
    else:
        yield FoundFile(path=path, shown=shown(name))


def _find_in_folder(folder: Path, name: str, max_bytes: int) -> Iterator[FoundFile | ReadFailure]:
    root = os.path.realpath(folder)
    n_items = 0
    stack = [folder]
    while stack:
        path = stack.pop()
        label = shown(str(path))
        if path is folder or (path.is_dir() and not path.is_symlink()):
            try:
                entries = sorted(
                    (entry for entry in path.iterdir() if not entry.name.startswith(".")), key=lambda e: e.name
                )
            except OSError as error:
                n_items += 1
                yield ReadFailure(path=label, place="", rule=_unreadable(error))
                continue
            stack.extend(reversed(entries))
        elif path.is_symlink() and not _inside(os.path.realpath(path), root):
            if path.suffix.lower() in SUFFIXES or path.is_dir():
                n_items += 1
                rule = "link in a folder must lead to a file inside that folder; got one that leads out of it"
                yield ReadFailure(path=label, place="", rule=rule)
        elif path.suffix.lower() in SUFFIXES and not path.is_dir():
            found = FoundFile(path=path, shown=label)
            if _is_for_us(found, max_bytes):
                n_items += 1
                yield found
    if not n_items:
        yield ReadFailure(
            path=shown(name),
            place="",
            rule=f"folder must hold at least one file ending in {', '.join(SUFFIXES)}; got none",
        )


def _is_for_us(found: FoundFile, max_bytes: int) -> bool:
    """Look into a file of a folder if its suffix is that of other files too; one that can't be read is named later."""
    sign = _SIGNS.get(found.path.suffix.lower())
    if sign is None:
        return True
    n_bytes, seen = 0, b""
    try:
        for chunk in open_file(found, max_bytes):
            n_bytes += len(chunk)
            seen = seen[-_LONGEST_SIGN:] + chunk.replace(b"\x00", b"")  # UTF-16 too is ASCII but for the NULs
            if sign.search(seen):
                return True
            if n_bytes > max_bytes:
                break
    except ReadError:
        return True
    return False


def _inside(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _unreadable(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "path must name a file or folder that is there; got a missing one"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"path must be readable; got {reason!r}"


def open_file(found: FoundFile, max_bytes: int) -> Iterator[bytes]:
    """Read a regular file in chunks of at most one MiB.

    Opened without waiting and looked at once it is open, so a pipe put in a file's place holds nothing up.

    Raises
    ------
    ReadError
        If it is a pipe, a device or a folder, or can't be read. The size is not checked here, `max_bytes` only keeps a
        chunk from being larger than what is asked for.
    """
    try:
        handle = os.open(found.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        try:
            mode = found.path.stat().st_mode
        except OSError:
            mode = 0
        _check_regular(found, mode)
        raise ReadError(found.shown, "", _unreadable(error)) from error
    with os.fdopen(handle, "rb", buffering=0) as file:
        _check_regular(found, os.fstat(handle).st_mode)
        try:
            while chunk := file.read(min(1 << 20, max_bytes + 1)):
                yield chunk
        except OSError as error:
            raise ReadError(found.shown, "", _unreadable(error)) from error


def _check_regular(found: FoundFile, mode: int) -> None:
    for is_kind, kind in _KINDS:
        if is_kind(mode):
            raise ReadError(found.shown, "", f"path must name a regular file; got {kind}")


def check_size(found: FoundFile, place: str, n_bytes: int, max_bytes: int) -> None:
    """Raise a ReadError for an article of more than `max_bytes` bytes."""
    if n_bytes > max_bytes:
        rule = f"article must have at most {max_bytes:,} bytes; got more (raise max_bytes to read it)"
        raise ReadError(found.shown, place, rule)


def decode(data: bytes, path: str, place: str, *, encoding: str = "utf-8") -> str:
    """Decode the bytes of a text and change nothing: a byte order mark and the line ends stay.

    Raises
    ------
    ReadError
        If there is nothing in it, if it is no text (NUL bytes, or more than 5 % control characters), or if it is not
        valid in the encoding; the place is then the first wrong byte.
    """
    if not data.strip(b" \t\r\n\v\f").removeprefix(codecs.BOM_UTF8).strip():
        raise ReadError(path, place, f"text must hold more than white space; got {len(data)} bytes")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and encoding == "utf-8":
        rule = "text must be UTF-8; got a UTF-16 byte order mark (hint: iconv -f UTF-16 -t UTF-8 converts it)"
        raise ReadError(path, place, rule)
    nul = data.find(b"\x00")
    if nul >= 0 and encoding == "utf-8":
        raise ReadError(path, _place(place, nul), "file must be text; got a NUL byte, as in a binary file")
    n_controls = len(data) - len(data.translate(None, _CONTROLS))
    if n_controls > _HIGHEST_CONTROL_SHARE * len(data):
        rule = f"file must be text; got {n_controls / len(data):.0%} control characters, as in a binary file"
        raise ReadError(path, place, rule)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        hint = "hint: if it is an older Western encoding, iconv -f WINDOWS-1252 -t UTF-8 converts it"
        rule = f"text must be valid {encoding.upper()}; got byte 0x{data[error.start]:02x} ({hint})"
        raise ReadError(path, _place(place, error.start), rule) from error


def _place(place: str, offset: int) -> str:
    return f"{place}, byte {offset}" if place else f"byte {offset}"


def check_text(text: str, path: str, place: str) -> None:
    """Raise a ReadError for a text that can't hold an article: without a letter, or with what no text holds."""
    for k, character in enumerate(text):
        if "\ud800" <= character <= "\udfff":
            rule = f"text must be Unicode without lone surrogates; got U+{ord(character):04X} at character {k}"
            raise ReadError(path, place, rule)
        if character == "\x00":
            raise ReadError(path, place, f"text must hold no NUL character; got one at character {k}")
    if not text.strip().strip("\ufeff").strip():
        raise ReadError(path, place, f"text must hold more than white space; got {len(text)} characters")
    if not any(character.isalpha() for character in text):
        raise ReadError(path, place, "article must hold at least one sentence; got a text without letters")
