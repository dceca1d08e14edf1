from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import attrs
import pytest
from bridge_example import BRIDGE, cluster
from hypothesis import given, settings
from test_report_findings import ArticleSet, findings_of
from test_report_terminal import report_on

from claimtrack.records import Article, Kind
from claimtrack.report import Findings, render_html
from strategies import article_sets

VOID = {"meta", "br", "hr", "img", "input", "link"}
ALLOWED = {
    *("html", "head", "meta", "title", "style", "script", "body", "header", "main", "nav", "section", "article"),
    *("figure", "figcaption", "blockquote", "details", "summary", "h1", "h2", "h3", "h4", "h5", "p", "ul", "ol", "li"),
    *("dl", "dt", "dd", "div", "span", "strong", "mark", "u", "q", "bdi", "a", "time", "table", "thead", "tbody", "tr"),
    *("th", "td", "form", "label", "input", "select", "option", "button", "output"),
    *("svg", "defs", "g", "use", "title", "circle", "rect", "path", "line", "text"),
}


class Page(HTMLParser):
    """Reads a page: its tags, attributes and text, and whether every element is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.texts: list[str] = []
        self.marked: list[str] = []
        self.policy = ""
        self.style = ""
        self.script = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        values = dict(attrs)
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"] or ""
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        elif self.open and self.open[-1] == "script":
            self.script += data
        else:
            self.texts.append(data)
            if self.open and self.open[-1] == "mark":
                self.marked.append(data)

    @property
    def links(self) -> list[str]:
        return [
            value or "" for _, name, value in self.attributes if name in ("href", "src", "action", "srcset", "data")
        ]

    def check_harmless(self) -> None:
        """One script, no handler, no style attribute, nothing loaded from anywhere."""
        assert set(self.tags) <= ALLOWED
        assert self.tags.count("script") == self.tags.count("style") == 1
        assert not [
            name for _, name, _ in self.attributes if name.startswith("on") or name in ("style", "src", "srcdoc")
        ]
        assert all(link.startswith(("#", "http://", "https://")) for link in map(str.lower, self.links))
        assert {tag for tag, name, _ in self.attributes if name == "href"} <= {"a", "use"}
        assert all(value and value[0] == "#" for tag, name, value in self.attributes if (tag, name) == ("use", "href"))
        assert not re.search(r"url\(|@import", self.style)


def test_the_page_is_whole_and_harmless() -> None:
    page = Page(render_html(BRIDGE))

    page.check_harmless()
    assert page.tags.count("figure") == 10
    assert "The bridge will certainly not" in page.marked


def test_the_policy_allows_the_one_style_sheet_and_the_one_script_and_nothing_else() -> None:
    page = Page(render_html(BRIDGE))

    style, script = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (page.style, page.script)
    )
    assert page.policy == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_every_link_within_the_page_has_its_place_and_places_are_unique() -> None:
    page = Page(render_html(BRIDGE))
    ids = [value for _, name, value in page.attributes if name == "id"]

    assert len(set(ids)) == len(ids)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(ids)
    assert f"c-{BRIDGE.disputed[0].id}-A1" in ids


def test_disputed_clusters_stand_before_the_others() -> None:
    page = render_html(BRIDGE)

    places = [page.index(f'<article class="cluster" id="c-{made.id}"') for made in (*BRIDGE.disputed, *BRIDGE.agreeing)]
    assert places == sorted(places)
    assert places[2] < page.index('id="agreement"') < places[3]


def test_probability_speaker_outlet_and_date_are_shown() -> None:
    text = " ".join(" ".join(Page(render_html(BRIDGE)).texts).split())

    for words in (
        "negation : one says that it is so, the other that it is not. middling signal, 0.91",
        "figure : the figures do not go together. stronger signal, over 0.99",
        "says Tomas Reyl forecast",
        "Coast Radio undated",
        "Harbour Post 2031-03-04",
        "4 outlets, 3 independent",
        "Evening Ledger is a copy: shares 100 % of its word sequences with Northern Wire",
        "It never says who is right",
    ):
        assert words in text


def test_the_bars_of_the_signals_are_those_that_are_used() -> None:
    text = " ".join(" ".join(Page(render_html(BRIDGE)).texts).split())

    assert "below 0.88, below 0.93, or above" in text


def test_who_decided_stands_in_place_of_signal_and_probability() -> None:
    ruled = tuple(
        attrs.evolve(made, model="figures") if made.kind is Kind.FIGURE else made for made in BRIDGE.relations
    )

    text = " ".join(" ".join(Page(render_html(attrs.evolve(BRIDGE, relations=ruled))).texts).split())

    assert "2 outlets, 2 independent; figure; found by a rule" in text
    assert "figure : the figures do not go together. found by a rule" in text
    assert "over 0.99" not in text


def test_links_to_articles_carry_no_referrer() -> None:
    page = render_html(BRIDGE)

    assert 'href="https://harbour-post.example/varn-bridge?page=1&amp;view=full" rel="noreferrer noopener"' in page
    assert len(re.findall('href="http', page)) == len(re.findall('rel="noreferrer noopener"', page))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "</title><img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "' onmouseover='alert(1)",
        "{{ 7*7 }} {%raw%} {# comment #}",
        "{{ findings.__class__.__mro__ }}",
        "javascript:alert(1)",
        "<!-- <![CDATA[ <svg/onload=alert(1)>",
        "&lt;b&gt; &#60; &amp;",
    ],
)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    page = Page(render_html(report_on(text, source=text, speaker=text)))

    page.check_harmless()
    assert page.marked == [text] * 4  # in the list and in the cluster
    assert not [link for link in page.links if not link.startswith("#")]


def test_the_title_is_escaped() -> None:
    page = Page(render_html(BRIDGE, title="</title><script>x</script>"))

    page.check_harmless()
    assert page.texts.count("</title><script>x</script>") == 2


def test_control_and_bidirectional_characters_are_shown_as_placeholders() -> None:
    text = "\x00\x1b[2J \x9b \u202eevil\u202c \u2066x\u2069 \ud800"

    page = Page(render_html(report_on(text)))
    assert page.marked[0] == "␀␛[2J ⟨U+009B⟩ ⟨U+202E⟩evil⟨U+202C⟩ ⟨U+2066⟩x⟨U+2069⟩ ⟨U+D800⟩"


def test_an_article_without_a_web_address_is_named_and_not_linked() -> None:
    article = Article(name="a.txt", text="x", source="Outlet", url="javascript:alert(1)")

    page = render_html(Findings(articles=(article,), claims=(), relations=(), clusters=()))
    assert '<bdi class="outlet">Outlet</bdi>' in page
    assert "javascript" not in page


def test_many_contradictions_are_all_there_behind_a_summary_that_counts_them() -> None:
    one, other = BRIDGE.disputed[0].sides
    claims = [claim for claim in BRIDGE.claims if claim not in (*one.claims, *other.claims)]
    pairs = [(a, b) for a in claims[:4] for b in claims[4:]]
    found = cluster("x", (tuple(claims[:4]), tuple(claims[4:])), ("a",), 1, *pairs)
    findings = Findings(articles=BRIDGE.articles, claims=BRIDGE.claims, relations=(), clusters=(found,))

    page = render_html(findings)
    assert page.count("</a> against <a") == len(findings.conflicts(found)) == 16
    assert '<details class="conflicts">' in page
    assert "<summary>16 contradictions</summary>" in page


@settings(max_examples=40)
@given(article_sets())
def test_any_text_renders_to_a_harmless_page(article_set: ArticleSet) -> None:
    findings = findings_of(article_set)
    source = render_html(findings)

    source.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", source)
    page = Page(source)
    page.check_harmless()
    assert page.tags.count("figure") == sum(
        len(position.statements) for cluster in findings.clusters for position in findings.positions(cluster)
    )
