"""The words that rules of this room turn on, as sets of lemmas."""

from __future__ import annotations

__all__ = [
    "ADJECTIVE_CUES",
    "ALONE",
    "ASKING",
    "ASPECTUAL",
    "CONDITIONS",
    "DENIALS",
    "EVENTS",
    "FACTIVE_CUES",
    "FACTIVE_MARKERS",
    "FEELINGS",
    "FORECAST_ADJECTIVES",
    "FORECAST_VERBS",
    "HEDGES",
    "NATIONS",
    "NEGATIVE_WORDS",
    "NOUN_CUES",
    "PEOPLE",
    "QUOTING",
    "REPORTING",
    "ROLES",
    "SHOWING",
    "SPEAKING_NOUNS",
    "SPLICED",
    "STANCE_ADJECTIVES",
    "STANCE_DOCUMENTS",
    "STANCE_LIGHT",
    "STANCE_NOUNS",
    "STANCE_OBJECTS",
    "STANCE_PREPOSITIONS",
    "STANCE_STATES",
    "STANCE_TO",
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
    advise attest blog brag charge concur confess confide counter crow deduce elaborate email envision
    exclaim foresee guarantee infer interject joke lament lecture marvel mumble muse mutter opine posit
    propose quip rant recommend regret remember retort retweet rule scoff sense shout sigh snap surmise
    theorize verify volunteer whisper yell
    """.split()
)
"""Verbs whose clausal complement is what somebody says or holds to be so."""

QUOTING = REPORTING | frozenset(
    """
    ask begin blast call continue chime chuckle complain demand fire go inquire intone laugh offer plead put query
    question read request shoot sing start tease thunder urge wonder
    """.split()
)
"""Verbs that introduce words between quotation marks beside them ("he continued")."""

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

STANCE_TO = frozenset(
    """
    advise advocate agree ask aim beg beseech caution challenge consent counsel decide decline demand desire direct
    encourage exhort expect forbid hope implore instruct intend like offer order permit plan plead pledge prefer
    press promise propose refuse request resolve seek swear tell threaten urge volunteer vote vow want warn wish
    """.split()
)
"""Verbs that tell what their subject wants, promises, refuses or asks for by an infinitive or a noun phrase with one."""

STANCE_OBJECTS = frozenset(
    """
    acclaim accuse acknowledge admire admit admonish advocate allege announce applaud assail assert bemoan berate blame
    bash castigate categorize celebrate compare convey champion characterise characterize chastise chide cite commend compliment concede
    condemn congratulate consider contest contradict credit criticise criticize decry demand denounce deny deplore
    deride describe desire despise detail disavow disclose discredit dismiss disparage dispute disown doubt
    downplay echo emphasise emphasize endorse estimate expect expose explain express extol fault favor favour fear flag
    forecast grill hail hate herald highlight hype ignore insult invoke judge justify label loathe love lambast lambaste lament laud liken mention
    minimise minimize mock note oppose outline predict praise proclaim promise promote pronounce propose protest quote rap rate reaffirm rebuff rebuke
    rebut recall recite reference refute regret reiterate reject repeat reprimand reproach repudiate resent retweet ridicule
    savage skewer scold scorn slam smear spurn state stress support tout trumpet underline underscore urge vilify voice want
    welcome dub brand deem regard thank reassure question propound pooh-pooh
    """.split()
)
"""Verbs that tell what their subject says or thinks of their object ("condemned the raid")."""

STANCE_DOCUMENTS = frozenset(
    """
    capture depict describe detail document estimate expose find highlight indicate list mention name note outline
    project put read recommend reference report reveal say show state suggest
    """.split()
)
"""Verbs that tell what a report, a poll or a recording holds ("the study found 31 cases")."""

STANCE_PREPOSITIONS: dict[str, frozenset[str]] = {
    verb: frozenset(words.split())
    for verb, words in {
        "accuse": "of",
        "attack": "for as over",
        "blast": "for as over",
        "cast": "as",
        "chalk": "to up",
        "defend": "against as",
        "depict": "as",
        "frame": "as",
        "hammer": "for over on",
        "hit": "for over",
        "paint": "as",
        "portray": "as",
        "present": "as",
        "rip": "for over as",
        "agree": "with to on that",
        "allude": "to",
        "apologise": "for to",
        "apologize": "for to",
        "appeal": "for",
        "argue": "for against",
        "ask": "for about",
        "balk": "at",
        "boast": "about of",
        "brag": "about of",
        "bristle": "at",
        "call": "for on",
        "caution": "against about",
        "comment": "on about",
        "complain": "about of",
        "concur": "with",
        "decide": "against",
        "disagree": "with on",
        "dream": "of about",
        "dwell": "on",
        "elaborate": "on",
        "fret": "about over",
        "gripe": "about",
        "harp": "on",
        "hint": "at",
        "hope": "for",
        "insist": "on",
        "joke": "about",
        "lash": "at",
        "marvel": "at",
        "object": "to",
        "opine": "on about",
        "plead": "for with",
        "point": "to",
        "press": "for",
        "push": "for",
        "respond": "to by with",
        "rule": "against for",
        "rail": "against at about",
        "rant": "about against",
        "reflect": "on",
        "refer": "to",
        "rejoice": "in at",
        "scoff": "at",
        "seethe": "at over",
        "sneer": "at",
        "speak": "against out",
        "testify": "about on",
        "think": "of about",
        "warn": "of about against",
        "worry": "about over",
    }.items()
}
"""Verbs that tell what their subject says or thinks of something, with the prepositions that bring it in."""

STANCE_NOUNS = NOUN_CUES | frozenset(
    """
    advice apology appeal argument call caution charge comment complaint criticism demand disappointment disapproval dismay
    doubt gratitude insight misgiving objection opposition outrage point praise promise proposal question reference regret
    remark request reservation sadness scepticism shock skepticism support surprise suggestion vow
    """.split()
)
"""What somebody makes, raises or issues by saying it ("raised doubts about")."""

STANCE_LIGHT = frozenset(
    "convey deliver express give issue lodge make offer raise reiterate renew repeat send voice".split()
)
"""Verbs that say little beside such a noun."""

STANCE_ADJECTIVES = frozenset(
    """
    adamant afraid angry committed concerned confident critical dismissive doubtful eager enthusiastic fearful furious hopeful
    keen optimistic opposed pessimistic proud reluctant sceptical skeptical supportive suspicious unwilling wary willing
    worried
    """.split()
)
"""What somebody is who holds a view of something ("is opposed to the plan")."""

STANCE_STATES = frozenset(
    """
    agree believe consider desire disagree doubt expect favor favour fear hope intend like oppose plan prefer regard
    support think want wish
    """.split()
)
"""Verbs of attitude: their negation is an attitude as well, while words not said are nobody's words."""

ROLES = frozenset(
    """
    ambassador analyst attorney candidate chairman chairwoman chancellor chief coach commander commissioner director envoy
    general governor historian judge lawyer leader mayor minister negotiator nominee premier president professor prosecutor
    representative secretary senator sheriff spokesman spokesperson spokeswoman superintendent
    """.split()
)
"""What a person is called by instead of a name, once the article has joined both ("the spokesman")."""

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
    ad advertisement affidavit agency analysis audit audio book campaign census chart column commission committee
    communique complaint critic database dispatch doctor documentary editorial e-mail email expert filing film footage
    indictment journal judge lawsuit lawyer leader letter list lawmaker magazine map memo memorandum message minister
    monitor note notice observer outlet petition photo photograph picture policy post president project record recording
    release resident review ruling senator slide source staffer tally team text transcript tweet video website
    """.split()
)
"""Common nouns that hold what they show or find."""

FEELINGS = frozenset("correct delighted glad happy pleased proud right sad sorry".split())
"""Adjectives that only colour a report: "I am sorry to say that"."""

PEOPLE = frozenset(
    """
    actor activist adviser ambassador analyst author boss captain chairman chairwoman chief coach colonel commander deputy
    director doctor envoy father founder general governor head husband judge king lawmaker lawyer leader man mayor member
    minister mother officer official opponent owner player politician pope president prince princess professor prosecutor
    queen reporter representative secretary senator singer son soldier spokesman spokesperson spokeswoman suspect teacher
    victim wife witness woman writer
    """.split()
)
"""Common nouns of one person."""
NATIONS = frozenset(
    """afghanistan albania algeria america angola argentina armenia australia austria azerbaijan bahrain bangladesh
    belarus belgium belize benin bolivia bosnia botswana brazil britain bulgaria burma cambodia cameroon canada chad chile
    china colombia congo croatia cuba cyprus denmark ecuador egypt england eritrea estonia ethiopia europe fiji finland
    france gabon gambia georgia germany ghana greece guatemala guinea guyana haiti honduras hungary iceland india indonesia
    iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea kosovo kuwait kyrgyzstan laos latvia lebanon
    lesotho liberia libya lithuania luxembourg macedonia madagascar malawi malaysia maldives mali malta mauritania
    mauritius mexico moldova monaco mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua
    niger nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia
    rwanda samoa scotland senegal serbia singapore slovakia slovenia somalia spain sudan suriname sweden switzerland syria
    taiwan tajikistan tanzania thailand togo tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela
    vietnam wales yemen zambia zimbabwe""".split()
)
"""Countries and continents of one word, in lower case."""

ALONE = frozenset(
    """
    air army atmosphere authority beginning bottom border case climate conflict constitution country crisis day dead economy electorate end
    environment fact flag future government ground home internet kind law left majority market media middle military moment
    moon nation night ocean opposition past people planet police poll poor press public rest rich right road same sea side sky
    south state street sun system taxpayer tax-code top truth unemployed universe war water way weather web west world wounded
    young
    """.split()
)
"""Nouns that need nothing behind "the": there is one of them, or one in each country."""
