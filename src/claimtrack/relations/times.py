"""Whether two texts put one and the same act at two different times."""

from __future__ import annotations

import calendar
import datetime
import functools
import re

from claimtrack.quantities import DateMention, find_dates

__all__ = ["conflicting_times"]

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LEADS = re.compile(r"(?i)\b(?P<lead>on|in|before|after|by)\s+$")
_PLAIN = frozenset({"", "on", "in"})
_ARTICLES = frozenset({"a", "an", "the", "has", "had"})
_RANGE = re.compile(r"(?i)\s*(?:-|–|to\b|and\b|or\b|through\b|until\b|till\b)\s*(?:\d|[A-Z])")
_UNSETTLED = frozenset(
    "not no never nobody none neither nor without cannot may might can could would should must if unless whether perhaps possibly "
    "every each annual annually again another other second third next previous also too only often yearly weekly monthly daily or but "
    "deny denies denied reject rejects rejected doubt doubts false failed fails refused refuses avoided said say says told tells claims "
    "claimed reported announced a an two three four five six seven eight nine ten several some many dozens hundreds he she it they we i "
    "you this that these those his her its their who which when while as where that after before because".split()
)
"""Words with which there may be two acts, or with which the time may belong to another verb."""
_ONCE = re.compile(
    r"(?i)\b(?:die[sd]|was born|was founded|was abolished|was repealed|was assassinated|was murdered|was executed|was buried|was extradited|"
    r"resign(?:s|ed)|collapse[sd]|sank|burn(?:s|ed|t) down|went bankrupt|took effect|takes effect|was signed|was ratified|was passed|was enacted|"
    r"was found dead|was demolished|was inaugurated|was unveiled|was acquitted|was sworn in)\b"
)
"""Acts that happen once to the one that they happen to."""
_NAMED = re.compile(r"^(?:[Tt]he\s|[A-Z][\w'’.-]+\s+[A-Z])")
"""How a text begins that says whom it is about: "The bridge", "Ana Ruiz"."""
_SLACK = 1
"""Days that two times may lie apart and still be one if a weekday or "yesterday" names one of them: a night, a date line."""


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
    Made to be silent when in doubt. Each text is a single clause that begins with a definite or full name and names one
    time; all other words are the same, in the same order, articles aside; the act is of a kind that happens once to the one
    it happens to (somebody dies, a bridge collapses, a law is passed); nothing leaves it open ("may", "again", "not") or
    tells of one of several ("a blast"); and the two times have no day in common, nor, where a weekday or "yesterday" names
    one of them, two days next to each other. "In March" and "on 3 March" do not conflict.

    Examples
    --------
    >>> conflicting_times("The bridge collapsed on 3 March 2015.", "The bridge collapsed in April 2015.")
    'on 3 March 2015 in one, in April 2015 in the other'
    """
    told_one, told_two = _told(one, one_published), _told(two, two_published)
    if told_one is None or told_two is None or told_one[2] != told_two[2]:
        return None
    (date_one, lead_one, _), (date_two, lead_two, _) = told_one, told_two
    if not _apart((date_one, lead_one), (date_two, lead_two)):
        return None
    said = [_said(text, date, lead) for text, date, lead in ((one, date_one, lead_one), (two, date_two, lead_two))]
    return f"{said[0]} in one, {said[1]} in the other"


@functools.lru_cache(maxsize=4096)
def _told(text: str, published: str | None) -> tuple[DateMention, str, tuple[str, ...]] | None:
    """Give the one time of a text, the preposition before it and all other words; None where it is not one clear act."""
    if not _ONCE.search(text):
        return None  # as most texts: their dates need not be found
    dates = find_dates(text, anchor=published)
    if len(dates) != 1:
        return None
    date = dates[0]
    before, after = text[: date.span.start], text[date.span.end :]
    named = date.span.slice(text)
    if re.search(r"\d\D*[-–]\D*\d|\band\b", named) and named != date.iso:
        return None  # a range, of which only the first day is known
    led = _LEADS.search(before)
    counted = date.weekday is None and date.iso is not None and not any(c.isdigit() for c in named)
    if (led is None and not counted) or _RANGE.match(after) or re.search(r"\d\s*[-–]\s*$", before):
        return None
    act = (before[: led.start()] if led else before) + " " + after
    act = act.strip(" ,")
    if not _NAMED.match(act) or not _ONCE.search(act) or re.search(r"[,;:?—()“”\"]", act):
        return None
    words = [m.group().casefold() for m in _WORD.finditer(act)]
    if _UNSETTLED & set(words) or any(word.endswith(("n't", "n’t")) for word in words):
        return None
    return date, led["lead"].casefold() if led else "", tuple(word for word in words if word not in _ARTICLES)


def _said(text: str, date: DateMention, lead: str) -> str:
    return f"{lead} {date.span.slice(text)}".strip(" .")


def _apart(one: tuple[DateMention, str], two: tuple[DateMention, str]) -> bool:
    """Whether two times have no day in common; nor, where a weekday or "yesterday" names one, two next to each other."""
    weekdays = one[0].weekday, two[0].weekday
    if weekdays[0] is not None and weekdays[1] is not None:
        round_the_week = (weekdays[0] - weekdays[1]) % 7
        if round_the_week in {0, _SLACK, 7 - _SLACK} or not {one[1], two[1]} <= _PLAIN:
            return False
    if one[0].iso is None or two[0].iso is None:
        return None not in weekdays
    dated = [not date.iso.startswith("-") for date in (one[0], two[0]) if date.iso]
    if dated[0] != dated[1] or (not dated[0] and not {one[1], two[1]} <= _PLAIN):
        return False  # a date with a year against one without
    first, second = _days(one[0].iso, one[1], year=dated[0]), _days(two[0].iso, two[1], year=dated[0])
    if first is None or second is None:
        return False
    counted = any(date.weekday is not None or not lead for date, lead in (one, two))  # "yesterday" has no preposition
    return max(first[0] - second[1], second[0] - first[1]) > (_SLACK if counted else 0)


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
