"""Whether a clause states a fact that could be checked, against opinion, greeting and procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.extraction.clauses import Clause

__all__ = ["check_worthy"]

_VALUES = frozenset(
    """
    absurd abysmal admirable adorable amazing appalling astonishing atrocious attractive awesome awful bad barbaric
    beautiful best better boring breathtaking brilliant charming childish clever cowardly crazy crucial cute delicious
    delightful deplorable despicable disappointing disgraceful disgusting dishonest dishonourable dreadful dreary dull
    elegant embarrassing enchanting encouraging enjoyable essential evil excellent exciting exquisite fabulous fair
    fantastic fascinating fine foolish frightful fun funny ghastly glorious good gorgeous graceful great grim gross
    hateful heartbreaking heartless heroic hideous hilarious honourable hopeless horrible horrid horrific horrifying
    hypocritical idiotic immoral important impressive incredible indecent inexcusable infuriating inhuman inspiring
    insulting interesting intolerable ironic irresponsible laudable lazy likeable lousy lovely ludicrous magical
    magnificent marvellous marvelous mediocre memorable monstrous naive nasty nice nightmarish noble odd outrageous
    outstanding overrated pathetic perfect pitiful pleasant pointless preposterous pretty priceless reasonable
    refreshing regrettable remarkable repugnant repulsive revolting ridiculous rotten rude scandalous senseless shabby
    shameful shameless shocking sickening silly sinister sloppy smart spectacular splendid stunning stupid sublime
    superb sweet tasteless tasty terrible terrific terrifying thoughtless thrilling tiresome touching tragic tremendous
    ugly unacceptable unbearable unbelievable underrated undignified unfair unforgettable unforgivable unfortunate
    ungrateful unjust unjustifiable unpardonable unpleasant unreasonable unwise useless vile vital vulgar weird wicked
    wise witty wonderful worse worst worthless worthy
    """.split()
)
"""Adjectives that value; whether they hold, nothing but taste or conscience can tell."""

_VALUED = frozenset(
    """
    abomination absurdity betrayal blessing bore catastrophe contempt coward cowardice curse delight disappointment
    disgrace dishonour dream embarrassment evil eyesore fairytale farce folly fool gem genius hero honor honour
    hypocrisy hypocrite idiocy idiot indignity inspiration insult jewel joke joy lunacy madness marvel masterpiece mess
    miracle mockery monster monstrosity monstrousness nightmare nonsense nuisance obscenity outrage paradise pity
    pleasure privilege rubbish sacrilege scoundrel shame stupidity tragedy traitor travesty treasure treat triumph
    villain wonder
    """.split()
)
"""Nouns that value what they are said of."""

_LINKING = frozenset("be become feel get look prove remain seem appear smell sound stay taste turn".split())
_BEYOND = {"belief", "compare", "comparison", "description", "doubt", "measure", "praise", "words", "word"}
_SPIRIT = {"charm", "compass", "dignity", "heart", "honour", "honor", "innocence", "magic", "mind", "soul", "way"}

_FIRST = {"i", "we"}
_TASTES = frozenset("admire adore despise detest dislike enjoy hate like loathe love".split())
_ATTITUDES = frozenset(
    """
    appeal applaud appreciate ask beg believe call care condemn congratulate demand deplore desire disapprove dream fear
    hope long oppose pray prefer regret respect salute support think trust urge want welcome wish yearn
    """.split()
)
"""What a speaker in person thinks, wishes or asks for as he speaks; that he asked for it last year is a fact."""

_GREETINGS = frozenset("congratulations farewell goodbye greetings hello hi thanks welcome".split())
_GREETING = frozenset("congratulate greet salute thank welcome".split())
_DAYTIMES = {"afternoon", "day", "evening", "morning", "night"}

_MEETINGS = frozenset(
    """
    broadcast conference debate discussion hearing meeting panel programme reading session show sitting
    """.split()
)
_RUNNING = frozenset(
    """
    adjourn begin break close commence conclude continue convene end finish open reconvene reopen
    resume start suspend
    """.split()
)
_PAPERS = {"agenda", "item", "minute", "order", "point"}
_HANDLING = frozenset("adopt approve note read take circulate".split())
_CHAIRS = frozenset(
    "chair chairman chairperson chairwoman host moderator presenter rapporteur secretariat speaker".split()
)
_BODIES = frozenset(
    "assembly board chamber committee conference council delegate meeting member panel parliament session".split()
)
_NAMES = {"GPE", "LOC", "FAC", "ORG", "NORP", "EVENT", "PERSON"}
_TURNING = frozenset("come go move pass proceed return turn".split())
_TOPICS = frozenset(
    "agenda debate discussion draft item motion point question report resolution statement topic vote".split()
)


def check_worthy(clause: Clause) -> bool:
    """Tell whether evidence could show a clause to be true or false, now or, for a forecast, when its time comes.

    Opinions (valuations, and wishes or demands in the speaker's own voice), greetings and procedure (the conduct of a
    meeting, talk or broadcast) are not check-worthy. A mood does not matter: what is hedged, conditional or denied can be
    checked, and so can a wish or request that the text ascribes to somebody, and a rule in force.

    Notes
    -----
    Rules over lemmas and the parse. A valuation counts where it is what the clause says of its subject ("the bridge is
    ugly"), not where it stands by the way ("the ugly bridge was closed"). Irony and opinions in plain words ("Europe
    sleeps") pass for facts.
    """
    return not (_is_greeting(clause) or _is_procedure(clause) or _is_own_wish(clause) or _is_valuation(clause))


def _children(token: Token, *dependencies: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in dependencies]


def _in_person(clause: Clause) -> bool:
    return clause.subject is not None and clause.subject.lower_ in _FIRST


def _said_of_subject(head: Token) -> list[Token]:
    """Give what a linking verb says of its subject, conjuncts and the object of "as" included."""
    if head.lemma_ not in _LINKING:
        return []
    said = _children(head, "acomp", "attr", "oprd")
    said += [t for verb in _children(head, "xcomp") if verb.lemma_ == "be" for t in _children(verb, "acomp", "attr")]
    said += [t for particle in _children(head, "prt") for t in _children(particle, "acomp", "amod")]
    return [*said, *(conjunct for word in said for conjunct in word.conjuncts)]


def _is_greeting(clause: Clause) -> bool:
    """Tell whether a clause greets, thanks, wishes well or takes leave."""
    head, first = clause.head, clause.tokens[0]
    if first.lower_ in _GREETINGS:
        return True
    if first.lower_ == "good" and first.i + 1 < len(first.doc) and first.nbor().lower_ in _DAYTIMES:
        return True
    if head.lemma_ in _GREETING and (clause.subject is None or _in_person(clause)):
        return True
    return head.lemma_ == "wish" and _in_person(clause) and any(t.lower_ == "you" for t in head.children)


def _is_own_wish(clause: Clause) -> bool:
    """Tell whether a clause is a wish, demand or liking in the speaker's own voice."""
    head, cue = clause.head, clause.cue
    if cue is not None and cue.wished:
        return cue.holder is None or cue.holder.lower_ in _FIRST | {"us"}
    if _in_person(clause) and (head.lemma_ in _TASTES or (head.lemma_ in _ATTITUDES and _is_now(head))):
        return True
    if any(t.lower_ in {"should", "ought"} for t in _children(head, "aux")) or head.lemma_ == "ought":
        return head.dep_ != "advcl"
    if head.lemma_ == "be" and any(t.lemma_ == "time" for t in _children(head, "attr")):
        return any(t.dep_ in {"acl", "xcomp", "advcl", "ccomp", "relcl"} for t in head.subtree)
    if_only = [t for t in _children(head, "mark", "advmod") if t.lower_ == "if"]
    return head.dep_ == "ROOT" and any(t.nbor().lower_ == "only" for t in if_only)


def _is_now(head: Token) -> bool:
    helpers = {t.lower_ for t in _children(head, "aux")}
    return head.tag_ in {"VBP", "VB", "VBG"} and not helpers & {"did", "was", "were"}


def _is_valuation(clause: Clause) -> bool:
    """Tell whether a clause says of its subject how good or bad it is."""
    head = clause.head
    if head.lemma_ == "deserve":
        return True
    for word in _said_of_subject(head):
        if any(_values(t) for t in (word, *_children(word, "amod"))):
            return True
        if any(t.lower_ == "beyond" and any(o.lower_ in _BEYOND for o in t.children) for t in word.subtree):
            return True
    if any(t.lower_ == "such" and t.head.lemma_ in _VALUED for t in clause.tokens):
        return True
    lost = _children(head, "dobj") if head.lemma_ == "lose" else []
    return any(noun.lemma_ in _SPIRIT and _children(noun, "poss") for noun in lost)


def _values(word: Token) -> bool:
    if word.tag_[:2] in {"JJ", "RB"}:
        return word.lower_ in _VALUES or word.lemma_.lower() in _VALUES
    return word.tag_ in {"NN", "NNS"} and word.lemma_ in _VALUED


def _is_procedure(clause: Clause) -> bool:
    """Tell whether a clause is about the conduct of a meeting, talk or broadcast.

    A meeting with a place or people named ("the meeting began in Geneva") is news, not procedure.
    """
    head, subject = clause.head, clause.subject
    nameless = not any(t.ent_type_ in _NAMES for t in clause.tokens)
    things = [*([subject] if subject is not None else []), *_children(head, "dobj", "attr")]
    if head.lemma_ == "adjourn":
        return True
    for thing in things:
        if nameless:
            if thing.lemma_ in _MEETINGS and (head.lemma_ in _RUNNING or _is_over(head)):
                return True
            if thing.lemma_ in _PAPERS and (head.lemma_ in _HANDLING or _of_meeting(thing)):
                return True
        if thing.lower_ == "floor" and head.lemma_ in {"give", "take", "have", "yield"}:
            return True
        if thing.lemma_ in {"question", "comment", "objection"} and any(t.lower_ == "floor" for t in thing.subtree):
            return True
    if subject is None:
        return False
    running = subject.lemma_ in _CHAIRS | _BODIES or _in_person(clause)
    if head.lemma_ in _TURNING and running:
        return any(
            noun.lemma_ in _TOPICS for to in _children(head, "prep") if to.lower_ == "to" for noun in to.children
        )
    return subject.lemma_ in _CHAIRS and head.lemma_ in {"thank", "welcome", "invite", "call", "recognise", "recognize"}


def _is_over(head: Token) -> bool:
    return head.lemma_ == "be" and any(t.lower_ in {"over", "open", "closed"} for t in head.children)


def _of_meeting(paper: Token) -> bool:
    return any(t.lemma_ in _MEETINGS | {"agenda"} for t in paper.subtree if t != paper)
