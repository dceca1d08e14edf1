"""The words that rules of this room turn on, as sets of lemmas."""

from __future__ import annotations

__all__ = [
    "ADJECTIVE_CUES",
    "ASKING",
    "ASPECTUAL",
    "CONDITIONS",
    "DENIALS",
    "EVENTS",
    "FACTIVE_CUES",
    "FACTIVE_MARKERS",
    "FORECAST_ADJECTIVES",
    "FORECAST_VERBS",
    "HEDGES",
    "NEGATIVE_WORDS",
    "NOUN_CUES",
    "REPORTING",
    "SHOWING",
    "SPEAKING_NOUNS",
    "SPLICED",
    "VIEWS",
    "WISHES",
]

REPORTING = frozenset(
    """
    acknowledge add admit affirm allege announce argue assert assess assure believe boast calculate caution cite claim
    clarify comment complain concede conclude confirm consider contend convince declare disclose emphasise emphasize
    estimate expect explain fear feel find guess hear hint hold imply indicate inform insist judge know learn maintain
    mention note notice observe persuade pledge point predict proclaim promise reaffirm realise realize reason recall
    reckon recount reiterate remark remind reply report respond reveal say see show signal speculate state stress
    suggest suppose suspect swear tell testify think threaten tweet underline understand underscore vow warn worry write
    hope wish agree decide
    """.split()
)
"""Verbs whose clausal complement is what somebody says or holds to be so."""

ADJECTIVE_CUES = frozenset(
    "adamant afraid aware certain clear concerned confident convinced evident hopeful obvious plain positive sure worried".split()
)
"""Predicates of the form "is clear that"."""

NOUN_CUES = frozenset(
    """
    accusation allegation announcement argument assertion assurance belief claim concern conclusion confirmation
    conviction fear feeling hope idea impression news opinion pledge prediction promise report rumor rumour signal
    statement suspicion threat understanding view warning wish
    """.split()
)
"""Nouns whose that-clause is what somebody says or holds to be so ("expressed hope that")."""

DENIALS = frozenset("deny dismiss dispute doubt rebut refute reject".split())
"""Verbs that turn their complement round; their clause stays one claim."""

ASKING = frozenset("ask demand inquire query question request urge wonder".split())
"""Verbs whose complement is a question or a request: no statement."""

WISHES = frozenset("demand desire hope prefer want wish".split())

CONDITIONS = frozenset("if unless provided providing lest whether".split())
"""Markers of clauses that stay with what they condition."""

FACTIVE_MARKERS = frozenset("after although as because before given since though when whereas while where".split())
"""Markers of finite clauses that are stated beside the main clause."""

FORECAST_VERBS = frozenset("anticipate expect forecast loom plan predict prepare threaten intend".split())

FORECAST_ADJECTIVES = frozenset("bound due imminent likely set unlikely about ready".split())

HEDGES = frozenset(
    "allegedly apparently maybe perhaps possibly potentially presumably probably purportedly reportedly seemingly supposedly".split()
)

NEGATIVE_WORDS = frozenset("never no nobody none nor nothing nowhere neither hardly scarcely without".split())

FACTIVE_CUES = frozenset("hear know learn notice realise realize recall see understand".split())
"""Cues that, under a modal or a negation ("they should know that"), give what the speaker himself states."""

SPLICED = frozenset("agree decide feel find hear know learn see show understand".split())
"""Verbs that do not follow what they report: a clause before them is joined by a comma only."""

ASPECTUAL = frozenset("begin come continue go happen keep start stop use".split())
"""Verbs that only say how another goes on: "began to say that"."""

VIEWS = frozenset(
    "account belief estimate estimation eye judgement judgment opinion reading telling version view word".split()
)
"""Nouns of phrases that name a holder: "in his view", "by their account"."""

EVENTS = frozenset(
    """
    agreement airstrike assault attack ban battle blast blockade bombardment bombing boycott campaign ceasefire
    cease-fire clash conference coup crackdown curfew deal debate election evacuation explosion fight fighting fire flood
    incursion intervention invasion investigation lockdown massacre meeting merger negotiation offensive operation
    outbreak pardon protest raid rally referendum rescue shooting shutdown siege solution strike summit takeover talk
    talks trial truce vote war withdrawal
    """.split()
)
"""Nouns of events: a claim about one without any name in it ("the offensive will begin") leaves open where."""

SHOWING = frozenset("find imply indicate show signal suggest".split())
"""Verbs whose subject may be a mere sign ("these meetings show that"): then whoever reports the sign holds it."""

SPEAKING_NOUNS = frozenset(
    """
    activist analysis analyst article author data document economist expert figure investigation ministry newspaper
    official officer paper police poll prosecutor report research researcher scientist source spokesman spokesperson
    spokeswoman statement statistic study survey witness
    """.split()
)
"""Common nouns that hold what they show or find."""
