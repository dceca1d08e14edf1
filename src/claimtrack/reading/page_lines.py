"""What single lines of a news page are when they are no part of the report.

Each rule names the form of a line, never one outlet or one story. Two kinds of caution keep prose in: a rule of words
holds only for the whole line or its beginning, and a line that reports speech ("... , she told reporters") is prose
whatever else it says.
"""

from __future__ import annotations

import functools
import re

from claimtrack.reading.blocks import BlockKind
from claimtrack.reading.dates import AGENCIES, dated_line
from claimtrack.reading.page_rules import (
    AGENCY_SLASH_END,
    BARE_AGENCY_END,
    BYLINE,
    BYLINE_LINKS,
    CALENDAR,
    CAPTIONS,
    CLOSING,
    COUNTED,
    CREDIT_OF_NAMES,
    CREDITS,
    HOME_PATH,
    LABELS,
    LONGEST_CAPTION,
    NAV_LINE,
    PATH_MARK,
    RESIDUE,
)

__all__ = [
    "address_to_reader",
    "closing_credit",
    "ends_sentence",
    "fold",
    "has_finite_verb",
    "is_outlet",
    "line_kind",
    "opens_list",
    "reports_speech",
    "words",
]

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_FOLDS = str.maketrans({
    "‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "\xa0": " ", "\u202f": " ", "\u200b": "", "\ufeff": "", "…": "...",
})  # fmt: skip
_LONGEST_RULE = 700  # characters; a longer line is a paragraph, and rules on it would only cost time


def words(text: str) -> list[str]:
    """Split into words, "Hay'at" and "de-escalation" being one each."""
    return _WORD.findall(text)


def fold(text: str) -> str:
    """Lower the case, make quotes and dashes plain and white space single: the form that the rules are written in."""
    return " ".join(text.translate(_FOLDS).casefold().split())


_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]*_]*$|[:;,]$")


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does, or as one that goes on in the next line ("He said:")."""
    return _SENTENCE_END.search(line) is not None


_REPORTING = re.compile(
    r"\b(?:said|says|saying|told|tells|added|adding|stated|claimed|claims|wrote|announced|warned|warns|asked|argued|insisted|explained|"
    r"according to|declared|confirmed|denied|accused|stressed|urged|tweeted|testified|replied|recalled|vowed|pledged to|promised)\b"
)


def reports_speech(folded: str) -> bool:
    """Whether the line says that somebody said something, as prose does and page furniture does not."""
    return _REPORTING.search(folded) is not None


_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|does|did|isn't|aren't|wasn't|"
    r"weren't|hasn't|haven't|won't|wouldn't|can't|couldn't|doesn't|didn't|don't|said|says|told|went|came|took|made|began|became)\b"
)


def has_finite_verb(folded: str) -> bool:
    """Whether a common finite verb stands in the line; a light cue, no parse."""
    return _FINITE.search(folded) is not None


_OUTLET = re.compile(
    r"(?:news|times|post|agency|observer|herald|press|journal|tribune|gazette|daily|guardian|telegraph|chronicle|monitor|"
    r"standard|courier|examiner|inquirer|dispatch|mirror|bulletin|globe|sentinel|star|today|weekly|review|broadcasting|"
    r"newspaper|media|radio|television|tv|network|wire|newswire|magazine|online|report|mail|express|independent)"
)
_NAME_LINKS = frozenset({"the", "of", "and", "for", "in", "on", "de", "al", "el", "la", "le", "&"})


def is_outlet(line: str) -> bool:
    """Whether the line is the name of a news outlet: an agency, or a short name that ends in a typical word."""
    name = line.strip(" .|-–—:()[]")
    if name in AGENCIES:
        return True
    parts = name.split()
    if not 2 <= len(parts) <= 5 or not all(p[0].isupper() or p.casefold() in _NAME_LINKS for p in parts):
        return False
    return _OUTLET.fullmatch(parts[-1].casefold()) is not None


@functools.cache
def _closing_form() -> re.Pattern[str]:
    return re.compile(CLOSING, re.VERBOSE)


_CLOSING_KINDS = {"photo": BlockKind.CAPTION, "credit": BlockKind.CREDIT, "residue": BlockKind.RESIDUE}


def closing_credit(text: str, offset: int) -> tuple[int, BlockKind] | None:
    """Find what is glued to the end of a paragraph, such as " (Source: ...)", from `offset` on.

    Returns
    -------
    (int, BlockKind) or None
        Where it starts, the white space before it included, and of what kind it is.
    """
    match = _closing_form().search(text, offset)
    if match is None or match.lastgroup is None:
        return None
    return match.start(), _CLOSING_KINDS[match.lastgroup]


@functools.cache
def _compiled(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Compile a table of rules when it is first needed, which an import of the package is not."""
    return re.compile("|".join(f"(?:{form})" for form in forms))


def _fits(forms: tuple[str, ...], folded: str) -> bool:
    return _compiled(forms).fullmatch(folded) is not None


@functools.lru_cache(maxsize=8192)
def line_kind(line: str) -> BlockKind | None:
    """Tell what a line is by its own words alone.

    Parameters
    ----------
    line : str
        One line without white space around it.

    Returns
    -------
    BlockKind or None
        ``RESIDUE``, ``CREDIT``, ``CAPTION`` or ``DATELINE``; None where no rule fits, so that the line is prose or a
        headline.
    """
    if len(line) > _LONGEST_RULE:
        return None
    folded = fold(line)
    if not any(c.isalpha() for c in folded) or _is_counter(folded):
        return BlockKind.DATELINE if dated_line(line) is not None else BlockKind.RESIDUE
    n_words = len(folded.split())
    if n_words <= 14 and _fits(NAV_LINE, folded.strip(' .:!*"-|>[](){}+_')):
        return BlockKind.RESIDUE
    if dated_line(line) is not None:
        return BlockKind.DATELINE
    if line.strip(" .()[]") in (*AGENCIES, "ASSOCIATED PRESS", "REUTERS"):
        return BlockKind.CREDIT
    if _is_byline(line):
        return BlockKind.CREDIT
    quoted = line[0] in "\"“”'‘«" and any(c in line[1:] for c in "\"”’»'") and n_words > 3
    if reports_speech(folded) and not folded.startswith(
        ("reporting by", "(reporting by", "translated by", "source:", "photo")
    ):
        return BlockKind.CAPTION if _is_caption(folded, line, n_words) else None
    if _is_caption(folded, line, n_words):
        return BlockKind.CAPTION
    if n_words <= 70 and (_is_credit(line) or _fits(CREDITS, folded)):
        return BlockKind.CREDIT
    if quoted and not folded.startswith(('"follow ', '"for the latest', '"for more')):
        return None
    if n_words <= 30 and (
        HOME_PATH.fullmatch(folded) or (PATH_MARK.match(folded) and not ends_sentence(line) and _titled(line))
    ):
        return BlockKind.RESIDUE
    if _fits(RESIDUE, folded):
        return BlockKind.RESIDUE
    if not ends_sentence(line) and not has_finite_verb(folded) and not _titled(line) and _fits(LABELS, folded):
        return BlockKind.RESIDUE
    return None


def _titled(line: str) -> bool:
    """Whether nearly every word of some weight has a capital, and no verb's ending gives a sentence away."""
    heavy = [w for w in words(line) if len(w) > 3]
    return len(heavy) >= 3 and sum(w[0].isupper() or w[0].isdigit() for w in heavy) >= 0.8 * len(heavy)


def _is_counter(folded: str) -> bool:
    tokens = re.findall(r"\d[\d.,]*(?:k|m|bn)?|[$€£¥₹%+]|[^\W\d_]+", folded)
    rest = [t for t in tokens if not (t[0].isdigit() or t in "$€£¥₹%+")]
    return 0 < len(tokens) <= 14 and len(rest) < len(tokens) and all(t in COUNTED for t in rest)


def _is_byline(line: str) -> bool:
    match = BYLINE.fullmatch(line)
    return match is not None and not line.endswith((".", "?", "!")) and _names_only(match["names"])


def _is_credit(line: str) -> bool:
    """Whether the line says who reported, wrote or took it: "Reporting by: A. B.; editing by C. D."."""
    match = CREDIT_OF_NAMES.fullmatch(line)
    if match is None:
        return False
    return match["colon"] is not None or _names_only(match["names"], least=1)


def _names_only(text: str, *, least: int = 2) -> bool:
    """Whether a text is names, roles and little words that join them, as a byline is and a sentence is not."""
    names = words(text)
    if not 0 < len(names) <= 24 or names[0].casefold() in CALENDAR:
        return False
    capitals = [w for w in names if w[0].isupper() or w[0].isdigit()]
    others = [w for w in names if not (w[0].isupper() or w[0].isdigit())]
    return len(capitals) >= least and all(w in BYLINE_LINKS or w in {"am", "pm", "a.m", "p.m"} for w in others)


def _is_caption(folded: str, line: str, n_words: int) -> bool:
    if n_words > LONGEST_CAPTION:
        return False
    if _fits(CAPTIONS, folded):
        return len(re.findall(r"[.!?]\W+(?=[A-Z“\"])", line)) <= 3
    return n_words <= 35 and (
        BARE_AGENCY_END.fullmatch(line) is not None or AGENCY_SLASH_END.fullmatch(line) is not None
    )


_LIST_OPENER = re.compile(
    r"(?:related|recommended|trending|popular|most read|most popular|most viewed|read next|read more|see also|more (?:from|on|stories|news)|"
    r"latest (?:news|stories|posts|articles)|recent (?:posts|articles|news|stories|comments)|you (?:may|might) (?:also )?like|top stories|"
    r"editor'?s'? picks?|don't miss|up next|next|helpful|useful|key ?words|tags|topics|categories|archives|share|follow us|sponsored)\b"
)


def opens_list(folded: str) -> bool:
    """Whether what follows is likely a list of other stories, tags or links."""
    return _LIST_OPENER.match(folded) is not None


_PAGE_WORDS = re.compile(
    r"\b(?:newsletters?|subscri\w+|donat\w+|sign(?:ed|ing)? up|inbox|follow|twitter|facebook|instagram|telegram|youtube|whatsapp|comments?|"
    r"e-?mails?|web ?sites?|site|web page|page|articles?|contents?|cookies?|privacy|key ?words?|tags?|advert\w*|sponsors?|apps?|account|log ?in|"
    r"register|click|share|journalism|podcasts?|channel|readers?|contribution|patreon|paypal|"
    r"(?:support us|supporting us|fund us|helping us|(?:support|supporting|fund|funding|help|helping) our (?:work|journalism|site|project|team|reporting))|our work|useful|like this)\b"
)
_ADDRESS = re.compile(r"\b(?:you|your|us|our|please|here|we)\b")
_IMPERATIVE = re.compile(
    r"(?:please|sign|subscribe|follow|join|get|click|share|donate|support|help|read|see|visit|like|register|log|download|enter|send|tell|"
    r"write|post|leave|add|don't|stay|become|give|contribute|consider|fill|find|discover|explore|check|keep|never miss|want|enjoy\w*|did you|do you|"
    r"have you|would you|if you)\b"
)


def address_to_reader(folded: str) -> bool:
    """Whether a short line at the edge of a page speaks to its reader about the page.

    Looser than :func:`line_kind`, so only for lines before the first and after the last paragraph of prose.
    """
    if len(folded.split()) > 35 or reports_speech(folded) or folded[0] in "\"'":
        return False
    n_page = len(_PAGE_WORDS.findall(folded))
    n_address = len(_ADDRESS.findall(folded))
    if _IMPERATIVE.match(folded):
        return n_page >= 2 or (n_page >= 1 and n_address >= 1)
    return n_address >= 1 and (n_page >= 2 or (n_page >= 1 and folded.endswith(("!", "?", ">"))))
