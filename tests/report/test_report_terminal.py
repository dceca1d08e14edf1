from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from bridge_example import BRIDGE, cluster
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from test_report_findings import ArticleSet, findings_of

from claimtrack.errors import InvalidInputError
from claimtrack.records import Article, Claim, Provenance, Span
from claimtrack.report import Findings, render_terminal
from claimtrack.report.terminal import excerpt
from strategies import article_sets

SGR = re.compile(r"\x1b\[[0-9;]*m")


def report_on(text: str, *, source: str = "Outlet", speaker: str | None = None) -> Findings:
    """Make a disputed cluster of two claims, each the whole text of its article."""
    claims, articles = [], []
    for name in ("one", "two"):
        article = Article(name=name, text=text, source=source, title=text, url=text, author=text)
        claims.append(
            Claim(
                text=text,
                speaker=speaker,
                provenance=Provenance(
                    article_id=article.id, spans=(Span(0, len(text)),), extractor="t", sentence=Span(0, len(text))
                ),
            )
        )
        articles.append(article)
        source += " 2"
    found = cluster(text, ((claims[0],), (claims[1],)), tuple(a.outlet for a in articles), 2, (claims[0], claims[1]))
    return Findings(articles=tuple(articles), claims=tuple(claims), relations=(), clusters=(found,))


def test_the_bridge_report_is_the_golden_one(check_golden: Callable[[str, str], None]) -> None:
    check_golden("bridge.txt", render_terminal(BRIDGE))


def test_disputed_clusters_stand_before_the_others() -> None:
    report = render_terminal(BRIDGE)

    assert report.startswith("5 articles, 12 claims, 4 clusters, 3 with contradictions.\n")
    assert (
        report.index("3. Repairs have cost")
        < report.index("No contradiction found (1)")
        < report.index("4. A crane fell")
    )


def test_the_claims_words_stand_between_asterisks_without_colour_and_are_bold_with_it() -> None:
    assert "\x1b" not in render_terminal(BRIDGE)
    assert "*The bill stands at 4.1 million crowns*." in render_terminal(BRIDGE)
    assert "\x1b[1mThe bill stands at 4.1 million crowns\x1b[0m" in render_terminal(BRIDGE, color=True)


def test_colour_changes_nothing_but_style() -> None:
    plain = re.sub(r"\s+", " ", render_terminal(BRIDGE).replace("*", ""))

    assert re.sub(r"\s+", " ", SGR.sub("", render_terminal(BRIDGE, color=True)).replace("*", "")) == plain


def test_no_color_takes_colour_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    colours = {code for sgr in SGR.findall(render_terminal(BRIDGE, color=True)) for code in sgr[2:-1].split(";")}
    assert colours <= {"0", "1", "2", "4"}


def test_a_report_does_not_depend_on_the_terminal_it_is_made_in(monkeypatch: pytest.MonkeyPatch) -> None:
    before = render_terminal(BRIDGE)
    for name, value in (("COLUMNS", "30"), ("FORCE_COLOR", "1"), ("TERM", "dumb"), ("TTY_COMPATIBLE", "1")):
        monkeypatch.setenv(name, value)

    assert render_terminal(BRIDGE) == before


def test_nothing_found_is_said_plainly() -> None:
    empty = Findings(articles=(), claims=(), relations=(), clusters=())

    assert "so there is nothing to compare." in render_terminal(empty, width=100)


def test_escape_sequences_in_text_never_reach_the_terminal() -> None:
    findings = report_on(
        "\x1b[2J\x1b]0;owned\x07 \x9b31m\r \u202eevil\u2066 \x08", source="\x1b[1mBad", speaker="\x1b[5m X"
    )

    report = render_terminal(findings)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", report)
    assert "␛[2J␛]0;owned␇" in report
    assert "⟨U+202E⟩evil" in report
    assert "\x1b" not in SGR.sub("", render_terminal(findings, color=True))


def test_rich_markup_and_emoji_codes_in_text_are_shown_as_they_are() -> None:
    report = render_terminal(report_on("[bold]x[/bold] :smile: [/] [link=http://a.example]y[/link]"), width=120)

    assert "*[bold]x[/bold] :smile: [/] [link=http://a.example]y[/link]*" in report


def test_a_long_sentence_is_shortened_around_the_claim_with_ellipses() -> None:
    before, after = "before " * 60, " after" * 60

    shown = excerpt(((before, False), ("the claim", True), (after, False)))
    assert shown[0][0].startswith("…before")
    assert shown[2][0].endswith("after…")
    assert shown[1] == ("the claim", True)
    assert max(len(text) for text, _ in shown) <= 75


def test_long_claims_and_gaps_are_shortened_in_the_middle() -> None:
    claim, gap = "claim " * 200, " gap" * 60

    shown = excerpt((("Short ", False), (claim, True), (gap, False), ("end", True)))
    assert shown[0] == ("Short ", False)
    assert " … " in shown[1][0]
    assert len(shown[1][0]) <= 410
    assert shown[2][0].startswith(" gap")
    assert shown[2][0].endswith("gap")
    assert " … " in shown[2][0]
    assert shown[3] == ("end", True)


@pytest.mark.parametrize("text", ["short", "x" * 71, "word " * 14])
def test_a_short_sentence_is_left_whole(text: str) -> None:
    assert excerpt(((text, False), ("claim", True))) == ((text, False), ("claim", True))


def test_a_width_that_nothing_fits_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="width must be at least 24 columns; got 10"):
        render_terminal(BRIDGE, width=10)


@settings(max_examples=40)
@given(article_sets(), st.integers(24, 100))
def test_any_text_fits_the_width_and_leaves_no_control_character(article_set: ArticleSet, width: int) -> None:
    report = render_terminal(findings_of(article_set), width=width)

    report.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", report)
    assert max(cell_len(line) for line in report.split("\n")) <= width
