"""Whether two claims give the same figure, or conflicting ones, for the same thing."""

from __future__ import annotations

import enum
import functools
import math
import re
from collections.abc import Iterable

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.quantities import DateMention, find_dates, find_quantities, singular
from claimtrack.records import Claim, Modality, Polarity, Quantity, Span

__all__ = ["FigureComparison", "FigureVerdict", "compare_figures", "figures_of"]

_MIN_OVERLAP = 0.5
"""Jaccard overlap of the content words of two clauses from which they speak of the same thing."""
_MIN_OVERLAP_UNNAMED = 0.8
"""The same where neither figure says what it counts ("the blast killed 12")."""
_MIN_CONTAINED = 0.6
"""Share of the content words of the shorter text that the longer one must have too."""
_ROUNDING = 0.1
"""Most, as a share, that a rounded figure may be off: "30,000" may stand for 33,000, not for 34,000."""
_EXACT_TOLERANCE = 0.02
"""Relative difference up to which two figures of 100 or more count as one."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOP = _words(
    """
    a an the this that these those it its he his him she her they their them we our us you your i my who whom whose which
    what and or but nor so yet then than as at by for from in into of off on onto out over per since through to toward
    towards until unto up upon via with within about above across after against along amid among around because before
    behind below between beyond despite down during except inside like near outside past though although when where whereas
    while why how also just only even still already again too very is are was were be been being am has have had having do
    does did done there here both some any all most total number overall toll figure figures said say says saying told
    tell tells reported report reports reporting according official officials authorities spokesman spokeswoman statement
    source sources added adding announced announce confirmed stood stand stands reached reach put puts people's including
    include includes meanwhile however so-called current currently now altogether date far around roughly approximately nearly almost
    """
)
_NEGATION = _words(
    "not no never without none nobody nothing neither nor cannot deny denies denied false untrue hardly wrong unlikely refute "
    "refutes refuted dismiss dismissed incorrect disputes disputed reject rejected"
)
_POSSIBLE = _words(
    "could may might can possibly perhaps maybe potentially should if unless whether risk risks would suppose potential"
)
_RUNNING = re.compile(r"(?i)\b(?:now|currently|current|still|so far|to date|already|as of|updated?|revised)\b")
"""Words of running counts: their figures may differ, and both hold on their day."""
_SAMPLED = re.compile(
    r"(?i)\b(?:polls?|polled|polling|surveys?|surveyed|margin of|respondents|compared (?:with|to)|up from|down from)\b"
)
"""Words of samples and comparisons: their figures may differ, and both hold."""
_INTENDED = _words(
    "will shall expect expects expected forecast forecasts plan plans planned predict predicts predicted likely warn warns warned "
    "fear fears feared threaten threatens threatened hope hopes want wants demand demands urge urges order orders ordered aim "
    "aims seek seeks propose proposes proposed promise promises promised pledge pledges pledged vow vows intend intends "
    "target goal must need needs ask asks asked call calls called"
)
_SERIES = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth final last next previous following former latter earlier later "
    "yesterday today tomorrow tonight morning evening afternoon overnight north south east west northern southern eastern western "
    "northeast northwest southeast southwest more another additional further other others extra daily weekly monthly yearly "
    "annual annually quarterly average median maximum minimum highest lowest record initially originally finally so-far "
    "spring summer autumn winter upper lower men women male female each every"
)
"""Words that tell one of a kind from another: both texts have the same of them, or are not compared."""
_INDEFINITE = _words("a an another some several one two three many")
_DEFINITE = _words("the this that these those his her its their our my your")
_EVENTS = _words(
    """
    attack strike airstrike bombing bomb blast explosion shelling shell clash raid shooting accident crash collision fire
    flood earthquake quake storm hurricane protest demonstration rally operation offensive battle fighting fight incident
    ambush assault missile rocket gunfire gunman bomber suicide car air drone meeting talk summit convoy violence outbreak
    """
)
"""Things that happen often; "a blast" in two texts may be two blasts."""

_IRREGULAR_VERBS = {
    form: name
    for name, forms in {
        "rise": "rose risen rises rising", "fall": "fell fallen", "flee": "fled fleeing flees", "shoot": "shot", "lose": "lost losing",
        "win": "won winning", "hold": "held", "send": "sent", "buy": "bought", "sell": "sold", "leave": "left leaving",
        "take": "took taken taking", "give": "gave given giving", "grow": "grew grown", "make": "made making", "pay": "paid",
        "lead": "led", "spend": "spent", "cost": "costing costs", "meet": "met", "hit": "hitting", "cut": "cutting cuts",
        "die": "died dies dying dead death deaths", "build": "built", "fly": "flew flown", "get": "got getting", "find": "found",
        "come": "came", "go": "went gone", "see": "saw seen", "begin": "began begun", "keep": "kept", "steal": "stole stolen",
        "sink": "sank sunk", "catch": "caught", "bring": "brought", "fight": "fought", "destroy": "destroyed", "live": "living",
    }.items()
    for form in forms.split()
}  # fmt: skip
_PREDICATES = {
    word: name
    for name, words in {
        "kill": "kill die slay fatal perish fatality massacre lethal deadly",
        "injure": "injur wound hurt injury maim",
        "displace": "displac flee uproot evacuat",
        "arrest": "arrest detain captur jail imprison custody",
        "abduct": "kidnap abduct seiz hostage",
        "live": "liv hom inhabit dwell",
        "miss": "miss disappear missing vanish",
        "rescue": "rescu sav free releas",
        "infect": "infect contract sicken ill",
        "rise": "ris increas climb grow soar jump gain surg up rais expand add",
        "fall": "fall drop declin decreas shrink plung slump tumbl cut reduc slash lower",
        "deploy": "deploy send dispatch",
        "destroy": "destroy demolish raz",
        "damage": "damag",
        "win": "win", "lose": "los", "sell": "sell", "buy": "buy purchas acquir", "export": "export", "import": "import",
        "enter": "enter arriv", "leave": "leav depart withdraw exit return", "support": "support back favour favor approv",
        "oppose": "oppos against disapprov", "vote": "vot", "hire": "hir employ recruit", "fire": "dismiss layoff lay sack",
        "borrow": "borrow", "lend": "lend", "pay": "pay", "earn": "earn", "own": "own",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Verb stems to the thing that is said to happen; two figures with different ones are never compared."""
_TRANSITIVE = _words(
    "kill injure arrest abduct rescue infect deploy destroy damage win lose sell buy support oppose hire"
)
_PRONOUN = re.compile(r"(?i)^\W*(?:it|its|he|his|she|her|they|their|this|these)\b|\b(?:it|he|she|they)\b")
_VERBS = _words(
    "give make get take see go come keep bring spend find buy sell hold send leave lead meet hit cut build fly begin live us receiv "
    "need want show look work play run call hav help turn start serv"
)
"""Stems that do not say which case it is."""
_SAME_EVENT = {"quake": "earthquake", "explosion": "blast", "explode": "blast", "bombing": "blast"}
_SAME_NOUN = {
    "inhabitant": "resident",
    "soldier": "troop",
    "kid": "child",
    "fatality": "death",
    "residence": "home",
    "house": "home",
}
_LEADS = {
    "by",
    "from",
    "within",
    "every",
    "each",
    "per",
    "after",
    "before",
    "until",
    "against",
    "without",
    "than",
    "under",
}
"""Words right before a figure that change what it says: "fell by 5 percent", "fell to 5 percent"."""
_WINDOWS = re.compile(
    r"(?i)\b(?:past|last|next|previous|first|coming|every|within|over|in|during|recent)(?:\s+the)?\s+(?:past\s+|last\s+|next\s+)?$"
)
_DISTANCE = re.compile(r"(?i)[\s-]+(?:ago|away|later|earlier|before|after|since|old|from)\b")
_RATE = re.compile(
    r"(?i)^(?:\W+\w+){0,2}?\W+(?:a|an|per|each|every)[\s-](?P<per>day|night|week|month|year|hour|minute|second|person|head|capita|household|barrel"
    r"|tonne|ton|litre|liter|gallon|share|kilo|kg|mile|100,000)\b"
)
_CLAUSE_END = re.compile(
    r"[;:—()]|,(?!\d)|\s[-–]\s|\b(?:and|but|while|whereas|including|among|leaving|with|wounding|injuring)\b",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"(?i)^\s*according\s+to\s+[^,]{1,80},\s*|(?:,\s*|\b)according\s+to\s+[^,.;]{1,80}(?=[,.;]|$)"
    r"|,\s*(?:[\w’'.-]+\s+){1,6}?(?:said|says?|claim(?:s|ed)?|reported|told\s+\w+)\b[^,]*$"
    r"|^\s*(?:[\w’'.-]+\s+){1,6}?(?:said|says?|claim(?:s|ed)?|reported|announced|stated|confirmed)\s+(?:on\s+\w+day\s+)?(?:that\s+)?(?=\S)"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class FigureVerdict(enum.Enum):
    """What two claims' figures say of one another."""

    CONFLICT = "conflict"
    CHANGING = "changing"
    AGREE = "agree"
    UNCOMPARED = "uncompared"


@attrs.frozen(kw_only=True)
class FigureComparison:
    """The figures of two claims held together.

    Parameters
    ----------
    verdict : FigureVerdict
        ``CONFLICT`` where both can't hold of the same thing, ``CHANGING`` where they can't hold at the same time but the
        words tell of a running count, ``AGREE`` where both can hold, ``UNCOMPARED`` where it is not clear that they speak
        of the same thing.
    premise, hypothesis : Quantity or None
        The two figures that decided; None where nothing was compared. Of a :class:`~claimtrack.records.Claim`, spans
        count code points of ``claim.text``.
    description : str
        For a reader: "12 in one, 40 in the other". Empty where nothing was compared.
    trend : -1, 0 or 1
        1 if all figures that can't both hold count what adds up as news comes in (the dead, the arrested) and are higher in
        the hypothesis, -1 if they are all lower there, 0 otherwise.
    wavers : bool
        Whether they all count what goes up and down as news comes in (the missing, the displaced).
    """

    verdict: FigureVerdict = attrs.field(validator=v.instance_of(FigureVerdict))
    premise: Quantity | None = attrs.field(default=None, validator=v.optional(v.instance_of(Quantity)))
    hypothesis: Quantity | None = attrs.field(default=None, validator=v.optional(v.instance_of(Quantity)))
    description: str = attrs.field(default="", validator=v.instance_of(str))
    trend: int = attrs.field(default=0, validator=v.in_((-1, 0, 1)))
    wavers: bool = attrs.field(default=False, validator=v.instance_of(bool))


_UNCOMPARED = FigureComparison(verdict=FigureVerdict.UNCOMPARED)


@attrs.frozen(kw_only=True)
class _Content:
    """A content word in its text: stem or predicate, position, and how it is introduced."""

    stem: str
    start: int
    name: bool  # has a capital
    definite: bool | None  # after "the", "its"; after "a"; neither
    verb: bool  # reads as a verb


@attrs.frozen(kw_only=True)
class _Mention:
    """A figure in its clause."""

    quantity: Quantity
    clause: int
    of: str | None
    words: frozenset[str]  # stems of the clause, the figure and its noun left out
    predicates: frozenset[str]
    modifiers: frozenset[str]  # between the figure and its noun
    left: str | None  # nearest content word before
    right: str | None
    lead: str
    rate: str
    agent: bool  # does what the clause tells, rather than suffers it
    window: bool  # a length of time that limits the others
    distance: bool  # a length of time from another: "ten years ago"

    @property
    def key(self) -> tuple[str | None, str | None]:
        return (self.quantity.unit, self.of)


@attrs.frozen(kw_only=True)
class _Described:
    """A text with what is needed to compare its figures."""

    text: str
    mentions: tuple[_Mention, ...]
    content: tuple[_Content, ...]
    dates: tuple[DateMention, ...]
    marks: frozenset[str]  # words of _SERIES and numbers that are no figures
    negated: bool
    running: bool
    sampled: bool
    pronoun: bool  # before the first figure: who is meant stays open
    possible: bool
    intended: frozenset[str]


def compare_figures(
    premise: Claim | tuple[str, tuple[Quantity, ...]], hypothesis: Claim | tuple[str, tuple[Quantity, ...]]
) -> FigureComparison:
    """Compare the figures that two claims give for the same thing.

    Parameters
    ----------
    premise, hypothesis : Claim, or tuple of (str, tuple of Quantity)
        Of a claim, the figures are found anew in ``claim.text``, which may be worded otherwise than its article. In the
        other form the spans count code points of the text, as ``(text, find_quantities(text))`` gives them.

    Returns
    -------
    FigureComparison
        The verdict does not depend on the order of the two.

    Raises
    ------
    InvalidInputError
        If a quantity's span does not lie in its text.

    Notes
    -----
    Made to be silent when in doubt. Two figures are compared only if their unit is the same; they count the same noun
    (or neither says what it counts, and the clauses are nearly the same); the content words of their clauses overlap
    (Jaccard index of at least 0.5) and the longer text has at least 0.6 of the shorter one's; the same is said to happen
    (killed, injured) and the figures stand in the same place of it ("by 5", "to 5"); something definite or named is
    shared besides; and nothing tells the two cases apart: dates, proper names on both sides, ordinals, points of the
    compass, rates, negation, mood.

    They conflict if the ranges that the words allow do not meet. Each bound is first widened for rounding, by half of the
    last stated place, at least 1 % and at most 10 %; counts below 100 are exact. What is merely possible ("could displace
    800,000"), samples (a poll) and what is told of "it" or "them" never conflict; running counts ("so far", "now") that
    differ are ``CHANGING``.
    ``AGREE`` says that the figures go together, not that the texts say the same.

    Made for single claims: takes time in proportion to the product of the two numbers of figures.

    Examples
    --------
    >>> from claimtrack.quantities import find_quantities
    >>> one = "The attack on the camp killed 12 people."
    >>> two = "The attack on the camp killed at least 40 people."
    >>> compare_figures((one, find_quantities(one)), (two, find_quantities(two))).description
    '12 in one, at least 40 in the other'
    """
    if (
        isinstance(premise, Claim)
        and isinstance(hypothesis, Claim)
        and not (_same_mood(premise, hypothesis) and figures_of(premise.text) and figures_of(hypothesis.text))
    ):
        return _UNCOMPARED
    one, two = _describe(premise), _describe(hypothesis)
    if not one.mentions or not two.mentions or not _same_case(one, two):
        return _UNCOMPARED
    pairs = [(p, h) for p in one.mentions for h in two.mentions if _comparable(p, h, one, two)]
    if not pairs or not _same_window(one, two):
        return _UNCOMPARED
    meeting = [(p, h) for p, h in pairs if _meet(p.quantity, h.quantity)]
    settled = {id(m) for pair in meeting for m in pair}
    apart = [(p, h) for p, h in pairs if id(p) not in settled and id(h) not in settled]
    apart = [(p, h) for p, h in apart if not _said_elsewhere(p, two) and not _said_elsewhere(h, one)]
    if apart and not any(text.possible or text.sampled or text.pronoun for text in (one, two)):
        clauses = [(p.clause, h.clause) for p, h in apart]
        if len(set(clauses)) == len(clauses):
            trends = {_trend(p, h) for p, h in apart}
            first = min(apart, key=lambda pair: sorted(_said(pair, one, two)))
            return _compared(
                FigureVerdict.CHANGING if one.running or two.running else FigureVerdict.CONFLICT,
                *first,
                one.text,
                two.text,
                trend=trends.pop() if len(trends) == 1 else 0,
                wavers=all(_wavers(m) for pair in apart for m in pair),
            )
        return _UNCOMPARED
    if meeting and not apart:
        return _compared(FigureVerdict.AGREE, *meeting[0], one.text, two.text)
    return _UNCOMPARED


def _said(pair: tuple[_Mention, _Mention], one: _Described, two: _Described) -> list[str]:
    """Give the words of two figures."""
    return [" ".join(m.quantity.span.slice(t.text).split()) for m, t in zip(pair, (one, two), strict=True)]


def _wavers(m: _Mention) -> bool:
    """Whether a figure counts what goes up and down as news comes in: the missing, the displaced."""
    return m.quantity.unit is None and bool(m.predicates & _WAVERS)


def _trend(p: _Mention, h: _Mention) -> int:
    """Say whether a count that adds up is higher (1) or lower (-1) in the hypothesis; 0 for any other figure."""
    if p.quantity.unit is not None or len(p.predicates) != 1 or not p.predicates <= _ADDS_UP:
        return 0
    ends = [q.low if q.low is not None else q.high for q in (p.quantity, h.quantity)]
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return 0
    return 1 if ends[0] < ends[1] else -1


def _compared(
    verdict: FigureVerdict, p: _Mention, h: _Mention, one: str, two: str, *, trend: int = 0, wavers: bool = False
) -> FigureComparison:
    said = [" ".join(m.quantity.span.slice(text).split()) for m, text in ((p, one), (h, two))]
    return FigureComparison(
        verdict=verdict,
        premise=p.quantity,
        hypothesis=h.quantity,
        description=f"{said[0]} in one, {said[1]} in the other",
        trend=trend,
        wavers=wavers,
    )


# what is compared

_PLAIN = (Modality.ASSERTED, Modality.FORECAST)


def _same_mood(one: Claim, two: Claim) -> bool:
    """Whether two claims are told in one mood and are both positive."""
    return one.modality is two.modality and one.modality in _PLAIN and one.polarity is two.polarity is Polarity.POSITIVE


def _same_case(one: _Described, two: _Described) -> bool:
    """Whether nothing in two texts tells their cases apart."""
    if one.negated or two.negated or one.marks != two.marks:
        return False
    if bool(one.intended) != bool(two.intended) or one.possible != two.possible:
        return False
    stems_one, stems_two = ({c.stem for c in text.content} for text in (one, two))
    if {c.stem for c in one.content if c.name} - stems_two and {c.stem for c in two.content if c.name} - stems_one:
        return False
    return _dates_fit(one.dates, two.dates)


def _dates_fit(one: Iterable[DateMention], two: Iterable[DateMention]) -> bool:
    """Whether two texts' dates may be the same: no two years, months, days or weekdays of one kind that differ."""
    for kind in ("weekday", "year", "month", "day"):
        parts = [{part for date in dates if (part := _part(date, kind)) is not None} for dates in (one, two)]
        if all(parts) and parts[0] != parts[1]:
            return False
    return True


def _part(date: DateMention, kind: str) -> str | None:
    if kind == "weekday":
        return None if date.weekday is None else str(date.weekday)
    match = re.fullmatch(r"(?P<year>[0-9]{4}|-)(?:-(?P<month>[0-9]{2}))?(?:-(?P<day>[0-9]{2}))?", date.iso or "")
    return match[kind] if match and match[kind] != "-" else None


def _same_window(one: _Described, two: _Described) -> bool:
    """Whether two texts' figures hold for the same length of time ("in the past two days")."""
    windows = [
        sorted((m.quantity.unit or "", m.quantity.low or 0.0) for m in text.mentions if m.window) for text in (one, two)
    ]
    return windows[0] == windows[1]


def _comparable(p: _Mention, h: _Mention, one: _Described, two: _Described) -> bool:
    """Whether two figures say how many of the same thing."""
    if p.window or h.window or p.distance or h.distance or p.quantity.unit != h.quantity.unit or not _same_of(p, h):
        return False
    if (p.predicates, p.lead, p.rate, p.agent) != (h.predicates, h.lead, h.rate, h.agent):
        return False
    shared, either = p.words & h.words, p.words | h.words
    unnamed = p.quantity.unit is None and p.of is None
    least = _MIN_OVERLAP_UNNAMED if unnamed else _MIN_OVERLAP
    if not shared or len(shared) / len(either) < least:
        return False
    if p.words - h.words and h.words - p.words and len(shared) / len(either) < 0.6:
        return False
    all_one, all_two = ({c.stem for c in text.content} for text in (one, two))
    common = all_one & all_two
    if all_one != all_two and (len(common) < 2 or len(common) < _MIN_CONTAINED * min(len(all_one), len(all_two))):
        return False
    if p.modifiers - all_two or h.modifiers - all_one:
        return False
    for m, words in ((p, h.words), (h, p.words)):
        nearest = m.left if m.left is not None else m.right
        if nearest is not None and nearest not in words:
            return False
    return _anchored(shared, one, two)


def _said_elsewhere(m: _Mention, other: _Described) -> bool:
    """Whether the other text gives a figure that fits, if perhaps for something else ("12, up from 9")."""
    return any(
        m.quantity.unit == o.quantity.unit
        and not (m.predicates and o.predicates and m.predicates != o.predicates)
        and (o.of is None or m.of is None or m.of == o.of)
        and _meet(m.quantity, o.quantity)
        for o in other.mentions
    )


def _same_of(p: _Mention, h: _Mention) -> bool:
    if p.of == h.of:
        return True
    return {p.of, h.of} == {"person", "resident"} and p.predicates | h.predicates <= {"live"}


def _anchored(shared: frozenset[str], one: _Described, two: _Described) -> bool:
    """Whether the shared words say which case it is: something definite, a lasting thing, an event with its place or date.

    A name alone is not enough for what happens often: two people arrested in a town, three arrested there.
    """

    def anchors(text: _Described, *, definite: bool) -> set[str]:
        return {
            c.stem
            for c in text.content
            if c.stem in shared
            and c.stem not in _PREDICATE_NAMES
            and (c.definite or (not definite and c.definite is None and c.stem not in _EVENTS and not c.verb))
        }

    if anchors(one, definite=True) & anchors(two, definite=True):
        return True
    happens = shared & (_HAPPENINGS)
    same_day = {d.iso or d.weekday for d in one.dates} & {d.iso or d.weekday for d in two.dates}
    if happens and not same_day and len(shared - _PREDICATE_NAMES) < 2:
        return False
    return bool(anchors(one, definite=False) & anchors(two, definite=False))


_PREDICATE_NAMES = frozenset(_PREDICATES.values())
_ADDS_UP = _words("kill injure arrest abduct infect rescue")
"""What is counted again and again as news comes in, and rises as a rule."""
_WAVERS = _words("miss displace")
_HAPPENINGS = _PREDICATE_NAMES - {"live", "own", "support", "oppose", "rise", "fall", "export", "import", "earn"}


# what a text says


def _describe(claim: Claim | tuple[str, tuple[Quantity, ...]]) -> _Described:
    if isinstance(claim, Claim):
        return _described(claim.text, figures_of(claim.text))
    text, quantities = claim
    for quantity in quantities:
        if quantity.span.end > len(text):
            raise InvalidInputError(
                f"Quantity.span must lie in its text of {len(text)} characters; got {quantity.span}.\n"
                "Hint: spans count from the start of the text that is compared, not of the article."
            )
    return _described(text, tuple(quantities))


@functools.lru_cache(maxsize=1 << 16)
def figures_of(text: str) -> tuple[Quantity, ...]:
    """Give the figures of a text, which is read once, however many it is compared with."""
    return find_quantities(text)


@functools.lru_cache(maxsize=4096)
def _described(text: str, quantities: tuple[Quantity, ...]) -> _Described:
    """Read a text once: its clauses, content words, dates, and each figure's place among them."""
    dates = find_dates(text)
    hidden = [
        m.span()
        for m in _ATTRIBUTION.finditer(text)
        if not any(m.start() <= q.span.start < m.end() for q in quantities)
    ]
    blocked = [(q.span.start, q.span.end) for q in quantities] + [(d.span.start, d.span.end) for d in dates]
    words = [m for m in _WORD.finditer(text) if not _inside(m.start(), blocked)]
    heads = _heads(text, quantities)
    content = _content(text, [m for m in words if not _inside(m.start(), hidden)], set(heads.values()))
    cuts = [m.start() for m in _CLAUSE_END.finditer(text) if not _inside(m.start(), blocked)]
    low = {m.group().casefold().replace("’", "'") for m in words}
    mentions = tuple(_mention(text, q, heads.get(q.span), content, cuts) for q in quantities)
    return _Described(
        text=text,
        mentions=mentions,
        content=content,
        dates=dates,
        marks=frozenset(w for w in low if w in _SERIES or any(c.isdigit() for c in w)),
        negated=bool(low & _NEGATION) or any(w.endswith("n't") for w in low) or "?" in text,
        running=_RUNNING.search(text) is not None,
        sampled=_SAMPLED.search(text) is not None,
        pronoun=bool(quantities) and _PRONOUN.search(text, 0, quantities[0].span.start) is not None,
        possible=bool(low & _POSSIBLE),
        intended=frozenset(low & _INTENDED),
    )


def _inside(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _heads(text: str, quantities: Iterable[Quantity]) -> dict[Span, int]:
    """Find where the noun that each figure counts begins."""
    found = {}
    for q in quantities:
        if q.of is not None:
            for match in _WORD.finditer(text, q.span.end, min(len(text), q.span.end + 80)):
                if singular(match.group()) == q.of or match.group().casefold() == q.of:
                    found[q.span] = match.start()
                    break
    return found


def _content(text: str, words: list[re.Match[str]], heads: set[int]) -> tuple[_Content, ...]:
    """Give the content words of a text, counted nouns left out."""
    found = []
    definite: bool | None = None
    previous_end = 0
    for m in words:
        low = m.group().casefold().replace("’", "'")
        if m.start() - previous_end > 1 or text[previous_end : m.start()].strip():
            definite = None
        previous_end = m.end()
        if low in _DEFINITE:
            definite = True
            continue
        if low in _INDEFINITE:
            definite = False
            continue
        if (
            low in _STOP
            or low in _SERIES
            or low in _POSSIBLE
            or low in _INTENDED
            or (len(low) < 2 and not low.isdigit())
        ):
            definite = None if low in _STOP else definite
            continue
        possessive = low.endswith("'s") or low.endswith("s'")
        stem = _stem(low.removesuffix("'s").removesuffix("'"))
        if m.start() not in heads:
            verb = stem in _VERBS or (low.endswith(("ed", "ing")) and stem not in _EVENTS)
            found.append(
                _Content(stem=stem, start=m.start(), name=m.group()[:1].isupper(), definite=definite, verb=verb)
            )
        definite = True if possessive else None if stem in _PREDICATE_NAMES else definite
    return tuple(found)


def _stem(word: str) -> str:
    """Cut the endings of nouns and verbs, and give all words for one event one name."""
    word = _IRREGULAR_VERBS.get(word, word)
    for event in (word, singular(word), word.removesuffix("d")):
        if event in _EVENTS or event in _SAME_EVENT:
            return _SAME_EVENT.get(event, event)
    stem = singular(word) if len(word) > 3 else word
    for ending in ("ing", "ed"):
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            stem = stem[: -len(ending)]
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
                stem = stem[:-1]
            break
    if stem.endswith("e") and len(stem) > 3:
        stem = stem[:-1]
    return _PREDICATES.get(stem, _PREDICATES.get(word, stem))


def _mention(text: str, q: Quantity, head: int | None, content: tuple[_Content, ...], cuts: list[int]) -> _Mention:
    """Describe a figure's place: its clause and the words around it."""
    clause = sum(cut < q.span.start for cut in cuts)
    start = cuts[clause - 1] if clause else 0
    end = cuts[clause] if clause < len(cuts) else len(text)
    near = [c for c in content if start <= c.start < end]
    noun_end = head if head is not None else q.span.end
    modifiers = frozenset(c.stem for c in near if q.span.end <= c.start < noun_end)
    before = [c for c in near if c.start < q.span.start]
    after = [c for c in near if c.start >= noun_end]
    led = re.search(r"(\w+)\s*$", text[max(0, q.span.start - 15) : q.span.start])
    lead = led.group(1).casefold() if led else ""
    rate = _RATE.match(text[q.span.end : q.span.end + 60])
    durations = {"second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "century"}
    return _Mention(
        quantity=q,
        clause=clause,
        of=_SAME_NOUN.get(q.of, q.of) if q.of is not None else None,
        words=frozenset(c.stem for c in near),
        predicates=frozenset(c.stem for c in near if c.stem in _PREDICATE_NAMES),
        modifiers=modifiers,
        left=before[-1].stem if before else None,
        right=after[0].stem if after else None,
        lead=lead if lead in _LEADS else "",
        rate=rate["per"].casefold() if rate else "",
        agent=_is_agent(text, noun_end, after[0] if after else None, before=bool(before)),
        window=q.unit in durations and _WINDOWS.search(text[max(0, q.span.start - 30) : q.span.start]) is not None,
        distance=q.unit in durations and _DISTANCE.match(text[q.span.end : q.span.end + 20]) is not None,
    )


def _is_agent(text: str, noun_end: int, verb: _Content | None, *, before: bool) -> bool:
    """Whether what is counted does the killing rather than being killed: "three rebels killed soldiers"."""
    if verb is None or before or verb.stem not in _TRANSITIVE:
        return False
    if re.search(r"(?i)\b(?:was|were|is|are|be|been|being|got|have|had|has)\b", text[noun_end : verb.start]):
        return False
    rest = re.match(r"[\w-]+(?P<next>\W+\w+)?", text[verb.start :])
    following = (rest["next"] or "").strip().casefold() if rest else ""
    return following.isalpha() and following not in _words(
        "in by when as after on at during and while near since from inside outside so"
    )


# figures as ranges


def _meet(p: Quantity, h: Quantity) -> bool:
    """Whether two figures can both hold, after a tolerance for rounding."""
    low = max(_lowest(p), _lowest(h))
    high = min(_highest(p), _highest(h))
    return low <= high


def _lowest(q: Quantity) -> float:
    if q.low is None:
        return -math.inf
    if q.value is None and q.high is None:
        return q.low / 2  # "hundreds" is loose talk
    return q.low - _slack(q, q.low)


def _highest(q: Quantity) -> float:
    return math.inf if q.high is None else q.high + _slack(q, q.high)


def _slack(q: Quantity, figure: float) -> float:
    """How far a stated figure may be from the one it rounds; 0 for counts below 100."""
    size = abs(figure)
    if size == 0.0 or (q.unit is None and size < 100 and size == int(size)):
        return 0.0
    digits = f"{size:.12g}"
    if "e" in digits:
        place = 10.0 ** int(digits.partition("e")[2])
    elif "." in digits:
        place = 10.0 ** -len(digits.partition(".")[2])
    else:
        place = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    return max(min(place * 0.49, size * _ROUNDING), size * _EXACT_TOLERANCE / 2)  # 36 and 37 percent stay apart
