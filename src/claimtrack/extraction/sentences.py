"""Sentences of the running text, parsed, with their offsets in the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from claimtrack.reading import Block, BlockKind, text_blocks
from claimtrack.records import Article, Span

if TYPE_CHECKING:
    import spacy.language
    import spacy.tokens

__all__ = ["ParsedBlock", "parse"]

_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\n": " ", "\r": " ", "\t": " "})
"""Typographic marks that mislead the parser, each with one character in its place: offsets stay."""


@attrs.frozen(eq=False)
class ParsedBlock:
    """A block of running text with its parse.

    Parameters
    ----------
    doc : spacy.tokens.Doc
        Token offsets count from the block's start.
    start : int
        Offset of the block in the article.
    position : int
        Number of the block among those of running text.
    quotes : tuple of (int, int)
        Ranges between quotation marks, in offsets of the block, marks left out.
    """

    doc: spacy.tokens.Doc
    start: int
    position: int
    quotes: tuple[tuple[int, int], ...]

    @property
    def quoted(self) -> frozenset[int]:
        """Indices of the tokens between quotation marks."""
        return frozenset(t.i for t in self.doc for start, end in self.quotes if start <= t.idx < end)

    def span(self, start: int, end: int) -> Span:
        """Turn offsets of the block into a span of the article."""
        return Span(self.start + start, self.start + end)


def quote_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Find what stands between double quotation marks.

    A mark that opens and is not closed before the end of the block runs to its end: a quote over several paragraphs
    opens each of them and is closed in the last.
    """
    ranges = []
    opened: int | None = None
    for place, char in enumerate(text):
        if char not in '"“”„«»':
            continue
        if opened is None and char != "”":
            opened = place + 1
        elif opened is not None:
            if place > opened:
                ranges.append((opened, place))
            opened = None
    if opened is not None and opened < len(text):
        ranges.append((opened, len(text)))
    return tuple(ranges)


def parse(nlp: spacy.language.Language, articles: Sequence[Article]) -> Iterator[list[ParsedBlock]]:
    """Parse the running text of each article, block by block.

    Parameters
    ----------
    nlp : spacy.language.Language
    articles : sequence of Article

    Yields
    ------
    list of ParsedBlock
        One list for each article, in order; page residue, headlines and captions are left out.
    """
    for article in articles:
        blocks: list[Block] = [b for b in text_blocks(article.text, title=article.title) if b.kind is BlockKind.BODY]
        texts = [block.span.slice(article.text) for block in blocks]
        docs = nlp.pipe((text.translate(_SAME_LENGTH) for text in texts), batch_size=32)
        yield [
            ParsedBlock(doc, block.span.start, position, quote_ranges(text))
            for position, (doc, block, text) in enumerate(zip(docs, blocks, texts, strict=True))
        ]
