"""The answer to ``check``, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from claimtrack.names import NameTable
from claimtrack.records import Article, Assessment, Evidence, Status
from claimtrack.report.visible import one_line

__all__ = ["render_assessment"]

_STATUS = {
    Status.SUPPORTED: "supported by what these articles say",
    Status.CONTRADICTED: "contradicted by what these articles say",
    Status.DISPUTED: "disputed: some of these articles support it, others contradict it",
    Status.NOT_FOUND: "not found: no claim in these articles supports or contradicts it",
}


def render_assessment(
    assessment: Assessment, articles: Sequence[Article], *, names: NameTable | None = None, width: int = 80
) -> str:
    """Write an assessment as plain text: the status, then the evidence with its place.

    Parameters
    ----------
    assessment : Assessment
    articles : sequence of Article
        At least those that the evidence stands in.
    names : NameTable or None
        Gives the names that speakers go under, :attr:`claimtrack.Tracker.names`. None leaves each the name that the
        article uses.
    width : int, default 80
        Columns of a line.

    Returns
    -------
    str
        Without escape sequences; control characters of article text are made visible.
    """
    by_id = {article.id: article for article in articles}
    lines = [*_wrap(f"Claim: {one_line(assessment.claim)}", width, ""), f"Status: {_STATUS[assessment.status]}", ""]
    for title, evidence in (("Supporting", assessment.supporting), ("Contradicting", assessment.contradicting)):
        if evidence:
            lines.append(f"{title} ({len(evidence)}):")
            for item in evidence:
                lines.extend(_evidence(item, by_id[item.claim.article_id], names or NameTable(), width))
            lines.append("")
    if assessment.status is Status.NOT_FOUND and assessment.nearest:
        lines.append("Nearest claims:")
        for hit in assessment.nearest:
            outlet = one_line(by_id[hit.claim.article_id].outlet)
            lines.extend(
                _wrap(f"{one_line(hit.claim.text)} [{outlet}, similarity {hit.similarity:.2f}]", width, "  - ")
            )
        lines.append("")
    return "\n".join(lines)


def _wrap(text: str, width: int, lead: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=lead, subsequent_indent=" " * len(lead)) or [lead]


def _evidence(evidence: Evidence, article: Article, names: NameTable, width: int) -> Iterator[str]:
    """Write who says it, where, when, in which words, and how sure the model is."""
    claim = evidence.claim
    relation = evidence.relation
    who = one_line(names.full_name(claim.speaker)) if claim.speaker else "the outlet's own voice"
    yield from _wrap(f"{who}; {one_line(article.outlet)}, {article.published or 'undated'}", width, "  - ")
    yield from _wrap(one_line(evidence.span.slice(article.text)), width, "    ")
    sure = max(relation.p_entailment, relation.p_contradiction)
    yield f"    characters {evidence.span.start} to {evidence.span.end}; {relation.label.value} {min(sure, 0.99):.2f}"
