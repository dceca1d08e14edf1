"""Who says it: the speaker of each clause, within one article."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.gender import pronoun_of
from claimtrack.extraction.lexicon import ROLES

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

    from claimtrack.extraction.clauses import Cue
    from claimtrack.extraction.sentences import ParsedBlock

__all__ = ["Interview", "Speakers", "find_interview", "find_statement"]

_MAX_WORDS = 8
_OUTLET_VERBS = {"cite", "publish", "quote", "report"}
"""What an outlet does with other people's words: its subject is no person, whatever the recogniser says."""
_OUTLET_NOUNS = {
    "agency",
    "channel",
    "daily",
    "magazine",
    "newspaper",
    "outlet",
    "paper",
    "report",
    "website",
    "weekly",
}
_PERSONAL = {"he", "she", "him", "her", "his"}
_PRONOUNS = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}
_FIRST = {"i", "we", "us", "me", "my", "our", "you", "your", "one"}
_NOBODY = {"anybody", "anyone", "everybody", "everyone", "neither", "nobody", "none", "somebody", "someone"}
_THINGS = {"it", "they", "them", "its", "their"}
_HONORIFICS = {
    "mr",
    "mrs",
    "ms",
    "dr",
    "mr.",
    "mrs.",
    "ms.",
    "dr.",
    "sir",
    "president",
    "minister",
    "sen.",
    "rep.",
    "gov.",
}


@attrs.frozen
class Interview:
    """An article of questions and answers.

    Parameters
    ----------
    interviewee : str
        Name of the person who answers.
    first : int
        Position of the first question's block; answers are the blocks after it that are no questions.
    questions : frozenset of int
        Positions of the question blocks.
    """

    interviewee: str
    first: int
    questions: frozenset[int]

    def is_answer(self, position: int) -> bool:
        """Tell whether a block is an answer."""
        return position > self.first and position not in self.questions


def _is_question(block: ParsedBlock) -> bool:
    return block.text.rstrip("\"' )").endswith("?")


def find_interview(blocks: list[ParsedBlock]) -> Interview | None:
    """Find out whether an article is an interview, and who answers.

    At least two blocks must be questions, a fifth of all, at least two of them with an answer behind, and the article must
    name somebody before the first answer: whom "interview with" names, else who is named most.
    """
    questions = frozenset(b.position for b in blocks if _is_question(b))
    if len(questions) < 2 or 5 * len(questions) < len(blocks):
        return None
    answered = sum(position + 1 not in questions and position + 1 < len(blocks) for position in questions)
    if answered < 2:
        return None
    first = min(questions)
    head = [b for b in blocks if b.position <= first]
    for block in head:
        for match in re.finditer(r"\binterview(?:ed|s)?\b(?: was)?(?: held)?(?: with)?", block.text):
            after = [e for e in _people(block) if e.start_char >= match.end()]
            if after:
                return Interview(_clean(after[0].text), first, questions)
    named = Counter(_clean(e.text) for block in head for e in _people(block))
    if not named:
        return None
    most = sorted(named, key=lambda name: (-named[name], name))[0]
    return Interview(most, first, questions)


def _clean(name: str) -> str:
    """Cut marks and the possessive off a name."""
    return re.sub(r"(?:'s|’s|'|’)$", "", re.sub(r"\s+", " ", name).strip(' ,.;:"“”()<>*[]-')).strip()


def _people(block: ParsedBlock) -> list[SpacySpan]:
    """Give the people that a block names, by names that can be a speaker's."""
    return [e for e in block.doc.ents if e.label_ == "PERSON" and 1 <= len(_clean(e.text).split()) <= _MAX_WORDS]


class Speakers:
    """Gives names to holders, and remembers who spoke last.

    Parameters
    ----------
    blocks : list of ParsedBlock
        The whole article: a last name is completed by the full name that the article gives anywhere.
    """

    def __init__(self, blocks: list[ParsedBlock]) -> None:
        self.last: str | None = None
        self.last_outlet: str | None = None
        self.last_person: str | None = None
        self.spoke = False
        self.spoke_last = False
        self.carried: str | None = None
        self.we: str | None = None
        self._last_of: dict[str, str] = {}
        self._pronouns = _pronouns(blocks)
        full: dict[str, Counter[str]] = {}
        for block in blocks:
            for entity in block.doc.ents:
                if entity.label_ == "PERSON":
                    name = _clean(block_text(block, entity.start_char, entity.end_char))
                    parts = name.split()
                    if 2 <= len(parts) <= 5:
                        full.setdefault(_last_name(parts), Counter())[name] += 1
        self.outlets = {
            _clean(e.text)
            for block in blocks
            for e in block.doc.ents
            if (e.root.dep_ == "nsubj" and e.root.head.lemma_ in _OUTLET_VERBS)
            or (e.root.dep_ == "pobj" and e.root.head.dep_ == "agent" and e.root.head.head.lemma_ in _OUTLET_VERBS)
        }
        self.full = {
            last: sorted(names, key=lambda n: (-names[n], n))[0] for last, names in full.items() if _one_person(names)
        }
        self.roles = _roles(blocks, self)

    def complete(self, name: str) -> str:
        """Complete a last name by the one full name that ends in it, and cut what stands before a full name."""
        parts = [p for p in name.split() if p.lower() not in _HONORIFICS]
        if len(parts) == 1:
            return self.full.get(_last_name(parts), name)
        if "," in name or " and " in name:
            return name
        return next((full for full in sorted(self.full.values()) if name.endswith(f" {full}")), name)

    def name(self, cue: Cue, block: ParsedBlock) -> str | None:
        """Name the holder that a cue gives; a pronoun stands for who spoke last."""
        holder = cue.holder
        if holder is None:
            return self.name(cue.outer, block) if cue.outer is not None else None
        if holder.lower_ in _NOBODY or any(t.lower_ == "no" for t in holder.children):
            return self.name(cue.outer, block) if cue.outer is not None else None
        if holder.lower_ in _PERSONAL:
            above = cue.outer.holder if cue.outer is not None else None
            if above is not None and (above.ent_type_ == "PERSON" or above.lower_ in _PERSONAL):
                return self.name(cue.outer, block) if cue.outer is not None else None
            return self._person_of(_PRONOUNS[holder.lower_])
        if holder.lower_ in _THINGS | {"who", "which", "that", "this", "there"} or holder.lower_ in _FIRST:
            if cue.outer is not None:
                return self.name(cue.outer, block)
            return self.last if holder.lower_ in _THINGS and self.last != self.last_person else None
        name = self.owned(self.complete(noun_phrase(holder, block))) or None
        joined = self.roles.get(holder.lemma_.lower(), set())
        bare = all(child.dep_ == "det" and child.lower_ == "the" for child in holder.children)
        if bare and len(joined) == 1 and joined <= {self.last, self.last_person}:
            return next(iter(joined))
        if bare and holder.lemma_.lower() in _OUTLET_NOUNS and self.last_outlet is not None:
            return self.last_outlet
        return name

    def pronoun(self, name: str) -> str:
        """Give "he" or "she" for a name where it, or the article beside its last name, tells; else an empty string."""
        parts = name.split()
        return pronoun_of(name) or (self._pronouns.get(_last_name(parts), "") if parts else "")

    def _person_of(self, pronoun: str) -> str | None:
        """Give who spoke or was named last and is, as far as the article tells, a "he" or a "she"."""
        person = self.last_person or self.last
        if person is not None and self.pronoun(person) not in {"", pronoun}:
            return self._last_of.get(pronoun)
        return person

    def _keep_person(self, name: str) -> None:
        self.last_person = name
        self._last_of[self.pronoun(name)] = name

    def owned(self, name: str) -> str:
        """Write out whose it is where a phrase begins with a possessive: "his lawyer" is "Carlos Lima's lawyer"."""
        first, _, rest = name.partition(" ")
        if not rest or first.lower() not in {"his", "her", "its", "their", "my", "our", "your"}:
            return name
        owner = self._person_of(_PRONOUNS[first.lower()]) if first.lower() in {"his", "her"} else None
        if owner is None or len(owner.split()) + len(rest.split()) > _MAX_WORDS:
            return rest
        return f"{owner}'s {rest}"

    def remember(self, speaker: str | None, cue: Cue | None, block: ParsedBlock) -> None:
        """Keep who spoke last, for "he added" and for quotes that go on."""
        if speaker is None:
            return
        self.last = speaker
        if speaker in self.outlets or (
            cue is not None
            and cue.head.lemma_ in _OUTLET_VERBS
            and cue.holder is not None
            and cue.holder.ent_type_ != "PERSON"
        ):
            self.last_outlet = speaker
        self.spoke = cue is not None
        holder = cue.holder if cue is not None else None
        person = speaker in self.full.values() or (holder is not None and holder.ent_type_ == "PERSON")
        if person and speaker not in self.outlets:
            self._keep_person(speaker)

    def open_paragraph(self) -> None:
        """Go on to the next paragraph: "the newspaper" is one that the same paragraph names."""
        self.last_outlet = None

    def observe(self, sentence: SpacySpan, quoted: frozenset[int]) -> None:
        """Keep whom a sentence is about, for "he" in the next: its first person as a subject, else the last one named.

        A sentence that reports somebody's words is about who says them.
        """
        people = [
            e
            for e in sentence.ents
            if e.label_ == "PERSON"
            and e.start not in quoted
            and 1 <= len(_clean(e.text).split()) <= _MAX_WORDS
            and e.root.dep_ not in {"compound", "poss", "amod", "nmod"}
            and self.complete(_clean(e.text)) not in self.outlets
        ]
        subjects = [e for e in people if e.root.dep_ in {"nsubj", "nsubjpass"}]
        subjects.sort(key=lambda e: (e.root.head != sentence.root, e.start))
        if people and not self.spoke:
            self._keep_person(self.complete(_clean((subjects[0] if subjects else people[-1]).text)))
        for token in sentence:
            told = token.dep_ == "nsubj" and token.head.lemma_ in _OUTLET_VERBS and token.pos_ == "PROPN"
            name = _clean(sentence.doc[token.left_edge.i : token.i + 1].text) if told and token.i not in quoted else ""
            if name and (token.ent_type_ != "PERSON" or name in self.outlets):
                self.last_outlet = re.sub("^[Tt]he ", "", name)
        self.spoke_last = self.spoke
        self.spoke = False


def _pronouns(blocks: list[ParsedBlock]) -> dict[str, str]:
    """Collect which last names an article gives a title or a telling first name, where all its bearers agree."""
    found: dict[str, set[str]] = {}
    for block in blocks:
        for entity in block.doc.ents:
            if entity.label_ != "PERSON":
                continue
            title = block.doc[entity.start - 1].text if entity.start else ""
            name = _clean(entity.text)
            told = pronoun_of(f"{title} {name}") if title.rstrip(".").istitle() else pronoun_of(name)
            if told and name:
                found.setdefault(_last_name(name.split()), set()).add(told)
    return {last: next(iter(told)) for last, told in found.items() if len(told) == 1}


def _roles(blocks: list[ParsedBlock], speakers: Speakers) -> dict[str, set[str]]:
    """Collect who is called by each role in an article: "spokesman Carlos Lima", "Carlos Lima, the spokesman"."""
    found: dict[str, set[str]] = {}
    for block in blocks:
        for entity in block.doc.ents:
            if entity.label_ != "PERSON":
                continue
            root = entity.root
            near = [t for t in root.children if t.dep_ in {"compound", "nmod", "appos"}]
            near += [root.head] if root.dep_ in {"appos", "compound", "nmod"} else []
            told = [t for t in root.children if t.dep_ == "relcl" and t.lemma_ == "be"]
            near += [t for clause in told for t in clause.children if t.dep_ == "attr"]
            for token in near:
                former = any(t.lower_ in {"former", "ex", "vice", "deputy"} for t in (*token.children, *root.children))
                if token.lemma_.lower() in ROLES and not former:
                    name = speakers.complete(_clean(block_text(block, entity.start_char, entity.end_char)))
                    parts = [p for p in name.split() if p.lower() not in ROLES]
                    found.setdefault(token.lemma_.lower(), set()).add(" ".join(parts))
    return found


_STATEMENT = re.compile(
    r"\b(?:[Ss]tatement|STATEMENT|[Cc]ommuniqu[eé]|[Pp]ress release|PRESS RELEASE)(?: issued)? (?:by|of|from|BY|OF|FROM) (?:[Tt]he )?"
    r"([A-Z][\w'’&-]*(?: (?:of|for|and|the|in|on|[A-Z][\w'’&-]*)){0,9})"
)


def find_statement(blocks: list[ParsedBlock], title: str | None) -> str | None:
    """Find the organisation whose statement an article is: named as such in its title or first two blocks.

    It must speak as "we" at least twice outside quotations.
    """
    ours = sum(t.lower_ == "we" and t.i not in b.quoted for b in blocks for t in b.doc)
    match = _STATEMENT.search("\n".join([title or "", *(b.doc.text[:300] for b in blocks[:2])]))
    if match is None or ours < 2:
        return None
    words = re.sub(r"(?: (?:of|for|and|the|in|on))+$", "", match[1]).split()
    return " ".join(words) if len(words) <= _MAX_WORDS else None


def _last_name(parts: list[str]) -> str:
    """Give the last name without the article that Arabic names carry: "al-Asmi" and "Asmi" are one."""
    return re.sub(r"^(?:al|el)[-‐ ]", "", parts[-1].casefold())


def _one_person(names: Counter[str]) -> bool:
    """Tell whether names that share a last name can be one person: each first name is part of the longest."""
    longest = max(names, key=lambda n: (len(n.split()), n)).casefold().split()
    return all(set(name.casefold().split()) <= set(longest) for name in names)


def block_text(block: ParsedBlock, start: int, end: int) -> str:
    """Give the characters of a block that the parser saw."""
    return block.text[start:end]


def noun_phrase(head: Token, block: ParsedBlock) -> str:
    """Write the noun phrase of a holder in at most eight words.

    A person's name inside it stands for it; otherwise the phrase goes without article, clauses and apposition, and a
    possessor that speaks through something ("the presidents' statements") stands for the thing.
    """
    words_of_somebody = {"statement", "report", "comment", "remark", "message", "tweet", "letter"}
    if head.lemma_ in words_of_somebody | {"spokesman"}:
        owners = [child for child in head.children if child.dep_ == "poss" and child.pos_ in {"NOUN", "PROPN"}]
        if owners and head.lemma_ != "spokesman":
            head = owners[0]
    if head.lemma_ in {"number", "figure", "datum", "statistic"}:
        agents = [
            n
            for acl in head.children
            if acl.dep_ == "acl"
            for by in acl.children
            if by.dep_ == "agent"
            for n in by.children
            if n.dep_ == "pobj"
        ]
        told = any(
            c.dep_ in {"amod", "compound", "nmod"} or (c.dep_ == "poss" and c.pos_ != "PRON") for c in head.children
        )
        if not agents and not told:
            return ""
        head = agents[0] if agents else head
    together = any(child.dep_ == "conj" for child in head.children)
    people = [e for e in _people(block) if head.left_edge.i <= e.start and e.end - 1 <= head.right_edge.i]
    if not together:
        for entity in people:
            if entity.start <= head.i < entity.end and len(entity) <= _MAX_WORDS:
                return _clean(entity.text)
        titled = [
            e
            for e in people
            if e.root.dep_ in ({"appos", "pobj", "nmod"} if head.lemma_ in words_of_somebody else {"appos", "nmod"})
            and e.start > head.i
            and e.root.right_edge.i <= head.right_edge.i
        ]
        if (
            len(people) == 1
            and titled
            and not any(t.dep_ in {"relcl", "acl"} for t in head.children)
            and head.ent_type_ != "PERSON"
        ):
            return _clean(titled[0].text)
    drop: set[int] = set()
    for token in head.subtree:
        timed = token.dep_ in {"npadvmod", "advmod"} and token.i > head.i
        if (token.dep_ in {"relcl", "acl", "appos", "case"} or timed) and token != head:
            drop |= {t.i for t in token.subtree}
    kept = [t for t in head.subtree if t.i not in drop and not (t.i == head.left_edge.i and t.dep_ == "det")]
    while kept and (kept[-1].is_punct or kept[-1].dep_ == "cc"):
        kept.pop()
    if len("".join(t.text_with_ws for t in kept).split()) > _MAX_WORDS:
        core = [
            t for t in kept if t == head or (t.head == head and t.dep_ in {"compound", "amod", "poss", "nmod", "flat"})
        ]
        kept = core
    phrase = _clean(
        "".join(
            t.text if k + 1 < len(kept) and kept[k + 1].i == t.i + 1 and not t.whitespace_ else t.text + " "
            for k, t in enumerate(kept)
        )
    )
    listed, comma, last = phrase.rpartition(", ")
    if comma and " and " in listed and " and " not in last:
        phrase = last
    words = phrase.split()
    return " ".join(words[:_MAX_WORDS])
