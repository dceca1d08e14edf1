"""A claim held against the claims that are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimtrack.independence import SourceCounter
from claimtrack.quantities import find_quantities
from claimtrack.records import Article, Assessment, Claim, Evidence, Hit, Label, Provenance, Relation, Span, Status
from claimtrack.relations import RelationModel, Thresholds, judge_claims

__all__ = ["assess"]


def assess(
    text: str,
    read_as: str,
    hits: Sequence[Hit],
    texts: Mapping[str, str],
    model: RelationModel,
    thresholds: Thresholds,
    *,
    articles: Mapping[str, Article],
    counter: SourceCounter,
) -> Assessment:
    """Judge a claim against the nearest kept claims, by the same rules as kept claims are judged against each other.

    A kept claim supports the claim in question if it entails it; that the claim in question entails a kept one, which may
    say less, is no support.

    Parameters
    ----------
    text : str
        The claim in question.
    read_as : str
        The same with the spellings of names in use, as the model reads it.
    hits : sequence of Hit
        Kept claims near to it, nearest first.
    texts : mapping of claim id to str
        What the model reads for each kept claim.
    model : RelationModel
    thresholds : Thresholds
    articles : mapping of article id to Article
        The article of every hit, for dates and outlets.
    counter : SourceCounter
        Counts the independent sources of either side.

    Returns
    -------
    Assessment
        Supported, contradicted, disputed (both) or not found. It tells what sources say, not what is true.
    """
    question = _as_claim(text, read_as)
    claims = {hit.claim.id: hit.claim for hit in hits} | {question.id: question}
    read = {hit.claim.id: texts[hit.claim.id] for hit in hits} | {question.id: read_as}
    judged = judge_claims([(hit.claim.id, question.id) for hit in hits], claims, read, model, thresholds)
    supporting = []
    contradicting = []
    for hit, pair in zip(hits, judged, strict=True):
        if pair.forward.label is Label.ENTAILMENT:
            supporting.append(_evidence(hit.claim, pair.forward, articles))
        elif pair.forward.label is Label.CONTRADICTION:
            stronger = max(pair.forward, pair.backward, key=lambda r: r.p_contradiction)
            contradicting.append(_evidence(hit.claim, stronger, articles))
    supporting.sort(key=lambda e: (-e.relation.p_entailment, e.claim.id))
    contradicting.sort(key=lambda e: (-e.relation.p_contradiction, e.claim.id))
    if supporting and contradicting:
        status = Status.DISPUTED
    elif supporting:
        status = Status.SUPPORTED
    else:
        status = Status.CONTRADICTED if contradicting else Status.NOT_FOUND
    return Assessment(
        claim=text,
        status=status,
        supporting=tuple(supporting),
        contradicting=tuple(contradicting),
        nearest=tuple(hits[:5]),
        supporting_sources=_sources(supporting, counter),
        contradicting_sources=_sources(contradicting, counter),
    )


def _as_claim(text: str, read_as: str) -> Claim:
    """Make a claim of a text that stands in no article."""
    whole = Span(0, len(text))
    return Claim(
        text=text,
        context=read_as,
        provenance=Provenance(article_id="claim-in-question", spans=(whole,), extractor="as asked", sentence=whole),
        quantities=find_quantities(text),
    )


def _evidence(claim: Claim, relation: Relation, articles: Mapping[str, Article]) -> Evidence:
    article = articles[claim.article_id]
    return Evidence(
        claim=claim,
        span=claim.provenance.sentence,
        relation=relation,
        outlet=article.outlet,
        published=article.published,
    )


def _sources(evidence: Sequence[Evidence], counter: SourceCounter) -> int:
    """Count the independent sources of one side."""
    return counter.count(e.claim for e in evidence).count if evidence else 0
