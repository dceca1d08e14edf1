"""What people decided, laid over what was judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import attrs

from claimtrack.independence import Fold
from claimtrack.records import Action, Article, Correction, Label, Relation, Ruling

__all__ = ["corrected_folds", "corrected_relations", "pairs_joined", "pairs_parted"]


def pairs_joined(corrections: Iterable[Correction], ids: Collection[str]) -> frozenset[tuple[str, str]]:
    """Give the pairs of these ids that were joined, or said to entail each other where something else was judged."""
    return frozenset(
        c.pair
        for c in corrections
        if (c.action is Action.JOIN or (c.action is Action.RETYPE and c.label is Label.ENTAILMENT))
        and c.first_id in ids
        and c.second_id in ids
    )


def pairs_parted(corrections: Iterable[Correction], ids: Collection[str]) -> frozenset[tuple[str, str]]:
    """Give the pairs of these ids that were split."""
    return frozenset(
        c.pair for c in corrections if c.action is Action.SPLIT and c.first_id in ids and c.second_id in ids
    )


def corrected_relations(
    relations: Iterable[Relation], corrections: Iterable[Correction], claim_ids: Collection[str]
) -> list[Relation]:
    """Lay corrections of claims over judged pairs.

    Parameters
    ----------
    relations : iterable of Relation
    corrections : iterable of Correction
    claim_ids : collection of str
        Claims that are there; a correction of others waits until they are back.

    Returns
    -------
    list of Relation
        By premise, then hypothesis. The probabilities stay as they were judged; label, kind and reason are those decided;
        the reason of what is confirmed stays, if it has one. A pair that was decided on and never judged is there too, with
        the probability 1 of what was decided.
    """
    decided = {
        c.pair: c
        for c in corrections
        if not c.action.is_about_articles and c.first_id in claim_ids and c.second_id in claim_ids
    }
    if not decided:
        return list(relations)
    found: dict[tuple[str, str], Relation] = {}
    for relation in relations:
        found[relation.premise_id, relation.hypothesis_id] = relation
    for (one, two), correction in decided.items():
        for premise, hypothesis in ((one, two), (two, one)):
            judged = found.get((premise, hypothesis))
            if judged is None and correction.action in (Action.DISMISS, Action.SPLIT):
                continue
            found[premise, hypothesis] = _decided(judged, premise, hypothesis, correction)
    return [found[pair] for pair in sorted(found)]


def _decided(judged: Relation | None, premise: str, hypothesis: str, correction: Correction) -> Relation:
    label = Label.ENTAILMENT if correction.action is Action.JOIN else correction.label or Label.NEUTRAL
    if judged is not None:
        is_as_judged = (judged.label, judged.kind) == (label, correction.kind)
        if correction.action is Action.CONFIRM and is_as_judged and judged.reason:
            return judged
        return attrs.evolve(judged, label=label, kind=correction.kind, reason=correction.words)
    return Relation(
        premise_id=premise,
        hypothesis_id=hypothesis,
        p_entailment=float(label is Label.ENTAILMENT),
        p_neutral=float(label is Label.NEUTRAL),
        p_contradiction=float(label is Label.CONTRADICTION),
        label=label,
        kind=correction.kind,
        model=Ruling.PERSON.value,
        reason=correction.words,
    )


def corrected_folds(
    folds: Sequence[Fold], corrections: Iterable[Correction], articles: Iterable[Article]
) -> list[Fold]:
    """Lay corrections of articles over what is folded.

    Two articles that were decided to be copies are one group with all that is folded into either; of two decided to be
    independent the later one counts by itself.
    """
    age = {a.id: (a.published is None, a.published or "", a.id) for a in articles}
    found = {fold.article_id: fold for fold in folds}

    def kept(article_id: str) -> str:
        return found[article_id].kept_id if article_id in found else article_id

    for c in sorted(corrections, key=lambda c: (c.at, c.id)):
        if not c.action.is_about_articles or c.first_id not in age or c.second_id not in age:
            continue
        earlier, later = sorted(c.pair, key=age.__getitem__)
        if c.action is Action.INDEPENDENT:
            if kept(earlier) == kept(later):
                found.pop(later, None)
            continue
        head, other = sorted((kept(earlier), kept(later)), key=age.__getitem__)
        if head == other:
            continue
        reason = f"is a copy, as {c.by} decided on {c.at.date().isoformat()}"
        for article_id in [other, *(i for i, fold in found.items() if fold.kept_id == other)]:
            before = found.get(article_id)
            found[article_id] = Fold(
                article_id=article_id, kept_id=head, reason=before.reason if before is not None else reason
            )
    return [found[i] for i in sorted(found)]
