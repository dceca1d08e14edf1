"""Clusters made by hand: each claim in an article of its own, named by the claim's id."""

from __future__ import annotations

import attrs

from claimtrack.quantities import find_quantities
from claimtrack.records import (
    Appearance,
    Article,
    Attribution,
    Claim,
    Cluster,
    Provenance,
    Side,
    Span,
    Timeline,
    cluster_id,
)
from claimtrack.timeline import timeline

__all__ = ["Made", "articles_of", "cluster_of", "ids", "made", "timeline_of"]


@attrs.frozen(kw_only=True)
class Made:
    """A claim and the article that it stands in."""

    claim: Claim
    article: Article


def made(
    id: str,
    published: str | None = "2031-03-04",
    *,
    speaker: str | None = None,
    outlet: str | None = None,
    text: str = "The ferry will sail.",
    article: Article | None = None,
    attribution: Attribution | None = None,
) -> Made:
    """Make a claim; by itself in an article of its own, or in `article`."""
    article = article or Article(
        id=f"article {id}", name=f"{id}.txt", text=text, published=published, source=outlet or f"Outlet {id}"
    )
    whole = Span(0, len(text))
    claim = Claim(
        id=id,
        text=text,
        speaker=speaker,
        attribution=attribution or (Attribution.REPORTED if speaker else Attribution.OWN),
        quantities=find_quantities(text),
        provenance=Provenance(article_id=article.id, spans=(whole,), extractor="by hand", sentence=whole),
    )
    return Made(claim=claim, article=article)


def cluster_of(*sides: list[Made], against: str = "") -> Cluster:
    """Make a cluster of sides; `against` holds pairs of claim ids of one letter each: ``"ab bc"``."""
    claims = [one.claim for side in sides for one in side]
    sources = tuple(sorted({one.article.outlet for side in sides for one in side}))
    return Cluster(
        id=cluster_id(claims[0].id),
        label=claims[0].text,
        sides=tuple(Side(claims=tuple(one.claim for one in side)) for side in sides),
        contradictions=tuple((pair[0], pair[1]) for pair in against.split()),
        sources=sources,
        independent_sources=len(sources),
    )


def articles_of(*sides: list[Made]) -> list[Article]:
    return list({one.article.id: one.article for side in sides for one in side}.values())


def timeline_of(*sides: list[Made], against: str = "", speakers: dict[str, str] | None = None) -> Timeline:
    return timeline(cluster_of(*sides, against=against), articles_of(*sides), speakers=speakers)


def ids(appearances: tuple[Appearance, ...]) -> str:
    return "".join(appearance.claim.id for appearance in appearances)
