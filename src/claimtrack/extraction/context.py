"""What a claim is about, where its own words leave it open."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.lexicon import EVENTS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.extraction.clauses import Clause
    from claimtrack.extraction.sentences import ParsedBlock

__all__ = ["Context", "contextualise", "place_names"]

_PLACES = {"GPE", "LOC", "FAC"}
_OPEN = {"he", "she", "they", "it", "this", "that", "these", "those", "him", "her", "them", "who", "which"}
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
_BARE_AREAS = {"province", "area", "city", "town", "village", "region", "district", "country"}
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


def place_names(blocks: list[ParsedBlock]) -> frozenset[str]:
    """Collect the names that an article uses for places.

    Place entities, names before "province" and the like, and names that stand behind a preposition of place at least
    twice and are no person: the recogniser does not know every town.
    """
    found = set()
    located: Counter[str] = Counter()
    for block in blocks:
        for token in block.doc:
            if token.pos_ == "PROPN" and (token.ent_type_ in _PLACES or _names_area(token)):
                found.add(token.text)
            elif (
                token.pos_ == "PROPN"
                and token.dep_ == "pobj"
                and token.head.lower_ in _PREPOSITIONS
                and token.ent_type_ != "PERSON"
            ):
                located[token.text] += 1
    return frozenset(found | {name for name, count in located.items() if count >= 2})


def _names_area(token: Token) -> bool:
    return token.dep_ in {"compound", "poss", "nmod"} and token.head.lemma_.lower() in _AREAS


def _last_place(tokens: list[Token], places: frozenset[str]) -> str | None:
    """Give the place name that was used last to say where something is: after a preposition, or before "province"."""
    for token in reversed(tokens):
        if token.text in places and (
            _names_area(token) or (token.dep_ == "pobj" and token.head.lower_ in _PREPOSITIONS)
        ):
            entity = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
            name = entity.text if entity is not None and len(entity) <= 3 and entity.label_ in _PLACES else token.text
            return re.sub(r"^(?:the|The) |(?:'s|'|’s|’)$", "", name)
    return None


def _bare_area(clause: Clause) -> str | None:
    """Give the noun of "the province", "the city" where nothing says which one."""
    for token in clause.tokens:
        alone = all(child.dep_ == "det" for child in token.children)
        if token.lower_ in _BARE_AREAS and alone and any(child.lower_ == "the" for child in token.children):
            return token.text
    return None


def _is_open(subject: Token) -> bool:
    """Tell whether a subject points back to something said before: a pronoun, "this plan", "these groups"."""
    return subject.lower_ in _OPEN or any(
        child.dep_ == "det" and child.lower_ in {"this", "that", "these", "those", "such"} for child in subject.children
    )


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
        return True
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
    places: frozenset[str],
) -> Context:
    """Complete a claim by what its sentence, or the sentences before it, name.

    A claim about an event without any name in it ("there will be no attack") gets the place that its sentence, its paragraph so
    far or the paragraph before names last. A subject in the first person stands for the speaker. Other
    pronouns stay, and the claim is marked as not standing alone.
    """
    doc = block.doc
    standalone = True
    completed = text
    subject = clause.subject
    if subject is not None and subject.lower_ in {"we", "i"}:
        standalone = speaker is not None
    elif subject is not None and subject.dep_ != "expl" and _is_open(subject):
        standalone = False
    earlier = [t for t in doc if t.i < clause.head.i]
    if any(t.lower_ == "there" and t.dep_ == "advmod" for t in clause.tokens):
        inside = {t.i for t in clause.tokens}
        place = _last_place([t for t in earlier if t.i not in inside], places)
        if place:
            completed = re.sub(r"\bthere\b(?!.*\bthere\b)", f"in {place}", completed)
        else:
            standalone = False
    elif not _has_name(clause) and (area := _bare_area(clause)) is not None:
        place = _last_place(earlier, places) or (_last_place(list(before.doc), places) if before is not None else None)
        if place:
            completed = re.sub(rf"\b[Tt]he {area}\b", place, completed, count=1)
        else:
            standalone = False
    elif standalone and subject is not None and _lacks_place(clause, subject):
        inside = {t.i for t in clause.tokens}
        same = [t for t in clause.head.sent if t.i not in inside]
        place = (
            _last_place(same, places)
            or _last_place(earlier, places)
            or (_last_place(list(before.doc), places) if before is not None else None)
        )
        if place:
            completed = f"In {place}, {completed[:1].lower()}{completed[1:]}"
        else:
            standalone = False
    return Context(completed, standalone)
