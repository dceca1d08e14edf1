"""Take a statement apart into atomic ones: what is listed, what stands on the side, where and when.

"The film won prizes in Cannes and Venice, earning two million" makes three claims. What restricts a meaning stays: nothing
is cut under "only", "without" or "except", nothing is distributed that holds of several together ("met", "between"), and
conditions stay whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claimtrack.extraction.adjuncts import by_adjunct, by_description
from claimtrack.extraction.asides import without_asides
from claimtrack.extraction.clauses import Clause
from claimtrack.extraction.lexicon import CONDITIONS
from claimtrack.extraction.lists import distributed, with_examples
from claimtrack.extraction.pieces import LONGEST, Piece

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["atomic_parts"]


def atomic_parts(clause: Clause) -> list[Clause]:
    """Take a clause apart.

    Parameters
    ----------
    clause : Clause

    Returns
    -------
    list of Clause
        The clause itself where there is nothing to take apart; all carry its cue.
    """
    tokens = frozenset(t.i for t in clause.tokens)
    whole = Piece(clause.head, clause.subject, tokens, dict(clause.rewrites), reported=clause.cue is not None)
    conditional = any(t.dep_ == "mark" and t.lower_ in CONDITIONS for t in clause.tokens)
    marks = {t.text for t in clause.tokens}
    if conditional or len(clause.tokens) > LONGEST or marks >= {":", ";"}:  # a list with remarks inside
        return [clause]
    doc = clause.head.doc
    out: dict[tuple[int, ...], Clause] = {}
    for aside in without_asides(whole):
        for exemplar in with_examples(aside):
            for listed in distributed(exemplar):
                for part in (*by_adjunct(listed), *by_description(listed)):
                    kept = tuple(_trimmed(doc, _complete(doc, part.tokens)))
                    if sum(doc[i].is_alpha or doc[i].like_num for i in kept) < 3 or _is_cut_off(doc, kept, part):
                        continue
                    within = tuple(doc[i] for i in _trimmed(doc, part.within))
                    rewrites = part.rewrites | _articles(doc, kept, part.rewrites)
                    made = Clause(
                        part.head, tuple(doc[i] for i in kept), clause.cue, part.subject, rewrites, within, part.spare
                    )
                    out.setdefault(kept, made)
    return list(out.values()) or [clause]


def _is_cut_off(doc: Doc, kept: Sequence[int], piece: Piece) -> bool:
    """Tell whether a statement lost what one of its words brings in ("in case", "to blame for focusing on", "when")."""
    inside = set(kept)
    for i in kept:
        token = doc[i]
        if token.dep_ == "mark" or (token.tag_ == "WRB" and token.dep_ == "advmod"):
            if token.head.i not in inside:
                return True
        elif (
            token.dep_ in {"pobj", "pcomp"} and token.head.i not in inside and token not in (piece.subject, piece.head)
        ):
            if token.head.lower_ not in {"as", "including", "like"}:  # what is named as an example stands for its kind
                return True
        elif token.dep_ == "prep" and token.i == kept[-1]:
            brought = [c for c in token.children if c.i > i]
            if any(c.dep_ in {"pobj", "pcomp"} or not c.is_punct for c in brought) and not inside & {
                c.i for c in brought
            }:
                return True
    last = doc[kept[-1]]
    return last.dep_ in {"det", "aux", "mark"} or (last.lower_ == "case" and doc[last.i - 1].lower_ == "in")


def _complete(doc: Doc, tokens: frozenset[int]) -> set[int]:
    """Leave out prepositions whose complement was left out."""
    out = set(tokens)
    for i in sorted(tokens, reverse=True):
        complements = [c for c in doc[i].children if c.dep_ in {"pobj", "pcomp"}] if doc[i].dep_ == "prep" else []
        if complements and not any(t.i in out for c in complements for t in c.subtree):
            out.discard(i)
    return out


def _trimmed(doc: Doc, tokens: Iterable[int]) -> list[int]:
    """Give the tokens in order, without marks and conjunctions at the edges."""
    kept = sorted(tokens)
    while (
        kept
        and (doc[kept[0]].is_punct or (doc[kept[0]].dep_ == "cc" and doc[kept[0]].lower_ != "nor"))
        and doc[kept[0]].text not in {'"', "("}
    ):
        kept.pop(0)
    while kept and (doc[kept[-1]].is_punct or doc[kept[-1]].dep_ == "cc") and doc[kept[-1]].text not in {'"', ")", "%"}:
        kept.pop()
    return kept


def _articles(doc: Doc, kept: tuple[int, ...], rewrites: dict[int, str]) -> dict[int, str]:
    """Write "a" or "an" anew where the word behind it was left out."""
    out = {}
    for place, i in enumerate(kept[:-1]):
        after = kept[place + 1]
        if doc[i].lower_ in {"a", "an"} and doc[i].dep_ == "det" and after != i + 1 and i not in rewrites:
            word = "an" if doc[after].lower_[0] in "aeio" else "a"
            out[i] = word.capitalize() if doc[i].text[0].isupper() else word
    return out
