"""Proper names in a clause, with the kind of thing that each names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimtrack.records import Entity, EntityType

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

    from claimtrack.extraction.clauses import Clause
    from claimtrack.extraction.sentences import ParsedBlock

__all__ = ["entities"]

_LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
    "EVENT": EntityType.EVENT,
    "PRODUCT": EntityType.OTHER,
    "WORK_OF_ART": EntityType.OTHER,
    "LAW": EntityType.OTHER,
    "LANGUAGE": EntityType.OTHER,
}
"""What the pipeline's labels mean here; dates and figures are no entities."""

_LAST_WORDS = {
    word: kind
    for kind, words in {
        EntityType.PLACE: """
            airport archipelago avenue basin bay beach boulevard bridge building canal castle cathedral church city coast
            county creek dam delta desert district emirate emirates forest fort gate gulf hall harbor harbour heights
            highway hill hills hospital hotel island islands isles kingdom lake mall mosque mount mountain mountains museum
            ocean palace park pass peninsula plateau plaza port prison province quarter region republic reservoir ridge
            river road sea square stadium states station strait street synagogue temple terminal territory tower towers
            town tunnel valley village
        """,
        EntityType.ORGANISATION: """
            academy administration agency airlines airways alliance army assembly association authority bank board
            brigade brigades broadcasting bureau chamber club coalition college commission committee company confederation
            congress corp corporation corps council court crescent cross department directorate exchange federation force
            forces foundation front fund gazette government group guard herald inc industries institute international
            league ltd ministry movement nations navy network news observatory office organisation organization parliament
            party plc police press radio railway railways school senate service services society television times tribunal
            tribune trust union university watch workers
        """,
        EntityType.EVENT: """
            battle biennale carnival championship championships conference cup derby election elections exhibition expo
            fair festival final forum games marathon massacre olympics open prix revolution siege storm summit tournament
            uprising war
        """,
        EntityType.OTHER: """
            accord accords act agreement award bill charter code constitution convention declaration directive law pact
            plan prize program programme project protocol scheme statute treaty
        """,
    }.items()
    for word in words.split()
}
"""What the last word of a name tells about the thing: "Lorne Valley Dam"."""

_FIRST_WORDS = {
    word: kind
    for kind, words in {
        EntityType.PLACE: "bay camp cape city fort gulf hotel isle kingdom lake mount mt port republic river strait",
        EntityType.ORGANISATION: "ac bank bureau court department fc federation ministry radio real university",
        EntityType.EVENT: "battle cyclone hurricane massacre operation siege storm typhoon war",
        EntityType.OTHER: "act convention hms ms mv ss treaty uss",
    }.items()
    for word in words.split()
}
"""What the first word of a name tells about the thing: "Storm Hedda", "Treaty of Lund"."""

_TITLES = frozenset(
    """
    admiral ambassador archbishop baroness bishop brother captain cardinal chairman chancellor chief colonel commander
    commissioner congressman congresswoman coach councillor count countess deputy detective dr duchess duke emperor empress
    father foreign general governor imam inspector judge justice king lady lieutenant lord madam major mayor minister miss
    mr mrs ms officer patriarch pope premier president prime prince princess prof professor queen rabbi representative rev
    reverend saint secretary senator sergeant sheikh sheriff sir sister spokesman spokeswoman sultan
    """.split()
)
_PLACING = {"across", "around", "at", "inside", "into", "outside", "through", "throughout", "toward", "towards"}
_SETTLED = frozenset(
    """
    capital citizen city coast countryside district east governor inhabitant island mayor north outskirt outskirts port
    province region resident south state street suburb town village west
    """.split()
)
"""Nouns whose "of" brings in a place."""
_REACHING = {
    "besiege",
    "bomb",
    "bombard",
    "cross",
    "enter",
    "evacuate",
    "flee",
    "leave",
    "occupy",
    "reach",
    "shell",
    "visit",
}
_MOVING = frozenset(
    """
    arrive bring bus come drive escape evacuate ferry flee flight fly go journey move pipeline return road sail send
    ship train transfer travel trip walk way
    """.split()
)
_PARTS = {"percent", "%", "majority", "most", "many", "some", "thousand", "hundred", "dozen"}
_OF_SHIPS = {"captain", "crew", "deck", "passenger", "skipper", "wreck", "hull"}
_SAILING = {"capsize", "dock", "moor", "run", "sail", "sink", "wreck"}
_PLURAL_VERBS = {"are", "were", "have", "do"}
_NAME_TAGS = {"NNP", "NNPS"}
_PEOPLES = re.compile(r"(?:[iaeo]an|ish|ese|ic|[a-z]i|reek|ench|utch|iss|odox)$")
_NO_NAMES = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"}


def entities(clause: Clause, block: ParsedBlock, text: str) -> tuple[Entity, ...]:
    """Find the proper names in a clause.

    Parameters
    ----------
    clause : Clause
    block : ParsedBlock
        Where the clause stands.
    text : str
        The article as read.

    Returns
    -------
    tuple of Entity
        In the order of the article, each mention by itself. A name that the clause has only in part is left out; so is
        one that a pronoun of the clause stands for.

    Notes
    -----
    The pipeline's recogniser proposes names, and runs of proper nouns that it passed over are added. Words that tell the
    kind of thing ("Bank", "Cape") go before its label, which is a guess for a name that it never saw.
    """
    inside = {token.i for token in clause.tokens}
    found = []
    for tokens, label in _names(block, clause.head.sent.start):
        if not all(token.i in inside for token in tokens):
            continue
        span = block.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
        found.append(Entity(text=" ".join(span.slice(text).split()), type=_type(tokens, label), span=span))
    return tuple(sorted(found, key=lambda entity: entity.span))


@functools.lru_cache(maxsize=2)
def _names(block: ParsedBlock, start: int) -> tuple[tuple[list[Token], EntityType | None], ...]:
    """Give the names of the sentence at a token: the clauses of one sentence come one after the other."""
    return tuple(_named_in(block.doc[start].sent))


def _named_in(sentence: SpacySpan) -> Iterator[tuple[list[Token], EntityType | None]]:
    """Yield each name's tokens with the recogniser's label, None where it saw no name."""
    taken: set[int] = set()
    for entity in sentence.ents:
        if entity.label_ not in _LABELS:
            continue
        person = entity.label_ == "PERSON"
        tokens = _trimmed(_grown(list(entity), taken), titles=person)
        taken |= {token.i for token in entity} | {token.i for token in tokens}
        if tokens and any(token.text[:1].isupper() for token in tokens):
            yield tokens, _LABELS[entity.label_]
    run: list[Token] = []
    for token in (*sentence, None):
        if token is not None and token.i not in taken and _named(token):
            run.append(token)
            continue
        names = _trimmed(run, titles=True)
        if names and not _is_common(names):
            yield names, None
        run = []
    for token in sentence:
        adjective = token.tag_ == "JJ" and token.text[:1].isupper() and token.i > sentence.start
        if adjective and token.i not in taken and not token.ent_type_ and _PEOPLES.search(token.text):
            yield [token], EntityType.GROUP


def _is_common(tokens: list[Token]) -> bool:
    """Tell whether what looks like a name is a common noun: by its words, or as the capital opens the sentence."""
    if all(token.lower_ in _LAST_WORDS for token in tokens):
        return True
    first = tokens[0]
    if len(tokens) > 1 or first.i > first.sent.start:
        return False
    return not any(token.text == first.text and token.i > token.sent.start for token in first.doc)


def _named(token: Token) -> bool:
    """Tell whether a token is written and tagged as a name."""
    return token.tag_ in _NAME_TAGS and token.text[:1].isupper() and token.ent_type_ not in _NO_NAMES


def _grown(tokens: list[Token], taken: set[int]) -> list[Token]:
    """Add the names beside an entity that belong to it as parts of one compound ("Southern" before "Railway")."""
    doc = tokens[0].doc
    while tokens[0].i > tokens[0].sent.start:
        before = doc[tokens[0].i - 1]
        joined = before.dep_ == "compound" and before.head in tokens
        if not (joined and _named(before) and not before.ent_type_) or before.i in taken:
            break
        tokens = [before, *tokens]
    while tokens[-1].i + 1 < tokens[-1].sent.end:
        after = doc[tokens[-1].i + 1]
        joined = tokens[-1].dep_ == "compound" and tokens[-1].head == after
        if not (joined and _named(after) and not after.ent_type_):
            break
        tokens = [*tokens, after]
    return tokens


def _trimmed(tokens: list[Token], *, titles: bool) -> list[Token]:
    """Leave out what stands around a name: article, possessive, marks, and titles if told to."""
    start, end = 0, len(tokens)
    while start < end and (tokens[start].tag_ in {"DT", "PRP$"} or tokens[start].is_punct or tokens[start].is_space):
        start += 1
    while titles and start < end and _is_title(tokens[start]):
        start += 1
    while end > start and (tokens[end - 1].tag_ == "POS" or tokens[end - 1].is_space or tokens[end - 1].text in ",;:"):
        end -= 1
    return tokens[start:end]


def _is_title(token: Token) -> bool:
    return token.lower_.rstrip(".") in _TITLES


def _type(tokens: list[Token], label: EntityType | None) -> EntityType:
    """Tell what a name names: by its words, by its place in the sentence, by the recogniser's label, in this order."""
    first, last = tokens[0], tokens[-1]
    before = first.nbor(-1) if first.i > first.sent.start else None
    if before is not None and _is_title(before) and before.text[:1].isupper():
        return EntityType.PERSON
    article = before is not None and before.lower_ == "the"
    if len(tokens) > 1:
        if first.lower_.rstrip(".") in _FIRST_WORDS:
            return _FIRST_WORDS[first.lower_.rstrip(".")]
        if last.lower_.rstrip(".") in _LAST_WORDS and (article or label is not EntityType.PERSON):
            return _LAST_WORDS[last.lower_.rstrip(".")]
        if article and (_sails(last) or label in {EntityType.PERSON, None}):
            return EntityType.OTHER
        return label or EntityType.PERSON
    if first.text.isupper() and len(first) > 1 and label in {EntityType.PERSON, None}:
        return EntityType.ORGANISATION
    if label is not EntityType.GROUP and _is_people(first, article=article, label=label):
        return EntityType.GROUP
    if label is not EntityType.PLACE and _is_placed(first, label):
        return EntityType.PLACE
    if label is not None:
        return label
    return EntityType.PERSON if first.dep_ in {"nsubj", "nsubjpass"} and not article else EntityType.OTHER


def _sails(name: Token) -> bool:
    """Tell whether a name is a ship's: by what it does, or by what is on board."""
    verb = name.head
    if name.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_ in _SAILING:
        return verb.lemma_ != "run" or any(t.lower_ in {"aground", "ashore"} for t in verb.children)
    return name.dep_ == "pobj" and (verb.lower_ == "aboard" or (verb.lower_ == "of" and verb.head.lemma_ in _OF_SHIPS))


def _is_people(name: Token, *, article: bool, label: EntityType | None) -> bool:
    """Tell whether a single name stands for several people: "Danes", "the Samek have left"."""
    if name.tag_ == "NNPS":
        return label is not EntityType.PLACE
    if not article or label is EntityType.ORGANISATION:
        return False
    subject = name
    if name.dep_ == "pobj" and name.head.lower_ == "of":
        subject = name.head.head
        if subject.lemma_ in _PARTS:
            return True
    plural = any(t.lower_ in _PLURAL_VERBS for t in (subject.head, *subject.head.children))
    return subject == name and name.dep_ in {"nsubj", "nsubjpass"} and plural


def _is_placed(name: Token, label: EntityType | None) -> bool:
    """Tell whether a single name is where something is: "in Marsk", "the port of Varnholm", "flew to Geneva"."""
    while name.dep_ == "conj" and name.head.tag_ in _NAME_TAGS:
        name = name.head
    if name.text.isupper() or name.lower_ in _LAST_WORDS or _PEOPLES.search(name.text):
        return False
    unsure = label in {EntityType.PERSON, None}
    if name.dep_ == "dobj":
        return unsure and name.head.lemma_ in _REACHING
    if name.dep_ != "pobj":
        return False
    preposition = name.head
    governor = preposition.head.lemma_.lower()
    if preposition.lower_ == "of":
        return governor in _SETTLED
    if preposition.lower_ in {"to", "from"}:
        return unsure and governor in _MOVING
    return preposition.lower_ in {"in", "near"} or (unsure and preposition.lower_ in _PLACING)
