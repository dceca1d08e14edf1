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

__all__ = ["ParsedBlock", "parse", "with_plain_marks"]

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

_MARKS = re.compile("''|[\"“”„«»]")

_SURROGATES = re.compile("[\ud800-\udfff]")
"""What the parser can't encode; a replacement character is put in its place."""

_LEMMAS = {("hopes", "hop"): "hope", ("hoped", "hop"): "hope", ("hoping", "hop"): "hope"}
"""Words of the lexicon that the lemmatizer takes for another one, with its mistake: all of them were tried."""

_ARABIC_ARTICLES = frozenset("al el ul as ash an at ad ar az".split())

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
    def text(self) -> str:
        """The characters that the parser saw; as many as the article has in the block."""
        return str(self.doc.text)

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


def with_plain_marks(text: str) -> str:
    """Write a text as the parser reads it: plain quotation marks and spaces, as many characters as before."""
    return _SURROGATES.sub("\ufffd", text.translate(_SAME_LENGTH))


def quote_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Find what stands between double quotation marks.

    Two single marks in a row count as a double one, and a quotation within a quotation is part of it. A mark that opens
    and is not closed before the end of the block runs to its end: a quote over several paragraphs opens each of them and
    is closed in the last.
    """
    ranges = []
    opened: int | None = None
    nested = 0
    for match in _MARKS.finditer(text):
        mark, place = match[0], match.start()
        if opened is None:
            opens = text[:place][-1:].strip() == "" and text[match.end() : match.end() + 1].strip() != ""
            if mark != "”" or opens:
                opened = match.end()
                nested = 0
        elif mark == "“" and text[place - 1 : place] in {" ", "(", "["} and text[place + 1 : place + 2].strip():
            nested += 1
        elif mark == "”" and nested:
            nested -= 1
        else:
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
        docs = nlp.pipe(map(with_plain_marks, texts), batch_size=32)
        parsed = []
        for position, (doc, span, text) in enumerate(zip(docs, spans, texts, strict=True)):
            for token in doc:
                if (token.lower_, token.lemma_) in _LEMMAS:
                    token.lemma_ = _LEMMAS[token.lower_, token.lemma_]
            _mend_names(doc)
            parsed.append(ParsedBlock(doc, span.start, position, quote_ranges(text)))
        yield parsed


def _mend_names(doc: spacy.tokens.Doc) -> None:
    """Hold together what the parser cuts off a name before its Arabic article: "the men of Hayat Tahrir | al-Sham said"."""
    for i in range(1, len(doc) - 2):
        front, article, hyphen, last = doc[i - 1], doc[i], doc[i + 1], doc[i + 2]
        if (
            article.lower_ not in _ARABIC_ARTICLES
            or hyphen.text != "-"
            or last.pos_ != "PROPN"
            or front.pos_ != "PROPN"
        ):
            continue
        cut_off = front.head not in {article, hyphen, last} and not {article, last} & set(front.head.subtree)
        same_name = front.ent_type_ == last.ent_type_ and last.ent_iob_ != "B" and article.ent_iob_ != "B"
        if cut_off and same_name and last.head.i not in {article.i, hyphen.i} and last.dep_ != "ROOT":
            for token in (article, hyphen, last):
                token.head = front
                token.dep_ = "flat"


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
