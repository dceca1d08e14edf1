"""The report as one HTML file: what it shows, where each thing stands in it, and its charts."""

from claimtrack.report.html.file import render_html

__all__ = ["render_html"]
