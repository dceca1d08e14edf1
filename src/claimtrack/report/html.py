"""The report as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Callable
from importlib import resources
from typing import Any

from claimtrack.records import Cluster
from claimtrack.report.findings import HOW_TO_READ, KIND_MEANINGS, TITLE, Findings, counted, web_address
from claimtrack.report.visible import one_line, visible

__all__ = ["render_html"]

_N_SIDE_COLORS = 5


def _template_file(name: str) -> str:
    return resources.files("claimtrack.report").joinpath("templates", name).read_text(encoding="utf-8")


def _finalize(value: object) -> object:
    """Let no string reach the page with a control character in it; markup of our own passes."""
    return value if hasattr(value, "__html__") or not isinstance(value, str) else visible(value)


@functools.cache
def _renderer() -> Callable[[dict[str, Any]], str]:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_template_file),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render


def _anchors(clusters: tuple[Cluster, ...]) -> dict[str, str]:
    """Name each cluster's place in the page by its id, or by its number where the id would not do for that."""
    return {
        cluster.id: f"c-{cluster.id}" if re.fullmatch(r"[A-Za-z0-9_-]+", cluster.id) else f"n-{number}"
        for number, cluster in enumerate(clusters, 1)
    }


def render_html(findings: Findings, *, title: str = TITLE) -> str:
    """Lay the findings out as one self-contained HTML file.

    Parameters
    ----------
    findings : Findings
    title : str
        Title and first heading.

    Returns
    -------
    str
        HTML 5 with its style sheet inside, without script and without any external resource; a Content-Security-Policy
        allows that one style sheet, by its hash, and nothing else. Disputed clusters first; nothing is left out. All
        text is escaped; only addresses of articles are links, and only http and https. Made for phones, wide windows,
        dark mode and paper.
    """
    from markupsafe import Markup

    style = _template_file("report.css")
    clusters = (*findings.disputed, *findings.agreeing)
    context: dict[str, Any] = {
        "title": one_line(title),
        "style": Markup(style),
        "style_hash": base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        "findings": findings,
        "counts": (
            (len(findings.articles), counted(len(findings.articles), "article").partition(" ")[2]),
            (len(findings.claims), counted(len(findings.claims), "claim").partition(" ")[2]),
            (len(findings.clusters), counted(len(findings.clusters), "cluster").partition(" ")[2]),
            (len(findings.disputed), "with contradictions"),
        ),
        "anchors": _anchors(clusters),
        "numbers": {cluster.id: number for number, cluster in enumerate(clusters, 1)},
        "n_side_colors": _N_SIDE_COLORS,
        "how_to_read": HOW_TO_READ,
        "kind_meanings": KIND_MEANINGS,
        "counted": counted,
        "one_line": one_line,
        "web_address": web_address,
    }
    return _renderer()(context)
