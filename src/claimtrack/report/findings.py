"""What a report says, before it is laid out: order, sides, statements, conflicts, and the words for them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias
from urllib.parse import quote, urlsplit

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.names import NameTable
from claimtrack.records import Action, Article, Claim, Cluster, Correction, Kind, Label, Relation, Ruling, Side, wording
from claimtrack.records.wording import counted, side_letters
from claimtrack.visible import one_line, visible

__all__ = [
    "HOW_TO_READ",
    "KIND_MEANINGS",
    "SIGNAL_MEANING",
    "TITLE",
    "Conflict",
    "Findings",
    "Position",
    "Segment",
    "Statement",
    "counted",
    "side_letters",
    "web_address",
]

Segment: TypeAlias = tuple[str, bool]
"""A piece of a sentence, and whether it is of the claim's own words."""

TITLE = "What the sources say, and where they differ"

HOW_TO_READ = (
    "claimtrack says where sources differ. It never says who is right.",
    "A cluster is one proposition under discussion. Claims that state the same stand on one side (A, B, ...). Marked in "
    "each sentence are the claim's own words; the rest is there to read them in their place. A speaker goes under the full "
    "name that these articles give, if they do; the sentence has the name that its article uses.",
    "A contradiction is a judgement of a statistical model, and so is its probability, unless it is said that a rule (of "
    "figures, times or plain negation) found it or that a person decided. The model was calibrated on data in which contradictions are as "
    "frequent as agreements. In news they are much rarer, so expect more false alarms than the figure suggests, and read "
    "the sentences.",
    "Independent outlets are counted after copies of one text, stories of one news agency, the same words of one speaker "
    "and outlets of one publisher are put together; which, and why, stands below the count. Claims in the same words on one "
    "side are shown once, with every outlet that printed them.",
    "A date is the article's date of publication as the article gives it. An article without one is undated; it may be "
    "older than all others.",
)
"""What a reader must know to use a report, one paragraph each."""

_GAP = " … "

# Thirds, about, of where the shipped model speaks of a contradiction: from 0.83, its bar for a pair, to 0.96, its highest.
_MIDDLING, _STRONGER = 0.88, 0.93

SIGNAL_MEANING = (
    "A weaker, middling or stronger signal says where the model's probability stands among those at which it speaks of a "
    f"contradiction: below {_MIDDLING:.2f}, below {_STRONGER:.2f}, or above. None of the three is a finding."
)
"""What the words beside a probability mean to a reader."""

KIND_MEANINGS = {
    Kind.NEGATION: "one says that it is so, the other that it is not",
    Kind.OPPOSITE: "the two say opposite things, such as rose and fell",
    Kind.FIGURE: "the figures do not go together",
    Kind.TIME: "the times do not go together",
    Kind.PLACE: "the places do not go together",
    Kind.ATTRIBUTION: "one denies that the other said it",
    Kind.FORECAST: "what one expects is not what the other expects or reports",
    Kind.OTHER: "the two do not go together in some other way",
}
"""What each kind of contradiction means to a reader."""


def web_address(url: str | None) -> str | None:
    """Give `url` back in ASCII if it may be linked: http or https with a host and no control character; else None."""
    if url is None or url != visible(url).strip():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")


def _probability(p: float) -> str:
    """Two decimals, which never round to a certainty that was not given."""
    if 0.995 <= p < 1.0:
        return "over 0.99"
    return "under 0.01" if 0.0 < p < 0.005 else f"{p:.2f}"


@attrs.frozen(kw_only=True)
class Statement:
    """Claims of one side that say the same in the same words, such as copies of a wire story.

    Parameters
    ----------
    reference : str
        The side's letters and a number, unique in the cluster: ``A1``.
    claims : tuple of Claim, at least one
        In the order of the side.
    articles : tuple of Article
        Where they stand, each once, in the order of the claims.
    quote : tuple of Segment
        The sentence, visible text in one line, the claim's own words marked.
    voice : str
        Who says it: ``says NAME``, the full name, or ``the outlet's own voice``.
    notes : tuple of str
        How it is said, where not plainly asserted: ``forecast``, ``denied``, ...
    read_as : str or None
        The claim's text where it is not simply words of the sentence.
    """

    reference: str
    claims: tuple[Claim, ...]
    articles: tuple[Article, ...]
    quote: tuple[Segment, ...]
    voice: str
    notes: tuple[str, ...]
    read_as: str | None


@attrs.frozen(kw_only=True)
class Position:
    """A side of a cluster as it is shown.

    Parameters
    ----------
    letters : str
        ``A``, ``B``, ...
    since : str
        ``since`` the earliest date among its articles, ``or earlier`` if another one is undated; ``undated`` if all are.
    statements : tuple of Statement
        In the order of their first claims.
    """

    letters: str
    since: str
    statements: tuple[Statement, ...]


@attrs.frozen(kw_only=True)
class Conflict:
    """Two statements that contradict each other.

    Parameters
    ----------
    one, other : str
        References of the statements, of the earlier and the later side.
    p_contradiction : float or None
        The largest of the pairs' probabilities; None where the model did not decide, or no pair comes with a relation.
    kind : Kind or None
        What the contradiction with that probability, or of that ruling, turns on.
    n_pairs : int, at least 1
        Pairs of claims behind it: copies of a statement contradict as often as they are printed.
    reason : str
        What each of the two says, in words, after what the person who decided notes, on one line and fit to be shown;
        empty where the kind says all.
    ruling : str
        Who decided where it was not the model, fit to be shown: ``found by a rule``, ``decided by NAME on DATE``; else empty.
    """

    one: str
    other: str
    p_contradiction: float | None
    kind: Kind | None
    n_pairs: int
    reason: str = ""
    ruling: str = ""

    @property
    def probability(self) -> str | None:
        """The probability in two decimals, ``over 0.99`` where these would be a certainty; None where none is given."""
        return None if self.p_contradiction is None else _probability(self.p_contradiction)

    @property
    def signal(self) -> str:
        """Say how the probability ranks among those at which pairs are called contradictions, or who decided.

        The words are about the model, not about the sources: at the base rate of news even a stronger signal is often a
        false alarm.
        """
        if self.p_contradiction is None:
            return self.ruling or "no probability given"
        if self.p_contradiction < _MIDDLING:
            return "weaker signal"
        return "middling signal" if self.p_contradiction < _STRONGER else "stronger signal"

    @property
    def among(self) -> str:
        """Say of which pairs this is said, where there are several: ``highest of 3 pairs``; else empty."""
        if self.n_pairs == 1:
            return ""
        return f"{'highest' if self.probability else 'one'} of {self.n_pairs} pairs"

    @property
    def words(self) -> str:
        """Probability, or who decided, and kind for a reader: ``contradiction 0.87, negation``."""
        basis = self.ruling or self.probability or "(no probability given)"
        kind = f", {self.kind.value}" if self.kind else ""
        return f"contradiction {basis}{kind}{f' ({self.among})' if self.among else ''}"


def _strength(relation: Relation) -> tuple[bool, float, str]:
    """Order relations of one pair: decided contradictions first, then by probability, ties by premise."""
    return relation.label is Label.CONTRADICTION, relation.p_contradiction, relation.premise_id


def _quotable(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Bring segments on one line, and join words of the claim that only white space parts."""
    pieces: list[Segment] = []
    for text, is_claim in segments:
        text = re.sub(" {2,}", " ", visible(text))
        if not pieces or pieces[-1][0].endswith(" "):
            text = text.lstrip(" ")
        if text == " " or not text:
            is_claim = False
        if text:
            pieces.append((text, is_claim))
    joined: list[Segment] = []
    for n, (text, is_claim) in enumerate(pieces):
        between = text == " " and 0 < n < len(pieces) - 1 and pieces[n - 1][1] and pieces[n + 1][1]
        if joined and (is_claim or between) == joined[-1][1]:
            joined[-1] = (joined[-1][0] + text, joined[-1][1])
        else:
            joined.append((text, is_claim))
    return tuple(joined)


def _bare(text: str) -> str:
    """Letters and digits only, lower case: to see whether two texts are the same words."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _counted_disputed(clusters: Sequence[Cluster]) -> str:
    """Count clusters and the disputed among them: ``4 clusters, 3 with contradictions``."""
    n_disputed = sum(bool(cluster.contradictions) for cluster in clusters)
    return f"{counted(len(clusters), 'cluster')}, {n_disputed} with contradictions"


def _check_unique(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise InvalidInputError(f"{what} must have distinct ids; got {one!r} twice.")
        seen.add(one)


@attrs.frozen(kw_only=True, eq=False)
class Findings:
    """Records of one run, with the look-ups and the wording that every renderer needs.

    Parameters
    ----------
    articles : tuple of Article
        At least those that the claims stand in.
    claims : tuple of Claim
        All claims, also those of no cluster.
    relations : tuple of Relation
        All judged pairs, or some of them; either direction.
    clusters : tuple of Cluster
        Those to be shown, in any order.
    left_out : tuple of Cluster, optional
        Those that are not to be shown: a report says how many, and does not take their claims for claims of no cluster.
    corrections : tuple of Correction, optional
        What people decided, earliest first, :attr:`claimtrack.Tracker.corrections`. Without it a pair that the model had
        judged is shown with the model's probability.
    names : NameTable, optional
        Gives the names that speakers go under, :attr:`claimtrack.Tracker.names`. Without it each goes under the name that
        the article uses.

    Raises
    ------
    InvalidInputError
        If an id is there twice, the article of a claim is missing, or a claim points outside its article.

    Notes
    -----
    Look-ups are built once. Texts that the methods return are visible text in one line (control characters and
    bidirectional controls shown as placeholders); escaping for a format is left to its renderer. `segments` alone gives
    the article's characters as they are.
    """

    articles: tuple[Article, ...] = attrs.field(validator=v.deep_iterable(v.instance_of(Article), v.instance_of(tuple)))
    claims: tuple[Claim, ...] = attrs.field(validator=v.deep_iterable(v.instance_of(Claim), v.instance_of(tuple)))
    relations: tuple[Relation, ...] = attrs.field(
        validator=v.deep_iterable(v.instance_of(Relation), v.instance_of(tuple))
    )
    clusters: tuple[Cluster, ...] = attrs.field(validator=v.deep_iterable(v.instance_of(Cluster), v.instance_of(tuple)))
    left_out: tuple[Cluster, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(Cluster), v.instance_of(tuple))
    )
    corrections: tuple[Correction, ...] = attrs.field(
        default=(), validator=v.deep_iterable(v.instance_of(Correction), v.instance_of(tuple))
    )
    names: NameTable = attrs.field(factory=NameTable, validator=v.instance_of(NameTable))
    _article_of: dict[str, Article] = attrs.field(init=False, repr=False)
    _relation_of: dict[tuple[str, str], Relation] = attrs.field(init=False, repr=False)
    _decision_of: dict[tuple[str, str], Correction] = attrs.field(init=False, repr=False)

    @_article_of.default
    def _articles_by_id(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}

    @_relation_of.default
    def _strongest_relations(self) -> dict[tuple[str, str], Relation]:
        strongest: dict[tuple[str, str], Relation] = {}
        for relation in self.relations:
            known = strongest.get(relation.pair)
            if known is None or _strength(relation) > _strength(known):
                strongest[relation.pair] = relation
        return strongest

    @_decision_of.default
    def _last_decisions(self) -> dict[tuple[str, str], Correction]:
        return {correction.pair: correction for correction in self.corrections}

    def __attrs_post_init__(self) -> None:
        _check_unique("articles", (article.id for article in self.articles))
        _check_unique("claims", (claim.id for claim in self.claims))
        _check_unique("clusters", (cluster.id for cluster in (*self.clusters, *self.left_out)))
        for claim in (*self.claims, *(claim for cluster in self.clusters for claim in cluster.claims)):
            where, article = claim.provenance, self._article_of.get(claim.article_id)
            if article is None:
                raise InvalidInputError(
                    f"articles must hold the article of every claim; got claim {claim.id!r} of {claim.article_id!r}."
                )
            end = max(where.sentence.end, where.spans[-1].end)
            if end > len(article.text):
                raise InvalidInputError(
                    f"spans of claim {claim.id!r} must lie in its article of {len(article.text)} characters; got end {end}."
                )

    def article(self, claim: Claim) -> Article:
        """Give the article that the claim stands in."""
        return self._article_of[claim.article_id]

    def relation(self, one_id: str, other_id: str) -> Relation | None:
        """Give the relation of two claims that speaks most for a contradiction, of either direction.

        A direction that was decided to be a contradiction goes before one that was not; then the larger
        `p_contradiction`. None where the pair was not judged.
        """
        one, other = sorted((one_id, other_id))
        return self._relation_of.get((one, other))

    def segments(self, claim: Claim) -> tuple[Segment, ...]:
        """Give the sentence that the claim stands in, cut into the claim's own words and those around them.

        Returns
        -------
        tuple of (str, bool)
            In the order of the text. Joined they are the sentence; words of the claim from outside of the sentence
            stand before or after it, and a piece `` … `` marks characters that are left out between.
        """
        text, sentence, spans = self.article(claim).text, claim.provenance.sentence, claim.provenance.spans
        ranges: list[tuple[int, int, bool]] = []
        position = sentence.start
        for span in spans:
            ranges.append((position, min(span.start, sentence.end), False))
            ranges.append((span.start, span.end, True))
            position = max(position, span.end)
        ranges.append((position, sentence.end, False))
        pieces: list[Segment] = []
        shown_to: int | None = None
        for start, end, is_claim in ranges:
            if end <= start:
                continue
            if shown_to is not None and start > shown_to:
                pieces.append((_GAP, False))
            pieces.append((text[start:end], is_claim))
            shown_to = end
        return tuple(pieces)

    @functools.cached_property
    def disputed(self) -> tuple[Cluster, ...]:
        """Clusters with a contradiction; most independent sources, outlets and claims first, ties by id."""
        return self._in_order(cluster for cluster in self.clusters if cluster.contradictions)

    @functools.cached_property
    def agreeing(self) -> tuple[Cluster, ...]:
        """Clusters without a contradiction, in the same order as `disputed`."""
        return self._in_order(cluster for cluster in self.clusters if not cluster.contradictions)

    @staticmethod
    def _in_order(clusters: Iterable[Cluster]) -> tuple[Cluster, ...]:
        def key(cluster: Cluster) -> tuple[int, int, int, str]:
            return -cluster.independent_sources, -len(cluster.sources), -len(cluster.claims), cluster.id

        return tuple(sorted(clusters, key=key))

    @property
    def summary(self) -> str:
        """How many articles, claims and clusters there are, how many clusters are disputed, and how many are not shown."""
        articles, claims = counted(len(self.articles), "article"), counted(len(self.claims), "claim")
        left_out = f"; not shown: {_counted_disputed(self.left_out)}" if self.left_out else ""
        return f"{articles}, {claims}, {_counted_disputed(self.clusters)}{left_out}"

    @property
    def nothing_found(self) -> str | None:
        """Say plainly that there is no contradiction, or nothing to compare; None where there is a dispute."""
        found = (*self.clusters, *self.left_out)
        if not found:
            return "No claim was found in two articles or from two speakers, so there is nothing to compare."
        is_disputed = any(cluster.contradictions for cluster in found)
        return None if is_disputed else "No two claims were found to contradict each other."

    @staticmethod
    def label(cluster: Cluster) -> str:
        """Give the cluster's label as visible text."""
        return one_line(cluster.label) or "(no label)"

    @staticmethod
    def standing(cluster: Cluster) -> str:
        """How many outlets, and how many of them are independent of one another."""
        return wording.standing(cluster)

    @staticmethod
    def folds(cluster: Cluster) -> tuple[str, ...]:
        """Say of each outlet that does not count by itself why: ``Evening Star carries Reuters, as Daily Post does``."""
        return tuple(f"{wording.name(fold.source)} {one_line(fold.reason)}" for fold in cluster.folds)

    @staticmethod
    def outlet(article: Article) -> str:
        """Give the outlet's name as visible text; an article without one goes under its own name."""
        return wording.outlet(article)

    @staticmethod
    def date(article: Article) -> str:
        """Give the ISO date of publication, or ``undated``."""
        return wording.date(article.published)

    def since(self, side: Side) -> str:
        """Say since when a side is known, and whether it may be older: see `Position`."""
        dates = [self.article(claim).published for claim in side.claims]
        known = [date for date in dates if date is not None]
        if not known:
            return wording.date(None)
        return f"since {min(known)}" if len(known) == len(dates) else f"since {min(known)} or earlier"

    def voice(self, claim: Claim) -> str:
        """Say whose words these are: ``says NAME``, see `names`, or that it is the outlet's own voice."""
        return wording.voice(claim, self.names.full_name(claim.speaker) if claim.speaker else None)

    @staticmethod
    def notes(claim: Claim) -> tuple[str, ...]:
        """Say how it is said where it is not plainly asserted, and whether a reference stayed open."""
        return wording.notes(claim)

    def quote(self, claim: Claim) -> tuple[Segment, ...]:
        """Give `segments` as visible text in one line."""
        return _quotable(self.segments(claim))

    def read_as(self, claim: Claim) -> str | None:
        """Give the claim's text where it is not word for word in the sentence; None where it is."""
        sentence = _bare("".join(text for text, _ in self.quote(claim)))
        return None if f" {_bare(claim.text)} " in f" {sentence} " else one_line(claim.text)

    def positions(self, cluster: Cluster) -> tuple[Position, ...]:
        """Give the sides of a cluster, with claims in the same words put together as one statement.

        Put together are claims of one side with the same sentence, the same words of it, the same speaker and the same
        reading, as copies of a wire story have them; every article is still named.
        """
        positions = []
        for n, side in enumerate(cluster.sides):
            groups: dict[object, list[Claim]] = {}
            for claim in side.claims:
                key = self.quote(claim), self.voice(claim), self.notes(claim), self.read_as(claim)
                groups.setdefault(key, []).append(claim)
            letters = side_letters(n)
            statements = tuple(
                self._statement(f"{letters}{m}", tuple(group)) for m, group in enumerate(groups.values(), 1)
            )
            positions.append(Position(letters=letters, since=self.since(side), statements=statements))
        return tuple(positions)

    def _statement(self, reference: str, claims: tuple[Claim, ...]) -> Statement:
        return Statement(
            reference=reference,
            claims=claims,
            articles=tuple({claim.article_id: self.article(claim) for claim in claims}.values()),
            quote=self.quote(claims[0]),
            voice=self.voice(claims[0]),
            notes=self.notes(claims[0]),
            read_as=self.read_as(claims[0]),
        )

    def conflicts(self, cluster: Cluster) -> tuple[Conflict, ...]:
        """Give the contradictions of a cluster, between statements.

        Those that people decided first, then those that rules found, then by probability; ties in order of the sides. Of
        several pairs between two statements that one is shown which is first in this order.
        """
        place_of: dict[str, tuple[int, int]] = {}
        reference_of: dict[tuple[int, int], str] = {}
        for n, position in enumerate(self.positions(cluster)):
            for m, statement in enumerate(position.statements):
                reference_of[n, m] = statement.reference
                place_of.update((claim.id, (n, m)) for claim in statement.claims)
        pairs: dict[tuple[tuple[int, int], tuple[int, int]], list[Relation | None]] = {}
        for one_id, other_id in cluster.contradictions:
            one, other = sorted((place_of[one_id], place_of[other_id]))
            pairs.setdefault((one, other), []).append(self.relation(one_id, other_id))
        first = {places: max(relations, key=self._weight) for places, relations in sorted(pairs.items())}
        return tuple(
            self._conflict(reference_of[one], reference_of[other], first[one, other], len(pairs[one, other]))
            for one, other in sorted(first, key=lambda places: self._weight(first[places]), reverse=True)
        )

    def _weight(self, relation: Relation | None) -> tuple[bool, bool, float]:
        """Order contradictions by what they rest on: a person's decision, a rule, a probability, nothing that is known."""
        if relation is None:
            return False, False, -1.0
        by_model = relation.ruling is None
        return relation.pair in self._decision_of, not by_model, relation.p_contradiction if by_model else 0.0

    def _conflict(self, one: str, other: str, relation: Relation | None, n_pairs: int) -> Conflict:
        if relation is None:
            return Conflict(one=one, other=other, p_contradiction=None, kind=None, n_pairs=n_pairs)
        decision = self._decision_of.get(relation.pair)
        ruling = {None: "", Ruling.PERSON: "decided by a person"}.get(relation.ruling, "found by a rule")
        reason = relation.reason
        if decision is not None:
            ruling = f"decided by {wording.name(decision.by)} on {decision.at.date()}"
            keeps_words = decision.action is Action.CONFIRM and relation.reason != decision.words
            reason = "; ".join(filter(None, (decision.note, relation.reason if keeps_words else None)))
        return Conflict(
            one=one,
            other=other,
            p_contradiction=None if ruling else relation.p_contradiction,
            kind=relation.kind,
            n_pairs=n_pairs,
            reason=one_line(reason or ""),
            ruling=ruling,
        )

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Give the kinds of contradiction that this report shows, in the order of `KIND_MEANINGS`."""
        shown = {conflict.kind for cluster in self.disputed for conflict in self.conflicts(cluster)}
        return tuple(kind for kind in KIND_MEANINGS if kind in shown)
