"""Polarity and modality of a clause, and the figures in a claim's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.extraction.grammar import is_inverted
from claimtrack.extraction.lexicon import (
    ASKING,
    DENIALS,
    EVENTS,
    FORECAST_ADJECTIVES,
    FORECAST_VERBS,
    HEDGES,
    NEGATIVE_WORDS,
    WISHES,
)
from claimtrack.quantities import find_quantities
from claimtrack.records import Modality, Polarity, Quantity, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.extraction.clauses import Clause

__all__ = ["modality", "polarity", "quantities"]

_NOT_DOING = {"decline", "fail", "neglect", "refuse"}
"""Verbs whose infinitive says what did not happen."""

_STATED = frozenset(
    """
    accusation account allegation assertion assumption charge claim comment complaint concern criticism fear idea
    insinuation news notion objection possibility prediction remark report rumor rumour speculation statement story
    suggestion suspicion talk theory warning
    """.split()
)
"""What can be dismissed as untrue; a guard who is dismissed is not denied."""

_LIKING = {"like", "love", "prefer"}
_CALLING = {
    "appeal": {"to", "for"},
    "beg": set(),
    "call": {"on", "for", "upon"},
    "implore": set(),
    "plead": {"for", "with"},
}
"""Verbs that ask somebody to do something, with the prepositions that bring it in."""

_COMMANDING = {"command", "instruct", "order"}
_BINDING = {"bind", "command", "compel", "forbid", "instruct", "oblige", "order", "prohibit", "require", "tell"}
"""Verbs whose passive, with an infinitive, is a rule or an order."""

_PLANNED = {"destine", "poise", "project", "schedule", "set", "slate", "tip"}
"""Verbs whose passive, with an infinitive, tells what will be; beside the active ones of the lexicon."""

_HELD = frozenset(
    "allege assume believe claim estimate fear presume report repute rumor rumour say suppose suspect think understand".split()
)
"""Verbs whose passive, with an infinitive, tells what nobody vouches for ("is believed to be")."""

_COMPARED = (["more"], ["fewer"], ["less"], ["later"], ["earlier"], ["longer"])
_POSSIBLE = {"conceivable", "possible", "probable"}
_NOT_WILLED = frozenset(
    "be become come exist get happen have know last like matter need notice realise realize remember succeed survive want work".split()
)
"""Verbs of which "may not" is a doubt, not a ban."""


def _helpers(clause: Clause) -> set[str]:
    """Give the auxiliaries of a clause, shared ones included, in lower case."""
    head, inside = clause.head, set(clause.tokens)
    return {t.lower_ for t in inside if t.dep_ in {"aux", "auxpass"} and (t.head == head or t.head not in inside)}


def _takes(head: Token, *dependencies: str) -> bool:
    return any(child.dep_ in dependencies for child in head.children)


def _is_passive(head: Token) -> bool:
    return _takes(head, "auxpass", "nsubjpass")


def _negations(clause: Clause) -> int:
    """Count the negative words that bear on the main predicate."""
    head = clause.head
    inside = set(clause.tokens)
    count = 0
    for token in clause.tokens:
        if _is_no_denial(token):
            continue
        near = token.head == head or token.head.head == head or token == head
        if (
            (
                token.dep_ == "neg"
                and (
                    token.head == head
                    or token.head not in inside
                    or token.head.dep_ in {"aux", "auxpass"}
                    or token.head.dep_ in {"acomp", "attr", "dobj"}
                    or (token.lower_ == "no" and token.head.lower_ == "longer" and token.head.head == head)
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
    return count


def _is_no_denial(token: Token) -> bool:
    """Tell whether a negative word bounds a figure or opens a list: "no more than 50", "not only the port but"."""
    if token.lower_ not in {"no", "not"}:
        return False
    words = [t.lower_ for t in token.doc[token.i : token.i + 3]]
    return words[1:2] in (["only"], ["just"], ["merely"]) or (words[1:2] in _COMPARED and words[2:] == ["than"])


def _denies(head: Token) -> bool:
    """Tell whether a predicate calls something untrue or turns it down."""
    if head.lemma_ == "dismiss":
        about = [t for t in head.children if t.dep_ in {"dobj", "nsubjpass"}]
        return _takes(head, "ccomp") or any(t.lemma_ in _STATED for t in about)
    return head.lemma_ in DENIALS


def quantities(spans: tuple[Span, ...], text: str) -> tuple[Quantity, ...]:
    """Find the figures in a claim's own words, with their places in the article `text`."""
    return tuple(q for span in spans for q in find_quantities(span.slice(text), offset=span.start))


def polarity(clause: Clause) -> Polarity:
    """Tell whether the main predicate of a clause is negated.

    A negation of the predicate ("did not", "never", "no longer", "hardly"), of its subject or object ("no attack",
    "nobody"), a denying verb or one of not doing ("failed to") makes it negative; two of them cancel out. A negation in a
    subordinate clause does not count, one that the clause shares with the clause before it ("will not rise or fall") does.
    """
    head = clause.head
    count = _negations(clause) + _denies(head) + (head.lemma_ in _NOT_DOING and _takes(head, "xcomp"))
    return Polarity.NEGATIVE if count % 2 else Polarity.POSITIVE


def modality(clause: Clause) -> Modality:
    """Tell the mood of a clause; the first rule that holds decides.

    Wished by "if only" or "would like", conditional, denied, asked, wished, hedged, ordered, forecast, asserted. An event
    that is only thought of ("an attack would cost lives") is conditional; what could not be, or only in one way, is no
    hedge; what is not denied is asserted.
    """
    head = clause.head
    helpers = _helpers(clause)
    if _is_longed_for(clause, helpers):
        return Modality.WISHED
    if _is_conditional(clause, helpers):
        return Modality.CONDITIONAL
    if _denies(head):
        return Modality.ASSERTED if _negations(clause) % 2 else Modality.DENIED
    if head.lemma_ in ASKING or _calls(head):
        return Modality.ASKED
    if head.lemma_ in WISHES or (clause.cue is not None and clause.cue.wished):
        return Modality.WISHED
    if _is_banned(clause, helpers):
        return Modality.ORDERED
    if _is_hedged(clause, helpers):
        return Modality.HEDGED
    if _is_ordered(head, helpers):
        return Modality.ORDERED
    return Modality.FORECAST if _is_forecast(head, helpers) else Modality.ASSERTED


def _is_longed_for(clause: Clause, helpers: set[str]) -> bool:
    """Tell whether a clause is a wish by its form: "if only they had come", "would love to"."""
    head = clause.head
    marks = [t for t in clause.tokens if t.lower_ == "if" and t.dep_ == "mark" and t.head == head]
    if head.dep_ == "ROOT" and any(t.i + 1 < len(t.doc) and t.nbor().lower_ == "only" for t in marks):
        return True
    conditional = any(t.lower_ in {"if", "unless"} and t.dep_ == "mark" for t in clause.tokens)
    return head.lemma_ in _LIKING and bool(helpers & {"would", "'d"}) and not conditional


def _is_conditional(clause: Clause, helpers: set[str]) -> bool:
    head, subject = clause.head, clause.subject
    inside = set(clause.tokens)
    for token in clause.tokens:
        if token.lower_ in {"if", "unless"} and token.dep_ == "mark":
            return True
        following = token.nbor() if token.i + 1 < len(token.doc) else None
        if following is None or following.lower_ != "that":
            continue
        if token.lower_ in {"provided", "providing"} and token.dep_ in {"advcl", "prep", "mark", "acl"}:
            return True
        if token.lower_ == "condition" and token.dep_ == "pobj" and token.head.lower_ == "on":
            return True
    if any(t.dep_ in {"advcl", "ccomp"} and t in inside and is_inverted(t) for t in head.children):
        return True
    if "would" in helpers and not any(t.dep_ == "mark" for t in head.children) and clause.cue is None:
        return True
    if head.tag_ != "VBD" and any(
        t.lower_ == "any" and t.head.dep_ == "pobj" and t.head.head.lower_ in {"after", "upon"} for t in clause.tokens
    ):
        return True
    if subject is None:
        return False
    any_one = any(t.lower_ in {"any", "whoever", "whatever"} for t in (subject, *subject.children))
    imagined = subject.lemma_.lower() in EVENTS and any(
        t.lower_ in {"a", "an", "another", "such"} for t in subject.children
    )
    return (imagined and "would" in helpers) or (any_one and bool(helpers & {"will", "would", "'ll"}))


def _calls(head: Token) -> bool:
    """Tell whether somebody is called on to do something."""
    prepositions = _CALLING.get(head.lemma_)
    if prepositions is None or _is_passive(head):
        return False
    return (
        _takes(head, "xcomp", "ccomp")
        if not prepositions
        else any(t.dep_ == "prep" and t.lower_ in prepositions for t in head.children)
    )


def _is_banned(clause: Clause, helpers: set[str]) -> bool:
    """Tell whether "may not" is a ban: something is done or not, by anybody of a kind."""
    head, subject = clause.head, clause.subject
    if (
        "may" not in helpers
        or "have" in helpers
        or head.lemma_ in _NOT_WILLED
        or not _negations(clause)
        or subject is None
    ):
        return False
    return _is_passive(head) or subject.tag_ == "NNS" or any(t.lower_ == "no" for t in subject.children)


def _is_hedged(clause: Clause, helpers: set[str]) -> bool:
    head = clause.head
    impossible = "could" in helpers and any(
        t.dep_ == "neg" or t.lower_ == "only" for t in head.subtree if t.head == head or t.head.head == head
    )
    if helpers & {"may", "might", "could"} - ({"could"} if impossible else set()):
        return True
    if head.lemma_ in {"seem", "appear"} and _takes(head, "xcomp", "oprd", "acomp", "attr", "ccomp"):
        return True
    if head.lemma_ in _HELD and _is_passive(head) and _takes(head, "xcomp"):
        return True
    if any(t.dep_ == "acomp" and t.lemma_ in _POSSIBLE for t in head.children) and _takes(head, "ccomp"):
        return True
    return any(t.lower_ in HEDGES for t in clause.tokens if t.head == head)


def _is_ordered(head: Token, helpers: set[str]) -> bool:
    if helpers & {"must", "should", "shall"}:
        return True
    if not _takes(head, "xcomp", "ccomp"):
        return False
    if head.lemma_ in {"have", "need", "ought"}:
        return _takes(head, "xcomp")
    if _is_passive(head):
        return head.lemma_ in _BINDING
    told = head.lemma_ == "tell" and any(
        t.dep_ in {"xcomp", "ccomp"} and any(c.lower_ == "to" and c.dep_ == "aux" for c in t.children)
        for t in head.children
    )
    return told or head.lemma_ in _COMMANDING


def _is_forecast(head: Token, helpers: set[str]) -> bool:
    going = head.lemma_ == "go" and _takes(head, "xcomp")
    now = bool(helpers & {"is", "are", "'s", "'re"})
    present = head.tag_ in {"VBZ", "VBP", "VBG"} or now
    adjective = any(t.lemma_ in FORECAST_ADJECTIVES and t.dep_ in {"acomp", "oprd"} for t in head.children)
    planned = now and head.lemma_ in _PLANNED and _takes(head, "xcomp")
    return (
        bool(helpers & {"will", "'ll", "wo", "would"})
        or going
        or adjective
        or planned
        or (head.lemma_ in FORECAST_VERBS and present)
    )
