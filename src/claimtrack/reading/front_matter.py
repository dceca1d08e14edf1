"""The block of "key: value" lines between two rules that Markdown files may open with."""

from __future__ import annotations

import re

__all__ = ["front_matter"]

_BLOCK = re.compile(r"\A\ufeff?---[ \t]*\r?\n((?:[^\r\n]*\r?\n){0,80}?)---[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"([A-Za-z_][\w -]{0,30}):[ \t]*(.*?)[ \t]*\Z")
_LONGEST = 20_000  # characters in which the closing rule must stand


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Read the front matter of a Markdown text.

    Only plain ``key: value`` lines are read, not YAML in full.

    Returns
    -------
    (dict of str to str, int)
        Keys in lower case, values without quotes around them; and the code point after the closing rule. ``({}, 0)``
        for a text without front matter.
    """
    match = _BLOCK.match(text[:_LONGEST])
    if match is None:
        return {}, 0
    fields: dict[str, str] = {}
    for line in match[1].splitlines():
        field = _FIELD.match(line)
        if field is not None:
            fields.setdefault(field[1].strip().casefold(), field[2].strip("\"'"))
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return {}, 0
    return fields, (match.end() if fields else 0)
