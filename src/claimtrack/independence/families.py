"""Which outlets belong to one publisher, from a small table."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from claimtrack.errors import InvalidInputError, ReadError

__all__ = ["family_of", "family_of_address", "read_families"]

SHIPPED = "publisher_families.tsv"


def read_families(path: str | os.PathLike[str] | None = None) -> dict[str, str]:
    """Read the table of publisher families that comes with the package, and a table of one's own on top.

    Parameters
    ----------
    path : str, os.PathLike or None, default None
        A UTF-8 file with one outlet a line: family, tab, name or domain of the outlet. Empty lines and lines that begin
        with ``#`` are left out. An outlet that the package has too goes to the family that this file says.

    Returns
    -------
    dict of str to str
        Outlet, as :func:`family_of` looks it up -> family.

    Raises
    ------
    InvalidInputError
        If `path` is no path.
    ReadError
        If the file can't be read, or a line is malformed: names the file, the line and the rule.
    """
    text = resources.files("claimtrack.models").joinpath(SHIPPED).read_text(encoding="utf-8")
    families = _parse(text, SHIPPED)
    if path is None:
        return families
    if not isinstance(path, str | os.PathLike):
        raise InvalidInputError(f"path must be a str, os.PathLike or None; got {path!r}.")
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(os.fspath(path), "", f"file must be readable as UTF-8 text; got {error}") from error
    return families | _parse(text, os.fspath(path))


def family_of(outlet: str, families: Mapping[str, str]) -> str | None:
    """Give the publisher family of an outlet.

    Parameters
    ----------
    outlet : str
        Name or domain; compared in lower case, without "the" and "www." at its start.
    families : mapping of str to str
        From :func:`read_families`.

    Returns
    -------
    str or None

    Examples
    --------
    >>> family_of("The Daily Mirror", read_families())
    'Reach'
    """
    return families.get(_key(outlet))


def family_of_address(url: str, families: Mapping[str, str]) -> str | None:
    """Give the publisher family of the domain of an address, or of the domain that it is a part of.

    Parameters
    ----------
    url : str
        Any text; one without a host has no family.
    families : mapping of str to str
        From :func:`read_families`.

    Returns
    -------
    str or None
    """
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return None
    labels = host.rstrip(".").split(".")
    for n in range(len(labels) - 1):
        family = families.get(".".join(labels[n:]))
        if family is not None:
            return family
    return None


def _key(outlet: str) -> str:
    return " ".join(outlet.casefold().split()).removeprefix("the ").removeprefix("www.")


def _parse(text: str, path: str) -> dict[str, str]:
    families: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        if len(cells) != 2 or not all(cells):
            raise ReadError(path, f"line {number}", f"line must be a family, a tab and an outlet; got {line.strip()!r}")
        family, outlet = cells
        key = _key(outlet)
        if not key:
            raise ReadError(path, f"line {number}", f"outlet must be a name or a domain; got {outlet!r}")
        if families.setdefault(key, family) != family:
            rule = f"outlet must be of one family; got {outlet!r} in {family!r} and {families[key]!r}"
            raise ReadError(path, f"line {number}", rule)
    return families
