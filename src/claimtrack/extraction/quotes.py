"""Who speaks in each quotation of an article, by what stands beside it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.clauses import Clause, Cue, clauses
from claimtrack.extraction.lexicon import QUOTING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.extraction.attribution import Speakers
    from claimtrack.extraction.sentences import ParsedBlock

__all__ = ["Voices", "quote_of", "read_labels", "without_label"]

_LABEL = re.compile(
    r"[\"“]?((?:[A-Z][A-Z'’.-]+)(?: [A-Z][A-Z'’.-]+){0,3}|[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3}): (?=\S)"
)
"""What a transcript puts in front of what somebody says: "SMITH: "."""
_SIGNED = re.compile(
    r"^[\"”]?\s*(?:[―—–]|--?)\s*((?:[A-Z][\w.'’-]*)(?: (?:[A-Z][\w.'’-]*|de|la|van|von|al|bin)){1,5})\s*(?:,.*)?$"
)
"""A name behind a dash that signs the quotation before it."""
_FAR = 45
"""Tokens between a quotation and the verb that reports it: a holder may bring a long apposition."""


def read_labels(blocks: list[ParsedBlock]) -> tuple[list[ParsedBlock], dict[int, str]]:
    """Read a transcript: a block that begins with a label ("SMITH: ") is one quotation from there on.

    There must be at least two different labels, and one of them twice: a single "Note: " labels nobody.

    Returns
    -------
    list of ParsedBlock
        With the quotations of labelled blocks put right.
    dict of int to str
        The label of each labelled block, by its position.
    """
    found = {}
    for block in blocks:
        match = _LABEL.match(block.text)
        if match is not None:
            found[block.position] = (match[1], match.end())
    counts = Counter(name for name, _ in found.values())
    if len(counts) < 2 or max(counts.values()) < 2:
        return blocks, {}
    read = [
        attrs.evolve(b, quotes=((found[b.position][1], len(b.doc.text)),)) if b.position in found else b for b in blocks
    ]
    return read, {position: name for position, (name, _) in found.items()}


def without_label(clause: Clause, block: ParsedBlock) -> Clause:
    """Cut the label of a block off a clause that begins with it."""
    return attrs.evolve(clause, tokens=tuple(t for t in clause.tokens if t.idx >= block.quotes[0][0]))


def quote_of(clause: Clause, block: ParsedBlock) -> int | None:
    """Give the number of the quotation that holds most of a clause, or None."""
    total = sum(len(t) for t in clause.tokens)
    for number, (start, end) in enumerate(block.quotes):
        inside = sum(len(t) for t in clause.tokens if start <= t.idx < end)
        if 2 * inside > total:
            return number
    return None


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubj" and child.tag_ not in {"WP", "WDT"}:
            return child
    return None


class Voices:
    """Who speaks in each quotation of a block; named when the first clause of the quotation is reached.

    Parameters
    ----------
    block : ParsedBlock
    speakers : Speakers
        Names the holders; its `carried` is whose quotation the block before leaves open.
    after : ParsedBlock or None
        The next block: it may sign the quotation.
    label : str or None
        Whom the block is labelled with.
    """

    def __init__(
        self, block: ParsedBlock, speakers: Speakers, after: ParsedBlock | None = None, label: str | None = None
    ) -> None:
        self._block = block
        self._speakers = speakers
        self._after = after
        self._names: dict[int, str | None] = {}
        if label is not None:
            self._names[0] = speakers.complete(label.title() if label.isupper() else label)
        self.cues: list[Cue | None] = [None if label else self._beside(n) for n in range(len(block.quotes))]
        if None in self.cues and label is None:
            self._reported()
        self._carried = speakers.carried

    def of(self, number: int) -> str | None:
        """Name the voice of a quotation, or None where nothing tells it."""
        if number not in self._names:
            cue = self.cues[number]
            name = self._speakers.name(cue, self._block) if cue is not None else None
            self._names[number] = name
            self._names[number] = name or self._signed(number) or self._neighbour(number)
        return self._names[number]

    def close(self) -> None:
        """Leave to the next block whose quotation may go on there."""
        block = self._block
        carried = None
        if block.quotes:
            carried = self.of(len(block.quotes) - 1)
        if carried is None:
            sentence = list(block.doc.sents)[-1] if len(block.doc) else None
            if sentence is not None and self._speakers.spoke_last:
                carried = self._speakers.last
            elif sentence is not None and block.text.rstrip().endswith(":"):
                holder = next((s for t in sentence if t.i not in block.quoted and (s := _subject(t)) is not None), None)
                carried = self._speakers.name(Cue(sentence.root, holder), block) if holder is not None else None
        self._speakers.carried = carried

    # -- where a cue may stand -------------------------------------------------------------------------------------

    def _beside(self, number: int) -> Cue | None:
        """Find the verb that stands right behind or right before a quotation, with its subject."""
        block = self._block
        start, end = block.quotes[number]
        text = block.text
        inside = text[start:end].rstrip()
        if not inside:
            return None
        behind = text[end:].lstrip(" \"'“”»«")
        goes_on = inside[-1] in ",?!-—…" or behind[:1] in {",", "—", "–"} or behind[:1].islower()
        if goes_on and (cue := self._behind(end)) is not None:
            return cue
        return self._before(start)

    def _behind(self, end: int) -> Cue | None:
        doc = self._block.doc
        tokens = [t for t in doc if t.idx >= end][:_FAR]
        first: Token | None = None
        for place, token in enumerate(tokens):
            if token.text in {'"', "''"} and not place:
                continue
            if token.i in self._block.quoted or token.text in {'"', "''", ".", ";", ":"}:
                break
            if (
                token.pos_ not in {"VERB", "AUX"}
                or token.lemma_ not in QUOTING
                or token.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}
            ):
                continue
            if token.dep_ in {"relcl", "acl"} and any(t.tag_ in {"WP", "WDT"} for t in token.children):
                continue
            holder = _subject(token)
            if holder is not None and (holder.i in self._block.quoted or holder.idx < end):
                holder = None
            if holder is None and all(t.is_punct or t.pos_ == "ADV" or t.text == "''" for t in tokens[:place]):
                holder = self._phrase(tokens[place + 1 :])
            elif holder is None and first is None and token.tag_ != "VBN":
                holder = self._phrase([t for t in tokens[:place] if not t.is_punct and t.text != "''"])
            if holder is not None:
                return Cue(token, holder)
            first = first or token
        return None

    def _phrase(self, tokens: list[Token]) -> Token | None:
        """Give the head of the noun phrase that a row of tokens opens with."""
        if not tokens or tokens[0].pos_ not in {"DET", "PROPN", "NOUN", "PRON", "ADJ", "NUM"}:
            return None
        noun = next((t for t in tokens if t.pos_ in {"PROPN", "NOUN", "PRON"}), None)
        while noun is not None and noun.dep_ in {"compound", "poss", "nmod", "amod"} and noun.head in tokens:
            noun = noun.head
        return noun if noun is not None and noun.pos_ in {"PROPN", "NOUN", "PRON"} else None

    def _before(self, start: int) -> Cue | None:
        doc = self._block.doc
        earlier = [t for t in doc if t.idx + len(t) <= start]
        while earlier and earlier[-1].text in {'"', "''"}:
            earlier.pop()
        if not earlier:
            return None
        mark = earlier[-1].text
        if earlier[-1].text not in {":", ","} and earlier[-1].lemma_ not in QUOTING:
            return None
        for token in reversed(earlier[-_FAR:]):
            if token.i in self._block.quoted or (token.text in {".", "?", "!", ";"} and token.i != earlier[-1].i):
                return None
            verbal = token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "VBN", "VBG"}
            if not verbal or (mark != ":" and token.lemma_ not in QUOTING):
                continue
            holder = _subject(token)
            if holder is None and token.dep_ in {"advcl", "conj", "xcomp", "acl"}:
                holder = _subject(token.head) or (token.head if token.dep_ == "acl" and token.tag_ == "VBG" else None)
            if holder is not None and holder.i not in self._block.quoted:
                return Cue(token, holder)
            if mark == ",":
                return None
        return None

    def _reported(self) -> None:
        """Take, for quotations without a verb beside them, the first cue outside that reports a clause inside."""
        block = self._block
        for sentence in block.doc.sents:
            if not any(sentence.start_char <= end and start < sentence.end_char for start, end in block.quotes):
                continue
            for clause in clauses(sentence, block.quoted):
                number = quote_of(clause, block)
                if number is None or self.cues[number] is not None:
                    continue
                start, end = block.quotes[number]
                cue = clause.cue
                while cue is not None and start <= cue.head.idx < end:
                    cue = cue.outer
                self.cues[number] = cue

    # -- where no verb tells it ------------------------------------------------------------------------------------

    def _signed(self, number: int) -> str | None:
        block = self._block
        behind = block.text[block.quotes[number][1] :]
        match = _SIGNED.match(behind)
        if match is None and self._after is not None and len(behind.strip('" ”')) == 0:
            match = _SIGNED.match(self._after.text)
        return " ".join(match[1].split()[:8]).rstrip(".,;") if match is not None else None

    def _neighbour(self, number: int) -> str | None:
        """Take the voice of a neighbour: the quotation before, the one behind, the sentence before, the block before."""
        for other in range(number - 1, -1, -1):
            if (name := self.of(other)) is not None:
                return name
        for other in range(number + 1, len(self.cues)):
            if self.cues[other] is not None:
                return self.of(other)
        start = self._block.quotes[number][0]
        opens = any(sentence.start_char in {start - 1, start} for sentence in self._block.doc.sents)
        if number == 0 and opens and start > 1 and self._speakers.spoke_last:
            return self._speakers.last
        opening = self._block.text[: self._block.quotes[number][0]].strip(' "“„«')
        return self._carried if not opening else None
