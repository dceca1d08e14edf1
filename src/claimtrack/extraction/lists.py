"""What is listed: one statement for each member, where it holds of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.lexicon import PEOPLE
from claimtrack.extraction.pieces import (
    MOST,
    NOT_ALWAYS,
    NOUNS,
    RESTRICTING,
    TIMES,
    Piece,
    is_indefinite,
    is_joined,
    listed_by_mistake,
    marks_around,
    past_tense,
    weak,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["distributed", "with_examples"]

_LISTED = {"acomp", "amod", "appos", "attr", "dative", "dobj", "nsubj", "nsubjpass", "oprd", "pobj"}

_LISTED_VERBS = {"acl", "advcl", "pcomp", "relcl", "xcomp"}

_COLLECTIVE = frozenset(
    """
    agree alternate border clash collaborate collide combine compare compete confuse consist cooperate coordinate differ
    disagree discuss divide divorce exchange fight form gather join link marry meet merge mix negotiate outnumber pair
    separate share sign split talk total unite vary
    """.split()
)
"""Verbs that hold of several together."""

_TOGETHER = frozenset(
    "among amongst alliance balance between border choice coalition combination comparison conflict contrast difference gap mix mixture pair relation relationship war".split()
)
"""Words whose complement is several things together."""

_AT_ONE = frozenset(
    "alike common different equal identical one same similar together jointly each mutual shared".split()
)
"""Words by which a predicate holds of several subjects at once."""

_TOTALS = frozenset("billions dozens hundreds majority million millions number thousands total".split())

_COLOURS = frozenset("black blue brown green grey gray orange pink purple red white yellow".split())

_NO_MEMBERS = frozenset("a another both one other others so the".split())

_LONGEST_DESCRIPTION = 6
"""Tokens of one of several descriptions."""

_SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does", "'re": "'s"}


def with_examples(piece: Piece) -> list[Piece]:
    """Say of each example what is said of its kind: "in films such as Alien" makes "in films" and "in Alien"."""
    doc = piece.head.doc
    if weak(piece):
        return [piece]
    for i in sorted(piece.tokens):
        prep = doc[i]
        noun = prep.head
        if prep.dep_ != "prep" or noun.i not in piece.tokens or noun.pos_ not in {"NOUN", "PROPN"}:
            continue
        such = prep.lower_ == "as" and i and doc[i - 1].lower_ == "such"
        if not such and prep.lower_ != "including":
            continue
        first = next((c for c in prep.children if c.dep_ == "pobj"), None)
        if first is None or noun == piece.head or _inside(noun, piece.head):
            continue
        if noun.tag_ not in {"NNS", "NNPS"} and not such:
            continue  # "attacks on Lima, including a tweet": not of what stands before it
        if noun.dep_ == "pobj" and noun.head.head.tag_ in {"NNS", "NNPS"}:
            continue  # "speeches at meetings, such as": of speeches or of meetings
        part = {t.i for t in prep.subtree} & piece.tokens
        phrase = {t.i for t in noun.subtree} & piece.tokens
        rest = piece.tokens - part - marks_around(doc, part)
        general = attrs.evolve(piece, tokens=rest, kind="general")
        members = _members(first, piece, {"pobj"})
        joints = {c.lower_ for m in members for c in m.children if c.dep_ == "cc"}
        if not joints <= {"and", "or", "&"} or len(members) > MOST:
            return [piece]
        out = [general]
        for member in members:
            own = _own(member, members) & piece.tokens
            subject = member if noun == piece.subject else piece.subject
            rewrites = piece.rewrites | (_agreement(piece, member) if noun == piece.subject else {})
            tokens = (piece.tokens - phrase) | own
            out.append(attrs.evolve(piece, subject=subject, tokens=tokens, rewrites=rewrites, kind="example"))
        return out
    return [piece]


def _inside(token: Token, head: Token) -> bool:
    """Tell whether a word stands in a clause below a predicate."""
    for above in token.ancestors:
        if above == head:
            return False
        if above.dep_ in {"acl", "advcl", "ccomp", "pcomp", "relcl"}:
            return True
    return False


def distributed(piece: Piece) -> list[Piece]:
    """Give one statement for each member of each list; the statement itself where that would change what it says."""
    doc = piece.head.doc
    if any(doc[i].lower_ in RESTRICTING for i in piece.tokens):
        return [piece]
    if described := _by_commas(piece):
        return described
    done = [piece]
    used: set[Token] = set()
    for i in sorted(piece.tokens):
        first = doc[i]
        if first in used:
            continue
        members = _members(first, piece, _LISTED | _LISTED_VERBS | {"prep"})
        if len(members) < 2 or not _distributes(first, members, piece):
            members = _adjectives(first, piece)
            if len(members) < 2:
                continue
        split = [part for one in done for part in _split(one, first, members)]
        if len(split) > MOST:
            break
        done = split
        used.update(members)
    return done


def _by_commas(piece: Piece) -> list[Piece]:
    """Say one by one how a subject is described: "is a fast, quiet and cheap engine" makes three engines."""
    doc = piece.head.doc
    noun = next((c for c in piece.head.children if c.dep_ == "attr" and c.i in piece.tokens), None)
    if noun is None or piece.head.lemma_ not in {"be", "become"} or not is_indefinite(noun) or weak(piece):
        return []
    article = next(c for c in noun.children if c.dep_ == "det")
    while joined := [c for c in noun.children if c.dep_ == "conj" and c.tag_ == "NN" and c.i > noun.i]:
        if any(
            c.dep_ in {"det", "poss", "prep", "relcl"} for n in (noun, joined[0]) for c in n.children if c != article
        ):
            return []
        noun = joined[0]  # "a trading, colonial and maritime power"
    core = noun.i
    while core - 1 > article.i and doc[core - 1].dep_ == "compound" and doc[core - 1].pos_ == "NOUN":
        core -= 1
    between = [doc[i] for i in range(article.i + 1, core)]
    words = {"ADJ", "ADV", "NOUN", "NUM", "PROPN", "VERB", "PUNCT", "CCONJ", "SYM"}
    if not any(t.text == "," for t in between) or any(t.pos_ not in words or t.i not in piece.tokens for t in between):
        return []
    if any(t.lower_ in NOT_ALWAYS | {"or", "but", "yet", "not"} or t.tag_ in {"VBZ", "VBD", "VBP"} for t in between):
        return []
    parts: list[set[int]] = [set()]
    for token in between:
        if token.text == "," or token.dep_ == "cc" or token.lower_ == "and":
            parts.append(set())
        else:
            parts[-1].add(token.i)
    last = max((k for k, part in enumerate(parts) if part), default=0)
    if parts[last] and not any(doc[i].text == "-" for i in parts[last]):  # "a cruel, vain hot head": two hot heads
        item = next((i for i in sorted(parts[last]) if doc[i].pos_ != "ADV"), max(parts[last]))
        parts[last] = {i for i in parts[last] if i <= item}
    joint = next((t.i for t in between if t.lower_ == "and"), None)
    if joint is not None and (doc[joint - 1].pos_ == "NOUN" or joint + 1 >= core):
        return []  # "a writer, actor and director"
    if len([part for part in parts if part]) < 2 or any(len(part) > _LONGEST_DESCRIPTION for part in parts):
        return []
    rest = piece.tokens - set().union(*parts) - {t.i for t in between if t.text == "," or t.lower_ == "and"}
    return [attrs.evolve(piece, tokens=rest | part, kind="list") for part in parts if part]


def _adjectives(noun: Token, piece: Piece) -> list[Token]:
    """Give the descriptions before what a subject is said to be, where commas part them: "a fast, quiet engine"."""
    told = noun.dep_ in {"attr", "dobj"} and (noun.head == piece.head or noun.head.head == piece.head)
    if not told or not is_indefinite(noun):
        return []
    found = [c for c in noun.lefts if c.dep_ in {"amod", "compound", "nmod", "advcl", "acl"} and c.i in piece.tokens]
    parted = [c for c in found if noun.doc[c.right_edge.i + 1].text == ","]
    if not parted:
        return []
    last = next(
        (
            c
            for c in found
            if c.left_edge.i > parted[-1].right_edge.i + 1 or c.left_edge.i == parted[-1].right_edge.i + 2
        ),
        None,
    )
    joined = [c for c in parted[-1].children if c.dep_ == "conj"]
    members = [*parted, *([last] if last is not None else []), *joined]
    return sorted(members, key=lambda t: t.i) if len(members) > 1 else []


def _members(first: Token, piece: Piece, places: set[str]) -> list[Token]:
    """Give the members of the list that a token opens, itself among them; none if it opens no list."""
    kinds = {"NOUN", "PROPN", "ADJ", "NUM", "PRON", "VERB"}
    if first.dep_ in {"prep", "agent"} and "prep" in places and piece.head in (first.head, first.head.head):
        joined = [first]
        for token in joined:  # grows while it is walked over
            joined += [c for c in token.children if c.dep_ == "conj" and c.pos_ == "ADP" and c.i in piece.tokens]
        return sorted(joined, key=lambda t: t.i)
    fits = (first.pos_ == "VERB") == (first.dep_ in _LISTED_VERBS) or first.dep_ in {"acomp", "pobj", "amod"}
    if first.dep_ not in places or first.pos_ not in kinds or not fits:
        return []
    members = [first]
    if first.dep_ == "amod":
        members += [
            c
            for c in first.head.lefts
            if c.dep_ == "amod" and c.i < first.i and c.i in piece.tokens and first.doc[c.right_edge.i + 1].text == ","
        ]
    if first.dep_ in {"nsubj", "nsubjpass"}:  # "Turkey, Iran and Russia are": two subjects side by side
        members += [
            c for c in first.head.children if c.dep_ == first.dep_ and first.i < c.i < first.head.i and is_joined(c)
        ]
    queue = list(members)
    while queue:
        token = queue.pop(0)
        for child in token.children:
            listed = child.dep_ == "conj" or (child.dep_ == "appos" and listed_by_mistake(child))
            if listed and child.i in piece.tokens and child.pos_ in kinds:
                members.append(child)
                queue.append(child)
    return sorted(members, key=lambda t: t.i)


def _distributes(first: Token, members: list[Token], piece: Piece) -> bool:
    """Tell whether what is said of a list is said of each member."""
    doc = first.doc
    joints = {c.lower_ for m in members for c in m.children if c.dep_ == "cc"}
    negated = any(
        c.dep_ == "neg" or c.lower_ in {"no", "neither", "never"} for c in (*piece.head.children, *first.children)
    )
    if not joints or not joints <= ({"or", "nor"} if negated else {"and", "&", "as"}):
        return False
    listed = {t.i for m in members for t in m.subtree}
    gaps = range(members[0].i + 1, members[-1].i)
    if any(not (i in listed or doc[i].is_punct or doc[i].dep_ in {"cc", "preconj"}) for i in gaps):
        return False  # something else stands between them
    if first.pos_ == "PROPN" and any(
        m.tag_ == "NN" and not any(c.dep_ in {"det", "poss", "nummod"} for c in m.children) for m in members
    ):
        return False  # "columnist for the Post and analyst for the union"
    if weak(piece) and not negated:
        return False
    above = [a for a in first.ancestors if a.i in piece.tokens and a != piece.head]
    if any(a.lemma_ in _COLLECTIVE and a.pos_ in {"ADJ", "VERB"} for a in above):
        return False  # "left the court split with four and four"
    if any(a.lower_ in _TOGETHER for a in first.ancestors if a.i in piece.tokens):
        return False
    if first.dep_ in {"nsubj", "nsubjpass"} and any(doc[i].lower_ in _AT_ONE for i in piece.tokens):
        return False
    if any(_counts(doc[i]) for i in piece.tokens - listed):
        return False  # "30,000 soldiers in the north and the west" are not 30,000 in each
    if any(m.lower_ in _NO_MEMBERS or doc[m.i].text.endswith("-") for m in members):
        return False
    if any(c.dep_ == "nummod" for c in first.children) and any(
        m.pos_ == "NOUN" and not any(c.dep_ in {"det", "nummod", "poss"} for c in m.children) for m in members[1:]
    ):
        return False  # "80,000 soldiers, tanks and aircraft"
    if any(doc[i].text in {"-", "–"} and (doc[i - 1].dep_ == "cc" or doc[i + 1].dep_ == "cc") for i in gaps):
        return False  # "cap-and-trade"
    one_article = first.lemma_.lower() in PEOPLE and not any(
        c.dep_ in {"det", "poss"} for m in members[1:] for c in m.children
    )
    if first.dep_ in {"nsubj", "nsubjpass"} and "and" in joints and one_article and _is_singular(first.head):
        return False  # "the former mayor and senator is": one person
    if any(c.lower_ in {"other", "another"} for m in members for c in m.children):
        return False  # "data and other information": other than what?
    if any(m.lower_ in _COLOURS for m in members):
        return False
    if first.dep_ == "pobj" and first.head.lower_ == "with" and doc[first.head.i - 1].text == ",":
        return False  # who stands beside a list stands beside all of it
    if any(doc[i].text in {":", "--", "—"} for i in range(first.i, members[-1].i)):
        return False
    verb = first.head if first.dep_ != "pobj" else first.head.head
    if first.dep_ == "pobj" and any(c.dep_ == "poss" and c.pos_ == "PRON" for m in members[1:] for c in m.children):
        return False  # "his talent for the art and his love of the stage"
    if first.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and (
        verb.lemma_ in _COLLECTIVE
        or any(c.dep_ == "attr" and c.tag_ == "NNS" for c in verb.children if first.dep_ == "nsubj")
    ):
        return False
    if first.dep_ in {"nsubj", "nsubjpass"} and any(m.i > first.head.i for m in members if first.i < first.head.i):
        return False
    if (
        first.dep_ == "pobj"
        and first.head.lower_ == "of"
        and verb.tag_ == "NNS"
        and all(m.pos_ == "PROPN" for m in members)
    ):
        return False  # "the presidents of Turkey and Russia"
    if first.tag_ == "NN" and not any(c.dep_ in {"det", "poss"} for c in first.children) and first.dep_ == "dobj":
        last = members[-1]
        if (
            last.tag_ == "NNS"
            and any(c.dep_ == "amod" for c in last.children)
            and any(c.dep_ == "amod" for c in first.children)
        ):
            return False  # "grave security and humanitarian risks"
    kinds = {"thing" if m.pos_ in NOUNS else m.tag_ if m.pos_ == "VERB" else m.pos_ for m in members}
    return len(kinds) == 1


def _is_singular(verb: Token) -> bool:
    """Tell whether a verb has the form that one subject takes."""
    words = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    return any(t.tag_ == "VBZ" or t.lower_ == "was" for t in words)


def _counts(token: Token) -> bool:
    """Tell whether a word is a figure or a total, dates left out."""
    follows = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    if token.ent_type_ in TIMES or follows in {"-", ")"}:
        return False
    figure = (
        token.pos_ == "NUM" and token.lower_ != "one" and token.dep_ in {"nummod", "pobj", "dobj", "nsubj", "nsubjpass"}
    )
    return figure or token.lower_ in _TOTALS


def _own(member: Token, members: list[Token]) -> set[int]:
    """Give the tokens of one member of a list, without the other members and what joins them."""
    own = {member.i}
    for child in member.children:
        joins = child.dep_ == "cc" and not any(c.dep_ == "conj" and c not in members for c in member.children)
        if (
            child in members
            or joins
            or child.dep_ == "preconj"
            or child.lower_ == "both"
            or (child.dep_ == "punct" and child.text in {",", ";"})
        ):
            continue
        own |= {t.i for t in child.subtree}
    return own


def _split(piece: Piece, first: Token, members: list[Token]) -> Iterator[Piece]:
    if not any(m.i in piece.tokens for m in members):
        yield piece
        return
    if first.dep_ == "attr" and first not in members:
        everything = {t.i for m in members for t in m.subtree}
        everything |= {c.i for c in first.lefts if c.dep_ == "punct"}
    else:
        everything = {t.i for m in members for t in m.subtree} & piece.tokens
    rest = piece.tokens - everything
    shared = _shared_by_all(first, members)
    behind = {
        t.i
        for c in first.rights
        if first in members and c.dep_ in {"prep", "relcl", "acl"} and c.i > members[-1].i
        for t in c.subtree
    } & piece.tokens
    for member in members:
        own = (_own(member, members) | behind) & piece.tokens
        if member != first and not any(
            c.dep_ in {"det", "poss", "nummod"} or c.lower_ == "to" for c in member.children
        ):
            bare = member.pos_ == "PROPN" and (first.pos_ != "PROPN" or member.tag_ == "NNP")
            own |= set() if bare or member.pos_ == "PRON" else shared
        rewrites = dict(piece.rewrites)
        subject = piece.subject
        if first == piece.subject:
            subject = member
            rewrites |= _agreement(piece, member)
        if first == piece.head and first.i in rewrites and member != first:
            written = rewrites[first.i]
            alike = written.endswith(first.text)
            rewrites[member.i] = written.removesuffix(first.text) + member.text if alike else past_tense(member)
        yield attrs.evolve(
            piece,
            subject=subject,
            tokens=rest | own,
            rewrites=rewrites,
            kind="list" if first.dep_ != "prep" else "places",
        )


def _shared_by_all(first: Token, members: list[Token]) -> set[int]:
    """Give the tokens before the first member that belong to the others as well."""
    if first not in members:
        return set()
    if first.dep_ in _LISTED_VERBS and first.pos_ == "VERB":
        kinds = {"nsubj", "nsubjpass", "mark"}
        if all(m.tag_ == "VB" and not any(c.dep_ == "aux" for c in m.children) for m in members if m != first):
            kinds = kinds | {"aux", "neg"}
        return {t.i for c in first.lefts if c.dep_ in kinds or c.lower_ == "to" for t in c.subtree}
    titled = first.pos_ == "PROPN" and not first.left_edge.is_sent_start  # "The Birdcage": its article is a part of it
    shared = {c.i for c in first.lefts if c.dep_ == "poss" or (c.dep_ == "det" and not (titled and c.is_title))}
    shared |= {t.i for c in first.lefts if c.dep_ == "poss" for t in c.subtree}
    if is_indefinite(first) and first.dep_ == "attr":  # "an American actor and director"
        shared |= {c.i for c in first.lefts if c.dep_ == "amod" and c.right_edge == c}
    return shared


def _agreement(piece: Piece, subject: Token) -> dict[int, str]:
    """Write the finite verb for one subject instead of several."""
    if subject.tag_ in {"NNS", "NNPS"} or subject.lower_ in {"they", "we", "you", "i"}:
        return {}
    for token in (*piece.head.children, piece.head):
        if token.i not in piece.tokens or (token.dep_ not in {"aux", "auxpass"} and token != piece.head):
            continue
        if token.lower_ in _SINGULAR:
            return {token.i: _SINGULAR[token.lower_]}
        if token.tag_ == "VBP" and token == piece.head:
            if token.lower_[-1:] == "y" and token.lower_[-2:-1] not in "aeiou":
                return {token.i: token.text[:-1] + "ies"}
            return {token.i: token.text + ("es" if token.lower_.endswith(("s", "x", "ch", "sh", "o")) else "s")}
    return {}
