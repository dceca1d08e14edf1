from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reading.dates import dated_line, find_date, opening_dateline
from claimtrack.reading.metadata import find_metadata

TITLE = "Harbour workers reject the ferry company's offer"
BODY = (
    "Dock workers in the port of Lindow voted on Tuesday against the pay offer of the ferry company, and their union said "
    "that the strike would go on until the board came back to the table with a better one.\n\n"
    "The company has 1,200 workers. On 3 March 2015, Reuters reported, it signed the last contract."
)


def test_the_headline_is_the_short_line_before_the_report() -> None:
    assert find_metadata(f"{TITLE}\n\n{BODY}").title == TITLE


@pytest.mark.parametrize(
    "head",
    [
        f"Search\n\n{TITLE}",
        f"Monday, 3 May 2021 10:00\n\n{TITLE}",
        f"Lindow Gazette\n\n{TITLE}",
        f"{TITLE.lower()}\n\n\n{TITLE}",
        f"{TITLE.lower()}\n\n\n{TITLE}\n\nWorkers at the gate. File photo: AP\n\nLindow News",
        f"0 $\n500 $\n\n{TITLE}\n\n{TITLE.replace(chr(39), '’')}",
        f"Ferry dispute goes on\n\n{TITLE}\n\nBy Ada Crane\n\n{TITLE}",
        f"Menu\n\n# {TITLE}",
        f"Home | News | Ports\n\n{TITLE}\n\nShare on Facebook",
    ],
)
def test_the_headline_is_found_among_other_lines(head: str) -> None:
    assert find_metadata(f"{head}\n\n{BODY}").title == TITLE


@pytest.mark.parametrize("text", [BODY, "Ferry company rejects demands", "", "Search\n\nMenu", BODY.split("\n\n")[0]])
def test_a_text_without_a_headline_has_none(text: str) -> None:
    assert find_metadata(text).title is None


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Monday, 10 September 2018 16:14", "2018-09-10"),
        ("September 10, 2018", "2018-09-10"),
        ("Sept. 10, 2018", "2018-09-10"),
        ("10 September 2018", "2018-09-10"),
        ("10th of September, 2018", "2018-09-10"),
        ("2018-09-10", "2018-09-10"),
        ("2018-09-10T16:14:00Z", "2018-09-10"),
        ("Published: 10 Sep 2018 16:14 GMT", "2018-09-10"),
        ("Posted on September 10, 2018 at 4:14 pm", "2018-09-10"),
        ("10.09.2018", "2018-09-10"),
        ("25/12/2018", "2018-12-25"),
        ("12/25/2018", "2018-12-25"),
        ("By Ada Crane | September 10, 2018", "2018-09-10"),
        ("Lindow, 10 September 2018", "2018-09-10"),
        ("Monday, 10 September", None),
        ("03/04/2018", None),
        ("31 February 2018", None),
        ("16:14", None),
        ("2018", None),
    ],
)
def test_the_day_is_read_from_a_line_of_its_own_before_or_after_the_report(line: str, published: str | None) -> None:
    assert find_metadata(f"{TITLE}\n\n{line}\n\n{BODY}").published == published
    assert find_metadata(f"{TITLE}\n\n{BODY}\n\n{line}").published == published


def test_a_date_in_running_text_is_not_the_day_of_publication() -> None:
    assert find_metadata(f"{TITLE}\n\n{BODY}").published is None
    assert find_metadata(f"{TITLE}\n\n{BODY}\n\n© 2021 Lindow Gazette").published is None


def test_the_day_of_publication_counts_for_more_than_that_of_a_change() -> None:
    assert find_metadata(f"Updated 12 May 2021\n\n{TITLE}\n\nPublished 4 May 2021\n\n{BODY}").published == "2021-05-04"
    assert find_metadata(f"{TITLE}\n\nUpdated 12 May 2021\n\n{BODY}").published == "2021-05-12"


@pytest.mark.parametrize(
    ("opening", "source", "published"),
    [
        ("LINDOW, Sept 10, 2018 (Reuters) - ", "Reuters", "2018-09-10"),
        ("LINDOW, Sept 10 (Reuters) - ", "Reuters", None),
        ("LINDOW (AP) — ", "AP", None),
        ("Lindow (AFP) – ", "AFP", None),
        ("LINDOW — ", None, None),
        ("", None, None),
    ],
)
def test_a_dateline_gives_agency_and_day(opening: str, source: str | None, published: str | None) -> None:
    found = find_metadata(f"{TITLE}\n\n{opening}{BODY}")

    assert (found.source, found.published) == (source, published)


@pytest.mark.parametrize(
    ("tail", "source", "author"),
    [
        ("Source: Lindow Gazette", "Lindow Gazette", None),
        ("(Source: Lindow Gazette)", "Lindow Gazette", None),
        ("Reporting by: Ada Crane | Source: Lindow Gazette", "Lindow Gazette", "Ada Crane"),
        ("Source: Lindow Gazette | Original reporting by: Ada van Crane", "Lindow Gazette", "Ada van Crane"),
        ("(Reporting by Ada Crane and Jo Pyke; editing by Max Rule)", None, "Ada Crane and Jo Pyke"),
        ("Reporting by Ada Crane; editing by Max Rule", None, "Ada Crane"),
        ("By Ada Crane", None, "Ada Crane"),
        ("By Ada Crane in Lindow", None, "Ada Crane"),
        ("By Ada Crane, Staff Writer", None, "Ada Crane"),
        ("Author: Ada Crane", None, "Ada Crane"),
        (
            "This article was translated and edited by The Harbour Observer. Responsibility for the information lies with the author.",
            "The Harbour Observer",
            None,
        ),
        (
            "The Harbour Observer was the editor of the original piece. Its author alone answers for the views given here.",
            "The Harbour Observer",
            None,
        ),
        ("Lindow Gazette", "Lindow Gazette", None),
        ("© 2021 The Lindow Gazette. All rights reserved.", "The Lindow Gazette", None),
        ("Photo: Ada Crane", None, None),
        ("Lindow is quiet", None, None),
    ],
)
def test_outlet_and_byline_are_read_from_credits(tail: str, source: str | None, author: str | None) -> None:
    found = find_metadata(f"{TITLE}\n\n{BODY}\n\n{tail}")

    assert (found.source, found.author) == (source, author)


def test_a_credit_glued_to_the_last_paragraph_names_the_outlet() -> None:
    assert (
        find_metadata(f"{TITLE}\n\n{BODY} (Source: Port Authority’s Press Office)").source
        == "Port Authority’s Press Office"
    )


def test_an_outlet_that_is_talked_about_is_not_the_source() -> None:
    body = BODY + "\n\nHarth News Agency held an interview with the mayor. The Lindow Gazette wrote that he was tired."

    assert find_metadata(f"{TITLE}\n\n{body}").source is None


def test_the_name_of_the_site_behind_the_headline_is_the_source() -> None:
    assert find_metadata(f"{TITLE} | Lindow Gazette\n\n{TITLE}\n\n{BODY}", title=TITLE).source == "Lindow Gazette"


def test_front_matter_says_it_all() -> None:
    text = f'---\ntitle: "{TITLE}"\ndate: 2018-09-10\nauthor: Ada Crane\nsource: Lindow Gazette\nurl: https://example.org/1\n---\n\n{BODY}'

    found = find_metadata(text)

    assert (found.title, found.published, found.author) == (TITLE, "2018-09-10", "Ada Crane")
    assert (found.source, found.url) == ("Lindow Gazette", "https://example.org/1")


@pytest.mark.parametrize(
    "line",
    ["Elections on 10 September 2018 were close.", "He came on Monday", "4 May was a Tuesday", "In 2018", "may be"],
)
def test_a_line_with_other_words_is_no_dated_line(line: str) -> None:
    assert dated_line(line) is None


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert find_date("on 31 February 2018, as they say") == (None, 3, 19)
    assert find_date("no date at all") is None


@pytest.mark.parametrize(
    "line", ["HTS — formerly Nusra — rejects it.", "He — AP said — left.", "Lindow - a town", "A (B) c"]
)
def test_a_dash_alone_makes_no_dateline(line: str) -> None:
    assert opening_dateline(line) is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_has_metadata_without_a_crash(text: str) -> None:
    found = find_metadata(text)

    assert found.title is None or found.title.strip() in text
