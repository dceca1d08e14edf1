"""What a claim is about, where its own words leave it open."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.lexicon import ALONE, EVENTS, NATIONS
from claimtrack.extraction.references import is_bare_definite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from claimtrack.extraction.clauses import Clause
    from claimtrack.extraction.references import References
    from claimtrack.extraction.sentences import ParsedBlock

__all__ = ["Context", "Places", "contextualise"]

_PLACES = {"GPE", "LOC", "FAC"}
_OPEN = {"this", "that", "these", "those", "him", "her", "them", "who", "which"}
_AREAS = {
    "area",
    "battle",
    "border",
    "campaign",
    "city",
    "conflict",
    "crisis",
    "district",
    "front",
    "issue",
    "north",
    "province",
    "question",
    "region",
    "situation",
    "south",
    "town",
    "village",
    "war",
    "zone",
}
_TIMES = frozenset("afternoon century day decade evening month morning season summer time week winter year".split())
_BARE_AREAS = {"province", "area", "city", "town", "village", "region", "district", "country"}
_ANAPHORIC_NOUNS = frozenset(
    """
    claim comment deal decision duo former group idea incident latter mechanism move opposite pair practice proposal reason
    remark scheme side statement step
    """.split()
)
"""Nouns that stand alone behind "the" only for what was named before."""
_RELATIONAL = frozenset("additional another different further opposite other same similar such".split())
"""Adjectives that leave open of what, where no "than", "as", "to" or "from" says it."""
_SOME = {"all", "another", "both", "each", "few", "many", "more", "most", "one", "others", "several", "some"}
_INSTITUTIONS = frozenset(
    "bank community convention debate election market press primary public race season service".split()
)
"""Nouns whose adjective may say enough: "the general election", "the international community"."""
_FIRST = {"i", "me", "my", "mine", "myself", "our", "ours", "ourselves", "us", "we"}
_SECOND = {"you", "your", "yours", "yourself"}
_WIDE = {"area", "region"}
_PREPOSITIONS = {"in", "on", "at", "against", "near", "around", "across"}


@attrs.frozen
class Context:
    """How a claim is read away from its place.

    Parameters
    ----------
    text : str
        The claim's text with open references filled in, or the text unchanged.
    standalone : bool
        False where a reference stayed open.
    """

    text: str
    standalone: bool


@attrs.frozen
class Places:
    """The places of an article.

    Parameters
    ----------
    names : frozenset of str
        Place entities, names before "province" and the like, and names that stand behind a preposition of place at least
        twice and are mostly no person: the recogniser does not know every town.
    main : str or None
        The place within a country that the article is about: named at least three times, and twice as often as any other.
    """

    names: frozenset[str]
    main: str | None

    @classmethod
    def of(cls, blocks: list[ParsedBlock]) -> Places:
        """Collect the places of an article."""
        found = set()
        named: Counter[str] = Counter()
        located: Counter[str] = Counter()
        people: Counter[str] = Counter()
        for token in (t for block in blocks for t in block.doc if t.pos_ == "PROPN"):
            named[token.text] += 1
            if token.ent_type_ in _PLACES or _names_area(token):
                found.add(token.text)
            else:
                located[token.text] += token.dep_ == "pobj" and token.head.lower_ in _PREPOSITIONS
                people[token.text] += 1 if token.ent_type_ == "PERSON" else -1
        names = frozenset(found | {name for name, count in located.items() if count >= 2 and people[name] <= 0})
        ranked = sorted((-named[name], name) for name in names if name.casefold() not in NATIONS)
        clear = ranked and -ranked[0][0] >= max(3, 2 * -ranked[1][0] if len(ranked) > 1 else 0)
        return cls(names, ranked[0][1] if clear else None)

    def fitting(self, area: str) -> Places:
        """Give the places that may be meant by "the country", or by "the city", "the province" and the like."""
        wants_nation = area == "country"
        names = frozenset(name for name in self.names if (name.casefold() in NATIONS) == wants_nation)
        return Places(names, None if wants_nation else self.main)


def _names_area(token: Token) -> bool:
    return token.dep_ in {"compound", "poss", "nmod"} and token.head.lemma_.lower() in _AREAS


def _last_place(tokens: list[Token], places: Places) -> str | None:
    """Give the place name that was used last to say where something is: after a preposition, or before "province"."""
    for token in reversed(tokens):
        if token.text in places.names and (
            _names_area(token) or (token.dep_ == "pobj" and token.head.lower_ in _PREPOSITIONS)
        ):
            entity = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
            whole = entity is not None and len(entity) <= 3 and entity.label_ in _PLACES
            name = entity.text if entity is not None and whole and all(t.lower_ != "of" for t in entity) else token.text
            return re.sub(r"^(?:the|The) |(?:'s|'|’s|’)$", "", name)
    return None


def _only_place(block: ParsedBlock, places: Places) -> str | None:
    """Give the place that a paragraph says something about, where it names one and no other."""
    named = {token.text for token in block.doc if token.text in places.names}
    return _last_place(list(block.doc), places) if len(named) == 1 else None


def _meant_by(area: str, earlier: list[Token], before: ParsedBlock | None, places: Places) -> str | None:
    """Give the place that "the province" stands for: the last one of its kind that is named before it.

    "The region" may be wider than any place that is named: it is the one that its own paragraph has just named, or open.
    """
    fitting = places.fitting(area)
    found = _last_place(earlier, fitting)
    if area in _WIDE:
        return found
    return found or fitting.main or (_last_place(list(before.doc), fitting) if before is not None else None)


def _meant_by_there(clause: Clause, earlier: list[Token], before: ParsedBlock | None, places: Places) -> str | None:
    """Give the place that "there" stands for; None after a list ("displaced from Homs and Aleppo when war came there")."""
    subject = set(clause.subject.subtree) if clause.subject is not None else set()
    own = {*clause.tokens, *subject}
    if clause.subject is not None and clause.subject.dep_ == "conj":
        own.add(clause.subject.head)
    outside = [t for t in earlier if t not in own]
    named = [t for t in outside if t.sent == clause.head.sent and t.pos_ == "PROPN" and t.dep_ in {"pobj", "conj"}]
    if named and (named[-1].dep_ == "conj" or any(child.dep_ == "conj" for child in named[-1].children)):
        return None
    if (place := _last_place(outside, places)) is not None:
        return place
    if (area := _bare_area(outside)) is not None:
        return _meant_by(area, outside, before, places)
    if before is None or any(t.text in places.names for t in {*clause.tokens} - subject):
        return None
    return _only_place(before, places)


def _bare_area(tokens: Iterable[Token]) -> str | None:
    """Give the last noun of "the province", "the city" where nothing says which one."""
    found = None
    for token in tokens:
        alone = all(child.dep_ in {"det", "case"} for child in token.children)
        if token.lower_ in _BARE_AREAS and alone and any(child.lower_ == "the" for child in token.children):
            found = token.lower_
    return found


def _is_open(subject: Token) -> bool:
    """Tell whether a subject points back to something said before: a pronoun, "this plan", "these groups"."""
    if subject.lower_ in _SOME and not any(
        c.dep_ in {"prep", "relcl", "acl"} or c.lower_ in {"no", "every"} for c in subject.children
    ):
        return True
    return subject.lower_ in _OPEN or any(
        child.dep_ == "det" and child.lower_ in {"this", "that", "these", "those", "such"} for child in subject.children
    )


def _points_back(clause: Clause) -> bool:
    """Tell whether anything but a pronoun as the subject points back ("rejects this idea", "the group", "denied that")."""
    if any(_anaphoric(token) for token in clause.tokens):
        return True
    return any(
        (token.lower_ in {"this", "these", "those", "such"} or (token.lower_ == "that" and token.tag_ == "DT"))
        and token.dep_ in {"det", "predet", "amod"}
        and token.head.pos_ == "NOUN"
        and token.head.lemma_.lower() not in _TIMES
        and not any(c.dep_ in {"relcl", "acl", "prep"} for c in token.head.children)
        for token in clause.tokens
    )


def _anaphoric(token: Token) -> bool:
    """Tell whether a word stands for something that was said before: "the idea", "both sides", "denied that"."""
    pronoun = token.pos_ == "PRON" or token.tag_ == "DT"
    if token.lower_ in {"this", "that"} and pronoun and token.tag_ != "WDT" and token.dep_ in {"nsubj", "nsubjpass"}:
        return True
    if token.lower_ in {"that", "this"} and token.pos_ == "PRON" and token.dep_ in {"dobj", "pobj", "attr"}:
        return not any(c.dep_ in {"relcl", "acl", "prep"} for c in token.children)
    if token.lemma_.lower() not in _ANAPHORIC_NOUNS:
        return False
    children = list(token.children)
    alone = all(c.dep_ in {"det", "predet", "case", "punct"} for c in children)
    return alone and any(c.lower_ in {"the", "both", "such"} for c in children)


def _both(token: Token) -> bool:
    """Tell whether a noun is two things that were named before: "both arguments"."""
    left = [c for c in token.lefts if c.dep_ != "punct"]
    return (
        len(left) == 1
        and left[0].lower_ == "both"
        and not any(c.dep_ in {"prep", "conj", "relcl"} for c in token.rights)
    )


def _unnamed(token: Token, clause: Clause) -> bool:
    """Tell whether a noun stands behind "the" with nothing that says which one, and the clause has not named it."""
    if token.lemma_.lower() in ALONE | _BARE_AREAS or not (is_bare_definite(token) or _only_counted(token)):
        return False
    return not any(t.i < token.i and t.lemma_ == token.lemma_ for t in clause.tokens)


def _only_counted(token: Token) -> bool:
    """Tell whether all that says which one is a number or an adjective: "the two presidents", "the new plan"."""
    if token.tag_ not in {"NN", "NNS"} or token.ent_type_ or token.dep_ in {"compound", "npadvmod"}:
        return False
    left = [c for c in token.lefts if c.dep_ not in {"det", "punct"}]
    if any(c.dep_ not in {"case", "punct", "cc", "conj"} for c in token.rights) or not left:
        return False
    plain = {"amod", "nummod"}
    numbered = any(c.dep_ == "nummod" and c.text.isalnum() for c in left)  # "the two French presidents"
    counted = all(
        c.dep_ in plain and (numbered or not c.ent_type_) and c.pos_ != "PROPN" and c.tag_ != "JJS" for c in left
    )
    return counted and token.lemma_.lower() not in _INSTITUTIONS and any(c.lower_ == "the" for c in token.lefts)


def _no_voice(clause: Clause, speaker: str | None) -> bool:
    """Tell whether somebody who is not named speaks of himself, or to somebody: "my father", "you"."""
    words = {t.lower_ for t in clause.tokens if t.pos_ in {"PRON", "DET"}}
    return bool(words & _SECOND) or (speaker is None and bool(words & _FIRST))


def _back_in_time(token: Token) -> bool:
    """Tell whether a word dates a claim by what was told before: "since then", "at the time"."""
    before = token.nbor(-1).lower_ if token.i else ""
    if token.lower_ == "then":
        behind = token.doc[token.i + 1 : token.i + 2].text
        return not token.is_sent_start and behind != "-"
    return (
        token.lower_ in {"time", "day"}
        and before in {"the", "that"}
        and token.nbor(-1).head == token
        and not any(c.dep_ in {"prep", "relcl", "acl", "amod", "compound", "poss"} for c in token.children)
    )


def _compares(token: Token, clause: Clause) -> bool:
    """Tell whether a word compares with something that the clause does not name ("other mines", "more intense")."""
    relational = token.lower_ in _RELATIONAL and token.pos_ in {"ADJ", "DET"}
    if not relational and token.tag_ not in {"JJR", "RBR"}:
        return False
    behind = {t.lower_ for t in clause.tokens if t.i > token.i}
    if relational:
        listed = any(t.i < token.i and t.pos_ in {"NOUN", "PROPN"} and t.dep_ != "nsubj" for t in token.head.ancestors)
        each = any(c.lower_ in {"each", "no", "any", "every"} for c in token.head.children)
        return not (behind & {"than", "as", "to", "from"} or listed or each)
    described = token if token.tag_ == "JJR" else token.head
    comparative = token.tag_ == "JJR" or (token.tag_ == "RBR" and token.head.pos_ == "ADJ")
    return comparative and described.dep_ == "acomp" and "than" not in behind


def _lacks_place(clause: Clause, subject: Token) -> bool:
    """Tell whether a short claim about an event names nothing, and says nowhere where."""
    somewhere = any(
        token.lower_ in _PREPOSITIONS - {"on"} and any(child.dep_ == "pobj" for child in token.children)
        for token in clause.tokens
    )
    return _is_event(clause, subject) and not somewhere and not _has_name(clause) and len(clause.tokens) <= 16


def _is_event(clause: Clause, subject: Token) -> bool:
    """Tell whether a claim is about an event: as its subject, or as what "there is"; or that nothing happens."""
    if subject.dep_ == "expl":
        return any(c.dep_ == "attr" and c.lemma_.lower() in EVENTS for c in subject.head.children)
    return subject.lemma_.lower() in EVENTS or (
        subject.lower_ in {"nothing", "everything"} and clause.head.lemma_ in {"happen", "change"}
    )


def _has_name(clause: Clause) -> bool:
    return any(t.pos_ == "PROPN" or t.ent_type_ in _PLACES | {"PERSON", "ORG", "NORP"} for t in clause.tokens)


def contextualise(
    text: str,
    clause: Clause,
    block: ParsedBlock,
    before: ParsedBlock | None,
    speaker: str | None,
    places: Places,
    references: References,
) -> Context:
    """Complete a claim by what its sentence, or the sentences before it, name.

    A claim about an event without any name in it ("there will be no attack") gets the place that its sentence, its
    paragraph so far or the paragraph before names last; "there" gets that of its paragraph so far, or the only one that the
    paragraph before names. A subject in the first person stands for the speaker. Other pronouns stay, and the claim is
    marked as not standing alone.
    """
    doc = block.doc
    standalone = True
    completed = text
    subject = clause.subject
    if (
        _points_back(clause)
        or _no_voice(clause, speaker)
        or any(_compares(t, clause) or _back_in_time(t) or _both(t) for t in clause.tokens)
        or references.open
        or (subject is not None and subject.i not in references.rewrites and _is_open(subject))
    ):
        standalone = False
    area = _bare_area(clause.tokens)
    if any(t.lower_ == "there" and t.dep_ == "advmod" for t in clause.tokens):
        place = _meant_by_there(clause, list(doc[: clause.head.i]), before, places)
        if place:
            completed = re.sub(r"\bthere\b(?!.*\bthere\b)", f"in {place}", completed)
        else:
            standalone = False
    elif area is not None and not any(t.text in places.fitting(area).names for t in clause.tokens):
        place = _meant_by(area, list(doc[: clause.head.i]), before, places)
        if place:
            completed = re.sub(rf"\b[Tt]he {area}\b", place, completed, count=1)
        elif area not in _WIDE or not _has_name(clause):
            standalone = False
    elif standalone and subject is not None and _lacks_place(clause, subject) and not references.rewrites:
        same = [t for t in clause.head.sent if t not in clause.tokens]
        place = (
            _last_place(same, places)
            or _last_place(list(doc[: clause.head.i]), places)
            or (_last_place(list(before.doc), places) if before is not None else None)
        )
        if place:
            completed = f"In {place}, {completed[:1].lower()}{completed[1:]}"
        else:
            standalone = False
    elif subject is not None and subject.dep_ == "expl" and len(clause.tokens) <= 5 and not _has_name(clause):
        standalone = False  # "there are embassies"
    placed = completed != text
    open_nouns = [t for t in clause.tokens if t.i not in references.rewrites and _unnamed(t, clause)]
    if any(not (placed and t.lemma_.lower() in EVENTS) for t in open_nouns):
        standalone = False
    return Context(completed, standalone)
