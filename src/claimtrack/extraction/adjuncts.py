"""Where, when and how: one statement for each adjunct that may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.lexicon import ASKING, STANCE_PREPOSITIONS
from claimtrack.extraction.pieces import NOT_ALWAYS, TIMES, Piece, is_indefinite, marks_around, weak

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["by_adjunct", "by_description"]

_BINDING = frozenset("as despite except instead like of per than unlike versus without within until unless".split())
"""Prepositions whose phrases belong to what they stand with."""

_PLACING = {"after", "at", "before", "during", "in", "near", "on", "since"}

_ASIDE = {"after", "at", "before", "during", "in", "since", "under", "with", "for"}
"""Prepositions behind an object or a predicate noun that tell where or when."""

_ARGUMENTS = {"about", "against", "among", "between", "into", "onto", "over", "to", "toward", "towards", "upon"}
"""Prepositions behind a verb that bring in what it is about."""

_LOCATED = frozenset(
    "base deploy headquarter hold house lie live locate place position post put rest situate stand station".split()
)
"""Verbs that say little without a place."""

_FREQUENT = frozenset("certain few many most other several some".split())
"""Words that say that something holds at times only ("on some weeks")."""

_DUTIES = {"must", "should", "ought", "shall", "need"}

_STATED_BEHIND = {"after", "before", "while", "when", "since", "as", "because", "although", "though", "whereas"}
"""Markers of clauses that may be left out and the rest is still said."""

_WHOLE = {"abbr", "appos", "born", "lived", "title", "whose", "year"}


def by_adjunct(piece: Piece) -> list[Piece]:
    """Give one statement for each adjunct, where a predicate has several ("premiered in Cannes on 4 May")."""
    doc, head = piece.head.doc, piece.head
    if weak(piece) or piece.kind in _WHOLE or any(c.lower_ in _DUTIES for c in head.children if c.dep_ == "aux"):
        return [piece]
    carriers = [head, *(c for c in head.children if c.dep_ in {"dobj", "attr", "xcomp"} and c.i in piece.tokens)]
    adjuncts: list[set[int]] = []
    for carrier in carriers:
        if carrier.dep_ == "attr" and _outstanding(carrier):
            continue
        found = [c for c in carrier.children if c.i in piece.tokens and _is_adjunct(c, carrier, head)]
        if carrier == head and (place := _predicate(head, found)) is not None:
            found.remove(place)
        adjuncts += [{t.i for t in child.subtree} & piece.tokens for child in found]
    if not adjuncts:
        return [piece]
    core = attrs.evolve(piece, tokens=piece.tokens - set().union(*adjuncts), within=piece.tokens)
    out = []
    counted = any(doc[i].pos_ == "NUM" and doc[i].ent_type_ not in TIMES for i in core.tokens)
    if counted:
        return [piece, *(attrs.evolve(core, tokens=core.tokens | part, kind="core") for part in adjuncts)]
    if len(adjuncts) == 1 and _stands(core) and piece.kind not in {"general", "example", "part"}:
        out.append(attrs.evolve(core, kind="core"))
    if len(adjuncts) == 1:
        return [*out, piece]
    out += [attrs.evolve(core, tokens=core.tokens | part, kind="adjunct") for part in adjuncts]
    return [*out, piece]


def _predicate(head: Token, adjuncts: list[Token]) -> Token | None:
    """Give the phrase that is the predicate itself ("is in the spotlight", "is based in Rome"), not an adjunct of it."""
    told = any(c.dep_ in {"attr", "acomp", "xcomp", "ccomp"} or c.lower_ == "there" for c in head.children)
    if told or head.lemma_ not in {"be", "remain", "stay"} | _LOCATED or (head.tag_ == "VBG" and head.lemma_ == "be"):
        return None
    return next((c for c in adjuncts if c.i > head.i and c.dep_ in {"prep", "npadvmod"}), None)


def _set_off_behind(token: Token) -> bool:
    """Tell whether a comma follows a phrase: "despite the rain, they played"."""
    last = token.right_edge.i
    return last + 1 < len(token.doc) and token.doc[last + 1].text == ","


def by_description(piece: Piece) -> list[Piece]:
    """Say one by one what a subject is called: "is a short German film" makes "a film", "a short film", "a German film"."""
    noun = next((c for c in piece.head.children if c.dep_ == "attr" and c.i in piece.tokens), None)
    if piece.head.lemma_ != "be" or noun is None or not is_indefinite(noun) or weak(piece) or _outstanding(noun):
        return []
    described = [c for c in noun.lefts if c.dep_ in {"amod", "compound", "nmod", "nummod"} and c.i in piece.tokens]
    if len(described) < 2 or any(c.lower_ in NOT_ALWAYS or c.dep_ == "conj" for d in described for c in d.subtree):
        return []
    words = [{t.i for t in c.subtree} & piece.tokens for c in described]
    behind = {t.i for c in noun.rights for t in c.subtree} & piece.tokens
    bare = piece.tokens - set().union(*words) - behind - marks_around(piece.head.doc, set().union(*words))
    return [attrs.evolve(piece, tokens=bare | own, kind="core") for own in (set(), *words)]


def _outstanding(noun: Token) -> bool:
    """Tell whether a noun is the first or the largest of something: what follows says of what."""
    return any(t.tag_ in {"JJS", "RBS"} or t.ent_type_ == "ORDINAL" or t.lower_ in {"last", "sole"} for t in noun.lefts)


def _stands(core: Piece) -> bool:
    """Tell whether a predicate says something without its adjuncts."""
    head = core.head
    if head.lemma_ in _LOCATED or any(c.lower_ == "place" and head.lemma_ == "take" for c in head.children):
        return False
    if any(c.dep_ == "dobj" and c.pos_ == "PRON" for c in head.children):
        return False
    if any(
        c.dep_ in {"dobj", "attr", "acomp", "xcomp", "auxpass", "ccomp", "agent", "oprd", "dative"}
        for c in head.children
        if c.i in core.tokens
    ):
        return True
    if head.tag_ == "VBN":
        return True
    return any(c.dep_ in {"prep", "prt"} and c.i in core.tokens for c in head.children)


def _is_adjunct(child: Token, carrier: Token, head: Token) -> bool:
    """Tell whether a phrase may be left out and the rest is still said."""
    if child.dep_ == "advcl":
        if any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children):
            return child.i > head.i
        return any(c.dep_ in {"mark", "advmod"} and c.lower_ in _STATED_BEHIND for c in child.children)
    if child.dep_ == "npadvmod":
        return child.ent_type_ in TIMES
    if child.dep_ == "agent":
        return child.head == head and any(c.dep_ == "pobj" for c in child.children)
    in_front = child.dep_ == "prep" and child.i < head.i and _set_off_behind(child) and carrier == head
    if in_front and child.lower_ not in {"without", "except", "instead", "within", "until"}:
        return True
    if child.dep_ != "prep" or child.lower_ in _BINDING:
        return False
    if not any(c.dep_ in {"pobj", "pcomp", "prep"} for c in child.children):
        return False
    noun = next((c for c in child.children if c.dep_ == "pobj"), None)
    if noun is not None and noun.lower_ in {"case", "condition", "event"}:
        return False
    if noun is not None and any(c.lower_ in _FREQUENT for c in noun.children):
        return False
    if child.lower_ in STANCE_PREPOSITIONS.get(head.lemma_, ()) and child.i > head.i:
        return False  # "attacked her for the war"
    if noun is not None and child.lower_ == "after" and noun.ent_type_ in {"PERSON", "ORG", "NORP"}:
        return False  # "went after Lima"
    dated = noun is not None and noun.ent_type_ in TIMES
    if carrier != head and carrier.dep_ != "xcomp":
        return child.i > carrier.i and (child.lower_ in _ASIDE or dated)
    if child.i < head.i or dated:
        return True
    if child.lower_ in _ARGUMENTS or (child.lower_ == "for" and head.lemma_ in ASKING):
        return False
    return (child.lower_ in _PLACING and child.lower_ != "on") or child.i != carrier.i + 1
