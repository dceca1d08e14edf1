"""Questions about a dependency parse: subjects, finite verbs, markers, antecedents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.extraction.lexicon import PEOPLE

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "FINITE",
    "SUBJECTS",
    "antecedent_of",
    "commas_before",
    "doubtful",
    "fits",
    "holder_of",
    "is_finite",
    "is_inverted",
    "marker_of",
    "opener_of",
    "subject_of",
    "subject_tokens",
    "subtree_of",
    "under",
]

SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"}


FINITE = {"VBZ", "VBD", "VBP", "MD"}


def under(token: Token, *dependencies: str) -> list[Token]:
    """Give the children of a token that stand in one of some dependencies."""
    return [child for child in token.children if child.dep_ in dependencies]


def subject_of(head: Token) -> Token | None:
    """Give the head of the subject that stands at the predicate itself, or at its auxiliary."""
    found = under(head, *SUBJECTS) or [s for helper in under(head, "aux", "auxpass") for s in under(helper, *SUBJECTS)]
    return found[0] if found else None


def is_finite(head: Token) -> bool:
    """Tell whether a predicate is finite: by its own form or that of an auxiliary."""
    helpers = under(head, "aux", "auxpass")
    if any(child.lower_ == "to" for child in helpers):
        return False
    if head.tag_ in FINITE or any(child.tag_ in FINITE for child in helpers):
        return True
    # the tagger takes "Republicans want" for an infinitive, "he repeatedly demeaned them" for a participle
    main = head.dep_ == "ROOT" or (head.dep_ == "conj" and head.head.dep_ == "ROOT")
    subjects = under(head, "nsubj")
    return main and not helpers and head.tag_ in {"VB", "VBN"} and bool(subjects) and subjects[0].i < head.i


def fits(helpers: tuple[Token, ...], verb: Token) -> bool:
    """Tell whether a verb form can stand behind auxiliaries that belong to another verb."""
    if not helpers:
        return False
    last = helpers[-1]
    forms = {"be": {"VBN", "VBG"}, "have": {"VBN", "VBD"}}.get(last.lemma_, {"VB"})
    return verb.tag_ in forms


def is_inverted(head: Token) -> bool:
    """Tell whether a clause is a condition by its word order: "should a war begin", "had they come"."""
    subject = subject_of(head)
    opener = head.left_edge
    return (
        subject is not None
        and opener.lower_ in {"should", "had", "were"}
        and opener.head == head
        and opener.i < subject.left_edge.i
    )


def marker_of(head: Token) -> str:
    """Give the lower-case subordinator of a clause, or an empty string."""
    for child in head.children:
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            return child.lower_
    return ""


def opener_of(head: Token) -> str:
    """Give the lower-case word that makes a clause a subordinate one: its subordinator, or the question word in front."""
    first = head.left_edge
    return marker_of(head) or (first.lower_ if first.tag_ in {"WP", "WRB", "WDT", "WP$"} else "")


def commas_before(token: Token) -> bool:
    """Tell whether a comma, dash or bracket parts a subtree from what stands before it."""
    left = token.left_edge.i - 1
    if left > 0 and token.doc[left].text == '"':
        left -= 1
    return left >= 0 and token.doc[left].text in {",", "—", "–", "--", "(", ";"}


def holder_of(head: Token, inherited: Token | None) -> Token | None:
    """Find who holds what a cue reports: its subject, the agent of a passive, or the subject of a verb above."""
    passive = bool(under(head, "nsubjpass", "auxpass"))
    for child in head.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            if child.lower_ in {"who", "which", "that"} and head.dep_ in {"relcl", "ccomp"}:
                return antecedent_of(head) if head.dep_ == "relcl" else nearest_noun(child)
            if passive and head.lemma_ in {"tell", "inform", "remind", "assure", "warn"}:
                break
            if child.lower_ in {"it", "there"} and (child.dep_ == "nsubjpass" or head.lemma_ == "be"):
                break
            return child
    if passive:
        agents = [noun for agent in under(head, "agent") for noun in under(agent, "pobj")]
        return agents[0] if agents else None
    return inherited


def antecedent_of(head: Token) -> Token:
    """Give the noun that a relative clause describes: the nearest one whose number fits the verb."""
    noun = head.head
    plural = any(t.lower_ in {"are", "were", "have"} for t in (head, *under(head, "aux", "auxpass")))
    climbed = noun
    while plural and climbed.tag_ not in {"NNS", "NNPS"}:
        if climbed.dep_ == "conj" and climbed.head.pos_ in {"NOUN", "PROPN"}:
            first = climbed
            while first.dep_ == "conj":
                first = first.head
            return first
        if climbed.head == climbed or climbed.head.pos_ not in {"NOUN", "PROPN", "ADP"}:
            return noun
        climbed = climbed.head
    return climbed if plural else noun


def doubtful(noun: Token, pronoun: Token) -> bool:
    """Tell whether a relative clause may describe another noun than the one it is attached to.

    "Who" needs a person ("a developer in Virginia, who"); "which" behind "A of B" may belong to either.
    """
    if pronoun.lower_ == "who":
        if noun.pos_ == "PROPN":
            return noun.ent_type_ in {"GPE", "LOC", "FAC", "DATE"}
        return noun.tag_ == "NN" and noun.lemma_.lower() not in PEOPLE
    if noun.pos_ == "NOUN" and noun.lemma_.lower() in PEOPLE:
        return True
    return noun.pos_ == "NOUN" and noun.dep_ == "pobj" and noun.head.lower_ == "of"


def nearest_noun(token: Token) -> Token | None:
    """Give the noun phrase head that ends right before a relative pronoun."""
    for place in range(token.i - 1, max(token.i - 4, token.sent.start - 1), -1):
        if token.doc[place].pos_ in {"NOUN", "PROPN"}:
            return token.doc[place]
    return None


def subtree_of(token: Token, without: set[int]) -> set[int]:
    """Give the indices of a subtree, without some."""
    return {t.i for t in token.subtree} - without


def subject_tokens(subject: Token) -> set[int]:
    """Give the tokens of a subject as another clause shares it: without what is said about it on the side."""
    without: set[int] = set()
    for token in subject.subtree:
        if token.dep_ in {"relcl", "appos", "parataxis"} and commas_before(token):
            without |= {t.i for t in token.subtree}
    kept = subtree_of(subject, without)
    while kept and subject.doc[max(kept)].is_punct and subject.doc[max(kept)].text not in {")", '"'}:
        kept.remove(max(kept))
    return kept
