"""Take a parsed sentence apart into the statements it makes.

Coordinated and subordinate statements become clauses of their own; a condition stays with what it conditions; the content
of reported speech becomes a clause that carries its cue, and the act of saying none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.lexicon import (
    ADJECTIVE_CUES,
    ASKING,
    CONDITIONS,
    DENIALS,
    FACTIVE_MARKERS,
    NOUN_CUES,
    REPORTING,
    WISHES,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = ["Clause", "Cue", "clauses"]

_SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"}
_FINITE = {"VBZ", "VBD", "VBP", "MD"}
_OPEN_QUESTIONS = {"why", "how", "what", "who", "when", "where", "whom", "whose", "which"}


@attrs.frozen(eq=False)
class Cue:
    """The word that reports a clause, and whose words it reports.

    Parameters
    ----------
    head : spacy.tokens.Token
        The reporting verb, noun or adjective, or "according".
    holder : spacy.tokens.Token or None
        Head of the noun phrase that names who says or holds it; None where the sentence names nobody.
    outer : Cue or None
        The cue that this one stands under ("A said that B had threatened").
    wished : bool
        Whether the content is wished or hoped for, not stated.
    """

    head: Token
    holder: Token | None
    outer: Cue | None = None
    wished: bool = False


@attrs.frozen(eq=False)
class Clause:
    """One statement of a sentence, as the tokens that make it.

    Parameters
    ----------
    head : spacy.tokens.Token
        Its predicate.
    tokens : tuple of spacy.tokens.Token
        In the order of the sentence; a subject shared with another clause is among them.
    cue : Cue or None
        What reports it.
    subject : spacy.tokens.Token or None
        Head of its subject, shared ones included.
    """

    head: Token
    tokens: tuple[Token, ...]
    cue: Cue | None
    subject: Token | None


def _children(token: Token, *dependencies: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in dependencies]


def subject_of(head: Token) -> Token | None:
    """Give the head of the subject that stands at the predicate itself."""
    found = _children(head, *_SUBJECTS)
    return found[0] if found else None


def is_finite(head: Token) -> bool:
    """Tell whether a predicate is finite: by its own form or that of an auxiliary."""
    helpers = _children(head, "aux", "auxpass")
    if any(child.lower_ == "to" for child in helpers):
        return False
    return head.tag_ in _FINITE or any(child.tag_ in _FINITE for child in helpers)


def _marker(head: Token) -> str:
    """Give the lower-case subordinator of a clause, or an empty string."""
    for child in head.children:
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            return child.lower_
    return ""


def _commas_before(token: Token) -> bool:
    """Tell whether a comma, dash or bracket parts a subtree from what stands before it."""
    left = token.left_edge.i
    return left > 0 and token.doc[left - 1].text in {",", "—", "–", "--", "(", ";"}


def _holder(head: Token, inherited: Token | None) -> Token | None:
    """Find who holds what a cue reports: its subject, the agent of a passive, or the subject of a verb above."""
    passive = bool(_children(head, "nsubjpass", "auxpass"))
    for child in head.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            if child.lower_ in {"who", "which", "that"} and head.dep_ in {"relcl", "ccomp"}:
                return _antecedent(head) if head.dep_ == "relcl" else _nearest_noun(child)
            if passive and head.lemma_ in {"tell", "inform", "remind", "assure", "warn"}:
                break
            if child.dep_ == "nsubjpass" and child.lower_ == "it":
                break
            return child
    if passive:
        agents = [noun for agent in _children(head, "agent") for noun in _children(agent, "pobj")]
        return agents[0] if agents else None
    return inherited


def _antecedent(head: Token) -> Token:
    """Give the noun that a relative clause describes; a plural verb climbs past a singular noun."""
    noun = head.head
    plural = any(t.lower_ in {"are", "were", "have"} for t in (head, *_children(head, "aux", "auxpass")))
    climbed = noun
    while plural and climbed.tag_ in {"NN", "NNP"} and climbed.dep_ in {"pobj", "prep", "conj", "appos", "poss"}:
        climbed = climbed.head
        if climbed.tag_ in {"NNS", "NNPS"}:
            return climbed
        if climbed.pos_ == "ADP":
            climbed = climbed.head
            if climbed.tag_ in {"NNS", "NNPS"}:
                return climbed
    return noun


def _nearest_noun(token: Token) -> Token | None:
    """Give the noun phrase head that ends right before a relative pronoun."""
    for place in range(token.i - 1, max(token.i - 4, token.sent.start - 1), -1):
        if token.doc[place].pos_ in {"NOUN", "PROPN"}:
            return token.doc[place]
    return None


def _subtree(token: Token, without: set[int]) -> set[int]:
    return {t.i for t in token.subtree} - without


def _subject_tokens(subject: Token) -> set[int]:
    """Give the tokens of a subject as another clause shares it: without what is said about it on the side."""
    without: set[int] = set()
    for token in subject.subtree:
        if token.dep_ in {"relcl", "appos", "parataxis"} and _commas_before(token):
            without |= {t.i for t in token.subtree}
    return {i for i in _subtree(subject, without) if i <= subject.right_edge.i}


class _Splitter:
    """Walk over one sentence; holds what was found."""

    def __init__(self, sentence: SpacySpan) -> None:
        self.sentence = sentence
        self.found: list[Clause] = []
        self.seen: set[int] = set()

    def run(self) -> list[Clause]:
        self.visit(self.sentence.root, None, None)
        return sorted(self.found, key=lambda c: (c.tokens[0].i, c.head.i))

    # -- walking ---------------------------------------------------------------------------------------------------

    def visit(self, head: Token, cue: Cue | None, subject: Token | None, helpers: tuple[Token, ...] = ()) -> None:
        """Take one predicate apart; `subject` and `helpers` are what it shares with the clause it is joined to."""
        if head.i in self.seen:
            return
        self.seen.add(head.i)
        own = subject_of(head) or subject
        contents = list(self.contents(head))
        cue = self.according(head, cue)
        if contents and head.lemma_ not in DENIALS:
            self.report(head, contents, cue, own)
            return
        self.state(head, cue, own, helpers)

    def contents(self, head: Token) -> Iterator[tuple[Token, Token]]:
        """Yield (cue, content) for each clause that the predicate reports."""
        verb_like = head.pos_ in {"VERB", "AUX"}
        for child in head.children:
            if child.dep_ in {"ccomp", "parataxis"} and verb_like and child.pos_ in {"VERB", "AUX", "NOUN", "ADJ", "PROPN"}:
                if child.dep_ == "parataxis" and head.lemma_ not in REPORTING:
                    continue
                if head.lemma_ in REPORTING | ASKING | DENIALS | WISHES and subject_of(child) is not None:
                    yield head, child
                elif head.lemma_ == "be" and any(c.lemma_ in ADJECTIVE_CUES for c in _children(head, "acomp")) and child.i > head.i:
                    yield head, child
            if child.dep_ == "acomp" and child.lemma_ in ADJECTIVE_CUES:
                for inner in _children(child, "ccomp"):
                    yield child, inner
            if child.dep_ in {"dobj", "attr", "pobj"} and child.lemma_ in NOUN_CUES:
                for inner in _children(child, "acl", "ccomp", "relcl"):
                    if _marker(inner) == "that" and is_finite(inner) and subject_of(inner) is not None:
                        yield child, inner

    def according(self, head: Token, cue: Cue | None) -> Cue | None:
        """Put "according to X" around the clause that it belongs to."""
        for child in head.children:
            if child.lower_ == "according" and child.dep_ in {"prep", "advmod", "advcl"}:
                holders = [noun for to in _children(child, "prep") for noun in _children(to, "pobj")]
                if holders:
                    return Cue(child, holders[0], cue)
        return cue

    def report(self, head: Token, contents: list[tuple[Token, Token]], cue: Cue | None, subject: Token | None) -> None:
        """Visit what a cue reports, and what is joined to the cue; the act of saying makes no claim."""
        holder = _holder(head, subject)
        taken = set()
        for word, content in contents:
            taken |= {content.i, word.i}
            if head.lemma_ in ASKING or (_marker(content) in _OPEN_QUESTIONS | {"whether", "if"} and head.lemma_ not in WISHES):
                self.seen.add(content.i)
                continue
            inner = Cue(word, holder, cue, wished=word.lemma_ in WISHES)
            self.visit(content, inner, None)
        for child in head.children:
            if child.i in taken:
                continue
            if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}:
                self.visit(child, cue, subject_of(child) or subject)
            elif child.dep_ in {"advcl", "xcomp"} and list(self.contents(child)):
                self.visit(child, cue, subject_of(child) or holder)
            elif child.dep_ == "advcl" and self.apart(child):
                self.visit(child, cue, None)
        self.relatives(head, {t.i for c in contents for t in c[1].subtree}, cue)

    def state(self, head: Token, cue: Cue | None, subject: Token | None, helpers: tuple[Token, ...]) -> None:
        """Make a claim of a predicate that reports nothing, and visit what stands apart from it."""
        without: set[int] = set()
        own_helpers = tuple(_children(head, "aux", "auxpass")) or helpers
        for child in head.children:
            part = {t.i for t in child.subtree}
            if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and self.splits(head, child):
                shared = () if subject_of(child) or is_finite(child) else own_helpers
                self.visit(child, cue, subject_of(child) or subject, shared)
                without |= part | {t.i for t in _children(head, "cc") if t.i < child.i and t.i > head.i}
            elif child.dep_ == "ccomp" and head.lemma_ not in DENIALS | REPORTING | WISHES and child.i < head.i and subject_of(child) and is_finite(child):
                self.visit(child, cue, None)
                without |= part
            elif child.dep_ == "parataxis" and child.pos_ in {"VERB", "AUX"} and (subject_of(child) or child.lemma_ in REPORTING):
                if child.lemma_ in REPORTING and not any(c.dep_ == "ccomp" for c in child.children):
                    cue = Cue(child, _holder(child, None), cue)
                else:
                    self.visit(child, cue, None)
                without |= part
            elif child.dep_ == "advcl" and list(self.contents(child)):
                self.visit(child, cue, subject_of(child) or subject)
                without |= part
            elif child.dep_ == "advcl" and self.apart(child):
                self.visit(child, cue, None)
                if _marker(child) not in {"after", "before", "since", "when", "where", "given"}:
                    without |= part
            elif child.dep_ == "prep" and (stray := self.stray(child, head)):
                noun, verb = stray
                self.visit(verb, cue, noun)
                without |= {t.i for t in child.subtree} | {t.i for t in verb.subtree}
            elif child.lower_ == "according" and child.dep_ in {"prep", "advmod", "advcl"}:
                without |= part
            elif child.dep_ in {"mark", "cc", "intj", "preconj"} or (child.dep_ == "advmod" and child.tag_ == "WRB"):
                without |= part if child.lower_ not in CONDITIONS else set()
        without |= self.relatives(head, without, cue)
        tokens = _subtree(head, without)
        if subject is not None and subject_of(head) is None:
            tokens |= _subject_tokens(subject)
            if helpers and not _children(head, "aux", "auxpass"):
                tokens |= {t.i for t in helpers} | {t.i for t in _children(helpers[0].head, "neg")}
        if subject is None or not (is_finite(head) or helpers):
            return
        self.emit(head, tokens, cue, subject)

    def relatives(self, head: Token, without: set[int], cue: Cue | None) -> set[int]:
        """Visit relative clauses that say something on the side; give the tokens that they take with them."""
        gone: set[int] = set()
        for token in head.subtree:
            if token.dep_ != "relcl" or token.i in without or token.i in gone or not _commas_before(token) or not is_finite(token):
                continue
            pronoun = next((t for t in token.subtree if t.tag_ in {"WDT", "WP"}), None)
            if pronoun is None or pronoun.lower_ not in {"which", "who"} or pronoun.dep_ not in {"nsubj", "nsubjpass"} or pronoun.head != token:
                continue
            noun = _antecedent(token)
            part = {t.i for t in token.subtree}
            gone |= part
            if list(self.contents(token)):
                self.visit(token, cue, noun)
                continue
            self.seen.add(token.i)
            body = part - {t.i for t in pronoun.subtree}
            phrase = {i for i in _subject_tokens(noun) if i < token.left_edge.i} - without
            self.emit(token, body | phrase, cue, noun)
        return gone

    # -- decisions -------------------------------------------------------------------------------------------------

    def splits(self, head: Token, conjunct: Token) -> bool:
        """Tell whether a coordinated predicate is a statement of its own."""
        if subject_of(conjunct) is not None:
            return is_finite(conjunct)
        if any(t.lower_ == "to" for t in _children(head, "aux")):
            return False
        return is_finite(conjunct) or bool(_children(head, "aux", "auxpass"))

    def apart(self, clause: Token) -> bool:
        """Tell whether an adverbial clause is stated beside its main clause."""
        return _marker(clause) in FACTIVE_MARKERS and is_finite(clause) and subject_of(clause) is not None

    def stray(self, preposition: Token, head: Token) -> tuple[Token, Token] | None:
        """Mend "as the assault looms" where the parser took the subject for the object of a preposition."""
        if preposition.lower_ not in FACTIVE_MARKERS:
            return None
        for noun in _children(preposition, "pobj"):
            after = noun.right_edge.i + 1
            if after < self.sentence.end:
                verb = noun.doc[after]
                if verb.head == head and verb.dep_ in {"advcl", "conj", "ccomp"} and verb.tag_ in _FINITE and subject_of(verb) is None:
                    return noun, verb
        return None

    def emit(self, head: Token, indices: set[int], cue: Cue | None, subject: Token | None) -> None:
        """Keep a clause, without marks and conjunctions at its edges."""
        doc = head.doc
        kept = sorted(indices)
        while kept and (doc[kept[0]].is_punct or doc[kept[0]].is_space or doc[kept[0]].dep_ == "cc" or doc[kept[0]].lower_ in {"that", "'s"} and doc[kept[0]].dep_ == "mark"):
            kept.pop(0)
        while kept and (doc[kept[-1]].is_punct and doc[kept[-1]].text not in {")", "%"} or doc[kept[-1]].is_space or doc[kept[-1]].dep_ == "cc"):
            kept.pop()
        words = [i for i in kept if doc[i].is_alpha]
        if len(words) >= 3:
            self.found.append(Clause(head, tuple(doc[i] for i in kept), cue, subject))


def clauses(sentence: SpacySpan) -> list[Clause]:
    """Split a sentence into its statements.

    Parameters
    ----------
    sentence : spacy.tokens.Span
        One sentence of a parsed document. A question states nothing.

    Returns
    -------
    list of Clause
        In the order of their first tokens.
    """
    text = sentence.text.rstrip("\"' )")
    if text.endswith("?"):
        return []
    return _Splitter(sentence).run()
