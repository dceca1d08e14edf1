"""Headline, day, outlet and byline, as far as the text itself says them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import attrs

from claimtrack.reading.blocks import Block, BlockKind, paragraph_lines
from claimtrack.reading.dates import AGENCIES, dated_line, find_date, opening_dateline
from claimtrack.reading.front_matter import front_matter
from claimtrack.reading.headlines import find_title, repeats_title
from claimtrack.reading.page_lines import is_outlet, words
from claimtrack.reading.residue import text_blocks

__all__ = ["Metadata", "find_metadata"]

_NEAR = 10  # blocks from either end of the text within which a line with a date counts
_LONGEST_NAME = 8  # words


@attrs.frozen(kw_only=True)
class Metadata:
    """What an article says about itself; None where it does not say.

    Parameters
    ----------
    title, source, author, url : str or None
        In the words of the text.
    published : str or None
        ISO date.
    """

    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


def find_metadata(text: str, *, title: str | None = None) -> Metadata:
    """Read the metadata that a plain text carries in lines of their own.

    Parameters
    ----------
    text : str
        The text of an article.
    title : str or None, default None
        The headline, if it is known from elsewhere; it helps to find the other lines.

    Returns
    -------
    Metadata
        A date, outlet or name in running text is never taken: "(Reuters)" in a dateline is a source, "Reuters reported"
        is not; "10 September" without a year is no date.
    """
    fields, end = front_matter(text)
    title = title or fields.get("title") or None
    if title is None:
        title = find_title([line for line in paragraph_lines(text) if line.start >= end])
    blocks = text_blocks(text, title=title)
    edges = _edges(blocks)
    return Metadata(
        title=title,
        source=fields.get("source") or fields.get("publisher") or _source(text, blocks, edges, title),
        author=fields.get("author") or _author(text, edges),
        published=_date_of_field(fields) or _published(text, blocks, edges),
        url=fields.get("url") or fields.get("link") or None,
    )


def _edges(blocks: Sequence[Block]) -> list[Block]:
    """Blocks before the first and after the last block of the report, and what stands near either end of the text."""
    body = [k for k, block in enumerate(blocks) if block.kind is BlockKind.BODY]
    first, last = (body[0], body[-1]) if body else (len(blocks), -1)
    near = min(_NEAR, len(blocks) // 3 + 2)
    return [
        block
        for k, block in enumerate(blocks)
        if block.kind is not BlockKind.BODY and (k < first or k > last or k < near or k >= len(blocks) - near)
    ]


def _date_of_field(fields: dict[str, str]) -> str | None:
    for key in ("date", "published", "pubdate"):
        value = fields.get(key, "")
        try:
            return datetime.datetime.fromisoformat(value).date().isoformat()
        except ValueError:
            found = find_date(value)
            if found is not None and found[0] is not None:
                return found[0]
    return None


def _published(text: str, blocks: Sequence[Block], edges: Sequence[Block]) -> str | None:
    updated: str | None = None
    for block in edges:
        words_of_block = block.span.slice(text)
        if block.kind is BlockKind.DATELINE:
            line = dated_line(words_of_block)
            if line is not None and line.date is not None:
                if not line.updated:
                    return line.date
                updated = updated or line.date
        elif block.kind is BlockKind.CREDIT and len(words_of_block) < 200 and not _COPIED.search(words_of_block):
            found = find_date(words_of_block)
            if found is not None and found[0] is not None:
                return found[0]
    for block in blocks[: 2 * _NEAR]:
        if block.kind is BlockKind.DATELINE:
            opening = opening_dateline(text[block.span.start : block.span.end + 40])
            if opening is not None and opening.date is not None:
                return opening.date
    return updated


_COPIED = re.compile(r"\b(?:first|originally|previously)\b", re.IGNORECASE)
_SOURCE_MARK = re.compile(
    r"(?:^|[|(\[•·;–—-]\s*|[.!?]\s+)(?:original |main )?sources?\s*:\s*(?P<name>[^|()\[\]\n]{2,90})", re.IGNORECASE
)
_REPUBLISHED = (
    re.compile(
        r"\b(?P<how>(?:translated|edited|re-?published|published|produced|reprinted|syndicated|adapted|appeared|posted|provided|ran)"
        r"(?: and (?:edited|translated|published|adapted))?)\b[^.]{0,40}?\b(?:by|in|on|from)\s+(?P<name>(?:[Tt]he )?[A-Z][^.,;:()|\n]{1,70})"
    ),
    re.compile(
        r"^(?P<name>(?:The )?[A-Z][^.,;:()|\n]{1,70}?) (?:was|is|were|are) (?:the |its )?(?P<how>(?:translators?|editors?|publishers?)"
        r"(?: and (?:the )?(?:translators?|editors?|publishers?))?) of\b"
    ),
)
_COPYRIGHT = re.compile(
    r"(?:©|\([Cc]\)|[Cc]opyright)\s*(?:©|\([Cc]\))?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?,?)?\s*(?:by )?(?P<name>(?:The )?[A-Z][^.|,;©\n]{1,50}?)"
    r"(?=\s*(?:[.|,;]|\d{4}|[Aa]ll [Rr]ights|$))"
)
_NAME_END = re.compile(
    r"\s+(?:on|under|with|as|where|which|who|for)\s+|\s+(?:and is|in (?:its|full|Arabic|[A-Z][a-z]+ \d{4}))\b|\s+[-–—|]\s+|\s{2,}"
)


def _source(text: str, blocks: Sequence[Block], edges: Sequence[Block], title: str | None) -> str | None:
    credits = [block.span.slice(text) for block in edges if block.kind is BlockKind.CREDIT]
    for line in credits:
        match = _SOURCE_MARK.search(line)
        if match is not None and (name := _name(match["name"])) is not None:
            return name
    for line in credits:
        for form in _REPUBLISHED:
            match = form.search(line)
            if match is None:
                continue
            name = _name(_NAME_END.split(match["name"])[0])
            if name is not None and ("edit" in match["how"] or name.startswith("The ") or is_outlet(name)):
                return name
    for line in credits:
        if is_outlet(line):
            return line.strip(" .|-–—:()[]")
    for block in edges:
        line = block.span.slice(text)
        if block.kind is BlockKind.HEADLINE and title is not None and repeats_title(line, title) == "site":
            site = re.split(r"\s*[|–—:»›>]\s*|\s+-\s+", line)[-1]
            if is_outlet(site):
                return site
        match = _COPYRIGHT.search(line) if block.kind is BlockKind.RESIDUE and len(line) < 400 else None
        if match is not None and (match["name"].startswith("The ") or is_outlet(match["name"])):
            return match["name"].strip()
    for block in blocks[: 2 * _NEAR]:
        if block.kind is BlockKind.DATELINE:
            opening = opening_dateline(text[block.span.start : block.span.end + 40])
            if opening is not None and opening.agency is not None:
                return opening.agency
    byline = _author(text, edges)
    return byline if byline in AGENCIES else None


def _name(text: str) -> str | None:
    name = text.strip(" \t\xa0.,;:\"'”’“‘-–—*_")
    if not name or "://" in name or not any(c.isalpha() for c in name) or len(words(name)) > _LONGEST_NAME:
        return None
    return name


_BYLINE = re.compile(r"^[(\[]?by[ :]+(?P<name>.{2,160})", re.IGNORECASE)
_REPORTER = re.compile(
    r"(?:^|[|(\[•·;.]\s*)(?:original |additional )?(?P<role>reporting by|reported by|written by|writing by|story by|text by|words by|report by|interview by|"
    r"authors?|by ?line|reporters?|correspondents?|posted by|submitted by|published by)\s*:?\s*(?P<name>[^|;()\[\]\n]{2,160})",
    re.IGNORECASE,
)
_AUTHOR_END = re.compile(
    r"\s*[|;•·]\s*|\s+[-–—]\s+|\.\s+(?=[A-Z][a-z]{3,}\b.*\bby\b)|\s+(?:in|for|at|from|on|special to|of)\s+(?=[A-Z\d])|,?\s*(?:published|updated|posted)\b"
    r"|\s+(?=editing by|additional reporting)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:staff|writer|reporter|correspondent|editor|columnist|bureau|contributor|press|news|times|today|post|agency|journal|"
    r"journalist|special|freelance|analyst|fellow|professor|media|university)\b|\d",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {
        "admin",
        "staff",
        "editor",
        "newsroom",
        "web desk",
        "news desk",
        "agencies",
        "staff writer",
        "staff reporter",
        "our correspondent",
    }
)


def _author(text: str, edges: Sequence[Block]) -> str | None:
    lines = [block.span.slice(text) for block in edges if block.kind is BlockKind.CREDIT]
    for form in (_BYLINE, _REPORTER):
        for line in lines:
            match = form.search(line)
            if match is None:
                continue
            name = _person(match["name"])
            if name is not None:
                return name
    return None


def _person(text: str) -> str | None:
    """Keep the names of a byline: "Jane Doe, Staff Writer" is "Jane Doe"."""
    parts = _AUTHOR_END.split(text)[0].split(",")
    names = [
        parts[0],
        *(part for part in parts[1:] if part.strip() and not _ROLE.search(part) and not part.strip().isupper()),
    ]
    name = ",".join(names).strip(" \t\xa0.,;:\"'”’“‘-–—*_)(")
    if name.casefold() in _NOBODY or not name or not name[0].isalpha() or name[0].islower():
        return None
    found = find_date(name)
    if found is not None:
        name = name[: found[1]].strip(" ,-")
    return name if name and 1 <= len(words(name)) <= 14 else None
