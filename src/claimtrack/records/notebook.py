"""Records as pieces of HTML, as a notebook shows them.

A piece stands in somebody else's page, so it brings no style sheet, no id and no script; its colours and fonts are those
of the page, dark or light. Every text of an article is made visible, escaped and kept apart from the direction of the text
around it, and what looks like a formula ("from $5 to $6") is not typeset as one.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from claimtrack.records.article import Article
from claimtrack.records.assessment import Assessment, Evidence, Hit, Status
from claimtrack.records.claim import Claim
from claimtrack.records.cluster import Cluster, Side
from claimtrack.records.wording import (
    STATUS_MEANINGS,
    certainty,
    counted,
    date,
    name,
    notes,
    outlet,
    side_letters,
    standing,
    voice,
)
from claimtrack.visible import one_line

__all__ = ["article_html", "assessment_html", "claim_html", "cluster_html"]

START_CHARACTERS = 300
_NO_FORMULAS = "tex2jax_ignore mathjax_ignore"
_COLUMNS = "display:flex;flex-wrap:wrap;gap:0.5em 2em;margin:0.4em 0"
_COLUMN = "flex:1 1 18em;min-width:0;padding-left:0.8em;border-left:3px solid"


def _text(text: str) -> str:
    return f"<bdi>{html.escape(one_line(text))}</bdi>"


def _small(*facts: str) -> str:
    return f'<div style="font-size:0.9em;opacity:0.8">{" · ".join(map(_text, facts))}</div>'


def _piece(title: str, *inside: str) -> str:
    return (
        f'<div class="{_NO_FORMULAS}" style="margin:0.5em 0;line-height:1.45;overflow-wrap:anywhere">'
        f"<div><strong>{_text(title)}</strong></div>{''.join(inside)}</div>"
    )


def _columns(columns: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Put lists under headings side by side, or below one another where the page is narrow."""
    made = (
        f'<div style="{_COLUMN}"><div><strong>{_text(heading)}</strong></div>'
        f'<ul style="margin:0;padding:0;list-style:none">{"".join(items)}</ul></div>'
        for heading, items in columns
    )
    return f'<div style="{_COLUMNS}">{"".join(made)}</div>'


def _item(text: str, *facts: str, reference: str = "") -> str:
    lead = f"{_text(reference)} " if reference else ""
    return f'<li style="margin:0.4em 0">{lead}{_text(text)}{_small(*facts)}</li>'


def article_html(article: Article) -> str:
    """Show title, outlet, date, length and the start of the text."""
    start = article.text[:START_CHARACTERS]
    return _piece(
        name(article.title or article.name),
        _small(outlet(article), date(article.published), counted(len(article.text), "character")),
        f"<div>{_text(start + ('…' if len(start) < len(article.text) else ''))}</div>",
    )


def claim_html(claim: Claim) -> str:
    """Show a claim's words, whose they are, how they are said, and where they stand."""
    places = ", ".join(f"{span.start} to {span.end}" for span in claim.provenance.spans)
    return _piece(
        claim.text, _small(voice(claim), claim.modality.value, f"characters {places} of article {claim.article_id}")
    )


def cluster_html(cluster: Cluster) -> str:
    """Show the sides of a cluster face to face, with its outlets and its contradictions."""
    place_of = {
        claim.id: (n, m) for n, side in enumerate(cluster.sides) for m, claim in enumerate(side.claims, start=1)
    }

    def reference(place: tuple[int, int]) -> str:
        return f"{side_letters(place[0])}{place[1]}"

    def column(n: int, side: Side) -> tuple[str, list[str]]:
        heading = f"Side {side_letters(n)}, {side.independent_sources} independent"
        return heading, [
            _item(claim.text, voice(claim), *notes(claim), reference=reference(place_of[claim.id]))
            for claim in side.claims
        ]

    pairs = sorted(sorted((place_of[one], place_of[other])) for one, other in cluster.contradictions)
    against = "; ".join(" against ".join(map(reference, pair)) for pair in pairs)
    return _piece(
        name(cluster.label),
        _small(f"{standing(cluster)}: {'; '.join(map(name, cluster.sources))}"),
        *(_small(f"{name(fold.source)} {fold.reason}") for fold in cluster.folds),
        _columns(column(n, side) for n, side in enumerate(cluster.sides)),
        _small(f"{counted(len(cluster.contradictions), 'contradiction')}{': ' if against else ''}{against}"),
    )


def assessment_html(assessment: Assessment) -> str:
    """Show what the kept claims say of a claim, and the evidence on either side."""

    def evidence(item: Evidence) -> str:
        where = f"{name(item.outlet or '')}, {date(item.published)}"
        return _item(item.claim.text, where, voice(item.claim), certainty(item.relation))

    def near(hit: Hit) -> str:
        return _item(hit.claim.text, voice(hit.claim), f"similarity {hit.similarity:.2f}")

    columns = [
        (f"{word}, {sources} independent", map(evidence, items))
        for word, items, sources in (
            ("Supporting", assessment.supporting, assessment.supporting_sources),
            ("Contradicting", assessment.contradicting, assessment.contradicting_sources),
        )
        if items
    ]
    if assessment.status is Status.NOT_FOUND and assessment.nearest:
        columns.append(("Nearest claims", map(near, assessment.nearest)))
    return _piece(assessment.claim, _small(STATUS_MEANINGS[assessment.status]), _columns(columns) if columns else "")
