"""Which line is the headline, and which lines only say it again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimtrack.reading.blocks import Line
from claimtrack.reading.dates import opening_dateline
from claimtrack.reading.page_lines import (
    ends_sentence,
    fold,
    has_finite_verb,
    is_outlet,
    line_kind,
    reports_speech,
    words,
)

__all__ = ["find_title", "headline_key", "is_prose", "is_title_case", "repeats_title"]

_HEAD_LINES = 14  # non-blank lines that are looked at for a headline
_LONGEST_TITLE = 220
_SMALL_WORDS_TEXT = """
a an and as at but by for from if in into is it its nor not of off on or out over per so than that the then to up
upon via vs with yet after before about amid against his her their who what when are was be has
"""
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())


def headline_key(text: str) -> str:
    """Reduce a headline to its letters and figures, so that case, apostrophes and hyphens make no difference."""
    return "".join(c for c in text.casefold() if c.isalnum())


def is_title_case(line: str) -> bool:
    """Whether all words of weight have a capital, as in a headline or subhead and hardly in a sentence."""
    all_words = words(line)
    heavy = [
        w for w in all_words if len(w) > 3 and w.casefold() not in _SMALL_WORDS and not w.startswith(("al-", "el-"))
    ]
    if len(heavy) < 2:
        return len(all_words) >= 2 and all(w[0].isupper() or w in _SMALL_WORDS for w in all_words)
    n_low = sum(w[0].islower() for w in heavy)
    return n_low <= len(heavy) // 10 and any(w[0].isupper() for w in all_words[1:])


def is_prose(line: str) -> bool:
    """Whether the line, which is no page furniture, is a sentence or a paragraph of some length and no headline."""
    n_words = len(line.split())
    if n_words >= 40:
        return True
    if ends_sentence(line):
        return n_words >= 8 and not (is_title_case(line) and n_words < 25)
    return n_words >= 22 and has_finite_verb(fold(line)) and not is_title_case(line)


def find_title(lines: Sequence[Line]) -> str | None:
    """Find the headline among the first lines.

    A headline is short, ends no sentence (a question mark is fine), is no page residue, no date and no outlet's name, and
    stands before the first paragraph of prose. One that is said twice there counts for more than one that comes first;
    of two that differ in case only, the one that is written properly is taken.

    Returns
    -------
    str or None
        The line as it is written. None where no line looks like one, and for a text of a single line, which is the
        report itself.
    """
    if len(lines) < 2:
        return None
    candidates: list[str] = []
    prose = False
    for line in lines[:_HEAD_LINES]:
        if line.heading and len(line.text) <= _LONGEST_TITLE and not prose:
            return line.text
        if _may_be_title(line):
            candidates.append(line.text)
        elif line_kind(line.text) is None and is_prose(line.text):
            prose = True
            if len(line.text.split()) >= 30 or len(candidates) >= 2:
                break
        if prose and len(candidates) == 0:
            break
    if not prose and len(lines) > _HEAD_LINES:
        prose = any(
            line_kind(line.text) is None and is_prose(line.text) for line in lines[_HEAD_LINES : 4 * _HEAD_LINES]
        )
    if not candidates or (not prose and not candidates[1:] and not any(ends_sentence(line.text) for line in lines)):
        return None
    groups: dict[str, list[str]] = {}
    for text in candidates:
        groups.setdefault(headline_key(text), []).append(text)
    repeated = [group for group in groups.values() if len(group) > 1]
    if repeated:
        return _best_cased(repeated[0])
    long_enough = [text for text in candidates if len(words(text)) >= 4]
    return (long_enough or candidates)[0]


def _may_be_title(line: Line) -> bool:
    text = line.text
    n_words = len(words(text))
    if not 2 <= n_words <= 34 or len(text) > _LONGEST_TITLE or line.bullet:
        return False
    if (
        text.endswith((":", ";", ","))
        or is_outlet(text)
        or line_kind(text) is not None
        or opening_dateline(text) is not None
    ):
        return False
    if text.rstrip("\"'”’»)").endswith("."):
        return line.gap_before and n_words >= 4 and is_title_case(text) and not reports_speech(fold(text))
    if text.rstrip("\"'”’»)").endswith(("?", "!", "…")):
        return n_words <= 20
    return True


def _best_cased(group: Sequence[str]) -> str:
    proper = [text for text in group if text != text.lower() and text != text.upper()]
    return (proper or list(group))[0]


_SITE_TAIL = re.compile(r"\s*[|\-–—:»›>]+\s*(?P<site>[^|]{2,40})")


def repeats_title(line: str, title: str) -> str | None:
    """Tell whether a line says the headline again.

    Returns
    -------
    "same", "site", "path" or None
        "same": the headline, in whatever case; "site": followed by the name of a site ("... | The Gazette"); "path":
        behind a breadcrumb ("Home News ...").
    """
    key, whole = headline_key(title), headline_key(line)
    if len(key) < 8:
        return "same" if key and key == whole else None
    if key == whole or _nearly_same(line, title):
        return "same"
    if whole.startswith(key):
        tail = _SITE_TAIL.fullmatch(line, _length_of(line, len(key)))
        if tail is not None and len(tail["site"].split()) <= 6 and not reports_speech(fold(tail["site"])):
            return "site"
    if whole.endswith(key):
        before = line[: len(line) - _length_of(line[::-1], len(key))]
        if len(before.split()) <= 10 and not ends_sentence(before.strip()) and not has_finite_verb(fold(before)):
            return "path"
    return None


def _length_of(line: str, n_alphanumeric: int) -> int:
    """Count the characters up to and with the n-th letter or figure (after case folding)."""
    seen = 0
    for k, c in enumerate(line):
        seen += sum(x.isalnum() for x in c.casefold())
        if seen >= n_alphanumeric:
            return k + 1
    return len(line)


def _nearly_same(line: str, title: str) -> bool:
    """Whether two lines share nearly all words: an address form of a headline drops little ones."""
    if line != line.lower() or ends_sentence(line) or len(line) > 2 * _LONGEST_TITLE:
        return False
    one, two = {w.casefold() for w in words(line)}, {w.casefold() for w in words(title.replace("-", " "))}
    one = {part for w in one for part in w.split("-")}
    return len(one) >= 4 and len(one & two) >= 0.85 * max(len(one), len(two - _SMALL_WORDS))
