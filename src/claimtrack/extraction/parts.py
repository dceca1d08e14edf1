"""Take a statement apart into atomic ones: what is listed, what stands on the side, where and when.

"The film won prizes in Cannes and Venice, earning two million" makes three claims. What restricts a meaning stays: nothing
is cut under "only", "without" or "except", nothing is distributed that holds of several together ("met", "between"), and
conditions stay whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from claimtrack.extraction.clauses import Clause
from claimtrack.extraction.lexicon import ASKING, CONDITIONS, DENIALS, REPORTING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

__all__ = ["atomic_parts", "bracketed_parts"]

_NOUNS = {"NOUN", "PROPN", "PRON"}
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
    "among amongst alliance between border coalition combination conflict mix mixture pair relation relationship war".split()
)
"""Words whose complement is several things together."""
_RESTRICTING = frozenset(
    "alone altogether together combined each either except jointly mutually neither only respectively total without".split()
)
_FEW = frozenset(
    "few if lest once unless until whether hardly least less little most neither no nobody none nothing rarely scarcely seldom".split()
)
"""Words under which a statement does not follow from one that says more."""
_AGAINST = frozenset("avoid ban block decline fail forbid lack prevent prohibit refuse stop".split())
"""Verbs that turn their complement round as a negation does."""
_AT_ONE = frozenset("same together jointly each mutual shared".split())
"""Words by which a predicate holds of several subjects at once."""
_TOTALS = frozenset("billions dozens hundreds majority million millions number thousands total".split())
_NOT_ALWAYS = frozenset(
    """
    acting alleged apparent deputy ex fake false first former future last likely only possible potential proposed second
    so-called suspected vice would-be
    """.split()
)
"""Words after which a thing need not be what the noun says."""
_COLOURS = frozenset("black blue brown green grey gray orange pink purple red white yellow".split())
_NO_MEMBERS = frozenset("a another both one other others so the".split())
_OF_THE_EVENT = frozenset(
    "bring cause create force fuel highlight lead leave make mean prompt raise reflect result show signal spark suggest trigger underline underscore".split()
)
"""Verbs of participles that tell what a whole event does, not its subject: "came late, prompting a protest"."""
_BINDING = frozenset("as despite except instead like of per than unlike versus without within until unless".split())
"""Prepositions whose phrases belong to what they stand with."""
_LONGEST = 150
"""Tokens of a clause that is taken apart; the time grows with the square of the tokens and the depth of the tree."""
_LONGEST_NAME = 12
"""Tokens of a name with the place behind it."""
_LONGEST_DESCRIPTION = 6
"""Tokens of one of several descriptions."""
_MOST = 12
"""Statements that the lists of one clause may make; beyond that the clause stays whole."""
_PLACES = {"GPE", "LOC", "FAC"}
_PLACING = {"after", "at", "before", "during", "in", "near", "on", "since"}
_ASIDE = {"after", "at", "before", "during", "in", "since", "under", "with", "for"}
"""Prepositions behind an object or a predicate noun that tell where or when."""
_ARGUMENTS = {"about", "against", "among", "between", "into", "onto", "over", "to", "toward", "towards", "upon"}
"""Prepositions behind a verb that bring in what it is about."""
_LOCATED = frozenset(
    "base deploy headquarter hold house lie live locate place position post put rest situate stand station".split()
)
"""Verbs that say little without a place."""
_DUTIES = {"must", "should", "ought", "shall", "need"}
_TIMES = {"DATE", "TIME"}
_PREPOSITIONAL = {"accord", "concern", "depend", "follow", "include", "regard", "base"}
"""Participles that stand for prepositions ("including", "following", "based on")."""
_STATED_BEHIND = {"after", "before", "while", "when", "since", "as", "because", "although", "though", "whereas"}
"""Markers of clauses that may be left out and the rest is still said."""
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
_WHOLE = {"abbr", "appos", "born", "lived", "title", "whose", "year"}
_SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does", "'re": "'s"}
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


@attrs.frozen(eq=False)
class _Piece:
    """A statement on its way: its predicate, subject, tokens, and words written otherwise than they stand there."""

    head: Token
    subject: Token | None
    tokens: frozenset[int]
    rewrites: dict[int, str] = attrs.field(factory=dict)
    within: frozenset[int] = frozenset()
    kind: str = "whole"
    reported: bool = False


def atomic_parts(clause: Clause) -> list[Clause]:
    """Take a clause apart.

    Parameters
    ----------
    clause : Clause

    Returns
    -------
    list of Clause
        The clause itself where there is nothing to take apart; all carry its cue.
    """
    tokens = frozenset(t.i for t in clause.tokens)
    whole = _Piece(clause.head, clause.subject, tokens, dict(clause.rewrites), reported=clause.cue is not None)
    conditional = any(t.dep_ == "mark" and t.lower_ in CONDITIONS for t in clause.tokens)
    if conditional or len(clause.tokens) > _LONGEST:
        return [clause]
    doc = clause.head.doc
    out: dict[tuple[int, ...], Clause] = {}
    for aside in _without_asides(whole):
        for exemplar in _with_examples(aside):
            for listed in _distributed(exemplar):
                for part in (*_by_adjunct(listed), *_by_description(listed)):
                    kept = tuple(_trimmed(doc, _complete(doc, part.tokens)))
                    if sum(doc[i].is_alpha or doc[i].like_num for i in kept) < 3 or is_cut_off(doc, kept):
                        continue
                    within = tuple(doc[i] for i in _trimmed(doc, part.within))
                    rewrites = part.rewrites | _articles(doc, kept, part.rewrites)
                    made = Clause(
                        part.head, tuple(doc[i] for i in kept), clause.cue, part.subject, rewrites, within, _spare(part)
                    )
                    out.setdefault(kept, made)
    return list(out.values()) or [clause]


def is_cut_off(doc: Doc, kept: Sequence[int]) -> bool:
    """Tell whether a statement lost what one of its words brings in ("in case", "to blame for focusing on", "when")."""
    inside = set(kept)
    for i in kept:
        token = doc[i]
        if token.dep_ == "mark" or (token.tag_ == "WRB" and token.dep_ == "advmod"):
            if token.head.i not in inside:
                return True
        elif token.dep_ == "prep" and token.i == kept[-1]:
            brought = [c for c in token.children if c.i > i]
            if any(c.dep_ in {"pobj", "pcomp"} or not c.is_punct for c in brought) and not inside & {
                c.i for c in brought
            }:
                return True
    last = doc[kept[-1]]
    return last.dep_ in {"det", "aux", "mark"} or (last.lower_ == "case" and doc[last.i - 1].lower_ == "in")


def _spare(piece: _Piece) -> bool:
    return piece.kind in {"core", "all", "title", "year", "abbr"}


def _complete(doc: Doc, tokens: frozenset[int]) -> set[int]:
    """Leave out prepositions whose complement was left out."""
    out = set(tokens)
    for i in sorted(tokens, reverse=True):
        complements = [c for c in doc[i].children if c.dep_ in {"pobj", "pcomp"}] if doc[i].dep_ == "prep" else []
        if complements and not any(t.i in out for c in complements for t in c.subtree):
            out.discard(i)
    return out


def _trimmed(doc: Doc, tokens: Iterable[int]) -> list[int]:
    """Give the tokens in order, without marks and conjunctions at the edges."""
    kept = sorted(tokens)
    while (
        kept
        and (doc[kept[0]].is_punct or (doc[kept[0]].dep_ == "cc" and doc[kept[0]].lower_ != "nor"))
        and doc[kept[0]].text not in {'"', "("}
    ):
        kept.pop(0)
    while kept and (doc[kept[-1]].is_punct or doc[kept[-1]].dep_ == "cc") and doc[kept[-1]].text not in {'"', ")", "%"}:
        kept.pop()
    return kept


def _articles(doc: Doc, kept: tuple[int, ...], rewrites: dict[int, str]) -> dict[int, str]:
    """Write "a" or "an" anew where the word behind it was left out."""
    out = {}
    for place, i in enumerate(kept[:-1]):
        after = kept[place + 1]
        if doc[i].lower_ in {"a", "an"} and doc[i].dep_ == "det" and after != i + 1 and i not in rewrites:
            word = "an" if doc[after].lower_[0] in "aeio" else "a"
            out[i] = word.capitalize() if doc[i].text[0].isupper() else word
    return out


# -- what stands on the side -------------------------------------------------------------------------------------------


def _without_asides(whole: _Piece) -> list[_Piece]:
    """Give the statement without its asides, then the statements that these make."""
    doc = whole.head.doc
    rest = set(whole.tokens) - _opening(doc, whole.tokens)
    found: list[_Piece] = []
    for opening, closing in _brackets(doc, rest):
        rest -= set(range(opening, closing + 1))
    for i in sorted(whole.tokens):
        token = doc[i]
        if i not in rest or token == whole.head or token.head.i not in rest:
            continue
        found += [made for made in (_title(token, rest), _situation(token, rest)) if made is not None]
        for way in (_apposition, _participle, _gerund, _description, _relative):
            made = way(token, whole, rest)
            if made is not None:
                if way is not _gerund:
                    part = {t.i for t in token.subtree} & rest
                    rest -= part | _marks_around(doc, part)
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


def _marks_around(doc: Doc, part: set[int]) -> set[int]:
    return {
        i for i in (min(part) - 1, max(part) + 1) if 0 <= i < len(doc) and doc[i].text in {",", "(", ")", "-", "–", "—"}
    }


def _brackets(doc: Doc, tokens: set[int]) -> list[tuple[int, int]]:
    """Find pairs of round brackets around tokens, the outer ones."""
    out = []
    opened: int | None = None
    depth = 0
    for i in sorted(tokens):
        if doc[i].text == "(":
            opened = i if depth == 0 else opened
            depth += 1
        elif doc[i].text == ")" and depth:
            depth -= 1
            if depth == 0 and opened is not None:
                out.append((opened, i))
    return out


def _capital(token: Token) -> bool:
    """Tell whether a word may belong to a name by its first letter."""
    opens = token.is_sent_start and token.pos_ in {"ADP", "SCONJ", "ADV"}
    return (token.text[0].isupper() or token.text[0].isdigit()) and not opens


def bracketed_parts(sentence: SpacySpan) -> list[Clause]:
    """Give what the brackets of a sentence say of the names before them.

    Parameters
    ----------
    sentence : spacy.tokens.Span

    Returns
    -------
    list of Clause
        "X was born on 4 May 1961", "X lived from 1 May 1935 to 2 June 1990", "X dates from 1999", "X is abbreviated Y"; no cue. None from a sentence of more than 300 tokens.
    """
    doc = sentence.doc
    tokens = {t.i for t in sentence}
    out: list[Clause] = []
    if len(tokens) > 2 * _LONGEST:
        return out
    for opening, closing in _brackets(doc, tokens):
        piece = _bracketed(doc, opening, closing, tokens)
        if piece is not None:
            out.append(
                Clause(
                    piece.head,
                    tuple(doc[i] for i in sorted(piece.tokens)),
                    None,
                    piece.subject,
                    piece.rewrites,
                    (),
                    _spare(piece),
                )
            )
    return out


def _bracketed(doc: Doc, opening: int, closing: int, tokens: set[int]) -> _Piece | None:
    place = opening - 1
    while place > 0 and doc[place].text == '"':
        place -= 1
    begin = place + 1
    while (
        begin > 0
        and begin - 1 in tokens
        and (_capital(doc[begin - 1]) or doc[begin - 1].lower_ in {"of", "the", "a", "'s"})
    ):
        begin -= 1
    while begin <= place and not _capital(doc[begin]) and doc[begin].lower_ != "the":
        begin += 1
    if (
        begin > place
        or closing - opening < 2
        or not any(doc[i].pos_ == "PROPN" or i > begin for i in range(begin, place + 1))
    ):
        return None
    noun = doc[place]
    words = frozenset(range(begin, closing + 1))
    marks = {opening: "", closing: ""}
    first, inside = doc[opening + 1], doc[opening + 1 : closing]
    year = len(first.text) == 4 and first.text.isdigit() and first.text[0] in "12"
    if first.lower_ in {"born", "died", "founded"} and len(inside) > 1:
        verb = first.lower_ if first.lower_ == "died" else f"was {first.lower_}"
        after = doc[opening + 2]
        bare = len(after.text) == 4 and after.text.isdigit()
        dated = bare or after.ent_type_ == "DATE" or after.like_num
        return _Piece(
            first, noun, words, marks | {first.i: f"{verb} {'in' if bare else 'on'}" if dated else verb}, kind="born"
        )
    if year and len(inside) == 1 and not (noun.ent_type_ == "PERSON" and begin == place):
        return _Piece(first, noun, words, marks | {first.i: f"dates from {first.text}"}, kind="year")
    dashes = [t for t in inside if t.text in {"-", "–", "—"}]
    if (
        len(dashes) == 1
        and len(inside) > 2
        and all(t.is_punct or t.like_num or t.ent_type_ == "DATE" or t.tag_ == "NNP" for t in inside)
    ):
        months = sum(t.tag_ == "NNP" for t in inside)
        years = sum(len(t.text) == 4 and t.text.isdigit() for t in inside)
        if months == 2 and years == 2 and all(t.like_num or t.tag_ == "NNP" or t.is_punct for t in inside):
            return _Piece(
                first, noun, words, marks | {first.i: f"lived from {first.text}", dashes[0].i: " to "}, kind="lived"
            )
    name = "".join(doc[i].text[0] for i in range(begin, place + 1) if _capital(doc[i]) and doc[i].lower_ != "the")
    if len(inside) == 1 and first.is_upper and len(first.text) > 1 and first.text == name:
        return _Piece(first, noun, words, marks | {first.i: f"is abbreviated {first.text}"}, kind="abbr")
    return None


def _title(token: Token, rest: set[int]) -> _Piece | None:
    """State what somebody or something is by the noun before the name: "the 2002 film Alien", "designer Ana Lima"."""
    if token.dep_ != "compound" or token.tag_ != "NN" or token.head.pos_ != "PROPN" or token.text != token.lower_:
        return None
    name = token.head
    names = {name.i} | {t.i for c in name.lefts if c.dep_ == "compound" and c.i > token.i for t in c.subtree}
    if any(token.doc[i].pos_ != "PROPN" and token.doc[i].dep_ != "punct" for i in names):
        return None
    own = {t.i for t in token.subtree}
    for child in reversed([c for c in name.lefts if c.i < token.i]):
        if child.lower_ in _NOT_ALWAYS - {"former"}:
            return None
        described = child.dep_ in {"amod", "compound", "nmod", "nummod"}
        if not described or child.right_edge.i != min(own) - 1:
            break
        own |= {t.i for t in child.subtree}
    if not (own | names) <= rest or max(own) + 1 != min(names):
        return None
    what = token.doc[min(own) : token.i + 1].text
    words = token.doc[min(names) : name.i + 1].text
    rewrites = dict.fromkeys(own | names, "")
    rewrites[min(own)] = f"{words} is {'an' if what[0].lower() in 'aeio' else 'a'} {what}"
    return _Piece(name, name, frozenset(own | names), rewrites, kind="title")


def _situation(token: Token, rest: set[int]) -> _Piece | None:
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
    return _Piece(noun, noun, frozenset(tokens), {token.i: "is in"}, kind="title")


def _set_off(token: Token) -> bool:
    """Tell whether a comma, dash or bracket stands before a subtree, or behind one that opens its sentence."""
    doc, left, right = token.doc, token.left_edge.i, token.right_edge.i
    before = left > token.sent.start and doc[left - 1].text in {",", "(", "–", "—", "--"}
    opens = left == token.sent.start and right + 1 < len(doc) and doc[right + 1].text == ","
    return before or opens


def _listed_by_mistake(token: Token) -> bool:
    """Tell whether an apposition is a member of a list ("Jolie, Fanning and Copley")."""
    return any(child.dep_ == "conj" for child in token.children)


def _without_marks(doc: Doc, tokens: set[int]) -> set[int]:
    """Give tokens without the marks at their end."""
    kept = set(tokens)
    while kept and doc[max(kept)].is_punct and doc[max(kept)].text not in {'"', ")"}:
        kept.remove(max(kept))
    return kept


def _apposition(token: Token, whole: _Piece, rest: set[int]) -> _Piece | None:
    """State that a noun is what its apposition calls it."""
    noun = token.head
    if token.dep_ != "appos" or token.i < noun.i or not _set_off(token) or _listed_by_mistake(token):
        return None
    if noun.pos_ not in {"NOUN", "PROPN"} or token.pos_ not in {"NOUN", "PROPN"}:
        return None
    if noun.ent_type_ in _PLACES and token.ent_type_ in _PLACES:
        return None
    if noun.dep_ == "pobj" and noun.pos_ == token.pos_ == "NOUN":
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
    own = {i for i in _noun_phrase(noun, rest) if i < token.left_edge.i}
    own = _without_marks(token.doc, own - {t.i for t in token.subtree})
    part = {t.i for t in token.subtree} & rest
    if not own or not part:
        return None
    plural = noun.tag_ in {"NNS", "NNPS"}
    first = min(part)
    return _Piece(
        token,
        noun,
        frozenset(own | part),
        {first: f"{'are' if plural else 'is'} {token.doc[first].text}"},
        kind="appos",
    )


def _participle(token: Token, whole: _Piece, rest: set[int]) -> _Piece | None:
    """State what a participle says of the subject ("..., earning praise") or of its noun ("..., owned by the state")."""
    if token.tag_ not in {"VBG", "VBN"} or token.lemma_ in _PREPOSITIONAL or token.dep_ not in {"advcl", "acl"}:
        return None
    if token.tag_ == "VBG" and token.lemma_ in _OF_THE_EVENT and token.dep_ == "advcl" and token.i > whole.head.i:
        return None
    helpers = [c for c in token.children if c.dep_ in {"aux", "auxpass"}]
    if whole.reported and token.lemma_ in REPORTING and token.tag_ == "VBG":
        return None  # "he said that prices rose, citing a study": it is the speaker who cites
    if token.lower_ == "born" and token.i and token.doc[token.i - 1].text == "(":
        return None
    if any(c.dep_ in {"nsubj", "nsubjpass", "mark", "expl"} for c in token.children) or (
        helpers and helpers[0].lower_ not in {"having", "being"}
    ):
        return None
    if token.dep_ == "advcl":
        if token.head != whole.head or not _set_off(token) or whole.subject is None:
            return None
        subject = whole.subject
    else:
        noun = token.head
        told = noun.dep_ == "attr" and noun.head == whole.head and _indefinite(noun) and whole.subject is not None
        adverbial = _set_off(token) and token.tag_ == "VBG" and token.i > whole.head.i
        if (told or adverbial) and whole.subject is not None:
            subject = whole.subject
        elif _set_off(token) and noun.pos_ in {"NOUN", "PROPN"} and noun.dep_ != "pobj":
            subject = noun
        else:
            return None
    part = {t.i for t in token.subtree} & rest
    return _shared(token, subject, part, whole, rest, "part")


def _gerund(token: Token, whole: _Piece, rest: set[int]) -> _Piece | None:
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
    if subject is None or passive or modal or any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children):
        return None
    return _shared(token, subject, {t.i for t in token.subtree} & rest, whole, rest, "gerund")


def _shared(token: Token, subject: Token, part: set[int], whole: _Piece, rest: set[int], kind: str) -> _Piece | None:
    """Write a participle as the verb of a subject that it shares."""
    doc = token.doc
    if subject.dep_ == "expl" or not part:
        return None
    own = _without_marks(doc, {i for i in _noun_phrase(subject, rest) if i not in part})
    if subject is not whole.subject:
        own = _without_marks(doc, {i for i in own if i < min(part)})
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
        return _Piece(
            token, subject, tokens, dict.fromkeys(own, "") | front | {last: front.get(last, doc[last].text)}, kind=kind
        )
    return _Piece(token, subject, tokens, _finite(token, subject, whole), kind=kind)


def _finite(token: Token, subject: Token, whole: _Piece) -> dict[int, str]:
    """Write a participle as a finite verb, in the tense of the statement that it stands in."""
    plural = subject.tag_ in {"NNS", "NNPS"} or subject.lower_ in {"they", "we", "you"} or _joined(subject)
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
        return {token.i: _past(token)}
    return {opener.i: f"{be} {opener.text.lower() if opener.i == token.sent.start else opener.text}"}


def _past(verb: Token) -> str:
    """Give the past tense of a verb that stands as an "-ing" form."""
    if verb.lemma_.lower() in _PAST:
        return _PAST[verb.lemma_.lower()]
    stem = verb.lower_.removesuffix("ing")
    if stem.endswith("y") and stem[-2:-1] not in "aeiou":
        return stem[:-1] + "ied"
    return stem + "ed"


def _description(token: Token, whole: _Piece, rest: set[int]) -> _Piece | None:
    """State of a subject what a relative clause says of what it is ("is a language that supports modules")."""
    noun = token.head
    if token.dep_ != "relcl" or noun.dep_ != "attr" or noun.head != whole.head or not _indefinite(noun):
        return None
    pronoun = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if pronoun is None or pronoun.lower_ not in {"that", "which", "who"} or whole.subject is None:
        return None
    part = ({t.i for t in token.subtree} & rest) - {pronoun.i}
    own = _without_marks(token.doc, _noun_phrase(whole.subject, rest) - part)
    return _Piece(token, whole.subject, frozenset(own | part), kind="descr") if own and part else None


def _relative(token: Token, whole: _Piece, rest: set[int]) -> _Piece | None:
    """State what a relative clause with a subject of its own says on the side: "..., where he worked", "..., whose son"."""
    noun = token.head
    subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if token.dep_ != "relcl" or subject is None or not _set_off(token) or noun.pos_ not in _NOUNS:
        return None
    part = {t.i for t in token.subtree} & rest
    opener = token.doc[min(part)] if part else token
    if opener.lower_ == "where" and opener.head == token:
        return _Piece(token, subject, frozenset(part - {opener.i}), kind="where")
    if opener.lower_ == "whose" and opener.dep_ == "poss":
        own = _without_marks(token.doc, {i for i in _noun_phrase(noun, rest) if i < min(part)})
        words = "".join(token.doc[i].text_with_ws for i in sorted(own)).strip()
        if not words:
            return None
        owner = f"{words}'" if words.endswith("s") else f"{words}'s"
        return _Piece(token, subject, frozenset(own | part), dict.fromkeys(own, "") | {opener.i: owner}, kind="whose")
    return None


def _indefinite(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in {"a", "an"} for c in noun.children)


def _joined(noun: Token) -> bool:
    return any(c.dep_ == "conj" for c in noun.children)


def _noun_phrase(noun: Token, rest: set[int]) -> set[int]:
    """Give the tokens of a noun phrase without what is said about it on the side."""
    without: set[int] = set()
    for child in noun.subtree:
        if child.dep_ in {"relcl", "appos", "parataxis", "acl"} and _set_off(child) and child != noun:
            without |= {t.i for t in child.subtree}
    return ({t.i for t in noun.subtree} - without) & rest


# -- where, when and how ------------------------------------------------------------------------------------------------


def _weak(piece: _Piece) -> bool:
    """Tell whether a statement that says less would not follow: it is negated, or holds of few."""
    doc, head = piece.head.doc, piece.head
    if any(c.dep_ == "neg" for c in head.children) or head.lemma_ in DENIALS | _AGAINST:
        return True
    return any(doc[i].lower_ in _RESTRICTING | _FEW for i in piece.tokens)


def _by_adjunct(piece: _Piece) -> list[_Piece]:
    """Give one statement for each adjunct, where a predicate has several ("premiered in Cannes on 4 May")."""
    doc, head = piece.head.doc, piece.head
    if _weak(piece) or piece.kind in _WHOLE or any(c.lower_ in _DUTIES for c in head.children if c.dep_ == "aux"):
        return [piece]
    carriers = [head, *(c for c in head.children if c.dep_ in {"dobj", "attr", "xcomp"} and c.i in piece.tokens)]
    adjuncts: list[set[int]] = []
    for carrier in carriers:
        if carrier.dep_ == "attr" and _outstanding(carrier):
            continue
        found = [c for c in carrier.children if c.i in piece.tokens and _is_adjunct(c, carrier, head)]
        if carrier == head and (place := _predicate(head, found)) is not None:
            found.remove(place)
        adjuncts += [{t.i for t in child.subtree} & piece.tokens for child in found]
    if not adjuncts:
        return [piece]
    core = attrs.evolve(piece, tokens=piece.tokens - set().union(*adjuncts), within=piece.tokens)
    out = []
    counted = any(doc[i].pos_ == "NUM" and doc[i].ent_type_ not in _TIMES for i in core.tokens)
    if counted:
        return [piece, *(attrs.evolve(core, tokens=core.tokens | part, kind="core") for part in adjuncts)]
    if len(adjuncts) == 1 and _stands(core) and piece.kind not in {"general", "example", "part"}:
        out.append(attrs.evolve(core, kind="core"))
    if len(adjuncts) == 1:
        return [*out, piece]
    out += [attrs.evolve(core, tokens=core.tokens | part) for part in adjuncts]
    if piece.kind == "whole" or (len(adjuncts) == 2 and piece.kind != "places"):
        out.append(attrs.evolve(piece, kind="all"))
    return out


def _predicate(head: Token, adjuncts: list[Token]) -> Token | None:
    """Give the phrase that is the predicate itself ("is in the spotlight", "is based in Rome"), not an adjunct of it."""
    told = any(c.dep_ in {"attr", "acomp", "xcomp", "ccomp"} or c.lower_ == "there" for c in head.children)
    if told or head.lemma_ not in {"be", "remain", "stay"} | _LOCATED or (head.tag_ == "VBG" and head.lemma_ == "be"):
        return None
    return next((c for c in adjuncts if c.i > head.i and c.dep_ in {"prep", "npadvmod"}), None)


def _set_off_behind(token: Token) -> bool:
    """Tell whether a comma follows a phrase: "despite the rain, they played"."""
    last = token.right_edge.i
    return last + 1 < len(token.doc) and token.doc[last + 1].text == ","


def _by_description(piece: _Piece) -> list[_Piece]:
    """Say one by one what a subject is called: "is a short German film" makes "a film", "a short film", "a German film"."""
    noun = next((c for c in piece.head.children if c.dep_ == "attr" and c.i in piece.tokens), None)
    if piece.head.lemma_ != "be" or noun is None or not _indefinite(noun) or _weak(piece) or _outstanding(noun):
        return []
    described = [c for c in noun.lefts if c.dep_ in {"amod", "compound", "nmod", "nummod"} and c.i in piece.tokens]
    if len(described) < 2 or any(c.lower_ in _NOT_ALWAYS or c.dep_ == "conj" for d in described for c in d.subtree):
        return []
    words = [{t.i for t in c.subtree} & piece.tokens for c in described]
    behind = {t.i for c in noun.rights for t in c.subtree} & piece.tokens
    bare = piece.tokens - set().union(*words) - behind - _marks_around(piece.head.doc, set().union(*words))
    return [attrs.evolve(piece, tokens=bare | own, kind="core") for own in (set(), *words)]


def _outstanding(noun: Token) -> bool:
    """Tell whether a noun is the first or the largest of something: what follows says of what."""
    return any(t.tag_ in {"JJS", "RBS"} or t.ent_type_ == "ORDINAL" or t.lower_ in {"last", "sole"} for t in noun.lefts)


def _stands(core: _Piece) -> bool:
    """Tell whether a predicate says something without its adjuncts."""
    head = core.head
    if head.lemma_ in _LOCATED or any(c.lower_ == "place" and head.lemma_ == "take" for c in head.children):
        return False
    if any(c.dep_ == "dobj" and c.pos_ == "PRON" for c in head.children):
        return False
    if any(
        c.dep_ in {"dobj", "attr", "acomp", "xcomp", "auxpass", "ccomp", "agent", "oprd", "dative"}
        for c in head.children
        if c.i in core.tokens
    ):
        return True
    if head.tag_ == "VBN":
        return True
    return any(c.dep_ in {"prep", "prt"} and c.i in core.tokens for c in head.children)


def _is_adjunct(child: Token, carrier: Token, head: Token) -> bool:
    """Tell whether a phrase may be left out and the rest is still said."""
    if child.dep_ == "advcl":
        if any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children):
            return child.i > head.i
        return any(c.dep_ in {"mark", "advmod"} and c.lower_ in _STATED_BEHIND for c in child.children)
    if child.dep_ == "npadvmod":
        return child.ent_type_ in _TIMES
    if child.dep_ == "agent":
        return child.head == head and any(c.dep_ == "pobj" for c in child.children)
    in_front = child.dep_ == "prep" and child.i < head.i and _set_off_behind(child) and carrier == head
    if in_front and child.lower_ not in {"without", "except", "instead", "within", "until"}:
        return True
    if child.dep_ != "prep" or child.lower_ in _BINDING:
        return False
    if not any(c.dep_ in {"pobj", "pcomp", "prep"} for c in child.children):
        return False
    noun = next((c for c in child.children if c.dep_ == "pobj"), None)
    if noun is not None and noun.lower_ in {"case", "condition", "event"}:
        return False
    dated = noun is not None and noun.ent_type_ in _TIMES
    if carrier != head and carrier.dep_ != "xcomp":
        return child.i > carrier.i and (child.lower_ in _ASIDE or dated)
    if child.i < head.i or dated:
        return True
    if child.lower_ in _ARGUMENTS or (child.lower_ == "for" and head.lemma_ in ASKING):
        return False
    return (child.lower_ in _PLACING and child.lower_ != "on") or child.i != carrier.i + 1


# -- examples ----------------------------------------------------------------------------------------------------------


def _with_examples(piece: _Piece) -> list[_Piece]:
    """Say of each example what is said of its kind: "in films such as Alien" makes "in films" and "in Alien"."""
    doc = piece.head.doc
    if _weak(piece):
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
        part = {t.i for t in prep.subtree} & piece.tokens
        phrase = {t.i for t in noun.subtree} & piece.tokens
        rest = piece.tokens - part - _marks_around(doc, part)
        general = attrs.evolve(piece, tokens=rest, kind="general")
        members = _members(first, piece, {"pobj"})
        joints = {c.lower_ for m in members for c in m.children if c.dep_ == "cc"}
        if not joints <= {"and", "or", "&"} or len(members) > _MOST:
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


# -- what is listed ----------------------------------------------------------------------------------------------------


def _distributed(piece: _Piece) -> list[_Piece]:
    """Give one statement for each member of each list; the statement itself where that would change what it says."""
    doc = piece.head.doc
    if any(doc[i].lower_ in _RESTRICTING for i in piece.tokens):
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
        if len(split) > _MOST:
            break
        done = split
        used.update(members)
    return done


def _by_commas(piece: _Piece) -> list[_Piece]:
    """Say one by one how a subject is described: "is a fast, quiet and cheap engine" makes three engines."""
    doc = piece.head.doc
    noun = next((c for c in piece.head.children if c.dep_ == "attr" and c.i in piece.tokens), None)
    if noun is None or piece.head.lemma_ not in {"be", "become"} or not _indefinite(noun) or _weak(piece):
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
    if any(t.lower_ in _NOT_ALWAYS | {"or", "but", "yet", "not"} or t.tag_ in {"VBZ", "VBD", "VBP"} for t in between):
        return []
    parts: list[set[int]] = [set()]
    for token in between:
        if token.text == "," or token.dep_ == "cc" or token.lower_ == "and":
            parts.append(set())
        else:
            parts[-1].add(token.i)
    joint = next((t.i for t in between if t.lower_ == "and"), None)
    if joint is not None and (doc[joint - 1].pos_ == "NOUN" or joint + 1 >= core):
        return []  # "a writer, actor and director"
    if len([part for part in parts if part]) < 2 or any(len(part) > _LONGEST_DESCRIPTION for part in parts):
        return []
    rest = piece.tokens - {t.i for t in between}
    return [attrs.evolve(piece, tokens=rest | part, kind="list") for part in parts if part]


def _adjectives(noun: Token, piece: _Piece) -> list[Token]:
    """Give the descriptions before what a subject is said to be, where commas part them: "a fast, quiet engine"."""
    told = noun.dep_ in {"attr", "dobj"} and (noun.head == piece.head or noun.head.head == piece.head)
    if not told or not _indefinite(noun):
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


def _members(first: Token, piece: _Piece, places: set[str]) -> list[Token]:
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
            c for c in first.head.children if c.dep_ == first.dep_ and first.i < c.i < first.head.i and _joined(c)
        ]
    queue = list(members)
    while queue:
        token = queue.pop(0)
        for child in token.children:
            listed = child.dep_ == "conj" or (child.dep_ == "appos" and _listed_by_mistake(child))
            if listed and child.i in piece.tokens and child.pos_ in kinds:
                members.append(child)
                queue.append(child)
    return sorted(members, key=lambda t: t.i)


def _distributes(first: Token, members: list[Token], piece: _Piece) -> bool:
    """Tell whether what is said of a list is said of each member."""
    doc = first.doc
    joints = {c.lower_ for m in members for c in m.children if c.dep_ == "cc"}
    negated = any(
        c.dep_ == "neg" or c.lower_ in {"no", "neither", "never"} for c in (*piece.head.children, *first.children)
    )
    if not joints or not joints <= ({"or", "nor"} if negated else {"and", "&", "as"}):
        return False
    if _weak(piece) and not negated:
        return False
    if any(a.lower_ in _TOGETHER for a in first.ancestors if a.i in piece.tokens):
        return False
    if first.dep_ in {"nsubj", "nsubjpass"} and any(doc[i].lower_ in _AT_ONE for i in piece.tokens):
        return False
    listed = {t.i for m in members for t in m.subtree}
    if any(_counts(doc[i]) for i in piece.tokens - listed):
        return False  # "30,000 soldiers in the north and the west" are not 30,000 in each
    if any(m.lower_ in _NO_MEMBERS or doc[m.i].text.endswith("-") for m in members):
        return False
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
    kinds = {"thing" if m.pos_ in _NOUNS else m.tag_ if m.pos_ == "VERB" else m.pos_ for m in members}
    return len(kinds) == 1


def _counts(token: Token) -> bool:
    """Tell whether a word is a figure or a total, dates left out."""
    follows = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    if token.ent_type_ in _TIMES or follows in {"-", ")"}:
        return False
    figure = (
        token.pos_ == "NUM" and token.lower_ != "one" and token.dep_ in {"nummod", "pobj", "dobj", "nsubj", "nsubjpass"}
    )
    return figure or token.lower_ in _TOTALS


def _own(member: Token, members: list[Token]) -> set[int]:
    """Give the tokens of one member of a list, without the other members and what joins them."""
    own = {member.i}
    for child in member.children:
        if child in members or child.dep_ in {"cc", "preconj"} or (child.dep_ == "punct" and child.text in {",", ";"}):
            continue
        own |= {t.i for t in child.subtree}
    return own


def _split(piece: _Piece, first: Token, members: list[Token]) -> Iterator[_Piece]:
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
            bare = member.pos_ == "PROPN" and first.pos_ != "PROPN"
            own |= set() if bare or member.pos_ == "PRON" else shared
        rewrites = dict(piece.rewrites)
        subject = piece.subject
        if first == piece.subject:
            subject = member
            rewrites |= _agreement(piece, member)
        if first == piece.head and first.i in rewrites and member != first:
            written = rewrites[first.i]
            alike = written.endswith(first.text)
            rewrites[member.i] = written.removesuffix(first.text) + member.text if alike else _past(member)
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
        return {
            t.i for c in first.lefts if c.dep_ in {"nsubj", "nsubjpass", "mark"} or c.lower_ == "to" for t in c.subtree
        }
    titled = first.pos_ == "PROPN" and not first.left_edge.is_sent_start  # "The Birdcage": its article is a part of it
    shared = {c.i for c in first.lefts if c.dep_ == "poss" or (c.dep_ == "det" and not (titled and c.is_title))}
    shared |= {t.i for c in first.lefts if c.dep_ == "poss" for t in c.subtree}
    if _indefinite(first) and first.dep_ == "attr":  # "an American actor and director"
        shared |= {c.i for c in first.lefts if c.dep_ == "amod" and c.right_edge == c}
    return shared


def _agreement(piece: _Piece, subject: Token) -> dict[int, str]:
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
