"""When two texts put one act at two times, and when that can't be said."""

from __future__ import annotations

import pytest

from claimtrack.relations import conflicting_times

APART = [
    ("The bridge collapsed on 3 March 2015.", "The bridge collapsed on 4 March 2015."),
    ("The bridge collapsed on 3 March 2015.", "The bridge collapsed in April 2015."),
    ("The bridge collapsed on Monday.", "The bridge collapsed on Thursday."),
    ("On Monday, the bridge collapsed.", "The bridge collapsed on Thursday."),
    ("Ana Ruiz was buried in 2011.", "Ana Ruiz was buried in 2015."),
    ("The law was passed before May 2012.", "The law was passed on 3 June 2012."),
    ("The law was passed after May 2012.", "The law was passed on 3 April 2012."),
    ("The treaty was signed on 5 July.", "The treaty was signed on 6 July."),
]
TOGETHER = {
    "a day of the month": ("The bridge collapsed in March 2015.", "The bridge collapsed on 3 March 2015."),
    "a day with and without its year": ("The treaty was signed on 5 July.", "The treaty was signed on 5 July 2010."),
    "by, and earlier": ("The law was passed by May 2012.", "The law was passed on 3 April 2012."),
    "what happens again and again": ("The club met on Monday.", "The club met on Thursday."),
    "another subject": ("The bridge collapsed on Monday.", "The tower collapsed on Thursday."),
    "another subject beside": ("The old bridge collapsed on Monday.", "The bridge collapsed on Thursday."),
    "open": ("The bridge may have collapsed on Monday.", "The bridge may have collapsed on Thursday."),
    "denied": ("The bridge did not collapse on Monday.", "The bridge collapsed on Thursday."),
    "not denied in one": ("The bridge wasn't opened on Monday.", "The bridge was opened on Thursday."),
    "a second time": ("The bridge collapsed again on Monday.", "The bridge collapsed again on Thursday."),
    "two times each": (
        "The fair opened on Monday and ended on Friday.",
        "The fair opened on Tuesday and ended on Friday.",
    ),
    "since": ("The road has been closed since 2011.", "The road has been closed since 2012."),
    "what may happen twice to one": ("Ana Ruiz was elected mayor in 2011.", "Ana Ruiz was elected mayor in 2015."),
    "two events": ("Two people were killed in a blast on Monday.", "Two people were killed in a blast on Thursday."),
    "a state of the market": ("Shares fell on Monday.", "Shares fell on Thursday."),
    "a day next to it": ("The bridge collapsed on Monday.", "The bridge collapsed on Tuesday."),
    "a day that names a thing": ("The Friday market burned down.", "The Saturday market burned down."),
    "the time of the saying": (
        "The minister said on Monday that the bank collapsed.",
        "The minister said on Friday that the bank collapsed.",
    ),
    "roles exchanged": (
        "The bank took over the firm, which collapsed in 2010.",
        "The firm took over the bank, which collapsed in 2015.",
    ),
    "a range of days": ("The treaty was signed on 3-7 March.", "The treaty was signed on 5 March."),
    "bounds without a year": ("The treaty was signed before 3 January.", "The treaty was signed in December."),
    "he": ("He died on Monday.", "He died on Friday."),
    "no time": ("The bridge collapsed.", "The bridge collapsed on Thursday."),
}


@pytest.mark.parametrize(("one", "two"), APART)
def test_one_act_at_two_times_is_a_conflict_in_either_order(one: str, two: str) -> None:
    assert conflicting_times(one, two) is not None
    assert conflicting_times(two, one) is not None


@pytest.mark.parametrize(("one", "two"), TOGETHER.values(), ids=TOGETHER.keys())
def test_silence_where_both_may_hold(one: str, two: str) -> None:
    """A false alarm is worse than a missed conflict."""
    assert conflicting_times(one, two) is None
    assert conflicting_times(two, one) is None


def test_the_conflict_is_told_in_the_words_of_the_texts() -> None:
    told = conflicting_times("On 2 March 2014 the mine burned down.", "The mine burned down in December 2014.")

    assert told == "on 2 March 2014 in one, in December 2014 in the other"


def test_weekdays_are_days_once_the_articles_have_dates() -> None:
    """Monday in an article of 12 September 2018 is the 10th; in one of a week later it is the 17th."""
    monday, same_day = "The bridge collapsed on Monday.", "The bridge collapsed on 10 September 2018."

    assert conflicting_times(monday, same_day, one_published="2018-09-12", two_published="2018-10-01") is None
    assert conflicting_times(monday, same_day, one_published="2018-09-19", two_published="2018-10-01") is not None
    assert conflicting_times(monday, monday, one_published="2018-09-12", two_published="2018-09-19") is None
    assert conflicting_times(monday, monday) is None
    yesterday = "The bridge collapsed yesterday."
    next_day = "The bridge collapsed on 12 September 2018."
    assert conflicting_times(yesterday, next_day, one_published="2018-09-12") is None, "a night may lie between"
    assert conflicting_times(yesterday, next_day, one_published="2018-09-11") is not None
    assert conflicting_times(yesterday, monday, one_published="2018-09-11", two_published="2018-09-12") is None
    assert conflicting_times(yesterday, monday, one_published="2018-09-15", two_published="2018-09-12") is not None
