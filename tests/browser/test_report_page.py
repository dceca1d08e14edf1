"""The HTML report in a real browser; without one, or without playwright, these tests are skipped."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import pytest
from made_reports import FERRY, HOSTILE, NEWER, UNION, report, report_with_news

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

WIDTHS = (390, 1280, 1920)


@attrs.define
class Opened:
    """A report that is open in the browser, and what went wrong with it: errors, warnings, refused requests."""

    page: Page
    address: str
    problems: list[str] = attrs.field(factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by playwright, which brings no browser of its own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright; pip install 'claimtrack[browser]'")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium; apt-get install chromium")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium, chromium_sandbox=os.geteuid() != 0)
        yield launched
        launched.close()


Open: TypeAlias = Callable[..., Opened]


@pytest.fixture
def open_report(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a report from disk; whatever it asks for but itself is refused, and any problem fails the test."""
    reports: list[Opened] = []

    def open_(html: str, **options: Any) -> Opened:
        file = tmp_path / f"report-{len(reports)}.html"
        file.write_text(html, encoding="utf-8")
        page = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options)).new_page()
        opened = Opened(page=page, address=file.as_uri())
        reports.append(opened)
        page.on("console", lambda message: opened.problems.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: opened.problems.append(f"error: {error}"))

        def refuse(route: Route) -> None:
            if route.request.url == opened.address:
                route.continue_()
            else:
                opened.problems.append(f"asked for {route.request.url}")
                route.abort()

        page.route("**/*", refuse)
        page.goto(opened.address)
        return opened

    yield open_
    for opened in reports:
        opened.page.context.close()
    assert [problem for opened in reports for problem in opened.problems] == []


def text(element: Locator) -> str:
    """An element's text on one line; also of one that is drawn only when it comes near the window."""
    return " ".join((element.text_content() or "").split())


def shown(page: Page, selector: str) -> list[str]:
    """The text of each element that can be seen, as far as no filter and no fold hides it."""
    return [text(one) for one in page.locator(selector).all() if one.is_visible()]


def select(page: Page, name: str, option: str) -> None:
    page.locator(f"select[name={name}]").select_option(label=option)


def told(page: Page) -> str:
    return text(page.locator("#shown"))


def lay_out(page: Page) -> None:
    """Open every fold, and leave nothing to be drawn when it comes near the window."""
    page.add_style_tag(content="* { content-visibility: visible !important; }")
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")


def test_it_opens_from_disk_without_an_error_and_asks_for_nothing(open_report: Open) -> None:
    page = open_report(report(FERRY)).page

    assert text(page.locator("h1")) == "What the sources say, and where they differ"
    assert shown(page, ".contents > li:first-child a") == ["The Calder ferry will sail on Monday."]
    assert page.locator("#filters").is_visible()


def test_a_script_that_gets_into_the_page_is_not_run(open_report: Open) -> None:
    opened = open_report(report(FERRY))

    opened.page.evaluate(
        """() => {
            for (const text of ["document.title = 'owned'"]) {
                const script = document.createElement("script");
                script.textContent = text;
                document.body.append(script);
            }
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\\"document.title = 'owned'\\">");
        }"""
    )

    opened.page.wait_for_function("document.querySelector('img').complete")
    assert opened.page.title() == "What the sources say, and where they differ"
    assert len([problem for problem in opened.problems if "Content Security Policy" in problem]) >= 2
    opened.problems.clear()


def test_words_filter_clusters_articles_list_and_map_alike(open_report: Open) -> None:
    page = open_report(report(FERRY)).page
    assert len(shown(page, ".cluster")) == len(shown(page, ".tile")) == 2

    page.get_by_role("searchbox", name="Words").fill("FERRY will")

    assert [words.split(".")[0] for words in shown(page, ".cluster h3")] == ["1 The Calder ferry will sail on Monday"]
    assert len(shown(page, ".tile")) == len(shown(page, ".contents > li")) == 1
    assert len(shown(page, ".text")) == 2
    assert told(page) == "Shown: 1 of 2 clusters, 2 of 3 articles."
    assert not page.locator("#agreement").is_visible()

    page.get_by_role("searchbox", name="Words").fill("nothing of this")
    assert shown(page, ".cluster") == shown(page, ".text") == []
    page.get_by_role("button", name="Clear").click()
    assert len(shown(page, ".cluster")) == 2
    assert told(page) == ""


def test_accents_do_not_matter_to_the_filter(open_report: Open) -> None:
    page = open_report(report(FERRY)).page

    page.get_by_role("searchbox", name="Words").fill("Cálder")

    assert told(page) == "Shown: 1 of 2 clusters, 2 of 3 articles."


@pytest.mark.parametrize(
    ("name", "option", "expected"),
    [
        ("outlet", "Evening Star", "Shown: 1 of 2 clusters, 1 of 4 articles."),
        ("outlet", "Northern Wire", "Shown: 1 of 2 clusters, 1 of 4 articles."),
        ("kind", "negation", "Shown: 1 of 2 clusters, 2 of 4 articles."),
        ("voice", "the outlet's own voice", "Shown: 2 of 2 clusters, 3 of 4 articles."),
        ("voice", "says Ada Marsh", "Shown: 0 of 2 clusters, 1 of 4 articles."),
    ],
)
def test_a_choice_filters(open_report: Open, name: str, option: str, expected: str) -> None:
    page = open_report(report((*FERRY, UNION))).page

    select(page, name, option)

    assert told(page) == expected


def test_dates_filter_and_the_undated_can_be_left_out(open_report: Open) -> None:
    page = open_report(report(FERRY)).page

    page.get_by_label("Published from").fill("2031-03-05")
    assert told(page) == "Shown: 2 of 2 clusters, 2 of 3 articles."
    page.get_by_label("undated ones too").uncheck()
    assert told(page) == "Shown: 1 of 2 clusters, 1 of 3 articles."
    page.get_by_label("Published until").fill("2031-03-05")
    assert told(page) == "Shown: 0 of 2 clusters, 0 of 3 articles."


def test_what_is_new_is_listed_marked_and_can_be_shown_alone(open_report: Open) -> None:
    page = open_report(report_with_news(FERRY, [NEWER])).page

    assert "1 new claim on side B; 1 new contradiction; side B gained Coast Radio" in text(page.locator("#new"))
    page.get_by_label("only what is new").check()

    assert told(page) == "Shown: 1 of 2 clusters, 1 of 4 articles."
    assert "new" in text(page.locator(".text:not([hidden]) summary"))


def test_a_statement_leads_to_its_place_in_the_article_and_back(open_report: Open) -> None:
    page = open_report(report(FERRY)).page
    statement = page.locator(".statement").filter(has_text="Northern Wire")
    assert not page.locator(".text .prose").first.is_visible()

    statement.get_by_role("link", name="in the text").click()

    mark = page.locator(".claim:target")
    assert mark.is_visible()
    assert text(mark) == "1B1"
    assert "The Calder ferry will not sail on Monday" in text(mark.locator("xpath=.."))
    mark.click()
    assert text(page.locator(".statement:target .reference")) == "B1"


def test_a_link_to_what_a_filter_hides_shows_it_again(open_report: Open) -> None:
    page = open_report(report(FERRY)).page
    select(page, "outlet", "Northern Wire")
    star = page.locator(".text").filter(has_text="Evening Star")
    assert not star.is_visible()

    page.evaluate(
        "id => document.querySelector('main').insertAdjacentHTML('afterbegin', `<a href='#${id}'>there</a>`)",
        star.get_attribute("id"),
    )
    page.get_by_role("link", name="there").click()

    assert star.is_visible()
    assert told(page) == ""


def test_every_claim_is_underlined_in_the_reading_view(open_report: Open) -> None:
    page = open_report(report(FERRY)).page

    article = page.locator(".text").filter(has_text="Ferry to sail")
    article.locator("summary").click()

    marked = article.locator("u")
    assert [(one.get_attribute("class"), text(one)) for one in marked.all()] == [
        ("disputed", "The Calder ferry will sail on Monday."),
        ("agreed", "Two engines were replaced last week."),
        ("alone", "The crew of the tug is on leave."),
    ]


def test_the_link_to_an_article_makes_the_browser_find_the_words(open_report: Open) -> None:
    opened = open_report(report(FERRY))
    page = opened.page
    body = "<p>Before.</p>" * 500 + "<p>The Calder ferry will not sail on Monday.</p>"
    page.unroute_all()
    page.route(
        re.compile("^https://wire"),
        lambda route: route.fulfill(body=f"<!DOCTYPE html>{body}", content_type="text/html"),
    )

    page.locator(".where").get_by_role("link", name="Northern Wire").click()

    page.wait_for_url(re.compile("^https://wire"))
    page.wait_for_function("scrollY > 1000")


def test_all_of_it_can_be_reached_and_worked_by_keyboard(open_report: Open) -> None:
    page = open_report(report(FERRY)).page

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the clusters"
    reached = []
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("[document.activeElement.tagName, document.activeElement.name ?? '']"))
        if reached[-1][0] == "BODY":
            break
    assert {name for tag, name in reached if tag in ("INPUT", "SELECT")} == {
        *("words", "outlet", "voice", "kind", "from", "until", "undated"),
    }
    assert len([tag for tag, _ in reached if tag == "SUMMARY"]) == page.locator("summary").count()
    page.locator(".text summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".text .prose").first.is_visible()


def test_where_the_keyboard_is_can_be_seen(open_report: Open) -> None:
    page = open_report(report(FERRY)).page

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_hostile_text_stays_text(open_report: Open) -> None:
    page = open_report(report(HOSTILE)).page

    page.locator(".text summary").first.click()

    assert page.title() == "What the sources say, and where they differ"
    assert page.locator("img, iframe, object, a[href^='javascript']").count() == 0
    assert page.locator("script").count() == 1
    assert "{{ 7*7 }} ⟨U+202E⟩gnp.exe⟨U+202C⟩ аррӏе.example" in text(page.locator(".text .title").first)
    assert "السفينة לא תפליג" in text(page.locator(".text .prose").first)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_serious(open_report: Open, scheme: str, width: int) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="no axe; pip install 'claimtrack[browser]'"
    )
    html = report_with_news(FERRY, [NEWER])
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "bypass_csp": True}
    page = open_report(html, **options).page
    lay_out(page)

    found = axe.Axe().run(page).response["violations"]

    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(open_report: Open, width: int) -> None:
    """With everything open and drawn: what is left to be drawn later is cut at the edge of its box."""
    page = open_report(report((*FERRY, *HOSTILE)), viewport={"width": width, "height": 900}, bypass_csp=True).page
    lay_out(page)

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_print_view_has_all_sides_and_nothing_to_click(open_report: Open) -> None:
    page = open_report(report(FERRY)).page
    n_statements = page.locator(".statement").count()

    page.emulate_media(media="print")

    assert len(shown(page, ".statement")) == n_statements == 3
    assert len(shown(page, ".conflicts li")) == 1
    assert shown(page, "#filters, .bar, .start, .place") == []


def test_what_is_printed_with_a_filter_on_says_what_is_left_out(open_report: Open) -> None:
    page = open_report(report(FERRY)).page
    select(page, "outlet", "Evening Star")

    page.emulate_media(media="print")

    assert len(shown(page, ".cluster")) == 1
    assert shown(page, "#filters *") == ["Shown: 1 of 2 clusters, 1 of 3 articles."]


def test_an_address_that_leads_to_no_place_leaves_the_filters(open_report: Open) -> None:
    opened = open_report(report(FERRY))

    opened.page.goto(f"{opened.address}#100%")
    opened.page.reload()

    assert opened.page.locator("#filters").is_visible()


def test_without_script_every_claim_can_be_read_and_no_filter_is_shown(open_report: Open) -> None:
    page = open_report(report(FERRY), java_script_enabled=False).page

    assert not page.locator("#filters").is_visible()
    assert len(shown(page, ".statement")) == 3
    for summary in page.locator(".text summary").all():
        summary.click()
    words = " ".join(shown(page, ".text .prose"))
    for article in FERRY:
        for sentence in article.text.split("."):
            assert sentence.strip() in words
