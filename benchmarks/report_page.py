"""Work that a browser has with a large report: ``python benchmarks/report_page.py [--claims 2000]``.

Invented articles are put through the doubles of `claimtrack.testing`, their report is opened in Chromium (see the extra
``browser``), and each action is done several times. What is printed comes from the browser's own counters (Chrome DevTools
Protocol, ``Performance.getMetrics``): the least, of several runs, of the milliseconds spent in scripts, and in style and layout.
The goal is 100 ms of script for an action.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from claimtrack import Article, Tracker
from claimtrack.report import Findings, render_html
from claimtrack.testing import LetterEmbedder, SentenceExtractor, WordRelationModel

RUNS = 5
NEXT_FRAME = "new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))"
CLAIMS_OF_AN_ARTICLE = 10
SYLLABLES = (
    "bal",
    "cor",
    "dun",
    "fel",
    "gar",
    "hul",
    "kem",
    "lor",
    "mis",
    "nov",
    "pel",
    "rud",
    "sav",
    "tor",
    "vel",
    "wys",
)


def place(n: int) -> str:
    """Invent the name of a place."""
    letters = []
    while n or not letters:
        n, digit = divmod(n, len(SYLLABLES))
        letters.append(SYLLABLES[digit])
    return "".join(letters).capitalize()


def articles(n_claims: int) -> Iterator[Article]:
    """Invent articles: of the four claims on each bridge one says the opposite."""
    n_subjects = n_claims // 4
    for n in range(n_claims // CLAIMS_OF_AN_ARTICLE):
        said = []
        for k in range(CLAIMS_OF_AN_ARTICLE):
            turn, about = divmod(n * CLAIMS_OF_AN_ARTICLE + k, n_subjects)
            names = " ".join(place(offset + about) for offset in (300, 3_000, 9_000, 30_000))
            said.append(f"The {names} bridge will {'not ' if turn == 3 else ''}open.")
        yield Article(
            name=f"article {n}",
            title=f"Bridges of {place(n)}",
            source=f"{place(n % 40)} Post",
            published=f"2031-{1 + n % 12:02}-{1 + n % 28:02}" if n % 5 else None,
            url=f"https://post-{n % 40}.example/{n}",
            text="\n\n".join(said),
        )


def findings(n_claims: int) -> Findings:
    """Give what the report on the invented articles is made of."""
    tracker = Tracker(extractor=SentenceExtractor(), embedder=LetterEmbedder(), relation_model=WordRelationModel())
    tracker.add(articles(n_claims))
    return Findings(
        articles=tracker.articles, claims=tracker.claims, relations=tracker.relations, clusters=tracker.clusters
    )


def actions(page: Any) -> dict[str, Callable[[], object]]:
    """Give what a reader does, by name."""
    words = page.get_by_role("searchbox", name="Words")
    outlet, undated = page.locator("select[name=outlet]"), page.locator("input[name=undated]")
    clear = page.get_by_role("button", name="Clear")
    return {
        "first letter of a word": lambda: words.fill("b"),
        "a whole word": lambda: words.fill("bridge dun"),
        "an outlet": lambda: outlet.select_option(index=3),
        "leave out the undated": undated.uncheck,
        "clear": clear.click,
        "open an article": lambda: page.locator(".text summary").nth(20).click(),
    }


def spent(session: Any, act: Callable[[], object], *, anew: bool = False) -> tuple[float, float]:
    """Do something; give the milliseconds of scripts, and of style and layout, until it has been drawn."""

    def counters() -> tuple[float, float]:
        told = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
        return told["ScriptDuration"], told["RecalcStyleDuration"] + told["LayoutDuration"]

    before = (0.0, 0.0) if anew else counters()
    act()
    session.send("Runtime.evaluate", {"expression": NEXT_FRAME, "awaitPromise": True})
    after = counters()
    return 1000 * (after[0] - before[0]), 1000 * (after[1] - before[1])


def measured(html: str) -> dict[str, dict[str, float]]:
    """Open a report in the browser, and measure each action."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(html, encoding="utf-8")
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium") or "chromium", chromium_sandbox=os.geteuid() != 0
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        runs: dict[str, list[tuple[float, float]]] = {}
        for _ in range(RUNS):
            page.goto("about:blank")  # the browser's counters start anew with every page
            runs.setdefault("open", []).append(spent(session, lambda: page.goto(file.as_uri()), anew=True))
            for name, act in actions(page).items():
                runs.setdefault(name, []).append(spent(session, act))
        browser.close()
    return {
        name: {
            "script_ms": round(min(script for script, _ in times), 1),
            "style_and_layout_ms": round(min(layout for _, layout in times), 1),
        }
        for name, times in runs.items()
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=2_000)
    asked = parser.parse_args()
    found = findings(asked.claims)
    page_text = render_html(found)
    told = {
        "claims": len(found.claims),
        "clusters": len(found.clusters),
        "clusters_with_contradictions": len(found.disputed),
        "articles": len(found.articles),
        "bytes": len(page_text.encode()),
        "runs": RUNS,
        "actions": measured(page_text),
    }
    print(json.dumps(told, indent=1))
