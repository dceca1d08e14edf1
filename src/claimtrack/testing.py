"""Public test doubles: small stand-ins for the models, to test a program that uses claimtrack in milliseconds.

They follow the same protocols as the real parts and rest on rules that can be done by hand, so that a test can say what
must come out. They use nothing but the standard library and numpy. None of them is good enough for real articles.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from claimtrack.embedding.base import Embeddings
from claimtrack.embedding.texts import check_texts
from claimtrack.errors import InvalidInputError
from claimtrack.records import Article, Claim, Provenance, Span
from claimtrack.relations.base import Probabilities

__all__ = ["LetterEmbedder", "SentenceExtractor", "WordRelationModel"]


class LetterEmbedder:
    """Embeds a text by its letter trigrams, without a model.

    Texts that share most of their letters in order are near (one word exchanged in a sentence: some 0.8); texts that
    share little have a cosine around 0, between -0.3 and 0.3 for most pairs with 64 columns. It knows nothing of meaning.

    Parameters
    ----------
    dim : int, at least 1, default 64
        Number of columns.

    Notes
    -----
    Each three neighbouring characters of the text, in lower case, with white space folded and one space before and
    after, are hashed with CRC-32; the hash modulo `dim` names the column, its highest bit whether 1 is added or
    taken away. Rows are then brought to unit length; should everything cancel out, the row is 1 in the first column.
    The same on every machine.

    References
    ----------
    Weinberger et al. (2009), Feature Hashing for Large Scale Multitask Learning.

    Examples
    --------
    >>> embedder = LetterEmbedder()
    >>> one, same, other = embedder.embed(["Rain fell.", "rain  fell.", "Prices rose by half."])
    >>> bool(one @ same > 0.999), bool(one @ other < 0.5)
    (True, True)
    """

    def __init__(self, dim: int = 64) -> None:
        if isinstance(dim, bool) or not isinstance(dim, int) or dim < 1:
            raise InvalidInputError(f"dim must be an int of at least 1; got {dim!r}.")
        self._dim = dim

    @property
    def name(self) -> str:
        """``letter-trigrams`` and the number of columns."""
        return f"letter-trigrams-{self._dim}"

    @property
    def dim(self) -> int:
        """Number of columns of each embedding."""
        return self._dim

    def embed(self, texts: Sequence[str], /) -> Embeddings:
        """Embed texts, see :meth:`claimtrack.embedding.Embedder.embed`; each row depends on its text alone."""
        check_texts(texts)
        vectors = np.zeros((len(texts), self._dim), dtype=np.float64)
        for row, text in enumerate(texts):
            letters = f" {' '.join(text.lower().split())} "
            for start in range(len(letters) - 2):
                code = zlib.crc32(letters[start : start + 3].encode("utf-8", "surrogatepass"))
                vectors[row, code % self._dim] += 1.0 if code < 2**31 else -1.0
            if not vectors[row].any():
                vectors[row, 0] = 1.0
        unit: Embeddings = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return unit


_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NEGATIONS = frozenset({"cannot", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "without"})
_FUNCTION_WORDS = frozenset(
    _WORD.findall(
        "a an and are as at be been being but by did do does for from had has have he her his in is it its of on or our "
        "she shall should than that the their there they this to was we were which who will with would you"
    )
)


class WordRelationModel:
    """Judges a pair of texts by the words they share and by their negation words.

    If at least `min_overlap` of the hypothesis's content words stand in the premise too, the pair is an entailment
    when the two texts together hold an even number of negation words, and a contradiction when it is odd. All other
    pairs are neutral, also those whose hypothesis has no content word.

    Parameters
    ----------
    min_overlap : float in (0, 1], default 0.6
        The bound is included.

    Notes
    -----
    Negation words are not, no, never, none, nothing, nobody, neither, nor, cannot, without and words that end in n't.
    Content words are the others, in lower case, less some sixty function words. The label that the rule gives has
    probability 0.9, the two others 0.05 each.

    Examples
    --------
    >>> model = WordRelationModel()
    >>> model.judge([("The minister will resign.", "The minister will not resign.")]).tolist()
    [[0.05, 0.05, 0.9]]
    """

    def __init__(self, min_overlap: float = 0.6) -> None:
        if not 0.0 < min_overlap <= 1.0:
            raise InvalidInputError(f"min_overlap must be in (0, 1]; got {min_overlap!r}.")
        self._min_overlap = min_overlap

    @property
    def name(self) -> str:
        """``word-overlap`` and its bound."""
        return f"word-overlap-{self._min_overlap}"

    def judge(self, pairs: Sequence[tuple[str, str]], /) -> Probabilities:
        """Judge ordered pairs, see :meth:`claimtrack.relations.RelationModel.judge`."""
        probabilities: Probabilities = np.full((len(pairs), 3), 0.05, dtype=np.float64)
        for row, (premise, hypothesis) in enumerate(pairs):
            probabilities[row, self._column(premise, hypothesis)] = 0.9
        return probabilities

    def _column(self, premise: str, hypothesis: str) -> int:
        """Column of the label: 0 entailment, 1 neutral, 2 contradiction."""
        premise_words, premise_negations = _content_words(premise)
        hypothesis_words, hypothesis_negations = _content_words(hypothesis)
        if not hypothesis_words:
            return 1
        if len(premise_words & hypothesis_words) < self._min_overlap * len(hypothesis_words):
            return 1
        return 2 if (premise_negations + hypothesis_negations) % 2 else 0


def _content_words(text: str) -> tuple[frozenset[str], int]:
    """Content words of a text, and how many negation words it holds."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    negations = [word for word in words if word in _NEGATIONS or word.endswith("n't")]
    return frozenset(words) - frozenset(negations) - _FUNCTION_WORDS, len(negations)


_SENTENCE = re.compile(r"[^.!?\n\r]+[.!?]*")


class SentenceExtractor:
    """Takes each sentence of an article for a claim, word for word.

    A sentence ends after ``.``, ``!``, ``?`` or at the end of a line, also where the full stop belongs to a figure or
    an abbreviation. What holds no letter and no digit is left out. A claim's text is exactly the characters of its
    span, without white space around them; the speaker is None.

    Examples
    --------
    >>> from claimtrack.records import Article
    >>> [[claim.text for claim in claims] for claims in SentenceExtractor().extract([Article(name="a", text="It rains. Why?")])]
    [['It rains.', 'Why?']]
    """

    @property
    def name(self) -> str:
        """Name and version, kept in each claim's provenance."""
        return "sentence-extractor/1"

    def extract(self, articles: Sequence[Article], /) -> list[list[Claim]]:
        """Split each article into claims, see :meth:`claimtrack.extraction.Extractor.extract`."""
        return [[self._claim(article, span) for span in _sentences(article.text)] for article in articles]

    def _claim(self, article: Article, span: Span) -> Claim:
        provenance = Provenance(article_id=article.id, spans=(span,), extractor=self.name, sentence=span)
        return Claim(text=span.slice(article.text), provenance=provenance)


def _sentences(text: str) -> list[Span]:
    spans = []
    for match in _SENTENCE.finditer(text):
        words = match.group()
        if any(character.isalnum() for character in words):
            start = match.start() + len(words) - len(words.lstrip())
            spans.append(Span(start, start + len(words.strip())))
    return spans
