"""What pronouns, "the two countries" and relative dates stand for; and that nothing is added that the article does not say."""

from __future__ import annotations

import calendar
import functools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.extraction import SpacyExtractor
from claimtrack.records import Article, Claim


@functools.cache
def _extractor() -> SpacyExtractor:
    return SpacyExtractor()


def claims(text: str, published: str | None = None) -> list[Claim]:
    return _extractor().extract([Article(name="test", text=text, published=published)])[0]


RESOLVED = [
    ("Norway has sent ships to the strait. It wants to protect its tankers.", "Norway wants to protect its tankers."),
    (
        "The government has sent 300 soldiers to Malta. They are stationed in Valletta.",
        "300 soldiers are stationed in Valletta.",
    ),
    ("Marta Silva leads the union. She was elected in May.", "Marta Silva was elected in May."),
    ("The Rialto Bridge was closed because it had cracks.", "The Rialto Bridge had cracks."),
    ("Norway and Chile met in Lima. The two countries signed a treaty.", "Norway and Chile signed a treaty."),
    ("Chile announced that it would close the port of Arica.", "Chile would close the port of Arica."),
    ("The villagers left in May. Their houses were burnt.", "The villagers' houses were burnt."),
    ("The Bank of Chile lost money. Its director resigned.", "The Bank of Chile's director resigned."),
    ("The bridge was closed because it had cracks.", None),
    ("Carlos Lima met the mayor. He did not resign.", "Carlos Lima did not resign."),
    ("The envoy met the mayor. He did not resign.", None),
    ("Mr. Moreno praised Marta Silva. She was elected in May.", "Marta Silva was elected in May."),
    ("Clara Meyer left Bonn. He respects nobody.", None),
    ("Thefts have become rare. They checked the archive of Bonn.", None),
    ("The climate rules are strict. The coal industry fears the rules.", "The coal industry fears the climate rules."),
    ("The war in Mali went on. France ended the war.", "France ended the war in Mali."),
    ("The city plan failed, and so did the union's plan. Marta Silva praised the plan.", None),
    ("Marta Silva praised the plan.", None),
    ("The mills of other owners were closed.", None),
    ("The second debate was more intense.", None),
    ("Every party blames its rivals, and it makes our people the victims.", None),
    ("What we see in Malta is a truce, and it will last.", None),
    ("This concerns the harbour, and it also concerns the airport.", None),
    ("The minister met the mayor, and the judge met the editor. He left the city.", None),
    ("The trains met the buses at the border, and the cars passed the lorries. They were late.", None),
]


@pytest.mark.parametrize(("text", "expected"), RESOLVED, ids=[text[:40] for text, _ in RESOLVED])
def test_a_pronoun_is_resolved_or_the_claim_is_marked(text: str, expected: str | None) -> None:
    found = claims(text)
    if expected is None:
        assert any(not claim.standalone for claim in found), [c.text for c in found]
    else:
        assert expected in [c.text for c in found]
        assert all(c.standalone for c in found if c.text == expected)


DATED = [
    ("The mayor resigned yesterday.", "The mayor resigned on 11 September 2018."),
    ("Yesterday the mayor resigned.", "On 11 September 2018 the mayor resigned."),
    ("The court met on Monday.", "The court met on Monday, 10 September 2018."),
    ("The court met on Wednesday.", "The court met on Wednesday, 12 September 2018."),
    ("The parliament will vote on Tuesday.", "The parliament will vote on Tuesday, 18 September 2018."),
    ("The court met last month.", "The court met in August 2018."),
    ("Exports fell last year.", "Exports fell in 2017."),
    ("The festival opens on 3 May.", "The festival opens on 3 May 2018."),
    ("The festival ended on December 30th.", "The festival ended on December 30th, 2018."),
    ("Police arrested the driver on Friday, June 3.", "Police arrested the driver on Friday, June 3, 2018."),
    ("Police arrested the driver in May 2016.", "Police arrested the driver in May 2016."),
    ("The shop opens every Monday.", "The shop opens every Monday."),
    ("Yesterday's vote was postponed.", "Yesterday's vote was postponed."),
]


@pytest.mark.parametrize(("text", "expected"), DATED, ids=[text for text, _ in DATED])
def test_a_relative_date_becomes_a_date_of_the_calendar(text: str, expected: str) -> None:
    assert expected in [c.text for c in claims(text, "2018-09-12")]


@pytest.mark.parametrize("text", [text for text, _ in DATED])
def test_without_a_date_of_publication_no_date_is_written(text: str) -> None:
    assert text in [c.text for c in claims(text)]


def test_the_spans_stay_those_of_the_own_words() -> None:
    text = "Norway has sent ships to the strait. It wants to protect its tankers."
    last = claims(text)[-1]
    assert [s.slice(text) for s in last.provenance.spans] == ["It wants to protect its tankers"]


# -- nothing is added ----------------------------------------------------------------------------------------------------

_SUBJECTS = st.sampled_from(
    ["Norway", "The bank", "Marta Silva", "The villagers", "Norway and Chile", "A driver", "The army"]
)
_PRONOUNS = st.sampled_from(
    ["It", "They", "She", "He", "The two countries", "Its director", "Their leader", "This", "We"]
)
_PREDICATES = st.sampled_from(
    [
        "closed the port on Monday",
        "will sign a treaty next year in Lima and Oslo",
        "did not leave the town, a harbour in the north",
        "met the mayor yesterday, promising help",
        "said that there will be no strike there",
        "have lost 40 ships, which were old",
        "would send aid if the province asked for it",
        "is a company that builds ferries (and boats)",
    ]
)
_GRAMMAR = frozenset("a an are be been did do does had has have in is it on s the there was were will".split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.one_of(_SUBJECTS, _PRONOUNS), _PREDICATES), min_size=1, max_size=5),
    st.sampled_from([None, "2018-09-12"]),
)
def test_each_content_word_is_in_the_article_or_is_a_date(parts: list[tuple[str, str]], published: str | None) -> None:
    text = " ".join(f"{subject} {predicate}." for subject, predicate in parts)
    known = set(re.findall(r"\w+", text.casefold()))
    dates = {name.casefold() for name in calendar.month_name if name} if published else set()
    for claim in claims(text, published):
        for words in (claim.text, claim.context):
            for word in re.findall(r"\w+", words.casefold()):
                singular = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"}
                assert singular & (known | _GRAMMAR | dates) or (published and word.isdigit()), (word, words, text)
