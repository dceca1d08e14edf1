from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reading import Block, BlockKind, text_blocks

BODY, HEADLINE, DATELINE = BlockKind.BODY, BlockKind.HEADLINE, BlockKind.DATELINE
CREDIT, CAPTION, RESIDUE = BlockKind.CREDIT, BlockKind.CAPTION, BlockKind.RESIDUE

TITLE = "Harbour workers reject the ferry company's offer"
FIRST = (
    "Dock workers in the port of Lindow voted on Tuesday against the pay offer of the ferry company, and their union said "
    "that the strike would go on until the board came back to the table with a better one."
)
LAST = (
    "The company has 1,200 workers in the port. It has said that it can't pay more this year, because fuel has become dearer "
    "and fewer people travel in winter than it had hoped when the last contract was signed."
)

RESIDUE_LINES = [
    # amounts, counters, rules
    ("0 $", RESIDUE),
    ("4,350 $", RESIDUE),
    ("€ 12.500,00", RESIDUE),
    ("$3,200 raised of $10,000 goal", RESIDUE),
    ("35 Shares", RESIDUE),
    ("1,204 views", RESIDUE),
    ("4 min read", RESIDUE),
    ("* * *", RESIDUE),
    ("___", RESIDUE),
    # appeals
    ("Do you enjoy our content? Please consider supporting us!", RESIDUE),
    ("If you found this article useful, please consider a small donation.", RESIDUE),
    ("Support our journalism from as little as 1 euro a month", RESIDUE),
    ("Was this article helpful?", RESIDUE),
    ("Liked this story? Help us keep going!", RESIDUE),
    ("Tell us what you think in the comments.", RESIDUE),
    ("Please confirm that you are human", RESIDUE),
    ("You are here: Home News Lindow", RESIDUE),
    ("Never miss a story: subscribe to our newsletter", RESIDUE),
    ("The information in this article is the sole responsibility of its author.", RESIDUE),
    ("The original was translated by The Harbour Observer, which also edited it.", CREDIT),
    ("The pier at night. Jonathan Pyke/AFP via Getty Images", CAPTION),
    ("Donate now", RESIDUE),
    ("Become a member today", RESIDUE),
    ("Buy us a coffee", RESIDUE),
    # forms
    ("Leave a Comment", RESIDUE),
    ("Leave a Reply Cancel reply", RESIDUE),
    ("3 Comments", RESIDUE),
    ("Your e-mail address will never be shared. Required fields are marked *", RESIDUE),
    ("Name *", RESIDUE),
    ("Save my name, email, and website in this browser for the next time I comment.", RESIDUE),
    ("seven + 4 =", RESIDUE),
    ("12 − = three", RESIDUE),
    ("You must be logged in to post a comment.", RESIDUE),
    ("Notify me of new posts by email.", RESIDUE),
    # navigation and breadcrumbs
    ("Search", RESIDUE),
    ("Menu", RESIDUE),
    ("Skip to content", RESIDUE),
    ("Home | World | Politics | Sport", RESIDUE),
    ("Home > Regions > Lindow > Strikes", RESIDUE),
    ("Home Press Office Latest News " + TITLE, RESIDUE),
    ("Previous Next", RESIDUE),
    ("Back to top", RESIDUE),
    # sharing and following
    ("Share on Facebook", RESIDUE),
    ("Tweet", RESIDUE),
    ("Share this article with your friends", RESIDUE),
    ("Follow us on Twitter and Instagram", RESIDUE),
    ("For breaking news follow us on Telegram", RESIDUE),
    ("Subscribe to our weekly newsletter", RESIDUE),
    ("Get the day's top stories in your inbox", RESIDUE),
    ("Like our page on Facebook", RESIDUE),
    # more to read
    ("Related Articles", RESIDUE),
    ("You may also like", RESIDUE),
    ("Read more: Ferry company opens a second route", RESIDUE),
    ("Also read", RESIDUE),
    ("ALSO READ: What the union wants", RESIDUE),
    ("Read the full story here.", RESIDUE),
    ("Click here to see the pictures", RESIDUE),
    ("Advertisement", RESIDUE),
    ("Story continues below advertisement", RESIDUE),
    # rights and disclaimers
    ("© 2021 Lindow Media. All rights reserved.", RESIDUE),
    ("Copyright 2021 by the publisher", RESIDUE),
    ("This material may not be published, broadcast, rewritten or redistributed without permission.", RESIDUE),
    ("We use cookies to give you the best experience on our website.", RESIDUE),
    (
        "The views expressed in this article are the author's own and do not necessarily reflect those of the magazine.",
        RESIDUE,
    ),
    ("Editor's note: An earlier version of this story named the wrong pier.", RESIDUE),
    # keywords
    ("Tags: ferry, strike, port of Lindow", RESIDUE),
    ("Handy keywords", RESIDUE),
    ("#strike #ferry", RESIDUE),
    ("https://example.org/strike", RESIDUE),
    # photographs
    ("Workers stand at the gate of the port. File photo: AP", CAPTION),
    ("A ferry leaves the harbour in the morning. (Photo by Ada Crane/Getty Images)", CAPTION),
    ("Photo: Ada Crane/Reuters", CAPTION),
    ("Image credit: Port Authority", CAPTION),
    ("Picture courtesy of the union", CAPTION),
    ("FILE PHOTO: A ferry is seen near the pier on a misty day", CAPTION),
    ("Strikers warm their hands at a fire [Ada Crane/Reuters]", CAPTION),
    ("Jonathan Pyke / Reuters", CAPTION),
    ("In this April 3, 2019 photo, a ferry waits for its passengers at the pier.", CAPTION),
    # credits
    ("By Ada Crane", CREDIT),
    ("By Ada Crane and Jonathan Pyke, Staff Writers", CREDIT),
    ("Reporting by: Ada Crane | Source: Lindow Gazette", CREDIT),
    ("(Reporting by Ada Crane; Editing by Jonathan Pyke)", CREDIT),
    ("Source: Lindow Gazette", CREDIT),
    ("This article was translated and edited by The Harbour Observer.", CREDIT),
    ("The Harbour Observer was the translator of the original article.", CREDIT),
    ("Ada Crane contributed to this report.", CREDIT),
    ("Follow Ada Crane on Twitter @adacrane_example", CREDIT),
    ("Associated Press", CREDIT),
    # datelines
    ("Tuesday, 4 May 2021 09:15", DATELINE),
    ("Published: May 4, 2021 | 9:15 am GMT", DATELINE),
    ("2021-05-04", DATELINE),
    ("Last updated 3 hours ago", DATELINE),
    ("2:45 p.m.", DATELINE),
    # the headline again
    (TITLE.lower(), HEADLINE),
    (TITLE.upper(), HEADLINE),
    (TITLE.replace("'", "’"), HEADLINE),
    (TITLE + " | Lindow Gazette", HEADLINE),
]

BODY_LINES = [
    "She wrote on Twitter that the strike would end on Friday.",
    "The minister posted a photo of the empty pier on Facebook.",
    "He shared the letter with the reporters who had come to the gate.",
    "The union received donations of 40,000 euros in a week.",
    "Please donate to the strikers, the mayor asked the crowd.",
    "His email was read aloud in court.",
    "The department's emails will not be released before the vote.",
    "Follow the money, the prosecutor told the jury.",
    "Home prices fell by 3 percent in March.",
    "Search teams found two men near the wreck.",
    "Read together, the two letters leave no doubt.",
    "More than 300 people came to the meeting.",
    "More in the north than in the south was destroyed.",
    "Photographs by satellite show that the bridge is gone.",
    "A photograph in the newspaper showed the captain at the wheel.",
    "The images were shared widely before the police took them down.",
    "Copyright law was changed in the spring.",
    "Cookies were handed out to the children at the gate.",
    "The report by the port authority was published on Monday.",
    "Report by the commission finds that 12 people died at the pier.",
    "By Tuesday the workers had gone home.",
    "By morning, Lindow and Harth were without power.",
    "Source of the fire was a gas bottle, the firefighters believe.",
    "Sources in the ministry spoke of a deal.",
    "The results do not reflect the views of most workers.",
    "The position is a reversal of the government's earlier policy.",
    "“We will not accept this offer,” she said.",
    "“Consider helping us,” one of the strikers said.",
    "What do the workers want?",
    "What is the future of the port, and who will pay for it?",
    "Is there a way out of the dispute?",
    "He said:",
    "The author of the article was arrested in March.",
    "The comments drew anger in the capital.",
    "Comments by the minister were called an insult.",
    "Share prices of the company fell by a tenth.",
    "Subscribers of the newspaper paid for the trip.",
    "The company uses cranes that were built in 1960.",
    "The bridge can be used by lorries without an escort.",
    "By using the side gate the men broke the terms of the order.",
    "An agreement can be reached by Friday.",
    "In the last resort, the board may sell the pier.",
    "HTS — formerly the Harbour Transport Service — rejects the plan.",
    "The ferry sank in 20 minutes; 14 people drowned.",
    "On 10 September 2018 the two companies merged.",
    "No.",
    "Twelve ships were waiting outside the port, the harbour master said, and none of them had been told why",
    "Register offices stayed closed on Monday.",
    "Support for the strike has grown in the town.",
    "Contact with the ship was lost at 4 a.m.",
    "Print workers joined the strike on Thursday.",
    "Next, the board has to name a new director.",
    "Related industries have lost 300 jobs since May.",
    "Advertising revenue fell for the third year.",
    "Watch towers were built along the fence.",
    "Join hands with the strikers, the bishop told his parish.",
    "Photo-journalist Ada Crane was beaten at the gate.",
    "Credit rating agencies have cut the town's rating.",
    "The documents were first published by a local newspaper in April.",
    "Drought also contributed to the crisis.",
    "The Associated Press reported that the talks had failed.",
    "Help us get our ships home.",
    "Join us or leave, the pickets were heard to say.",
    "Please leave our port in peace!",
    "In a tweet to @lindowport the captain named the ship.",
    "Written orders were never shown to the crew.",
    "Photos show smoke over the harbour.",
    "Comment from the company was not available.",
    "Do you want this strike to end?",
]


def page(*middle: str) -> str:
    return "\n\n".join([TITLE, FIRST, *middle, LAST])


def kind_of(text: str, line: str) -> list[BlockKind]:
    start = text.rindex(line)
    return [b.kind for b in text_blocks(text) if b.span.start < start + len(line) and b.span.end > start]


@pytest.mark.parametrize(("line", "kind"), RESIDUE_LINES, ids=[line[:40] for line, _ in RESIDUE_LINES])
def test_a_line_that_is_no_prose_is_told_from_it_at_the_end_and_in_the_middle(line: str, kind: BlockKind) -> None:
    assert kind_of(page() + "\n\n" + line, line) == [kind]
    assert kind_of(page(line), line) == [kind]


@pytest.mark.parametrize("line", BODY_LINES)
def test_a_sentence_stays_in_the_body_in_the_middle_first_and_last(line: str) -> None:
    """A lost sentence can't be found again by any later stage."""
    assert kind_of(page(line), line) == [BODY]
    assert kind_of("\n\n".join([TITLE, line, FIRST, LAST]), line) == [BODY]
    assert kind_of("\n\n".join([TITLE, FIRST, LAST, line]), line) == [BODY]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Follow our Telegram account for hourly updates", RESIDUE),
        ("Enjoyed reading? Think about giving to our site!", RESIDUE),
        ("Lindow Gazette", CREDIT),
        ("Why the union won't give in", RESIDUE),
        ("Ferries, strikes, wages", RESIDUE),
        ("Popular this week", RESIDUE),
    ],
)
def test_looser_rules_hold_behind_the_last_paragraph(line: str, kind: BlockKind) -> None:
    text = page() + "\n\nRelated stories\n\n" + line

    assert kind_of(text, line) == [kind]


def test_a_subhead_between_paragraphs_is_a_headline() -> None:
    text = page("A Dispute Over Wages", FIRST.replace("Tuesday", "Monday"))

    assert kind_of(text, "A Dispute Over Wages") == [HEADLINE]


def test_a_credit_glued_to_a_paragraph_is_cut_off_and_is_a_block_of_its_own() -> None:
    text = f"{TITLE}\n\n{FIRST} (Source: Port Authority’s Press Office)\n\n{LAST} - Reuters\n"

    blocks = text_blocks(text)

    assert [(b.kind, b.span.slice(text)) for b in blocks[1:]] == [
        (BODY, FIRST),
        (CREDIT, "(Source: Port Authority’s Press Office)"),
        (BODY, LAST),
        (CREDIT, "- Reuters"),
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "LINDOW (AP) — ",
        "LINDOW, May 4 (Reuters) - ",
        "Lindow, May 4, 2021 (AFP) – ",
        "(Reuters) - ",
        "LINDOW, Harthshire — ",
    ],
)
def test_a_dateline_before_a_paragraph_is_cut_off(opening: str) -> None:
    text = f"{TITLE}\n\n{opening}{FIRST}\n\n{LAST}"

    blocks = text_blocks(text)

    assert [(b.kind, b.span.slice(text)) for b in blocks[1:3]] == [(DATELINE, opening.strip()), (BODY, FIRST)]


def test_a_source_in_brackets_in_the_middle_of_a_paragraph_stays() -> None:
    paragraph = FIRST + " The figure (source: the port authority) is disputed."

    assert kind_of(page(paragraph), paragraph) == [BODY]


def test_hard_wrapped_lines_are_one_block() -> None:
    wrapped = (
        "Dock workers in the port of Lindow voted on Tuesday against the pay\n"
        "offer of the ferry company, and their union said that the strike would\n"
        "go on until the board came back to the table. The company has twelve\n"
        "hundred workers."
    )
    text = f"{TITLE}\n\n{wrapped}\n\nThe mayor asked both sides to talk.\n"

    assert [b.span.slice(text) for b in text_blocks(text)] == [TITLE, wrapped, "The mayor asked both sides to talk."]


def test_paragraphs_on_lines_without_blank_lines_between_stay_apart() -> None:
    text = "\n".join([TITLE, FIRST, "The mayor asked both sides to talk.", LAST])

    assert [b.span.slice(text) for b in text_blocks(text)] == text.split("\n")


def test_a_list_of_headlines_is_not_joined() -> None:
    lines = [
        "Ferry company opens second route to the outer islands in the north",
        "Mayor of Lindow resigns",
        "Strike at the port of Harth ends after nine days of talks",
    ]
    text = "\n".join([TITLE, "", FIRST, "", *lines])

    assert [b.span.slice(text) for b in text_blocks(text)][-3:] == lines


def test_a_text_of_a_single_headline_is_its_own_body() -> None:
    """A row of a headline collection has no other sentence to make a claim from."""
    assert [b.kind for b in text_blocks("Ferry Company Rejects Union's Demands")] == [BODY]
    assert [b.kind for b in text_blocks("Ferry company rejects union's demands", title="Another title")] == [BODY]
    assert [b.kind for b in text_blocks("strike over", title="Strike over")] == [BODY]


def test_a_text_of_residue_only_has_no_body() -> None:
    assert {b.kind for b in text_blocks("Search\n\nMenu\n\nShare on Facebook")} == {RESIDUE}


def test_a_list_mark_is_no_part_of_its_block() -> None:
    text = f"{TITLE}\n\n{FIRST}\n\n• The strike goes on\n- The mayor is silent.\n\n{LAST}"

    blocks = text_blocks(text)

    assert [(b.kind, b.span.slice(text)) for b in blocks[2:4]] == [
        (BODY, "The strike goes on"),
        (BODY, "The mayor is silent."),
    ]


def test_markdown_headings_pictures_and_front_matter_are_no_body() -> None:
    text = f"---\ntitle: {TITLE}\ndate: 2021-05-04\n---\n\n# {TITLE}\n\n![A ferry](ferry.png)\n\n{FIRST}\n\n## What comes next\n\n{LAST}\n"

    kinds = [b.kind for b in text_blocks(text)]

    assert kinds[-5:] == [HEADLINE, CAPTION, BODY, HEADLINE, BODY]
    assert set(kinds[:-5]) == {RESIDUE}


def test_a_given_headline_is_found_again_in_other_dress() -> None:
    text = f"news: update\n\n{TITLE.upper()}\n\n{FIRST}\n\n{LAST}"

    assert kind_of(text, TITLE.upper()) == [HEADLINE]
    assert [b.kind for b in text_blocks(text, title=TITLE)][1] is HEADLINE


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_cut_into_ascending_blocks_without_white_space_around_them(text: str) -> None:
    check(text, text_blocks(text))


PIECES = (
    [line for line, _ in RESIDUE_LINES]
    + BODY_LINES
    + ["", " ", "\r", "\u2028", "\ufeff", "(AP) - ", "---", "# ", "• ", FIRST, "\x85", "(Source: X)"]
)


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", " ", ""]))
def test_any_page_of_lines_is_cut_into_blocks_that_cover_it(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)

    check(text, text_blocks(text))


def check(text: str, blocks: list[Block]) -> None:
    end = 0
    for block in blocks:
        assert end <= block.span.start < block.span.end <= len(text)
        assert block.span.slice(text) == block.span.slice(text).strip()
        # Between blocks stand white space, invisible characters and list marks only.
        assert not any(c.isalnum() for c in text[end : block.span.start])
        end = block.span.end
    assert not any(c.isalnum() for c in text[end:])


def test_a_page_of_many_lines_takes_linear_time() -> None:
    """Rules that look back or ahead too far would make a hostile page a trap."""
    text = "\n".join(["A-" * 340, "email " * 100, "( " * 340, "views views " * 50] * 20)

    assert len(text_blocks(text)) == 80
