"""Calendar dates for "yesterday", "on Monday", "last month", counted from the day an article was published."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claimtrack.extraction.clauses import Clause

__all__ = ["calendar_dates"]

_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_AHEAD = {"next", "coming"}


def calendar_dates(clause: Clause, published: str | None) -> dict[int, str]:
    """Write the relative dates of a clause as calendar dates.

    A weekday is the last one before the article, that day included; the next one after it where the clause looks ahead
    ("will", "next"). "Last month" and "last year" become the month and the year; weeks stay as they are.

    Parameters
    ----------
    clause : Clause
    published : str or None
        ISO date of the article, with or without a time; nothing is rewritten without it.

    Returns
    -------
    dict of int to str
        What stands in place of each token, by its index.
    """
    if published is None:
        return {}
    day = dt.date.fromisoformat(published[:10])
    inside = {t.i for t in clause.tokens}
    ahead = any(t.lower_ in {"will", "'ll", "would", "shall", "plan", "plans", "due", "set"} for t in clause.tokens)
    rewrites: dict[int, str] = {}
    for token in clause.tokens:
        word = token.lower_
        if word in _DAYS and token.pos_ in {"NOUN", "ADV", "PROPN"} and not _owned(token) and _free(token):
            rewrites[token.i] = f"on {_written(day + dt.timedelta(days=_DAYS[word]))}"
        elif word in _WEEKDAYS and token.tag_ != "NNPS" and not _owned(token) and not _dated(token):
            before = token.nbor(-1).lower_ if token.i else ""
            if before in {"every", "each", "a", "the", "of"} or (
                before not in {"on", "by", "until", "since", "last", "next", "this"} and token.dep_ != "npadvmod"
            ):
                continue
            due = before in {"by", "until"} and not any(t.tag_ in {"VBD", "VBN"} for t in clause.tokens)
            later = before not in {"last", "since"} and (before in _AHEAD or ahead or due)
            step = (_WEEKDAYS[word] - day.weekday()) % 7 if later else -((day.weekday() - _WEEKDAYS[word]) % 7)
            if later and step == 0:
                step = 7
            if before == "last" and step == 0:
                step = -7
            rewrites[token.i] = f"{token.text}, {_written(day + dt.timedelta(days=step))}"
        elif word in {"month", "year"} and not _owned(token):
            opener = token.nbor(-1) if token.i else token
            if opener.i not in inside or opener.lower_ not in {"last", "next", "this"} or opener.head != token:
                continue
            shift = {"last": -1, "this": 0, "next": 1}[opener.lower_]
            if opener.i and opener.nbor(-1).lower_ in {
                "since",
                "in",
                "of",
                "by",
                "until",
                "from",
                "the",
                "for",
                "during",
                "over",
            }:
                continue
            rewrites[opener.i] = "in"
            rewrites[token.i] = str(day.year + shift) if word == "year" else _month(day, shift)
        elif word in _MONTHS and (number := _day_of_month(token)) is not None and not _has_year(token):
            year = _nearest_year(day, _MONTHS[word], number[1])
            if year is not None:
                rewrites[number[0].i] = f"{number[0].text}, {year}" if number[0].i > token.i else number[0].text
                if number[0].i < token.i:
                    rewrites[token.i] = f"{token.text} {year}"
    return rewrites


def _written(day: dt.date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _month(day: dt.date, shift: int) -> str:
    number = day.year * 12 + day.month - 1 + shift
    return f"{calendar.month_name[number % 12 + 1]} {number // 12}"


def _owned(token: Token) -> bool:
    """Tell whether a possessive follows ("yesterday's vote"), or the word only tells what kind of thing follows."""
    named = token.i > 0 and token.nbor(-1).pos_ == "PROPN" and token.nbor(-1).ent_type_ not in {"DATE", "TIME"}
    titled = named and token.nbor(-1).head in (token, token.head) and token.nbor(-1).dep_ in {"compound", "nmod"}
    return titled or token.dep_ in {"poss", "compound", "nmod", "amod"}  # "Fox News Sunday"


def _free(token: Token) -> bool:
    """Tell whether a day stands by itself, not behind a preposition ("until today")."""
    return token.dep_ in {"npadvmod", "advmod"}


def _dated(token: Token) -> bool:
    """Tell whether a month or a day of the month follows a weekday."""
    following = token.doc[token.i + 1 : token.i + 4]
    return any(t.lower_ in _MONTHS or (t.like_num and not t.is_alpha) for t in following)


def _day_of_month(month: Token) -> tuple[Token, int] | None:
    doc = month.doc
    for place in (month.i + 1, month.i - 1):
        if 0 <= place < len(doc):
            digits = doc[place].lower_.rstrip("stndrh")
            if digits.isascii() and digits.isdigit() and 1 <= int(digits) <= 31:
                return doc[place], int(digits)
    return None


def _has_year(month: Token) -> bool:
    near = month.doc[max(0, month.i - 3) : month.i + 5]
    return any(t.text.isascii() and t.text.isdigit() and len(t.text) == 4 for t in near)


def _nearest_year(day: dt.date, month: int, number: int) -> int | None:
    """Give the year in which a day of the year lies nearest to the article."""
    years = [y for y in (day.year - 1, day.year, day.year + 1) if number <= calendar.monthrange(y, month)[1]]
    found = [(abs((dt.date(year, month, number) - day).days), year) for year in years]
    return min(found)[1] if found else None
