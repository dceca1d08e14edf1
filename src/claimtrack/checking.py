"""A claim held against the claims that are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimtrack.records import Assessment, Claim, Evidence, Hit, Kind, Label, Relation, Status
from claimtrack.relations import Probabilities, RelationModel, Thresholds

__all__ = ["assess"]

_QUESTION_ID = "claim-in-question"


def assess(
    text: str,
    read_as: str,
    hits: Sequence[Hit],
    texts: Mapping[str, str],
    model: RelationModel,
    thresholds: Thresholds,
) -> Assessment:
    """Judge a claim against the nearest kept claims.

    A kept claim supports the claim in question if it entails it, and contradicts it if the mean probability of
    contradiction over both directions reaches ``thresholds.pair_contradiction``.

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

    Returns
    -------
    Assessment
        Supported, contradicted, disputed (both) or not found. It tells what sources say, not what is true.
    """
    contexts = [texts[hit.claim.id] for hit in hits]
    probabilities = model.judge([(c, read_as) for c in contexts] + [(read_as, c) for c in contexts])
    supporting: list[Evidence] = []
    contradicting: list[Evidence] = []
    for place, hit in enumerate(hits):
        forward, backward = probabilities[place], probabilities[len(hits) + place]
        mean = float(forward[2] + backward[2]) / 2
        if mean >= thresholds.pair_contradiction and max(forward[0], backward[0]) < 0.5:
            contradicting.append(_evidence(hit.claim, forward, Label.CONTRADICTION, model))
        elif forward[0] >= thresholds.entailment and forward[0] > forward[2]:
            supporting.append(_evidence(hit.claim, forward, Label.ENTAILMENT, model))
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
    )


def _evidence(claim: Claim, row: Probabilities, label: Label, model: RelationModel) -> Evidence:
    relation = Relation(
        premise_id=claim.id,
        hypothesis_id=_QUESTION_ID,
        p_entailment=float(row[0]),
        p_neutral=float(row[1]),
        p_contradiction=float(row[2]),
        label=label,
        kind=Kind.OTHER if label is Label.CONTRADICTION else None,
        model=model.name,
    )
    return Evidence(claim=claim, span=claim.provenance.sentence, relation=relation)
