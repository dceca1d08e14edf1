"""Tells the report's own paragraphs from everything else on the page it was copied from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claimtrack.reading.blocks import Block, BlockKind, Line, paragraph_lines
from claimtrack.reading.dates import opening_dateline
from claimtrack.reading.front_matter import front_matter
from claimtrack.reading.headlines import find_title, headline_key, is_prose, is_title_case, repeats_title
from claimtrack.reading.page_lines import (
    address_to_reader,
    closing_credit,
    ends_sentence,
    fold,
    has_finite_verb,
    is_outlet,
    line_kind,
    opens_list,
    reports_speech,
    words,
)
from claimtrack.records import Span

__all__ = ["text_blocks"]

_SUBHEAD_WORDS = 12  # a subhead has fewer words
_TAIL_WINDOW = 400  # characters at the end of a paragraph in which a glued credit may stand


def text_blocks(text: str, *, title: str | None = None) -> list[Block]:
    """Cut a text into blocks and tell of what kind each is.

    Parameters
    ----------
    text : str
        An article's text as it was read.
    title : str or None, default None
        Its headline, if known; otherwise it is looked for among the first lines.

    Returns
    -------
    list of Block
        Ascending and apart; together they cover every line that is not blank (list marks aside). Empty for a text
        without any character that shows.

    Notes
    -----
    Time is linear in the length of the text. A line's own words decide first (:mod:`~claimtrack.reading.page_lines`),
    then whether it repeats the headline, then where it stands: short lines without a sentence are labels at the edges of
    the page and subheads between paragraphs. In doubt a line is ``BODY``: a false claim candidate can still be judged
    later, a lost sentence can not. A text in which nothing would be ``BODY`` is a report of headlines only, and these
    are then its body.
    """
    lines = paragraph_lines(text)
    _, opened = front_matter(text)
    n_front = sum(line.start < opened for line in lines)
    known = title is not None
    title = title if known else find_title(lines[n_front:])
    kinds = [BlockKind.RESIDUE] * n_front + _kinds(lines[n_front:], title)
    if BlockKind.BODY not in kinds:
        kinds = _headlines_as_body(lines, kinds, title if known else None)
    blocks: list[Block] = []
    for line, kind in zip(lines, kinds, strict=True):
        blocks.extend(_cut(line) if kind is BlockKind.BODY else [_block(line.start, line.end, kind)])
    return blocks


def _kinds(lines: Sequence[Line], title: str | None) -> list[BlockKind]:
    known: dict[str, BlockKind | None] = {}
    own: list[BlockKind | None] = []
    for line in lines:
        if line.text not in known:
            known[line.text] = line_kind(line.text)
        own.append(known[line.text])
    if title is not None:
        key = headline_key(title)
        for k, line in enumerate(lines):
            if len(line.text) <= 2 * len(title) + 120 and (own[k] is None or headline_key(line.text).endswith(key)):
                own[k] = _title_kind(line.text, title) or own[k]
    prose = [k for k, line in enumerate(lines) if own[k] is None and is_prose(line.text)]
    first, last = (prose[0], prose[-1]) if prose else (0, len(lines) - 1)
    repeats = Counter(line.text for line in lines)
    kinds: list[BlockKind] = []
    in_list = False
    for k, line in enumerate(lines):
        kind = own[k]
        if kind is None:
            kind = _kind_by_place(line, before=k < first, after=k > last, in_list=in_list, repeats=repeats[line.text])
        folded = fold(line.text) if len(line.text) < 100 else ""
        if kind is BlockKind.BODY:
            in_list = False
        elif kind is BlockKind.RESIDUE and folded:
            in_list = in_list or opens_list(folded)
        kinds.append(kind)
    return kinds


def _title_kind(line: str, title: str) -> BlockKind | None:
    how = repeats_title(line, title)
    if how is None:
        return None
    return BlockKind.RESIDUE if how == "path" else BlockKind.HEADLINE


def _kind_by_place(line: Line, *, before: bool, after: bool, in_list: bool, repeats: int) -> BlockKind:
    """Tell what a line is that no rule names: prose, a headline, or a label at the edge of the page."""
    text = line.text
    n_words = len(words(text))
    if line.heading:
        return BlockKind.HEADLINE
    if n_words > 40 or len(text) > 400:
        return BlockKind.BODY
    folded = fold(text)
    if text.startswith("**") and text.endswith("**") and not ends_sentence(text.strip("*")):
        return BlockKind.HEADLINE
    if (before or after) and address_to_reader(folded):
        return BlockKind.RESIDUE
    if (before or after) and is_outlet(text) and not ends_sentence(text):
        return BlockKind.CREDIT
    if repeats >= 3 and n_words < _SUBHEAD_WORDS and not ends_sentence(text):
        return BlockKind.RESIDUE
    if ends_sentence(text) and not (text[-1] in "?!" and is_title_case(text) and 4 <= n_words < _SUBHEAD_WORDS):
        return BlockKind.BODY
    return _kind_of_open_line(text, folded, n_words, before=before, after=after, in_list=in_list, bullet=line.bullet)


def _kind_of_open_line(
    text: str, folded: str, n_words: int, *, before: bool, after: bool, in_list: bool, bullet: bool
) -> BlockKind:
    """Tell what a line is that ends no sentence."""
    if reports_speech(folded) and n_words >= 5 and not is_title_case(text):
        return BlockKind.BODY
    if after and (in_list or not has_finite_verb(folded)) and n_words < 15:
        return BlockKind.RESIDUE
    if is_title_case(text):
        return BlockKind.HEADLINE
    if before:
        if n_words <= 3 and not has_finite_verb(folded):
            return BlockKind.RESIDUE
        return BlockKind.HEADLINE if n_words < 15 else BlockKind.BODY
    if bullet or n_words >= _SUBHEAD_WORDS or has_finite_verb(folded) or text[0].islower() or text[0] in "\"“'‘«":
        return BlockKind.BODY
    return BlockKind.HEADLINE


def _headlines_as_body(lines: Sequence[Line], kinds: Sequence[BlockKind], title: str | None) -> list[BlockKind]:
    """Make the headlines the body, each once; with nothing but residue, keep it as it is."""
    seen: set[str] = set()
    changed = list(kinds)
    n_other = sum(
        kind is BlockKind.HEADLINE and headline_key(line.text) != headline_key(title or "")
        for line, kind in zip(lines, kinds, strict=True)
    )
    if (
        len(lines) == 1
        and kinds[0] is BlockKind.RESIDUE
        and len(words(lines[0].text)) >= 4
        and line_kind(lines[0].text) is None
    ):
        return [BlockKind.BODY]
    for k, line in enumerate(lines):
        key = headline_key(line.text)
        if kinds[k] is not BlockKind.HEADLINE or key in seen:
            continue
        if title is not None and n_other and key == headline_key(title):
            continue
        seen.add(key)
        changed[k] = BlockKind.BODY
    return changed


def _cut(line: Line) -> list[Block]:
    """Cut a dateline before, and credits after, off a paragraph."""
    start, end = line.start, line.end
    before: list[Block] = []
    after: list[Block] = []
    opening = opening_dateline(line.text[:200])
    if opening is not None:
        length = len(line.text[: opening.end].rstrip())
        before.append(_block(start, start + length, BlockKind.DATELINE))
        start += opening.end
    while end - start > 20:
        text = line.text[: end - line.start]
        offset = max(start - line.start, len(text) - _TAIL_WINDOW)
        found = closing_credit(text, offset)
        if found is None or found[0] - (start - line.start) < 20:
            break
        glued = text[found[0] :]
        after.append(_block(end - len(glued.lstrip()), end, found[1]))
        end = line.start + len(text[: found[0]].rstrip())
    return [*before, _block(start, end, BlockKind.BODY), *reversed(after)]


def _block(start: int, end: int, kind: BlockKind) -> Block:
    return Block(span=Span(start, end), kind=kind)
