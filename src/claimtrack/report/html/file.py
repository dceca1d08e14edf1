"""The report as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable, Iterable
from importlib import resources
from typing import Any

from claimtrack.records import Changes, Timeline, wording
from claimtrack.report.findings import HOW_TO_READ, KIND_MEANINGS, SIGNAL_MEANING, TITLE, Findings
from claimtrack.report.html.page import Page
from claimtrack.timeline import timeline
from claimtrack.visible import one_line, visible

__all__ = ["render_html"]

_N_SHAPES = 5


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
    environment.globals |= {
        "kind_meanings": KIND_MEANINGS,
        "n_shapes": _N_SHAPES,
        "one_line": one_line,
        "signal_meaning": SIGNAL_MEANING,
        "wording": wording,
    }
    return environment.get_template("report.html.j2").render


def _inline(name: str) -> dict[str, object]:
    """Give a file that stands in the page as it is, and the hash by which the page's policy allows it."""
    from markupsafe import Markup

    text = _template_file(name)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {"text": Markup(text), "hash": f"sha256-{digest}"}


def _timelines(findings: Findings) -> list[Timeline]:
    speakers = {claim.speaker: findings.names.full_name(claim.speaker) for claim in findings.claims if claim.speaker}
    return [timeline(cluster, findings.articles, speakers=speakers) for cluster in findings.clusters]


def render_html(
    findings: Findings,
    *,
    title: str = TITLE,
    timelines: Iterable[Timeline] | None = None,
    changes: Changes | None = None,
) -> str:
    """Lay the findings out as one self-contained HTML file.

    Parameters
    ----------
    findings : Findings
    title : str
        Title and first heading.
    timelines : iterable of Timeline or None
        One for each cluster, as :meth:`claimtrack.Tracker.timeline` gives them. None makes them of the findings, which
        know nothing of claims that a later version of an article has dropped.
    changes : Changes or None
        What is new, as :meth:`claimtrack.Tracker.changes` gives it. Of clusters that `findings` does not hold nothing is
        said. None leaves that part out.

    Returns
    -------
    str
        HTML 5 with one style sheet and one script inside and without any external resource; a Content-Security-Policy
        allows these two, by their hashes, and nothing else. Nothing is left out: disputed clusters first, then the others,
        the map, and every article with its claims underlined. Without script the page has all of it but the filters. All
        text is escaped; only addresses of articles are links to elsewhere, and only http and https. Made for the keyboard
        and screen readers, for phones, wide windows, dark mode and paper.

    Raises
    ------
    InvalidInputError
        If `timelines` lacks one of a cluster, or `findings` an article of the changes.
    """
    found = _timelines(findings) if timelines is None else timelines
    return _renderer()(
        {
            "title": one_line(title),
            "style": _inline("report.css"),
            "script": _inline("report.js"),
            "findings": findings,
            "page": Page(findings=findings, timelines={told.cluster_id: told for told in found}, changes=changes),
            "how_to_read": HOW_TO_READ,
        }
    )
