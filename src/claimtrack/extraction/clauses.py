"""Take a parsed sentence apart into the statements it makes.

Coordinated and subordinate statements become clauses of their own; a condition stays with what it conditions; the content
of reported speech becomes a clause that carries its cue, and the act of saying none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.grammar import (
    FINITE,
    SUBJECTS,
    antecedent_of,
    commas_before,
    doubtful,
    fits,
    holder_of,
    is_finite,
    is_inverted,
    marker_of,
    opener_of,
    subject_of,
    subject_tokens,
    subtree_of,
    under,
)
from claimtrack.extraction.lexicon import (
    ADJECTIVE_CUES,
    ASKING,
    ASPECTUAL,
    CONDITIONS,
    DENIALS,
    FACTIVE_CUES,
    FACTIVE_MARKERS,
    FEELINGS,
    NOUN_CUES,
    REPORTING,
    SHOWING,
    SPEAKING_NOUNS,
    SPLICED,
    VIEWS,
    WISHES,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

__all__ = ["Clause", "Cue", "clauses"]

_NO_OTHERS = {"it", "there", "this", "that", "which", "who", "what", "nobody", "none", "neither"}
_FIRST_PERSONS = {"i", "we", "me", "us"}
_VAGUE = {
    "majority",
    "people",
    "many",
    "most",
    "some",
    "others",
    "everyone",
    "everybody",
    "anyone",
    "anybody",
    "someone",
    "somebody",
}
_WITH_OBJECT = {"accept", "bring", "deny", "find", "give", "make", "need", "put", "reject", "want"}
"""Verbs that say nothing without an object."""
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
    rewrites : dict of int to str
        Tokens that the text of the claim writes otherwise than they stand in the sentence, by index.
    within : tuple of spacy.tokens.Token
        The statement that the clause was cut out of by its adjuncts, which tells more about it; empty if it is whole.
    spare : bool
        Whether other clauses of the sentence state it too, with more or in smaller parts ("X won" beside "X won in 2015"),
        or it only names something ("X is abbreviated Y").
    """

    head: Token
    tokens: tuple[Token, ...]
    cue: Cue | None
    subject: Token | None
    rewrites: dict[int, str] = attrs.field(factory=dict)
    within: tuple[Token, ...] = ()
    spare: bool = False


_ASKING_AUXILIARIES = frozenset(
    "am are can could did do does has have is was will would did't didn't don't doesn't won't isn't wasn't".split()
)
_LONGEST = 300
"""Tokens of a sentence that is taken apart; what is longer is a list or no sentence, and the walk would take minutes."""


class _Splitter:
    """Walk over one sentence; holds what was found."""

    def __init__(self, sentence: SpacySpan, quoted: frozenset[int]) -> None:
        self.sentence = sentence
        self.quoted = quoted
        self.conditions: dict[int, set[int]] = {}
        self.asides: set[int] = set()
        self.found: list[Clause] = []
        self.seen: set[int] = set()

    def run(self) -> list[Clause]:
        root = self.sentence.root
        if len(self.sentence) > _LONGEST:
            self.emit(
                root, {t.i for t in self.sentence} if subject_of(root) is not None else set(), None, subject_of(root)
            )
            return self.found
        self.visit(root, self.overall(), None)
        return sorted(self.found, key=lambda c: (c.tokens[0].i, c.head.i))

    # -- walking ---------------------------------------------------------------------------------------------------

    def visit(self, head: Token, cue: Cue | None, subject: Token | None, helpers: tuple[Token, ...] = ()) -> None:
        """Take one predicate apart; `subject` and `helpers` are what it shares with the clause it is joined to."""
        if head.i in self.seen:
            return
        self.seen.add(head.i)
        own = subject_of(head) or subject
        contents = list(self.contents(head))
        cue = self.parenthesis(head, self.according(head, cue))
        if contents and (self.demanded(head) or self.hearsay(head, contents, cue)):
            self.state(head, cue, own, helpers)
        elif contents and head.lemma_ in WISHES and not self.turned(head):
            self.state(head, Cue(head, holder_of(head, own), cue, wished=True), own, helpers)
        elif contents and (self.told_whole(head, contents) or self.turned(head)):
            self.state(head, Cue(head, holder_of(head, own), cue), own, helpers)
        elif contents and head.lemma_ not in DENIALS:
            self.report(head, contents, cue, own)
        elif self.only_reports(head):
            self.report(head, [], cue, own)
        else:
            self.state(head, cue, own, helpers)

    def closes(self, head: Token) -> bool:
        """Tell whether a source and its verb close the sentence ("prices rose, the study shows")."""
        holder = subject_of(head)
        return (
            holder is not None
            and (holder.lemma_.lower() in SPEAKING_NOUNS or holder.ent_type_ in {"ORG", "PERSON"})
            and all(t.is_punct or t.is_space for t in head.doc[head.i + 1 : self.sentence.end])
        )

    def overall(self) -> Cue | None:
        """Find "according to X" or "as X points out" at either end of the sentence: it holds of all of it."""
        for token in self.sentence:
            if (
                token.dep_ == "advcl"
                and marker_of(token) == "as"
                and token.lemma_ in REPORTING
                and token.i not in self.quoted
            ):
                named = under(token, "nsubj")
                told = [t for t in under(token, "ccomp", "dobj", "xcomp", "neg") if t.lower_ != "it"]
                left, right = token.left_edge.i, token.right_edge.i
                first = (
                    left == self.sentence.start and token.doc[right + 1].text == ","
                    if right + 1 < len(token.doc)
                    else False
                )
                last = commas_before(token) and all(t.is_punct for t in token.doc[right + 1 : self.sentence.end])
                if named and not told and (first or last) and named[0].tag_ not in {"WP", "WDT"}:
                    self.asides |= set(range(left, right + 1))
                    self.seen.add(token.i)
                    return Cue(token, named[0])
            if token.lower_ != "according" or token.i in self.quoted:
                continue
            holders = [noun for to in under(token, "prep") for noun in under(to, "pobj")]
            left, right = token.left_edge.i, token.right_edge.i
            first = left - self.sentence.start <= 1
            last = commas_before(token) and all(
                t.is_punct or t.is_space for t in token.doc[right + 1 : self.sentence.end]
            )
            if holders and (first or last):
                self.asides |= set(range(left, right + 1))
                return Cue(token, holders[0])
        return None

    def parenthesis(self, head: Token, cue: Cue | None) -> Cue | None:
        """Put a report that stands between commas ("X, she said, Y") around the clause that it interrupts."""
        for token in head.subtree:
            if (
                token.dep_ not in {"parataxis", "relcl"}
                or token.lemma_ not in REPORTING
                or token.i in self.seen
                or token.i in self.asides
            ):
                continue
            holders = [t for t in under(token, "nsubj") if t.tag_ not in {"WDT", "WP"}]
            if (
                not holders
                or not commas_before(holders[0])
                or under(token, "ccomp", "dobj", "neg", "mark")
                or token.i == head.i
            ):
                continue
            aside = {token.i} | {t.i for t in holders[0].subtree} | {t.i for t in under(token, "aux")}
            aside |= {i for i in (min(aside) - 1, max(aside) + 1) if 0 <= i < len(token.doc) and token.doc[i].is_punct}
            self.asides |= aside
            cue = Cue(token, holders[0], cue)
        return cue

    def demanded(self, head: Token) -> bool:
        """Tell whether saying it is only called for ("should say that"): the whole is the claim, of whoever calls for it."""
        called_for = head
        while called_for.dep_ in {"conj", "xcomp"} and subject_of(called_for) is None:
            if any(t.dep_ == "aux" for t in called_for.children if t.lower_ != "to"):
                break
            called_for = called_for.head
        if any(above.lemma_ == "let" for above in head.ancestors):
            return True  # "let us say that"
        return head.lemma_ not in FACTIVE_CUES and any(
            t.lower_ in {"should", "must", "ought"} for t in under(called_for, "aux")
        )

    def hearsay(self, head: Token, contents: list[tuple[Token, Token]], cue: Cue | None) -> bool:
        """Tell whether somebody only tells what others say or think: the whole is the claim, of who tells it.

        So it is between quotation marks ("They think that the mine is safe," she said), and where the others are nobody in
        particular ("she said that voters think").
        """
        holder = subject_of(head)
        if holder is None or holder.lower_ in _NO_OTHERS or holder.lower_ in _FIRST_PERSONS:
            return False
        if head.i in self.quoted and all(content.i in self.quoted for _, content in contents):
            return holder.lower_ != "you" or head.lemma_ not in FACTIVE_CUES
        many = holder.tag_ == "NNS" and not holder.ent_type_ and holder.lemma_ not in SPEAKING_NOUNS
        vague = many and not any(t.lower_ in {"the", "these", "those"} or t.dep_ == "poss" for t in holder.children)
        return holder.lower_ in _VAGUE or (vague and cue is not None and cue.holder is not None)

    def told_whole(self, head: Token, contents: list[tuple[Token, Token]]) -> bool:
        """Tell whether the content is no statement by itself ("explained how", "demanded that"), but the whole is one."""
        if any(content.i in self.quoted for _, content in contents):
            return False
        markers = {opener_of(content) for _, content in contents}
        if head.lemma_ in {"demand", "urge", "request"} or (head.lemma_ == "ask" and markers == {"that"}):
            return not markers & (_OPEN_QUESTIONS | {"whether", "if"})
        if head.lemma_ == "question":
            return True
        if head.lemma_ in {"cite", "quote"}:
            return False  # "cited Marta Silva who said that"
        return head.lemma_ in REPORTING - SPLICED - FACTIVE_CUES - WISHES and markers <= _OPEN_QUESTIONS

    def turned(self, head: Token) -> bool:
        """Tell whether nobody holds the content ("does not believe that"): the whole is the claim."""
        if head.lemma_ in FACTIVE_CUES:
            return False
        negated = bool(under(head, "neg")) or any(t.lower_ == "never" for t in head.children)
        subject = subject_of(head)
        nobody = subject is not None and (
            subject.lower_ in {"nobody", "none", "neither"} or any(t.lower_ == "no" for t in subject.children)
        )
        return negated or nobody

    def only_reports(self, head: Token) -> bool:
        """Tell whether a predicate without clausal content does nothing but point to somebody's words."""
        if head.lemma_ in {"quote", "cite"}:
            inner = [
                t
                for t in head.subtree
                if t.dep_ in {"advcl", "xcomp", "ccomp", "relcl", "pcomp"} and list(self.contents(t))
            ]
            if inner:
                return True
        if head.lemma_ not in REPORTING or head.i in self.quoted:
            return False
        words = [t for t in head.subtree if t.is_alpha]
        return 2 * sum(t.i in self.quoted for t in words) > len(words)

    def contents(self, head: Token) -> Iterator[tuple[Token, Token]]:
        """Yield (cue, content) for each clause that the predicate reports."""
        verb_like = head.pos_ in {"VERB", "AUX"}
        for child in head.children:
            if (
                child.dep_ in {"ccomp", "parataxis"}
                and verb_like
                and child.pos_ in {"VERB", "AUX", "NOUN", "ADJ", "PROPN"}
            ):
                aside = child.dep_ == "parataxis" and child.lemma_ in REPORTING and not under(child, "ccomp", "dobj")
                if aside or (child.dep_ == "parataxis" and head.lemma_ not in REPORTING):
                    continue
                spliced = (
                    child.i < head.i
                    and not self.closes(head)
                    and (head.lemma_ in WISHES | SPLICED or (marker_of(child) == "" and head.i in self.quoted))
                )
                if (
                    head.lemma_ in REPORTING | ASKING | DENIALS | WISHES
                    and not spliced
                    and (is_finite(child) and (subject_of(child) is not None or marker_of(child) == "that"))
                ):
                    yield head, child
                elif (
                    head.lemma_ == "be"
                    and child.i > head.i
                    and (nouns := [c for c in under(head, "attr") if c.lemma_ in NOUN_CUES])
                ):
                    yield nouns[0], child
                elif (
                    head.lemma_ == "be"
                    and any(c.lemma_ in ADJECTIVE_CUES for c in under(head, "acomp"))
                    and child.i > head.i
                ):
                    yield head, child
            if child.dep_ == "xcomp" and head.lemma_ in ASPECTUAL and child.lemma_ in REPORTING:
                yield from self.contents(child)
            if child.dep_ == "acomp" and child.lemma_ in FEELINGS:
                for inner in under(child, "xcomp"):
                    if inner.lemma_ in REPORTING:
                        yield from self.contents(inner)
            made = child.dep_ in {"ccomp", "oprd"} and head.lemma_ == "make"
            if (child.dep_ == "acomp" or made) and child.lemma_ in ADJECTIVE_CUES:
                for inner in under(child, "ccomp", "advcl"):
                    if child.dep_ == "acomp" or marker_of(inner) == "that":
                        yield child, inner
            if child.dep_ in {"dobj", "attr", "pobj"} and child.lemma_ in NOUN_CUES:
                for inner in under(child, "acl", "ccomp", "relcl"):
                    if marker_of(inner) == "that" and is_finite(inner) and subject_of(inner) is not None:
                        yield child, inner

    def according(self, head: Token, cue: Cue | None) -> Cue | None:
        """Put "according to X" around the clause that it belongs to."""
        for child in head.children:
            if child.lower_ in {"in", "by"} and child.dep_ == "prep" and child.i < head.i:
                views = [n for n in under(child, "pobj") if n.lemma_ in VIEWS]
                owners = [n for view in views for n in under(view, "poss")]
                owners = owners or [n for n in under(child, "pobj") if n.lemma_ in {"poll", "survey"}]
                if owners and cue is None:
                    return Cue(child, owners[0])
            if child.lower_ == "according" and child.i not in self.asides and child.dep_ in {"prep", "advmod", "advcl"}:
                holders = [noun for to in under(child, "prep") for noun in under(to, "pobj")]
                if holders and cue is None:
                    return Cue(child, holders[0])
                if holders and cue is not None and cue.outer is None:
                    return attrs.evolve(cue, outer=Cue(child, holders[0]))
        return cue

    def report(self, head: Token, contents: list[tuple[Token, Token]], cue: Cue | None, subject: Token | None) -> None:
        """Visit what a cue reports, and what is joined to the cue; the act of saying makes no claim."""
        holder = holder_of(head, subject)
        if head.lemma_ in FACTIVE_CUES and any(t.tag_ == "MD" or t.dep_ == "neg" for t in head.children):
            holder = None
        if (
            head.lemma_ in SHOWING
            and holder is not None
            and holder.pos_ == "NOUN"
            and holder.lemma_ not in SPEAKING_NOUNS
            and not holder.ent_type_
        ):
            holder = None
        taken = set()
        conditions = {
            t.i
            for child in head.children
            if child.dep_ == "advcl" and (marker_of(child) in {"if", "unless"} or is_inverted(child))
            for t in child.subtree
        }
        for word, content in contents:
            taken |= {content.i, word.i}
            if head.lemma_ in ASKING or (
                marker_of(content) in _OPEN_QUESTIONS | {"whether", "if"} and head.lemma_ not in WISHES
            ):
                self.seen.add(content.i)
                continue
            self.conditions[content.i] = conditions
            owners = [c for c in under(word, "poss") if word.pos_ == "NOUN"]
            inner = Cue(word, owners[0] if owners else holder, cue, wished=word.lemma_ in WISHES)
            if cue is not None and head.lemma_ == "know" and word == head:
                inner = cue  # "Russia knows that it lost, he said": it is he who says so
            self.visit(content, inner, None)
        after = Cue(head, holder, cue) if contents and all(content.i < head.i for _, content in contents) else cue
        quoted = under(head, "dobj") if head.lemma_ in {"quote", "cite"} else []
        for child in head.children:
            if child.i in taken:
                continue
            if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}:
                self.visit(child, after if subject_of(child) else cue, subject_of(child) or subject)
            elif child.dep_ in {"advcl", "xcomp"} and list(self.contents(child)):
                self.visit(child, cue, subject_of(child) or holder)
            elif child.dep_ in {"dobj", "pobj", "oprd", "ccomp", "prep"}:
                for said in [
                    t for t in child.subtree if t.dep_ in {"relcl", "ccomp", "pcomp"} and list(self.contents(t))
                ]:
                    self.visit(said, cue, quoted[0] if quoted else None)
            elif child.dep_ == "advcl" and self.apart(child):
                reason = marker_of(child) in {"because", "although", "though", "whereas", "since", "given"}
                goes_on = child.i > head.i and commas_before(child)  # "they fled, he said, when the army came"
                self.visit(child, after if reason or goes_on else cue, None)
        self.relatives(head, {t.i for c in contents for t in c[1].subtree}, cue)

    def state(self, head: Token, cue: Cue | None, subject: Token | None, helpers: tuple[Token, ...]) -> None:
        """Make a claim of a predicate that reports nothing, and visit what stands apart from it."""
        without: set[int] = set(self.asides)
        for noun, verb in self.strays(head):
            self.visit(verb, cue, noun)
            taken = {t.i for t in noun.subtree} | {noun.left_edge.i - 1}
            without |= {t.i for t in verb.subtree} | taken
            self.asides |= taken
        for token in head.subtree:
            nested = token.dep_ == "conj" and head not in (token, token.head)
            if nested and cue is not None and cue.head != head and marker_of(token) == "that" and subject_of(token):
                self.visit(token, cue, None)
                without |= {t.i for t in token.subtree}
                opener = token.left_edge.i - 1
                while opener > head.sent.start and (head.doc[opener].is_punct or head.doc[opener].dep_ == "cc"):
                    without.add(opener)
                    opener -= 1
        own_helpers = tuple(under(head, "aux", "auxpass")) or helpers
        for child in head.children:
            part = {t.i for t in child.subtree}
            if part <= without:
                continue
            predicate = child.pos_ in {"VERB", "AUX"} or (child.pos_ == "ADJ" and subject_of(child) is not None)
            if child.dep_ == "conj" and predicate and self.splits(head, child):
                if head.dep_ == "advcl" and subject_of(child) is None:
                    without |= part
                    continue
                passive = child.tag_ == "VBD" and any(t.dep_ == "auxpass" for t in own_helpers)
                passive = passive and not under(child, "aux", "auxpass", "dobj", "attr", "acomp", "xcomp", "ccomp")
                alike = not is_finite(child) and fits(own_helpers, child)
                shared = own_helpers if subject_of(child) is None and (alike or passive) else ()
                self.conditions.setdefault(child.i, set()).update(
                    t.i for t in under(head, "cc") if t.lower_ == "nor" and head.i < t.i < child.i
                )
                if not any(t.lower_ in CONDITIONS for t in child.subtree):
                    self.conditions.setdefault(child.i, set()).update(self.condition_of(head))
                self.visit(child, cue, subject_of(child) or subject, shared)
                without |= part | {t.i for t in under(head, "cc") if t.i < child.i and t.i > head.i}
            elif (
                child.dep_ == "ccomp"
                and head.lemma_ not in DENIALS | REPORTING | WISHES
                and child.i < head.i
                and subject_of(child)
                and is_finite(child)
            ):
                if is_inverted(child):
                    continue
                self.visit(child, cue, None)
                without |= part
            elif (
                child.dep_ == "parataxis"
                and child.pos_ in {"VERB", "AUX"}
                and (subject_of(child) or child.lemma_ in REPORTING)
            ):
                if child.i not in self.asides:
                    self.visit(child, cue, None)
                    without |= part
            elif child.dep_ == "advcl" and list(self.contents(child)):
                above = cue.holder if cue is not None and child.tag_ == "VBG" else None
                self.visit(
                    child,
                    cue.outer if above is not None and cue is not None else cue,
                    subject_of(child) or above or subject,
                )
                without |= part
            elif child.dep_ == "advcl" and self.apart(child):
                self.visit(child, cue, None)
                if marker_of(child) not in {"after", "before", "since", "when", "where", "given"}:
                    without |= part
                    if part and head.doc[min(part) - 1].lower_ == "even":
                        without.add(min(part) - 1)
            elif (
                cue is not None
                and child in (cue.head, cue.outer and cue.outer.head)
                and child.dep_ in {"prep", "advmod", "advcl"}
            ):
                without |= part
            elif child.dep_ in {"mark", "intj"} or (child.dep_ == "advmod" and child.tag_ == "WRB"):
                without |= part if child.lower_ not in CONDITIONS else set()
                if child.lower_ in FACTIVE_MARKERS and head.dep_ == "advcl":  # "ten years after", "shortly before"
                    without |= {t.i for t in head.subtree if t.i < child.i}
        self.absolutes(head, cue)
        without |= self.relatives(head, without, cue)
        tokens = subtree_of(head, without) | self.conditions.get(head.i, set())
        if subject is not None and subject_of(head) is None:
            tokens |= subject_tokens(subject)
            if helpers and not under(head, "aux", "auxpass"):
                tokens |= {t.i for t in helpers} | {t.i for t in under(helpers[0].head, "neg")}
        if subject is None or not (is_finite(head) or helpers) or is_inverted(head):
            return
        if (
            head.dep_ in {"ccomp", "pcomp"}
            and head.left_edge.tag_ in {"WP", "WRB", "WDT"}
            and head.left_edge.lower_ != "that"
            and head in (head.left_edge.head, head.left_edge.head.head)
        ):
            return
        self.emit(head, tokens, cue, subject)

    def relatives(self, head: Token, without: set[int], cue: Cue | None) -> set[int]:
        """Visit relative clauses that say something on the side; give the tokens that they take with them."""
        gone: set[int] = set()
        for token in head.subtree:
            if (
                token.dep_ != "relcl"
                or token.i in without
                or token.i in gone
                or not commas_before(token)
                or not is_finite(token)
            ):
                continue
            pronoun = next((t for t in token.subtree if t.tag_ in {"WDT", "WP"}), None)
            if (
                pronoun is None
                or pronoun.lower_ not in {"which", "who"}
                or pronoun.dep_ not in {"nsubj", "nsubjpass"}
                or pronoun.head != token
            ):
                continue
            noun = antecedent_of(token)
            told = noun.dep_ == "attr" and noun.head == head and any(t.lower_ in {"a", "an"} for t in noun.lefts)
            noun = subject_of(head) or noun if told else noun
            if not told and doubtful(noun, pronoun):
                continue
            part = {t.i for t in token.subtree}
            gone |= part
            if list(self.contents(token)):
                self.visit(token, cue, noun)
                continue
            self.seen.add(token.i)
            body = part - {t.i for t in pronoun.subtree}
            phrase = {i for i in subject_tokens(noun) if i < token.left_edge.i} - without
            while phrase and noun.doc[max(phrase)].is_punct:
                phrase.remove(max(phrase))
            self.emit(token, body | phrase, cue, noun)
        return gone

    # -- decisions -------------------------------------------------------------------------------------------------

    def splits(self, head: Token, conjunct: Token) -> bool:
        """Tell whether a coordinated predicate is a statement of its own."""
        if subject_of(conjunct) is not None:
            return is_finite(conjunct)
        if any(t.lower_ == "to" for t in under(head, "aux")) or any(t.lower_ == "neither" for t in head.children):
            return False
        negated = any(t.dep_ == "neg" or t.lower_ == "never" for t in head.children)
        if negated and not under(conjunct, "aux", "auxpass") and any(t.lower_ == "or" for t in under(head, "cc")):
            return conjunct.tag_ == head.tag_  # "has never been edited or had a show cut": one negation for both
        described = [t for t in head.subtree if t.dep_ == "relcl" and head.i < t.i < conjunct.i]
        if any(
            t.tag_ in {"VBN", "VBD"} and conjunct.tag_ in {"VBN", "VBD"} and head.tag_ not in {"VBN", "VBD"}
            for t in described
        ):
            return False
        return is_finite(conjunct) or fits(tuple(under(head, "aux", "auxpass")), conjunct)

    def condition_of(self, head: Token) -> set[int]:
        """Give the tokens of the condition in front of a clause: it holds of what is joined to it as well."""
        return {
            t.i
            for child in head.children
            if child.dep_ == "advcl"
            and child.i < head.i
            and (marker_of(child) in {"if", "unless"} or is_inverted(child))
            for t in child.subtree
        }

    def apart(self, clause: Token) -> bool:
        """Tell whether an adverbial clause is stated beside its main clause."""
        habitual = marker_of(clause) in {"when", "whenever"} and (
            clause.tag_ in {"VBZ", "VBP"} or any(t.tag_ in {"VBZ", "VBP", "MD"} for t in under(clause, "aux"))
        )
        by_the_way = marker_of(clause) == "as" and clause.lemma_ in REPORTING | FACTIVE_CUES  # "as we know it"
        factive = marker_of(clause) in FACTIVE_MARKERS and not habitual and not by_the_way
        return factive and is_finite(clause) and subject_of(clause) is not None

    def absolutes(self, head: Token, cue: Cue | None) -> None:
        """State what "with" brings in with a subject and a predicate: "with elections approaching"."""
        for token in head.children:
            if token.lower_ != "with" or token.dep_ != "prep" or token.i > head.i:
                continue
            for verb in token.children:
                if verb.dep_ == "pcomp" and verb.tag_ == "VBG" and (noun := subject_of(verb)) is not None:
                    self.emit(verb, {t.i for t in verb.subtree}, cue, noun)
            for noun in under(token, "pobj"):
                for verb in under(noun, "acl"):
                    if verb.tag_ == "VBG" and noun.i < verb.i:
                        self.emit(verb, {t.i for t in noun.subtree}, cue, noun)

    def strays(self, head: Token) -> Iterator[tuple[Token, Token]]:
        """Yield (subject, verb) where the parser took a clause's subject for the object of what stands before it.

        "as the assault looms", "accuse the regime and the regime accuses": a finite verb without a subject, right behind
        a noun phrase that follows a subordinator or a conjunction.
        """
        for verb in head.children:
            finite = verb.tag_ in {"VBZ", "VBD", "VBP"} or any(t.tag_ in FINITE for t in under(verb, "aux"))
            if verb.dep_ not in {"advcl", "conj", "ccomp"} or not finite or subject_of(verb) is not None:
                continue
            before = verb.left_edge.i - 1
            if before <= self.sentence.start or head.doc[before].pos_ not in {"NOUN", "PROPN", "PRON"}:
                continue
            noun = head.doc[before]
            while noun.head.right_edge.i == before and noun.head.pos_ in {"NOUN", "PROPN"} and noun.dep_ != "conj":
                noun = noun.head
            opener = noun.doc[noun.left_edge.i - 1] if noun.left_edge.i > self.sentence.start else None
            if opener is None or noun.right_edge.i != before or head not in verb.ancestors or verb in noun.subtree:
                continue
            if (opener.dep_ == "prep" and opener.lower_ in FACTIVE_MARKERS) or (
                opener.dep_ == "cc" and noun.dep_ == "conj"
            ):
                yield noun, verb

    def emit(self, head: Token, indices: set[int], cue: Cue | None, subject: Token | None) -> None:
        """Keep a clause, without marks and conjunctions at its edges."""
        doc = head.doc
        kept = sorted(indices)
        while kept and (
            doc[kept[0]].is_punct
            or doc[kept[0]].is_space
            or (doc[kept[0]].dep_ == "cc" and doc[kept[0]].lower_ != "nor")
            or (doc[kept[0]].lower_ in {"that", "'s"} and doc[kept[0]].dep_ == "mark")
        ):
            kept.pop(0)
        while kept and (
            (doc[kept[-1]].is_punct and doc[kept[-1]].text not in {")", "%"})
            or doc[kept[-1]].is_space
            or doc[kept[-1]].dep_ == "cc"
        ):
            kept.pop()
        if len(kept) > 1 and doc[kept[0]].lower_ == "even" and kept[1] - kept[0] > 1:
            kept.pop(0)
        if (
            cue is not None
            and kept
            and doc[kept[0]].lower_ == "that"
            and not (doc[kept[0]].dep_ in SUBJECTS and subject_of(head) == doc[kept[0]])
            and (kept[0] == cue.head.i + 1 or doc[kept[0]].tag_ in {"IN", "WDT"})
        ):
            kept.pop(0)
        if len(kept) > 2 and doc[kept[0]].lower_ == "do" and doc[kept[1]].lower_ in {"n't", "not", "you"}:
            return  # "do not do it"
        if head.dep_ != "conj" and any(t.lower_ in {"if", "unless"} and t.i in kept for t in under(head, "mark")):
            return  # a condition without what it conditions
        if _wonders(head) or (subject is not None and subject.i not in kept):
            return
        if kept and kept[0] > 1 and doc[kept[0] - 1].lower_ == "case" and doc[kept[0] - 2].lower_ == "in":
            return  # "in case the bridge should fall"
        if kept and doc[kept[0]].dep_ == "prep" and head != doc[kept[0]] and doc[kept[0]] in head.ancestors:
            return  # "after saying that ...": what came after is lost
        words = [i for i in kept if doc[i].is_alpha]
        empty = (
            head.lemma_ in REPORTING | ASKING
            and head.lemma_ not in {"agree", "decide", "find", "hold", "show", "calculate"}
            and not any(
                t.dep_ in {"dobj", "prep", "ccomp", "xcomp", "acomp", "attr", "dative", "agent", "oprd"}
                for t in head.children
            )
            and not (subject is not None and subject.pos_ in {"NOUN", "PROPN"} and under(head, "auxpass"))
        )
        hollow = (
            head.lemma_ == "be"
            and subject is not None
            and subject.lower_ == "it"
            and any(t.lemma_ in NOUN_CUES and len(list(head.subtree)) <= 5 for t in under(head, "attr"))
        )
        bare = (
            subject is not None and subject.pos_ == "PRON" and subject.lower_ not in {"there", "nothing", "everything"}
        )
        hollow = hollow or (
            bare
            and head.lemma_ == "be"
            and not under(head, "attr", "acomp", "prep", "xcomp", "ccomp", "auxpass", "advcl")
        )  # "this is now"
        objectless = (
            head.lemma_ in _WITH_OBJECT
            and head.dep_ not in {"relcl", "ccomp"}
            and not under(
                head, "dobj", "ccomp", "xcomp", "oprd", "dative", "nsubjpass", "auxpass", "prt", "acomp", "attr"
            )
        )  # "we will not accept, in any way, ..."
        elliptical = head.lemma_ in {"do", "have", "be"} and not any(
            t.dep_ not in {"nsubj", "nsubjpass", "punct", "aux", "advmod", "neg", "mark", "cc"} for t in head.children
        )  # "as the opposition did"
        left_open = head.lemma_ == "do" and not any(
            t.dep_ in {"dobj", "attr", "ccomp", "xcomp", "agent", "auxpass", "nsubjpass"}
            or t.lower_ in {"well", "better", "badly", "so"}
            for t in head.children
        )
        elliptical = elliptical or left_open  # "the council does not, and never will"
        if len(words) >= 3 and not empty and not hollow and not elliptical and not objectless:
            self.found.append(Clause(head, tuple(doc[i] for i in kept), cue, subject))


def _wonders(head: Token) -> bool:
    """Tell whether a predicate puts a question in words: "the question is why"."""
    asked = subject_of(head)
    if head.lemma_ not in {"be", "remain"} or asked is None or asked.lemma_ != "question":
        return False
    return any(t.tag_ in {"WRB", "WP"} or t.lower_ == "whether" for right in head.rights for t in right.subtree)


def _asks(sentence: SpacySpan) -> bool:
    """Tell whether a sentence is a question by its word order: "did not they fight", "why did he go"."""
    words = [t for t in sentence if t.is_alpha or t.tag_ == "MD"][:5]
    if len(words) < 3:
        return False
    first = words[0]
    if _wonders(sentence.root):
        return True
    wonders = first.lower_ in {"why", "how", "where", "whom", "what"} and first.dep_ != "nsubj"
    opener = words[1] if wonders else first
    if opener.lower_ not in _ASKING_AUXILIARIES or opener.dep_ not in {"aux", "auxpass", "ROOT"}:
        return False
    rest = words[2:] if wonders else words[1:]
    return any(t.dep_ in SUBJECTS and t.head in (opener, opener.head) for t in rest) and (
        wonders or rest[0].dep_ in {*SUBJECTS, "neg", "det", "poss", "compound"}
    )


def clauses(sentence: SpacySpan, quoted: frozenset[int] = frozenset()) -> list[Clause]:
    """Split a sentence into its statements.

    Parameters
    ----------
    sentence : spacy.tokens.Span
        One sentence of a parsed document. A question states nothing; a sentence of more than 300 tokens stays whole.
    quoted : frozenset of int
        Indices of the tokens between quotation marks.

    Returns
    -------
    list of Clause
        In the order of their first tokens.
    """
    if sentence.text.rstrip("\"' )").endswith("?") or _asks(sentence):
        return []
    return _Splitter(sentence, quoted).run()
