"""Which articles are copies of one another."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.independence.groups import Groups
from claimtrack.records import Article

__all__ = ["CopyOptions", "Fold", "age", "find_copies", "fold_copies"]

SHINGLE_WORDS = 5
"""Words in a shingle: long enough that two people who write apart on one event seldom hit on the same run."""

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|\n\s*\n")

_ratio = [v.instance_of(float), v.gt(0.0), v.le(1.0)]


@attrs.frozen(kw_only=True)
class CopyOptions:
    """When two articles count as one text.

    Parameters
    ----------
    min_words : int, at least 5, default 40
        An article of fewer words is never folded: two people may well write the same sentence.
    min_containment : float in (0, 1], default 0.5
        Least share of the shorter article's shingles that stand in the longer one, the bound included.
    min_sentence_similarity : float in (0, 1], default 0.8
        Least token sort ratio at which two sentences count as one.
    min_sentence_share : float in (0, 1], default 0.5
        Least share of the shorter article, in words, that stands in sentences which the longer one has too.
    """

    min_words: int = attrs.field(default=40, validator=[v.instance_of(int), v.ge(SHINGLE_WORDS)])
    min_containment: float = attrs.field(default=0.5, validator=_ratio)
    min_sentence_similarity: float = attrs.field(default=0.8, validator=_ratio)
    min_sentence_share: float = attrs.field(default=0.5, validator=_ratio)


@attrs.frozen(kw_only=True)
class Fold:
    """An article that does not count by itself, and why.

    Parameters
    ----------
    article_id : str
        The article that is folded.
    kept_id : str
        The article of its group that counts: the earliest (undated last), ties by id.
    reason : str
        In words, for people: ``"shares 83 % of its word sequences with Daily Post"``.
    """

    article_id: str = attrs.field(validator=v.instance_of(str))
    kept_id: str = attrs.field(validator=v.instance_of(str))
    reason: str = attrs.field(validator=v.instance_of(str))


@attrs.frozen(order=True)
class _Overlap:
    """Two articles that share text; the order is that in which they are joined."""

    uncovered: float  # share of the longer article's shingles that the shorter one lacks
    shorter: int
    longer: int


def age(article: Article) -> tuple[bool, str, str]:
    """Order articles by day of publication, undated ones last, ties by id."""
    return (article.published is None, article.published or "", article.id)


def _words(text: str) -> list[str]:
    """Split into runs of letters and digits, case folded."""
    return _WORD.findall(text.casefold())


def _shingles(text: str, min_words: int) -> frozenset[int]:
    """Hashes of the word 5-grams; none for a text too short to compare."""
    words = _words(text)
    if len(words) < min_words:
        return frozenset()
    runs = (" ".join(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1))
    return frozenset(zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


def _overlaps(shingles: Sequence[frozenset[int]], min_containment: float) -> list[_Overlap]:
    """Find all pairs in which the longer holds enough of the shorter, without looking at pairs that share nothing rare.

    If at least a share c of a set of s shingles stands in another set, at least one of its rarest s - ceil(c * s) + 1
    does (prefix filtering, Chaudhuri et al. 2006). So only those are looked up, and a line that an outlet prints under
    every article costs nothing.
    """
    spread = Counter(shingle for own in shingles for shingle in own)
    holders: dict[int, list[int]] = defaultdict(list)
    found = []
    longest_first = sorted(range(len(shingles)), key=lambda n: (-len(shingles[n]), n))
    for shorter in longest_first:
        own = shingles[shorter]
        needed = min_containment * len(own)
        candidates: set[int] = set()
        rarest = sorted(own, key=lambda shingle: (spread[shingle], shingle))
        for shingle in rarest[: len(own) - math.ceil(needed) + 1]:
            if spread[shingle] > 1:
                candidates.update(holders[shingle])
        for longer in candidates:
            shared = len(own & shingles[longer])
            if shared >= needed:
                found.append(_Overlap(1 - shared / len(shingles[longer]), shorter, longer))
        for shingle in own:
            if spread[shingle] > 1:
                holders[shingle].append(shorter)
    return sorted(found)


def _sentences(text: str) -> list[str]:
    """Cut a text into sentences, roughly, as words between blanks; abbreviations cut copies at the same places."""
    return [words for part in _SENTENCE_END.split(text) if (words := " ".join(_words(part)))]


def _has_sentences_of(longer: str, shorter: str, options: CopyOptions) -> bool:
    """Whether enough of the shorter text stands in sentences that the longer one has too, word for word or nearly."""
    from rapidfuzz import fuzz, process

    choices = _sentences(longer)
    found = total = 0
    for sentence in _sentences(shorter):
        n_words = sentence.count(" ") + 1
        total += n_words
        cutoff = 100 * options.min_sentence_similarity
        if process.extractOne(sentence, choices, scorer=fuzz.token_sort_ratio, score_cutoff=cutoff) is not None:
            found += n_words
    return found >= options.min_sentence_share * total


def _reason(own: frozenset[int], other: frozenset[int], outlet: str) -> str:
    """Say how much text two articles share, from the side of the one that is folded."""
    shared = len(own & other)
    if len(own) <= len(other):
        return f"shares {100 * shared / len(own):.0f} % of its word sequences with {outlet}"
    return f"holds {100 * shared / len(other):.0f} % of the word sequences of {outlet}"


def find_copies(articles: Iterable[Article], *, options: CopyOptions | None = None) -> list[Fold]:
    """Find articles that are copies or light rewrites of one another, and say for each why it is folded.

    Parameters
    ----------
    articles : iterable of Article
    options : CopyOptions or None
        None takes the defaults.

    Returns
    -------
    list of Fold
        One for each article that is not the kept one of its group, by article id; independent of the order of
        `articles`.

    Raises
    ------
    InvalidInputError
        If an article is there twice.

    Notes
    -----
    Two articles are one text if the longer holds at least ``min_containment`` of the shorter one's word 5-grams
    (Broder's containment, on sets of hashed shingles) and its sentences agree. Groups are connected components, with
    one guard. A digest that prints two unrelated stories would join them; so a pair joins freely only where the shared
    text is more than half of the longer article (two unrelated texts cannot both be). The other pairs follow, those
    that cover most of the longer article first, and join their groups only if more than half of the pairs between the
    two groups share enough text.

    The text is taken as read, page residue included. Words are runs of letters and digits, so scripts that put no
    blanks between words are not compared. Rewrites that leave few runs of five words and translations are not seen;
    for agency marks see :func:`claimtrack.independence.agency_of`.

    2,000 articles of 400 words take one second written apart and three in groups of eight copies; within a group the
    time grows with its square.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents.
    Chaudhuri, Ganti, Kaushik (2006), A primitive operator for similarity joins in data cleaning.
    """
    options = options or CopyOptions()
    ordered = sorted(articles, key=age)
    if len({article.id for article in ordered}) < len(ordered):
        twice = Counter(article.id for article in ordered).most_common(1)[0][0]
        raise InvalidInputError(f"articles must have distinct ids; got {twice!r} twice.")
    shingles = [_shingles(article.text, options.min_words) for article in ordered]
    overlaps = _overlaps(shingles, options.min_containment)

    groups = Groups(len(ordered))
    partners: dict[int, list[int]] = defaultdict(list)

    def join(overlap: _Overlap) -> None:
        if not _has_sentences_of(ordered[overlap.longer].text, ordered[overlap.shorter].text, options):
            return
        groups.unite(overlap.shorter, overlap.longer)
        partners[overlap.shorter].append(overlap.longer)
        partners[overlap.longer].append(overlap.shorter)

    for overlap in overlaps:
        if overlap.uncovered < 0.5 and not groups.joined(overlap.shorter, overlap.longer):
            join(overlap)
    sharing = {(overlap.shorter, overlap.longer) for overlap in overlaps}
    for overlap in overlaps:
        if groups.joined(overlap.shorter, overlap.longer):
            continue
        across = [(one, two) for one in groups.members(overlap.shorter) for two in groups.members(overlap.longer)]
        n_sharing = sum((one, two) in sharing or (two, one) in sharing for one, two in across)
        if 2 * n_sharing > len(across):
            join(overlap)

    folds = []
    for n, article in enumerate(ordered):
        kept = groups.root(n)  # the smallest number, so the earliest
        if kept == n:
            continue
        enough = options.min_containment * min(len(shingles[n]), len(shingles[kept]))
        direct = len(shingles[n] & shingles[kept]) >= enough
        via = kept if direct else min(partners[n], key=lambda other: (-len(shingles[n] & shingles[other]), other))
        reason = _reason(shingles[n], shingles[via], ordered[via].outlet)
        if not direct:
            reason += f", of one group with {ordered[kept].outlet}"
        folds.append(Fold(article_id=article.id, kept_id=ordered[kept].id, reason=reason))
    return sorted(folds, key=lambda fold: fold.article_id)


def fold_copies(articles: Iterable[Article], *, options: CopyOptions | None = None) -> dict[str, str]:
    """Map every article to the one that counts for it: itself, or what it is a copy of.

    Parameters
    ----------
    articles : iterable of Article
    options : CopyOptions or None
        None takes the defaults.

    Returns
    -------
    dict of str to str
        Article id -> id of the kept article of its group, see :func:`find_copies`; ascending ids.

    Raises
    ------
    InvalidInputError
        If an article is there twice.
    """
    articles = list(articles)
    kept = {fold.article_id: fold.kept_id for fold in find_copies(articles, options=options)}
    return {article_id: kept.get(article_id, article_id) for article_id in sorted(article.id for article in articles)}
