"""Whose stance a statement is: promises, refusals, demands, denials, doubts, praise and blame.

"The union demands an end to the siege" says no words of the union, yet what it claims is where the union stands. Such a
statement stays whole, with its verb, and is laid to its subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.clauses import Cue
from claimtrack.extraction.grammar import under
from claimtrack.extraction.lexicon import (
    ASKING,
    DENIALS,
    EVENTS,
    REPORTING,
    SPEAKING_NOUNS,
    STANCE_ADJECTIVES,
    STANCE_DOCUMENTS,
    STANCE_LIGHT,
    STANCE_NOUNS,
    STANCE_OBJECTS,
    STANCE_PREPOSITIONS,
    STANCE_STATES,
    STANCE_TO,
    WISHES,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.extraction.clauses import Clause

__all__ = ["held", "stance"]

_NOT_HOLDERS = {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY", "ORDINAL", "EVENT", "LOC", "FAC"}
_SHARE = 0.6
"""Part of the characters of a statement, its holder left out, that the words behind its verb must take."""
_PLACEHOLDERS = {"it", "there", "this", "that", "these", "those", "which", "what", "you", "one"}


def _tells(head: Token) -> bool:
    """Tell whether a predicate tells what its subject says, wants or thinks of something."""
    lemma = head.lemma_.lower()
    if head.lower_ in STANCE_ADJECTIVES and head.tag_ == "VBN":
        return bool(under(head, "prep", "xcomp", "ccomp", "agent"))
    if lemma == "be":
        adjectives = [a for a in under(head, "acomp") if a.lower_ in STANCE_ADJECTIVES]
        return any(list(a.children) for a in adjectives)
    infinitive = any(
        child.dep_ in {"xcomp", "ccomp", "advcl"} and child.i > head.i and any(t.lower_ == "to" for t in child.children)
        for child in head.children
    )
    if lemma in STANCE_TO and infinitive:
        return True
    objects = under(head, "dobj", "oprd", "ccomp", "xcomp")
    if lemma in {"cite", "quote"} and any(t.pos_ == "PROPN" for t in objects):
        return False  # whose words they are is told by what follows: "cited Marta Silva as saying"
    if lemma in STANCE_OBJECTS | DENIALS | (WISHES & STANCE_TO) and objects:
        return True
    holder = next(iter(under(head, "nsubj")), None)
    if lemma in STANCE_DOCUMENTS and objects and holder is not None and holder.lemma_.lower() in SPEAKING_NOUNS:
        return True
    if lemma in STANCE_LIGHT and any(
        t.lemma_.lower() in STANCE_NOUNS and under(t, "acl", "ccomp", "prep", "relcl") for t in under(head, "dobj")
    ):
        return True
    if lemma == "call" and under(head, "oprd", "ccomp"):
        return True
    reports = lemma in (REPORTING | ASKING) - {"decide", "find", "hold", "hear", "show", "see", "learn", "know"}
    if reports and under(head, "ccomp", "xcomp"):
        return True
    wanted = STANCE_PREPOSITIONS.get(lemma, frozenset())
    return any(t.lower_ in wanted and t.i > head.i for t in head.children if t.dep_ in {"prep", "prt", "advmod"})


def _mostly(head: Token, holder: Token, clause: Clause) -> bool:
    """Tell whether what is told makes up most of what is said of the holder; in "X thanked Y on Monday" the event does."""
    told = 0
    named = {t.i for t in holder.subtree}
    predicate = [t for t in clause.tokens if t.i not in named]
    for token in predicate:
        above = token
        while above.head != head and above.head != above:
            above = above.head
        adjunct = above.dep_ in {"advcl", "npadvmod"} and not any(t.lower_ == "to" for t in above.children)
        if token.i > head.i and above.head == head and not adjunct and above.dep_ not in {"nsubj", "agent"}:
            told += len(token)
    return told >= _SHARE * sum(len(token) for token in predicate)


def _open(head: Token) -> bool:
    """Tell whether the predicate is only possible, or denied where only words that were said count."""
    helpers = under(head, "aux", "auxpass")
    modal = any(t.tag_ == "MD" for t in helpers)
    like = any(t.lower_ in {"would", "'d"} for t in helpers) and head.lemma_ in {"like", "prefer", "love"}
    negated = any(t.i < head.i for t in under(head, "neg")) or any(t.lower_ == "never" for t in head.children)
    return (modal and not like) or (negated and head.lemma_.lower() not in STANCE_STATES)


def held(whole: Clause, parts: Iterable[Clause]) -> Iterator[Clause]:
    """Give the parts of a statement, each with a cue that holds of it.

    Where a statement stays whole with its cue in it ("Carlos Lima, a miner, demanded that"), what is said on the side is
    nobody's stance.
    """
    for part in parts:
        cue = part.cue
        if cue is not None and cue.head in whole.tokens and cue.head not in part.tokens:
            part = attrs.evolve(part, cue=cue.outer)
        yield part


def stance(clause: Clause) -> Cue | None:
    """Give the cue of a statement that tells a stance of its subject, or of the agent of a passive.

    Parameters
    ----------
    clause : Clause
        A statement of the outlet: what stands under a cue is its holder's already.

    Returns
    -------
    Cue or None
        With the predicate as its head. None under a modal verb or a condition, where the words were not said ("did not
        mention"), and where the subject can hold nothing ("it", a figure, a date).
    """
    head = clause.head
    if head.pos_ not in {"VERB", "AUX"} or not _tells(head) or _open(head):
        return None
    if any(t.dep_ == "mark" and t.lower_ in {"if", "unless", "whether"} for t in head.children):
        return None
    holder = clause.subject
    if head.lower_ in STANCE_ADJECTIVES:
        holder = clause.subject
    elif under(head, "auxpass") or under(head, "nsubjpass"):
        agents = [noun for agent in under(head, "agent") for noun in under(agent, "pobj")]
        holder = agents[0] if agents else None
    elif head.tag_ == "VBN" and not under(head, "aux") and holder is not None and holder.head != head:
        holder = None
    if holder is None or holder not in clause.tokens or holder.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    if holder.lemma_.lower() in EVENTS or not _mostly(head, holder, clause):
        return None
    if holder.lower_ in _PLACEHOLDERS or holder.dep_ in {"expl", "csubj"} or holder.ent_type_ in _NOT_HOLDERS:
        return None
    return Cue(head, holder)
