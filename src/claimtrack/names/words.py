"""What single words tell about a name: lists of words, and the questions that are asked of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from claimtrack.extraction.lexicon import NATIONS

__all__ = [
    "ABBREVIATED",
    "ARTICLES",
    "BANDS",
    "BODIES",
    "CALENDAR",
    "COMPASS",
    "COUNTRIES",
    "DEMONYMS",
    "FAMILY_FIRST",
    "KNOWN_ACRONYMS",
    "LINKS",
    "OFFICES",
    "OPENERS",
    "ORGANISATIONS",
    "PARTICLES",
    "PERHAPS_BEFORE",
    "PLACE_AFTER",
    "PLACE_BEFORE",
    "ROLES",
    "SAYING",
    "SAYING_BEFORE",
    "SPELLED",
    "SUFFIXES",
    "TITLES",
    "core_of",
    "is_acronym",
    "is_opener",
    "is_organisation",
    "without_title",
    "words_of",
]

OPENERS = frozenset(
    """a about according after again against all almost already also although amid among an and another any are around
    as at back because been before behind being below between both but by can could did do does down during each either
    even ever every few first following for from had has have he her here his how however i if in indeed inside instead
    into is it its just last later less like many may maybe meanwhile might more most much must my near neither never
    next no nor not nothing now of off on once one only or other our out over perhaps rather says she should since so
    some soon still such than that the their then there these they this those though through thus to today tomorrow
    tonight too two under unlike until up upon us very was we were what when where whether which while who whom whose why
    will with within without would yes yesterday yet you your""".split()
)
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept
    oct nov dec christmas easter ramadan thanksgiving""".split()
)
TITLES = frozenset(
    """president vice-president premier chancellor minister senator sen rep congressman congresswoman representative gov
    governor mayor secretary mr mrs ms miss dr prof professor sir dame lord lady sheikh sheik imam ayatollah rev reverend
    bishop archbishop cardinal pope king queen prince princess emir sultan spokesman spokeswoman spokesperson ambassador
    envoy general gen lieutenant lt col colonel maj major capt captain sgt sergeant commander cmdr adm admiral brigadier
    judge justice sheriff detective officer director chairman chairwoman chair ceo speaker leader whip adviser advisor
    counsel attorney deputy chief nominee candidate frontrunner coach democrat republican businessman billionaire
    mogul commissioner superintendent principal inspector lawmaker mp assemblyman assemblywoman councilman councilwoman
    alderman recorder rabbi pastor activist journalist reporter correspondent analyst economist actor actress singer
    author comedian""".split()
)
OFFICES = frozenset("State Staff Defense Defence Elections Education Homeland Labor Commerce".split())
ABBREVIATED = frozenset("mr mrs ms dr sen rep gov gen lt col maj capt sgt prof rev adm cmdr st".split())
ROLES = TITLES | frozenset(
    "husband wife brother sister father mother son daughter founder boss head manager expert lawyer owner "
    "scientist researcher physicist historian writer editor host anchor veteran politician counterpart player".split()
)
SAYING = tuple(
    """said says told tells added adds warned warns wrote writes tweeted tweets argued argues insisted replied testified
    declared explained recalled joked noted acknowledged stressed claimed quipped responded""".split()
)
"""Verbs that may stand behind the name of a person who speaks."""
SAYING_BEFORE = frozenset("said says told added wrote".split())
"""Those that may stand in front of it as well."""
BODIES = frozenset(
    """agency alliance army association authority bank bureau coalition commission committee confederation congress
    council court department federation force forces front fund institute league ministry movement organisation
    organization party service society treaty union university units""".split()
)
"""Words that make a name an organisation's for certain, so that its first letters may stand for it."""
ORGANISATIONS = BODIES | frozenset(
    """academy administration airlines assembly board brigade brigades brotherhood cabinet campaign center centre
    church club college community company conference convention cooperation corporation corps foundation group guard
    guards hospital house initiative institution journal mission museum nations network news office parliament
    partnership police post press program programme project school senate services state studies syndicate team
    territory times tribunal trust unions unit watch workers""".split()
)
COMPASS = frozenset(
    """north south east west northern southern eastern western central new old great greater upper lower middle saint st
    san santa los las fort port lake mount cape el la mid inner outer""".split()
)
DEMONYMS = frozenset(
    """afghan albanian algerian american arab argentine armenian asian australian austrian bahraini bangladeshi
    belarusian belgian brazilian british bulgarian burmese canadian chechen chilean chinese christian colombian
    croatian cuban czech danish dutch egyptian emirati english estonian ethiopian european filipino finnish french
    georgian german greek hungarian indian indonesian iranian iraqi irish islamic israeli italian japanese jewish
    jordanian kenyan korean kurdish kuwaiti latvian lebanese libyan lithuanian malaysian mexican moroccan muslim
    nigerian norwegian pakistani palestinian persian polish portuguese qatari romanian russian saudi scottish
    serbian shia shiite slovak somali spanish sudanese sunni swedish swiss syrian thai tunisian turkish ukrainian
    venezuelan vietnamese welsh yemeni republican republicans democrat democrats democratic conservative labour
    liberal tory islamist communist""".split()
)
"""Peoples, faiths and parties, as nouns and adjectives."""
COUNTRIES = NATIONS | frozenset("washington virginia carolina dakota jersey york".split())
"""Words of place names that are never mended by their spelling."""
ARTICLES = frozenset("al el ul as ash an at ad ar az ez es".split())
PARTICLES = frozenset("de la del della der den du van von bin ibn ben da di dos das le ter ten".split())
LINKS = frozenset("of for the and on in to".split())
SUFFIXES = frozenset("jr sr ii iii iv".split())
FAMILY_FIRST = frozenset("xi kim moon park mao deng hu wen li wang zhang chen zhou liu zhao ban ahn roh".split())
"""Family names that stand in front in Chinese and Korean names."""
KNOWN_ACRONYMS = {
    "eu": ("european", "union"),
    "uk": ("united", "kingdom"),
    "un": ("united", "nations"),
    "us": ("united", "states"),
}
"""Acronyms of two letters that need no definition; all others do."""
BANDS = frozenset("ht jbht jbh hrkt ahr js flk ansr hzb ktb mjls lw".split())
"""Consonants of the Arabic words that names of armed groups and parties start with: Hay'at, Jabhat, Harakat, Ahrar ..."""
SPELLED = {
    spelling: group.split()[0]
    for group in (
        "mohammed mohammad muhammad mohamed muhammed muhamad mohamad",
        "ahmed ahmad ahmet",
        "hussein hussain husayn husain hossein",
        "hassan hasan",
        "youssef yousef yusuf yusef yousuf",
        "abdullah abdallah abdulla",
        "khaled khalid",
        "mustafa mostafa moustafa",
        "moqtada muqtada",
        "omar umar",
        "ibrahim ebrahim ibraheem",
        "ali aly",
        "nouri nuri",
        "muammar moammar moamar muammer",
        "gaddafi qaddafi gadhafi kadhafi qadhafi gadafi",
        "sergei sergey",
        "dmitry dmitri dmitriy",
        "alexei alexey aleksei aleksey",
        "andrei andrey",
        "nikolai nikolay",
        "yuri yury",
    )
    for spelling in group.split()
}
"""Given names that transliteration spells in several ways; a rule on vowels would take Jamal for Jamil as well."""

PLACE_BEFORE = frozenset("in near outside across inside".split())
PERHAPS_BEFORE = PLACE_BEFORE | frozenset("around against over".split())
PLACE_AFTER = frozenset("province city region area district governorate town issue".split())


def is_opener(word: str) -> bool:
    """Tell whether a word is capitalised because it opens a sentence: "In", "A", not "US"."""
    return word.casefold() in OPENERS and not (len(word) > 1 and word.isupper())


@lru_cache(maxsize=1 << 16)
def is_acronym(word: str) -> bool:
    """Tell whether a word is made of two to seven capitals: "HTS", "U.N."."""
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isalpha() and letters.isupper()


def without_title(words: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Cut what stands before a person's own name: the words up to the last title, then nationalities and days."""
    titles = [i for i, word in enumerate(words[:-1]) if word.casefold().rstrip(".") in TITLES]
    rest = list(words[titles[-1] + 1 :]) if titles else list(words)
    while len(rest) > 1 and _is_beside(rest):
        del rest[0]
    while len(rest) > 1 and rest[-1].casefold() in CALENDAR:
        del rest[-1]
    return tuple(rest), bool(titles)


@lru_cache(maxsize=1 << 16)
def core_of(name: str) -> tuple[str, bool]:
    """Give a name as :func:`without_title` leaves it, and whether a title was cut."""
    words, titled = without_title(name.split(" "))
    return " ".join(words), titled


@lru_cache(maxsize=1 << 16)
def words_of(name: str) -> tuple[str, ...]:
    """Split a name at blanks and hyphens."""
    return tuple(re.split("[ -]", name))


def _is_beside(words: Sequence[str]) -> bool:
    """Tell whether the first word of a name is none of its own: "Turkish", "Monday", "Syria" in "to Syria Jane Roe"."""
    small = words[0].casefold()
    if small in DEMONYMS:
        return words[1].casefold() not in ORGANISATIONS
    return small in CALENDAR or is_opener(words[0]) or (len(words) > 2 and small in COUNTRIES)


def is_organisation(words: Sequence[str]) -> bool:
    """Tell whether a name of several words holds one for an organisation."""
    return len(words) > 1 and any(w.casefold().strip("'") in ORGANISATIONS for w in words)
