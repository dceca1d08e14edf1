"""What a page is cut into: lines first, then blocks of one kind each."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from itertools import pairwise

import attrs
from attrs import validators as v

from claimtrack.records import Span

__all__ = ["Block", "BlockKind", "Line", "paragraph_lines"]


class BlockKind(enum.Enum):
    """What a block of an article's text is; claims are made from ``BODY`` alone."""

    BODY = "body"
    HEADLINE = "headline"
    DATELINE = "dateline"
    CREDIT = "credit"
    CAPTION = "caption"
    RESIDUE = "residue"


@attrs.frozen(kw_only=True)
class Block:
    """A stretch of an article's text that is all of one kind.

    Parameters
    ----------
    span : Span
        Its characters, without white space around them: a line, a paragraph of several hard-wrapped lines, or the part
        of a line that is left when a dateline before it or a credit after it is cut off.
    kind : BlockKind
    """

    span: Span = attrs.field(validator=v.instance_of(Span))
    kind: BlockKind = attrs.field(validator=v.instance_of(BlockKind))


@attrs.frozen(kw_only=True)
class Line:
    """One line, or several hard-wrapped lines that are one paragraph.

    Parameters
    ----------
    start, end : int
        Half-open range of code points, without the white space, invisible characters and list mark around the line.
    text : str
        The characters of that range.
    bullet : bool
        True where a list mark ("•", "- ", "> ") stood before it.
    heading : bool
        True where it was marked as a heading ("## ").
    gap_before : bool
        True where a blank line, or nothing, stands before it.
    """

    start: int
    end: int
    text: str
    bullet: bool = False
    heading: bool = False
    gap_before: bool = True


_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_INVISIBLE = " \t\x1f\xa0\xad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\u3000\ufeff"
_MARK = re.compile(r"(?P<heading>#{1,6}[ \t]+)|(?:[•‣▪●◦■►»>][ \t\xa0]*|[-*–][ \t\xa0]+)+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")
_WRAP_WIDTHS = range(50, 101)  # what people and mail programs wrap at, the shortest filled line to the longest


def paragraph_lines(text: str) -> list[Line]:
    """Split a text into lines that are not blank, and join hard-wrapped lines to paragraphs.

    Lines are joined where they stand together without a blank line, none of them is longer than 100 characters, each
    is so full that the next line's first word had no room left, and some line runs on in the next: that is what hard
    wrapping leaves behind, and a list of headlines does not.

    Returns
    -------
    list of Line
        In the order of the text.
    """
    lines: list[Line] = []
    run: list[Line] = []
    for line in _single_lines(text):
        if line.gap_before and run:
            lines.extend(_joined(run, text))
            run = []
        run.append(line)
    if run:
        lines.extend(_joined(run, text))
    return lines


def _single_lines(text: str) -> Iterator[Line]:
    last_end = 0
    first = True
    for match in _LINE.finditer(text):
        start, end = _stripped(text, match.start(), match.end())
        if start == end:
            continue
        gap = text[last_end:start]
        blank = first or gap.count("\n") > 1 or (gap.count("\n") == 0 and len(gap.splitlines()) > 1)
        mark = _MARK.match(text, start, end)
        if mark is not None and mark.end() < end:
            start = mark.end()
        yield Line(
            start=start,
            end=end,
            text=text[start:end],
            bullet=mark is not None and mark["heading"] is None,
            heading=mark is not None and mark["heading"] is not None,
            gap_before=blank,
        )
        last_end = end
        first = False


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _INVISIBLE:
        start += 1
    while end > start and text[end - 1] in _INVISIBLE:
        end -= 1
    return start, end


def _joined(run: list[Line], text: str) -> list[Line]:
    """Join the lines of one run that were one paragraph before it was wrapped."""
    width = max(len(line.text) for line in run)
    if len(run) < 2 or width not in _WRAP_WIDTHS:
        return run
    open_ends = [k for k in range(len(run) - 1) if not _SENTENCE_END.search(run[k].text)]
    running_on = [k for k in open_ends if run[k + 1].text[0].islower() or run[k].text.endswith(",")]
    if not running_on or 3 * len(running_on) < len(open_ends):
        return run
    paragraphs: list[list[Line]] = [[run[0]]]
    for last, line in pairwise(run):
        full = len(last.text) + 1 + len(line.text.split(maxsplit=1)[0]) > width - 2
        if full and len(last.text) in _WRAP_WIDTHS and not (line.bullet or line.heading or last.heading):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [
        attrs.evolve(part[0], end=part[-1].end, text=text[part[0].start : part[-1].end]) if len(part) > 1 else part[0]
        for part in paragraphs
    ]
