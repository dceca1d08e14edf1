"""What stands on the side of a statement: appositions, participles, relative clauses, titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.brackets import brackets
from claimtrack.extraction.lexicon import REPORTING
from claimtrack.extraction.pieces import (
    NOT_ALWAYS,
    NOUNS,
    PLACES,
    Piece,
    is_indefinite,
    is_joined,
    listed_by_mistake,
    marks_around,
    noun_phrase,
    past_tense,
    set_off,
    without_marks,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["without_asides"]

_OF_THE_EVENT = frozenset(
    "allow bring cause create enable force fuel highlight lead leave make mean prompt raise reflect result show signal spark suggest trigger underline underscore".split()
)
"""Verbs of participles that tell what a whole event does, not its subject: "came late, prompting a protest"."""

_LONGEST_NAME = 12
"""Tokens of a name with the place behind it."""

_BLAMING = frozenset("accuse blame charge condemn credit criticise criticize fault praise thank".split())

_PREPOSITIONAL = {"accord", "concern", "depend", "follow", "include", "regard", "base"}
"""Participles that stand for prepositions ("including", "following", "based on")."""

_JOINING = {
    "also",
    "as a result",
    "besides",
    "consequently",
    "for example",
    "for instance",
    "furthermore",
    "hence",
    "however",
    "in addition",
    "in fact",
    "indeed",
    "likewise",
    "meanwhile",
    "moreover",
    "nevertheless",
    "nonetheless",
    "of course",
    "similarly",
    "still",
    "therefore",
    "thus",
}


def without_asides(whole: Piece) -> list[Piece]:
    """Give the statement without its asides, then the statements that these make."""
    doc = whole.head.doc
    rest = set(whole.tokens) - _opening(doc, whole.tokens)
    found: list[Piece] = []
    for opening, closing in brackets(doc, rest):
        rest -= set(range(opening, closing + 1))
    for i in sorted(whole.tokens):
        token = doc[i]
        if i not in rest or token == whole.head or token.head.i not in rest:
            continue
        if (
            whole.reported
            and token.tag_ == "VBG"
            and token.dep_ == "advcl"
            and token.lemma_ in REPORTING
            and set_off(token)
        ):
            part = {t.i for t in token.subtree} & rest
            rest -= part | marks_around(doc, part)
            continue  # "he said that prices rose, citing a study": it is the speaker who cites
        found += [made for made in (_title(token, rest), _situation(token, rest)) if made is not None]
        for way in (_apposition, _participle, _gerund, _description, _relative):
            made = way(token, whole, rest)
            if made is not None:
                if way is not _gerund:
                    part = {t.i for t in token.subtree} & rest
                    rest -= part | marks_around(doc, part)
                found.append(made)
                break
    return [attrs.evolve(whole, tokens=frozenset(rest)), *found]


def _opening(doc: Doc, tokens: frozenset[int]) -> set[int]:
    """Give the words before the first comma that only join a sentence to the one before it ("However,")."""
    start = sorted(tokens)[:4]
    for place, i in enumerate(start):
        if doc[i].text == "," and " ".join(doc[j].lower_ for j in start[:place]) in _JOINING:
            return set(start[: place + 1])
    return set()


def _title(token: Token, rest: set[int]) -> Piece | None:
    """State what somebody or something is by the noun before the name: "the 2002 film Alien", "designer Ana Lima"."""
    if token.dep_ != "compound" or token.tag_ != "NN" or token.head.pos_ != "PROPN" or token.text != token.lower_:
        return None
    name = token.head
    names = {name.i} | {t.i for c in name.lefts if c.dep_ == "compound" and c.i > token.i for t in c.subtree}
    if any(token.doc[i].pos_ != "PROPN" and token.doc[i].dep_ != "punct" for i in names):
        return None
    own = {t.i for t in token.subtree}
    for child in reversed([c for c in name.lefts if c.i < token.i]):
        if child.lower_ in NOT_ALWAYS - {"former"}:
            return None
        described = child.dep_ in {"amod", "compound", "nmod", "nummod"}
        if not described or child.right_edge.i != min(own) - 1:
            break
        own |= {t.i for t in child.subtree}
    if any(token.doc[i].dep_ in {"cc", "conj"} for i in own):
        return None
    if not (own | names) <= rest or max(own) + 1 != min(names):
        return None
    what = token.doc[min(own) : token.i + 1].text
    words = token.doc[min(names) : name.i + 1].text
    rewrites = dict.fromkeys(own | names, "")
    rewrites[min(own)] = f"{words} is {'an' if what[0].lower() in 'aeio' else 'a'} {what}"
    return Piece(name, name, frozenset(own | names), rewrites, kind="title")


def _situation(token: Token, rest: set[int]) -> Piece | None:
    """State where a building or an institution is by the place behind its name: "Kezar Stadium in San Francisco"."""
    noun = token.head
    if token.dep_ != "prep" or token.lower_ != "in" or noun.tag_ != "NNP" or noun.i + 1 != token.i:
        return None
    place = next((c for c in token.children if c.dep_ == "pobj"), None)
    if place is None or place.ent_type_ != "GPE" or noun.ent_type_ not in {"FAC", "ORG", "GPE"}:
        return None
    tokens = {t.i for t in noun.subtree if t.i <= token.right_edge.i and t.dep_ != "relcl"}
    if not tokens <= rest or len(tokens) > _LONGEST_NAME:
        return None
    return Piece(noun, noun, frozenset(tokens), {token.i: "is in"}, kind="title")


def _apposition(token: Token, whole: Piece, rest: set[int]) -> Piece | None:
    """State that a noun is what its apposition calls it."""
    noun = token.head
    if token.dep_ != "appos" or token.i < noun.i or not set_off(token) or listed_by_mistake(token):
        return None
    if noun.pos_ not in {"NOUN", "PROPN"} or token.pos_ not in {"NOUN", "PROPN"}:
        return None
    if noun.ent_type_ in PLACES and token.ent_type_ in PLACES:
        return None
    if noun.dep_ == "pobj" and token.pos_ == "NOUN" and not noun.ent_type_ and is_indefinite(token):
        return None  # it may stand beside the whole statement ("released from arrest, a triumph for")
    if token.left_edge.pos_ == "ADV" or token.left_edge.lower_ in {"especially", "notably", "including"}:
        return None  # "the developments, most importantly the talks" picks one out
    described = any(child.dep_ in {"det", "poss", "amod", "prep", "compound", "advmod"} for child in token.children)
    if (not described and noun.pos_ == token.pos_) or token.doc[token.left_edge.i - 1].text == "(":
        return None
    if any(t.like_num or t.pos_ == "NUM" for t in (token, *token.children)) and noun.pos_ == "PROPN":
        return None
    if not any(t.dep_ in {"det", "poss"} for t in token.children) and (token.pos_ == "PROPN" or noun.pos_ == "NOUN"):
        return None
    own = {i for i in noun_phrase(noun, rest) if i < token.left_edge.i}
    own = without_marks(token.doc, own - {t.i for t in token.subtree})
    part = {t.i for t in token.subtree} & rest
    if not own or not part:
        return None
    plural = noun.tag_ in {"NNS", "NNPS"}
    first = min(part)
    word = token.doc[first]
    bare = (
        token.tag_ == "NN"
        and not plural
        and not any(c.dep_ in {"det", "poss"} or c.lower_ == "of" for c in token.children)
    )
    article = f"{'an' if word.lower_[0] in 'aeio' else 'a'} " if bare else ""
    return Piece(
        token,
        noun,
        frozenset(own | part),
        {first: f"{'are' if plural else 'is'} {article}{word.text}"},
        kind="appos",
    )


def _participle(token: Token, whole: Piece, rest: set[int]) -> Piece | None:
    """State what a participle says of the subject ("..., earning praise") or of its noun ("..., owned by the state")."""
    if (
        token.tag_ not in {"VBG", "VBN"}
        or token.lemma_ in _PREPOSITIONAL
        or token.lower_ == "given"
        or token.dep_ not in {"advcl", "acl"}
    ):
        return None
    if token.tag_ == "VBG" and token.lemma_ in _OF_THE_EVENT and token.dep_ == "advcl" and token.i > whole.head.i:
        return None
    helpers = [c for c in token.children if c.dep_ in {"aux", "auxpass"}]
    if token.lower_ == "born" and token.i and token.doc[token.i - 1].text == "(":
        return None
    if any(c.dep_ in {"nsubj", "nsubjpass", "mark", "expl"} for c in token.children) or (
        helpers and helpers[0].lower_ not in {"having", "being"}
    ):
        return None
    if token.tag_ == "VBG" and whole.head.lemma_ in _BLAMING and token.i > whole.head.i:
        return None  # "were blamed for bringing cholera, killing many": not they
    if token.dep_ == "advcl":
        if token.head != whole.head or not set_off(token) or whole.subject is None:
            return None
        subject = whole.subject
    else:
        noun = token.head
        told = noun.dep_ == "attr" and noun.head == whole.head and is_indefinite(noun) and whole.subject is not None
        adverbial = set_off(token) and token.tag_ == "VBG" and token.i > whole.head.i
        if (told or adverbial) and whole.subject is not None:
            subject = whole.subject
        elif set_off(token) and noun.pos_ in {"NOUN", "PROPN"} and noun.dep_ != "pobj":
            subject = noun
        else:
            return None
    part = {t.i for t in token.subtree} & rest
    return _shared(token, subject, part, whole, rest, "part")


def _gerund(token: Token, whole: Piece, rest: set[int]) -> Piece | None:
    """State what "after leaving Rome" or "before moving to Paris" says of the subject."""
    marker = token.head
    subject = whole.subject
    if (
        token.dep_ != "pcomp"
        or token.tag_ != "VBG"
        or marker.dep_ != "prep"
        or marker.lower_ not in {"after", "before"}
    ):
        return None
    verb = marker.head
    if verb != whole.head and not (verb.dep_ == "xcomp" and verb.head == whole.head):
        return None
    passive = any(c.dep_ == "auxpass" for c in whole.head.children)
    modal = any(c.tag_ == "MD" or c.dep_ == "neg" or c.lower_ == "never" for c in whole.head.children)
    if (
        subject is None
        or subject in token.subtree
        or passive
        or modal
        or any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
    ):
        return None
    return _shared(token, subject, {t.i for t in token.subtree} & rest, whole, rest, "gerund")


def _shared(token: Token, subject: Token, part: set[int], whole: Piece, rest: set[int], kind: str) -> Piece | None:
    """Write a participle as the verb of a subject that it shares."""
    doc = token.doc
    if subject.dep_ == "expl" or not part:
        return None
    own = without_marks(doc, {i for i in noun_phrase(subject, rest) if i not in part})
    if subject is not whole.subject:
        own = without_marks(doc, {i for i in own if i < min(part)})
    if not own:
        return None
    tokens = frozenset(own | part)
    if min(part) < min(own) and subject.pos_ == "PRON":
        return None
    if min(part) < min(own):  # "Valued at 3.8 billion, the club ...": written behind its subject
        words = "".join(doc[i].text_with_ws for i in sorted(own)).strip()
        last = max(part)
        front = _finite(token, subject, whole)
        opener = min(front)
        front[opener] = f"{words} {front[opener]}"
        return Piece(
            token, subject, tokens, dict.fromkeys(own, "") | front | {last: front.get(last, doc[last].text)}, kind=kind
        )
    return Piece(token, subject, tokens, _finite(token, subject, whole), kind=kind)


def _finite(token: Token, subject: Token, whole: Piece) -> dict[int, str]:
    """Write a participle as a finite verb, in the tense of the statement that it stands in."""
    plural = subject.tag_ in {"NNS", "NNPS"} or subject.lower_ in {"they", "we", "you"} or is_joined(subject)
    helpers = [t for t in whole.head.children if t.dep_ in {"aux", "auxpass"}]
    past = whole.head.tag_ == "VBD" or any(t.tag_ == "VBD" for t in helpers)
    modal = next((t.lower_ for t in helpers if t.tag_ == "MD"), None)
    be = {(False, False): "is", (True, False): "are", (False, True): "was", (True, True): "were"}[plural, past]
    if modal is not None and token.tag_ == "VBG":
        be = f"{modal} be"
    opener = next(
        (t for t in token.children if t.dep_ in {"neg", "advmod"} and t.i == t.left_edge.i == token.left_edge.i), token
    )
    helper = next((t for t in token.children if t.dep_ in {"aux", "auxpass"}), None)
    if helper is not None and helper.lower_ == "having":
        return {helper.i: "had" if past else "have" if plural else "has"}
    if helper is not None:
        return {helper.i: be}
    if token.tag_ == "VBG" and token.lemma_ == "be":
        return {token.i: be}
    if token.tag_ == "VBG" and past and modal is None:
        return {token.i: past_tense(token)}
    return {opener.i: f"{be} {opener.text.lower() if opener.i == token.sent.start else opener.text}"}


def _description(token: Token, whole: Piece, rest: set[int]) -> Piece | None:
    """State of a subject what a relative clause says of what it is ("is a language that supports modules")."""
    noun = token.head
    if token.dep_ != "relcl" or noun.dep_ != "attr" or noun.head != whole.head or not is_indefinite(noun):
        return None
    pronoun = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if pronoun is None or pronoun.lower_ not in {"that", "which", "who"} or whole.subject is None:
        return None
    part = ({t.i for t in token.subtree} & rest) - {pronoun.i}
    own = without_marks(token.doc, noun_phrase(whole.subject, rest) - part)
    return Piece(token, whole.subject, frozenset(own | part), kind="descr") if own and part else None


def _relative(token: Token, whole: Piece, rest: set[int]) -> Piece | None:
    """State what a relative clause with a subject of its own says on the side: "..., where he worked", "..., whose son"."""
    noun = token.head
    subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if token.dep_ != "relcl" or subject is None or not set_off(token) or noun.pos_ not in NOUNS:
        return None
    part = {t.i for t in token.subtree} & rest
    opener = token.doc[min(part)] if part else token
    if opener.lower_ == "where" and opener.head == token:
        return Piece(token, subject, frozenset(part - {opener.i}), kind="where")
    if opener.lower_ == "whose" and opener.dep_ == "poss":
        own = without_marks(token.doc, {i for i in noun_phrase(noun, rest) if i < min(part)})
        words = "".join(token.doc[i].text_with_ws for i in sorted(own)).strip()
        if not words:
            return None
        owner = f"{words}'" if words.endswith("s") else f"{words}'s"
        return Piece(token, subject, frozenset(own | part), dict.fromkeys(own, "") | {opener.i: owner}, kind="whose")
    return None
