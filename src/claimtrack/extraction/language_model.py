"""An optional extractor: a language model proposes claims, and what the article does not bear out is dropped."""

from __future__ import annotations

import json
import os
import re
import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError, ModelError
from claimtrack.extraction.chat_endpoint import ChatEndpoint
from claimtrack.extraction.clauses import Clause
from claimtrack.extraction.dates import calendar_dates
from claimtrack.extraction.entities import entities
from claimtrack.extraction.fields import modality, polarity, quantities
from claimtrack.extraction.grammar import subject_of
from claimtrack.extraction.lexicon import NEGATIVE_WORDS
from claimtrack.extraction.proposals import RESPONSE_FORMAT, folded, messages, read_proposals
from claimtrack.extraction.sentences import ParsedBlock, parse, with_plain_marks
from claimtrack.extraction.spacy_extractor import SpacyExtractor
from claimtrack.extraction.worthiness import check_worthy
from claimtrack.quantities import find_quantities
from claimtrack.reading.failures import one_line
from claimtrack.records import Article, Attribution, Claim, Provenance, Span

if TYPE_CHECKING:
    import spacy.language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

__all__ = ["DroppedClaim", "DroppedClaimsWarning", "LanguageModelExtractor"]

_VERSION = "1"

_SETTINGS: dict[str, object] = {"temperature": 0, "seed": 0, "response_format": RESPONSE_FORMAT}
_LONGEST_TEXT = 1_000
"""Characters of a claim; the parser takes no text of any length."""
_NEGATIONS = NEGATIVE_WORDS | {"not", "n't"}
_AROUND = " .,;:\"'"
_NAMING = frozenset({"NOUN", "PROPN"})
_TELLING = _NAMING | {"VERB", "ADJ"}
_LIGHT_VERBS = frozenset({"be", "do", "have"})


@attrs.frozen(kw_only=True)
class DroppedClaim:
    """A claim that a language model proposed and the article does not bear out.

    Parameters
    ----------
    article_id : str
    text : str
        The claim as proposed.
    rule : str
        The rule that it breaks, the same words for each claim that breaks it.
    got : str
        What breaks it.
    """

    article_id: str = attrs.field(validator=v.instance_of(str))
    text: str = attrs.field(validator=v.instance_of(str))
    rule: str = attrs.field(validator=v.instance_of(str))
    got: str = attrs.field(validator=v.instance_of(str))

    def __str__(self) -> str:
        return one_line(f"{self.text!r}: {self.rule}; got {self.got!r}")


class DroppedClaimsWarning(UserWarning):
    """A language model proposed claims that the article does not bear out; they were dropped."""


class _UnfoundedError(ValueError):
    """A proposed claim breaks a rule; the arguments are the rule and what breaks it."""


class LanguageModelExtractor:
    """Split articles into claims by a language model behind an OpenAI-compatible endpoint.

    Nothing uses it unless you build it. The text of every article is then sent to `url`.

    Parameters
    ----------
    url : str
        What the service calls its base URL, such as ``"http://localhost:8000/v1"``. It must be ``https``, but for the
        machine itself.
    model : str
        The model's name there.
    api_key : str, optional
        Sent as a bearer token.
    api_key_variable : str, optional
        The environment variable that holds the key, in place of `api_key`. No other is looked at.
    timeout_seconds : float, default 300.0
        For one try at one article. Models on a CPU take minutes.
    settings : mapping, optional
        More fields of the request, plain JSON values, such as ``{"max_tokens": 8000}``. They take the place of the default's
        temperature 0, seed 0 and JSON schema as response format; None leaves a field out.
    nlp : spacy.language.Language, optional
        As of :class:`SpacyExtractor`.

    Raises
    ------
    InvalidInputError
        If a value is wrong, or the environment variable is not set.

    Warns
    -----
    DroppedClaimsWarning
        With each article of which claims were dropped, see :attr:`dropped`.

    Notes
    -----
    The model is asked for five things about a claim: the number of its sentence, the sentence's own words that make it, the
    claim as a sentence of its own, who says it, and whether it stands alone. Anything else that an answer holds is ignored. A
    claim is kept only if

    - its words stand in that sentence, one piece after the other, but for white space and the form of quotation marks; where
      they stand there several times, the first place counts;
    - the speaker is named in the article or its title, by a name or a noun;
    - the text is one sentence, and its names, figures, nouns, verbs (in any form; but be, do and have) and adjectives stand in
      the article or its title;
    - the text holds a negation if, and only if, the words do.

    What the article's own words say when they are put together anew is not seen by these rules.

    Sentences, relative dates, and all other fields come from the same rules as those of :class:`SpacyExtractor`: whether a
    claim is quoted from its place, entities and quantities from its words, polarity, modality and check-worthiness from its
    text.

    The same article can get other claims the next time: temperature and seed make that rare with most services and exclude
    it with none. A tracker asks once for each article it keeps.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        api_key: str | None = None,
        api_key_variable: str | None = None,
        timeout_seconds: float = 300.0,
        settings: Mapping[str, object] | None = None,
        nlp: spacy.language.Language | None = None,
    ) -> None:
        if not isinstance(model, str) or not model.strip() or not model.isprintable():
            raise InvalidInputError(f"model must be the name of a model; got {model!r}.")
        if api_key_variable is not None:
            if api_key is not None:
                raise InvalidInputError("api_key must be left out where api_key_variable is given.")
            api_key = os.environ.get(api_key_variable)
            if not api_key:
                raise InvalidInputError(
                    f"api_key_variable must be an environment variable that is set; got {api_key_variable!r}."
                )
        self._endpoint = ChatEndpoint(url, api_key=api_key, timeout_seconds=timeout_seconds)
        self._settings = _checked({**_SETTINGS, **(settings or {})})
        self._model = model
        self._nlp = SpacyExtractor(nlp).pipeline
        self._dropped: list[DroppedClaim] = []

    def __repr__(self) -> str:
        return f"<LanguageModelExtractor: {self._model} at {self._endpoint!r}>"

    @property
    def name(self) -> str:
        """Name and version, kept in each claim's provenance; the address is not."""
        return f"language-model-{_VERSION} {self._model}"

    @property
    def dropped(self) -> tuple[DroppedClaim, ...]:
        """All claims that were dropped since the extractor was built, in the order they were proposed."""
        return tuple(self._dropped)

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        """Split each article into claims, one request for each that has sentences.

        Raises
        ------
        ModelError
            If the service fails with an article, which the message names. An answer that is not of the form asked for is such
            a failure, the whole of it: no claims would mean that the article states nothing.
        """
        return [
            self._claims(article, blocks) for article, blocks in zip(articles, parse(self._nlp, articles), strict=True)
        ]

    def _claims(self, article: Article, blocks: list[ParsedBlock]) -> list[Claim]:
        sentences = [
            (block, sentence)
            for block in blocks
            for sentence in block.doc.sents
            if any(character.isalnum() for character in sentence.text)
        ]
        if not sentences:
            return []
        try:
            asked = messages(article.title, [sentence.text for _, sentence in sentences])
            answer = self._endpoint.ask({"model": self._model, "messages": asked, **self._settings})
            proposals = read_proposals(answer)
        except ModelError as error:
            raise ModelError(f"{one_line(article.name)}: {error}") from error
        reading = _Reading(article, sentences, self.name, self._nlp)
        texts = [folded(proposal["text"])[:_LONGEST_TEXT] for proposal in proposals]
        found: dict[str, Claim] = {}
        n_dropped = 0
        for proposal, doc in zip(proposals, self._nlp.pipe(texts), strict=True):
            try:
                claim = reading.claim(proposal, doc)
            except _UnfoundedError as error:
                rule, got = error.args
                self._dropped.append(DroppedClaim(article_id=article.id, text=proposal["text"], rule=rule, got=got))
                n_dropped += 1
            else:
                found.setdefault(claim.id, claim)
        if n_dropped:
            warnings.warn(
                f"{one_line(article.name)}: {n_dropped} of {len(proposals)} claims were dropped; "
                "LanguageModelExtractor.dropped says why.",
                DroppedClaimsWarning,
                stacklevel=3,
            )
        return sorted(found.values(), key=lambda c: (c.provenance.spans[0].start, c.provenance.spans[-1].end, c.id))


class _Reading:
    """Reads proposed claims of one article against it."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[tuple[ParsedBlock, SpacySpan]],
        extractor: str,
        nlp: spacy.language.Language,
    ) -> None:
        self._article = article
        self._sentences = sentences
        self._extractor = extractor
        self._nlp = nlp
        self._plain = with_plain_marks(f"{article.title or ''}\n{article.text}")
        self._known = frozenset(re.findall(r"\w+", self._plain.casefold()))
        self._lemmas = _LIGHT_VERBS.union(token.lemma_.casefold() for _, sentence in sentences for token in sentence)
        self._figures = _figures(self._plain)

    def claim(self, proposal: Mapping[str, Any], doc: Doc) -> Claim:
        """Make a claim of a proposal and its parsed text, or raise what it breaks."""
        number, text = proposal["sentence"], folded(proposal["text"])
        if not 1 <= number <= len(self._sentences):
            raise _UnfoundedError("sentence must be the number of a sentence", str(number))
        n_sentences = sum(any(token.is_alpha for token in sentence) for sentence in doc.sents)
        if n_sentences != 1 or len(text) > _LONGEST_TEXT:
            raise _UnfoundedError(f"text must be one sentence of at most {_LONGEST_TEXT} characters", text)
        block, sentence = self._sentences[number - 1]
        places = _located(proposal["words"], block, sentence)
        words = [token for start, end in places for token in _tokens(block, start, end)]
        speaker = self._speaker(proposal["speaker"])
        self._check(doc, words)
        spans = tuple(block.span(start, end) for start, end in places)
        said = _clause(next(doc.sents).root, list(doc))
        dates = calendar_dates(said, self._article.published)
        return Claim(
            text="".join(dates.get(token.i, token.text) + token.whitespace_ for token in doc),
            provenance=Provenance(
                article_id=self._article.id,
                spans=spans,
                extractor=self._extractor,
                sentence=_span([token for token in sentence if not token.is_space], block),
            ),
            speaker=speaker,
            attribution=_attribution(words, block, speaker),
            polarity=polarity(said),
            modality=modality(said),
            standalone=proposal["standalone"],
            quantities=quantities(spans, self._article.text),
            entities=entities(_clause(words[0], words), block, self._article.text),
            check_worthy=check_worthy(said),
        )

    def _speaker(self, name: str | None) -> str | None:
        if name is None:
            return None
        speaker = re.sub(r"^(?:the|an?) ", "", folded(name), flags=re.IGNORECASE)
        found = _pattern(speaker, re.IGNORECASE).search(self._plain) if speaker else None
        if found is None or len(speaker.split()) > 8 or not self._is_name(speaker):
            raise _UnfoundedError("speaker must be a name in the article, of at most eight words", name)
        return speaker

    def _is_name(self, speaker: str) -> bool:
        """Tell whether somebody is named by it, and not only pointed to, as by a pronoun."""
        return any(token.pos_ in _NAMING for token in self._nlp(f"{speaker[:_LONGEST_TEXT]} said so."))

    def _check(self, text: Doc, words: Sequence[Token]) -> None:
        """Refuse a text that says with other words than the article's, or the contrary of the words."""
        for token in text:
            parts = re.findall(r"\w+", token.text.casefold())
            capital = token.text[:1].isupper() and (not token.is_sent_start or token.pos_ == "PROPN")
            if (capital or any(map(str.isdigit, token.text))) and not self._known.issuperset(parts):
                raise _UnfoundedError("names and figures of the text must stand in the article", token.text)
            known = token.lemma_.casefold() in self._lemmas or self._known.issuperset(parts)
            if token.pos_ in _TELLING and not known:
                raise _UnfoundedError("nouns, verbs and adjectives of the text must stand in the article", token.text)
        if not _figures(text.text) <= self._figures:
            raise _UnfoundedError("names and figures of the text must stand in the article", text.text)
        if _negates(text) != _negates(words):
            raise _UnfoundedError("the text must negate what the words negate", " ".join(t.text for t in words))


def _checked(settings: Mapping[str, object]) -> dict[str, object]:
    """Leave out what is None; refuse what the extractor itself decides, and what is no JSON."""
    kept = {name: value for name, value in settings.items() if value is not None}
    own = sorted({"messages", "model", "n", "stream"} & set(kept))
    if own:
        raise InvalidInputError(f"settings must not hold {', '.join(own)}: the extractor sets them itself.")
    try:
        json.dumps(kept, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InvalidInputError(f"settings must be plain JSON values; {error}.") from None
    return kept


def _pattern(words: str, flags: int = 0) -> re.Pattern[str]:
    """Match words wherever they stand whole, over any white space."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", flags)


def _located(pieces: Sequence[str], block: ParsedBlock, sentence: SpacySpan) -> list[tuple[int, int]]:
    """Find pieces one after the other in their sentence, as ranges of the block."""
    places: list[tuple[int, int]] = []
    start = sentence.start_char
    for piece in pieces:
        words = folded(piece).strip(_AROUND)
        found = _pattern(words).search(block.text, start, sentence.end_char)
        if found is None or not any(map(str.isalnum, words)):
            raise _UnfoundedError("words must stand in their sentence", piece)
        places.append(found.span())
        start = found.end()
    if not places:
        raise _UnfoundedError("words must stand in their sentence", "")
    return places


def _tokens(block: ParsedBlock, start: int, end: int) -> list[Token]:
    tokens = block.doc.char_span(start, end, alignment_mode="expand")
    return [token for token in tokens or () if not token.is_space]


def _span(tokens: Sequence[Token], block: ParsedBlock) -> Span:
    return block.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))


def _clause(head: Token, tokens: Sequence[Token]) -> Clause:
    return Clause(head, tuple(tokens), cue=None, subject=subject_of(head))


def _attribution(words: Sequence[Token], block: ParsedBlock, speaker: str | None) -> Attribution:
    if all(token.i in block.quoted for token in words):
        return Attribution.QUOTED
    return Attribution.OWN if speaker is None else Attribution.REPORTED


def _negates(tokens: Sequence[Token] | Doc) -> bool:
    return any(token.lower_ in _NEGATIONS for token in tokens)


def _figures(text: str) -> frozenset[tuple[float | None, float | None, float | None]]:
    return frozenset((q.value, q.low, q.high) for q in find_quantities(text))
