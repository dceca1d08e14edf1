"""Which name a pronoun stands for, or that it stays open.

Rules of agreement, role and recency (cf. Lappin and Leass 1994): a subject pronoun goes on with the subject of the clause
before it; where none agrees, with the only phrase of that sentence that does; else it stays open. No weights are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.gender import pronoun_of
from claimtrack.extraction.lexicon import ALONE, DENIALS, PEOPLE, REPORTING, SPEAKING_NOUNS, STANCE_TO, WISHES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

    from claimtrack.extraction.clauses import Clause

__all__ = ["Discourse", "References", "is_bare_definite"]

_SUBJECTS = {"nsubj", "nsubjpass"}
_PERSONAL = {"he", "she"}
_PLURAL = {"they"}
_NEUTER = {"it"}
_POSSESSIVE = {"his": "he", "her": "she", "its": "it", "their": "they"}
_OTHERS = _POSSESSIVE | {"he": "he", "she": "she", "it": "it", "they": "they", "him": "he", "them": "they"}
_CROWDS = {"police", "people", "staff", "troop", "cattle"}
_RECENT = 12
"""Sentences back to which "the plan" may point."""
_LONGEST = 7
"""Words of a phrase that is put for a pronoun."""
_INDEFINITE = frozenset(
    """
    all anybody anyone anything both each everybody everyone everything i many most no-one nobody none nothing one some
    somebody someone something that whatever whoever there these this those we what which who you
    """.split()
)
_POWERS = {"ability", "duty", "intention", "power", "right", "will"}
_DEEDS = frozenset("arrest check examine investigate like love sit speak travel try vote walk".split())
"""Beside speaking and wanting, what things do not do."""
_VAGUE = frozenset(
    "case end example fact issue kind lot matter part point problem question state thing time way winner".split()
)
"""Nouns that are said of too many things to be taken for one that was named."""
_TELLING = {"of", "in", "on", "against", "with", "between", "for"}
_UNNAMED = {"any", "each", "every", "no", "such", "that", "these", "this", "those"}
_COUNTED = {"two": 2, "three": 3, "four": 4}


@attrs.frozen
class _Phrase:
    """What was named: its words, how they agree, and whether as a subject.

    Without words it can't be named again ("this", "every party"), and what would stand for it stays open.
    """

    text: str
    plural: bool
    person: bool
    subject: bool
    place: int
    names: int = 0
    pronoun: str = ""
    agent: bool = True
    quoted: bool = False
    bare: tuple[str, str] | None = None


@attrs.frozen
class References:
    """What the pronouns of a clause stand for.

    Parameters
    ----------
    rewrites : dict of int to str
        For each pronoun that was resolved, by the index of its token: the words in its place.
    open : bool
        Whether a pronoun stayed open.
    """

    rewrites: dict[int, str]
    open: bool


class Discourse:
    """What an article has named so far, sentence by sentence.

    Parameters
    ----------
    outlets : iterable of str
        Names that are no people, whatever the recogniser says.
    pronoun : callable
        Gives "he" or "she" for a name, or an empty string.
    """

    def __init__(self, outlets: Iterable[str] = (), pronoun: Callable[[str], str] = pronoun_of) -> None:
        self._outlets = frozenset(outlets)
        self._pronoun = pronoun
        self._before: list[_Phrase] = []
        self._now: list[_Phrase] = []
        self._listed: dict[int, str] = {}
        self._quoted: frozenset[int] = frozenset()
        self._told: dict[tuple[str, str], dict[str, tuple[str, int]]] = {}
        self._sentences = 0

    def open_sentence(self, sentence: SpacySpan, quoted: frozenset[int] = frozenset()) -> None:
        """Go on to the next sentence; `quoted` are its tokens between quotation marks."""
        self._quoted = quoted
        self._sentences += 1
        if self._now:
            self._before = self._now
        self._listed |= {p.names: p.text for p in self._before if p.names}
        self._now = [
            attrs.evolve(p, person=False)
            if p.text in self._outlets
            else attrs.evolve(p, pronoun=self._pronoun(p.text) if p.person and p.text else "")
            for p in _phrases(sentence)
        ]
        self._now = [attrs.evolve(p, quoted=p.place in quoted) for p in self._now]

    def resolve(self, clause: Clause) -> References:
        """Resolve the subject of a clause, and the owner of its subject, where they are pronouns; and "the plan"."""
        found = self._resolve(clause)
        return attrs.evolve(found, rewrites={**self._definites(clause), **found.rewrites})

    def close_sentence(self, sentence: SpacySpan) -> None:
        """Keep how a sentence tells things apart: "the climate rules" may be "the rules" from the next one on."""
        for token in sentence:
            if words := _told_apart(token):
                named = not any(c.dep_ == "poss" and c.pos_ != "PROPN" for c in token.children)
                told = self._told.setdefault((token.lemma_.lower(), token.tag_), {})
                told[words.casefold()] = (words if named else "", self._sentences)

    def _told_as(self, lemma: str, tag: str) -> str | None:
        """Give how the last sentences told a noun apart, if in one way only and by a name."""
        told = self._told.get((lemma, tag), {})
        recent = [words for words, place in told.values() if self._sentences - place <= _RECENT]
        return recent[0] if len(told) == len(recent) == 1 and recent[0] else None

    def _definites(self, clause: Clause) -> dict[int, str]:
        """Say which one "the plan" is, where the article has told of one, and of no other."""
        rewrites: dict[int, str] = {}
        for token in clause.tokens:
            if not is_bare_definite(token) or token.lemma_.lower() in _VAGUE:
                continue
            words = self._told_as(token.lemma_.lower(), token.tag_)
            det = next(c for c in token.children if c.lower_ == "the")
            if words is None or det not in clause.tokens or det.i + 1 != token.i:
                continue
            rewrites |= {det.i: words[:1].upper() + words[1:] if det == clause.tokens[0] else words, token.i: ""}
        return rewrites

    def _resolve(self, clause: Clause) -> References:
        rewrites: dict[int, str] = {}
        still_open = False
        subject = clause.subject
        if subject is None:
            return References({}, open=False)
        number = _COUNTED.get(next((c.lower_ for c in subject.children if c.dep_ == "nummod"), ""), 0)
        if number and {c.dep_ for c in subject.children} == {"det", "nummod"} and subject.tag_ == "NNS":
            return self._several(clause, subject, number)
        for token in (subject, *(c for c in subject.children if c.dep_ == "poss")):
            word = token.lower_ if token is subject else _POSSESSIVE.get(token.lower_, "")
            if word not in _PERSONAL | _PLURAL | _NEUTER or token not in clause.tokens or _expletive(token):
                continue
            if any(c.dep_ in {"conj", "cc"} for c in token.children):
                still_open = True
                continue
            found = self._speaking_group(token, word, clause) or self._antecedent(token, word)
            named_again = found is not None and token is subject and _names_again(found, clause, token)
            if found is None or named_again:
                still_open = True
                continue
            if found.bare is not None:
                told = self._told_as(*found.bare)
                still_open = still_open or told is None
                found = found if told is None else attrs.evolve(found, text=told)
            opens = token == clause.tokens[0]
            words = found.text[:1].upper() + found.text[1:] if opens else found.text
            if token is not subject:
                words += "'" if words.endswith("s") else "'s"
            rewrites[token.i] = words
        still_open = still_open or any(self._hangs(token, clause, rewrites) for token in clause.tokens)
        return References(rewrites, open=still_open)

    def _hangs(self, token: Token, clause: Clause, rewrites: dict[int, str]) -> bool:
        """Tell whether a pronoun beside the subject stands for nothing that the clause itself names."""
        word = _OTHERS.get(token.lower_)
        if word is None or token.i in rewrites or token.pos_ not in {"PRON", "DET"} or _expletive(token):
            return False
        if token is clause.subject or token.head is clause.subject:
            return False  # seen to already
        inside = {t.i for t in clause.tokens}
        if token.dep_ in {"dobj", "pobj", "dative"} and clause.subject is not None:
            inside -= {t.i for t in clause.subject.subtree}  # "she met her" is about two people
        if token.lower_ not in _POSSESSIVE:  # behind its name ("if Lima wins, he"), or before what the clause is about
            about = clause.subject.i if clause.subject is not None and clause.subject.pos_ == "PROPN" else -1
            inside = {i for i in inside if i < token.i or i == about}
        named = [p for p in self._now if p.place in inside and p.place != token.i and _agrees(p, word)]
        return not named

    def _several(self, clause: Clause, subject: Token, number: int) -> References:
        """Resolve "the two countries" to the last list of that many names."""
        det = next(c for c in subject.children if c.dep_ == "det")
        here = {p.names: p.text for p in self._now if p.names and p.place < det.i}
        found = here.get(number) or self._listed.get(number)
        if det.lower_ != "the" or found is None:
            return References({}, open=det.lower_ == "the")
        self._now = [attrs.evolve(p, text=found) if p.place == subject.i else p for p in self._now]
        opens = det == clause.tokens[0]
        return References(
            {det.i: found[:1].upper() + found[1:] if opens else found}
            | {t.i: "" for t in subject.doc[det.i + 1 : subject.i + 1]},
            open=False,
        )

    def _antecedent(self, token: Token, word: str) -> _Phrase | None:
        earlier = [p for p in self._now if p.place < token.left_edge.i and not _holds(token, p.place)]
        for phrases in (earlier, self._before):
            agreeing = [p for p in phrases if _agrees(p, word) and p.quoted == (token.i in self._quoted)]
            subjects = [p for p in agreeing if p.subject]
            chosen = subjects or agreeing
            if len({p.text for p in chosen}) == 1 and chosen[-1].text:
                if _needs_agent(token) and not chosen[-1].agent:
                    return None
                return self._carry(token, chosen[-1])
            if chosen:
                return None
        return None

    def _speaking_group(self, token: Token, word: str, clause: Clause) -> _Phrase | None:
        """Give the group that speaks, for its "they": "HTS said that they are not bound by it"."""
        holder = clause.cue.holder if clause.cue is not None else None
        if word not in _PLURAL or holder is None or holder.sent != token.sent or holder.i > token.i:
            return None
        own = [p for p in self._now if p.place < token.left_edge.i and _agrees(p, word) and p.subject]
        return None if own else next((p for p in self._now if p.place == holder.i and not p.person and p.text), None)

    def _carry(self, token: Token, phrase: _Phrase) -> _Phrase:
        """Let a resolved pronoun stand among the phrases of its sentence, for the next one."""
        self._now.append(attrs.evolve(phrase, subject=True, place=token.i))
        self._now.sort(key=lambda p: p.place)
        return phrase


def is_bare_definite(token: Token) -> bool:
    """Tell whether a noun stands behind "the" with nothing that says which one."""
    dated = token.ent_type_ in {"CARDINAL", "DATE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"}
    if token.tag_ not in {"NN", "NNS"} or dated or token.dep_ in {"compound", "npadvmod"}:
        return False
    children = list(token.children)
    bare = all(c.dep_ in {"det", "case", "punct", "cc", "conj"} for c in children)
    listed = [c for c in children if c.dep_ == "conj"] + ([token.head] if token.dep_ == "conj" else [])
    shared = any(c.dep_ == "prep" for other in listed for c in other.children)  # "the north and the south of Mali"
    return bare and not shared and any(c.lower_ == "the" for c in children)


def _needs_name(noun: Token) -> bool:
    return is_bare_definite(noun) and noun.lemma_.lower() not in ALONE


def _told_apart(noun: Token) -> str:
    """Give a noun with what tells it apart by a name or a noun ("the climate rules", "the war in Mali"), or nothing."""
    if noun.tag_ not in {"NN", "NNS"} or noun.ent_type_ or noun.lemma_.lower() in PEOPLE:
        return ""
    front = [c for c in noun.lefts if c.dep_ in {"compound", "amod", "poss", "nmod"}]
    told = [
        c
        for c in front
        if (c.dep_ == "compound" and c.pos_ in {"NOUN", "PROPN"})
        or (c.dep_ == "poss" and c.pos_ in {"NOUN", "PROPN"})
        or c.ent_type_ in {"GPE", "NORP", "ORG"}
    ]
    behind = next((c for c in noun.rights if c.dep_ == "prep" and c.i == noun.i + 1 and c.lower_ in _TELLING), None)
    if behind is not None and not any(t.pos_ == "PROPN" for t in behind.subtree):
        return ""
    if (not told and behind is None) or any(c.dep_ in {"conj", "relcl", "acl"} for c in noun.children):
        return ""
    first = told[0].left_edge.i if told else noun.i
    last = behind.right_edge.i if behind is not None else noun.i
    words = noun.doc[first : last + 1]
    if len(words) > _LONGEST or any(t.is_punct and t.text not in {"-", "'"} for t in words) or first < noun.left_edge.i:
        return ""
    owned = told and told[0].dep_ == "poss"
    return words.text if owned else f"the {words.text}"


def _needs_agent(token: Token) -> bool:
    """Tell whether only people or institutions do what is said of a pronoun ("they checked the records")."""
    able = token.head.lemma_ == "have" and any(c.lemma_ in _POWERS for c in token.head.children if c.dep_ == "dobj")
    return able or (token.dep_ == "nsubj" and token.head.lemma_ in REPORTING | DENIALS | STANCE_TO | WISHES | _DEEDS)


def _names_again(phrase: _Phrase, clause: Clause, token: Token) -> bool:
    """Tell whether a clause names behind its verb what its subject would stand for: "the town left the town"."""
    last = phrase.text.split()[-1].casefold() if phrase.text else ""
    return any(t.i > token.i and t.lower_ == last and t.dep_ in {"dobj", "attr"} for t in clause.tokens)


def _agrees(phrase: _Phrase, word: str) -> bool:
    if word in _PLURAL:
        return phrase.plural
    if word in _PERSONAL and phrase.pronoun not in {"", word}:
        return False
    return not phrase.plural and phrase.person == (word in _PERSONAL)


def _holds(token: Token, place: int) -> bool:
    """Tell whether a phrase stands in the clause of the pronoun itself, behind its verb or inside its own subject."""
    other = token.doc[place]
    fronted = (
        other.dep_ == "pobj" and other.head.head == token.head and token.dep_ in _SUBJECTS
    )  # "through a spokesman, he"
    return fronted or other in token.subtree or (token.head == other.head and token.dep_ in _SUBJECTS)


def _expletive(token: Token) -> bool:
    """Tell whether "it" stands for a clause that follows ("it is clear that", "it took a day to")."""
    if token.lower_ != "it" or token.dep_ not in _SUBJECTS:
        return False
    head = token.head
    clausal = any(c.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} and c.i > head.i for c in head.children)
    weather = head.lemma_ in {"rain", "snow", "seem", "appear", "happen", "turn"}
    described = any(c.dep_ in {"acomp", "attr"} for c in head.children)
    inner = any(
        g.dep_ in {"ccomp", "xcomp", "advcl", "relcl", "acl"}
        for c in head.children
        if c.dep_ in {"acomp", "attr"}
        for g in c.children
    )
    lasts = head.lemma_ == "take" and any(c.dep_ in {"ccomp", "xcomp", "advcl"} for c in head.children)
    due = head.lemma_ == "be" and any(c.lower_ == "up" for c in head.children)  # "it is up to them to"
    return weather or lasts or due or (described and (clausal or inner))


def _phrases(sentence: SpacySpan) -> list[_Phrase]:
    """Give the noun phrases of a sentence that a pronoun may stand for, coordinated ones as one."""
    out = []
    doc = sentence.doc
    entities = {t.i: e for e in sentence.ents for t in e}
    for chunk in sentence.noun_chunks:
        root = chunk.root
        if root.dep_ in _SUBJECTS and (root.lower_ in _INDEFINITE or any(c.lower_ in _UNNAMED for c in root.children)):
            plural = root.tag_ in {"NNS", "NNPS"} or root.lower_ in {
                "these",
                "those",
                "some",
                "many",
                "most",
                "both",
                "all",
            }
            out.append(_Phrase("", plural, root.lemma_.lower() in PEOPLE, True, root.i))
            continue
        if root.dep_ == "conj" or root.lower_ in _INDEFINITE or root.pos_ == "PRON" or root.tag_ in {"CD", "EX"}:
            continue
        if root.lemma_.lower() in {"time", "way", "thing"} or root.ent_type_ in {
            "DATE",
            "TIME",
            "PERCENT",
            "MONEY",
            "ORDINAL",
            "QUANTITY",
        }:
            continue
        if root.dep_ in {"attr", "npadvmod", "appos"} or any(c.lower_ in _UNNAMED for c in root.children):
            continue
        if any(c.dep_ == "cc" and c.lower_ not in {"and", "&"} for c in root.children):
            if root.dep_ in _SUBJECTS:
                out += [_Phrase("", plural, False, True, root.i) for plural in (False, True)]
            continue
        members = [root]
        while nxt := next((c for c in members[-1].children if c.dep_ == "conj"), None):
            members.append(nxt)
            if len(members) > 5:
                break
        end = chunk.end
        if len(members) > 1:
            end = members[-1].i + 1
        own_of = next((c for c in members[-1].children if c.dep_ == "prep" and c.lower_ == "of"), None)
        if own_of is not None:
            bracket = next((t.i for t in own_of.subtree if t.text == "("), own_of.right_edge.i + 1)
            end = bracket if bracket - chunk.start < _LONGEST + 2 else end
        words = doc[chunk.start : end]
        if len(words) > _LONGEST + 2 or any(t.text in {'"', "(", ")"} for t in words):
            continue
        if chunk.start and doc[chunk.start - 1].text == "-":
            continue  # "ex-wife"
        if chunk[0].lower_ in _POSSESSIVE or chunk[0].lower_ in {
            "my",
            "our",
            "your",
            "this",
            "these",
            "that",
            "those",
            "such",
        }:
            continue
        entity = entities.get(root.i)
        person = (entity is not None and entity.label_ == "PERSON") or root.lemma_.lower() in PEOPLE
        plural = len(members) > 1 or root.tag_ in {"NNS", "NNPS"} or root.lemma_.lower() in _CROWDS
        if entity is not None and entity.label_ in {"GPE", "ORG", "PERSON"} and len(members) == 1:
            plural = False
        if root.tag_ == "NNPS" and entity is None and chunk[0].lower_ != "the":
            plural = len(members) > 1  # a last name in -s
        text = _definite(words)
        agent = any(_acts(m) for m in members)
        named = len(members) if len(members) > 1 and all(m.pos_ == "PROPN" for m in members) else 0
        bare = (root.lemma_.lower(), root.tag_) if _needs_name(root) else None
        subject = root.dep_ in _SUBJECTS
        out.append(_Phrase(text, plural, person and not plural, subject, root.i, named, agent=agent, bare=bare))
    for token in sentence:
        if token.dep_ in {"csubj", "csubjpass"}:
            out.append(_Phrase("", False, False, True, token.i))
    return sorted(out, key=lambda p: p.place)


def _acts(noun: Token) -> bool:
    """Tell whether a noun names people or an institution."""
    lemma = noun.lemma_.lower()
    return (
        noun.pos_ == "PROPN"
        or noun.ent_type_ in {"GPE", "NORP", "ORG", "PERSON"}
        or lemma in PEOPLE | SPEAKING_NOUNS | _CROWDS
        or lemma.endswith(("er", "or", "ist", "ian", "ant", "ent", "man", "men", "ee"))
    )


def _definite(words: SpacySpan) -> str:
    """Write a phrase as one writes it the second time: "the", not "a" or "The"."""
    text = words.text.rstrip(" ,;")
    first = words[0]
    if first.dep_ == "det":
        rest = words[1:].text.rstrip(" ,;")
        if words.root.ent_type_ == "PERSON":
            return rest
        return f"the {rest}" if first.lower_ in {"a", "an", "the"} else text[:1].lower() + text[1:]
    if first.pos_ not in {"PROPN"} and not first.ent_type_ and not first.text.isupper():
        return text[:1].lower() + text[1:]
    return text
