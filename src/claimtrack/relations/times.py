"""Whether two texts put one and the same act at two different times."""

from __future__ import annotations

import calendar
import datetime
import re

from claimtrack.quantities import DateMention, find_dates

__all__ = ["conflicting_times"]

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LEADS = re.compile(
    r"(?i)\b(?P<lead>on|in|at|of|before|after|by|until|till|since|from|between|to|for|next|last|this)\s+(?:the\s+)?$"
)
_PLAIN = frozenset({"", "on", "in", "at", "of"})
_LIGHT = frozenset("a an the had has have was were is are been be that it its on in at of by to".split())
_UNSETTLED = frozenset(
    "not no never nobody none nor may might could can would should if unless whether perhaps possibly every each annual annually again "
    "another other second third next previous also too usually often yearly weekly monthly daily or".split()
)
"""Words with which an act may well have happened at both times."""
_ONCE = re.compile(
    r"(?i)\b(?:die[sd]?|born|resign(?:s|ed)?|step(?:s|ped) down|founded|found dead|launche[sd]|launch|open(?:s|ed)|reopen(?:s|ed)|inaugurated?"
    r"|collapse[sd]|sank|sinks|crashe[sd]|explode[sd]|erupt(?:s|ed)|elected|re-?elected|appointed|sworn in|named|arrest(?:s|ed)|convict(?:s|ed)"
    r"|acquit(?:s|ted)|sentenced|execute[sd]|extradite[sd]|release[sd]|freed|sign(?:s|ed)|ratifie[sd]|passe[sd]|approve[sd]|abolishe[sd]"
    r"|repeal(?:s|ed)|enacted|adopt(?:s|ed)|took effect|takes effect|take effect|begins?|began|started|ends?|ended|expire[sd]?|close[sd]|shut|merge[sd]"
    r"|acquire[sd]|bought|sold|bankrupt|withdrew|withdraws?|pull(?:s|ed) out|invade[sd]|surrender(?:s|ed)|capture[sd]|fell|seized|assassinated|murdered|shot|stabbed|"
    r"killed|married|divorced|retire[sd]?|publishe[sd]|premiere[sd]|unveil(?:s|ed)|held|takes? place|took place|held|scheduled|postponed)\b"
)
"""Acts that happen once to the one that they happen to, as far as a text about it is concerned."""


def conflicting_times(
    one: str, two: str, *, one_published: str | None = None, two_published: str | None = None
) -> str | None:
    """Compare when two texts that tell the same act say that it happened.

    Parameters
    ----------
    one, two : str
        Plain English sentences.
    one_published, two_published : str, optional
        ISO dates of the articles: "on Monday" is a day only with them. Without, two weekdays are compared as such.

    Returns
    -------
    str or None
        The conflict for a reader ("on Monday in one, on Thursday in the other"), or None.

    Notes
    -----
    Made to be silent when in doubt. Each text names exactly one time; all other words are the same, light ones aside; the
    act is of a kind that happens once (somebody dies, a bridge collapses, a law is passed); nothing leaves it open
    ("may", "again", "not"); and the two times have no day in common. "In March" and "on 3 March" do not conflict.

    Examples
    --------
    >>> conflicting_times("The bridge collapsed on 3 March 2015.", "The bridge collapsed in April 2015.")
    'on 3 March 2015 in one, in April 2015 in the other'
    """
    told = [_told(text, published) for text, published in ((one, one_published), (two, two_published))]
    if told[0] is None or told[1] is None:
        return None
    (date_one, lead_one, rest_one), (date_two, lead_two, rest_two) = told[0], told[1]
    if rest_one != rest_two or not _apart((date_one, lead_one), (date_two, lead_two)):
        return None
    said = [_said(text, date, lead) for text, date, lead in ((one, date_one, lead_one), (two, date_two, lead_two))]
    return f"{said[0]} in one, {said[1]} in the other"


def _told(text: str, published: str | None) -> tuple[DateMention, str, tuple[str, ...]] | None:
    """Give the one time of a text, the preposition before it and all other words, sorted; None where it is not one."""
    dates = find_dates(text, anchor=published)
    if len(dates) != 1 or not _ONCE.search(text):
        return None
    date = dates[0]
    led = _LEADS.search(text[: date.span.start])
    start = led.start() if led else date.span.start
    words = [m.group().casefold() for m in _WORD.finditer(text[:start] + " " + text[date.span.end :])]
    if _UNSETTLED & set(words) or any(word.endswith(("n't", "n’t")) for word in words):
        return None
    return date, led["lead"].casefold() if led else "", tuple(sorted(word for word in words if word not in _LIGHT))


def _said(text: str, date: DateMention, lead: str) -> str:
    return f"{lead} {date.span.slice(text)}".strip()


def _apart(one: tuple[DateMention, str], two: tuple[DateMention, str]) -> bool:
    """Whether two times have no day in common."""
    if one[0].iso is None or two[0].iso is None:
        weekdays = {one[0].weekday, two[0].weekday}
        return None not in weekdays and len(weekdays) == 2 and one[1] in _PLAIN and two[1] in _PLAIN
    with_year = [not date.iso.startswith("-") for date, _ in (one, two) if date.iso]
    if with_year[0] != with_year[1] and any(date.iso is not None and len(date.iso) == 4 for date, _ in (one, two)):
        return False  # a year against a day without one
    days = [_days(date.iso, lead, year=all(with_year)) for date, lead in (one, two) if date.iso]
    if days[0] is None or days[1] is None:
        return False
    return days[0][1] < days[1][0] or days[1][1] < days[0][0]


def _days(iso: str, lead: str, *, year: bool) -> tuple[int, int] | None:
    """Give the first and last day that a time covers; None where the preposition leaves it open."""
    parts = re.fullmatch(r"(?P<year>\d{4}|-)(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?", iso)
    if parts is None:
        return None
    number = int(parts["year"]) if year else 2000
    month = int(parts["month"]) if parts["month"] else None
    try:
        first = datetime.date(number, month or 1, int(parts["day"] or 1))
        last = (
            first if parts["day"] else datetime.date(number, month or 12, calendar.monthrange(number, month or 12)[1])
        )
    except ValueError:
        return None
    if lead in _PLAIN:
        return first.toordinal(), last.toordinal()
    if lead == "before":
        return 0, first.toordinal() - 1
    if lead == "after":
        return last.toordinal() + 1, datetime.date.max.toordinal()
    if lead == "by":
        return 0, last.toordinal()
    return None
