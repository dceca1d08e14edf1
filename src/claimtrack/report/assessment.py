"""The answer to ``check``, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.names import NameTable
from claimtrack.records import Article, Assessment, Evidence, Status
from claimtrack.records.wording import STATUS_MEANINGS, certainty, date, outlet
from claimtrack.report.wrapping import wrap
from claimtrack.visible import one_line

__all__ = ["render_assessment"]


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
    width : int, at least 24, default 80
        Columns; no line is wider.

    Returns
    -------
    str
        Without escape sequences; control characters of article text are made visible.

    Raises
    ------
    InvalidInputError
        If `width` is below 24.
    """
    return "\n".join(_lines(assessment, {article.id: article for article in articles}, names or NameTable(), width))


def _lines(assessment: Assessment, articles: dict[str, Article], names: NameTable, width: int) -> Iterator[str]:
    yield from wrap(one_line(assessment.claim), width, "Claim: ")
    yield from wrap(STATUS_MEANINGS[assessment.status], width, "Status: ")
    yield ""
    for title, evidence in (("Supporting", assessment.supporting), ("Contradicting", assessment.contradicting)):
        if evidence:
            yield f"{title} ({len(evidence)}):"
            for item in evidence:
                yield from _evidence(item, articles[item.claim.article_id], names, width)
            yield ""
    if assessment.status is Status.NOT_FOUND and assessment.nearest:
        yield "Nearest claims:"
        for hit in assessment.nearest:
            where = f"{outlet(articles[hit.claim.article_id])}, similarity {hit.similarity:.2f}"
            yield from wrap(f"{one_line(hit.claim.text)} [{where}]", width, "  - ")
        yield ""


def _evidence(evidence: Evidence, article: Article, names: NameTable, width: int) -> Iterator[str]:
    """Write who says it, where, when, in which words, and how sure the model is."""
    span, speaker = evidence.span, evidence.claim.speaker
    who = one_line(names.full_name(speaker)) if speaker else "the outlet's own voice"
    yield from wrap(f"{who}; {outlet(article)}, {date(article.published)}", width, "  - ")
    yield from wrap(one_line(span.slice(article.text)), width, "    ")
    yield from wrap(f"characters {span.start} to {span.end}; {certainty(evidence.relation)}", width, "    ")
