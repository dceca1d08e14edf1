"""Polarity and modality of a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.extraction.clauses import is_inverted
from claimtrack.extraction.lexicon import (
    ASKING,
    DENIALS,
    FORECAST_ADJECTIVES,
    FORECAST_VERBS,
    HEDGES,
    NEGATIVE_WORDS,
    WISHES,
)
from claimtrack.records import Modality, Polarity

if TYPE_CHECKING:
    from claimtrack.extraction.clauses import Clause

__all__ = ["modality", "polarity"]


def polarity(clause: Clause) -> Polarity:
    """Tell whether the main predicate of a clause is negated.

    A negation of the predicate ("did not", "never", "hardly"), of its subject or object ("no attack", "nobody") or a
    denying verb makes it negative; two of them cancel out. A negation in a subordinate clause does not count, one that
    the clause shares with the clause before it ("will not rise or fall") does.
    """
    head = clause.head
    inside = set(clause.tokens)
    count = 0
    for token in clause.tokens:
        near = token.head == head or token.head.head == head or token == head
        if (
            (
                token.dep_ == "neg"
                and (
                    token.head == head
                    or token.head not in inside
                    or token.head.dep_ in {"aux", "auxpass"}
                    or token.head.dep_ in {"acomp", "attr", "dobj"}
                )
            )
            or (token.lower_ in {"no", "n't"} and token.dep_ in {"det", "punct"} and near)
            or (
                token.lower_ == "neither"
                and token.dep_ in {"preconj", "cc", "det", "advmod"}
                and (near or token.head.head.head == head)
            )
            or (token.lower_ == "nor" and token == clause.tokens[0])
            or (token.lower_ in {"hardly", "scarcely"} and token.dep_ == "advmod" and token.head == head)
            or (
                token.lower_ in NEGATIVE_WORDS
                and token.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "preconj"}
                and token.head == head
            )
        ):
            count += 1
    if head.lemma_ in DENIALS or (head.lemma_ in {"refuse", "fail"} and any(t.dep_ == "xcomp" for t in head.children)):
        count += 1
    return Polarity.NEGATIVE if count % 2 else Polarity.POSITIVE


def modality(clause: Clause) -> Modality:
    """Tell the mood of a clause; the first rule that holds decides.

    Conditional, denied, wished, asked, hedged, ordered, forecast, asserted.
    """
    head = clause.head
    inside = set(clause.tokens)
    helpers = {t.lower_ for t in inside if t.dep_ in {"aux", "auxpass"} and (t.head == head or t.head not in inside)}
    for token in clause.tokens:
        if token.lower_ in {"if", "unless"} and token.dep_ == "mark":
            return Modality.CONDITIONAL
    if any(t.dep_ in {"advcl", "ccomp"} and t in inside and is_inverted(t) for t in head.children):
        return Modality.CONDITIONAL
    if "would" in helpers and not any(t.dep_ == "mark" for t in head.children) and clause.cue is None:
        return Modality.CONDITIONAL
    subject = clause.subject
    any_one = subject is not None and any(
        t.lower_ in {"any", "whoever", "whatever"} for t in (subject, *subject.children)
    )
    if any_one and helpers & {"will", "would", "'ll"}:
        return Modality.CONDITIONAL
    if head.lemma_ in DENIALS:
        return Modality.DENIED
    if head.lemma_ in WISHES or (clause.cue is not None and clause.cue.wished):
        return Modality.WISHED
    if head.lemma_ in ASKING:
        return Modality.ASKED
    if (
        helpers & {"may", "might", "could"}
        or (
            head.lemma_ in {"seem", "appear"}
            and any(t.dep_ in {"xcomp", "oprd", "acomp", "attr", "ccomp"} for t in head.children)
        )
        or any(t.lower_ in HEDGES for t in inside if t.head == head)
    ):
        return Modality.HEDGED
    if helpers & {"must", "should", "shall"} or (
        head.lemma_ in {"have", "need", "ought"} and any(t.dep_ == "xcomp" for t in head.children)
    ):
        return Modality.ORDERED
    going = head.lemma_ == "go" and any(t.dep_ == "xcomp" for t in head.children)
    present = head.tag_ in {"VBZ", "VBP", "VBG"} or bool(helpers & {"is", "are", "'s", "'re"})
    adjective = any(t.lemma_ in FORECAST_ADJECTIVES and t.dep_ in {"acomp", "oprd"} for t in head.children)
    if helpers & {"will", "'ll", "wo", "would"} or going or adjective or (head.lemma_ in FORECAST_VERBS and present):
        return Modality.FORECAST
    return Modality.ASSERTED
