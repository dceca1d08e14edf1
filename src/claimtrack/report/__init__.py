"""Reports for people: terminal, HTML, Markdown; and the same findings as one JSON object."""

from claimtrack.report.assessment import render_assessment
from claimtrack.report.findings import Findings
from claimtrack.report.html import render_html
from claimtrack.report.json import render_json
from claimtrack.report.kept import render_articles, render_corrections, render_hits, render_info, render_lineage
from claimtrack.report.markdown import render_markdown
from claimtrack.report.terminal import render_terminal
from claimtrack.report.timeline import render_changes, render_timeline

__all__ = [
    "Findings",
    "render_articles",
    "render_assessment",
    "render_changes",
    "render_corrections",
    "render_hits",
    "render_html",
    "render_info",
    "render_json",
    "render_lineage",
    "render_markdown",
    "render_terminal",
    "render_timeline",
]
