"""Sentences of the running text, parsed, with their offsets in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from claimtrack.reading import Block, BlockKind, text_blocks
from claimtrack.records import Article, Span

if TYPE_CHECKING:
    import spacy.language
    import spacy.tokens

__all__ = ["ParsedBlock", "parse"]

_SAME_LENGTH = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\n": " ",
        "\r": " ",
        "\t": " ",
    }
)
"""Typographic marks that mislead the parser, each with one character in its place: offsets stay."""

_SURROGATES = re.compile("[\ud800-\udfff]")
"""What the parser can't encode; a replacement character is put in its place."""

_LEMMAS = {("hopes", "hop"): "hope", ("hoped", "hop"): "hope", ("hoping", "hop"): "hope"}
"""Words of the lexicon that the lemmatizer takes for another one, with its mistake: all of them were tried."""

_LONGEST_PIECE = 5_000
"""Characters that are parsed at once: the rules' time grows with its square, and spaCy takes no more than a million."""


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

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Indices of the tokens between quotation marks."""
        found = set()
        ranges = iter(self.quotes)
        start, end = next(ranges, (0, 0))
        for token in self.doc:
            while end <= token.idx and (start, end) != (0, 0):
                start, end = next(ranges, (0, 0))
            if start <= token.idx < end:
                found.add(token.i)
        return frozenset(found)

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
        One list for each article, in order; page residue, headlines and captions are left out. A block of more than 5,000
        characters comes in pieces.
    """
    for article in articles:
        blocks: list[Block] = [b for b in text_blocks(article.text, title=article.title) if b.kind is BlockKind.BODY]
        spans = [piece for block in blocks for piece in _pieces(block.span, article.text)]
        texts = [span.slice(article.text) for span in spans]
        docs = nlp.pipe((_SURROGATES.sub("\ufffd", text.translate(_SAME_LENGTH)) for text in texts), batch_size=32)
        parsed = []
        for position, (doc, span, text) in enumerate(zip(docs, spans, texts, strict=True)):
            for token in doc:
                if (token.lower_, token.lemma_) in _LEMMAS:
                    token.lemma_ = _LEMMAS[token.lower_, token.lemma_]
            parsed.append(ParsedBlock(doc, span.start, position, quote_ranges(text)))
        yield parsed


def _pieces(span: Span, text: str) -> Iterator[Span]:
    """Cut a block that is too long for the parser, after a sentence if one ends there, else after a word."""
    start = span.start
    while span.end - start > _LONGEST_PIECE:
        window = text[start : start + _LONGEST_PIECE]
        ends = [m.end() for m in re.finditer(r"[.!?][\"'”’)\]]*\s", window)] or [
            m.end() for m in re.finditer(r"\s", window)
        ]
        cut = start + (ends[-1] if ends else _LONGEST_PIECE)
        yield Span(start, cut)
        start = cut
    if start < span.end:
        yield Span(start, span.end)
