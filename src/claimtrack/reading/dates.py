"""Dates in lines of their own, and the datelines that open a report."""

from __future__ import annotations

import datetime
import re

import attrs

__all__ = ["AGENCIES", "DatedLine", "Dateline", "dated_line", "find_date", "iso_day", "opening_dateline"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WRITTEN = tuple(
    re.compile(rf"(?<![\w.]){form}(?![\w])", re.IGNORECASE)
    for form in (
        rf"{_DAY}(?: of)?[ -]{_MONTH}(?:,?[ -]+{_YEAR})?",
        rf"{_MONTH} {_DAY}(?:(?:,| ,)? +{_YEAR})?",
        rf"{_YEAR}[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)",
        rf"(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.{_YEAR}",
        rf"(?P<first>[0-3]?\d)[/-](?P<second>[0-3]?\d)[/-]{_YEAR}",
        rf"{_MONTH},? {_YEAR}",
    )
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?(?!\w)"
_TIME = (
    r"(?:at )?(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d){1,2}(?:\.\d+)?\s*(?:[ap]\.?\s?m\b\.?)?"
    r"|(?:at )?[01]?\d\s?[ap]\.?\s?m\b\.?|\d{4} (?:gmt|utc)"
)
_ZONE = r"(?:gmt|utc|z|[aecmp][sd]?t|bst|cest|eest|eet|msk|ist|local time|all times \w+|[+-]\d\d:?\d\d)(?!\w)(?: ?[+-]\d\d?(?::?\d\d)?)?"
_LABEL = (
    r"\d+ min(?:ute)?s? read|(?:first |originally |last |date |time )?(?:published|posted|updated|modified|created|released|issued|edited|date|time|dated|on|"
    r"uploaded|added|revised|publication date|release date|update)(?: (?:on|at|date|time))?(?: ?:)?(?!\w)"
)
_AGO = r"(?:about |over )?(?:\d+|an?|one|two) (?:second|minute|min|hour|hr|day|week|month|year)s? ago|today|yesterday|just now"
_FRAMES = tuple(re.compile(rf"(?<!\w)(?:{form})", re.IGNORECASE) for form in (_AGO, _TIME, _ZONE, _WEEKDAY, _LABEL))
_SEPARATORS = re.compile(r"[\s,|•·:;/()\[\]@*_.–—−-]+")
_ISO_TIME = re.compile(r"(?<=\d)T(?=\d)")
_UPDATED = re.compile(r"updated|modified|edited|revised|update", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.'’-]*(?:[ ,]+(?:[A-Z][\w.'’-]*|de|la|el|al|and|of|the)){0,4}")

AGENCIES = (
    "Reuters", "AP", "AFP", "UPI", "EPA-EFE", "EPA", "EFE", "DPA", "dpa", "ANSA", "TASS", "RIA Novosti", "RIA", "Xinhua",
    "Anadolu Agency", "Anadolu", "AA", "SANA", "IRNA", "Fars", "Tasnim", "Sputnik", "Interfax", "Kyodo", "Yonhap", "PTI",
    "ANI", "IANS", "PA", "PA Media", "CNN", "BBC", "Bloomberg", "Thomson Reuters", "Associated Press",
    "The Associated Press", "Agence France-Presse", "United Press International", "Press Association", "Ukrinform",
    "Belga", "APA", "MENA", "WAM", "KUNA", "SPA", "Petra", "NNA", "Ma'an", "WAFA", "Getty Images", "Getty", "VOA", "RFE/RL",
    "Deutsche Presse-Agentur", "Canadian Press", "The Canadian Press", "AAP", "Hawar", "ANHA", "ANF", "Rudaw",
)  # fmt: skip
_AGENCY = "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True))
_DATE = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, ?\d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})?|\d{4}-\d\d-\d\d)"
_PLACE = r"[A-ZÀ-Þ][\w.'’-]*(?:[ /][A-ZÀ-Þ][\w.'’-]*){0,3}"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{3,}(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}|[A-Z]{2,4} [A-ZÀ-Þ]{3,}(?: [A-ZÀ-Þ]{2,}){0,2}"
_REGION = rf"(?:, ?{_PLACE}){{0,2}}"
_DASH = r"(?:\s*(?:--+|[–—])\s*|\s*-\s+|\s+-\s*)"
_OPENINGS = tuple(
    re.compile(form)
    for form in (
        rf"(?:{_PLACE}{_REGION}(?:,? (?P<date>{_DATE}))?,? ?)?[(\[](?P<agency>{_AGENCY})[)\]]{_DASH}",
        rf"(?:{_CAPITALS}){_REGION}(?:,? (?P<date>{_DATE}))?,? ?[(\[](?P<agency>[A-Z][\w .&'’/-]{{1,30}})[)\]]{_DASH}",
        rf"{_PLACE}{_REGION},? ?(?P<date>{_DATE})? ?[(]?(?P<agency>{_AGENCY})[)]?{_DASH}",
        rf"(?:{_CAPITALS}){_REGION}(?:,? (?P<date>{_DATE}))?{_DASH}",
    )
)


@attrs.frozen(kw_only=True)
class DatedLine:
    """A line that says when, and nothing else but perhaps where.

    Parameters
    ----------
    date : str or None
        ISO date; None where the line gives no year, only a time, or day and month in an order that is open.
    updated : bool
        True where the line says that this is when the page was changed.
    """

    date: str | None
    updated: bool


@attrs.frozen(kw_only=True)
class Dateline:
    """Place, day and agency before the first words of a report.

    Parameters
    ----------
    end : int
        Number of characters up to the report's first word.
    agency : str or None
        What stands in brackets: "Reuters", "AP".
    date : str or None
        ISO date, where the year is given.
    """

    end: int
    agency: str | None
    date: str | None


def iso_day(written: str) -> str | None:
    """Give the day of an ISO date or timestamp as it is written, not moved to another time zone; None if it is neither.

    Examples
    --------
    >>> iso_day("2031-03-04T23:30:00-05:00")
    '2031-03-04'
    >>> iso_day("1612110530000") is None  # milliseconds since 1970, which would pass for an evening of 1612
    True
    """
    if written.isdigit() and len(written) != len("20310304"):
        return None
    try:
        return datetime.datetime.fromisoformat(written).date().isoformat()
    except ValueError:
        return None


def find_date(text: str) -> tuple[str | None, int, int] | None:
    """Find the first written date.

    Returns
    -------
    (ISO date or None, start, end) or None
        None as the date where the year is missing, the day does not exist or "03/04/2018" leaves open which is the day.
    """
    best: tuple[str | None, int, int] | None = None
    text = _ISO_TIME.sub(" ", text)
    for form in _WRITTEN:
        match = form.search(text)
        if match is not None and (best is None or match.start() < best[1]):
            best = (_iso(match.groupdict()), match.start(), match.end())
    return best


def _iso(parts: dict[str, str | None]) -> str | None:
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if year is None:
        return None
    if "first" in parts:
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        if first == second or second > 12:
            numbers = (first, second)
        elif first > 12:
            numbers = (second, first)
        else:
            return None
    elif month is None or day is None:
        return None
    else:
        numbers = (int(month) if month.isdigit() else _MONTHS[month.casefold()], int(day))
    try:
        return datetime.date(int(year), *numbers).isoformat()
    except ValueError:
        return None


def dated_line(line: str) -> DatedLine | None:
    """Read a line that holds a date or a time and nothing else but labels and perhaps a place or a name.

    Returns
    -------
    DatedLine or None
        None where the line holds other words: a date in running text says nothing of when it was published.
    """
    if len(line) > 120:
        return None
    found = find_date(line)
    rest = line if found is None else f"{line[: found[1]]} | {line[found[2] :]}"
    marks = found is not None
    for form in _FRAMES:
        rest, n = form.subn(" | ", rest)
        marks = marks or (n > 0 and form is not _FRAMES[-1] and form is not _FRAMES[-3])
    rest = _SEPARATORS.sub(" ", rest).strip()
    if not marks or not any(c.isdigit() or c.isalpha() for c in line):
        return None
    place_alone = (
        found is not None and found[0] is not None and _NAME.fullmatch(rest) is not None and len(rest.split()) <= 4
    )
    if rest and (not place_alone or line.rstrip().endswith(".")):
        return None
    return DatedLine(date=None if found is None else found[0], updated=_UPDATED.search(line) is not None)


def opening_dateline(line: str) -> Dateline | None:
    """Find the dateline that a paragraph opens with, such as "ISTANBUL, Sept 10 (Reuters) - ".

    A place without an agency counts only in capitals, and only where the report that follows starts with a capital
    letter, a figure or a quotation mark: "HTS — formerly Nusra — rejects the plan" opens with no dateline.
    """
    for form in _OPENINGS:
        match = form.match(line)
        if match is None or match.end() >= len(line) or len(match[0]) > 90:
            continue
        first = line[match.end()]
        if not (first.isupper() or first.isdigit() or first in "\"'“‘«("):
            continue
        parts = match.groupdict()
        found = find_date(parts.get("date") or "")
        return Dateline(end=match.end(), agency=parts.get("agency"), date=None if found is None else found[0])
    return None
