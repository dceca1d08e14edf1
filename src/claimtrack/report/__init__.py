"""Reports for people: terminal, HTML, Markdown; and the same findings as one JSON object."""

from claimtrack.report.assessment import render_assessment
from claimtrack.report.findings import Findings
from claimtrack.report.html import render_html
from claimtrack.report.json import render_json
from claimtrack.report.markdown import render_markdown
from claimtrack.report.terminal import render_terminal

__all__ = ["Findings", "render_assessment", "render_html", "render_json", "render_markdown", "render_terminal"]
