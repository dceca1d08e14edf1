"""A statement on its way through the rules, and what several of them ask about words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.lexicon import DENIALS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = [
    "LONGEST",
    "MOST",
    "NOT_ALWAYS",
    "NOUNS",
    "PLACES",
    "RESTRICTING",
    "TIMES",
    "Piece",
    "is_indefinite",
    "is_joined",
    "listed_by_mistake",
    "marks_around",
    "noun_phrase",
    "past_tense",
    "set_off",
    "weak",
    "without_marks",
]

NOUNS = {"NOUN", "PROPN", "PRON"}

RESTRICTING = frozenset(
    "alone altogether chiefly largely mainly mostly primarily sole solely together combined each either except jointly mutually neither only respectively total without".split()
)

_FEW = frozenset(
    "few if lest once unless until whether hardly least less little most neither no nobody none nothing rarely scarcely seldom".split()
)
"""Words under which a statement does not follow from one that says more."""

_AGAINST = frozenset("avoid ban block decline fail forbid lack prevent prohibit refuse stop".split())
"""Verbs that turn their complement round as a negation does."""

NOT_ALWAYS = frozenset(
    """
    acting alleged apparent deputy ex fake false first former future last likely only possible potential proposed second
    so-called suspected vice would-be
    """.split()
)
"""Words after which a thing need not be what the noun says."""

MOST = 12
"""Statements that the lists of one clause may make; beyond that the clause stays whole."""

PLACES = {"GPE", "LOC", "FAC"}

TIMES = {"DATE", "TIME"}

_PAST = dict(
    pair.split(":")
    for pair in """
    be:was become:became begin:began break:broke bring:brought build:built buy:bought catch:caught choose:chose come:came
    cost:cost cut:cut deal:dealt do:did draw:drew drive:drove fall:fell feed:fed feel:felt fight:fought find:found flee:fled
    fly:flew forbid:forbade get:got give:gave go:went grow:grew have:had hear:heard hit:hit hold:held hurt:hurt keep:kept
    know:knew lay:laid lead:led leave:left lend:lent let:let lie:lay lose:lost make:made mean:meant meet:met pay:paid put:put
    read:read ride:rode ring:rang rise:rose run:ran say:said see:saw seek:sought sell:sold send:sent set:set shake:shook
    shoot:shot shut:shut sing:sang sink:sank sit:sat sleep:slept speak:spoke spend:spent spread:spread stand:stood steal:stole
    stick:stuck strike:struck swear:swore take:took teach:taught tear:tore tell:told think:thought throw:threw
    understand:understood wear:wore win:won withdraw:withdrew write:wrote die:died tie:tied
    """.split()
)
LONGEST = 150
"""Tokens of a clause that is taken apart; the time grows with the square of the tokens and the depth of the tree."""


@attrs.frozen(eq=False)
class Piece:
    """A statement on its way: its predicate, subject, tokens, and words written otherwise than they stand there."""

    head: Token
    subject: Token | None
    tokens: frozenset[int]
    rewrites: dict[int, str] = attrs.field(factory=dict)
    within: frozenset[int] = frozenset()
    kind: str = "whole"
    reported: bool = False

    @property
    def spare(self) -> bool:
        """Whether other statements of the sentence say it too, or it only names something."""
        return self.kind in {"core", "adjunct", "title", "year", "abbr"}


def marks_around(doc: Doc, part: set[int]) -> set[int]:
    """Give the commas, dashes and brackets right before and behind tokens."""
    return {
        i for i in (min(part) - 1, max(part) + 1) if 0 <= i < len(doc) and doc[i].text in {",", "(", ")", "-", "–", "—"}
    }


def set_off(token: Token) -> bool:
    """Tell whether a comma, dash or bracket stands before a subtree, or behind one that opens its sentence."""
    doc, left, right = token.doc, token.left_edge.i, token.right_edge.i
    before = left > token.sent.start and doc[left - 1].text in {",", "(", "–", "—", "--"}
    opens = left == token.sent.start and right + 1 < len(doc) and doc[right + 1].text == ","
    return before or opens


def listed_by_mistake(token: Token) -> bool:
    """Tell whether an apposition is a member of a list ("Jolie, Fanning and Copley")."""
    return any(child.dep_ == "conj" for child in token.children)


def without_marks(doc: Doc, tokens: set[int]) -> set[int]:
    """Give tokens without the marks at their end."""
    kept = set(tokens)
    while kept and doc[max(kept)].is_punct and doc[max(kept)].text not in {'"', ")"}:
        kept.remove(max(kept))
    return kept


def past_tense(verb: Token) -> str:
    """Give the past tense of a verb that stands as an "-ing" form."""
    if verb.lemma_.lower() in _PAST:
        return _PAST[verb.lemma_.lower()]
    stem = verb.lower_.removesuffix("ing")
    if stem.endswith("y") and stem[-2:-1] not in "aeiou":
        return stem[:-1] + "ied"
    return stem + "ed"


def is_indefinite(noun: Token) -> bool:
    """Tell whether a noun has an indefinite article."""
    return any(c.dep_ == "det" and c.lower_ in {"a", "an"} for c in noun.children)


def is_joined(noun: Token) -> bool:
    """Tell whether a noun opens a list."""
    return any(c.dep_ == "conj" for c in noun.children)


def noun_phrase(noun: Token, rest: set[int]) -> set[int]:
    """Give the tokens of a noun phrase without what is said about it on the side."""
    without: set[int] = set()
    for child in noun.subtree:
        if child.dep_ in {"relcl", "appos", "parataxis", "acl"} and set_off(child) and child != noun:
            without |= {t.i for t in child.subtree}
    return ({t.i for t in noun.subtree} - without) & rest


def weak(piece: Piece) -> bool:
    """Tell whether a statement that says less would not follow: it is negated, or holds of few."""
    doc, head = piece.head.doc, piece.head
    if any(c.dep_ == "neg" for c in head.children) or head.lemma_ in DENIALS | _AGAINST:
        return True
    return any(doc[i].lower_ in RESTRICTING | _FEW for i in piece.tokens)
