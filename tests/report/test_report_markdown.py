from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from bridge_example import BRIDGE, cluster
from hypothesis import given, settings
from markdown_it import MarkdownIt
from test_report_findings import ArticleSet, findings_of, placed
from test_report_terminal import report_on

from claimtrack.records import Span
from claimtrack.report import Findings, render_markdown
from claimtrack.report.markdown import escape_markdown
from claimtrack.visible import visible
from strategies import any_text, article_sets

COMMONMARK = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def test_the_bridge_report_is_the_golden_one(check_golden: Callable[[str, str], None]) -> None:
    check_golden("bridge.md", render_markdown(BRIDGE))


@pytest.mark.parametrize(
    "text",
    [
        "# heading",
        "1. list",
        "- list",
        "+ list",
        "=== setext",
        "--- rule",
        "> quote",
        "    code",
        "```",
        "*a* **b** _c_ __d__ ~~e~~",
        "[a](http://evil.example) ![b](c)",
        "[a]: http://evil.example",
        "<http://evil.example> <script>alert(1)</script> <!-- x -->",
        "&lt; &amp;lt; &copy;",
        "a | b",
        "back\\slash \\* \\",
        "$x$",
        "http://evil.example www.evil.example",
    ],
)
def test_text_that_looks_like_markdown_is_shown_as_it_is(text: str) -> None:
    shown = COMMONMARK.render(f"{escape_markdown(text)}\n")

    assert html.unescape(shown) == f"<p>{text.strip()}</p>\n"


@given(any_text(max_size=40))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    """Spaces at the ends and the replacement of U+0000 are CommonMark's; nothing else changes."""
    shown = html.unescape(COMMONMARK.render(f"x{escape_markdown(text)}x\n"))

    assert re.sub(r"\s+", " ", shown) == re.sub(r"\s+", " ", f"<p>x{visible(text)}x</p>\n")


def test_the_claims_words_are_bold_beside_any_character() -> None:
    """CommonMark closes ** only between the right neighbours, which Chinese text does not have."""
    findings, one = placed("他说“不会”的。", Span(0, 8), Span(2, 6))
    found = cluster("x", ((one,),), ("a.txt",), 1)
    report = render_markdown(Findings(articles=findings.articles, claims=(one,), relations=(), clusters=(found,)))

    assert "<p>他说<b>“不会”</b>的。</p>" in COMMONMARK.render(report)


def test_the_words_of_the_bridge_claims_are_bold() -> None:
    shown = COMMONMARK.render(render_markdown(BRIDGE))

    assert (
        "“<strong>The bridge will certainly not</strong>, whatever the mayor may promise, <strong>reopen in May</strong>,”"
        in shown
    )


def test_only_web_addresses_are_links() -> None:
    shown = COMMONMARK.render(render_markdown(BRIDGE))

    assert set(re.findall('href="([^"]*)"', shown)) == {
        "https://harbour-post.example/varn-bridge?page=1&amp;view=full",
        "http://coastradio.example/news/17",
    }
    assert "<a" not in COMMONMARK.render(render_markdown(report_on("javascript:alert(1)")))


def test_hostile_text_makes_no_table_cell_heading_or_html() -> None:
    shown = COMMONMARK.render(render_markdown(report_on("| x | <img src=x onerror=alert(1)>\n\n# owned\n\n<script>")))

    assert "<img" not in shown
    assert "<script" not in shown
    assert "<h1>owned" not in shown
    assert shown.count("<td>") == 6


@settings(max_examples=40)
@given(article_sets())
def test_any_text_renders_with_the_same_frame(article_set: ArticleSet) -> None:
    findings = findings_of(article_set)
    report = render_markdown(findings)

    report.encode("utf-8")
    shown = COMMONMARK.render(report)
    assert shown.count("<h1>") == 1
    assert shown.count("<h3>") == len(findings.clusters)
    assert shown.count("<blockquote>") == sum(
        len(position.statements) for cluster in findings.clusters for position in findings.positions(cluster)
    )
    assert shown.count("<td>") == 3 * len(findings.articles)
    assert "<script" not in shown
