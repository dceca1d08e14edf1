"""What a store holds and what a search found, on a terminal: 80 columns, and nothing that a terminal obeys."""

from __future__ import annotations

import datetime
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claimtrack.names import join_names, name_mentions
from claimtrack.records import (
    Action,
    Article,
    Claim,
    Correction,
    Hit,
    Kind,
    Label,
    Lineage,
    LineageEvent,
    Provenance,
    Span,
)
from claimtrack.report.kept import render_articles, render_corrections, render_hits, render_info, render_lineage
from strategies import HOSTILE, any_text

NOON = datetime.datetime(2031, 3, 4, 12, 0, 59, tzinfo=datetime.UTC)
ESCAPES = "\x1b[2J\x1b]0;owned\x07\u202e"
LONG = "The old bridge over the Ems will be open to all traffic on a Sunday in June, the mayor of the town has said."
NORTH = Article(name="north.txt", text=LONG, title="A bridge", source="North", published="2031-03-01")
NOTES = Article(name="notes.txt", text="It rained.")


def claim_in(article: Article, text: str | None = None, speaker: str | None = None) -> Claim:
    span = Span(0, len(article.text))
    provenance = Provenance(article_id=article.id, spans=(span,), extractor="hand/1", sentence=span)
    return Claim(text=text or article.text, provenance=provenance, speaker=speaker)


def dismissed(**fields: Any) -> Correction:
    values: dict[str, Any] = {"action": Action.DISMISS, "first_id": "a1", "second_id": "b2", "by": "Desk", "at": NOON}
    return Correction(**(values | fields))


def live(text: str) -> set[str]:
    """Characters that a terminal obeys, and what UTF-8 can't hold."""
    return {
        c for c in text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202c\u202d\u202e"
    }


def check_lines(text: str, width: int) -> None:
    """No line is too wide, none ends in spaces, no character acts."""
    assert text == "" or text.endswith("\n")
    assert max(map(cell_len, text.split("\n"))) <= width
    assert not any(line.endswith(" ") for line in text.split("\n"))
    assert not live(text)
    assert text.encode("utf-8").decode("utf-8") == text


# -- hits ------------------------------------------------------------------------------------------------------------------


def test_hits_read_like_this() -> None:
    hits = [Hit(claim=claim_in(NORTH), similarity=0.876), Hit(claim=claim_in(NOTES), similarity=-0.5)]

    assert render_hits(hits, [NOTES, NORTH]) == (
        "  1. The old bridge over the Ems will be open to all traffic on a Sunday in\n"
        "     June, the mayor of the town has said.\n"
        "     North, 2031-03-01; the outlet's own voice; similarity 0.88; claim\n"
        f"     {hits[0].claim.id}\n"
        "  2. It rained.\n"
        "     notes.txt, undated; the outlet's own voice; similarity -0.50; claim\n"
        f"     {hits[1].claim.id}\n"
    )


def test_a_search_that_found_nothing_says_so() -> None:
    assert render_hits([], [NORTH]) == "Nothing is kept that could be found.\n"


def test_a_speaker_goes_under_the_full_name() -> None:
    names = join_names([name_mentions("Anna Berg spoke first. Then Berg said that the dam was safe.")])
    hits = [Hit(claim=claim_in(NORTH, speaker="Berg"), similarity=0.5)]

    assert "North, 2031-03-01; Anna Berg; similarity 0.50" in render_hits(hits, [NORTH], names=names)
    assert "North, 2031-03-01; Berg; similarity 0.50" in render_hits(hits, [NORTH])


def test_the_hundredth_hit_stands_in_line() -> None:
    lines = render_hits([Hit(claim=claim_in(NOTES), similarity=0.5)] * 100, [NOTES]).splitlines()

    assert [line for line in lines if "rained" in line][::99] == ["  1. It rained.", "100. It rained."]
    assert {line[:5] for line in lines if "rained" not in line} == {"     "}


# -- corrections -----------------------------------------------------------------------------------------------------------


def test_a_correction_of_claims_reads_like_this() -> None:
    north, notes = claim_in(NORTH), claim_in(NOTES)
    first, second = sorted((north, notes), key=lambda claim: claim.id)
    correction = dismissed(first_id=first.id, second_id=second.id, note="two  bridges")
    wrapped = {
        north.id: f"  {north.id} The old bridge over the Ems will be open to all traffic on a\n"
        "  Sunday in June, the mayor of the town has said.\n",
        notes.id: f"  {notes.id} It rained.\n",
    }

    shown = render_corrections([correction], {claim.id: claim for claim in (north, notes)}, {})

    assert shown == (
        f"dismiss, by Desk, 2031-03-04T12:00+00:00 [{correction.id}]\n"
        f"{wrapped[first.id]}{wrapped[second.id]}"
        "  note: two bridges\n"
    )


def test_a_correction_of_articles_names_outlet_and_title() -> None:
    first, second = sorted((NORTH, NOTES), key=lambda article: article.id)
    correction = dismissed(action=Action.COPIES, first_id=first.id, second_id=second.id)

    lines = render_corrections([correction], {}, {article.id: article for article in (NORTH, NOTES)}).splitlines()

    assert lines[0] == f"copies, by Desk, 2031-03-04T12:00+00:00 [{correction.id}]"
    assert sorted(lines[1:]) == sorted([f"  {NORTH.id} North: A bridge", f"  {NOTES.id} notes.txt: notes.txt"])


def test_what_a_correction_waits_for_is_said_not_to_be_kept() -> None:
    lines = render_corrections([dismissed(), dismissed(action=Action.INDEPENDENT)], {}, {}).splitlines()

    assert lines[1:3] == lines[4:6] == ["  a1 (not kept now)", "  b2 (not kept now)"]


def test_what_a_pair_was_said_to_be_is_shown() -> None:
    retyped = dismissed(action=Action.RETYPE, label=Label.CONTRADICTION, kind=Kind.FIGURE)
    confirmed = dismissed(action=Action.CONFIRM, label=Label.ENTAILMENT)

    words = " ".join(render_corrections([retyped, confirmed], {}, {}).split())

    assert f"retype as contradiction (figure), by Desk, 2031-03-04T12:00+00:00 [{retyped.id}] a1 " in words
    assert f"confirm as entailment, by Desk, 2031-03-04T12:00+00:00 [{confirmed.id}] a1 " in words


def test_with_no_correction_that_is_said() -> None:
    assert render_corrections([], {}, {}) == "Nothing was corrected.\n"


# -- lineage and info ------------------------------------------------------------------------------------------------------


def test_lineage_reads_like_this() -> None:
    events = [
        LineageEvent(what=Lineage.MERGED, from_ids=("c1", "c2"), into_ids=("c3",), claim_ids=("a", "b", "c"), at=NOON),
        LineageEvent(what=Lineage.ENDED, from_ids=("c3",), into_ids=(), claim_ids=("a", "b"), at=NOON),
    ]

    assert render_lineage(events) == (
        "2031-03-04T12:00+00:00 merged: c1, c2 -> c3 (3 claims)\n2031-03-04T12:00+00:00 ended: c3 (2 claims)\n"
    )
    assert render_lineage([]) == ""


def test_a_long_lineage_is_indented_and_no_id_is_broken() -> None:
    ids = tuple(f"{n:016x}" for n in range(20))
    event = LineageEvent(what=Lineage.SPLIT, from_ids=ids[:1], into_ids=ids[1:], claim_ids=("a",), at=NOON)

    shown = render_lineage([event])

    check_lines(shown, 80)
    assert [line[:2] for line in shown.splitlines()[1:]] == ["  "] * (len(shown.splitlines()) - 1)
    assert [shown.count(id_) for id_ in ids] == [1] * 20


def test_info_stands_in_two_columns() -> None:
    shown = render_info({"articles": 3, "last added": "never", "judge": "word " * 20})

    assert shown == (
        "articles    3\n"
        "last added  never\n"
        "judge       word word word word word word word word word word word word word\n"
        "            word word word word word word word\n"
    )
    assert render_info({}) == ""


# -- hostile characters ----------------------------------------------------------------------------------------------------


def test_an_escape_is_made_visible_wherever_a_text_stands() -> None:
    article = attrs.evolve(NORTH, source=f"S{ESCAPES}", title=f"T{ESCAPES}")
    claim = claim_in(article, text=f"C{ESCAPES}", speaker=f"V{ESCAPES}")
    about_claims = dismissed(first_id=claim.id, second_id=f"z{ESCAPES}", by=f"B{ESCAPES}", note=f"N{ESCAPES}")
    about_articles = dismissed(action=Action.COPIES, first_id=article.id, second_id="z")

    shown = {
        "hits": render_hits([Hit(claim=claim, similarity=0.5)], [article]),
        "corrections": render_corrections([about_claims], {claim.id: claim}, {}),
        "articles": render_corrections([about_articles], {}, {article.id: article}),
        "info": render_info({"embedder": f"E{ESCAPES}"}),
        "list": render_articles([attrs.evolve(article, id=f"I{ESCAPES}")]),
    }

    for text in shown.values():
        check_lines(text, 80)
    safe = "␛[2J␛]0;owned␇⟨U+202E⟩"
    for place, letters in {"hits": "SCV", "corrections": "zBCN", "articles": "ST", "info": "E", "list": "IST"}.items():
        for letter in letters:
            assert f"{letter}{safe}" in shown[place]


def test_a_character_of_two_columns_counts_as_two() -> None:
    """Outlets of Tokyo and Seoul write their names so; on a terminal of 80 columns 40 of them fill a line."""
    article = attrs.evolve(NORTH, source="東京新聞" * 20)
    claim = claim_in(article)
    pair = dismissed(action=Action.COPIES, first_id=article.id, second_id="z")

    for shown in (
        render_hits([Hit(claim=claim, similarity=0.5)], [article]),
        render_corrections([pair], {}, {article.id: article}),
        render_info({"outlet": article.source}),
    ):
        check_lines(shown, 80)
        assert shown.count("東") == 20


anything = any_text(max_size=120)


@given(
    texts=st.lists(anything.filter(bool), min_size=2, max_size=4),
    fields=st.fixed_dictionaries({"title": st.none() | anything, "source": st.none() | anything, "name": anything}),
    by=anything.filter(bool),
    note=st.none() | anything,
    width=st.integers(40, 100),
)
def test_no_text_breaks_the_page(
    texts: list[str], fields: dict[str, Any], by: str, note: str | None, width: int
) -> None:
    article = Article(text="x" * 400, **fields)
    claims = [claim_in(article, text=text) for text in texts]
    claim = claims[0]
    corrections = [
        dismissed(first_id=claim.id, second_id="z", by=by, note=note),
        dismissed(action=Action.COPIES, first_id=article.id, second_id="z", by=by, note=note),
    ]
    hits = [Hit(claim=one, similarity=0.25) for one in claims]

    check_lines(render_hits(hits, [article], width=width), width)
    check_lines(render_corrections(corrections, {claim.id: claim}, {article.id: article}, width=width), width)
    check_lines(render_info({f"name {n}": text for n, text in enumerate(texts)}, width=width), width)


@pytest.mark.parametrize("text", HOSTILE, ids=json.dumps)
def test_each_known_hostile_text_is_harmless(text: str) -> None:
    article = Article(name=text or "x", text="x" * 400, source=text, title=text)

    shown = render_hits([Hit(claim=claim_in(article, text=text), similarity=0.25)], [article], width=60)

    check_lines(shown, 60)
