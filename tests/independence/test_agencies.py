"""Whose text an article says it carries, and what only looks like that."""

from __future__ import annotations

import pytest
from hypothesis import given

from claimtrack.independence import agency_of
from claimtrack.records import Article
from strategies import any_text, articles

LEAD = "The ferry sailed on Monday after eleven days in dock, its owners said."
END = f"{LEAD}\n\nFares stay as they were. Nobody was hurt."


def named(text: str = END, **fields: str) -> str | None:
    return agency_of(Article(name="a.txt", text=text, **fields))


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [
        ("LONDON (Reuters) - ", "Reuters"),
        ("LONDON (REUTERS) -- ", "Reuters"),
        ("LONDON, (Reuters Health) - ", "Reuters"),
        ("PARIS, March 3 (AFP) — ", "AFP"),
        ("PARIS, AFP — ", "AFP"),
        ("PORT MARLE, Norland (AP) — ", "Associated Press"),
        ("Berlin (dpa) – ", "dpa"),
        ("BEIJING, Sept. 10 (Xinhua) -- ", "Xinhua"),
        ("MOSCOW, September 10. /TASS/. ", "TASS"),
        ("MOSCOW. Sept 10 (Interfax) - ", "Interfax"),
        ("KYIV. Sept 10 (Interfax-Ukraine) - ", "Interfax-Ukraine"),
        ("ANKARA (AA) - ", "Anadolu"),
        ("(ANSA) - Rome, September 10 - ", "ANSA"),
        ("Madrid, 10 sep (EFE).- ", "EFE"),
        ("TOKYO (Kyodo) - ", "Kyodo"),
        ("WASHINGTON, Sept. 10 (UPI) -- ", "UPI"),
        ("(Bloomberg) -- ", "Bloomberg"),
        ("New Delhi, Sep 10 (PTI) ", "PTI"),
        ("New Delhi [India], Sep 10 (ANI): ", None),  # a bracket in the place is not read
        ("New Delhi, Sep 10 (ANI): ", "ANI"),
        ("SYDNEY, Sept 10 (AAP) - ", "Australian Associated Press"),
    ],
)
@pytest.mark.parametrize("before", ["", "Ferry sails again\n\nBy Jane Doe\n10 September 2018\n\n"])
def test_a_dateline_names_the_agency(dateline: str, agency: str | None, before: str) -> None:
    assert named(before + dateline + END) == agency


@pytest.mark.parametrize(
    "head",
    [
        "The ferry sailed, Reuters reported. ",
        "Officials (Reuters) - and others - said so. ",
        "The reports (AFP) stopped on Monday, and nobody said why. ",
        "Port director Ann Berg (AP) - seen here in May - has left. ",
        "A ship leaves port. (Reuters)\n",
        "Ann Berg (AFP)\n",
        "(AP Photo/Jane Doe)\n",
        "[AP/Jane Doe]\n",
        "HARRISBURG, PA — ",
        "HARRISBURG (PA) — ",
        "Vijayawada (AP): ",
        "LONDON (AP/Reuters) - ",
        "A ship leaves port on Monday.\nReuters\n",
        "Reuters | World | Politics\n",
        "Image source, Reuters\n",
        "Source: Reuters, AFP\n",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(head: str) -> None:
    assert named(head + END) is None


@pytest.mark.parametrize(
    ("byline", "agency"),
    [
        ("Associated Press", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("By REUTERS", "Reuters"),
        ("Reuters Staff", "Reuters"),
        ("By JANE DOE, Associated Press", "Associated Press"),
        ("By JANE DOE and JIM ROE | AP", "Associated Press"),
        ("By Jane Doe (AFP)", "AFP"),
        ("By dpa", "dpa"),
        ("By PA Media", "PA Media"),
        ("By Bloomberg News", "Bloomberg"),
        ("By AFP, 10 September 2018", "AFP"),
    ],
)
def test_a_byline_of_nobody_else_names_the_agency(byline: str, agency: str) -> None:
    assert named(author=byline) == agency
    assert named(f"Ferry sails again\n{byline}\n\n{END}") in (agency, None if "By" not in byline else agency)


@pytest.mark.parametrize(
    "author",
    [
        "AFP and Reuters",
        "Reuters, AFP",
        "Staff and AP",
        "Staff writers, AP",
        "Fox News, Associated Press",
        "Daily Post, AFP",
        "Jane Doe with AFP",
        "Michael Bloomberg",
        "Sana",
        "AA",
        "PA",
        "Jane Doe",
        "Jane Doe, special to Reuters and others",
        "",
        "Reuters " * 100,
    ],
)
def test_a_byline_that_others_share_is_none(author: str) -> None:
    assert named(author=author, source="Daily Post") is None


@pytest.mark.parametrize(
    ("tail", "agency"),
    [
        ("(Reporting by Jane Doe; Editing by John Roe)", "Reuters"),
        ("Reporting by Jane Doe in Paris and Jim Poe; writing by Al Bo;\nediting by John Roe", "Reuters"),
        ("Writing by Jane Doe Editing by John Roe", "Reuters"),
        (
            "(Reporting by Jane Doe; Editing by John Roe. Please credit the Thomson Reuters Foundation.)",
            "Thomson Reuters Foundation",
        ),
        ("Source: AFP", "AFP"),
        ("AFP", "AFP"),
        ("(Reuters)", "Reuters"),
        ("— Bernama", "Bernama"),
        ("The port stays open. — Reuters", "Reuters"),
        ("The port stays open. (ANI)", "ANI"),
        ("© 2018 AFP", "AFP"),
        ("Copyright 2018 The Associated Press. All rights reserved. This may not be rewritten.", "Associated Press"),
        ("This story was originally published by Reuters.", "Reuters"),
        ("(This story has been provided by The Canadian Press)", "Canadian Press"),
    ],
)
def test_the_last_lines_name_the_agency(tail: str, agency: str) -> None:
    assert named(f"{END}\n\n{tail}") == agency
    assert named(f"{END} {'Words. ' * 3000}\n\n{tail}\n") == agency


@pytest.mark.parametrize(
    "tail",
    [
        "The Associated Press contributed to this report.",
        "Associated Press writer Jane Doe contributed to this report.",
        "Additional reporting by Reuters",
        "With reporting by AFP",
        "With agencies",
        "Reporting by AFP; editing by John Roe",
        "Reporting by Jane Doe",
        "The reporting by Jane Doe and the editing by John Roe were praised.",
        "© AFP",
        "© Jane Doe, AFP",
        "Photo: Reuters",
        "Source: Bloomberg",
        "Source: Al Jazeera and news agencies",
        "A ship leaves port. (Reuters)",
        "A ship leaves port. — Reuters pic",
        "This story was published by Norland Post, not by Reuters.",
        "The minister told\nAFP",
        "The minister said so to AFP.",
    ],
)
def test_what_only_looks_like_a_credit_is_none(tail: str) -> None:
    assert named(f"{END}\n\n{tail}") is None


def test_two_agencies_are_none() -> None:
    assert named(f"LONDON (Reuters) - {LEAD}\n\nPARIS (AFP) - {LEAD}") is None
    assert named(f"LONDON (Reuters) - {END}", author="AFP") is None


def test_a_dateline_far_down_is_no_mark() -> None:
    assert named("\n".join([LEAD] * 30 + [f"LONDON (Reuters) - {LEAD}"] + [LEAD] * 30)) is None


@pytest.mark.parametrize(
    ("wire", "agency"),
    [
        ("ap", "Associated Press"),
        ("the Associated Press", "Associated Press"),
        ("Xinhua news agency", "Xinhua"),
        (" Northern \n Wire ", "Northern Wire"),
        ("wire", "Reuters"),
        (" ", "Reuters"),
    ],
)
def test_the_metadata_go_before_the_text_unless_they_name_nobody(wire: str, agency: str) -> None:
    assert named(f"LONDON (Reuters) - {END}", wire=wire) == agency


def test_an_agency_that_is_the_outlet_carries_its_own_texts_and_another_ones_where_it_says_so() -> None:
    assert named(source="Reuters") == "Reuters"
    assert named(source="Xinhua News Agency") == "Xinhua"
    assert named(f"LONDON (AP) — {END}", source="Bloomberg") == "Associated Press"
    assert named(source="Daily Post") is None


@given(articles(), any_text(max_size=200), any_text(max_size=30))
def test_any_text_is_read(article: Article, text: str, author: str) -> None:
    assert agency_of(article) is None or article.wire
    assert agency_of(Article(name="a", text=f"PARIS (AFP) - {LEAD}\n{text}", author=author)) in {"AFP", None}
