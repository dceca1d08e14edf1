"""Which news agency wrote an article, as far as the article says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from claimtrack.records import Article

__all__ = ["agency_of"]

FIRST_LINES = 8
"""Lines with words at the start of a text that may hold a dateline or a credit: headline, byline, day, dateline."""

LAST_LINES = 6
"""Lines with words at the end of a text that may hold a sign-off, a credit or a copyright line."""

HEADLINE_LENGTH = 140
"""Most characters of a line before the text; a longer one is a piece of the text."""

HEAD_CHARACTERS = 4_000
TAIL_CHARACTERS = 2_500
LEAD_WORDS = 4
"""Least words after a dateline, which leads into a sentence; a caption that ends in a credit has none."""

REUTERS = "Reuters"
FOUNDATION = "Thomson Reuters Foundation"

# Agency -> spellings. What stands here in capitals ("AP", "SANA") is read in capitals only, other names in any case.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse"),
    "ANI": ("ANI", "Asian News International"),
    "ANP": ("ANP", "Algemeen Nederlands Persbureau"),
    "ANSA": ("ANSA",),
    "Anadolu": ("AA", "Anadolu", "Anadolu Agency", "Anadolu Ajansi", "Anadolu Ajansı"),
    "Antara": ("ANTARA", "Antara News"),
    "Associated Press": ("AP", "A.P.", "Associated Press", "apnews.com"),
    "Australian Associated Press": ("AAP", "Australian Associated Press"),
    "Belga": ("BELGA", "Belga News Agency"),
    "Bernama": ("BERNAMA", "Bernama"),
    "Bloomberg": ("Bloomberg", "Bloomberg News", "Bloomberg Opinion", "bloomberg.com"),
    "CNN": ("CNN", "CNN Wire", "CNN Newsource"),
    "Canadian Press": ("Canadian Press",),
    "EFE": ("EFE", "Agencia EFE"),
    "IANS": ("IANS", "Indo-Asian News Service"),
    "IRNA": ("IRNA", "Islamic Republic News Agency"),
    "Interfax": ("Interfax",),
    "Interfax-Ukraine": ("Interfax-Ukraine",),
    "KCNA": ("KCNA", "Korean Central News Agency"),
    "KUNA": ("KUNA", "Kuwait News Agency"),
    "Kyodo": ("Kyodo", "Kyodo News"),
    "NTB": ("NTB",),
    "PA Media": ("PA Media", "Press Association", "PA News Agency"),
    "PAP": ("PAP", "Polish Press Agency"),
    "PTI": ("PTI", "Press Trust of India"),
    "RIA Novosti": ("RIA Novosti",),
    REUTERS: ("Reuters", "Reuters Health", "Reuters Life!", "Reuters Breakingviews", "reuters.com"),
    "Ritzau": ("Ritzau",),
    "SANA": ("SANA", "Syrian Arab News Agency"),
    "TASS": ("TASS", "Tass", "ITAR-TASS", "Itar-Tass", "tass.com"),
    FOUNDATION: ("Thomson Reuters Foundation",),
    "UNIAN": ("UNIAN",),
    "UPI": ("UPI", "United Press International"),
    "Ukrinform": ("Ukrinform",),
    "WAFA": ("WAFA",),
    "WAM": ("WAM", "Emirates News Agency"),
    "Xinhua": ("Xinhua", "Xinhua News Agency", "xinhuanet.com"),
    "Yonhap": ("Yonhap", "Yonhap News Agency"),
    "dpa": ("DPA", "dpa", "dpa/tmn", "Deutsche Presse-Agentur", "Deutsche Presse Agentur"),
}
_AGENCY_OF = {spelling: agency for agency, spellings in _SPELLINGS.items() for spelling in spellings}
_FOLDED = {spelling.casefold(): agency for spelling, agency in _AGENCY_OF.items()}
_ANY_CASE = {spelling.casefold(): agency for spelling, agency in _AGENCY_OF.items() if not spelling.isupper()}
_ENDS_SENTENCES = frozenset({"ANI", "Bernama", "IANS", "KUNA", "PAP", "PTI", "SANA", "WAM", "Xinhua"})
"""Agencies whose texts end in their name in brackets; for others that is more often the credit of a picture."""

_INITIALS_TOO = frozenset({"AA"})
"""Read in datelines only: in a byline they may be somebody's initials."""

_CHART_SOURCES = frozenset({"Bloomberg"})
"""Agencies that "Source:" names below charts."""

_NEEDS_BRACKETS = frozenset({"AA", "AAP", "ANI", "ANP", "AP", "CNN", "NTB", "PAP", "PTI", "WAM"})
"""Too short to be an agency after a bare comma, as states are: "HARRISBURG, PA -"."""

_NAMES = "|".join(re.escape(spelling) for spelling in sorted(_AGENCY_OF, key=lambda name: (-len(name), name)))
_CAPITAL_NAMES = "|".join(
    re.escape(spelling.upper()) for spelling in sorted(_AGENCY_OF, key=lambda name: (-len(name), name))
)
_NAME = rf"(?P<name>{_NAMES}|{_CAPITAL_NAMES})"
_PAIRS = {"(": ")", "[": "]", "/": "/"}
_DASH = r"--+|[–—]|-(?=\s)"
_BRACKETED = re.compile(
    rf"(?P<before>[^()\[\]/]{{0,80}}?)(?P<open>[(\[/])\s?{_NAME}\s?(?P<close>[)\]/])\s?\.?\s?(?P<mark>{_DASH}|:)?\s*(?P<rest>.*)"
)
_BARE = re.compile(rf"(?P<before>[^()\[\]/]{{2,80}}?),\s?{_NAME}\s?(?P<mark>{_DASH})\s*(?P<rest>.*)")
_DAY = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b\.? ?\d{1,2}\b|"
    r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b|\b\d{4}-\d\d-\d\d\b",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset("al and de del der di do el la le of the".split())
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_HAS_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s|$)")

_BYLINE = re.compile(r"(?:[Bb]y|BY)\b:?\s+(?=\S)")
_BYLINE_END = re.compile(
    r"\s*[|,•·–—-]?\s*(?:\d{1,2}\.? \w{3,9}\.? \d{4}|\w{3,9}\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)\b.*$"
)
_BETWEEN_NAMES = re.compile(r"\s*[,|()•·–—]\s*|\s+-\s+")
_NO_PERSON = re.compile(
    r"\b(?:staff|our|from|with|wires?|agency|agencies|newsroom|desk|bureau|services?|news|times|post|press|tribune|"
    r"journal|media|tv|radio|television|herald|guardian|network|daily|online)\b",
    re.IGNORECASE,
)
_ROLE_END = re.compile(
    r"\s+(?:staff(?: writers?)?|writers?|reporters?|correspondents?|news agency|newswire|news|wire|agency)$",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(r"[(\[]?(?:source|agency|credit|via)\s?[:|]\s*(?P<name>[^:;]{2,60}?)[)\].]*", re.IGNORECASE)
_COPYRIGHT = re.compile(
    rf"(?:©|\([Cc]\)|[Cc]opyright)\s*(?:©|\([Cc]\))?\s*(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?,?)?\s*(?:by\s)?(?:[Tt]he\s)?{_NAME}"
    r"(?=\s*(?:[.,;|]|\d{4}|[Aa]ll [Rr]ights|$))"
)
_COPYRIGHT_OF_TEXT = re.compile(r"\b\d{4}\b|all rights", re.IGNORECASE)
_FIRST_PRINTED = re.compile(
    rf"[(\[]?[Tt]his (?:article|story|report|piece|text) (?:was |has been |is )?(?:(?:originally|first) (?:published|appeared)|"
    rf"(?:distributed|provided|supplied)) (?:by|on|in|from) (?:[Tt]he )?{_NAME}(?=[.,;)\]\s]|$)"
)
_AT_THE_END = re.compile(rf"[.!?…][\"'”’»]?\s*(?:--+|[–—]|\s-)\s?{_NAME}\.?$")
_IN_BRACKETS_AT_THE_END = re.compile(rf"[.!?…][\"'”’»]?\s*[(\[]{_NAME}[)\]]\.?$")
_SIGN_OFF = re.compile(
    r"(?:^|[(\[]|[.!?”\"]\s)\s?(?:Reporting|Writing)(?: and (?:writing|editing))? by\s(?P<between>[^()]{2,400}?)\b[Ee]diting by\s"
)


def agency_of(article: Article) -> str | None:
    """Name the news agency whose text an article says it carries.

    Parameters
    ----------
    article : Article

    Returns
    -------
    str or None
        The agency's usual name without "the": ``"Associated Press"``, ``"Reuters"``, ``"AFP"``; an agency that is not in
        the list, as ``wire`` spells it. None where the article names none, or more than one.

    Notes
    -----
    The marks, the first that is there decides:

    1. ``Article.wire``. ``"wire"`` alone says that it is some agency's text and not whose: it is no mark.
    2. A credit: a byline of nobody but the agency or its writers ("By REUTERS", "JANE DOE, Associated Press"), in
       ``Article.author`` or in the first lines; a dateline ("PARIS (AFP) -", "MOSCOW, March 3. /TASS/.") in the first
       lines; a line of its own, a dash and a name, "Source:", "This story was first published by" or a copyright line
       in the last lines.
    3. Reuters' sign-off, "Reporting by ...; editing by ...", in the last lines, if it names no agency.
    4. ``Article.source``, if that is the agency itself.

    "The Associated Press contributed to this report", "with agencies" and "Reuters, AFP" never count: the outlet wrote
    the text, or put it together. So do no names in running text ("told Reuters"), credits of pictures ("(AP Photo/...)",
    a caption that ends in "(Reuters)"), and letters that mean something else ("Harrisburg, PA -").

    Only marks in English texts are looked for. An outlet that carries an agency and does not say so is seen as a copy at
    best, see :func:`~claimtrack.independence.find_copies`.

    Examples
    --------
    >>> from claimtrack.records import Article
    >>> agency_of(Article(name="1", text="LONDON (Reuters) - The ferry sailed on Monday, its owners said."))
    'Reuters'
    >>> agency_of(Article(name="2", text="The ferry sailed on Monday, its owners told Reuters."))
    """
    if article.wire is not None and (named := _wire(article.wire)):
        return named
    first, last = _first_lines(article.text), _last_lines(article.text)
    credits = {*_credits_of_author(article), *_credits_at_start(first, article.outlet), *_credits_at_end(last)}
    if credits:
        return credits.pop() if len(credits) == 1 else None
    return _signed_off(last) or (_agency(article.source) if article.source else None)


def _wire(value: str) -> str | None:
    """Read the agency in an article's metadata; an unknown one goes by its own name."""
    name = " ".join(value.split())
    if name.casefold() in ("", "wire", "none", "na", "n/a", "null", "no", "-"):
        return None
    folded = name.casefold().removeprefix("the ")
    return _FOLDED.get(folded) or _FOLDED.get(_ROLE_END.sub("", folded)) or name


def _agency(name: str) -> str | None:
    """Look a name up; what the list has in capitals must be in capitals: "sana" may be somebody's name."""
    name = re.sub(r"^the\s+", "", " ".join(name.split()), flags=re.IGNORECASE)
    for spelling in (name, _ROLE_END.sub("", name)):
        agency = _AGENCY_OF.get(spelling) or _ANY_CASE.get(spelling.casefold())
        if agency and spelling not in _INITIALS_TOO:
            return agency
    return None


def _first_lines(text: str) -> list[str]:
    lines = (line.strip() for line in text[:HEAD_CHARACTERS].splitlines())
    return [line for line in lines if line][:FIRST_LINES]


def _last_lines(text: str) -> list[str]:
    lines = text[-TAIL_CHARACTERS:].splitlines()
    if len(text) > TAIL_CHARACTERS:
        lines[0] = f"… {lines[0]}"  # cut, so it is no line of its own
    return [line.strip() for line in lines if line.strip()][-LAST_LINES:]


def _credited(text: str, outlet: str) -> str | None:
    """Read a byline of an agency, or of its writers: "Associated Press", "JANE DOE, Associated Press"."""
    text = _BYLINE_END.sub("", _BYLINE.sub("", text, count=1).strip())
    parts = [part for part in _BETWEEN_NAMES.split(text) if part]
    agency = _agency(parts[-1]) if parts else None
    for part in parts[:-1]:
        is_outlet = part.casefold().removeprefix("the ") == outlet.casefold().removeprefix("the ")
        if is_outlet or not 2 <= len(part.split()) <= 8 or _NO_PERSON.search(part) or _agency(part):
            return None
    return agency


def _credits_of_author(article: Article) -> Iterator[str]:
    if (
        article.author is not None
        and len(article.author) <= 200
        and (agency := _credited(article.author, article.outlet))
    ):
        yield agency


def _credits_at_start(lines: Iterable[str], outlet: str) -> Iterator[str]:
    """Find datelines, and bylines that no sentence stands before: after one, a name alone credits a picture."""
    prose_before = False
    for line in lines:
        agency = _dateline(line)
        if agency is None and len(line) <= 160:
            if match := _SOURCE_LINE.fullmatch(line):
                agency = _source_line(match["name"])
            elif _BYLINE.match(line) or (not prose_before and not _BETWEEN_NAMES.search(line.strip("()[] "))):
                agency = _credited(line, outlet)
        if agency is not None:
            yield agency
        prose_before = prose_before or len(line) > HEADLINE_LENGTH or _HAS_SENTENCE.search(line) is not None


def _credits_at_end(lines: Sequence[str]) -> Iterator[str]:
    """Find a name alone after the last sentence, a name after a dash, "Source:", copyright and first publication."""
    for n, line in enumerate(lines):
        agency = None
        if match := _SOURCE_LINE.fullmatch(line):
            agency = _source_line(match["name"])
        elif match := _FIRST_PRINTED.match(line) or _copyright(line):
            agency = _agency(match["name"])
        elif n == len(lines) - 1:
            agency = _last_line(line, lines[n - 1] if n else "")
        if agency is not None:
            yield agency


def _copyright(line: str) -> re.Match[str] | None:
    """Read "© 2018 AFP"; without a year, "© AFP" credits a picture."""
    return _COPYRIGHT.match(line) if _COPYRIGHT_OF_TEXT.search(line) else None


def _source_line(name: str) -> str | None:
    agency = _agency(name)
    return None if agency in _CHART_SOURCES else agency


def _last_line(line: str, before: str) -> str | None:
    if match := _AT_THE_END.search(line):
        return _agency(match["name"])
    if match := _IN_BRACKETS_AT_THE_END.search(line):
        agency = _agency(match["name"])
        return agency if agency in _ENDS_SENTENCES else None
    alone = line.strip("()[]–—- ")
    return _agency(alone) if _SENTENCE_END.search(before) else None


def _dateline(line: str) -> str | None:
    """Read "PARIS, March 3 (AFP) -" at the start of a line; the agency in brackets, or after a comma before a dash."""
    match = _BRACKETED.match(line[:200])
    if match is not None and match["close"] == _PAIRS[match["open"]]:
        return _FOLDED[match["name"].casefold()] if _leads_in(match, line) else None
    match = _BARE.match(line[:200])
    if match is None or match["name"] in _NEEDS_BRACKETS:
        return None
    placed = _is_place(match["before"]) and (match["before"].isupper() or _DAY.search(match["before"]))
    return _FOLDED[match["name"].casefold()] if placed and _leads_in(match, line) else None


def _leads_in(match: re.Match[str], line: str) -> bool:
    """Whether place, agency and mark stand before a sentence, or make a line of their own with a place in capitals."""
    before, mark, rest = match["before"].strip(" ,.\u00a0"), match["mark"], line[match.start("rest") :]
    if not _is_place(before):
        return False
    if not rest:
        return before.isupper()
    if mark == ":" and match["name"] == "AP":
        return False  # Vijayawada (AP):
    if not mark and not _DAY.search(before):
        return False
    return len(rest.split()) >= LEAD_WORDS and not rest[0].islower()


def _is_place(text: str) -> bool:
    """Whether words may be a place and a day: few, with a capital or a figure each."""
    words = re.findall(r"[^\s,./]+", _DAY.sub(" ", text))
    return len(words) <= 8 and all(
        word[0].isupper() or word[0].isdigit() or word in _SMALL_WORDS or not word[0].isalpha() for word in words
    )


def _signed_off(lines: Sequence[str]) -> str | None:
    """Read Reuters' sign-off, "(Reporting by ...; Editing by ...)"; if it names an agency, it is another outlet's."""
    tail = " ".join(lines)[-1_000:]
    match = _SIGN_OFF.search(tail)
    if match is None:
        return None
    if FOUNDATION in tail[match.start() :]:
        return FOUNDATION
    return None if re.search(rf"\b(?:{_NAMES})\b", match["between"]) else REUTERS
