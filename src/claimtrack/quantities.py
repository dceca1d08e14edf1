"""Figures and dates in plain English text: how many of what, and when."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import attrs
from attrs import validators as v

from claimtrack.errors import InvalidInputError
from claimtrack.records.claim import Quantity
from claimtrack.records.span import Span

__all__ = ["DateMention", "find_dates", "find_quantities", "singular"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(text: str) -> dict[str, str]:
    """Read lines of ``name: form, form`` into a table from form to name."""
    table = {}
    for line in text.strip().splitlines():
        name, _, forms = line.partition(":")
        table.update({form.strip(): name.strip() for form in forms.split(",")})
    return table


def _ordered(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SMALL = {
    word: i
    for i, word in enumerate(
        _ordered(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
            "eighteen nineteen"
        )
    )
}
_TENS = {w: 10 * i for i, w in enumerate(_ordered("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "mn": 1e6, "mln": 1e6, "tn": 1e12}  # fmt: skip
_GLUED_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, **_SCALES}
_VAGUE = {"tens": 10.0, "dozens": 12.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9}  # fmt: skip
_VAGUE_SINGULAR = {"dozen": 12.0, "hundred": 1e2, **_SCALES}

_UNITS = _forms(
    """
    percentage point: percentage point, percentage points, percentage-point
    basis point: basis point, basis points
    percent: percent, per cent, pct, %
    km2: square kilometre, square kilometres, square kilometer, square kilometers, sq km, km2, km²
    square foot: square foot, square feet, sq ft
    square mile: square mile, square miles, sq miles
    square metre: square metre, square metres, square meter, square meters, sq m, m2, m²
    m3: cubic metre, cubic metres, cubic meter, cubic meters, m3, m³
    km/h: km/h, kph, kmh, kilometres per hour, kilometers per hour, kilometres an hour, kilometers an hour
    mph: mph, miles per hour, miles an hour
    nautical mile: nautical mile, nautical miles
    km: km, kms, kilometre, kilometres, kilometer, kilometers
    m: metre, metres, meter, meters
    cm: cm, centimetre, centimetres, centimeter, centimeters
    mm: mm, millimetre, millimetres, millimeter, millimeters
    mile: mile, miles
    foot: foot, feet, ft
    inch: inch, inches
    yard: yard, yards
    hectare: hectare, hectares
    acre: acre, acres
    kg: kg, kgs, kilogram, kilograms, kilo, kilos
    g: gram, grams
    tonne: tonne, tonnes, metric ton, metric tons
    ton: ton, tons
    pound: pound, pounds, lb, lbs
    litre: litre, litres, liter, liters
    gallon: gallon, gallons
    barrel: barrel, barrels
    degree Celsius: degrees celsius, degree celsius, degrees centigrade, °c
    degree Fahrenheit: degrees fahrenheit, degree fahrenheit, °f
    degree: degree, degrees, °
    second: second, seconds
    minute: minute, minutes
    hour: hour, hours, hr, hrs
    day: day, days
    night: night, nights
    week: week, weeks
    month: month, months
    year: year, years
    decade: decade, decades
    century: century, centuries
    MW: mw, megawatt, megawatts
    GW: gw, gigawatt, gigawatts
    kW: kw, kilowatt, kilowatts
    kWh: kwh, kilowatt-hours
    MB: mb, megabytes
    GB: gb, gigabytes
    TB: tb, terabytes
    AUD: australian dollar, australian dollars
    CAD: canadian dollar, canadian dollars
    USD: dollar, dollars, us dollar, us dollars, u.s. dollars, american dollars, usd
    EUR: euro, euros, eur
    GBP: pound sterling, pounds sterling, gbp
    RUB: ruble, rubles, rouble, roubles, russian rubles, rub
    JPY: yen, jpy
    CNY: yuan, cny, rmb
    CHF: swiss francs, chf
    rupee: rupee, rupees
    lira: lira, liras, lire
    pound Syrian: syrian pounds
    pound Egyptian: egyptian pounds
    shekel: shekel, shekels
    krona: krona, kronor, krone, kroner
    peso: peso, pesos
    cent: cent, cents
    """
)
_DURATIONS = _words("second minute hour day night week month year decade century")
_CURRENCY = {
    "$": "USD", "US$": "USD", "USD": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "¥": "JPY", "JPY": "JPY", "₹": "INR",
    "Rs": "rupee", "₽": "RUB", "RUB": "RUB", "₪": "shekel", "₺": "lira", "CHF": "CHF", "CNY": "CNY", "RMB": "CNY",
}  # fmt: skip

_IRREGULAR_NOUNS = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "geese": "goose", "oxen": "ox", "lives": "life", "wives": "wife", "knives": "knife", "halves": "half", "thieves": "thief",
    "wolves": "wolf", "shelves": "shelf", "loaves": "loaf", "leaves": "leaf", "crises": "crisis", "analyses": "analysis",
    "viruses": "virus", "buses": "bus", "bonuses": "bonus", "campuses": "campus", "gases": "gas", "lenses": "lens",
    "movies": "movie", "ties": "tie", "lies": "lie", "shoes": "shoe", "canoes": "canoe", "toes": "toe", "media": "medium",
    "criteria": "criterion", "phenomena": "phenomenon", "fungi": "fungus", "series": "series", "species": "species",
    "headquarters": "headquarters", "axes": "axe",
}  # fmt: skip
_UNMARKED_PLURALS = _words("police personnel aircraft sheep cattle fish staff deer spacecraft hovercraft")
_ALREADY_SINGULAR = re.compile(r"(?:ss|us|is|'s|’s)$")

_COUNTED = _words(
    """
    person man woman child boy girl baby soldier civilian rebel fighter militant officer policeman protester refugee migrant
    worker student teacher doctor nurse journalist reporter prisoner hostage detainee passenger resident inhabitant voter
    patient player pilot gunman suspect victim survivor family troop militiaman insurgent terrorist bystander citizen
    diplomat lawmaker minister member aircraft plane helicopter drone jet ship boat vessel vehicle car truck bus tank train
    bomb missile rocket shell attack strike airstrike blast explosion bombing raid shooting house home building school
    hospital church mosque village town city province country state company bank factory bridge camp vote seat ballot goal
    game match medal case death injury casualty fatality arrest infection test dose job flight convoy
    """
)
"""Nouns that are clear in the singular too: "one soldier", "a 12-member council", "2000 soldiers"."""
_COMPOUNDS = _words("member man woman person seat storey story nation odd plus")
"""What may follow a number and a hyphen so that it still counts: "12-member", not "two-state"."""
_PERSONS = _words(
    """
    people men women children soldiers civilians troops rebels fighters militants officers policemen protesters refugees
    migrants workers students teachers doctors journalists prisoners hostages detainees passengers residents inhabitants
    patients demonstrators insurgents families personnel police
    """
)
_FUNCTION = _words(
    """
    the a an this that these those it its he his she her they their them we our us you your i my who whom whose which what
    and or but nor so yet if then than as at by for from in into of off on onto out over per since through till to toward
    towards under until unto up upon via with within without about above across after against along amid among around
    because before behind below beneath beside between beyond despite down during except inside like near outside past
    though although unless when where whereas while why how not no never also just only even still already again too very
    is are was were be been being am has have had having do does did done will would shall should can could may might must
    there here now today yesterday tomorrow tonight ago later earlier together each every both either neither some any all
    half times
    """
)
_NOT_NOUNS = _FUNCTION | _words(
    """
    says kills injures takes makes wants gets goes comes becomes seems appears remains includes contains happens begins means
    opposes supports shows tells gives finds keeps holds brings follows believes thinks knows sees denies confirms announces
    warns urges asks rejects accepts agrees refuses meets arrives continues stays loses beats destroys rises grows always
    perhaps towards besides thus plus minus versus news others killed injured wounded died said told fled fell rose won lost
    held met hit left came went took got made gave found kept
    """
)
_MODIFIERS = _words(
    """
    more other new old young big small large great major minor main key top senior junior high low long short different
    various separate further extra additional similar same such own dead living missing remaining surviving leading
    serving heavy light deadly elderly adult teenage female male pregnant innocent ordinary local foreign federal
    armed unarmed wounded injured displaced retired detained captured kidnapped masked uniformed trained registered
    unidentified suspected alleged confirmed elected abandoned destroyed damaged burned disabled infected vaccinated jailed
    imprisoned accused convicted proposed planned reported sealed sick poor rich free black white red green blue brown
    government opposition rebel army police military militia state security aid relief health medical rescue civilian
    enemy border air ground naval navy war terror terrorist peace prison school oil gas power car truck bus train
    nuclear chemical cluster barrel suicide rocket missile tank drone family fighter child baby student police union party
    farm factory city village town county district country world emergency election polling voting data mobile refugee
    migrant asylum hostage prisoner coal steel mine road bridge hospital church mosque nearby full part-time sector office private public rotating
    """
)
_MODIFIER_ENDING = re.compile(r"(?:al|ic|ive|ous|ful|less|able|ible|ary|ory|ian|ese|ish|ern|ant|ent|tion|sion)$")
_NAMES_IN_S = _words(
    "hamas texas kansas arkansas illinois reuters athens naples wales times brussels los las james thomas"
)

_NO_NOUN_FIGURE = _words(
    "half halves third thirds quarter quarters fourth fourths fifth fifths sixth tenth tenths hundredth hundredths o'clock "
    "o’clock am pm gmt utc bst est edt cet first second"
)
_LABELS = _words(
    """
    resolution article articles section sections chapter chapters page pages paragraph paragraphs clause part phase stage
    grade nr number numbers flight boeing airbus highway route road interstate motorway room gate platform channel radio
    bbc apollo windows iphone version act scene volume vol figure fig table step rule decree amendment schedule protocol
    day week season episode round tier model division sector unit item proposition directive regulation class block
    checkpoint box psalm area zone line level levels grades category pp p sura surah verse lot exhibit annex appendix aged
    age ages brigade battalion regiment squadron ward track lane formula size type studio catch agenda
    """
)
_SCORING = re.compile(
    r"(?i)\b(?:won|win|wins|lost|lose|loses|beat|beats|defeated|drew|draw|voted|vote|votes|score|scored|lead|led|leads|victory|"
    r"defeat|odds|tied|ahead|set|sets)\b[\w ,]{0,25}$"
)

_MONTHS = _ordered("january february march april may june july august september october november december")
_MONTH_NUMBER = {name[:3]: i for i, name in enumerate(_MONTHS, start=1)}
_MONTH = r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DAY = r"(?P<{0}>[0-3]?[0-9])(?:st|nd|rd|th)?(?![\w%$€£]|[.,:][0-9])"
_MORE_DAYS = r"(?:\s?(?:-|–|to|and|or|until|through)\s?[0-3]?[0-9](?:st|nd|rd|th)?(?![\w%]|[.,:][0-9]))?"
_YEAR = r"(?P<{0}>(?:1[5-9]|20)[0-9]{{2}})(?![\w%]|[.,:][0-9])"
_WEEKDAYS = _ordered("monday tuesday wednesday thursday friday saturday sunday")
_WEEKDAY = re.compile(r"\b(?P<name>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_TO_COME = re.compile(r"(?i)\b(?:will|shall|is to|are to|due to|plans?|planned|expected|scheduled|set to|going to)\b")
"""Words by which a weekday may be one to come."""
_PAST = re.compile(
    r"\b(?:was|were|had|did|\w{2,}ed|fell|rose|sank|shot|won|lost|met|held|left|took|gave|told|said|broke|began|went|came|burnt)\b"
)
"""Words by which a weekday is one gone by."""
_TO_BE_DONE = re.compile(r"(?i)\bbe\s+\w+")

_DAYS_FROM_NOW = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_COUNTED_DAY = re.compile(r"(?i)\b(?:yesterday|today|tonight|tomorrow)\b")
_DATE = re.compile(
    r"(?<![\w.,/:-])(?:"
    + r"(?P<iso>(?:1[5-9]|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?![\w-])"
    + rf"|{_MONTH.format('m1')}\s?{_DAY.format('d1')}{_MORE_DAYS}(?:,?\s{_YEAR.format('y1')})?"
    + rf"|{_DAY.format('d2').replace('(?![', _MORE_DAYS + '(?![', 1)}\s(?:of\s)?{_MONTH.format('m2')}(?:,?\s{_YEAR.format('y2')})?"
    + rf"|{_MONTH.format('m3')},?\s(?:of\s)?{_YEAR.format('y3')}"
    + rf"|(?<=\b[Ii]n\s){_MONTH.format('m4')}(?!\w)"
    + rf"|(?:(?<=\b[Ii]n\s)|(?<=\b[Ss]ince\s)|(?<=\b[Uu]ntil\s)|(?<=\b[Bb]y\s)){_YEAR.format('y5')}"
    + r")"
)
_MASK = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\S+|[#@№]\s?\w+|\b[\w-]{1,64}\.(?:com|org|net|gov|info|co\.uk)\b\S*"
    r"|\+[0-9][0-9 ().-]{6,30}[0-9]|\b[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}\b|(?<![\w-])[0-9]+(?:-[0-9]+){2,}(?!\w)|(?<![\w.])[0-9]+(?:\.[0-9]+){2,}(?!\w)"
    r"|(?<![0-9])[0-9]+/[0-9]+(?:/[0-9]+)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|\[[0-9, -]+\]|\([0-9]{1,3}\)"
    r"|(?i:\b[0-9]{1,4}(?:\.[0-9]{2})?\s?(?:a\.m\.|p\.m\.|am\b|pm\b|gmt\b|utc\b|hrs\b|o['’]clock))"
    r"|(?m:^[ \t]*\(?[0-9]{1,3}[.)](?=\s))"
    r"|(?:1[0-9]|20)[0-9]{2}[-–/][0-9]{2,4}\b"
)
_PRECEDES_YEAR = re.compile(
    r"(?i)(?<![\w-])(?:in|since|until|till|by|from|before|after|circa|during|early|mid|late|spring|summer|autumn|fall|winter|year|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|between|the|of|to|around|and)\s+$"
)

_TOKEN = re.compile(
    r"(?P<digits>[0-9]{1,3}(?:[\u00a0\u202f\u2009][0-9]{3})+(?![\w\u00a0\u202f\u2009])|[0-9]\w*(?:[.,][0-9]\w*)*)"
    r"|(?P<word>[^\W\d_][\w]*(?:['’]\w+)*)|(?P<mark>\S)"
)
_DIGITS = re.compile(
    r"(?P<number>[0-9]{1,3}(?:[,\u00a0\u202f\u2009][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?P<rest>[^\W\d_]*[²³23]?)$"
)


def _phrases(*phrases: str) -> str:
    return "|".join(p.replace(" ", r"\s+") for p in phrases)


_BOUND = re.compile(
    r"(?i)(?<![\w-])(?:(?P<just_over>"
    + _phrases("just over", "slightly over", "slightly more than", "a little over", "a little more than", "just more than")
    + r")|(?P<low>"
    + _phrases("(?:well |far |many )?more than", "well over", "over", "at least", "no fewer than", "no less than", "not fewer than",
               "not less than", "upwards of", "in excess of", "above", "greater than", "(?:a )?minimum of", "exceed(?:s|ed|ing)?",
               "surpass(?:es|ed|ing)?", "topped")
    + r")|(?P<high>"
    + _phrases("up to", "(?:far |well )?fewer than", "(?:far |well )?less than", "under", "below", "at most", "no more than",
               "not more than", "as many as", "as much as", "(?:a )?maximum of")
    + r")|(?P<nearly>" + _phrases("nearly", "almost", "just under", "close to", "approaching", "slightly less than")
    + r")|(?P<about>"
    + _phrases("about", "around", "some", "roughly", "approximately", "an estimated", "estimated", "circa", "ca\\.", "more or less")
    + r"|~))\s*$"
)  # fmt: skip
_POST_BOUND = re.compile(
    r"(?i)(?P<low>\s+or\s+more\b|\+(?!\w)|[- ]plus\b)|(?P<high>\s+or\s+(?:fewer|less)\b)|(?P<about>\s+or\s+so\b|-odd\b)"
)
_UNIT = re.compile(
    r"(?i)(?P<gap>\s{0,2}|-)(?P<unit>"
    + "|".join(re.escape(u).replace(r"\ ", r"[\s-]") for u in sorted(_UNITS, key=len, reverse=True))
    + r")(?![\w’'²³])(?!-(?!old\b|long\b|high\b|wide\b|deep\b|a\b)[^\W\d])"
)
_RATIOS = frozenset({"in", "out of", "of", "of every"})
_TIME_TO_SKIP_ONE = _words("day time night week year second")
_NUMBER_WORDS = frozenset({"half", "hundred", *_SMALL, *_TENS, *_SCALES, *_VAGUE, *_VAGUE_SINGULAR})
"""Of these, or of digits, a text with a figure has at least one."""
_LETTERS = re.compile("[a-z]+")


@attrs.frozen(kw_only=True)
class DateMention:
    """A date, month, year, weekday or day counted from another ("yesterday") named in a text.

    Parameters
    ----------
    span : Span
        Its characters.
    iso : str or None
        As much of the ISO date as the words give: ``2018-09-10``, ``2018-09``, ``2018``, ``--09-10`` for a day without
        its year, ``--09`` for a month; None for a weekday alone where the article's date is not known. Of several days
        ("10 and 11 September") the first.
    weekday : int or None
        0 for Monday to 6 for Sunday.
    """

    span: Span = attrs.field(validator=v.instance_of(Span))
    iso: str | None = attrs.field(default=None, validator=v.optional(v.instance_of(str)))
    weekday: int | None = attrs.field(default=None, validator=v.optional(v.in_(range(7))))


@attrs.frozen
class _Token:
    kind: str
    raw: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.raw.casefold()


@attrs.frozen(kw_only=True)
class _Figure:
    """A number as written, before its bounds and its noun are read."""

    value: float
    start: int
    end: int
    stop: int  # index of the token after it
    unit: str | None = None
    hyphen: bool = False  # joined to its unit by a hyphen
    scaled: float = 1.0
    year_like: bool = False
    word_one: bool = False
    in_digits: bool = True


def singular(noun: str) -> str:
    """Give the singular of an English noun in lower case; a noun that is singular already comes back as it is."""
    word = noun.casefold()
    if word in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS[word]
    if word.endswith("men") and word not in {"specimen", "regimen", "abdomen", "omen", "semen"}:
        return word[:-2] + "an"
    if not word.endswith("s") or len(word) < 4 or _ALREADY_SINGULAR.search(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def find_dates(text: str, *, offset: int = 0, anchor: str | None = None) -> tuple[DateMention, ...]:
    """Find dates, months with a year, years after a preposition, and weekdays.

    Parameters
    ----------
    text : str
        Plain English text.
    offset : int, default 0
        Added to every span.
    anchor : str, optional
        ISO date of the day that the text was published. With it, weekdays and "yesterday", "today", "tonight" and
        "tomorrow" get their date: a weekday is the last one up to that day where the words speak of what is past, the next
        one where they speak of what is to come, and none where they speak of both or of neither.

    Returns
    -------
    tuple of DateMention
        In the order of the text, apart from one another. Numeric dates with slashes are not read: their order of day
        and month is not known. Impossible days ("September 45") are left out.

    Raises
    ------
    InvalidInputError
        If `anchor` is not an ISO date.

    Examples
    --------
    >>> [date.iso for date in find_dates("The vote was held on Monday.", anchor="2018-09-12")]
    ['2018-09-10']
    """
    day_of_article = _anchor(anchor) if anchor is not None else None
    found = []
    for match in _DATE.finditer(text):
        group = match.groupdict()
        month = group["m1"] or group["m2"] or group["m3"] or group["m4"]
        year = group["y1"] or group["y2"] or group["y3"] or group["y5"]
        day = int(group["d1"] or group["d2"] or 0)
        if not 0 <= day <= 31 or (day == 0 and (group["d1"] or group["d2"])):
            continue
        iso = group["iso"] or (year if not month else f"{year or '-'}-{_MONTH_NUMBER[month[:3].casefold()]:02d}")
        found.append(
            DateMention(
                span=Span(match.start() + offset, match.end() + offset),
                iso=f"{iso}-{day:02d}" if day else iso,
                weekday=None,
            )
        )
    for m in _WEEKDAY.finditer(text):
        weekday = _WEEKDAYS.index(m["name"].casefold())
        resolved = _nearest(weekday, text, m.start(), day_of_article) if day_of_article else None
        span = Span(m.start() + offset, m.end() + offset)
        found.append(DateMention(span=span, iso=resolved, weekday=weekday))
    if day_of_article:
        for m in _COUNTED_DAY.finditer(text):
            iso = _shifted(day_of_article, _DAYS_FROM_NOW[m.group().casefold()])
            counted_on = re.search(r"(?i)\bday (?:before|after) $", text[: m.start()]) is not None
            a_name = m.group()[0].isupper() and re.search(r"[\w,] $", text[: m.start()]) is not None
            if iso is not None and not counted_on and not a_name:  # "USA Today", "the day before yesterday"
                found.append(DateMention(span=Span(m.start() + offset, m.end() + offset), iso=iso))
    return tuple(sorted(found, key=lambda date: date.span))


def _anchor(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise InvalidInputError(f"anchor must be an ISO date; got {value!r}.") from error


def _shifted(day: datetime.date, days: int) -> str | None:
    """Give the ISO date so many days later; None outside the calendar."""
    try:
        return (day + datetime.timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _nearest(weekday: int, text: str, at: int, anchor: datetime.date) -> str | None:
    """Give the date of a weekday named on a given day; None where the words leave open which one is meant."""
    before = text[max(0, at - 12) : at].casefold()
    if re.search(r"\b(?:last|every|each|a|one|from|than|of|before|after)\s+$", before):
        return None
    back = (anchor.weekday() - weekday) % 7
    if before.endswith("next "):
        return _shifted(anchor, 7 - back)
    to_come = _TO_COME.search(text) is not None
    past = _PAST.search(_TO_BE_DONE.sub(" ", text)) is not None
    if to_come == past:
        return None
    return _shifted(anchor, (-back) % 7 if to_come else -back)


def find_quantities(text: str, *, offset: int = 0) -> tuple[Quantity, ...]:
    """Find the figures of a text: counts, shares, sums of money and measures, with the bounds that the words allow.

    Parameters
    ----------
    text : str
        Plain English text, of any length.
    offset : int, default 0
        Where `text` begins in its article; added to every span.

    Returns
    -------
    tuple of Quantity
        In the order of the text, apart from one another. The span covers the bounding words, the number and the unit
        ("more than three million", "5 percent", "$5"), not the counted noun. `of` is None where the noun cannot be told.
        An exact figure has low = high = value; "more than" leaves high open, "up to" leaves low open; "about" allows
        10 % either way, "nearly" 10 % below. "Dozens" has low 24, "hundreds" 200 and no value; a range has no value.

    Notes
    -----
    Rules over words, without a parse. What is not clearly a figure is left out: years and dates, clock times, ordinals,
    fractions, scores, list markers, the numbers of resolutions, aircraft and telephones, "one" as a pronoun. Takes time
    in proportion to the length of the text.
    """
    if not re.search(r"\d", text) and _NUMBER_WORDS.isdisjoint(_LETTERS.findall(text.casefold())):
        return ()  # as most statements; to look closer takes a hundred times as long
    return tuple(_Finder(text).find(offset))


class _Finder:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        masked = [(m.start(), m.end()) for m in _MASK.finditer(text)]
        masked += [(d.span.start, d.span.end) for d in find_dates(text)]
        masked.sort()
        self.tokens: list[_Token] = []
        i = 0
        reach = 0
        for m in _TOKEN.finditer(text):
            while i < len(masked) and masked[i][0] < m.end():
                reach = max(reach, masked[i][1])
                i += 1
            kind = "masked" if m.start() < reach else str(m.lastgroup)
            self.tokens.append(_Token(kind, m.group(), m.start(), m.end()))

    def find(self, offset: int) -> Iterator[Quantity]:
        """Yield the quantities from left to right."""
        i = 0
        free = 0  # end of the last figure
        while i < len(self.tokens):
            vague = self._vague(i)
            if vague is not None:
                quantity, i = vague
                yield attrs.evolve(quantity, span=Span(quantity.span.start + offset, quantity.span.end + offset))
                free = quantity.span.end - offset
                continue
            figure = self._figure(i)
            if figure is None:
                i = self._skip(i)
                continue
            quantity_or_none, i = self._complete(figure, i, free)
            if quantity_or_none is not None:
                free = quantity_or_none.span.end
                span = Span(quantity_or_none.span.start + offset, quantity_or_none.span.end + offset)
                yield attrs.evolve(quantity_or_none, span=span)

    # numbers

    def _token(self, i: int) -> _Token | None:
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def _low(self, i: int) -> str:
        token = self._token(i)
        return token.low if token is not None and token.kind != "masked" else ""

    def _gap(self, i: int) -> str:
        """Text between token i - 1 and token i; a lone newline counts as a space, a blank line as a stop."""
        if not 0 < i < len(self.tokens):
            return "|"
        gap = self.text[self.tokens[i - 1].end : self.tokens[i].start]
        return "|" if gap.count("\n") > 1 else gap

    def _follows(self, i: int) -> bool:
        """Whether token i follows token i - 1 after nothing but a space."""
        gap = self._gap(i)
        return bool(gap) and gap != "|"

    def _skip(self, i: int) -> int:
        """Pass a token that starts no figure; a number that is refused takes what hangs on it along."""
        if self.tokens[i].kind == "digits" or self.tokens[i].low in _SMALL or self.tokens[i].low in _TENS:
            while (
                i + 2 < len(self.tokens)
                and self._low(i + 1) in {"-", "–"}
                and not self._gap(i + 1)
                and not self._gap(i + 2)
            ):
                i += 2
        return i + 1

    def _figure(self, i: int) -> _Figure | None:
        """Read a number that starts at token i, with currency and unit."""
        start = self.tokens[i].start
        unit = None
        code = re.match(
            r"[A-Z]{0,3}[$€£¥₹₽₪₺]|(?:USD|EUR|GBP|RUB|JPY|CHF|CNY|RMB|Rs)\b\.?", self.text[start : start + 4]
        )
        if code and self.tokens[i].kind != "masked" and (start == 0 or not self.text[start - 1].isalnum()):
            unit = _CURRENCY.get(code.group().rstrip("."))
            at = start + code.end()
            while i < len(self.tokens) and self.tokens[i].start < at:
                i += 1
            if (
                unit is None
                or i >= len(self.tokens)
                or self.tokens[i].kind != "digits"
                or self.text[at : self.tokens[i].start] not in {"", " ", "\u00a0"}
            ):
                return None
        token = self._token(i)
        if token is None or token.kind == "masked":
            return None
        figure = self._digits(i, unit) if token.kind == "digits" else self._spelled(i) if token.kind == "word" else None
        if figure is None or not 0 <= figure.value < 1e15:
            return None
        figure = attrs.evolve(figure, start=start)
        if unit is None:
            figure = self._with_unit(figure)
        return None if self._glued(figure) else figure

    def _digits(self, i: int, currency: str | None) -> _Figure | None:
        token = self.tokens[i]
        match = _DIGITS.match(token.raw)
        if match is None or len(match["number"]) > 20:
            return None
        number, rest = match["number"], match["rest"]
        if len(number) > 1 and number[0] == "0" and number[1] != ".":
            return None
        value = float(re.sub(r"[,\s]", "", number))
        unit, scale = currency, 1.0
        low = rest.casefold()
        if low in _UNITS and low not in {"m", "mb"} and currency is None:
            unit = _UNITS[low]
        elif low in _GLUED_SCALES and (low != "m" or currency is not None or self._noun(i + 1) is not None):
            scale = _GLUED_SCALES[low]
        elif low:
            return None
        stop = i + 1
        if not low and self._follows(stop) and self._low(stop) == "hundred":
            scale, stop = 100.0, stop + 1
        while not low and scale < 1e6 and (self._follows(stop) or self._hyphened(stop)):
            at = stop if self._follows(stop) else stop + 1
            if self._low(at) not in _SCALES:
                if not (currency and self._low(at) == "m"):
                    break
                scale, stop = scale * 1e6, at + 1
                continue
            scale, stop = scale * _SCALES[self._low(at)], at + 1
        plain = re.fullmatch(r"[0-9]{4}", number) is not None and scale == 1.0 and unit is None
        return _Figure(
            value=value * scale, start=token.start, end=self.tokens[stop - 1].end, stop=stop, unit=unit, scaled=scale,
            year_like=plain and 1000 <= value < 2200,
        )  # fmt: skip

    def _hyphened(self, i: int) -> bool:
        return self._low(i) == "-" and not self._gap(i) and i + 1 < len(self.tokens) and not self._gap(i + 1)

    def _spelled(self, i: int) -> _Figure | None:
        """Read a number in words: "three", "twenty-five", "two hundred and fifty thousand", "half a million"."""
        first = self._low(i)
        if first == "half" and self._low(i + 1) == "a" and (self._low(i + 2) in _SCALES or self._low(i + 2) == "dozen"):
            value = {**_SCALES, "dozen": 12.0}[self._low(i + 2)] / 2
            return self._words_figure(value, i, i + 3, value)
        j, total, current, last, scale = i, 0.0, None, float("inf"), 1.0
        if first in {"a", "an"}:
            if self._low(i + 1) not in {"hundred", "dozen", "thousand", "million", "billion", "trillion"}:
                return None
            current, j = 1.0, i + 1
        while j < len(self.tokens):
            at = j + 1 if j > i and self._hyphened(j) else j
            if at == j and j > i and not self._follows(j):
                break
            word = self._low(at)
            if word in _SMALL and (current is None or (current >= 100 and current % 100 == 0) or
                                   (20 <= current % 100 <= 90 and current % 10 == 0 and 0 < _SMALL[word] < 10)):  # fmt: skip
                current = (current or 0.0) + _SMALL[word]
            elif word in _TENS and (current is None or (current >= 100 and current % 100 == 0)):
                current = (current or 0.0) + _TENS[word]
            elif word == "hundred" and current is not None and 0 < current < 100:
                current *= 100.0
            elif word == "dozen" and current is not None and total == 0.0 and current < 100:
                return self._words_figure(current * 12.0, i, at + 1, 12.0)
            elif word in _SCALES and current is not None and _SCALES[word] < last:
                total, last = total + current * _SCALES[word], _SCALES[word]
                scale, current = _SCALES[word], None
            elif (
                word == "and"
                and at == j
                and self._low(at + 1) == "a"
                and self._low(at + 2) == "half"
                and current is not None
            ):
                if self._low(at + 3) not in _SCALES:
                    return None
                scale = _SCALES[self._low(at + 3)]
                return self._words_figure((current + 0.5) * scale, i, at + 4, scale)
            elif word == "and" and at == j and ((current is not None and current >= 100 and current % 100 == 0) or
                    (current is None and total > 0)) and (self._low(at + 1) in _SMALL or self._low(at + 1) in _TENS):  # fmt: skip
                pass
            elif word in _SMALL or word in _TENS or (word[:1].isdigit() and at == j):
                return None
            else:
                break
            j = at + 1
        if current is None and total == 0.0:
            return None
        return self._words_figure(total + (current or 0.0), i, j, scale)

    def _words_figure(self, value: float, i: int, stop: int, scale: float) -> _Figure:
        return _Figure(
            value=value, start=self.tokens[i].start, end=self.tokens[stop - 1].end, stop=stop, scaled=scale,
            word_one=stop == i + 1 and self._low(i) == "one", in_digits=False,
        )  # fmt: skip

    def _with_unit(self, figure: _Figure) -> _Figure:
        """Add a unit that follows the number, and the sign where the unit is one that goes below zero."""
        mark = re.match(r"[ \u00a0]?(?P<mark>[$€£])(?![ \u00a0]?\w)", self.text[figure.end : figure.end + 4])
        if mark and figure.in_digits:
            return attrs.evolve(
                figure, unit=_CURRENCY[mark["mark"]], end=figure.end + mark.end(), stop=figure.stop + 1, year_like=False
            )
        if figure.unit is None:
            match = _UNIT.match(self.text, figure.end)
            if match is None or "\n\n" in match["gap"]:
                return figure
            unit = _UNITS.get(re.sub(r"[\s-]", " ", match["unit"].casefold())) or _UNITS.get(match["unit"].casefold())
            stop = figure.stop
            while stop < len(self.tokens) and self.tokens[stop].start < match.end():
                stop += 1
            figure = attrs.evolve(
                figure, unit=unit, end=match.end(), stop=stop, hyphen=match["gap"] == "-", year_like=False
            )
        if figure.unit == "percent" or (figure.unit or "").startswith("degree"):
            minus = re.search(
                r"(?:(?<![\w])minus\s+|(?<![\w)%])[-−])$", self.text[max(0, figure.start - 8) : figure.start]
            )
            if minus:
                figure = attrs.evolve(figure, value=-figure.value, start=figure.start - (minus.end() - minus.start()))
        return figure

    def _glued(self, figure: _Figure) -> bool:
        """Whether the number is part of a word, a name, a path or a longer number."""
        before, after = self.text[max(0, figure.start - 2) : figure.start], self.text[figure.end : figure.end + 2]
        if before and (
            before[-1].isalnum()
            or before[-1] in "_/\\.,:;=<>#№'’&@^*-−"
            or (before[-1] in "–—" and before[:1].isalnum())
        ):
            return True
        return bool(after) and (
            after[0] in "/\\_'’=^*&@°"
            or after[0].isalnum()
            or (after[0] in ".,:" and after[1:].isdigit())
            or after[0] == "$"
        )

    # figures with bounds and nouns

    def _complete(self, figure: _Figure, i: int, free: int) -> tuple[Quantity | None, int]:
        """Read range, bounds and noun around a number; None where it turns out to be no quantity."""
        low, high, start, end, stop = figure.value, figure.value, figure.start, figure.end, figure.stop
        value: float | None = figure.value
        unit = figure.unit
        second, link = self._second(figure)
        if second is not None:
            scale = second.scaled / figure.scaled if figure.scaled == 1.0 and second.scaled >= 1e3 else 1.0
            a, b = figure.value * scale, second.value
            unit = figure.unit or second.unit
            if link == "or" and a > b:
                a, b = b, a
            is_range = a < b and (figure.unit in (None, second.unit) or second.unit is None)
            if (is_range and self._is_range(figure, second, link)) and not (figure.year_like and second.year_like):
                low, high, value, end, stop = a, b, None, second.end, second.stop
                between = re.search(r"(?i)\bbetween\s+$", self.text[max(free, start - 12) : start])
                if between:
                    start -= between.end() - between.start()
                figure = attrs.evolve(second, unit=unit, year_like=False, word_one=False)
            elif (
                link in {"-", "–"}
                or link in _RATIOS
                or (link == "to" and a >= b and figure.unit is None and self._low(i - 1) != "from")
                or _SCORING.search(self.text[max(0, start - 40) : start])
            ):
                return None, second.stop
        elif self._refused(figure, i):
            return None, self._skip(figure.stop - 1)
        bounds = [low, high] if value is None else None
        start, q_low, q_high = self._bounds_before(start, free, low, high, unit)
        post = _POST_BOUND.match(self.text, end)
        if post:
            kind = str(post.lastgroup)
            q_low, q_high = self._widen(low, high, kind)
            end = post.end()
            while stop < len(self.tokens) and self.tokens[stop].start < end:
                stop += 1
        of = self._of(figure, stop, unit)
        bounded = post is not None or start < figure.start or bounds is not None
        if figure.year_like and not self._not_a_year(figure, of, stop, bounded):
            return None, stop
        if of is None and unit is None and figure.scaled == 1.0 and self._is_age(figure, i, start):
            return None, stop
        if self._labelled(i, of is not None or unit is not None or figure.scaled > 1.0, bounded):
            return None, stop
        return Quantity(value=value, low=q_low, high=q_high, unit=unit, of=of, span=Span(start, end)), stop

    def _second(self, figure: _Figure) -> tuple[_Figure | None, str]:
        """Read a second number joined to the first, and the joint."""
        joint = re.match(
            r"(?i)\s*[–-]\s*(?=[$€£]?[0-9])|\s+(?:to|or|out\s+of|of(?:\s+every)?|in|and)\s+(?=\S)|-to-",
            self.text[figure.end : figure.end + 20],
        )
        if joint is None:
            return None, ""
        link = " ".join(joint.group().casefold().strip().split()).replace("-to-", "to")
        at = figure.end + joint.end()
        i = figure.stop
        while i < len(self.tokens) and self.tokens[i].start < at:
            i += 1
        if i >= len(self.tokens) or self.tokens[i].start != at:
            return None, ""
        if link in {"-", "–"}:
            token = self.tokens[i]
            second = self._digits(i, None) if token.kind == "digits" else self._figure(i)
            second = self._with_unit(second) if second is not None and second.unit is None else second
        else:
            second = self._figure(i)
        if second is None or (
            link == "in" and not (figure.unit is None and figure.value < second.value and figure.value <= 10)
        ):
            return None, ""
        if link == "and" and not re.search(
            r"(?i)\bbetween\s+(?:about\s+|some\s+)?$", self.text[max(0, figure.start - 20) : figure.start]
        ):
            return None, ""
        return second, link

    def _is_range(self, figure: _Figure, second: _Figure, link: str) -> bool:
        """Whether two ascending numbers are a range, not a change, a score or a ratio."""
        before = self.text[max(0, figure.start - 40) : figure.start]
        if link in _RATIOS or re.search(r"(?i)\bfrom\s+$", before):
            return False
        if link == "and":
            return True
        clear = second.unit is not None or second.scaled >= 1e3 or self._noun(second.stop) is not None
        if _SCORING.search(before):
            return clear and link not in {"-", "–"}
        bound = _BOUND.search(before)
        return clear or bound is not None or link in {"to", "or"}

    def _refused(self, figure: _Figure, i: int) -> bool:
        """Whether a number alone is a score, a fraction, a ratio's half or a pronoun."""
        if self._low(i - 1) in {"-", "–"} and (self._low(i - 2) in _TENS or self._low(i - 2) in _SMALL):
            return True  # "thirty - four"
        if figure.stop < len(self.tokens):
            nxt = self.tokens[figure.stop]
            if nxt.low in {"-", "–"} and figure.stop + 1 < len(self.tokens):
                after = self.tokens[figure.stop + 1]
                known = after.low in _COMPOUNDS
                if (after.start == nxt.end == figure.end + 1 or after.low in _SMALL) and not (
                    known and not figure.word_one
                ):
                    return True
            if nxt.low in {"−", "=", "×", "÷"} or self._low(i - 1) in {"−", "=", "×", "÷"}:
                return True
            if (nxt.low in _NO_NOUN_FIGURE or (nxt.kind == "digits" and figure.unit is None)) and self._follows(
                figure.stop
            ):
                return True
        if (
            not figure.in_digits
            and figure.unit is None
            and self.tokens[i].raw[:1].isupper()
            and not self._starts_sentence(i)
        ):
            return True
        if figure.word_one:
            if self._low(i - 1) in {
                "no",
                "any",
                "every",
                "each",
                "which",
                "this",
                "that",
                "the",
                "another",
                "not",
                "number",
                "a",
            }:
                return True
            if figure.unit is not None:
                return figure.unit in _TIME_TO_SKIP_ONE and not figure.hyphen
            return not (self._follows(figure.stop) and self._low(figure.stop) in _COUNTED)
        return False

    def _starts_sentence(self, i: int) -> bool:
        return i == 0 or self._gap(i) == "|" or "\n" in self._gap(i) or self.tokens[i - 1].low in set(".!?:\"“”'‘(–—-")

    def _bounds_before(
        self, start: int, free: int, low: float, high: float, unit: str | None
    ) -> tuple[int, float | None, float | None]:
        """Take in up to two bounding phrases before the number ("at least some")."""
        q_low, q_high = self._widen(low, high, "")
        last = ""
        for turn in range(2):
            match = _BOUND.search(self.text, max(free, start - 30), start)
            if match is None or "\n\n" in match.group():
                break
            kind = str(match.lastgroup)
            if (
                kind in {"low", "high"}
                and unit in _DURATIONS
                and re.match(r"(?i)(?:over|under|above|below)\b", match.group())
            ):
                break
            if turn == 1 and not (kind in {"low", "high"} and last in {"about", "nearly", "just_over"}):
                break
            base_low, base_high = (low, high) if turn == 0 else (q_low or low, q_high or high)
            q_low, q_high = self._widen(base_low, base_high, kind)
            start, last = match.start(), kind
        return start, q_low, q_high

    @staticmethod
    def _widen(low: float, high: float, kind: str) -> tuple[float | None, float | None]:
        """Apply a bounding phrase to [low, high]."""
        if kind == "low":
            return low, None
        if kind == "high":
            return None, high
        down = low - abs(low) * 0.1 if kind in {"about", "nearly"} else low
        up = high + abs(high) * 0.1 if kind in {"about", "just_over"} else high
        return down, up

    def _not_a_year(self, figure: _Figure, of: str | None, stop: int, bounded: bool) -> bool:
        """Whether four digits without a comma are a count after all."""
        if of is None:
            return False
        year = _PRECEDES_YEAR.search(self.text[max(0, figure.start - 14) : figure.start])
        if 1900 <= figure.value < 2100:
            persons = self._low(stop) in _PERSONS
            return persons and not year
        return bounded or not year

    def _labelled(self, i: int, clear: bool, bounded: bool) -> bool:
        """Whether the word before makes the number a name: "Article 5", "Falcon 9"."""
        if bounded or i == 0 or not self._follows(i):
            return self._low(i - 1) == "." and self._low(i - 2) in {"no", "nos", "vol", "art", "fig", "pp", "p"}
        before = self.tokens[i - 1]
        if before.kind != "word":
            return before.low == "." and self._low(i - 2) in {"no", "nos", "vol", "art", "fig", "pp", "p"}
        if before.low in _LABELS and self.tokens[i].raw[:1] not in "$€£":
            return True
        if clear or not before.raw[:1].isupper() or before.low in _FUNCTION or before.low.endswith("ed"):
            return False
        return not self._starts_sentence(i - 1) or self.tokens[i].kind == "digits"

    def _is_age(self, figure: _Figure, i: int, start: int) -> bool:
        """Whether a number without a noun reads as an age: "Smith, 69,", "people under 30"."""
        if re.match(r"(?i)(?:under|over)\b", self.text[start : start + 6]):
            return True
        named = self._low(i - 1) == "," and i >= 2 and self.tokens[i - 2].raw[:1].isupper() and figure.in_digits
        return named and 1 <= figure.value <= 120 and self._low(figure.stop) in {",", ".", ";", ")", ""}

    # what is counted

    def _of(self, figure: _Figure, stop: int, unit: str | None) -> str | None:
        """Find the counted noun, or what a share is a share of."""
        if unit == "percent" and not figure.hyphen and self._low(stop) == "of" and self._follows(stop):
            return self._noun(self._past_determiners(stop + 1), singular_too=True)
        if unit is not None:
            return None
        token = self._token(stop)
        if token is not None and token.low in {"-", "–"} and token.start == figure.end and stop + 1 < len(self.tokens):
            return singular(self._low(stop + 1))
        return self._noun_after(stop)

    def _noun_after(self, i: int) -> str | None:
        """Find the counted noun after a number, "of the" passed over."""
        if self._low(i) == "of" and self._follows(i):
            after = self._past_determiners(i + 1)
            return self._noun(after)
        return self._noun(i, singular_too=False) or (
            singular(self._low(i))
            if self._follows(i) and self._low(i) in _COUNTED and self._low(i - 1) == "one"
            else None
        )

    def _past_determiners(self, i: int) -> int:
        while (
            self._low(i) in {"the", "these", "those", "its", "their", "his", "her", "our", "all"}
            or self._low(i) in _SMALL
        ):
            i += 1
        return i

    def _noun(self, i: int, *, singular_too: bool = False) -> str | None:
        """Find the head noun of the words from token i: modifiers, then a plural; None where it is not clear."""
        for j in range(i, min(i + 5, len(self.tokens))):
            token = self.tokens[j]
            if token.kind != "word" or not (self._follows(j) or self._hyphened_to(j)):
                if token.low == "-" and not self._gap(j):
                    continue
                return None
            if self._low(j + 1) == "-" and not self._gap(j + 1) and j + 2 < len(self.tokens) and not self._gap(j + 2):
                continue
            if self._is_plural(token):
                after = self._token(j + 1)
                if after is not None and self._follows(j + 1) and after.kind == "word" and self._is_plural(after):
                    token = after
                return singular(token.raw)
            if singular_too and token.raw.islower() and token.low not in _NOT_NOUNS and self._ends_phrase(j + 1):
                return token.low
            if not (self._is_modifier(token) or self._hyphened_to(j)):
                return None
        return None

    def _hyphened_to(self, j: int) -> bool:
        return j >= 2 and self.tokens[j - 1].low == "-" and not self._gap(j) and not self._gap(j - 1)

    def _ends_phrase(self, i: int) -> bool:
        token = self._token(i)
        return token is None or not self._follows(i) or token.kind == "mark" or token.low in _FUNCTION

    @staticmethod
    def _is_plural(token: _Token) -> bool:
        low = token.low
        if token.raw.isupper() or "'" in low or "’" in low or low in _NOT_NOUNS or low in _NAMES_IN_S:
            return False
        if low in _IRREGULAR_NOUNS or low in _UNMARKED_PLURALS or (low.endswith("men") and singular(low) != low):
            return True
        return len(low) > 3 and low.endswith("s") and not _ALREADY_SINGULAR.search(low) and low.isalpha()

    @staticmethod
    def _is_modifier(token: _Token) -> bool:
        low = token.low
        if token.raw.isupper() and len(token.raw) > 1:
            return True
        if low in _NOT_NOUNS and low not in _MODIFIERS:
            return False
        return token.raw[:1].isupper() or low in _MODIFIERS or _MODIFIER_ENDING.search(low) is not None

    def _vague(self, i: int) -> tuple[Quantity, int] | None:
        """Read "dozens", "tens of thousands", "several hundred": a low bound without a figure."""
        word = self._low(i)
        start = self.tokens[i].start
        if self.tokens[i].kind != "word" or (start and self.text[start - 1] in "-–'’/"):
            return None
        j = i + 1
        if word in _VAGUE:
            low = 2 * _VAGUE[word]
            while self._low(j) == "of" and self._follows(j) and self._follows(j + 1) and self._low(j + 1) in _VAGUE:
                low *= _VAGUE[self._low(j + 1)]
                j += 2
            if word in {"tens", "scores"} and j == i + 1 and not (self._low(j) == "of" and self._noun_after(j)):
                return None
        else:
            at = {"several": i + 1, "few": i + 1, "many": i + 1}.get(
                word, i + 2 if word == "a" and self._low(i + 1) == "few" else 0
            )
            if not at or not self._follows(at) or self._low(at) not in _VAGUE_SINGULAR:
                return None
            low, j = 2 * _VAGUE_SINGULAR[self._low(at)], at + 1
            if self._follows(j) and self._low(at) == "hundred" and self._low(j) in _SCALES:
                low, j = low * _SCALES[self._low(j)], j + 1
        end = self.tokens[j - 1].end
        if self.text[end : end + 1] in {"-", "'", "’", "/"} and self.text[end : end + 1]:
            return None
        match = _UNIT.match(self.text, end)
        unit = None
        if match is None and self._low(j) == "of" and self._follows(j):
            match = _UNIT.match(self.text, self.tokens[j].end)
        if match is not None and match["gap"] not in {"", "-"}:
            unit = _UNITS.get(re.sub(r"[\s-]", " ", match["unit"].casefold()))
            end = match.end()
            while j < len(self.tokens) and self.tokens[j].start < end:
                j += 1
        of = None if unit else self._noun_after(j)
        return Quantity(value=None, low=low, high=None, unit=unit, of=of, span=Span(start, end)), j
